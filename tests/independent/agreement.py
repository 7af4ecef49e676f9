"""Checks `demarche agree --json` against krippendorff, statsmodels and nltk on random layers.

    /tmp/readers/bin/pip install krippendorff statsmodels nltk
    /tmp/readers/bin/python tests/independent/agreement.py target/debug/demarche [SEED…]

Makes a project of random texts, in which every line is a sentence and every word a token, with random layers of three
annotators, some of whom are missing in some documents. Then works every figure out anew. For α_U no package has the variant of
2004; it is computed here place by place, from the definition of its expected disagreement.
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
from statsmodels.stats.inter_rater import cohens_kappa, fleiss_kappa

PEOPLE = ["ana", "ben", "eva"]
CATEGORIES = ["demand", "offer", "threat"]
WORDS = "port ship talks fee Müller 위협 delegation answer treaty".split()


def make(seed, folder, program):
    """A project on disk, and what stands in it: per document its text and its spans by annotator."""
    rng = random.Random(seed)
    documents = []
    for number in range(14):
        lines = [" ".join(rng.choice(WORDS) for _ in range(rng.randint(2, 7))) for _ in range(rng.randint(3, 8))]
        text = f"document {number}\n" + "\n".join(lines)
        starts = [i for i in range(len(text)) if i == 0 or text[i - 1] in " \n"]
        ends = [i for i in range(1, len(text) + 1) if i == len(text) or text[i] in " \n"]
        truth = []
        for _ in range(rng.randint(1, 5)):
            at = rng.randrange(len(starts))
            truth.append((rng.choice(CATEGORIES), starts[at], ends[min(at + rng.randrange(6), len(ends) - 1)]))
        layers = {}
        for who in PEOPLE:
            if rng.random() < 0.15:
                continue
            spans = set()
            for category, start, end in truth:
                roll = rng.random()
                if roll < 0.15:
                    continue
                if roll < 0.3:
                    category = rng.choice(CATEGORIES)
                if 0.3 <= roll < 0.5:
                    end = rng.choice([e for e in ends if e > start])
                spans.add((category, start, end))
            if spans:
                layers[who] = sorted(spans)
        documents.append((f"d{number:02}.txt", text, layers))
    for name, text, _ in documents:
        (folder / name).write_text(text, encoding="utf-8")
    run = lambda *args: subprocess.run([program, *args], cwd=folder, check=False, capture_output=True, text=True)
    run("new", "talks", *[name for name, _, _ in documents])
    for who in PEOPLE:
        with open(folder / f"{who}.jsonl", "w", encoding="utf-8") as out:
            for _, text, layers in documents:
                spans = [{"category": c, "start": s, "end": e} for c, s, e in layers.get(who, [])]
                if spans:
                    out.write(json.dumps({"text": text, "spans": spans}) + "\n")
        done = run("import", "talks", f"{who}.jsonl", "--annotator", who)
        assert "imported 0 documents" in done.stderr, done.stderr
    answer = run("agree", "talks", "--json")
    assert answer.returncode == 0, answer.stderr
    return documents, json.loads(answer.stdout)["measures"]


def units(text, unit):
    out, at = [], 0
    for part in text.split("\n") if unit == "sentence" else text.replace("\n", " ").split(" "):
        out.append((at, at + len(part)))
        at += len(part) + 1
    return out


def labels(documents, unit, category):
    """A row per annotator: 1, 0 or nan for each unit of all documents."""
    rows = {who: [] for who in PEOPLE}
    for _, text, layers in documents:
        for start, end in units(text, unit):
            for who in PEOPLE:
                if who not in layers:
                    rows[who].append(np.nan)
                else:
                    hit = any(c == category and s < end and start < e for c, s, e in layers[who])
                    rows[who].append(float(hit))
    return np.array([rows[who] for who in PEOPLE])


def alpha_u(documents, categories):
    """Krippendorff 2004 by its formula, with documents one behind the other and missing annotators weighted."""
    observed = expected = 0.0
    for category in categories:
        length = worked = difference = squares = 0
        sizes, gaps = [], []
        for _, text, layers in documents:
            if len(layers) < 2:
                continue
            length += len(text)
            worked += len(text) * len(layers)
            cut = {}
            for who, spans in layers.items():
                own = []
                for _, s, e in sorted(x for x in spans if x[0] == category):
                    if own and s < own[-1][1]:
                        own[-1] = (own[-1][0], max(own[-1][1], e))
                    else:
                        own.append((s, e))
                cut[who] = own
                at = 0
                for s, e in own + [(len(text), len(text))]:
                    if s > at:
                        gaps.append(s - at)
                    at = max(at, e)
                sizes += [e - s for s, e in own]
            part = 0
            for a in cut:
                for b in cut:
                    if a == b:
                        continue
                    for s, e in cut[a]:
                        meets = [(x, y) for x, y in cut[b] if x < e and s < y]
                        # A pair of units counts once per direction; a unit in a gap from both sides.
                        part += sum((s - x) ** 2 + (e - y) ** 2 for x, y in meets) or 0
                        if not meets:
                            part += 2 * (e - s) ** 2
            difference += part / (len(layers) - 1)
        squares = sum(l * (l - 1) for l in sizes)
        room = sum(l * l * sum(g - l + 1 for g in gaps if g >= l) for l in sizes)
        cubes = sum(2 * l**3 - 3 * l**2 + l for l in sizes)
        observed += difference / (worked * length)
        expected += 2 / length * ((len(sizes) - 1) / 3 * cubes + room) / (worked * (worked - 1) - squares)
    return 1 - observed / expected


def check(seed, program):
    with tempfile.TemporaryDirectory() as folder:
        documents, measures = make(seed, Path(folder), program)
    count = 0

    def same(measure, unit, category, people, wanted, by):
        nonlocal count
        found = [m for m in measures if (m["measure"], m["unit"], m["category"], m["annotators"], m["attribute"])
                 == (measure, unit, category, people, None) and m.get("continuum") != "joined"]
        assert len(found) == 1, (measure, unit, category, people)
        got = found[0]["value"]
        assert got is not None and abs(got - wanted) < 1e-9, (seed, by, measure, unit, category, people, got, wanted)
        count += 1

    for unit in ["sentence", "token"]:
        for category in CATEGORIES:
            rows = labels(documents, unit, category)
            paired = (~np.isnan(rows)).sum(axis=0) > 1
            alpha = krippendorff.alpha(rows, level_of_measurement="nominal")
            same("alpha_nominal", unit, category, PEOPLE, alpha, "krippendorff")
            data = [(PEOPLE[w], u, rows[w, u]) for w in range(3) for u in range(rows.shape[1])
                    if paired[u] and not np.isnan(rows[w, u])]
            same("alpha_nominal", unit, category, PEOPLE, AnnotationTask(data=data).alpha(), "nltk")
            whole = rows[:, ~np.isnan(rows).any(axis=0)]
            table = np.stack([(whole == 0).sum(axis=0), (whole == 1).sum(axis=0)], axis=1)
            same("fleiss_kappa", unit, category, PEOPLE, fleiss_kappa(table, method="fleiss"), "statsmodels")
            for a, b in combinations(range(3), 2):
                both = ~np.isnan(rows[a]) & ~np.isnan(rows[b])
                x, y = rows[a, both], rows[b, both]
                table = np.array([[((x == i) & (y == j)).sum() for j in (0, 1)] for i in (0, 1)])
                pair = [PEOPLE[a], PEOPLE[b]]
                same("cohen_kappa", unit, category, pair, cohens_kappa(table).kappa, "statsmodels")
                data = [(w, u, v) for w, vs in zip(pair, (x, y)) for u, v in enumerate(vs)]
                task = AnnotationTask(data=data)
                same("cohen_kappa", unit, category, pair, task.kappa(), "nltk")
                same("percent", unit, category, pair, task.avg_Ao(), "nltk")
    for category in CATEGORIES:
        same("alpha_u", "character", category, PEOPLE, alpha_u(documents, [category]), "the formula")
    same("alpha_u", "character", None, PEOPLE, alpha_u(documents, CATEGORIES), "the formula")
    for a, b in combinations(PEOPLE, 2):
        for category in [*CATEGORIES, None]:
            exact = total = 0
            for _, _, layers in documents:
                if a in layers and b in layers:
                    own = lambda who: {s for s in layers[who] if category in (None, s[0])}
                    exact += len(own(a) & own(b))
                    total += len(own(a)) + len(own(b))
            same("f1_exact", "span", category, [a, b], 2 * exact / total, "sets")
    intervals = [m["interval"] for m in measures if m["interval"]]
    # Ten documents are the fewest with an interval.
    assert intervals or all(m["documents"] < 10 for m in measures)
    assert all(low <= high for low, high in intervals)
    return count


if __name__ == "__main__":
    program = str(Path(sys.argv[1]).resolve())
    seeds = [int(seed) for seed in sys.argv[2:]] or range(1, 6)
    for seed in seeds:
        print(f"seed {seed}: {check(seed, program)} figures agree")
