#!/usr/bin/env python3
"""Brings records of `guanxi extract` into the conventions of the Chinese resume corpus (Zhang and Yang 2018), for scoring.

    Benchmarks/Names/resume.py GOLD.jsonl RESULT.jsonl > MAPPED.jsonl

What differs from Guanxi's own guideline, and what is done about it:

  bare nouns        公司, 本公司 and 集团 before a title are no name here, there they are an ORG: they are added
  party members     中共 is an ORG in 中共党员 here, there the whole is a TITLE
  titles of a firm  公司副总经理 is a TITLE in some texts here, there 公司 is an ORG before it

Standard library only.
"""
import json, re, sys

BARE = re.compile(r"(?:本公司|公司|集团)(?=.)")
texts = {d["id"]: d["text"] for d in map(json.loads, filter(str.strip, open(sys.argv[1], encoding="utf-8")))}
for line in filter(str.strip, open(sys.argv[2], encoding="utf-8")):
    record = json.loads(line)
    text = texts[record["id"]]
    out = []
    for m in record["mentions"]:
        start, end, kind = m["start"], m["end"], m["type"]
        if kind == "ORG" and text[start:end + 2] == "中共党员":
            out.append((start, end + 2, "TITLE"))
            continue
        if kind == "TITLE" and text[start - 2:end] == "中共党员": continue
        bare = BARE.match(text, start) if kind == "TITLE" else None
        if bare and bare.end() < end:
            out.append((start, bare.end(), "ORG"))
            start = bare.end()
        out.append((start, end, kind))
    starts = {s for s, _, kind in out if kind == "TITLE"}
    for bare in BARE.finditer(text):
        if bare.end() in starts and not any(s < bare.end() and bare.start() < e for s, e, _ in out):
            out.append((*bare.span(), "ORG"))
    print(json.dumps({"id": record["id"],
                      "mentions": [{"start": s, "end": e, "type": t} for s, e, t in out]}, ensure_ascii=False))
