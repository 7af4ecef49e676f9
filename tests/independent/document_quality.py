"""Compares the texts that Demarche reads from DOCX, ODT, RTF, EPUB and HTML files with those of other readers.

    apt install pandoc
    document_quality.py target/debug/demarche FOLDER|FILE… [--worst N] [--csv FILE] [--jobs N] [--show]

The reference for DOCX, ODT, RTF and EPUB is `pandoc --to plain`, without what pandoc adds or Demarche leaves out and
counts: descriptions of pictures, the source of formulas, tables of contents. The reference for HTML is the file
`expected.html` next to a `source.html`, as in the test pages of Readability. For an RTF with a `.txt` of the same name
next to it, that text is the reference.

Each file is read once, duplicates are left out. A file counts if the reference has at least 20 words, Demarche reads it,
and it is not listed in WRONG_REFERENCES.
"""

import argparse
import concurrent.futures
import csv
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
from html.parser import HTMLParser

from quality import f1, pair_f1, summary, tokens

LEAST_WORDS = 20
MEMORY = 1 << 30
SECONDS = 120
FORMATS = {"docx": "docx", "docm": "docx", "odt": "odt", "ott": "odt", "rtf": "rtf", "epub": "epub", "html": "html"}

# File name: why its reference is wrong, as seen in the file.
NUMBERS = "pandoc counts list items otherwise than Word and LibreOffice do"
BOXES = "pandoc leaves out the text boxes"
PAGES = "pandoc reads the code page of the fonts wrongly"
STYLES = "pandoc writes names of styles or fields into the text"
WRONG_REFERENCES = {
    "testWORD_override_list_numbering.docx": NUMBERS,
    "lists_restart_8367.docx": NUMBERS,
    "testWORD_numbered_list.docx": f"{NUMBERS}; {BOXES}",
    "testWORD_2006ml.docx": BOXES,
    "testWORD_tableInRunInsideParagraph.docx": BOXES,
    "testWORD_various.docx": BOXES,
    "equations.docx": "formulas, whose source is not in the reference",
    "orderedListHeader.odt": NUMBERS,
    "listBlocks.odt": NUMBERS,
    "listContinueNumbering.odt": NUMBERS,
    "listContinueNumbering2.odt": NUMBERS,
    "orderedListMixed.odt": NUMBERS,
    "testODFwithOOo3.odt": "pandoc leaves out the words of shapes and the bibliography",
    "testRTFJapanese.rtf": PAGES,
    "testRTFWordPadCzechCharacters.rtf": PAGES,
    "testRTFWord2010CzechCharacters.rtf": PAGES,
    "testRTFListLibreOffice.rtf": STYLES,
    "testRTFListMicrosoftWord.rtf": STYLES,
    "writer.rtf": "pandoc loses letters next to formatting, and leaves out the notes",
}

# Removes what is no text of the document, and writes what pandoc's plain writer leaves out.
FILTER = r"""
local contents = { ["toc heading"] = true }
local function is_contents(style) return contents[style] or style:match("^toc %d$") or style:match("^contents") end
return {{
  Image = function() return {} end,
  Math = function() return {} end,
  Div = function(div)
    if is_contents((div.attributes["custom-style"] or ""):lower()) then return {} end
    return div
  end,
  HorizontalRule = function() return {} end,
  Strikeout = function(words) return words.content end,
  SmallCaps = function(words) return words.content end,
  -- The plain writer sets the lines of cells side by side; here, one cell follows the other.
  Table = function(table)
    local blocks = pandoc.List(table.caption.long)
    local function add(rows)
      for _, row in ipairs(rows) do
        for _, cell in ipairs(row.cells or row[2]) do blocks:extend(cell.contents or cell[5]) end
      end
    end
    add(table.head.rows or table.head[2])
    for _, body in ipairs(table.bodies) do add(body.head); add(body.body) end
    add(table.foot.rows or table.foot[2])
    return blocks
  end,
  CodeBlock = function(block) return pandoc.Para(pandoc.Str(block.text)) end,
}}
"""


class Visible(HTMLParser):
    """The visible text of a page."""

    SILENT = {"script", "style", "head", "noscript", "template", "svg", "math"}
    INLINE = {"a", "abbr", "b", "bdi", "bdo", "cite", "code", "em", "font", "i", "ins", "kbd", "mark", "q", "s", "small",
              "span", "strong", "sub", "sup", "tt", "u", "var", "wbr", "time", "strike", "big", "nobr", "acronym"}

    def __init__(self, page):
        super().__init__()
        self.words, self.silent = [], 0
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, _):
        self.silent += tag in self.SILENT
        self.words += [] if tag in self.INLINE else [" "]

    def handle_endtag(self, tag):
        self.silent = max(0, self.silent - (tag in self.SILENT))
        self.words += [] if tag in self.INLINE else [" "]

    def handle_data(self, data):
        self.words += [] if self.silent else [data]


# Paragraphs of a DOCX that pandoc takes for metadata.
TEMPLATE = """$title$
$subtitle$
$for(author)$$author$
$endfor$$date$
$abstract$
$body$
"""


def pandoc(path, reader, lua):
    command = ["pandoc", "--to", "plain", "--wrap", "none", "--lua-filter", lua, "--from", reader, path]
    if reader == "docx":
        command[-2:] = ["docx+styles", path, "--standalone", "--template", lua + ".template"]
    done = subprocess.run(command, capture_output=True, timeout=SECONDS)
    return done.stdout.decode(errors="replace") if done.returncode == 0 else None


def reference(path, kind, lua):
    """Returns the text that is expected, or None if there is none."""
    if kind == "html":
        expected = os.path.join(os.path.dirname(path), "expected.html")
        return "".join(Visible(open(expected, encoding="utf-8").read()).words)
    beside = os.path.splitext(path)[0] + ".txt"
    if kind == "rtf" and os.path.exists(beside):
        return open(beside, encoding="utf-8", errors="replace").read()
    return pandoc(path, kind, lua)


def read(demarche, path, kind):
    """Returns the text that Demarche reads, or None and the reason; and what was left out."""
    command = [demarche, "read-document", "--format", kind, "--name", os.path.basename(path), "--memory", str(MEMORY)]
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


def score(demarche, path, lua):
    kind = FORMATS[path.rsplit(".", 1)[-1].lower()]
    try:
        expected = reference(path, kind, lua)
    except subprocess.TimeoutExpired:
        expected = None
    text, why, dropped = read(demarche, path, kind)
    row = {"file": path, "format": kind, "refused": why or "", "dropped": "; ".join(dropped), "wrong": WRONG_REFERENCES.get(os.path.basename(path), "")}
    body = tokens(expected or "")
    row |= {"words": len(body), "unread": expected is None}
    if text is not None:
        found = tokens(text)
        row |= {"found": len(found), "f1": f1(found, body), "pair_f1": pair_f1(found, body)}
    return row


def files(paths):
    seen = set()
    for path in paths:
        inside = [os.path.join(folder, name) for folder, _, names in os.walk(path) for name in names]
        for file in sorted(inside) if os.path.isdir(path) else [path]:
            ending = file.rsplit(".", 1)[-1].lower()
            if ending not in FORMATS or ending == "html" and os.path.basename(file) != "source.html":
                continue
            digest = hashlib.sha256(open(file, "rb").read()).digest()
            if digest not in seen:
                seen.add(digest)
                yield file


def show(name, rows):
    token, pair = summary([row["f1"] for row in rows]), summary([row["pair_f1"] for row in rows])
    print(f"{name}: {len(rows)} files, token F1 mean {token[0]:.4f} median {token[1]:.4f} ≥.9 {token[2]:.0%}, "
          f"pair F1 mean {pair[0]:.4f} median {pair[1]:.4f} ≥.9 {pair[2]:.0%}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("demarche")
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--worst", type=int, default=0, help="list this many files of each format with the lowest scores")
    parser.add_argument("--csv", help="write a row for each file")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--show", action="store_true", help="print both texts of each file instead")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        lua = os.path.join(folder, "filter.lua")
        for name, content in ((lua, FILTER), (lua + ".template", TEMPLATE)):
            with open(name, "w") as file:
                file.write(content)
        if options.show:
            for path in files(options.paths):
                kind = FORMATS[path.rsplit(".", 1)[-1].lower()]
                text, why, dropped = read(options.demarche, path, kind)
                print(f"{path}\n--- expected\n{reference(path, kind, lua)}\n--- read ({why or dropped})\n{text}")
            return 0
        rows = list(pool.map(lambda path: score(options.demarche, path, lua), files(options.paths)))
    for kind in sorted({row["format"] for row in rows}):
        of_kind = [row for row in rows if row["format"] == kind]
        refused = [row for row in of_kind if row["refused"]]
        unread = sum(row["unread"] for row in of_kind)
        print(f"\n{kind}: {len(of_kind)} files, {len(refused)} refused, {unread} not read by pandoc")
        for row in refused:
            if row["words"]:
                print(f"  refused with {row['words']} words: {row['file']}: {row['refused']}")
        compared = [row for row in of_kind if not row["refused"] and row["words"] >= LEAST_WORDS]
        right = [row for row in compared if not row["wrong"]]
        show("compared", right)
        if len(right) < len(compared):
            show("with wrong references", compared)
        for row in sorted(right, key=lambda row: row["f1"] + row["pair_f1"])[: options.worst]:
            print(f"  {row['f1']:.3f} {row['pair_f1']:.3f} {row['words']:6} → {row['found']:6} {row['file']}  {row['dropped']}")
    if options.csv:
        with open(options.csv, "w", newline="") as file:
            writer = csv.DictWriter(file, sorted({key for row in rows for key in row}))
            writer.writeheader()
            writer.writerows(rows)
    return 0


sys.exit(main())
