#!/usr/bin/env python3
"""How much knowledge the rules stand: ten thousand rows and a thousand rules over the shipped ones, and rules that
hang engines that go back.

    Benchmarks/Scale/scale.py TEXT…            any inputs of `guanxi bench`
    Benchmarks/Scale/scale.py --worst          国家国家… from 10 KB to 10 MB

Prints the medians of so many interleaved rounds; runs that count differently end it.
"""
import argparse, pathlib, random, re, shutil, statistics, subprocess, sys, tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
GUANXI = ROOT / ".build/release/guanxi"


def column(name):
    lines = (ROOT / "Lexicons/news" / name).read_text().splitlines()
    return [line.split("\t")[0] for line in lines if not line.startswith("#")][1:]


def enlarge(folder, rows, rules):
    """Adds rows for one template and rules of five kinds, from words of the shipped lexicons."""
    draw = random.Random(5)
    verbs, nouns = column("predicates.tsv"), sorted({n for n in column("nouns.tsv") if len(n) > 1})
    words = set(draw.sample(sorted(set(verbs)), min(rows * 6 // 10, len(set(verbs)))))
    while len(words) < rows:
        words.add(draw.choice(nouns)[:2] + draw.choice(nouns)[:2])
    (folder / "scale.rules").write_text(
        "stage facts keep all\ntemplate scale\n"
        "  match  (@NH | @NR[@ORG]) gap(8) %entry (@NR | @NH | @N)\n"
        "  emit   MORE(kind = %type)\n"
        + "".join(f"rule r{n}\n  match  {pattern(n, draw, nouns)}\n  emit   MANY\n  + {nouns[0]}\n"
                  for n in range(rules)))
    (folder / "scale.table.tsv").write_text(
        "# rule: scale\nentry\ttype\t+\n"
        + "".join(f"{word}\tt{n % 60}\t{'例' if n == 0 else ''}\n" for n, word in enumerate(sorted(words))))


def pattern(number, draw, nouns):
    a = nouns[number * 7 % len(nouns)]
    b, c = draw.sample(nouns, 2)
    return [f'@NR "{a}" @V', f'"{a}" gap(6) ("{b}" | "{c}")', f'@NR (@N | @NV)* "{a}"',
            f'{{1,4 han, not @verb}} "{a}" @quantity?', f'@V[@verb.speech]? "{a}" "{b}"? @NH'][number % 5]


def bench(lexicons, inputs):
    out = subprocess.run([GUANXI, "bench", "--lexicons", lexicons, "--rounds", "2", *inputs],
                         capture_output=True, text=True, check=True).stdout
    def ms(stage): return int(re.search(rf"^{stage}.*?(\d+) ms", out, re.M).group(1))
    count = re.search(r"^whole.* (\d+) triples", out, re.M).group(1)
    return {"loading": ms("knowledge loaded in"), "rules": ms("rules, tags and facts"),
            "whole": ms("whole")}, count


def compare(inputs, rounds):
    with tempfile.TemporaryDirectory() as scratch:
        large = pathlib.Path(scratch) / "large"
        shutil.copytree(ROOT / "Lexicons/news", large)
        enlarge(large, 10_000, 1_000)
        runs = {"shipped": [], "enlarged": []}
        counts = {}
        for _ in range(rounds):
            for name, folder in (("shipped", ROOT / "Lexicons/news"), ("enlarged", large)):
                figures, count = bench(folder, inputs)
                if counts.setdefault(name, count) != count:
                    sys.exit(f"{name}: {count} triples, before {counts[name]}")
                runs[name].append(figures)
    for stage in ("loading", "rules", "whole"):
        a, b = (statistics.median(r[stage] for r in runs[n]) for n in ("shipped", "enlarged"))
        print(f"{stage:8} shipped {a:6.0f} ms, with 10,000 rows and 1,000 rules {b:6.0f} ms, "
              + (f"{b - a:+.0f} ms" if stage == "loading" else f"speed {a / b:.2f}"))


def worst():
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        (folder / "k").mkdir()
        (folder / "k/worst.rules").write_text(
            'stage names keep all\nrule a\n  match  ("国" | "家")+ "局"\n  emit   ORG\n  + 国局\n'
            'rule b\n  match  (("国" | "家")+)+ "局"\n  emit   ORG\n  + 国局\n'
            'rule c\n  match  ((("国" | "国家")* "家")+ gap(8)){1,9} "局"\n  emit   ORG\n  + 国家局\n')
        for size in (10_000, 100_000, 1_000_000, 10_000_000):
            text = folder / "text.txt"
            text.write_text("国家" * (size // 6))
            # A short text is taken so often that the clock sees it.
            times = max(1, 1_000_000 // size)
            figures, _ = bench(folder / "k", [text] * times)
            print(f"{size:9,} bytes, {times:3} times {figures['whole']:6} ms, "
                  f"{figures['whole'] * 1e6 / size / times:6.1f} ns a byte")


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("inputs", nargs="*")
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--worst", action="store_true")
    options = arguments.parse_args()
    worst() if options.worst else compare(options.inputs, options.rounds)
