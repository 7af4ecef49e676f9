"""Counts what a project in SQLite has, with Python's sqlite3 alone, and compares it with what Demarche has imported.

    python3 databases.py target/debug/demarche FORMAT FILE

FORMAT is qualcoder, taguette, rqda or dna; FILE is the database, or SQL that creates it, such as
tests/files/qualcoder/v17/data.sql. Codings that Demarche refuses or counts as lost are not in its project, so a difference
of words or places is an error, and a smaller number is printed with the reasons that Demarche gives.
"""
import collections
import html.parser
import json
import pathlib
import sqlite3
import subprocess
import sys
import tempfile

ENDINGS = {"qualcoder": "qda", "taguette": "sqlite3", "rqda": "rqda", "dna": "dna"}


class Words(html.parser.HTMLParser):
    def __init__(self, page):
        super().__init__()
        self.words = ""
        self.feed(page)

    def handle_data(self, data):
        self.words += data


def utf16(text, start, end):
    units = text.replace("\r\n", "\n").encode("utf-16-le")
    return units[2 * start:2 * end].decode("utf-16-le", "replace")


def codings(format, database):
    """Yields person, code and words of each coding that has a text and a code."""
    rows = lambda sql: database.execute(sql).fetchall()
    if format == "qualcoder":
        for owner, code, text, start, end, quote in rows(
                "SELECT t.owner, n.name, s.fulltext, pos0, pos1, seltext FROM code_text t JOIN code_name n USING (cid)"
                " JOIN source s ON s.id = t.fid WHERE trim(s.fulltext) <> ''"):
            yield owner, code, quote or text[start:end]
    elif format == "rqda":
        for table in "coding", "coding2":
            for owner, code, quote in rows(
                    f"SELECT t.owner, n.name, seltext FROM {table} t JOIN freecode n ON n.id = t.cid AND n.status = 1"
                    " JOIN source s ON s.id = t.fid AND s.status = 1 WHERE t.status = 1"):
                yield owner + (" (second coding)" if table == "coding2" else ""), code, quote
    elif format == "taguette":
        authors = {}
        for login, payload in rows("SELECT user_login, payload FROM commands ORDER BY id"):
            try:
                command = json.loads(payload)
            except ValueError:
                continue
            if command["type"] == "highlight_add":
                authors[command["highlight_id"]] = login
        for highlight, path, page, start, end in rows(
                "SELECT h.id, t.path, d.contents, start_offset, end_offset FROM highlights h"
                " JOIN highlight_tags x ON x.highlight_id = h.id JOIN tags t ON t.id = x.tag_id"
                " JOIN documents d ON d.id = h.document_id"):
            yield authors.get(highlight), path, Words(page).words.encode()[start:end].decode("utf-8", "replace")
    else:
        for coder, label, text, start, end in rows(
                "SELECT c.Name, t.Label, d.Text, Start, Stop FROM STATEMENTS s JOIN CODERS c ON c.ID = s.Coder"
                " JOIN STATEMENTTYPES t ON t.ID = s.StatementTypeId JOIN DOCUMENTS d ON d.ID = s.DocumentId"):
            yield coder, label, utf16(text, start, end)


def plain(words):
    return " ".join(words.replace("\u2029", "\n").split())


def main(demarche, format, file):
    folder = pathlib.Path(tempfile.mkdtemp())
    path = folder / f"project.{ENDINGS[format]}"
    if file.endswith(".sql"):
        made = sqlite3.connect(path)
        made.executescript(pathlib.Path(file).read_text(encoding="utf-8"))
        made.close()
    else:
        path.write_bytes(pathlib.Path(file).read_bytes())
    there = collections.Counter((code, plain(words)) for _, code, words in codings(format, sqlite3.connect(path)))
    people = {person for person, _, _ in codings(format, sqlite3.connect(path)) if person}
    project, export = folder / "talks", folder / "export.jsonl"
    run = lambda *args: subprocess.run([demarche, *map(str, args)], capture_output=True, text=True)
    assert run("new", project).returncode == 0
    imported = run("import", project, path, "--annotator", "me", "--new-annotator") if not people else run("import", project, path)
    exported = run("export", project, "--format", "jsonl", "--output", export)
    assert exported.returncode == 0, exported.stderr
    names = {}
    for line in (project / "project.ron").read_text(encoding="utf-8").splitlines():
        line = line.strip()
        if line.startswith('(id: "') and '", name: "' in line:
            names[line.split('"')[1]] = line.split('"')[3]
    here = collections.Counter()
    for line in export.read_text(encoding="utf-8").split("\n"):
        for span in json.loads(line)["spans"] if line else []:
            here[names.get(span["category"], span["category"]), plain(span["quote"])] += 1
    extra = here - there
    assert not extra, f"passages that the database does not have: {extra}"
    print(f"{sum(here.values())} of {sum(there.values())} codings by {len(people)} people")
    if missing := there - here:
        print("not in the project:", *(f"  {code}: {words}" for code, words in missing), sep="\n")
        print(imported.stderr)


main(*sys.argv[1:])
