"""Checks a REFI-QDA project: the published schema by lxml, positions against the texts in the archive.

    python3 qdpx.py PROJECT.qdpx Project.xsd [EXPORT.jsonl]

With the JSONL export of the same project, passages are compared with those of its lines.
"""
import collections
import json
import sys
import zipfile

from lxml import etree

NS = {"q": "urn:QDA-XML:project:1.0"}


def main(path, schema, jsonl=None):
    archive = zipfile.ZipFile(path)
    assert archive.testzip() is None
    tree = etree.fromstring(archive.read("project.qde"))
    etree.XMLSchema(etree.parse(schema)).assertValid(tree)
    guids = [e.get("guid") for e in tree.iter() if e.get("guid")]
    assert len(guids) == len(set(guids)), "a GUID stands twice"
    for end in tree.xpath("//@targetGUID | //@originGUID | //@creatingUser"):
        assert end in guids, f"{end} leads nowhere"
    codes = {c.get("guid"): c.get("name") for c in tree.iterfind(".//q:Code", NS)}
    users = {u.get("guid"): u.get("id") for u in tree.iterfind(".//q:User", NS)}
    found = collections.Counter()
    for source in tree.iterfind(".//q:TextSource", NS):
        text = archive.read("sources/" + source.get("plainTextPath").removeprefix("internal://")).decode("utf-8")
        for selection in source.iterfind("q:PlainTextSelection", NS):
            words = text[int(selection.get("startPosition")):int(selection.get("endPosition"))]
            name = " ".join(words.split())
            assert name == selection.get("name") or "…" in selection.get("name"), (name, selection.get("name"))
            for coding in selection.iterfind("q:Coding", NS):
                code = codes[coding.find("q:CodeRef", NS).get("targetGUID")]
                found[text, words, code, users[coding.get("creatingUser")]] += 1
    if jsonl:
        for line in open(jsonl, encoding="utf-8").read().split("\n"):
            document = json.loads(line) if line else {"text": "", "spans": []}
            for span in document["spans"]:
                for start, end in span["ranges"]:
                    key = [k for k in found if k[:2] == (document["text"], document["text"][start:end])
                           and k[3] == span["annotator"] and found[k] > 0]
                    assert key, (span["category"], span["quote"])
                    found[key[0]] -= 1
        assert not any(found.values()), "passages that JSONL does not have"
    links, notes = (len(tree.findall(f".//q:{name}", NS)) for name in ("Link", "Note"))
    selections = len(tree.findall(".//q:PlainTextSelection", NS))
    print(f"valid; {len(codes)} codes, {len(users)} users, {selections} selections, {notes} notes, {links} links")


main(*sys.argv[1:])
