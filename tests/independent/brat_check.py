"""Checks a folder of brat standoff by the rules that brat's server refuses lines by.

    brat_check.py FOLDER EXPORT.jsonl

Offsets are code points; the words have to match; no piece holds a line end or touches another; every type is
configured; ids are there once. Then compares the passages with the JSONL export of the same project.
"""

import json
import pathlib
import re
import sys
import unicodedata

folder, jsonl = pathlib.Path(sys.argv[1]), sys.argv[2]
errors = []
counts = {"T": 0, "A": 0, "R": 0, "#": 0}


def configured(path):
    """The types of each section of an annotation.conf, and the values of attributes."""
    section, types, values = None, {}, {}
    for line in path.read_text(encoding="utf-8").split("\n"):
        line = line.split("#")[0].rstrip() if line.startswith("#") else line.rstrip()
        if re.fullmatch(r"\[\w+\]", line.strip()):
            section = line.strip("[] ")
        elif line.strip():
            name, _, rest = line.strip().lstrip("!").partition("\t")
            assert re.fullmatch(r"[A-Za-z0-9_-]+", name), (path, name)
            types.setdefault(section, set()).add(name)
            for argument in filter(None, (part.strip() for part in rest.split(","))):
                assert re.fullmatch(r"(\S*?):(\S*)", argument), (path, argument)
                key, value = argument.split(":", 1)
                if key == "Value":
                    values[name] = set(value.split("|"))
    return types, values


def refuse(path, number, why):
    errors.append(f"{path}:{number}: {why}")


def passages(path, types, values):
    text = path.with_suffix(".txt").read_bytes().decode("utf-8")
    ids, late, found = set(), [], []
    # As Python's own line reader parts them, which brat uses.
    for number, line in enumerate(path.read_bytes().decode("utf-8").splitlines(), 1):
        match = re.match(r"([TAR#]\d+)\t([^\t]*)(\t.*)?$", line)
        if not match:
            refuse(path, number, f"no line of standoff: {line!r}")
            continue
        name, data, tail = match.groups()
        if name in ids:
            refuse(path, number, "id twice")
        ids.add(name)
        counts[name[0]] += 1
        if name[0] != "T":
            late.append((number, name, data, tail))
            continue
        kind, offsets = data.split(" ", 1)
        if kind not in types.get("entities", ()):
            refuse(path, number, f"type {kind} is not configured")
        spans = [tuple(map(int, part.split(" "))) for part in offsets.split(";")]
        for at, (start, end) in enumerate(spans):
            if not 0 <= start < end <= len(text):
                refuse(path, number, "offsets outside")
            if any(end >= s and start < e for s, e in spans[:at]):
                refuse(path, number, "pieces touch")
        words = " ".join(text[s:e] for s, e in spans)
        if tail is None or tail[1:] != words or not words.strip():
            refuse(path, number, f"words {tail!r} are not {words!r}")
        found.append((kind, spans))
    for number, name, data, tail in late:
        parts = data.split(" ")
        if name[0] == "R":
            fits = re.fullmatch(r"(\S+) Arg1:(T\d+) Arg2:(T\d+)", data)
            if not fits or fits[1] not in types.get("relations", ()):
                refuse(path, number, "relation")
            targets = fits.groups()[1:] if fits else ()
        elif name[0] == "A":
            targets = parts[1:2]
            if parts[0] not in types.get("attributes", ()):
                refuse(path, number, f"attribute {parts[0]} is not configured")
            elif len(parts) == 3 and parts[2] not in values.get(parts[0], ()):
                refuse(path, number, f"value {parts[2]} is not configured")
            elif len(parts) not in (2, 3) or (len(parts) == 2) != (parts[0] not in values):
                refuse(path, number, f"value of {parts[0]}")
        else:
            targets = parts[1:]
        if any(target not in ids for target in targets):
            refuse(path, number, "target is not there")
    return text, found


def without_line_ends(text, ranges):
    """The ranges of a passage as pieces without line ends."""
    pieces = []
    for start, end in ranges:
        at = start
        for line in re.split("([\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029])", text[start:end]):
            if line and not re.fullmatch("[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", line):
                pieces.append((at, at + len(line)))
            at += len(line)
    return pieces


def safe(name):
    return re.sub(r"[^A-Za-z0-9_-]", "_", name)


got = []
for conf in sorted(folder.rglob("annotation.conf")):
    types, values = configured(conf)
    whose = re.match(r"# Annotator: (.*)", conf.read_text(encoding="utf-8"))
    for path in sorted(conf.parent.glob("*.ann")):
        text, found = passages(path, types, values)
        got += [(whose and whose[1], path.stem, kind, tuple(spans)) for kind, spans in found]
want = []
for line in open(jsonl, encoding="utf-8").read().split("\n"):
    document = json.loads(line) if line else {"spans": []}
    for span in document["spans"]:
        pieces = without_line_ends(document["text"], span["ranges"])
        if "".join(document["text"][s:e] for s, e in pieces).strip():
            want.append((span["annotator"], document["id"], safe(span["category"]), tuple(pieces)))
got.sort(key=repr)
want.sort(key=repr)
if got != want:
    errors.append(f"{len(set(got) ^ set(want))} passages differ from the JSONL, such as {list(set(got) ^ set(want))[:3]}")
print("\n".join(errors[:20]))
print(f"{len(got)} passages, {counts['A']} attributes, {counts['R']} relations, {counts['#']} notes; {len(errors)} refused")
sys.exit(bool(errors))
