#!/usr/bin/env python3
"""Brings records of `guanxi extract` into the conventions of the MSRA named-entity corpus (SIGHAN 2006), for scoring.

    Benchmarks/Names/msra.py RESULT.jsonl > MAPPED.jsonl

Guanxi annotates by its own guideline, and that corpus by another one. What differs, and what is done about it:

  chains of places        湖北武汉 is one LOC here, there are two there: a chain is replaced by the places in it
  words for regions       淮河流域 is a LOC here, there 淮河 is
  governments             中国政府 is an ORG here, there 中国 is a LOC and 政府 nothing: what rules of governments and
                          of bodies named by a country found is replaced by the place in it
  museums and libraries   国家图书馆 is an ORG here, there it is a LOC
  abbreviations           中美 holds no name here, but two LOC there: abbreviations are added
  names in works          《毛泽东选集》 is one WORK here, there the names in it are annotated: nested names are added
  titles of ministers     外交部长 is a TITLE here, there 外交部 is an ORG; so is 省委 in 省委书记, and 江苏省委 in 江苏省委书记
  events                  the same: 汤姆斯杯 is an EVENT here

Mentions of other types are left out. Standard library only.
"""
import json, re, sys

# Endings of organisations that the corpus does not count as part of a name when a place stands before them.
OFFICIALS = ("政府", "当局", "官方", "警方", "军方", "军队", "政府军")
# Words for regions that are no part of a place's name there.
REGIONS = ("地区", "流域", "库区", "沿线", "沿海", "境内", "以南", "以北", "以东", "以西")
# What a title holds of the body in which it is held.
OFFICE = re.compile(r"([^副]{1,5}部)长$|((?:省|市|县|区|州|地|镇|乡|团省|团市)委)(?=副?书记|常委)")
BUILDINGS = ("图书馆", "博物馆", "美术馆", "博物院", "纪念馆")
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
        elif mention["type"] == "ORG" and mention["text"].endswith(BUILDINGS):
            out.append({**mention, "type": "LOC"})
        elif mention["type"] in TYPES:
            out.append(mention)
        elif mention["type"] == "TITLE":
            office = OFFICE.match(mention["text"])
            if office:
                place = next((m for m in record["mentions"]
                              if m["type"] == "LOC" and m["end"] == mention["start"]), None)
                start = place["start"] if place else mention["start"]
                if place in out: out.remove(place)
                out.append({"type": "ORG", "start": start, "end": mention["start"] + len(office[1] or office[2]),
                            "rule": mention["rule"]})
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
