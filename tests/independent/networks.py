"""Reads the networks of `demarche analyse PROJECT towards` with networkx and igraph, and compares them with its JSON.

    python3 networks.py FOLDER

The folder holds export.graphml, export.gexf, export.json, edges.csv, adjacency.csv and events.csv.
"""
import csv
import json
import sys
from collections import Counter
from pathlib import Path

import igraph
import networkx


def table(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def main(folder):
    folder = Path(folder)
    name = lambda actor: "not specified" if actor is None else actor
    dyads = {(name(row["from"]), name(row["to"])): row for row in json.load(open(folder / "export.json", encoding="utf-8"))}
    weights = {pair: row["moves"] for pair, row in dyads.items()}

    graph = networkx.read_graphml(folder / "export.graphml")
    assert graph.is_directed()
    label = {node: data["label"] for node, data in graph.nodes(data=True)}
    found = {(label[a], label[b]): data for a, b, data in graph.edges(data=True)}
    assert {pair: data["weight"] for pair, data in found.items()} == weights
    for pair, data in found.items():
        assert (data["soft"], data["hard"]) == (dyads[pair]["soft"], dyads[pair]["hard"]), pair
        assert data.get("score") == dyads[pair]["score_mean"], pair

    other = igraph.Graph.Read_GraphML(str(folder / "export.graphml"))
    labels = other.vs["label"]
    assert {(labels[edge.source], labels[edge.target]): edge["weight"] for edge in other.es} == weights

    moving = networkx.read_gexf(folder / "export.gexf", version="1.3")
    assert moving.is_directed() and moving.is_multigraph()
    label = {node: data["label"] for node, data in moving.nodes(data=True)}
    sums = Counter()
    for a, b, data in moving.edges(data=True):
        sums[label[a], label[b]] += int(data["weight"])
        assert data["role"] and data.get("start") == data.get("end") or data["start"] < data["end"], data
    assert dict(sums) == weights

    edges = {(row["from"], row["to"]): int(row["weight"]) for row in table(folder / "edges.csv")}
    assert edges == weights
    events = Counter((row["source"], row["target"]) for row in table(folder / "events.csv"))
    assert dict(events) == weights
    cells = {}
    for row in table(folder / "adjacency.csv"):
        cells.update({(row[""], to): int(count) for to, count in row.items() if to and int(count)})
    assert cells == weights
    print(f"{len(labels)} actors, {len(weights)} pairs, {moving.number_of_edges()} edges by role and date, {sum(weights.values())} moves")


main(*sys.argv[1:])
