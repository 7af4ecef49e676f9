"""Reads a W3C export with pyld, a processor of JSON-LD 1.1, and compares its statements with the JSONL export.

    pip install pyld
    w3c_pyld.py EXPORT.jsonld anno.jsonld EXPORT.jsonl

`anno.jsonld` is the context that http://www.w3.org/ns/anno.jsonld gives; it is taken from there by hand, so that nothing
is fetched. pyld expands every key to the IRI that the context gives it, and refuses what is no JSON-LD.
"""

import json
import sys

from pyld import jsonld

OA, DCT, FOAF = "http://www.w3.org/ns/oa#", "http://purl.org/dc/terms/", "http://xmlns.com/foaf/0.1/"
RDF, AS = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://www.w3.org/ns/activitystreams#"
XSD = "http://www.w3.org/2001/XMLSchema#"
context = json.load(open(sys.argv[2], encoding="utf-8"))


def loader(url, options=None):
    assert url == "http://www.w3.org/ns/anno.jsonld", url
    return {"contextUrl": None, "documentUrl": url, "document": context, "contentType": "application/ld+json"}


def only(node, key, kind=None):
    """The one value of a property, of a type where one is named."""
    [value] = node[key]
    assert kind is None or value["@type"] == XSD + kind, value
    return value["@value"] if "@value" in value else value.get("@id", value)


def places(annotation, text):
    for target in annotation[OA + "hasTarget"]:
        assert target["@type"] == [OA + "SpecificResource"]
        by_type = {selector["@type"][0]: selector for selector in target[OA + "hasSelector"]}
        position, quote = by_type[OA + "TextPositionSelector"], by_type[OA + "TextQuoteSelector"]
        start = int(only(position, OA + "start", "nonNegativeInteger"))
        end = int(only(position, OA + "end", "nonNegativeInteger"))
        assert text[start:end] == only(quote, OA + "exact")
        prefix, suffix = only(quote, OA + "prefix"), only(quote, OA + "suffix")
        assert text[:start].endswith(prefix) and text[end:].startswith(suffix)
        yield start, end


documents = [json.loads(line) for line in open(sys.argv[3], encoding="utf-8").read().split("\n") if line]
texts = {document["id"]: document["text"] for document in documents}
wanted = {"urn:uuid:" + span["id"]: (document, span) for document in documents for span in document["spans"]}
links = {"urn:uuid:" + link["id"]: link for document in documents for link in document["links"]}
source = json.load(open(sys.argv[1], encoding="utf-8"))
[collection] = jsonld.expand(source, {"documentLoader": loader})
assert collection["@type"] == [AS + "OrderedCollection"]
[page] = collection[AS + "first"]
[items] = page[AS + "items"]
items = items["@list"]
assert int(only(collection, AS + "totalItems", "nonNegativeInteger")) == len(items)
counts = {"describing": 0, "tagging": 0, "linking": 0}
for item in items:
    assert item["@type"] == [OA + "Annotation"]
    motivation = only(item, OA + "motivatedBy").removeprefix(OA)
    counts[motivation] += 1
    if motivation == "describing":
        [text] = item[OA + "hasTarget"]
        assert only(text, RDF + "value") == texts[text["@id"].rsplit(":", 1)[1]]
        continue
    only(item, DCT + "created", "dateTime")
    [creator] = item[DCT + "creator"]
    if motivation == "linking":
        link = links.pop(item["@id"])
        [target] = item[OA + "hasTarget"]
        assert target["@id"] == "urn:uuid:" + link["from"]
        assert "urn:uuid:" + link["to"] in [body.get("@id") for body in item[OA + "hasBody"]]
        continue
    document, span = wanted.pop(item["@id"])
    assert only(creator, FOAF + "nick") == span["annotator"]
    bodies = {only(body, OA + "hasPurpose").removeprefix(OA): body for body in item[OA + "hasBody"]}
    assert only(bodies["tagging"], RDF + "value") == span["category"]
    assert [list(place) for place in places(item, document["text"])] == span["ranges"]
    attributes = item.get("urn:demarche:terms:attributes")
    assert (attributes[0]["@value"] if attributes else {}) == span["attributes"]
assert not wanted and not links, (len(wanted), len(links))
triples = sum(len(graph) for graph in jsonld.to_rdf(source, {"documentLoader": loader}).values())
print(f"{counts['describing']} texts, {counts['tagging']} passages, {counts['linking']} links; {triples} triples")
