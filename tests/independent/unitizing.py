"""Checks the figures of the running text in `demarche agree --unit character --json` on random projects. Plain Python.

    python3 tests/independent/unitizing.py target/debug/demarche [FIRST-SEED LAST-SEED]

α_U of 2004 (Krippendorff 2004), per document and joined, and the family of 2016 (Krippendorff, Mathet, Bouvry & Widlöcher 2016)
are computed from the published formulas, pair by pair and character by character. Some annotators are missing in some documents,
some passages overlap others of the same category, some have several ranges, and in some projects passages of different
categories overlap; uα, cuα and (s)uα leave that text out.
Before that, the published example of the family of 2016 is checked: figure 12.11 of Krippendorff 2019.
"""

import json
import random
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

CATEGORIES = ["demand", "offer", "threat"]
PEOPLE = ["ana", "ben", "eva", "lea"]
WORDS = "port ship talks fee Müller 위협 delegation answer treaty".split()
# Both are one without rounding errors.
WITHIN = 1e-9


def united(ranges):
    """Sorted ranges, with overlapping ones in one."""
    out = []
    for start, end in sorted(ranges):
        if out and start < out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return out


def units_of(spans, category):
    """Units of a category, or of any (None)."""
    return united(r for c, ranges in spans for r in ranges if category in (None, c))


# The family of 2016. A continuum is a list of documents: (length, {person: [(value, start, end)]}), units disjoint per person.

def partition(units, length):
    """Units and the gaps between them, whose value is None."""
    out, at = [], 0
    for value, start, end in sorted(units, key=lambda unit: unit[1]):
        if start > at:
            out.append((None, at, start))
        out.append((value, start, end))
        at = end
    return out + ([(None, at, length)] if at < length else [])


def coincidences(continuum):
    """Observed coincidences by values, T, and the segments with the length of their coincidences with tagged text."""
    observed, total, segments = Counter(), 0.0, []
    for length, people in continuum:
        parts = {who: partition(units, length) for who, units in people.items()}
        m = len(parts)
        total += m * length
        for who, own in parts.items():
            for value, start, end in own:
                shared = 0.0
                for other, theirs in parts.items():
                    if other == who:
                        continue
                    for k, x, y in theirs:
                        both = max(0, min(end, y) - max(start, x)) / (m - 1)
                        observed[value, k] += both
                        if value is not None and k is not None:
                            shared += both
                segments.append((value, end - start, shared))
    return observed, total, segments


def family(continuum):
    """|uα, uα, cuα and (s)uα by value; None where a formula divides by zero."""
    observed, total, segments = coincidences(continuum)
    values = {value for value, _, _ in segments}
    row = {c: sum(observed[c, k] for k in values) for c in values}
    itself = Counter()
    for value, length, _ in segments:
        itself[value] += length if value is None else length**2
    whole = total**2 - sum(itself.values())
    valued = sorted(v for v in values if v is not None)
    if not valued:
        return None
    expected = lambda c, k: total * (row[c] * row[k] - (itself[c] if c == k else 0)) / whole
    ratio = lambda o, e: 1 - o / e if e > 1e-12 else None
    blank = row.get(None, 0.0)
    binary = joint = None
    if whole > 0:
        binary = ratio(blank - observed[None, None], sum(expected(None, k) for k in valued)) if blank > 0 else None
        joint = ratio(total - sum(observed[c, c] for c in values), total - sum(expected(c, c) for c in values))
    shared = {c: sum(s for v, _, s in segments if v == c) for c in valued}
    squares = {c: sum(s**2 for v, _, s in segments if v == c) for c in valued}
    all_shared = sum(shared.values())
    rest = all_shared**2 - sum(squares.values())
    coding, selected = None, dict.fromkeys(valued)
    if all_shared > 0:
        expect = lambda c, k: all_shared * (shared[c] * shared[k] - (squares[c] if c == k else 0)) / rest
        coding = ratio(all_shared - sum(observed[c, c] for c in valued),
                       all_shared - sum(expect(c, c) for c in valued))
        for k in valued:
            if shared[k] > 0 and all_shared - shared[k] > 1e-9:
                column = sum(expect(c, k) for c in valued)
                selected[k] = 1 - column / shared[k] * (shared[k] - observed[k, k]) / (column - expect(k, k))
    return {"u_alpha": binary, "joint_u_alpha": joint, "cu_alpha": coding, "s_u_alpha": selected}


# α_U of 2004.

def gaps(own, length):
    out, at = [], 0
    for start, end in own + [(length, length)]:
        out.append(start - at)
        at = end
    return [gap for gap in out if gap > 0]


def joined_gaps(documents, who, category):
    """Gaps on one continuum: places that follow one another, cut where a document is missing."""
    pieces, current, at = [], [], 0
    for length, layers in documents:
        if who not in layers:
            pieces.append((current, at))
            current, at = [], 0
            continue
        current += [(at + s, at + e) for s, e in units_of(layers[who], category)]
        at += length
    pieces.append((current, at))
    return [gap for own, length in pieces for gap in gaps(own, length)]


def alpha_u(documents, categories, joined):
    observed = expected = 0.0
    length = sum(l for l, _ in documents)
    worked = sum(l * len(layers) for l, layers in documents)
    some = False
    for category in categories:
        difference, sizes, free = 0.0, [], []
        for l, layers in documents:
            own = {who: units_of(spans, category) for who, spans in layers.items()}
            part = 0
            for a in own:
                sizes += [e - s for s, e in own[a]]
                free += [] if joined else gaps(own[a], l)
                for b in own:
                    if a == b:
                        continue
                    for s, e in own[a]:
                        meets = [(x, y) for x, y in own[b] if x < e and s < y]
                        part += sum((s - x) ** 2 + (e - y) ** 2 for x, y in meets) if meets else 2 * (e - s) ** 2
            difference += part / (len(layers) - 1)
        if joined:
            free = [gap for who in PEOPLE for gap in joined_gaps(documents, who, category)]
        some = some or bool(sizes)
        room = sum(l * l * sum(g - l + 1 for g in free if g >= l) for l in sizes)
        cubes = sum(2 * l**3 - 3 * l**2 + l for l in sizes)
        pairs = worked * (worked - 1) - sum(l * (l - 1) for l in sizes)
        observed += difference / (worked * length)
        expected += 2 / length * (max(len(sizes) - 1, 0) / 3 * cubes + room) / pairs if pairs > 0 else 0
    return 1 - observed / expected if some and expected > 0 else None


def exclusive(length, layers):
    """A document without the characters to which an annotator has given several categories."""
    count = {who: [set() for _ in range(length)] for who in layers}
    coded = {who: [(c, s, e) for c in CATEGORIES for s, e in units_of(spans, c)] for who, spans in layers.items()}
    for who, units in coded.items():
        for category, start, end in units:
            for at in range(start, end):
                count[who][at].add(category)
    kept = [0]
    for at in range(length):
        kept.append(kept[-1] + all(len(count[who][at]) < 2 for who in layers))
    moved = {who: [(c, kept[s], kept[e]) for c, s, e in units if kept[s] < kept[e]] for who, units in coded.items()}
    return kept[-1], moved


def make(seed):
    """Documents with their spans by annotator: (category, [(start, end), …])."""
    rng = random.Random(seed)
    people, several = PEOPLE[: rng.randint(2, 4)], seed % 4 == 0
    documents = []
    for number in range(rng.randint(1, 7)):
        text = f"document {number}. " + " ".join(rng.choice(WORDS) for _ in range(rng.randint(5, 60)))
        starts = [i for i in range(len(text)) if i == 0 or text[i - 1] == " "]
        ends = [i for i in range(1, len(text) + 1) if i == len(text) or text[i] == " "]
        truth = [(rng.choice(CATEGORIES), rng.randrange(len(starts)), rng.randrange(6)) for _ in range(rng.randint(0, 5))]
        layers = {}
        for who in people:
            if rng.random() < 0.2:
                continue
            spans, taken = [], []
            for category, at, words in truth + [(rng.choice(CATEGORIES), rng.randrange(len(starts)), rng.randrange(4))]:
                if rng.random() < 0.15:
                    continue
                category = rng.choice(CATEGORIES) if rng.random() < 0.2 else category
                last = min(at + max(0, words + rng.choice([0, 0, 0, -1, 1, 2])), len(ends) - 1)
                ranges = [(starts[at], ends[last])]
                if last - at > 2 and rng.random() < 0.3:
                    ranges = [(starts[at], ends[at]), (starts[at + 2], ends[last])]
                clash = any(c != category and s < y and x < e for c, s, e in taken for x, y in ranges)
                if clash and not several or (category, ranges) in spans:
                    continue
                taken += [(category, s, e) for s, e in ranges]
                spans.append((category, ranges))
            if spans:
                layers[who] = spans
        documents.append((text, layers))
    return people, documents


def write(folder, program, people, documents):
    run = lambda *args: subprocess.run([program, *args], cwd=folder, check=False, capture_output=True, text=True)
    names = [f"d{number:02}.txt" for number in range(len(documents))]
    for name, (text, _) in zip(names, documents):
        (folder / name).write_text(text, encoding="utf-8")
    run("new", "talks", *names)
    for who in people:
        lines = []
        for text, layers in documents:
            spans = [{"category": c, "start": r[0][0], "end": r[-1][1], "ranges": r} for c, r in layers.get(who, [])]
            if spans:
                lines.append(json.dumps({"text": text, "spans": spans}))
        (folder / f"{who}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
        if lines:
            done = run("import", "talks", f"{who}.jsonl", "--annotator", who)
            assert "imported 0 documents" in done.stderr, done.stderr
    used = [who for who in people if any(who in layers for _, layers in documents)]
    if len(used) < 2:
        return used, []
    answer = run("agree", "talks", "--json", "--unit", "character", "--annotators", ",".join(used))
    assert answer.returncode == 0, answer.stderr
    return used, json.loads(answer.stdout)["measures"]


def check(seed, program):
    people, documents = make(seed)
    with tempfile.TemporaryDirectory() as folder:
        used, measures = write(Path(folder), program, people, documents)
    if len(used) < 2:
        return 0
    compared = [(len(text), layers) for text, layers in documents if len(layers) > 1]
    wanted = {}
    for category in [*CATEGORIES, None]:
        chosen = CATEGORIES if category is None else [category]
        for joined in (False, True):
            value = alpha_u(compared, chosen, joined) if compared else None
            wanted["alpha_u", "joined" if joined else "per_document", category] = value
        alone = [(l, {who: [("x", s, e) for s, e in units_of(spans, category)] for who, spans in layers.items()})
                 for l, layers in compared]
        found = family(alone) if compared else None
        wanted["u_alpha", "joined", category] = found and found["u_alpha"]
    found = (family([exclusive(l, layers) for l, layers in compared]) if compared else None) or {"s_u_alpha": {}}
    for measure in ("joint_u_alpha", "cu_alpha"):
        wanted[measure, "joined", None] = found.get(measure)
    for category in CATEGORIES:
        wanted["s_u_alpha", "joined", category] = found["s_u_alpha"].get(category)
    got = {(m["measure"], m["continuum"], m["category"]): m["value"] for m in measures}
    known = {m["category"] for m in measures} - {None, *CATEGORIES}
    got = {key: value for key, value in got.items() if key[2] not in known}
    assert got.keys() == wanted.keys(), (seed, got.keys() ^ wanted.keys())
    for key, value in wanted.items():
        same = got[key] is None if value is None else got[key] is not None and abs(got[key] - value) < WITHIN
        assert same, (seed, key, got[key], value)
    return sum(value is not None for value in wanted.values())


def published():
    alex = [("1", 0, 7), ("2", 7, 13), ("5", 30, 32), ("6", 32, 37), ("6", 37, 44), ("7", 44, 60)]
    paul = [("1", 0, 7), ("3", 7, 13), ("5", 13, 21), ("6", 32, 44)]
    suzan = [("1", 0, 7), ("4", 7, 13), ("5", 13, 21), ("6", 32, 37), ("6", 37, 41), ("6", 41, 44)]
    found = family([(60, {"alex": alex, "paul": paul, "suzan": suzan})])
    for measure, value in [("joint_u_alpha", 0.510), ("u_alpha", 0.413), ("cu_alpha", 0.724)]:
        assert abs(found[measure] - value) < 0.001, (measure, found[measure])
    assert [round(found["s_u_alpha"][k], 9) for k in "123456"] == [1, 0, 0, 0, 1, 1] and found["s_u_alpha"]["7"] is None


if __name__ == "__main__":
    published()
    program = str(Path(sys.argv[1]).resolve())
    first, last = (int(seed) for seed in sys.argv[2:4]) if len(sys.argv) > 3 else (1, 300)
    print(f"{sum(check(seed, program) for seed in range(first, last + 1))} figures agree")
