"""Runs the queries of docs/SCALE.md on a JSONL export and compares them with what Demarche counts.

    DEMARCHE=target/release/demarche python3 scale_counts.py duckdb|spark PROJECT [export.jsonl]

Without an export, one is written next to PROJECT first and removed afterwards. Every figure of `demarche summary --json`
that is a count is compared, and each cell of `demarche analyse matrix` of categories by actors, for each coder, in passages
and in moves. The actors of PROJECT are not persons with a party. Needs duckdb, or pyspark and Java.
"""

import csv
import io
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

DEMARCHE = os.environ.get("DEMARCHE", "target/release/demarche")
PAGE = Path(__file__).parents[2] / "docs" / "SCALE.md"
BLOCK = re.compile(r"^```(?:sql|python)\n(?:--|#) (\w+): ([^\n]+)\n(.*?)^```$", re.S | re.M)


def timed(name, work):
    start = time.perf_counter()
    out = work()
    print(f"{name:<52} {time.perf_counter() - start:8.2f} s", flush=True)
    return out


def demarche(*arguments):
    done = subprocess.run([DEMARCHE, *map(str, arguments)], capture_output=True, text=True, encoding="utf-8")
    if done.returncode:
        sys.exit(f"demarche {' '.join(map(str, arguments))}: {done.stderr}")
    return done.stdout


def blocks(engine, path):
    """The queries of an engine by name, with the path of the export in place."""
    found = {name: body.replace("PATH", str(path)) for of, name, body in BLOCK.findall(PAGE.read_text("utf-8")) if of == engine}
    return found.pop("passages"), found


def with_duckdb(path):
    import duckdb

    connection = duckdb.connect()
    connection.execute("SET enable_progress_bar = false")
    setup, queries = blocks("duckdb", path)
    timed("duckdb: read the export", lambda: connection.execute(setup))
    return {name: timed(f"duckdb: {name}", lambda: connection.execute(query).fetchall()) for name, query in queries.items()}


def with_spark(path):
    from pyspark.sql import SparkSession

    spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false") \
        .config("spark.ui.showConsoleProgress", "false").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    setup, queries = blocks("spark", path)
    exec(setup, {"spark": spark})
    return {name: timed(f"spark: {name}", lambda: [tuple(row) for row in spark.sql(query).collect()])
            for name, query in queries.items()}


def expected(project):
    """The same tables by Demarche, as rows."""
    counts = json.loads(timed("demarche summary --json", lambda: demarche("summary", project, "--json")))
    names = {row["name"]: row["id"] for row in counts["categories"]}
    some = lambda rows, *keys: [tuple(row[key] for key in keys) for row in rows if row["spans"]]
    cells = {}
    for at, measure in enumerate(["passages", "moves"]):
        table = timed(f"demarche analyse matrix --measure {measure}", lambda: demarche(
            "analyse", project, "matrix", "--coder", "everyone", "--rows", "category", "--columns", "actor",
            "--measure", measure, "--format", "csv"))
        for row in csv.DictReader(io.StringIO(table)):
            cells.setdefault((row["coder"], names[row["row"]], row["column"]), [0, 0])[at] = int(float(row["value"]))
    tables = {
        "documents": [(row["id"], row["characters"], row["spans"]) for row in counts["documents"]],
        "categories": some(counts["categories"], "id", "spans"),
        "annotators": some(counts["annotators"], "id", "spans"),
        "activity": some(counts["activity"], "day", "spans"),
        "tagged characters of documents": some(counts["documents"], "id", "tagged_characters"),
        "characters of categories": some(counts["categories"], "id", "characters"),
        "category by actor": [(*key, *values) for key, values in cells.items() if values[0]],
    }
    return counts, tables


def main(engine, project, export=None):
    path = Path(export or f"{project.rstrip('/')}-export.jsonl")
    if not export:
        timed("demarche export --format jsonl", lambda: demarche("export", project, "--format", "jsonl", "--output", path))
    print(f"{'size of the export':<52} {path.stat().st_size / 1e6:8.0f} MB")
    found = {"duckdb": with_duckdb, "spark": with_spark}[engine](path)
    counts, tables = expected(project)
    if not export:
        path.unlink()
    assert found.keys() == tables.keys(), found.keys() ^ tables.keys()
    differ = 0
    for name, rows in tables.items():
        odd = {tuple(row) for row in found[name]} ^ set(rows)
        differ += len(odd)
        print(f"{name:<52} {len(rows):8} rows, {'the same' if not odd else f'{len(odd)} differ, such as {sorted(odd, key=str)[:4]}'}")
    totals = {
        "spans": (sum(row[1] for row in found["annotators"]), counts["spans"]),
        "characters": (sum(row[1] for row in found["documents"]), counts["characters"]),
        "tagged_characters": (sum(row[1] for row in found["tagged characters of documents"]), counts["tagged_characters"]),
    }
    for name, (ours, theirs) in totals.items():
        differ += ours != theirs
        print(f"{name:<52} {ours:8}, {'the same' if ours == theirs else f'not {theirs}'}")
    return 1 if differ else 0


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4) or sys.argv[1] not in ("duckdb", "spark"):
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
