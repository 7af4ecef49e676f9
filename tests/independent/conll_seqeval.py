"""Reads a CoNLL export with seqeval, in its strict IOB2 mode, and compares with the JSONL export of the same project.

    pip install seqeval
    conll_seqeval.py EXPORT.conll EXPORT.jsonl
"""

import collections
import json
import re
import sys

from seqeval.scheme import IOB2, Entities

documents, sentence = [], []
for line in open(sys.argv[1], encoding="utf-8").read().split("\n"):
    if line.startswith("-DOCSTART-"):
        documents.append((line.split(" ")[1:3], []))
    elif line:
        columns = line.split(" ")
        assert len(columns) == 4, line
        sentence.append((columns[0], columns[3]))
    elif sentence:
        documents[-1][1].append(sentence)
        sentence = []
texts = {}
for line in open(sys.argv[2], encoding="utf-8").read().split("\n"):
    if line:
        document = json.loads(line)
        texts[document["id"]] = document


def bare(words):
    return "".join(c for c in words if not (c.isspace() or c == "\ufeff" or ord(c) < 32 or 127 <= ord(c) < 160))


exact = inside = other = 0
for (name, annotator), sentences in documents:
    document = texts[name]
    words = [word for sentence in sentences for word, _ in sentence]
    assert "".join(words) == bare(document["text"]), name
    spans = [span for span in document["spans"] if span["annotator"] == annotator]
    pieces = collections.Counter(
        (span["category"], bare(document["text"][s:e])) for span in spans for s, e in span["ranges"]
    )
    tags = [[tag for _, tag in sentence] for sentence in sentences]
    for sentence, entities in zip(sentences, Entities(tags, IOB2).entities):
        for entity in entities:
            found = (re.sub(r"\s", "_", entity.tag), "".join(word for word, _ in sentence[entity.start : entity.end]))
            if pieces[found]:
                exact += 1
                pieces[found] -= 1
            elif any(category == found[0] and quote in found[1] for category, quote in pieces):
                inside += 1
            else:
                other += 1
                print("not in the project:", found)
print(f"{exact} passages as they are, {inside} widened to words, {other} others")
sys.exit(bool(other))
