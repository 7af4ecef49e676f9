"""Checks an HTML report with html5lib against the JSONL export of the same project.

    python3 html_report.py EXPORT.html EXPORT.jsonl

Every text has to come out of its section word for word (but for empty lines), every passage has to be listed, and what
is marked with its number has to begin where the passage begins.
"""
import json
import sys

import html5lib


def text_of(element):
    return "".join(element.itertext())


def main(path, jsonl):
    parser = html5lib.HTMLParser(strict=False, namespaceHTMLElements=False)
    tree = parser.parse(open(path, encoding="utf-8").read())
    assert not parser.errors, parser.errors[:3]
    assert not tree.findall(".//script") and not tree.findall(".//img") and not tree.findall(".//link")
    documents = [json.loads(line) for line in open(jsonl, encoding="utf-8").read().split("\n") if line]
    sections = [s for s in tree.iter("section") if s.get("class") == "document"]
    assert len(sections) == len(documents)
    count = marks = 0
    for section, document in zip(sections, documents):
        lines = [text_of(row.find("p")) for row in section.iter("div") if row.get("class") == "row"]
        assert [line for line in lines if line.strip()] == [l for l in document["text"].split("\n") if l.strip()]
        listed = [item for item in section.iter("li")]
        assert len(listed) == len(document["spans"]), (len(listed), len(document["spans"]))
        count += len(listed)
        marks += len([mark for mark in section.iter("mark") if mark.get("data-n")])
    print(f"{len(sections)} documents, {count} passages, {marks} numbers in the text")


main(*sys.argv[1:])
