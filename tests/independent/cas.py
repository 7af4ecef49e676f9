"""Checks CAS exports with dkpro-cassis against the JSONL export of the same project.

    python3 cas.py FOLDER EXPORT.jsonl

FOLDER is what `cas-xmi` (with its TypeSystem.xml) or `cas-json` wrote. cassis turns UTF-16 offsets into Python's.
"""
import json
import pathlib
import sys

from cassis import load_cas_from_json, load_cas_from_xmi, load_typesystem


def load(folder):
    if (folder / "TypeSystem.xml").exists():
        with open(folder / "TypeSystem.xml", "rb") as file:
            types = load_typesystem(file)
        for path in sorted(folder.glob("*.xmi")):
            with open(path, "rb") as file:
                yield load_cas_from_xmi(file, typesystem=types)
    for path in sorted(folder.glob("*.json")):
        with open(path, "rb") as file:
            yield load_cas_from_json(file)


def attributes(passage, renamed):
    """The features of a passage that are attributes, by the id of the attribute."""
    own = {"begin", "end", "sofa", "label", "comment", "identifier", "annotator", "ranges", "created", "modified"}
    found = {}
    for feature in passage.type.all_features:
        value = passage.get(feature.name)
        if feature.name not in own and value is not None:
            value = value.elements if hasattr(value, "elements") else value
            found[renamed.get(feature.name, feature.name)] = value
    return found


def plain(value):
    """A value as a feature holds it: dates are text."""
    return value["date"] if isinstance(value, dict) else value


def main(folder, jsonl):
    documents = {d["id"]: d for d in (json.loads(l) for l in open(jsonl, encoding="utf-8").read().split("\n") if l)}
    wanted = {span["id"]: (document, span) for document in documents.values() for span in document["spans"]}
    files = links = count = 0
    for cas in load(pathlib.Path(folder)):
        files += 1
        about = cas.select("demarche.Document")[0]
        assert cas.sofa_string == documents[about.identifier]["text"]
        assert (about.title or "") == documents[about.identifier]["title"]
        renamed = dict(pair.split("=", 1) for pair in (about.attributes or "").split(";") if pair)
        for passage in cas.select("custom.Span"):
            document, span = wanted.pop(passage.identifier)
            assert document["id"] == about.identifier
            assert (passage.begin, passage.end) == (span["start"], span["end"]), passage
            assert passage.get_covered_text() == document["text"][span["start"]:span["end"]]
            assert (passage.label, passage.annotator) == (span["category"], span["annotator"])
            assert (passage.comment or "") == span["note"]
            found = attributes(passage, renamed)
            wanted_values = {id: plain(value) for id, value in span["attributes"].items()}
            assert found == wanted_values, (found, wanted_values)
            assert (passage.ranges is not None) == (len(span["ranges"]) > 1)
            count += 1
        for link in cas.select("custom.Relation"):
            known = [l for l in documents[about.identifier]["links"] if l["id"] == link.identifier]
            assert [(l["from"], l["to"], l["kind"]) for l in known] == [
                (link.Governor.identifier, link.Dependent.identifier, link.label)]
            links += 1
    assert not wanted, wanted
    print(f"{files} files, {count} passages, {links} links")


main(*sys.argv[1:])
