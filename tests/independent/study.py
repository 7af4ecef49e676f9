"""Works out α, κ and percentage agreement from the raw units next to a report, and compares them with `demarche agree --json`.

    python3 tests/independent/study.py target/debug/demarche PROJECT [sentence|token]

Needs Python alone. Formulas: Krippendorff 2019 (nominal α from coincidences), Cohen 1960, Fleiss 1971.
"""

import csv
import json
import subprocess
import sys
import tempfile
from collections import Counter
from itertools import combinations
from pathlib import Path


def read_units(report):
    """The coders, and per unit its document and the set of categories of each coder; None where one is missing."""
    beside = lambda what: open(report.with_name(f"{report.stem}-{what}.csv"), encoding="utf-8", newline="")
    with beside("units-key") as file:
        codes = {row["code"]: frozenset(filter(None, row["categories"].split("+"))) for row in csv.DictReader(file)}
    with beside("units") as file:
        rows = list(csv.reader(file))
    coders = rows[0][4:]
    return coders, [(row[0], [None if code == "NA" else codes[code] for code in row[4:]]) for row in rows[1:]]


def alpha(units):
    """Nominal α: `units` are lists of values, None where a coder is missing."""
    coincidences = Counter()
    for unit in units:
        values = [value for value in unit if value is not None]
        if len(values) < 2:
            continue
        for i, one in enumerate(values):
            for j, other in enumerate(values):
                if i != j:
                    coincidences[one, other] += 1 / (len(values) - 1)
    totals = Counter()
    for (one, _), count in coincidences.items():
        totals[one] += count
    n = sum(totals.values())
    observed = sum(count for (one, other), count in coincidences.items() if one != other)
    expected = sum(totals[a] * totals[b] for a in totals for b in totals if a != b) / (n - 1) if n > 1 else 0
    return None if expected == 0 else 1 - observed / expected


def cohen(units):
    n = len(units)
    if n == 0:
        return None
    observed = sum(a == b for a, b in units) / n
    first, second = Counter(a for a, _ in units), Counter(b for _, b in units)
    expected = sum(first[value] * second[value] for value in first) / n**2
    return None if expected == 1 else (observed - expected) / (1 - expected)


def fleiss(units):
    if not units:
        return None
    coders, n = len(units[0]), len(units)
    counts = [Counter(unit) for unit in units]
    observed = sum(sum(c * (c - 1) for c in count.values()) for count in counts) / (n * coders * (coders - 1))
    totals = sum(counts, Counter())
    expected = sum((total / (n * coders)) ** 2 for total in totals.values())
    return None if expected == 1 else (observed - expected) / (1 - expected)


def percent(units):
    return sum(a == b for a, b in units) / len(units) if units else None


def labels(units, category):
    """Tagged with a category or not; with None for the category, the single category of each unit."""
    label = lambda codes: None if codes is None else category in codes
    return [[label(codes) for codes in unit] for _, unit in units]


def main():
    program, project = sys.argv[1:3]
    unit = sys.argv[3] if len(sys.argv) > 3 else "sentence"
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "study.md"
        command = [program, "agree", project, "--unit", unit, "--json", "--report", str(report)]
        figures = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)["measures"]
        coders, units = read_units(report)
    compared, worst = 0, 0.0
    for figure in figures:
        if figure["category"] is None:
            continue
        columns = [coders.index(coder) for coder in figure["annotators"]]
        chosen = [[unit[column] for column in columns] for unit in labels(units, figure["category"])]
        complete = [unit for unit in chosen if None not in unit]
        if figure["measure"] == "alpha_nominal":
            own = alpha(chosen)
        elif figure["measure"] == "cohen_kappa":
            own = cohen(complete)
        elif figure["measure"] == "fleiss_kappa":
            own = fleiss(complete)
        elif figure["measure"] == "percent":
            pairs = list(combinations(range(len(columns)), 2))
            if len(pairs) > 1:
                continue
            own = percent(complete)
        else:
            continue
        value = figure["value"]
        if (value is None) != (own is None):
            sys.exit(f"{figure}: {own}")
        if value is not None:
            worst = max(worst, abs(value - own))
            if abs(value - own) > 1e-9:
                sys.exit(f"{figure}: {own}")
        compared += 1
    print(f"{compared} figures from {len(units)} units agree, to {worst:.1e}")


if __name__ == "__main__":
    main()
