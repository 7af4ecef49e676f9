"""Turns what an independent implementation of the ledger has computed into the golden files of tests/golden/analysis.

Usage: ledger_reference.py REFERENCE.json OUT_FOLDER PREFIX

REFERENCE.json holds an object per coder. OUT_FOLDER gets a file PREFIXcoder.json for each, in the form of `analyse --format
json`. When the sample changes, compute the reference again and run this."""
import json, sys


def name(text):
    return None if text == "None" else text


def matrix(cells):
    rows = []
    for cell, roles in cells.items():
        row, column = cell.split(" | ")
        rows += [{"row": name(row), "column": name(column), "role": role, "moves": n} for role, n in roles.items()]
    return sorted(rows, key=lambda row: (row["row"] or "", row["column"] or "", row["role"]))


def converted(coder):
    asks = [{k: v for k, v in ask.items() if k not in ("first", "candidate_roles")} for ask in coder["asks"]]
    out = {key: coder[key] for key in ("passages", "moves", "excluded", "not_stated", "reported", "conditional")}
    out["demands"], out["offers"] = coder["demands"], coder["offers"]
    out["delay"] = {key: coder["delay"][key] for key in ("n", "median")}
    out["with_candidates"] = {key: coder["possible answers"][key] for key in ("demands", "offers")}
    out["ignored_repeats"] = coder["repeats"]["ignored"]
    out["balance"] = coder["concessions and balance"]
    out["matrix"] = matrix(coder["matrix actor × issue"])
    out["actors"] = [{"id": actor, **figures} for actor, figures in coder["actors"].items()]
    out["asks"] = asks
    return out


def lines(value):
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return "[\n" + ",\n".join("  " + json.dumps(one, ensure_ascii=False) for one in value) + "\n ]"
    return json.dumps(value, ensure_ascii=False)


def main(reference, folder, prefix):
    for coder, figures in json.load(open(reference, encoding="utf-8")).items():
        if coder == "documents of all":
            continue
        body = ",\n".join(f" {json.dumps(key)}: {lines(value)}" for key, value in converted(figures).items())
        with open(f"{folder}/{prefix}{coder}.json", "w", encoding="utf-8") as out:
            out.write("{\n" + body + "\n}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
