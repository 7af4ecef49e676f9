"""Checks the measures of `demarche agree --json` for several categories per unit, chance by even odds, presence, and the
consensus, against other implementations and plain formulas, on random projects.

    /tmp/readers/bin/pip install krippendorff nltk scipy numpy
    /tmp/readers/bin/python tests/independent/agreement_measures.py target/debug/demarche [FIRST LAST]

Texts and layers are as in agreement.py, but an annotator may put several categories on the same words and split passages. α of sets is nltk's, with Passonneau's distance; F1 by overlap uses scipy's assignment; AC1, κ_n, mean
α and presence come from their published formulas.
"""

import json
import random
import subprocess
import sys
import tempfile
from itertools import combinations
from pathlib import Path

import krippendorff
import numpy as np
from nltk.metrics.agreement import AnnotationTask
from nltk.metrics.distance import jaccard_distance, masi_distance
from scipy.optimize import linear_sum_assignment

CATEGORIES = ["demand", "offer", "threat"]
WORDS = "port ship talks fee Müller 위협 delegation answer treaty".split()


def make(seed, folder, program):
    """A project on disk: per document its text and its spans by annotator."""
    rng = random.Random(seed)
    people = ["ana", "ben", "eva", "joe"][: rng.randint(2, 4)]
    documents = []
    for number in range(rng.randint(1, 6)):
        lines = [" ".join(rng.choice(WORDS) for _ in range(rng.randint(2, 7))) for _ in range(rng.randint(2, 6))]
        text = f"document {number}\n" + "\n".join(lines)
        bounds = [i for i in range(len(text)) if i == 0 or text[i - 1] in " \n"]
        truth = []
        for _ in range(rng.randint(1, 7)):
            start = rng.choice(bounds)
            truth.append((rng.choice(CATEGORIES), start, min(len(text), start + rng.randint(2, 40))))
        layers = {}
        for who in people:
            if rng.random() < 0.15:
                continue
            spans = set()
            for category, start, end in truth:
                roll = rng.random()
                if roll < 0.15:
                    continue
                if roll < 0.3:
                    category = rng.choice(CATEGORIES)
                if 0.3 <= roll < 0.6:
                    start = max(0, min(end - 1, start + rng.randint(-6, 6)))
                if 0.6 <= roll < 0.7 and end - start > 4:
                    middle = rng.randint(start + 1, end - 2)
                    spans.add((category, start, middle))
                    start = middle + 1
                if roll > 0.85:
                    spans.add((rng.choice(CATEGORIES), start, end))
                spans.add((category, start, end))
            spans = {trimmed(text, *span) for span in spans if text[span[1] : span[2]].strip()}
            if spans:
                layers[who] = sorted(spans)
        documents.append((f"d{number:02}.txt", text, layers))
    for name, text, _ in documents:
        (folder / name).write_text(text, encoding="utf-8")

    def run(*args):
        return subprocess.run([program, *args], cwd=folder, check=False, capture_output=True, text=True)

    run("new", "talks", *[name for name, _, _ in documents])
    for who in people:
        with open(folder / f"{who}.jsonl", "w", encoding="utf-8") as out:
            for _, text, layers in documents:
                spans = [{"category": c, "start": s, "end": e} for c, s, e in layers.get(who, [])]
                if spans:
                    out.write(json.dumps({"text": text, "spans": spans}) + "\n")
        run("import", "talks", f"{who}.jsonl", "--annotator", who)
    answer = run("agree", "talks", "--json", "--annotators", ",".join(people))
    if answer.returncode != 0:
        return people, documents, None
    return people, documents, json.loads(answer.stdout)


def trimmed(text, category, start, end):
    """A span from word to word; otherwise an import might take line ends for two characters, since more spans would fit."""
    while text[start].isspace():
        start += 1
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    end = max(end, start + 1)
    while end < len(text) and not text[end].isspace():
        end += 1
    while text[end - 1].isspace():
        end -= 1
    return category, start, end


def units(text, unit):
    out, at = [], 0
    if unit == "document":
        return [(0, len(text))]
    for part in text.split("\n") if unit == "sentence" else text.replace("\n", " ").split(" "):
        out.append((at, at + len(part)))
        at += len(part) + 1
    return out


def sets(documents, people, unit):
    """Per unit, the set of categories of each annotator of `people` who is present; units with fewer than two left out."""
    out = []
    for _, text, layers in documents:
        present = [who for who in people if who in layers]
        if len(present) < 2:
            continue
        for start, end in units(text, unit):
            hit = lambda who: frozenset(c for c, s, e in layers[who] if s < end and start < e)
            out.append({who: hit(who) for who in present})
    return out


def masi(a, b):
    """Passonneau 2006. The distance of nltk has .67 and .33 where the paper has two thirds and one third."""
    if not a and not b:
        return 0.0
    monotone = 1.0 if a == b else 2 / 3 if a <= b or b <= a else 1 / 3 if a & b else 0.0
    distance = 1 - len(a & b) / len(a | b) * monotone
    assert abs(distance - masi_distance(a, b)) < 0.01
    return distance


def jaccard(a, b):
    return jaccard_distance(a, b) if a or b else 0.0


def chance(rows, labels):
    """AC1 and κ_n of units given as {annotator: label}, for these labels."""
    agreement, shares = 0.0, {label: 0.0 for label in labels}
    for row in rows:
        given = list(row.values())
        pairs = list(combinations(given, 2))
        agreement += sum(a == b for a, b in pairs) / len(pairs)
        for label in given:
            shares[label] += 1 / len(given)
    observed = agreement / len(rows)
    even = 1 / len(labels)
    uneven = sum(s / len(rows) * (1 - s / len(rows)) for s in shares.values()) / (len(labels) - 1)
    return (observed - uneven) / (1 - uneven), (observed - even) / (1 - even)


def overlap_f1(documents, a, b, category):
    """F1 with half credit for overlap, by the assignment of the highest credit."""
    credit = total = 0.0
    for _, _, layers in documents:
        if a not in layers or b not in layers:
            continue
        first = [s for s in layers[a] if category in (None, s[0])]
        second = [s for s in layers[b] if category in (None, s[0])]
        total += len(first) + len(second)
        if first and second:
            worth = lambda x, y: 0 if x[0] != y[0] else 1 if x == y else 0.5 if x[1] < y[2] and y[1] < x[2] else 0
            table = np.array([[worth(x, y) for y in second] for x in first])
            credit += table[linear_sum_assignment(table, maximize=True)].sum()
    return 2 * credit / total if total else None


def check(seed, program):
    with tempfile.TemporaryDirectory() as folder:
        people, documents, report = make(seed, Path(folder), program)
    if report is None:
        return 0
    index = {}
    report_categories = {m["category"] for m in report["measures"] if m["category"]}
    # unitizing.py checks the running text, where one measure has a row per continuum.
    for m in [m for m in report["measures"] if m["unit"] != "character"]:
        if m["attribute"] is None:
            key = (m["measure"], m["unit"], m["category"], tuple(m["annotators"]))
            assert key not in index, key
            index[key] = m["value"]
    count = 0

    def same(measure, unit, category, who, wanted):
        nonlocal count
        got = index.get((measure, unit, category, tuple(who)), "missing")
        good = got is None if wanted is None else isinstance(got, float) and abs(got - wanted) < 1e-9
        assert good, (seed, measure, unit, category, who, got, wanted)
        count += 1

    groups = [list(pair) for pair in combinations(people, 2)]
    if len(people) > 2:
        groups.append(people)
    for unit in ["sentence", "token", "document"]:
        for who in groups:
            rows = sets(documents, who, unit)
            if not rows:
                continue
            alphas = []
            for category in CATEGORIES:
                binary = [{w: category in s for w, s in row.items()} for row in rows]
                used = any(v for row in binary for v in row.values())
                ac1, even = chance(binary, [False, True])
                same("gwet_ac1", unit, category, who, ac1 if used else None)
                same("brennan_prediger", unit, category, who, even if used else None)
                varied = len({v for row in binary for v in row.values()}) > 1
                if varied:
                    table = np.array([[float(row[w]) if w in row else np.nan for row in binary] for w in who])
                    alphas.append(krippendorff.alpha(table, level_of_measurement="nominal"))
                if unit == "document":
                    pairs = [a == b for row in binary for a, b in combinations(row.values(), 2)]
                    same("presence", unit, category, who, sum(pairs) / len(pairs))
            same("macro_mean", unit, None, who, sum(alphas) / len(alphas) if alphas else None)
            if unit == "document":
                given = {c for row in rows for s in row.values() for c in s}
                pairs = [(c in a) == (c in b) for row in rows for a, b in combinations(row.values(), 2) for c in given]
                same("presence", unit, None, who, sum(pairs) / len(pairs) if given else None)
                continue
            data = [(w, u, s) for u, row in enumerate(rows) for w, s in row.items()]
            used = any(s for _, _, s in data)
            varied = len({s for _, _, s in data}) > 1
            for measure, distance in [("alpha_masi", masi), ("alpha_jaccard", jaccard)]:
                task = AnnotationTask(data=data, distance=distance)
                same(measure, unit, None, who, task.alpha() if used and varied else None)
            if all(len(s) < 2 for _, _, s in data):
                single = [{w: next(iter(s), None) for w, s in row.items()} for row in rows]
                ac1, even = chance(single, [*report_categories, None])
                same("gwet_ac1", unit, None, who, ac1 if used else None)
                same("brennan_prediger", unit, None, who, even if used else None)
            else:
                same("gwet_ac1", unit, None, who, None)
                same("brennan_prediger", unit, None, who, None)
    for a, b in combinations(people, 2):
        if any(a in layers and b in layers for _, _, layers in documents):
            for category in [*CATEGORIES, None]:
                same("f1_overlap", "span", category, [a, b], overlap_f1(documents, a, b, category))
    return count


if __name__ == "__main__":
    program = str(Path(sys.argv[1]).resolve())
    first, last = (int(seed) for seed in sys.argv[2:4]) if len(sys.argv) > 3 else (1, 300)
    figures = 0
    for seed in range(first, last + 1):
        figures += check(seed, program)
    print(f"{last - first + 1} projects: {figures} figures agree")
