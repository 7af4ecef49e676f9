"""Compares the texts that Demarche reads from PDFs with those of poppler's pdftotext.

    apt install poppler-utils
    pdf_quality.py target/debug/demarche FOLDER|FILE… [--worst N] [--csv FILE] [--jobs N]

Each file is read once, duplicates are left out. A file counts if pdftotext finds at least 20 words in it, Demarche reads
it and it is not listed in WRONG_REFERENCES. Demarche leaves out headers, footers and page numbers, and counts them;
so lines that return at the same edge of most pages are also taken out of the reference. The figures for the whole
reference are printed below.
"""

import argparse
import collections
import concurrent.futures
import csv
import hashlib
import json
import os
import re
import subprocess
import sys

from quality import f1, pair_f1, summary, tokens

LEAST_WORDS = 20
MEMORY = 1 << 30
SECONDS = 300

# File name: why its text by pdftotext is wrong or no reading order of the page.
WRONG_REFERENCES = {
    "issue16316.pdf": "all but one of the words are outside the crop box, so nobody sees them",
    "issue19802.pdf": "letters of a private encoding; Demarche has those that are displayed",
    "XiaoBiaoSong.pdf": "numbered musical notation in a private encoding: no words in either text",
    "issue6127.pdf": "letters shifted by a private encoding (qrwlfh), which Demarche reports instead",
    "bug946506.pdf": "turned text, cut into syllables; most of it is outside the page",
    "testPDF_angles.pdf": "slanted lines, cut into pieces of a few letters",
    "issue1905.pdf": "labels of a chart at 45 degrees, cut into pieces (Ma r 1)",
    "kampo.pdf": "vertical writing: the punctuation is apart from its sentences",
    "simple1.pdf": "spaced words are single letters (H e l l o)",
    "freeculture.pdf": "marks of the print shop outside the trimmed page, and numbers of lines",
}


def is_number(line):
    return re.fullmatch(r"\W*(page|seite)?\W*(\d{1,5}|[ivxlc]{1,7})(\s*(/|of|von)\s*\d+)?\W*", line.strip(), re.I)


def without_headers(text):
    """Returns a text by pdftotext without the lines that return at the edges of at least three pages and 40 %."""
    pages = [[line for line in page.split("\n") if line.strip()] for page in text.split("\f")]
    pages = [page for page in pages if page]
    key = lambda line: re.sub(r"\d+|\b[ivxlc]+\b", "#", line.casefold().strip())
    for edge in ((0, 1, 2), (-1, -2, -3)):
        counts = collections.Counter()
        for page in pages:
            counts.update({key(page[at]) for at in edge if len(page) >= abs(at) + (at >= 0)})
        most = max(3, len(pages) * 2 // 5)
        for page in pages:
            for at in (0,) * 3 if edge[0] == 0 else (-1,) * 3:
                if len(pages) >= 3 and page and (counts[key(page[at])] >= most and len(page[at]) < 160 or is_number(page[at])):
                    del page[at]
                else:
                    break
    return "\n".join("\n".join(page) for page in pages)


def reference(path):
    done = subprocess.run(["pdftotext", "-enc", "UTF-8", path, "-"], capture_output=True, timeout=SECONDS)
    return done.stdout.decode(errors="replace")


def read(demarche, path):
    """Returns the text that Demarche reads, or None and the reason."""
    command = [demarche, "read-document", "--format", "pdf", "--name", "a.pdf", "--memory", str(MEMORY)]
    try:
        with open(path, "rb") as file:
            done = subprocess.run(command, stdin=file, capture_output=True, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        return None, "took too long", []
    head, _, text = done.stdout.partition(b"\n")
    if not head:
        return None, "died: " + done.stderr.decode(errors="replace").strip()[-200:], []
    head = json.loads(head)
    if "Refused" in head:
        return None, head["Refused"], []
    return text.decode(), None, [f"{count} {kind}" for kind, count in head["Documents"][0]["dropped"]]


def score(demarche, path):
    try:
        expected = reference(path)
    except subprocess.TimeoutExpired:
        expected = ""
    whole = tokens(expected)
    text, why, dropped = read(demarche, path)
    row = {"file": path, "words": len(whole), "refused": why or "", "dropped": "; ".join(dropped)}
    if text is not None:
        found, body = tokens(text), tokens(without_headers(expected))
        row |= {"found": len(found), "f1": f1(found, body), "pair_f1": pair_f1(found, body)}
        row |= {"whole_f1": f1(found, whole), "whole_pair_f1": pair_f1(found, whole)}
    return row


def files(paths):
    seen = set()
    for path in paths:
        inside = [os.path.join(folder, name) for folder, _, names in os.walk(path) for name in names]
        for file in sorted(inside) if os.path.isdir(path) else [path]:
            if file.lower().endswith(".pdf"):
                digest = hashlib.sha256(open(file, "rb").read()).digest()
                if digest not in seen:
                    seen.add(digest)
                    yield file


def show(name, rows, f1_key, pair_key):
    token, pair = summary([row[f1_key] for row in rows]), summary([row[pair_key] for row in rows])
    print(f"{name}: {len(rows)} files, token F1 mean {token[0]:.4f} median {token[1]:.4f} ≥.9 {token[2]:.0%}, "
          f"pair F1 mean {pair[0]:.4f} median {pair[1]:.4f} ≥.9 {pair[2]:.0%}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("demarche")
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--worst", type=int, default=0, help="list this many files with the lowest scores")
    parser.add_argument("--csv", help="write a row for each file")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    options = parser.parse_args()
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        rows = list(pool.map(lambda path: score(options.demarche, path), files(options.paths)))
    refused = [row for row in rows if row["refused"]]
    print(f"{len(rows)} files, {len(refused)} refused; with at least {LEAST_WORDS} words for pdftotext:")
    for row in refused:
        if row["words"] >= LEAST_WORDS:
            print(f"  refused with {row['words']} words: {row['file']}: {row['refused']}")
    compared = [row for row in rows if not row["refused"] and row["words"] >= LEAST_WORDS]
    for row in compared:
        row["wrong"] = WRONG_REFERENCES.get(os.path.basename(row["file"]), "")
    right = [row for row in compared if not row["wrong"]]
    show("compared", right, "f1", "pair_f1")
    show("of these with ≥ 300 words", [row for row in right if row["words"] >= 300], "f1", "pair_f1")
    show("with headers in the reference", right, "whole_f1", "whole_pair_f1")
    show("and with wrong references", compared, "whole_f1", "whole_pair_f1")
    for row in sorted(right, key=lambda row: row["f1"] + row["pair_f1"])[: options.worst]:
        print(f"  {row['f1']:.3f} {row['pair_f1']:.3f} {row['words']:6} → {row['found']:6} {row['file']}  {row['dropped']}")
    if options.csv:
        with open(options.csv, "w", newline="") as file:
            writer = csv.DictWriter(file, sorted({key for row in rows for key in row}))
            writer.writeheader()
            writer.writerows(rows)
    return 0


sys.exit(main())
