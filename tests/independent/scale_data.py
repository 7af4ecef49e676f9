"""Writes large JSONL files of invented passages for `demarche import`. Plain Python; the same seed gives the same files.

    python3 scale_data.py FOLDER [--people 10] [--documents 1000] [--passages 100] [--study 1]

FOLDER gets `texts.jsonl`, the documents without passages, and one file for each coder, `coder01.jsonl` and so on, with
the same documents and PASSAGES passages of that coder in each. Another number of STUDY gives other documents, with other
titles and other texts.
"""

import argparse
import json
import random
import uuid
from pathlib import Path

CATEGORIES = ["demand", "offer", "concession", "commitment", "threat", "rejection", "acceptance", "justification"]
WEIGHTS = [25, 15, 8, 14, 9, 10, 5, 14]
ACTORS = ["Estmark", "Norvania", "Ostria", "Kelmar", "Lake Union secretariat"]
ISSUES = ["port access", "transit fees", "fishing quotas", "pilotage"]
# Characters outside ASCII, and one outside the Basic Multilingual Plane: offsets have to be those of characters.
WORDS = """the of and to in that for on with by this at which from not may its our their has been or any other under
between before during without delegation minister council parties agreement treaty annex article harbour port tariff
quota border inspection proposal deadline Übereinkommen naïve café 위협 🕊️ suspend reopen withdraw extend confirm
propose regret welcome review January spring until however jointly binding temporary regional technical""".split()
# 1 January 2026 in milliseconds.
NEW_YEAR = 1767225600000
DAY = 86_400_000


def sentences(rng, count):
    """Sentences of five to fifteen words, each with where it starts and ends in the text."""
    out, places, at = [], [], 0
    for number in range(count):
        words = " ".join(rng.choices(WORDS, k=rng.randint(5, 15))).capitalize()
        places.append((at, at + len(words)))
        separator = ".\n\n" if number % 10 == 9 else ". "
        out += [words, separator]
        at += len(words) + len(separator)
    return "".join(out), places


def moment(millis):
    """A UUID of version 7 and the same time as text, to the second."""
    seconds, day = millis // 1000 % 86400, (millis - NEW_YEAR) // DAY
    month, day = next((m, day - past + 1) for m, past in ((3, 59), (2, 31), (1, 0)) if day >= past)
    return f"2026-{month:02}-{day:02}T{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}Z"


def identifier(rng, millis):
    return str(uuid.UUID(int=millis << 80 | 7 << 76 | rng.getrandbits(12) << 64 | 2 << 62 | rng.getrandbits(62)))


def passage(rng, coder, text, place, millis):
    start, end = place
    ranges = [[start, end]]
    if rng.random() < 0.03:
        # Two ranges, with a gap of one word.
        gap = text.index(" ", start)
        ranges = [[start, gap], [text.index(" ", gap + 1) + 1, end]]
    attributes = {"actor": rng.sample(ACTORS, rng.choice([1] * 9 + [2]))} if rng.random() < 0.95 else {}
    attributes["issue"] = rng.choice(ISSUES)
    if rng.random() < 0.1:
        attributes["conditional"] = True
    if rng.random() < 0.03:
        attributes["negated"] = True
    return {
        "id": identifier(rng, millis), "annotator": coder, "category": rng.choices(CATEGORIES, WEIGHTS)[0],
        "start": start, "end": end, "ranges": ranges, "attributes": attributes,
        "note": "See the annex." if rng.random() < 0.05 else "", "created": moment(millis), "modified": moment(millis),
    }


def document(rng, study, number, passages):
    text, places = sentences(rng, passages + passages // 2)
    line = {"id": f"d{number:03}", "title": f"Study {study}, statement {number}",
            "date": f"2025-{number % 12 + 1:02}-{number % 28 + 1:02}", "source": "generated", "text": text}
    return line, places


def write(folder, people, documents, passages, study):
    folder.mkdir(parents=True, exist_ok=True)
    coders = [f"coder{number:02}" for number in range(1, people + 1)]
    files = {name: open(folder / f"{name}.jsonl", "w", encoding="utf-8") for name in ["texts", *coders]}
    for number in range(1, documents + 1):
        # A generator for each document: more documents don't change the earlier ones.
        rng = random.Random(f"{study} {number}")
        line, places = document(rng, study, number, passages)
        for name, file in files.items():
            chosen = sorted(rng.sample(places, passages)) if name != "texts" else []
            clock = NEW_YEAR + rng.randrange(90 * DAY)
            spans = [passage(rng, name, line["text"], place, clock + at) for at, place in enumerate(chosen)]
            print(json.dumps({**line, "spans": spans, "links": []}, ensure_ascii=False, separators=(",", ":")), file=file)
    for file in files.values():
        file.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    for name, default in (("people", 10), ("documents", 1000), ("passages", 100), ("study", 1)):
        parser.add_argument(f"--{name}", type=int, default=default)
    given = parser.parse_args()
    write(given.folder, given.people, given.documents, given.passages, given.study)
