#!/usr/bin/env python3
"""Brings records of `guanxi extract` into the conventions of the MSRA named-entity corpus (SIGHAN 2006), for scoring.

    Benchmarks/Names/msra.py RESULT.jsonl > MAPPED.jsonl

Guanxi annotates by its own guideline, and that corpus by another one. What differs, and what is done about it:

  chains of places        湖北武汉 is one LOC here, there are two there: a chain is replaced by the places in it
  words for regions       淮河流域 is a LOC here, there 淮河 is
  governments             中国政府 is an ORG here, there 中国 is a LOC and 政府 nothing: what rules of governments and
                          of bodies named by a country found is replaced by the place in it
  abbreviations           中美 holds no name here, but two LOC there: abbreviations are added
  names in works          《毛泽东选集》 is one WORK here, there the names in it are annotated: nested names are added
  events                  the same: 汤姆斯杯 is an EVENT here

Mentions of other types are left out. Standard library only.
"""
import json, sys

# Endings of organisations that the corpus does not count as part of a name when a place stands before them.
OFFICIALS = ("政府", "当局", "官方", "警方", "军方", "军队", "国会", "议会", "政府军")
# Words for regions that are no part of a place's name there.
REGIONS = ("地区", "流域", "库区", "沿线", "沿海", "境内", "以南", "以北", "以东", "以西")
TYPES = {"ORG", "PER", "LOC"}


def mapped(record):
    inner = {}
    for nested in record.get("nested", []):
        inner.setdefault(nested["within"], []).append(nested)
    out = []

    def leaves(mention):
        """The names in a mention that hold no other name of their type."""
        own = [n for n in inner.get(mention["id"], []) if n["type"] in TYPES]
        return [n for n in own
                if not any(m is not n and n["start"] <= m["start"] and m["end"] <= n["end"] for m in own)]

    def outermost(mention):
        own = [n for n in inner.get(mention["id"], []) if n["type"] in TYPES]
        return [n for n in own
                if not any(m is not n and m["start"] <= n["start"] and n["end"] <= m["end"] for m in own)]

    for mention in record["mentions"]:
        places = [n for n in leaves(mention) if n["type"] == "LOC"]
        if mention["type"] == "LOC" and places:
            out += places + rest(mention, places)
        elif mention["type"] == "ORG" and mention["text"].endswith(OFFICIALS):
            out += places
        elif mention["type"] in TYPES:
            out.append(mention)
        elif mention["type"] in ("WORK", "EVENT"):
            for nested in outermost(mention):
                parts = [n for n in leaves(mention) if nested["start"] <= n["start"] and n["end"] <= nested["end"]]
                out += parts + rest(nested, parts) if nested["type"] == "LOC" and parts else [nested]
    taken = [(m["start"], m["end"]) for m in out]
    for short in record.get("abbreviations", []):
        if all(short["end"] <= s or e <= short["start"] for s, e in taken): out.append(short)
    return {"id": record["id"],
            "mentions": [{"start": m["start"], "end": m["end"], "type": m["type"], "rule": m["rule"]} for m in out]}


def rest(mention, places):
    """What stands in a chain of places behind the last one, as a place: 沙河镇 in 湖北武汉沙河镇. Words for regions are none."""
    end = max(p["end"] for p in places)
    text = mention["text"][end - mention["start"]:]
    if len(text) < 2 or text in REGIONS: return []
    return [{"type": "LOC", "start": end, "end": mention["end"], "text": text, "rule": mention["rule"]}]


for line in open(sys.argv[1], encoding="utf-8"):
    if line.strip(): print(json.dumps(mapped(json.loads(line)), ensure_ascii=False))
