"""Checks a workbook with openpyxl against the JSONL export of the same project.

    python3 xlsx.py EXPORT.xlsx EXPORT.jsonl
"""
import json
import sys

from openpyxl import load_workbook


def main(path, jsonl):
    book = load_workbook(path)
    assert book.sheetnames == ["Passages", "Codebook", "Summary"], book.sheetnames
    sheet = book["Passages"]
    assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref
    rows = list(sheet.iter_rows(values_only=True))
    header, rows = rows[0], rows[1:]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row), "a formula"
    wanted = {}
    for line in open(jsonl, encoding="utf-8").read().split("\n"):
        document = json.loads(line) if line else {"spans": []}
        wanted.update({span["id"]: (document, span) for span in document["spans"]})
    for row in rows:
        row = dict(zip(header, row))
        document, span = wanted.pop(row["Passage id"])
        assert row["Passage"] == span["quote"], (row["Passage"], span["quote"])
        assert (row["Start"], row["End"]) == (span["start"], span["end"])
        words = " ".join(document["text"][int(s):int(e)] for s, e in (r.split() for r in row["Ranges"].split(";")))
        assert words == span["quote"] and (row["Note"] or "") == span["note"]
        assert (row["Category id"], row["Annotator id"]) == (span["category"], span["annotator"])
    assert not wanted, wanted
    print(f"{len(rows)} passages, {book['Codebook'].max_row - 1} rows of codebook, {book['Summary'].max_row - 1} figures")


main(*sys.argv[1:])
