#!/usr/bin/env python3
"""Counts what is in labelled files of others, and compares it with what Demarche imports of them.

usage: labelled_sets.py FOLDER IMPORTED

FOLDER has WebAnno TSV files, such as those of the test suite of INCEpTION, and REFI-QDA projects. IMPORTED is the output of
the test annotations::tests, see src/io/annotations/tests/mod.rs. The files are parsed here a second time, after INCEpTION's readers
and the REFI-QDA standard. A span counts as accounted for if it is in the project, or reported as covering no words or as
equal to another in every field.
"""

import json
import re
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree

LANGUAGE = (
    "de.tudarmstadt.ukp.dkpro.core.api.lexmorph.",
    "de.tudarmstadt.ukp.dkpro.core.api.segmentation.",
    "de.tudarmstadt.ukp.dkpro.core.api.syntax.",
)


def split(cell, mark):
    return re.split(r"(?<!\\)" + re.escape(mark), cell)


def number(part):
    found = re.search(r"(?<!\\)\[([^\[\]]*)\]$", part)
    return found.group(1) if found else None


def tsv3(lines):
    """Returns the numbers of spans with and without words, and of relations."""
    columns = []
    for line in lines[1:]:
        if not line.startswith("#T_"):
            break
        kind, rest = line.split("=", 1)
        name, *fields = rest.split("|")
        fields = fields or [""]
        own = not name.startswith(LANGUAGE) and kind != "#T_CH"
        columns += [(kind, name, field, own) for field in fields]
    spans, relations = {}, 0
    for line in lines:
        cells = line.split("\t")
        if line.startswith("#") or len(cells) < 3 or "-" not in cells[1]:
            continue
        begin, end = map(int, cells[1].split("-"))
        seen = {}
        for (kind, name, field, own), cell in zip(columns, cells[3:]):
            if not own or cell in ("_", ""):
                continue
            parts = split(cell, "|")
            if kind == "#T_RL":
                relations += len(parts) if field.startswith("BT_") else 0
                continue
            target = field and "." in field and not field.startswith("ROLE_")
            for at, part in enumerate(parts):
                mark = None if target else number(part)
                seen[name, at] = seen.get((name, at)) or mark
        for (name, at), mark in seen.items():
            key = (name, mark) if mark else (name, cells[0], at)
            first = spans.setdefault(key, [begin, end])
            first[1] = max(first[1], end)
    words = sum(begin < end for begin, end in spans.values())
    return words, len(spans) - words, relations


def tsv1(rows):
    """Counts what begins in the fifth of ten columns; other files have none of their own."""
    begun = 0
    for row in rows:
        if len(row) > 4:
            parts = row[4].split("|")
            begun += sum(not part.startswith(("I-", "I_")) and part not in ("O", "_", "-") for part in parts)
    return begun


def tsv2(lines, rows):
    columns = []
    for line in lines:
        if line.strip().startswith("#") and "|" in line and "#text=" not in line:
            for layer in filter(None, (part.strip() for part in line.split("#"))):
                name, *fields = (part.strip() for part in layer.split("|"))
                attached = any(field.startswith("AttachTo=") for field in fields)
                own = not name.startswith(LANGUAGE) and not attached
                columns += [(name, field, own) for field in fields if field]
    spans = 0
    for row in rows:
        begun = {}
        for (name, _, own), cell in zip(columns, row[2:]):
            for at, part in enumerate(cell.split("|")):
                if own and not part.startswith("I-") and part not in ("O", "_", "") and not part.startswith("O-"):
                    begun[name, at] = True
        spans += len(begun)
    return spans


def webanno(path):
    content = path.read_text(encoding="utf-8")
    lines = [line.rstrip("\r") for line in content.split("\n")]
    if content.startswith("#FORMAT=WebAnno TSV 3"):
        return tsv3(lines)
    rows = [line.split("\t") for line in lines if "\t" in line and not line.strip().startswith("#")]
    if rows and re.fullmatch(r"\d+", rows[0][0]):
        return tsv1(rows), 0, 0
    return tsv2(lines, rows), 0, 0


def codes(path):
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            name = next(name for name in archive.namelist() if name.lower().endswith(".qde"))
            root = ElementTree.fromstring(archive.read(name))
    else:
        root = ElementTree.parse(path).getroot()
    count = lambda tag: sum(element.tag.endswith("}" + tag) for element in root.iter())
    return count("Code"), count("Coding")


def lost(found, kind):
    return sum(int(loss.split()[0]) for loss in found["losses"] if loss.split()[1] == kind)


def repeated(found):
    """Stacked annotations that are equal in every field are imported once, with a remark."""
    counts = (re.match(r"(\d+) passages? w.* in the file more than once", remark) for remark in found["remarks"])
    return sum(int(count.group(1)) for count in counts if count)


def main():
    root = Path(sys.argv[1])
    totals, differing = {}, []
    for line in Path(sys.argv[2]).read_text(encoding="utf-8").splitlines():
        if not line.startswith("{"):
            continue
        found = json.loads(line)
        path = root / found["file"]
        total = totals.setdefault(found["kind"], {"files": 0})
        total["files"] += 1

        def add(name, count):
            total[name] = total.get(name, 0) + count

        if found["kind"] == "webanno-tsv":
            words, empty, relations = webanno(path)
            reported = lost(found, "EmptyAnnotations")
            add("spans in files", words + empty)
            add("imported", found["spans"])
            add("reported as equal to another", repeated(found))
            add("reported as covering no words", reported)
            add("relations in files", relations)
            add("links", found["links"])
            add("problems", len(found["problems"]))
            if (words, empty) != (found["spans"] + repeated(found), reported):
                differing.append((found["file"], words, empty, found["spans"], reported, found["problems"]))
        elif found["kind"] == "qdpx":
            all_codes, codings = codes(path)
            add("codes in files", all_codes)
            add("categories", found["codes"])
            add("codings in files", codings)
            add("imported", found["spans"])
            if all_codes != found["codes"]:
                differing.append((found["file"], all_codes, found["codes"], codings, found["spans"]))
    for kind, total in sorted(totals.items()):
        print(f"{kind}: " + ", ".join(f"{name} {count}" for name, count in total.items()))
    for difference in differing:
        print("differs:", *difference)
    sys.exit(bool(differing))


if __name__ == "__main__":
    main()
