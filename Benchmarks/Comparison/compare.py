#!/usr/bin/env python3
"""Compares the throughput of segmenters on one core, in one interleaved run on the same text.

Every contestant is a process that has loaded its model and the text. In each round each makes one
pass, in an order that is rotated every round: what else the machine does meets all of them alike.
The medians count. Exit status: 1 if a contestant fails or its counts differ, 2 if something that is
needed is missing.
"""

from __future__ import annotations

import argparse
import json
import lzma
import os
import re
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROGRAM = HERE.parent / ".build/release/contestant"
GUANXI = HERE.parent.parent / ".build/release/guanxi"
PYTHON = HERE.parent / ".build-peers/bin/python"
SAMPLES = HERE.parent.parent / "Corpora/news"
OWN = ["icu-utf8", "icu-utf16", "base", "lexicon", "graph"]
WITH_TABLES = ["lexicon", "graph"]
PEERS = ["rjieba", "cppjieba", "jieba"]
REFERENCES = ["icu-utf8", "rjieba"]
SAMPLE_BYTES = 5_000_000
PROBE_BYTES = 500_000


class Failure(Exception):
    """Ends the run: a message for the user and the exit status."""


class Contestant:
    """A running segmenter, its text, and its passes."""

    def __init__(self, name: str, text: bytes, folder: Path) -> None:
        """Writes the text, unless another contestant has the same part of it, and starts."""
        self.name, self.text = name, text
        self.seconds: list[float] = []
        self.tokens: int | None = None
        path = folder / str(len(text))
        if not path.exists():
            path.write_bytes(text)
        program = [PYTHON, HERE / "peers.py"] if name in PEERS else [PROGRAM]
        # It ends when its input does, so none outlives this process, however this one ends.
        tables = [compiled_tables(folder)] if name in WITH_TABLES else []
        self.process = subprocess.Popen(
            [*program, name, path, *tables], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.loading = float(self.answer(r"ready (\d+\.?\d*)", "ready SECONDS")[0])

    def answer(self, pattern: str, expected: str) -> tuple[str, ...]:
        """The groups of a pattern in the next line of output."""
        line = self.process.stdout.readline()
        match = re.fullmatch(pattern, line.rstrip())
        if not match:
            found = f'"{line.rstrip()}"' if line else f"its end, status {self.process.wait()}"
            raise Failure(f'{self.name}: expected "{expected}", found {found}', 1)
        return match.groups()

    def make_pass(self) -> None:
        """Has the text segmented once. Speed says nothing if the count differs."""
        try:
            self.process.stdin.write("\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            pass  # It has ended; the missing answer tells more.
        seconds, count = self.answer(r"(\d+\.?\d*) (\d+)", "SECONDS COUNT")
        if self.tokens not in (None, int(count)):
            raise Failure(f"{self.name}: {self.tokens} tokens, then {count} in the same text", 1)
        self.tokens = int(count)
        self.seconds.append(max(float(seconds), 1e-6))  # A clock may stand still on a tiny text.

    def figures(self, whole: bytes) -> dict:
        """What came out. Sizes are those of the text it got, line feeds included."""
        size, characters = len(self.text), len(self.text.decode())
        median = statistics.median(self.seconds)
        rates = [size / seconds / 1e6 for seconds in self.seconds]
        rates = rates if len(rates) > 1 else rates * 2  # One value has no quartiles.
        quartiles = statistics.quantiles(rates, n=4, method="inclusive")
        return {
            "name": self.name, "bytes": size, "characters": characters, "share": size / len(whole),
            "megabytes_per_second": size / median / 1e6,
            "nanoseconds_per_character": median / characters * 1e9,
            "quartiles": [quartiles[0], quartiles[2]], "tokens": self.tokens,
            "loading_seconds": self.loading, "pass_seconds": self.seconds,
        }


def compiled_tables(folder: Path) -> Path:
    """The tables of the shipped lexicon, compiled once into the folder."""
    path = folder / "tables"
    if not path.exists():
        if not os.access(GUANXI, os.X_OK):
            raise Failure(f'there is no {os.path.relpath(GUANXI)}; run "make build"', 2)
        subprocess.run(
            [GUANXI, "lexicon", "compile", "-o", path], stdout=subprocess.DEVNULL, check=True)
    return path


def read_text(path: Path | None) -> bytes:
    """The text: a file, perhaps compressed by xz, or else the sample articles, repeated."""
    try:
        if path is None:
            once = b"".join(file.read_bytes() for file in sorted(SAMPLES.glob("*.txt")))
            text = once * (SAMPLE_BYTES // max(len(once), 1) + 1)
        elif path.suffix == ".xz":
            text = lzma.decompress(path.read_bytes())
        else:
            text = path.read_bytes()
        if not text.decode().strip():
            raise Failure(f"there is no text in {path or SAMPLES}", 2)
    except (OSError, lzma.LZMAError, UnicodeDecodeError) as error:
        raise Failure(f"{path or SAMPLES} cannot be read: {error}", 2) from error
    return text


def head(text: bytes, size: int) -> bytes:
    """The first lines of a text, those that end within a size, but at least one."""
    if size >= len(text):
        return text
    end = text.rfind(b"\n", 0, size) + 1 or text.find(b"\n") + 1 or len(text)
    return text[:end]


def affordable(name: str, text: bytes, limit: float, folder: Path) -> bytes:
    """As much of the text as a contestant segments in a number of seconds."""
    probe = Contestant(name, head(text, PROBE_BYTES), folder)
    probe.make_pass()
    probe.make_pass()  # The first one was to warm up.
    probe.process.communicate()
    return head(text, int(len(probe.text) / probe.seconds[-1] * limit))


def installed_peers() -> dict[str, str]:
    """The peers that can be run, and their versions."""
    if not PYTHON.exists():
        return {}
    command = [PYTHON, HERE / "peers.py", "--available"]
    output = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
    return dict(line.split() for line in output.split("\n") if line)


def choose(asked: str | None, peers: dict[str, str]) -> list[str]:
    """The contestants asked for, or else all but the peers that could not be installed."""
    names = list(dict.fromkeys(asked.split(","))) if asked else OWN + PEERS
    for name in names:
        if name not in OWN + PEERS:
            raise Failure(f'expected names of {", ".join(OWN + PEERS)}; found "{name}"', 2)
    if set(names) & set(OWN) and not os.access(PROGRAM, os.X_OK):
        raise Failure(f"there is no {os.path.relpath(PROGRAM)}; "
                      'run "swift build -c release --package-path Benchmarks"', 2)
    missing = [name for name in names if name in PEERS and name not in peers]
    if missing:
        message = f'{", ".join(missing)} not installed; run "{os.path.relpath(HERE / "prepare")}"'
        if asked or not peers:
            raise Failure(message, 2)
        print(f"compare: left out: {message}", file=sys.stderr)
    return [name for name in names if name not in missing]


def run(names: list[str], text: bytes, rounds: int, limit: float) -> list[dict]:
    """Starts all contestants, gives each a turn in every round, and returns their figures."""
    with tempfile.TemporaryDirectory(prefix="comparison-") as path:
        folder = Path(path)
        parts = [affordable(name, text, limit, folder) for name in names]
        contestants = [Contestant(name, part, folder) for name, part in zip(names, parts)]
        for turn in range(rounds):
            first = turn % len(contestants)
            for contestant in contestants[first:] + contestants[:first]:
                contestant.make_pass()
            print(f"round {turn + 1} of {rounds}", file=sys.stderr)
        for contestant in contestants:
            contestant.process.communicate()
    return [contestant.figures(text) for contestant in contestants]


def print_table(results: list[dict]) -> None:
    """A line a contestant; a ratio above 1 means faster than that reference."""
    speeds = {result["name"]: result["megabytes_per_second"] for result in results}
    references = [name for name in REFERENCES if name in speeds]
    columns = ["MB/s", "quartiles", "ns/char", "tokens", "loading", "share"]
    rows = [["contestant", *columns, *(f"/ {name}" for name in references)]]
    for result in results:
        speed = result["megabytes_per_second"]
        rows.append([
            result["name"], f"{speed:.2f}", "{:.2f}-{:.2f}".format(*result["quartiles"]),
            f"{result['nanoseconds_per_character']:.1f}", str(result["tokens"]),
            f"{result['loading_seconds']:.2f} s", f"{result['share']:.1%}",
            *(f"{speed / speeds[name]:.3f}" for name in references)])
    for row in rows:
        print(f"{row[0]:<10}" + "".join(f" {cell:>13}" for cell in row[1:]))


def read_arguments() -> argparse.Namespace:
    """The arguments; wrong ones end the program."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=7, metavar="N", help="passes of each (7)")
    parser.add_argument("--seconds-limit", type=float, default=10, metavar="S", help="who needs "
                        "longer for a pass gets only the first part of the text (10)")
    parser.add_argument("--text", type=Path, metavar="FILE[.xz]",
                        help="UTF-8, a paragraph a line (Corpora/news, repeated to 5 MB)")
    parser.add_argument("--contestants", metavar="A,B", help="of " + ", ".join(OWN + PEERS))
    parser.add_argument("--json", type=Path, metavar="FILE", help="also writes all figures there")
    arguments = parser.parse_args()
    if arguments.rounds < 1 or not arguments.seconds_limit > 0:
        parser.error("expected --rounds and --seconds-limit above zero")
    return arguments


def main() -> None:
    """Compares, prints the table, and writes the figures."""
    arguments = read_arguments()
    peers = installed_peers()
    names = choose(arguments.contestants, peers)
    text = read_text(arguments.text)
    if hasattr(os, "sched_setaffinity"):  # All contestants inherit it: one core for all.
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    results = run(names, text, arguments.rounds, arguments.seconds_limit)
    versions = {name: peers[name] for name in names if name in peers}
    title = arguments.text.name if arguments.text else "sample articles, repeated"
    print(f"{title}: {len(text) / 1e6:.1f} MB, medians of {arguments.rounds} passes",
          *(f"{name} {version}" for name, version in versions.items()), sep="; ")
    print_table(results)
    if arguments.json:
        whole = {"text": title, "bytes": len(text), "versions": versions, "contestants": results}
        arguments.json.write_text(json.dumps(whole, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    try:
        main()
    except Failure as failure:
        message, status = failure.args
        print(f"compare: {message}", file=sys.stderr)
        sys.exit(status)
    except OSError as error:
        sys.exit(f"compare: {error}")
