"""Reads a folder of brat standoff with two parsers that others wrote, pybrat and bioc, and compares with the JSONL export of
the same project.

    pip install pybrat bioc
    brat_readers.py FOLDER EXPORT.jsonl

pybrat gives passages and relations, bioc passages, attributes, relations and notes. brat itself takes a tab among the words
of a passage; bioc does not, so it is given a blank there.
"""

import collections
import json
import pathlib
import sys

import bioc.brat
import pybrat.parser

folder = pathlib.Path(sys.argv[1])
documents = [json.loads(line) for line in open(sys.argv[2], encoding="utf-8").read().split("\n") if line]
texts = {document["id"]: document["text"] for document in documents}
breaks = tuple("\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")


def pieces(text, ranges):
    """Passages as brat has them: without the line ends."""
    for start, end in ranges:
        at = start
        for position in range(start, end + 1):
            if position == end or text[position] in breaks:
                if at < position:
                    yield at, position
                at = position + 1


expected = collections.Counter()
for document in documents:
    for span in document["spans"]:
        expected[document["id"], tuple(pieces(document["text"], span["ranges"]))] += 1

by_pybrat, by_bioc = collections.Counter(), collections.Counter()
relations = collections.Counter()
attributes = notes = 0
for path in sorted(folder.rglob("*.ann")):
    text = path.with_suffix(".txt").read_bytes().decode("utf-8")
    assert text == texts[path.stem], path
    if not path.stat().st_size:
        continue
    [example] = [e for e in pybrat.parser.BratParser(error="raise").parse(path.parent) if pathlib.Path(e.id).name == path.stem]
    for entity in example.entities:
        spans = tuple(sorted((span.start, span.end) for span in entity.spans))
        assert entity.mention.rstrip() == " ".join(text[start:end] for start, end in spans).rstrip(), (path, entity)
        by_pybrat[path.stem, spans] += 1
    relations["pybrat"] += len(example.relations)
    standoff = [line.split("\t", 2) for line in path.read_bytes().decode("utf-8").split("\n") if line]
    standoff = ["\t".join(part.replace("\t", " ") for part in line) for line in standoff]
    read = bioc.brat.loads(text, "\n".join(standoff))
    for entity in read.entities:
        spans = tuple(sorted((span.begin, span.end) for span in entity.locations))
        by_bioc[path.stem, spans] += 1
    relations["bioc"] += len(read.relations)
    attributes += len(list(read.attributes))
    notes += len(list(read.notes))
for name, found in (("pybrat", by_pybrat), ("bioc", by_bioc)):
    missing = expected - found
    print(f"{name}: {sum((found & expected).values())} of {sum(expected.values())} passages, {relations[name]} relations")
    assert not missing and not found - expected, (list(missing)[:3], list(found - expected)[:3])
print(f"bioc: {attributes} attributes, {notes} notes")
