#!/usr/bin/env python3
"""Reads exports with the readers of others: spaCy and Label Studio's SDK; of doccano, Prodigy and the W3C it checks the
rules that their documentation states. Run by hand:

    python3 -m venv /tmp/readers
    /tmp/readers/bin/pip install spacy label-studio-sdk 'jsonschema<4.18'
    /tmp/readers/bin/python tests/independent/json_formats.py tests/golden/export

The folder holds doccano/, label-studio/, prodigy/, spacy/ and w3c/. A richer one, with emoji, marks that join and links:

    INDEPENDENT=/tmp/rich cargo test --lib a_rich_project_for_independent_readers -- --ignored
"""

import glob
import json
import os
import sys

FOLDER = sys.argv[1]


def lines(name):
    with open(os.path.join(FOLDER, name, "export.jsonl"), encoding="utf-8") as file:
        return [json.loads(line) for line in file.read().split("\n") if line]


def doccano():
    entities = relations = 0
    seen = set()
    for line in lines("doccano"):
        ids = set()
        for entity in line["entities"]:
            assert 0 <= entity["start_offset"] < entity["end_offset"] <= len(line["text"]), entity
            assert line["text"][entity["start_offset"]:entity["end_offset"]] == entity["quote"], entity
            assert isinstance(entity["label"], str) and entity["id"] not in seen, entity
            seen.add(entity["id"])
            ids.add(entity["id"])
            entities += 1
        for relation in line["relations"]:
            assert {relation["from_id"], relation["to_id"]} <= ids and relation["type"], relation
            relations += 1
    print(f"doccano: {entities} entities and {relations} relations keep its rules, quotes equal")


def prodigy():
    spans = off = relations = 0
    for task in lines("prodigy"):
        text, tokens = task["text"], task["tokens"]
        rebuilt = "".join(token["text"] + (" " if token["ws"] else "") for token in tokens)
        assert rebuilt == text, (rebuilt, text)
        for number, token in enumerate(tokens):
            assert token["id"] == number and text[token["start"]:token["end"]] == token["text"], token
        for span in task["spans"]:
            spans += 1
            if "token_start" in span:
                assert tokens[span["token_start"]]["start"] == span["start"], span
                assert tokens[span["token_end"]]["end"] == span["end"], span
            else:
                off += 1
        for relation in task["relations"]:
            relations += 1
            for key in ("head", "child"):
                end = relation[key + "_span"]
                assert relation[key] == end["token_end"] and end["token_start"] <= end["token_end"] < len(tokens)
        assert task["answer"] == "accept"
    print(f"prodigy: {spans} spans ({off} off the tokens), {relations} relations keep its rules, tokens give the text")


def spacy():
    import spacy
    from spacy.tokens import Doc

    nlp = spacy.blank("xx")
    ents = grouped = 0
    for line in lines("spacy"):
        doc = Doc(nlp.vocab).from_json(line, validate=True)
        assert doc.text == line["text"]
        assert [(t.idx, t.idx + len(t)) for t in doc] == [(t["start"], t["end"]) for t in line["tokens"]]
        for group, spans in line["spans"].items():
            got = [(s.start_char, s.end_char, s.label_, s.text) for s in doc.spans[group]]
            want = [(s["start"], s["end"], s["label"], line["text"][s["start"]:s["end"]]) for s in spans]
            assert got == want, (got, want)
            grouped += len(got)
        assert [(e.start_char, e.end_char, e.label_) for e in doc.ents] == [
            (e["start"], e["end"], e["label"]) for e in line["ents"]
        ]
        ents += len(doc.ents)
    print(f"spacy {spacy.__version__}: Doc.from_json with validation takes {grouped} grouped spans, {ents} entities")


def label_studio():
    from label_studio_sdk.label_interface import LabelInterface

    folder = os.path.join(FOLDER, "label-studio")
    with open(os.path.join(folder, "config.xml"), encoding="utf-8") as file:
        interface = LabelInterface(file.read())
    interface.validate()
    with open(os.path.join(folder, "tasks.json"), encoding="utf-8") as file:
        tasks = json.load(file)
    regions = relations = odd = 0
    for task in tasks:
        text = task["data"]["text"]
        for annotation in task["annotations"]:
            kept = []
            for result in annotation["result"]:
                number = result.get("value", {}).get("number")
                # The SDK's check takes whole numbers from 0 alone; Label Studio itself takes all.
                if number is not None and (number < 0 or number != int(number)):
                    odd += 1
                    continue
                kept.append(result)
                if result["type"] == "relation":
                    relations += 1
                    continue
                value = result["value"]
                regions += result["type"] == "labels"
                if isinstance(value["text"], str):
                    assert text[value["start"]:value["end"]] == value["text"], value
                assert interface.validate_region(result), result
            assert interface.validate_annotation({"result": kept}), annotation["id"]
    from importlib.metadata import version

    print(
        f"label-studio-sdk {version('label-studio-sdk')}: configuration valid, {len(tasks)} tasks, {regions} regions, "
        f"{relations} relations validate ({odd} numbers below 0 or broken left out)"
    )


def w3c():
    [path] = glob.glob(os.path.join(FOLDER, "w3c", "export.jsonld"))
    with open(path, encoding="utf-8") as file:
        collection = json.load(file)
    items = collection["first"]["items"]
    assert collection["type"] == "AnnotationCollection" and collection["total"] == len(items)
    texts = {t["id"]: t["value"] for item in items for t in item["target"] if isinstance(t, dict) and "value" in t}
    ids = {item["id"] for item in items}
    assert len(ids) == len(items)
    places = links = 0
    for item in items:
        for target in item["target"]:
            if isinstance(target, str):
                assert target in ids and item["body"][0] in ids
                links += 1
            elif "selector" in target:
                position, quote = target["selector"]
                text = texts[target["source"]]
                start, end = position["start"], position["end"]
                assert text[start:end] == quote["exact"]
                assert text[:start].endswith(quote["prefix"]) and text[end:].startswith(quote["suffix"])
                places += 1
    print(f"w3c: {len(items)} annotations, {places} places whose quotes, prefixes and suffixes fit, {links} links")
    check_rules(collection, items)


def check_rules(collection, items):
    """The rules of the Web Annotation Data Model that concern us, as a schema of our own."""
    import jsonschema

    uri = {"type": "string", "pattern": "^(urn|https?):.+"}
    motivation = {"enum": ["describing", "tagging", "linking"]}
    selectors = {
        "oneOf": [
            {
                "properties": {
                    "type": {"enum": ["TextPositionSelector"]},
                    "start": {"type": "integer", "minimum": 0},
                    "end": {"type": "integer", "minimum": 1},
                },
                "required": ["type", "start", "end"],
            },
            {
                "properties": {
                    "type": {"enum": ["TextQuoteSelector"]},
                    "exact": {"type": "string", "minLength": 1},
                    "prefix": {"type": "string"},
                    "suffix": {"type": "string"},
                },
                "required": ["type", "exact"],
            },
        ]
    }
    textual = {
        "properties": {"type": {"enum": ["TextualBody"]}, "value": {"type": "string"}, "purpose": {"enum": ["tagging", "commenting"]}},
        "required": ["type", "value"],
    }
    place = {
        "properties": {
            "type": {"enum": ["SpecificResource"]},
            "source": uri,
            "selector": {"type": "array", "minItems": 1, "items": selectors},
        },
        "required": ["type", "source", "selector"],
    }
    time = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z$"}
    schema = {
        "$schema": "http://json-schema.org/draft-04/schema#",
        "type": "object",
        "properties": {
            "id": uri,
            "type": {"enum": ["Annotation"]},
            "motivation": motivation,
            "created": time,
            "modified": time,
            "creator": {"properties": {"id": uri, "type": {"enum": ["Person"]}}, "required": ["id", "type"]},
            "body": {"type": "array", "minItems": 1, "items": {"oneOf": [uri, {"type": "object", **textual}]}},
            "target": {
                "type": "array",
                "minItems": 1,
                "items": {"oneOf": [uri, {"type": "object", **textual}, {"type": "object", **place}]},
            },
        },
        "required": ["id", "type", "target"],
        "not": {"required": ["bodyValue"]},
    }
    jsonschema.Draft4Validator.check_schema(schema)
    for item in items:
        jsonschema.validate(item, schema, cls=jsonschema.Draft4Validator)
    assert "http://www.w3.org/ns/anno.jsonld" in collection["@context"]
    assert collection["first"]["partOf"] == collection["id"] and collection["first"]["startIndex"] == 0
    print(f"w3c: {len(items)} annotations keep the rules of the model (jsonschema {jsonschema.__version__})")


for check in (doccano, prodigy, spacy, label_studio, w3c):
    check()
