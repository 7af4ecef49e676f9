"""Computes tables 4 to 7 of `demarche report` from the passages alone, and compares them cell by cell.

    python3 report.py PROJECT export.jsonl CODER report.md [report.xlsx]

PROJECT is the folder of the project: its project.ron says what categories, persons, collectives and observers are. The passages
and links are those of the JSONL export. The report is that of one coder, without a filter. A workbook is read with openpyxl.
"""
import datetime
import itertools
import json
import re
import sys
from collections import Counter, defaultdict

NONE = "not specified"
HARD = {"demand", "threat", "rejection", "withdrawal"}
SOFT = {"offer", "concession", "commitment", "acceptance"}
AGREEING = {"acceptance", "commitment", "deed+"}
REFUSING = {"rejection", "threat", "withdrawal", "deed-"}
PARTLY = {"demand": {"concession", "offer"}, "offer": {"concession"}}
COUNTERING = {"demand": {"demand"}, "offer": {"offer", "demand"}}
STATES = ["met", "half", "refused", "countered", "dropped", "otherwise", "open"]
POSSIBLE = {"acceptance", "commitment", "concession", "offer", "rejection", "threat", "deed+", "deed-"}
WINDOW = 3
TEXT = r'"((?:[^"\\]|\\.)*)"'


class Project:
    def __init__(self, folder):
        source = open(f"{folder}/project.ron", encoding="utf-8").read()
        self.documents = re.findall(r"^\s*\(id: " + TEXT + ", title: ", source, re.M)
        self.categories, roles, above = {}, {}, {}
        for line in source.splitlines():
            if found := re.match(r"\s*\(id: " + TEXT + ", name: " + TEXT + ', .*colour: "#', line):
                self.categories[found[1]] = found[2]
                if code := re.search(r'"MOVE": \["([^"]+)"', line):
                    roles[found[1]] = code[1]
                if parent := re.search(r"parent: (?:Some\()?" + TEXT, line):
                    above[found[1]] = parent[1]
        self.answers = {"responds-to"} | set(re.findall(r"^\s*\(id: " + TEXT + ", name: .*answers: true", source, re.M))
        self.persons = dict(re.findall(TEXT + ": " + TEXT, self.block(source, "persons", "{}")))
        self.below = dict(re.findall(TEXT + ": " + TEXT, self.block(source, "issues_below", "{}")))
        self.observers = set(re.findall(TEXT, self.block(source, "observers", "[]")))
        members = re.findall(TEXT + r": \[([^\]]*)\]", self.block(source, "members", "{}"))
        self.members = {name: set(re.findall(TEXT, names)) for name, names in members}
        self.actors = re.findall(TEXT, self.block(source, "actors", "[]"))
        self.issues = re.findall(TEXT, self.block(source, "issues", "[]"))

        def role(category):
            return roles[category] if category in roles else role(above[category]) if category in above else None

        self.role = {category: role(category) for category in self.categories}

    def block(self, source, name, ends):
        found = re.search(r"^\s*" + name + r": \%s(.*?)\%s" % tuple(ends), source, re.S | re.M)
        return found[1] if found else ""

    def parties(self, names):
        return {party for name in names for party in self.members.get(name, {name})}

    def chain(self, issue):
        out = []
        while issue and issue not in out:
            out.append(issue)
            issue = self.below.get(issue)
        return out


def values(value):
    if value is None:
        return []
    entries = value if isinstance(value, list) else [value]
    return [entry.get("date", entry) if isinstance(entry, dict) else entry for entry in entries]


def days(date):
    """The first and the last day that a date can mean."""
    if not date:
        return None
    parts = [int(part) for part in date.split("-")]
    first = datetime.date(parts[0], *(parts[1:] + [1, 1])[:2])
    if len(parts) == 3:
        return first.toordinal(), first.toordinal()
    after = datetime.date(parts[0] + 1, 1, 1)
    if len(parts) == 2:
        after = datetime.date(parts[0] + parts[1] // 12, parts[1] % 12 + 1, 1)
    return first.toordinal(), after.toordinal() - 1


def passages(project, export, coder):
    """All passages of a coder in the order of time, and their links."""
    all_, links = [], []
    for line in open(export, encoding="utf-8"):
        document = json.loads(line)
        links += [link for link in document["links"] if link["annotator"] == coder]
        for span in document["spans"]:
            if span["annotator"] != coder:
                continue
            of = lambda name: values(span["attributes"].get(name))
            fold = lambda names: sorted({project.persons.get(name, name) for name in names})
            when, time = (of("when") or [None])[0], (of("time") or [None])[0]
            all_.append({
                "id": span["id"], "document": document["id"], "ranges": span["ranges"], "category": span["category"],
                "role": project.role[span["category"]],
                "actors": fold(of("actor")) or fold(name for name in of("speaker") if name in project.persons),
                "targets": fold(of("target")), "issues": of("issue"),
                "order": days(when or document.get("date")), "reported": time == "past" and not when,
                "is_move": not (of("negated") or [False])[0] and time != "hypothetical",
                "is_conditional": (of("conditional") or [False])[0],
            })
    place = {document: at for at, document in enumerate(project.documents)}
    all_.sort(key=lambda one: (one["order"] is None, one["order"] or (0, 0), place[one["document"]],
                               one["ranges"][0][0], -one["ranges"][-1][1], one["id"]))
    for one in all_:
        holders = (other for other in all_ if other["role"] in ("offer", "threat") and other is not one)
        one["condition"] = one["role"] == "demand" and any(is_inside(one, other) for other in holders)
        one["recommendation"] = one["role"] == "demand" and bool(one["actors"]) and set(one["actors"]) <= project.observers
    return all_, links


def is_inside(one, other):
    alike = one["document"] == other["document"] and one["actors"] == other["actors"]
    return alike and all(any(a <= c and d <= b for a, b in other["ranges"]) for c, d in one["ranges"])


def overlap(one, other):
    return one["document"] == other["document"] and any(
        a < d and c < b for a, b in one["ranges"] for c, d in other["ranges"])


def asks(project, all_, links):
    """Each demand or offer with its state and whether a possible answer is in reach."""
    by_id = {one["id"]: one for one in all_}
    place = {one["id"]: at for at, one in enumerate(all_)}
    moves = [one for one in all_ if one["is_move"]]
    near = defaultdict(set)
    for link in links:
        if link["kind"] == "repeats" and link["from"] in by_id and link["to"] in by_id:
            one, two = by_id[link["from"]], by_id[link["to"]]
            if (one["role"], one["actors"]) == (two["role"], two["actors"]):
                near[one["id"]].add(two["id"])
                near[two["id"]].add(one["id"])
    seen = set()
    for first in moves:
        if first["role"] not in ("demand", "offer") or first["id"] in seen:
            continue
        group, waiting = set(), [first["id"]]
        while waiting:
            at = waiting.pop()
            if at not in group:
                group.add(at)
                waiting += near[at]
        seen |= group
        chain = [one for one in moves if one["id"] in group]
        if all(one["condition"] for one in chain) or all(one["recommendation"] for one in chain):
            continue
        linked = {link["from"] for link in links if link["kind"] in project.answers and link["to"] in group}
        linked = [one for one in moves if one["id"] in linked - group]
        askers = project.parties(first["actors"])
        asked = project.parties(first["targets"]) - askers
        decided = [(one, says(project, first["role"], askers, asked, one)) for one in linked]
        decided = [(one, state) for one, state in decided if state]
        yield first, state_of(project, asked, linked, decided), bool(
            not linked and askers and asked and has_possible(project, moves, place, first, askers, asked))


def says(project, kind, askers, asked, answer):
    parties, role = project.parties(answer["actors"]), answer["role"]
    if parties and parties <= askers:
        return "dropped" if role in ("concession", "withdrawal") else None
    if asked and parties and not parties & asked:
        return None
    if role in AGREEING:
        return "half" if answer["is_conditional"] else "met"
    for state, roles in (("half", PARTLY[kind]), ("refused", REFUSING), ("countered", COUNTERING[kind])):
        if role in roles:
            return state
    return None


def state_of(project, asked, linked, decided):
    if not decided:
        return "otherwise" if linked else "open"
    if len(asked) < 2:
        return decided[-1][1]
    each = []
    for party in asked:
        own = [state for one, state in decided
               if state == "dropped" or not one["actors"] or party in project.parties(one["actors"])]
        each.append(own[-1] if own else "open")
    if len(set(each)) == 1:
        return each[0]
    return "half" if {"met", "half"} & set(each) else decided[-1][1]


def has_possible(project, moves, place, first, askers, asked):
    later = []
    for one in moves:
        parties = project.parties(one["actors"])
        if place[one["id"]] > place[first["id"]] and not overlap(one, first) and not one["reported"]:
            if parties & asked and not parties & askers:
                later.append(one)
    reach = list(dict.fromkeys(one["document"] for one in later))[:WINDOW]
    for one in later:
        about = {above for issue in one["issues"] for above in project.chain(issue)}
        to_asker = not one["targets"] or project.parties(one["targets"]) & askers
        if one["document"] in reach and one["role"] in POSSIBLE and about & set(first["issues"]) and to_asker:
            return True
    return False


def share(count, whole):
    return f"{count} ({100 * count / whole:.1f} %)" if whole else str(count)


def categories_by_actor(project, moves):
    counts, wholes = Counter(), Counter()
    for one in moves:
        for actor in one["actors"] or [NONE]:
            counts[project.categories[one["category"]], actor] += 1
            wholes[actor] += 1
    rows = Counter(project.categories[one["category"]] for one in moves)
    table = {(row, actor): share(count, wholes[actor]) for (row, actor), count in counts.items()}
    table |= {(row, "All"): share(count, len(moves)) for row, count in rows.items()}
    table |= {("All", actor): share(count, count) for actor, count in wholes.items()}
    return table | {("All", "All"): share(len(moves), len(moves))}


def issues_by_actor(moves):
    table = Counter()
    for one in moves:
        actors, issues = one["actors"] or [NONE], one["issues"] or [NONE]
        table.update((actor, issue) for actor in actors for issue in issues)
        table.update((actor, "All") for actor in actors)
        table.update(("All", issue) for issue in issues)
        table["All", "All"] += 1
    return {cell: str(count) for cell, count in table.items()}


def outcomes(project, all_, links):
    columns = ["n", *STATES, "possible"]
    table = Counter()
    for first, state, has_answers in asks(project, all_, links):
        kind = {"demand": "Demands", "offer": "Offers"}[first["role"]]
        in_order = lambda names: ", ".join(sorted(names, key=project.actors.index))
        pair = f"{in_order(first['actors']) or NONE} → {in_order(first['targets'])}"
        for row in (f"{kind}: {pair if first['targets'] else 'no addressee'}", f"All {kind.lower()}"):
            table[row, "n"] += 1
            table[row, state] += 1
            table[row, "possible"] += state == "open" and has_answers
    return {(row, column): str(table[row, column]) for row, _ in list(table) for column in columns}


def transitions(all_):
    """Each move with the next of its document that does not overlap it, folded to hard, soft and reason below 300 pairs."""
    pairs, last = [], None
    moves = [one for one in all_ if one["is_move"] and not one["condition"] and not one["recommendation"]]
    for one in sorted(moves, key=lambda one: (one["document"], one["ranges"][0][0], -one["ranges"][-1][1], one["id"])):
        if last and last["document"] == one["document"]:
            if one["ranges"][0][0] < last["ranges"][-1][1]:
                continue
            pairs.append((last["role"], one["role"]))
        last = one
    if len(pairs) < 300:
        fold = lambda role: ("hard" if role in HARD else "soft" if role in SOFT
                             else "reason" if role == "reason" else "other")
        pairs = [(fold(one), fold(two)) for one, two in pairs]
    seen, rows, columns = Counter(pairs), Counter(one for one, _ in pairs), Counter(two for _, two in pairs)
    table = {}
    for one in rows | columns:
        for two in rows | columns:
            expected = rows[one] * columns[two] / len(pairs)
            spread = expected * (1 - rows[one] / len(pairs)) * (1 - columns[two] / len(pairs))
            z = (seen[one, two] - expected) / spread**0.5 if spread else None
            table[one, two] = (str(seen[one, two]), f"{expected:.2f}", "" if z is None else f"{z:.2f}")
    return table


def plain(cell):
    return re.sub(r"\\(.)", r"\1", cell.strip().strip("*")).replace("−", "-").replace("\u00a0", " ").replace("\u202f", " ")


def markdown(path, number):
    """The rows of a table of the report in Markdown."""
    lines = open(path, encoding="utf-8").read().split(f"### Table {number}. ")[1].split("\n### ")[0].splitlines()
    rows = [re.split(r"(?<!\\)\|", line)[1:-1] for line in lines if line.startswith("|")]
    return [[plain(cell) for cell in row] for at, row in enumerate(rows) if at != 1]


def workbook(path, number):
    """The same rows of the workbook, in which shares are a count and a column of percent."""
    import openpyxl
    sheet = openpyxl.load_workbook(path)[f"Table {number}"]
    rows = [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    start = next(at for at, row in enumerate(rows) if sum(cell != "" for cell in row) > 2)
    return list(itertools.takewhile(lambda row: row[1] != "", rows[start:]))


def compare(name, rows, expected):
    """Compares each cell of a table with rows and columns; what is not expected has to be zero."""
    head, found = rows[0][1:], {}
    for row in rows[1:]:
        found |= {(row[0], column): cell for column, cell in zip(head, row[1:])}
    missing = {cell: value for cell, value in expected.items() if cell not in found and value not in ("0", "0 (0.0 %)")}
    assert not missing, (name, missing)
    wrong = {cell: (value, expected.get(cell)) for cell, value in found.items()
             if value != expected.get(cell, value if value in ("0", "0 (0.0 %)") else None)}
    assert not wrong, (name, wrong)
    return len(found)


def compare_workbook(book, project, all_, links):
    moves = [one for one in all_ if one["is_move"]]
    counts = {cell: value.split(" ")[0] for cell, value in categories_by_actor(project, moves).items()}
    rows = workbook(book, 4)
    kept = [0] + [at for at, head in enumerate(rows[0]) if head.endswith(", n")]
    rows = [[row[at].removesuffix(", n") for at in kept] for row in rows]
    cells = compare("Table 4", rows, counts) + compare("Table 5", workbook(book, 5), issues_by_actor(moves))
    rows = workbook(book, 6)
    rows[0][1:] = ["n", *STATES, "possible"]
    cells += compare("Table 6", rows, outcomes(project, all_, links))
    two = lambda number: f"{float(number):.2f}" if number else ""
    found = {(row[0], row[1]): (row[2], two(row[3]), two(row[4])) for row in workbook(book, 7)[1:] if row[1]}
    assert found == transitions(all_), ("Table 7", found)
    return cells + 3 * len(found)


def main(folder, export, coder, report, book=None):
    project = Project(folder)
    all_, links = passages(project, export, coder)
    moves = [one for one in all_ if one["is_move"]]
    sizes = [compare("Table 4", markdown(report, 4), categories_by_actor(project, moves))]
    sizes.append(compare("Table 5", markdown(report, 5), issues_by_actor(moves)))
    rows = markdown(report, 6)
    rows[0][1:] = ["n", *STATES, "possible"]
    sizes.append(compare("Table 6", rows, outcomes(project, all_, links)))
    expected = transitions(all_)
    rows = markdown(report, 7)[1:]
    found = {(row[0], row[1]): tuple(row[2:5]) for row in rows}
    assert found == expected, ("Table 7", {cell: (found.get(cell), value) for cell, value in expected.items() if found.get(cell) != value})
    sizes.append(3 * len(found))
    if book:
        sizes.append(compare_workbook(book, project, all_, links))
    print(f"{coder}: {len(moves)} moves; cells that agree in tables 4 to 7: {', '.join(map(str, sizes))}")


if __name__ == "__main__":
    main(*sys.argv[1:])
