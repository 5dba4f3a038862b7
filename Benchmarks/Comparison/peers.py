#!/usr/bin/env python3
"""Runs a segmenter from PyPI as a contestant of compare.py.

    peers.py NAME FILE     prints "ready SECONDS", then "SECONDS COUNT" for each line of stdin
    peers.py --available   prints the name and version of each peer that is installed

All seconds are CPU seconds of this process. Reading and decoding the text is in none of them.
"""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable
from importlib import metadata

Cut = Callable[[str], "list[str]"]


def load_rjieba() -> Cut:
    """jieba-rs through its Python binding, with the HMM, as is its default.

    Besides segmenting, a pass includes the call, encoding the line as UTF-8 (in every pass, for the
    binding leaves no encoded form in the str), and making a str of each token and their list.
    """
    import rjieba

    return rjieba.cut


def load_jieba() -> Cut:
    """jieba in Python, with the HMM, as is its default. A pass includes making the list."""
    import jieba

    jieba.setLogLevel(logging.WARNING)
    jieba.dt.tmp_dir = sys.prefix  # Its cached dictionary is thrown away with the environment.
    jieba.initialize()
    return jieba.lcut


def load_cppjieba() -> Cut:
    """cppjieba through pybind11, with the HMM, as is its default.

    A pass includes making a C++ string and a str of each token, and their list. The str of a line
    keeps its UTF-8 form after the first call, so only the first pass includes encoding.
    """
    import cppjieba

    return cppjieba.Jieba().cut


LOADERS = {"rjieba": load_rjieba, "cppjieba": load_cppjieba, "jieba": load_jieba}


def timed_pass(cut: Cut, lines: list[str]) -> tuple[float, int]:
    """Segments every line: CPU seconds and the number of all tokens.

    White space is not looked for here: that takes Python as long as a token takes a fast peer.
    """
    count = 0
    start = time.process_time()
    for line in lines:
        count += len(cut(line))
    return time.process_time() - start, count


def blank_tokens(cut: Cut, lines: list[str]) -> int:
    """Counts the tokens of white space, and makes sure that the tokens are the whole text."""
    blank = 0
    for number, line in enumerate(lines, 1):
        tokens = cut(line)
        if "".join(tokens) != line:
            raise SystemExit(f"peers.py: the tokens of line {number} are not the whole line")
        blank += sum(token.isspace() for token in tokens)
    return blank


def contend(name: str, path: str) -> None:
    """Loads a peer and the text, then makes one pass for each line of stdin."""
    start = time.process_time()
    cut = LOADERS[name]()
    cut("加载")  # What only the first call loads is part of loading.
    loading = time.process_time() - start
    with open(path, encoding="utf-8", newline="\n") as file:
        lines = file.read().removesuffix("\n").split("\n")
    print(f"ready {loading:.6f}", flush=True)
    blank = None
    for _ in sys.stdin:
        seconds, count = timed_pass(cut, lines)
        if blank is None:  # Not before the first pass: nobody else's is warmed up either.
            blank = blank_tokens(cut, lines)
        print(f"{seconds:.6f} {count - blank}", flush=True)


if __name__ == "__main__":
    if sys.argv[1:] == ["--available"]:
        installed = {found.metadata["Name"]: found.version for found in metadata.distributions()}
        print(*(f"{name} {installed[name]}" for name in LOADERS if name in installed), sep="\n")
    elif len(sys.argv) == 3 and sys.argv[1] in LOADERS:
        contend(*sys.argv[1:])
    else:
        print(f"usage: peers.py {'|'.join(LOADERS)} FILE, or peers.py --available", file=sys.stderr)
        sys.exit(2)
