#!/usr/bin/env python3
"""Reads every form of the output of one run back and compares it with the records.

    round_trips.py FOLDER

FOLDER holds records.jsonl and what else is to be compared: records.csv, records.brat, records.nt … as
`guanxi extract --format FORM --output FOLDER/records.FORM` writes them. A line a form: "ok", "FAIL" with the first
differences, or "skip" with the Python module that is missing. The exit code is 1 when a form failed.

What reads a form is never Guanxi: csv and pandas, pybrat, rdflib, sqlite3, networkx, pydot, html.parser.
"""

import csv
import html
import html.parser
import importlib
import json
import os
import re
import sys
from urllib.parse import quote, unquote

ROLES = ["subject", "relation", "object", "time", "place", "recipient", "source", "org"]
QUALIFIERS = ROLES[3:]


class Missing(Exception):
    pass


def module(name):
    try:
        return importlib.import_module(name)
    except ImportError:
        raise Missing(name.split(".")[0])


def same(found, expected, what):
    """Counts of equal things; the first differences otherwise."""
    if found != expected:
        lines = [f"{what}: {len(found)} found, {len(expected)} expected"]
        if isinstance(expected, dict):
            keys = [key for key in {**expected, **found} if found.get(key) != expected.get(key)]
            for key in keys[:3]:
                lines += [f"  {key}", f"    found    {found.get(key)}", f"    expected {expected.get(key)}"]
        elif isinstance(expected, (list, tuple)):
            pairs = [(a, b) for a, b in zip(found, expected) if a != b]
            lines += [f"    found    {a}\n    expected {b}" for a, b in pairs[:3]]
        else:
            lines += [f"  only found {list(found - expected)[:3]}", f"  only expected {list(expected - found)[:3]}"]
        raise AssertionError("\n".join(lines))
    return f"{len(expected)} {what}"


def text_of(slot):
    return slot["text"] if slot else None


# Tables

FACT_COLUMNS = ["id", "subject", "relation", "object", "time", "time_value", "place", "recipient", "source", "org",
                "status", "type", "carried", "margin", "rule", "start", "end"]


def fact_rows(records):
    rows = []
    for record in records:
        for fact in record["triples"]:
            texts = {role: text_of(fact.get(role)) for role in ROLES}
            rows.append({
                **texts, "id": f'{record["id"]}/{fact["id"]}', "time_value": (fact.get("time") or {}).get("value"),
                "status": fact["status"], "type": fact["relation"].get("type"),
                "carried": "yes" if (fact["subject"] or {}).get("carried") else "no",
                "margin": None if "margin" not in fact else str(fact["margin"]), "rule": fact["rule"],
                "start": str(fact["sentence"]["start"]), "end": str(fact["sentence"]["end"]),
            })
    return FACT_COLUMNS, rows


def mention_rows(records):
    columns = ["id", "type", "subtype", "text", "start", "end", "entity", "name", "rule"]
    rows = []
    for record in records:
        names = {entity["id"]: entity["name"] for entity in record["entities"]}
        for item in record["mentions"]:
            rows.append({
                **item, "id": f'{record["id"]}/{item["id"]}', "entity": f'{record["id"]}/{item["entity"]}',
                "name": names[item["entity"]],
            })
    return columns, rows


def item_rows(key, columns):
    def rows(records):
        return columns, [{**item, "id": f'{record["id"]}/{item["id"]}'} for record in records for item in record[key]]
    return rows


time_rows = item_rows("times", ["id", "text", "start", "end", "value", "mod"])
quantity_rows = item_rows("quantities", ["id", "text", "start", "end", "kind", "value", "low", "high", "measure",
                                         "unit", "mod", "of", "rule"])


def cell(value):
    return "" if value is None else str(value)


def one_line(text):
    return re.sub("\r\n|[\t\n\x0b\x0c\r\x85\u2028\u2029]", " ", text)


def check_csv(rows):
    def check(path, records):
        columns, expected = rows(records)
        with open(path, encoding="utf-8", newline="") as file:
            found = list(csv.reader(file, strict=True))
        with open(path, "rb") as file:
            assert file.read().count(b"\r\n") >= len(found), "lines do not end with CR LF"
        result = same(found, [columns] + [[cell(row.get(name)) for name in columns] for row in expected], "rows")
        try:
            pandas = module("pandas")
        except Missing as missing:
            return f"{result}; there is no {missing} to read them, too"
        # pandas ends a cell at a NUL, so there only the shape is compared where there is one.
        frame = pandas.read_csv(path, dtype=str, keep_default_na=False)
        same(list(frame.columns), columns, "columns")
        cells = [list(row) for row in frame.itertuples(index=False)]
        want = [[cell(row.get(name)) for name in columns] for row in expected]
        if "\0" not in str(want) and not any("\0" in value for row in want for value in row):
            same(cells, want, "rows of pandas")
        else:
            same([len(row) for row in cells], [len(row) for row in want], "rows of pandas")
        return result
    return check


def check_tsv(rows):
    def check(path, records):
        columns, expected = rows(records)
        with open(path, encoding="utf-8", newline="") as file:
            found = [line.split("\t") for line in file.read().split("\n")]
        assert found.pop() == [""], "the last line has no end"
        want = [[one_line(cell(row.get(name))) for name in columns] for row in expected]
        return same(found, [columns] + want, "rows")
    return check


# brat

def check_brat(path, records):
    counts = [0, 0, 0]
    # pybrat would refuse a word that is the relation and a role of one fact, which brat allows; so its errors are
    # ignored, and what it has read is counted.
    try:
        parser = module("pybrat.parser").BratParser(error="ignore")
        examples = {os.path.basename(str(example.id)): example for example in parser.parse(path)}
        reader = "pybrat"
    except Missing as missing:
        examples, reader = None, f"there is no {missing} to read them, too"
    with open(os.path.join(path, "annotation.conf"), encoding="utf-8") as file:
        configuration = file.read()
    for record in records:
        name = re.sub(r"[/\\\x00-\x1f\x7f]", "_", record["id"])
        with open(os.path.join(path, name + ".txt"), encoding="utf-8") as file:
            text = file.read()
        with open(os.path.join(path, name + ".ann"), encoding="utf-8") as file:
            lines = file.read().split("\n")[:-1]
        # Every span says what stands in the text, piece by piece; lines end at line feeds only.
        spans, events, relations, notes, statuses = {}, {}, {}, {}, {}
        for line in lines:
            cells = line.split("\t")
            kind = cells[0][0]
            if kind == "T":
                type_, places = cells[1].split(" ", 1)
                pieces = [tuple(map(int, place.split(" "))) for place in places.split(";")]
                slice_ = " ".join(text[start:end] for start, end in pieces)
                said = "\t".join(cells[2:])
                assert slice_ == said, f"{name} {cells[0]}: {slice_!r} in the text, {said!r} said"
                assert "\n" not in said
                spans[cells[0]] = (type_, pieces[0][0], pieces[-1][1])
                assert f"\n{type_}\t" in configuration or f"\n{type_}\n" in configuration, f"{type_} is not declared"
            elif kind == "E":
                trigger, *arguments = cells[1].split(" ")
                events[cells[0]] = (trigger.split(":")[1], dict(each.split(":") for each in arguments))
            elif kind == "R":
                relations[cells[0]] = dict(each.split(":") for each in cells[1].split(" ")[1:])
            elif kind == "#":
                notes[cells[1].split(" ")[1]] = cells[2]
            elif kind == "A" and cells[1].startswith("Status"):
                statuses[cells[1].split(" ")[1]] = cells[1].split(" ")[2]
        for key, type_ in [("mentions", None), ("times", "TIME"), ("quantities", "QUANTITY")]:
            types = {item["type"] for item in record["mentions"]} if type_ is None else {type_}
            places = sorted(each for each in spans.values() if each[0] in types)
            want = sorted((type_ or item["type"], item["start"], item["end"]) for item in record[key])
            if type_ is None:
                places = [each for each in places if each[0] in
                          ("ORG", "PER", "LOC", "TITLE", "WORK", "EVENT")]
            trimmed = [(t, s, e) for t, s, e in places]
            counts[0] += len(want)
            same(trimmed, want, f"{key} of {name}")
        found = {}
        for id_, (trigger, arguments) in events.items():
            fact = notes[id_].split(" ")[0]
            found[fact] = ({role.lower(): spans[span][1:] for role, span in arguments.items()},
                           statuses.get(id_, "asserted"))
        for id_, arguments in relations.items():
            fact = notes[id_].split(" ")[0]
            roles = {"subject": spans[arguments["Arg1"]][1:], "object": spans[arguments["Arg2"]][1:]}
            for field in notes[id_].split(" "):
                role, _, span = field.partition("=")
                if role in QUALIFIERS and span in spans:
                    roles[role] = spans[span][1:]
            found[fact] = (roles, statuses.get(id_, "asserted"))
        expected = {}
        for fact in record["triples"]:
            roles = {role: trim(text, fact[role]) for role in ROLES
                     if role != "relation" and fact.get(role) and "start" in fact[role]}
            expected[fact["id"]] = ({role: span for role, span in roles.items() if span}, fact["status"])
        same(found, expected, f"facts of {name}")
        counts[1] += len(expected)
        if examples is None:
            continue
        example = examples[name]
        counts[2] += len(example.entities)
        assert len(example.events) == len(events), f"pybrat reads {len(example.events)} of {len(events)} events"
        read = sum(relation.type != "Equiv" for relation in example.relations)
        assert read == len(relations), f"pybrat reads {read} of {len(relations)} relations"
    if examples is not None:
        reader += f" reads {counts[2]} entities"
    return f"{counts[1]} facts and {counts[0]} spans; {reader}"


def trim(text, slot):
    """The first and last position of a span that are no line ends."""
    start, end = slot["start"], slot["end"]
    while start < end and text[start] == "\n":
        start += 1
    while end > start and text[end - 1] == "\n":
        end -= 1
    return (start, end) if start < end else None


# CoNLL

def check_conll(path, records):
    with open(path, encoding="utf-8", newline="") as file:
        lines = file.read().split("\n")
    assert lines.pop() == ""
    documents, current = [], None
    for line in lines:
        if line.startswith("# newdoc id = "):
            current = []
            documents.append(current)
            open_ = None
        elif line:
            word, tag, start, end, label = line.split("\t")
            assert word and tag and not re.search(r"\s", word), line
            if label.startswith("B-"):
                current.append([label[2:], int(start), int(end)])
            elif label.startswith("I-"):
                assert current and current[-1][0] == label[2:], line
                current[-1][2] = int(end)
    total = 0
    assert len(documents) == len(records)
    for found, record in zip(documents, records):
        spans = [[item["type"], item["start"], item["end"]] for item in record["mentions"]]
        spans += [["TIME", item["start"], item["end"]] for item in record["times"]]
        spans += [["QUANTITY", item["start"], item["end"]] for item in record["quantities"]]
        # A word has one label, so of spans that overlap the longest stands (黎明 in 张黎明 is no time).
        spans = [span for span in spans if not any(
            span[1] < other[2] and other[1] < span[2] and span[2] - span[1] < other[2] - other[1]
            for other in spans)]
        spans.sort(key=lambda span: (span[1], span[2]))
        same(found, spans, f'spans of {record["id"]}')
        total += len(spans)
    return f"{total} spans"


# RDF

graphs = {}


def check_rdf(syntax):
    def check(path, records):
        rdflib = module("rdflib")
        compare = module("rdflib.compare")
        import logging
        logging.getLogger("rdflib").setLevel(logging.ERROR)
        graph = rdflib.Graph()
        graph.parse(path, format=syntax)
        RDF, GX = rdflib.RDF, rdflib.Namespace("https://guanxi.example/vocabulary#")
        declared = rdflib.Graph().parse(
            os.path.join(os.path.dirname(__file__), "../../Documentation/vocabulary.ttl"), format="turtle")
        used = {term for triple in graph for term in triple[1:] if str(term).startswith(str(GX))} - {rdflib.URIRef(GX)}
        unknown = used - set(declared.subjects())
        assert not unknown, f"the vocabulary does not declare {sorted(unknown)[:5]}"
        base = "https://guanxi.example/"

        def whole(number):
            return None if number is None else int(number)

        def text(node):
            if node is None:
                return None
            if isinstance(node, rdflib.Literal):
                return str(node)
            return str(graph.value(node, rdflib.RDFS.label) or graph.value(node, GX.text))

        found, expected = {}, {}
        for fact in graph.subjects(RDF.type, GX.Fact):
            document = graph.value(fact, rdflib.PROV.wasQuotedFrom)
            key = (str(graph.value(document, rdflib.DCTERMS.identifier)), str(fact).split("#")[1])
            slots = {}
            for role in ROLES:
                slot = graph.value(fact, GX[role + "Slot"])
                if slot is not None:
                    entity = graph.value(slot, GX.entity)
                    start, end = graph.value(slot, GX.start), graph.value(slot, GX.end)
                    slots[role] = (str(graph.value(slot, GX.text)), whole(start), whole(end),
                                   entity and str(entity).split("#")[1], (graph.value(slot, GX.carried) is not None))
            found[key] = (slots, str(graph.value(fact, GX.status)).split("#")[1], str(graph.value(fact, GX.rule)),
                          int(graph.value(fact, GX.sentenceStart)), int(graph.value(fact, GX.sentenceEnd)),
                          text(graph.value(fact, RDF.subject)), unquote(str(graph.value(fact, RDF.predicate))),
                          text(graph.value(fact, RDF.object)))
            assert (fact, RDF.type, RDF.Statement) in graph
            triple = tuple(graph.value(fact, RDF[name]) for name in ("subject", "predicate", "object"))
            if None not in triple and graph.value(fact, GX.status) == GX.asserted:
                assert triple in graph, f"{fact} is asserted but does not stand as a statement"
        for record in records:
            names = {entity["id"]: entity["name"] for entity in record["entities"]}

            def named(slot):
                return slot and (names[slot["entity"]] if "entity" in slot else slot["text"])
            for fact in record["triples"]:
                slots = {role: (fact[role]["text"], fact[role].get("start"), fact[role].get("end"),
                                fact[role].get("entity"), fact[role].get("carried", False))
                         for role in ROLES if fact.get(role)}
                relation = fact["relation"]
                predicate = base + ("relation/" + relation["type"] if "type" in relation else "word/" + relation["text"])
                expected[record["id"], fact["id"]] = (
                    slots, fact["status"], fact["rule"], fact["sentence"]["start"], fact["sentence"]["end"],
                    named(fact["subject"]), predicate, named(fact["object"]))
        result = same(found, expected, "facts")
        quantities = {(str(q).split("#")[1], str(graph.value(q, GX.value) or ""))
                      for q in graph.subjects(RDF.type, GX.Quantity)}
        same(quantities, {(q["id"], q["value"] or "") for r in records for q in r["quantities"]}, "quantities")
        for literal in graph.objects():
            # Python's lengths of time end at a thousand million days, those of XML Schema do not.
            if isinstance(literal, rdflib.Literal) and not re.fullmatch(r"P\d{10,}D", literal):
                assert not literal.ill_typed, f"{literal.n3()} is not of its type"
        # No node is blank, so two graphs are isomorphic when their statements are the same.
        assert not any(isinstance(term, rdflib.BNode) for triple in graph for term in triple)
        for other, statements in graphs.items():
            assert statements == set(graph), f"{syntax} and {other} differ: {list(statements ^ set(graph))[:3]}"
        graphs[syntax] = set(graph)
        return result + f", {len(graph)} statements"
    return check


# SQLite

def check_sqlite(path, records):
    sqlite3 = module("sqlite3")
    database = sqlite3.connect(f"file:{quote(path)}?mode=ro", uri=True)
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    columns, expected = fact_rows(records)
    names = ", ".join(f'"{name}"' for name in columns)
    found = {row[0]: row for row in database.execute(f"SELECT {names} FROM facts")}
    want = {}
    for row in expected:
        row = {**row, "carried": int(row["carried"] == "yes"), "start": int(row["start"]), "end": int(row["end"]),
               "margin": None if row["margin"] is None else int(row["margin"])}
        want[row["id"]] = tuple(row.get(name) for name in columns)
    result = same(found, want, "facts")
    for table, key, fields in [
        ("mentions", "mentions", ["id", "type", "subtype", "text", "start", "end", "entity", "rule"]),
        ("entities", "entities", ["id", "type", "name", "completed"]),
        ("times", "times", ["id", "text", "start", "end", "value", "mod"]),
        ("quantities", "quantities", ["id", "text", "start", "end", "kind", "value", "low", "high", "measure", "unit",
                                      "mod", "of", "rule"]),
        ("repairs", "repairs", ["start", "end", "kind", "read"]),
        ("diagnostics", "diagnostics", ["kind", "message", "byte", "start", "end"]),
    ]:
        fields_ = ", ".join(f't."{name}"' for name in fields)
        rows = set(database.execute(f"SELECT d.id, {fields_} FROM {table} t JOIN documents d ON d.number = t.document"))
        same(rows, {(r["id"], *(item.get(name) for name in fields)) for r in records for item in r[key]}, table)
    for table, count in [
        ("aliases", sum(len(e["aliases"]) for r in records for e in r["entities"])),
        ("entity_references", sum(len(e.get("references", [])) for r in records for e in r["entities"])),
        ("nested", sum(len(r.get("nested", [])) + len(r.get("abbreviations", [])) for r in records)),
        ("typed_values", sum(len(r.get("values", [])) for r in records)),
        ("roles", sum(1 for r in records for f in r["triples"] for role in ROLES if f.get(role))),
    ]:
        assert database.execute(f"SELECT count(*) FROM {table}").fetchone() == (count,), f"{table}: not {count} rows"
    for value, alts in database.execute("SELECT value, alts FROM typed_values"):
        json.loads(value), json.loads(alts)
    # Characters of the text between offsets are the text of the mention.
    for record, (text,) in zip(records, database.execute("SELECT text FROM documents ORDER BY number")):
        for item in record["mentions"]:
            assert text[item["start"]:item["end"]] == item["text"]
    return result


# Graphs

def graph_facts(records):
    """Facts by id: ends, relation and fields, as both forms of the graph have them."""
    result = {}
    for record in records:
        entities = {entity["id"]: entity for entity in record["entities"]}

        def end(slot):
            if not slot:
                return ("none", "")
            entity = entities.get(slot.get("entity"))
            return (entity["type"], entity["name"]) if entity else ("text", slot["text"])
        for fact in record["triples"]:
            fields = {"document": record["id"], "type": fact["relation"].get("type"), "status": fact["status"],
                      "rule": fact["rule"], "group": fact.get("group"),
                      "margin": None if "margin" not in fact else str(fact["margin"]),
                      "time_value": (fact.get("time") or {}).get("value"),
                      "sentence_start": str(fact["sentence"]["start"]), "sentence_end": str(fact["sentence"]["end"])}
            fields.update({role: text_of(fact.get(role)) for role in QUALIFIERS})
            fields["carried"] = " ".join(role for role in ROLES if (fact.get(role) or {}).get("carried")) or None
            result[f'{record["id"]}/{fact["id"]}'] = (
                end(fact["subject"]), fact["relation"]["text"], end(fact["object"]),
                {key: value for key, value in fields.items() if value is not None})
    return result


def plain(value, keep):
    """A text as a form can hold it."""
    if isinstance(value, str):
        return keep(value)
    if isinstance(value, tuple):
        return tuple(plain(each, keep) for each in value)
    return {keep(key): plain(each, keep) for key, each in value.items()}


def check_graphml(path, records):
    networkx = module("networkx")
    graph = networkx.read_graphml(path, force_multigraph=True)
    found = {}
    for source, target, data in graph.edges(data=True):
        ends = [(graph.nodes[node]["kind"], graph.nodes[node].get("label") or "") for node in (source, target)]
        fields = {key: str(value) for key, value in data.items() if key not in ("fact", "relation", "id")}
        found[data["fact"]] = (ends[0], data["relation"], ends[1], fields)
    with open(path, encoding="utf-8") as file:
        ids = re.findall(r'<node id="([^"]*)"', file.read())
    assert len(ids) == len(set(ids)) == len(graph), "a node stands twice"
    keep = lambda text: re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "\ufffd", text)
    expected = plain(graph_facts(records), keep)
    lxml = None
    try:
        lxml = module("lxml.etree")
        lxml.parse(path)
    except Missing:
        pass
    return same(found, expected, "facts") + f", {len(graph)} nodes"


def check_dot(path, records):
    pydot = module("pydot")
    with open(path, encoding="utf-8") as file:
        graph, = pydot.graph_from_dot_data(file.read())

    def value(text):
        if text.startswith('"'):
            text = text[1:-1]
        return re.sub(r'\\(.)', lambda match: "\n" if match[1] == "n" else match[1], text)
    nodes = {value(node.get_name()): (value(node.get("class")), html.unescape(value(node.get("label"))))
             for node in graph.get_nodes() if node.get_name() not in ("node", "edge", "graph")}
    found = {}
    for edge in graph.get_edges():
        data = {key: value(str(text)) for key, text in edge.get_attributes().items()}
        ends = [nodes[value(end)] for end in (edge.get_source(), edge.get_destination())]
        fields = {key: text for key, text in data.items() if key not in ("fact", "label", "style")}
        found[data["fact"]] = (ends[0], html.unescape(data["label"]), ends[1], fields)
    keep = lambda text: text.replace("\0", "\ufffd").replace("\r", "\n")
    return same(found, plain(graph_facts(records), keep), "facts") + f", {len(nodes)} nodes"


# The report

class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=False)
        self.scripts, self.inside, self.outside = [], None, []

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        for name in attributes:
            assert not name.startswith("on"), f"<{tag} {name}>"
        assert tag not in ("img", "iframe", "link", "object", "base"), f"<{tag}>"
        assert not attributes.get("src"), f"<{tag} src>"
        if tag == "script":
            self.inside = [attributes, ""]
            self.scripts.append(self.inside)

    def handle_endtag(self, tag):
        if tag == "script":
            self.inside = None

    def handle_data(self, data):
        if self.inside:
            self.inside[1] += data


def check_html(path, records):
    with open(path, encoding="utf-8", newline="") as file:
        source = file.read()
    page = Page()
    page.feed(source)
    page.close()
    found = [json.loads(text) for attributes, text in page.scripts if attributes.get("class") == "document"]
    counts, = [json.loads(text) for attributes, text in page.scripts if attributes.get("id") == "counts"]
    same([item["record"] for item in found], records[:len(found)], "records")
    for item in found:
        for mention in item["record"]["mentions"]:
            assert item["text"][mention["start"]:mention["end"]] == mention["text"]
    total = {item["name"]: item["count"] for item in counts["total"]}
    assert counts["documents"] == len(records) and counts["shown"] == len(found), counts
    assert total["facts"] == sum(len(record["triples"]) for record in records), total
    assert sum(item["count"] for item in counts["type"]) == sum(len(record["mentions"]) for record in records)
    assert len(page.scripts) == len(found) + 2, "a text has become a script"
    assert not re.search(r"""(?:src|href)\s*=\s*["'](?!#)""", re.sub(r"(?s)<script.*?</script>", "", source))
    return f"{total['facts']} facts, {len(found)} documents"


CHECKS = {
    "csv": check_csv(fact_rows), "tsv": check_tsv(fact_rows),
    "mentions.csv": check_csv(mention_rows), "mentions.tsv": check_tsv(mention_rows),
    "times.csv": check_csv(time_rows), "times.tsv": check_tsv(time_rows),
    "quantities.csv": check_csv(quantity_rows), "quantities.tsv": check_tsv(quantity_rows),
    "brat": check_brat, "conll": check_conll,
    "nt": check_rdf("nt"), "ttl": check_rdf("turtle"), "jsonld": check_rdf("json-ld"),
    "sqlite": check_sqlite, "graphml": check_graphml, "dot": check_dot, "html": check_html,
}


def main(folder):
    with open(os.path.join(folder, "records.jsonl"), encoding="utf-8", newline="\n") as file:
        records = [json.loads(line) for line in file]
    failed = False
    for form, check in CHECKS.items():
        path = os.path.join(folder, "records." + form)
        if not os.path.exists(path):
            continue
        try:
            print(f"ok    {form}: {check(path, records)}", flush=True)
        except Missing as missing:
            print(f"skip  {form}: there is no Python module {missing}", flush=True)
        except Exception as error:
            failed = True
            print(f"FAIL  {form}: {type(error).__name__}: {error}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))
