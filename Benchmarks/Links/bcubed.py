#!/usr/bin/env python3
"""Scores the links of records against Corpora/links: B³ over gold mentions, and wrong merges.

    bcubed.py --documents Corpora/links > links.jsonl
    guanxi extract --input-format jsonl links.jsonl --output links-records.jsonl
    bcubed.py Corpora/links links-records.jsonl

Precision and recall of a gold mention are those of Bagga and Baldwin (1998): its gold entity and its entity
in the record, both as sets of gold mentions. A mention that the record does not have is an entity of its
own; where the record has its very span neither as a mention nor as a reference, that is so. "of names
found" leaves out the names that the record does not have, but no reference. A wrong merge is an entity of the record with full names of
two gold entities; a mixed one has any mentions of two. Exit status: 1 where there is a wrong merge.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

MARK = re.compile(r"⟦([^⟧|~]+)(?:([|~])([^⟧]+))?⟧")


@dataclass(frozen=True)
class GoldMention:
    """A marked place: its span in characters, the entity it names, and how."""

    start: int
    end: int
    text: str
    entity: str
    is_reference: bool

    @property
    def is_full(self) -> bool:
        return self.text == self.entity


@dataclass
class GoldDocument:
    """A document without its marks, and what they said."""

    id: str
    date: str
    text: str
    mentions: list[GoldMention]


def unmarked(identifier: str, date: str, marked: str) -> GoldDocument:
    text, mentions, at, unknown = "", [], 0, 0
    for mark in MARK.finditer(marked):
        text += marked[at : mark.start()]
        at = mark.end()
        name, kind, entity = mark.groups()
        entity = entity or name
        if entity == "?":
            unknown += 1
            entity = f"?{unknown}"
        start = len(text)
        text += name
        mentions.append(GoldMention(start, len(text), name, entity, kind == "~"))
    text += marked[at:]
    if "⟦" in text or "⟧" in text:
        sys.exit(f"{identifier}: a mark is not closed, or stands in another one")
    return GoldDocument(identifier, date, text, mentions)


def read_gold(path: Path) -> list[GoldDocument]:
    files = sorted(path.glob("*.links")) if path.is_dir() else [path]
    documents = []
    for file in files:
        for block in re.split(r"^=== ", file.read_text(encoding="utf-8"), flags=re.M)[1:]:
            head, body = block.split("\n", 1)
            identifier, date = head.split()
            documents.append(unmarked(identifier, date, body.strip("\n")))
    return documents


def entities_of(record: dict) -> dict[tuple[int, int], str]:
    """Where the record links: the entity of each span."""
    links = {(m["start"], m["end"]): m["entity"] for m in record["mentions"]}
    for entity in record["entities"]:
        for reference in entity.get("references", []):
            links.setdefault((reference["start"], reference["end"]), entity["id"])
    return links


class Sums:
    """B³ over all documents."""

    def __init__(self) -> None:
        self.precision = self.recall = 0.0
        self.count = 0

    def add(self, gold: dict[int, str], found: dict[int, str]) -> None:
        of_gold, of_found = defaultdict(set), defaultdict(set)
        for mention, entity in gold.items():
            of_gold[entity].add(mention)
            of_found[found[mention]].add(mention)
        for mention, entity in gold.items():
            both = len(of_gold[entity] & of_found[found[mention]])
            self.precision += both / len(of_found[found[mention]])
            self.recall += both / len(of_gold[entity])
        self.count += len(gold)

    def line(self, label: str) -> str:
        p, r = self.precision / self.count, self.recall / self.count
        return f"{label:<24} {self.count:>8} {p:>8.3f} {r:>8.3f} {2 * p * r / (p + r):>8.3f}"


def score(documents: list[GoldDocument], records: dict[str, dict], verbose: bool) -> int:
    whole, of_found = Sums(), Sums()
    missed_names = missed_references = wrong = mixed = 0
    for document in documents:
        record = records.get(document.id)
        if record is None:
            sys.exit(f"{document.id}: the records have no such document")
        links = entities_of(record)
        names = {entity["id"]: entity["name"] for entity in record["entities"]}
        gold, found = {}, {}
        members, full_members = defaultdict(set), defaultdict(set)
        for number, mention in enumerate(document.mentions):
            gold[number] = mention.entity
            entity = links.get((mention.start, mention.end))
            found[number] = entity or f"-{number}"
            if entity is None:
                if mention.is_reference and not mention.entity.startswith("?"):
                    missed_references += 1
                elif not mention.is_reference:
                    missed_names += 1
                continue
            members[entity].add(mention.entity)
            if mention.is_full:
                full_members[entity].add(mention.entity)
        whole.add(gold, found)
        kept = [n for n, m in enumerate(document.mentions) if m.is_reference or found[n][0] != "-"]
        of_found.add({n: gold[n] for n in kept}, {n: found[n] for n in kept})
        for entity, several in members.items():
            if len(several) > 1:
                mixed += 1
                wrong += len(full_members[entity]) > 1
                if verbose:
                    print(f"mixed   {document.id}: {names[entity]}: {', '.join(sorted(several))}")
        if verbose:
            for number, mention in enumerate(document.mentions):
                entity = links.get((mention.start, mention.end))
                if entity is None and not mention.entity.startswith("?"):
                    print(f"missed  {document.id}: {mention.text} = {mention.entity}")
            parts = defaultdict(lambda: defaultdict(list))
            for number, mention in enumerate(document.mentions):
                if found[number][0] != "-":
                    parts[mention.entity][found[number]].append(mention.text)
            for entity, clusters in parts.items():
                if len(clusters) > 1:
                    shown = " / ".join(",".join(dict.fromkeys(c)) for c in clusters.values())
                    print(f"apart   {document.id}: {entity}: {shown}")
    print(f"{len(documents)} documents")
    print(f"{'':<24} {'mentions':>8} {'P':>8} {'R':>8} {'F1':>8}")
    print(whole.line("B³"))
    print(of_found.line("B³ of names found"))
    print(f"names missed {missed_names}, references without a link {missed_references}")
    print(f"wrong merges of full names {wrong}, mixed entities {mixed}")
    return 1 if wrong else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("gold", type=Path, help="a .links file, or a folder of them")
    parser.add_argument("records", type=Path, nargs="?", help="what guanxi extract made of --documents")
    parser.add_argument("--documents", action="store_true", help="print the documents as JSON Lines")
    parser.add_argument("--verbose", action="store_true", help="list what is missed, apart and mixed")
    arguments = parser.parse_args()
    documents = read_gold(arguments.gold)
    if arguments.documents:
        for document in documents:
            line = {"id": document.id, "date": document.date, "text": document.text}
            print(json.dumps(line, ensure_ascii=False))
        return 0
    if arguments.records is None:
        parser.error("expected the records, or --documents")
    with arguments.records.open(encoding="utf-8") as lines:
        records = {record["id"]: record for record in map(json.loads, lines)}
    return score(documents, records, arguments.verbose)


if __name__ == "__main__":
    sys.exit(main())
