"""Reads a folder of WebAnno TSV 3.3 as INCEpTION's reader does, and compares with the JSONL export of the same project.

    webanno_check.py FOLDER EXPORT.jsonl [--new]

The rules: a sentence's text starts with its first token; between sentences stand one line end and blanks; every stacked
annotation has a cell in each column of its layer; offsets are UTF-16 units; a relation stands at its target. A layer or
feature that the project lacks makes INCEpTION refuse the file: the project has the layers of `layers.json`, with --new
only those of a new project.
"""

import collections
import json
import pathlib
import re
import sys

folder = pathlib.Path(sys.argv[1])
NEW = {"custom.Span": {"label": "uima.cas.String"}, "custom.Relation": {"label": "uima.cas.String"}}
LAYER_KEYS = {"name", "uiName", "type", "description", "enabled", "built_in", "readonly", "attach_type", "attach_feature",
              "allow_stacking", "cross_sentence", "show_hover", "anchoring_mode", "overlap_mode", "validation_mode",
              "lock_to_token_offset", "multiple_tokens", "linked_list_behavior", "traits", "features"}


def project(description):
    """The features of the layers that INCEpTION creates from a description."""
    layers = {}
    for layer in description:
        assert not layer.keys() - LAYER_KEYS, layer.keys() - LAYER_KEYS
        assert layer["type"] in ("span", "relation") and layer["anchoring_mode"] == "CHARACTERS", layer
        assert layer["overlap_mode"] == "ANY_OVERLAP" and layer["validation_mode"] in ("ALWAYS", "NEVER"), layer
        assert layer["type"] == "span" or layer["attach_type"]["name"] in layers, layer
        for feature in layer["features"]:
            assert re.fullmatch(r"[^\W\d]\w*", feature["name"]), feature
            assert feature["multi_value_mode"] in ("NONE", "ARRAY") and feature["link_mode"] == "NONE", feature
            tags = [tag["tag_name"] for tag in feature.get("tag_set", {"tags": []})["tags"]]
            assert len(set(tags)) == len(tags), feature
        layers[layer["name"]] = {feature["name"]: feature["type"] for feature in layer["features"]}
    return layers


layers = NEW if "--new" in sys.argv else project(json.loads((folder / "layers.json").read_text(encoding="utf-8")))
ESCAPES = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "b": "\b"}


def plain(text):
    return re.sub(r"\\(.)", lambda match: ESCAPES.get(match[1], match[1]), text, flags=re.S)


def held(layer, field, value):
    """Fails if a feature of this type can't hold the value."""
    kind = layers[layer].get(field)
    if value is not None and kind == "uima.cas.Boolean":
        assert value in ("true", "false"), value
    elif value is not None and kind == "uima.cas.Float":
        float(value)


def read(path):
    blocks = path.read_bytes().decode("utf-8").split("\n\n")
    header = blocks[0].split("\n")
    assert header[0] == "#FORMAT=WebAnno TSV 3.3", path
    columns = []
    for line in header[1:]:
        kind, rest = line.split("=", 1)
        layer, *fields = rest.split("|")
        for field in fields:
            known = field[3:] in layers if field.startswith("BT_") else field in layers[layer]
            assert known, f"{path}: INCEpTION refuses {layer}|{field}"
        columns += [(layer, field) for field in fields]
    units, spans, relations, begin = [], {}, [], {}
    for block in blocks[1:]:
        lines = [line for line in block.split("\n") if line]
        if not lines:
            continue
        sentence = plain("\n".join(line[6:] for line in lines if line.startswith("#Text=")))
        rows = [line.split("\t") for line in lines if not line.startswith("#Text=")]
        first = int(rows[0][1].split("-")[0])
        if units:
            assert len(units) <= first, path
            units += ["\n", *" " * first][: first - len(units)]
        else:
            units += [" "] * first
        wide = sentence.encode("utf-16-le")
        units += [wide[at : at + 2] for at in range(0, len(wide), 2)]
        for row in rows:
            name, offsets, word, *cells = row
            assert len(cells) == len(columns) + 1 and cells[-1] == "", (path, row)
            start, end = map(int, offsets.split("-"))
            assert b"".join(units[start:end]).decode("utf-16-le") == word, (path, row)
            stacks = {}
            for (layer, field), cell in zip(columns, cells):
                parts = [] if cell == "_" else re.split(r"(?<!\\)\|", cell)
                stacks.setdefault(layer, []).append((field, parts))
            for layer, features in stacks.items():
                assert len({len(parts) for _, parts in features}) == 1, (path, row)
                for at in range(len(features[0][1])):
                    values, number = {}, None
                    for field, parts in features:
                        match = re.fullmatch(r"(.*?)(?:(?<!\\)\[([\d_]+)\])?", parts[at], re.S)
                        values[field] = None if match[1] == "*" else plain(match[1])
                        held(layer, field, values[field])
                        number = match[2] or number
                    if "BT_custom.Span" in values:
                        relations.append((name, values["BT_custom.Span"], number or "0_0", values["label"]))
                    elif number and ("id", number) in spans:
                        spans["id", number][1] = end
                    else:
                        key = ("id", number) if number else (name, at)
                        spans[key] = [start, end, values]
                        begin.setdefault(name, key)
    for target, source, numbers, _ in relations:
        for unit, number in zip((source, target), numbers.split("_")):
            assert (("id", number) if number != "0" else begin[unit]) in spans, (path, target)
    return spans.values(), len(relations)


def utf16(text, at):
    return len(text[:at].encode("utf-16-le")) // 2


got, joined = collections.Counter(), 0
for path in sorted(folder.rglob("*.tsv")):
    spans, relations = read(path)
    joined += relations
    document = path.parent.name.removesuffix(".txt")
    whose = "consensus" if path.stem == "CURATION_USER" else path.stem
    for start, end, values in spans:
        got[whose, document, values["label"], start, end] += 1
want, attributes = collections.Counter(), 0
for line in open(sys.argv[2], encoding="utf-8").read().split("\n"):
    document = json.loads(line) if line else {"spans": []}
    for span in document["spans"]:
        for start, end in span["ranges"]:
            text = document["text"]
            while start < end and text[start].isspace():
                start += 1
            while start < end and text[end - 1].isspace():
                end -= 1
            if start < end:
                where = utf16(text, start), utf16(text, end)
                want[span["annotator"], document["id"], span["category"], *where] += 1
print(f"{sum(got.values())} passages, {joined} relations; {sum(((got - want) + (want - got)).values())} differ from the JSONL")
for difference in list((got - want) + (want - got))[:5]:
    print("  ", difference)
sys.exit(got != want)
