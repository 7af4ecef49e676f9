"""Twenty projects of one study, merged into one: the time, and whether the counts add up.

    DEMARCHE=target/release/demarche python3 scale_studies.py FOLDER [--projects 20] [--documents 50] [--passages 100]

FOLDER, which must not exist, gets a project for each case of the study, `case01` and so on, with its own documents and
`study`, into which `demarche merge` merges them all. All are copies of one empty project with codebook and people, so that
a person of one project is the same person in the others. Two people code each case. With --export FOLDER also gets the JSONL export of each case, and of the study.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import scale_data

DEMARCHE = os.environ.get("DEMARCHE", "target/release/demarche")
CODERS = ["coder01", "coder02"]


def demarche(*arguments):
    done = subprocess.run([DEMARCHE, *map(str, arguments)], capture_output=True, text=True, encoding="utf-8")
    if done.returncode:
        sys.exit(f"demarche {' '.join(map(str, arguments))}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stdout


def timed(name, *arguments):
    start = time.perf_counter()
    out = demarche(*arguments)
    print(f"{name:<60} {time.perf_counter() - start:8.2f} s", flush=True)
    return out


def copy(template, project):
    """A copy without `.demarche`, which belongs to the machine and to one folder."""
    shutil.copytree(template, project, ignore=shutil.ignore_patterns(".demarche"))
    return project


def case(template, number, documents, passages):
    """A project of one case, with what its two coders have tagged."""
    project, data = copy(template, template.with_name(f"case{number:02}")), template.with_name(f"data{number:02}")
    scale_data.write(data, len(CODERS), documents, passages, number)
    for coder in CODERS:
        demarche("import", project, data / f"{coder}.jsonl", "--annotator", coder)
    for path in data.iterdir():
        path.unlink()
    data.rmdir()
    return project


def counts(project):
    summary = json.loads(demarche("summary", project, "--json"))
    rows = lambda key: {row["id"]: row["spans"] for row in summary[key] if row["spans"]}
    totals = {"documents": len(summary["documents"]), "spans": summary["spans"], "characters": summary["characters"],
              "tagged characters": summary["tagged_characters"]}
    return {**totals, **rows("categories"), **rows("annotators")}


def main(folder, projects, documents, passages, export):
    folder.mkdir(parents=True)
    template = folder / "template"
    demarche("new", template, "--name", "Study", "--codebook", "negotiation", "--annotator", "lead", "--new-annotator")
    demarche("people", template, "add", *CODERS)
    cases = [case(template, number, documents, passages) for number in range(1, projects + 1)]
    print(f"{projects} projects of {documents} documents with {passages} passages of {len(CODERS)} people")
    study = copy(template, folder / "study")
    timed("demarche merge of all", "merge", study, *cases, "--annotator", "lead")
    parts = {}
    for one in map(counts, cases):
        for key, value in one.items():
            parts[key] = parts.get(key, 0) + value
    whole = counts(study)
    print(f"{whole['documents']} documents, {whole['spans']} passages; {len(whole)} figures are "
          f"{'the sums of those of the cases' if whole == parts else f'not the sums: {whole}, {parts}'}")
    timed("demarche merge of all again, which changes nothing", "merge", study, *cases, "--annotator", "lead")
    if export:
        for project in cases + [study]:
            demarche("export", project, "--format", "jsonl", "--output", f"{project}.jsonl")
    return 0 if whole == parts == counts(study) else 1


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    for name, default in (("projects", 20), ("documents", 50), ("passages", 100)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--export", action="store_true")
    given = parser.parse_args()
    sys.exit(main(given.folder, given.projects, given.documents, given.passages, given.export))
