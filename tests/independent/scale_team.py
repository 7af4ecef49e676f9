"""Ten people work on one project in git: the size of the repository and the time of each merge.

    DEMARCHE=target/release/demarche python3 scale_team.py FOLDER [--people 10] [--documents 1000] [--passages 100]

FOLDER, which must not exist, gets the project `FOLDER/team`: one commit with the texts, a branch for each person with
their passages, and the merges of all branches. Last comes the case that costs most: the same person has changed all their
layers on two machines. Git merges with Demarche's merge driver. At the end the counts of `demarche summary` are checked.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import scale_data

DEMARCHE = os.path.abspath(os.environ.get("DEMARCHE", "target/release/demarche"))
QUIET = ["-c", "user.name=Scale", "-c", "user.email=scale@example.org", "-c", "gc.auto=0", "-c", "maintenance.auto=false",
         "-c", "merge.demarche.name=Demarche", "-c", f"merge.demarche.driver={DEMARCHE} merge-driver %O %A %B %P"]


def run(*arguments):
    done = subprocess.run([str(argument) for argument in arguments], capture_output=True, text=True, encoding="utf-8")
    if done.returncode:
        sys.exit(f"{' '.join(map(str, arguments))}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stdout


def timed(name, *arguments):
    start = time.perf_counter()
    run(*arguments)
    seconds = time.perf_counter() - start
    if name:
        print(f"{name:<60} {seconds:8.2f} s", flush=True)
    return seconds


class Team:
    def __init__(self, folder):
        self.folder = folder

    def git(self, *arguments):
        return run("git", "-C", self.folder, *QUIET, *arguments)

    def commit(self, message):
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)

    def merge(self, name, branch):
        return timed(name, "git", "-C", self.folder, *QUIET, "merge", "--quiet", "--no-edit", branch)

    def size(self, name):
        files = [path for path in self.folder.rglob("*") if path.is_file() and ".git" not in path.parts]
        print(f"{name + ': working tree, ' + str(len(files)) + ' files':<60} "
              f"{sum(path.stat().st_size for path in files) / 1e6:8.0f} MB")

    def packed(self, name):
        git = self.folder / ".git"
        print(f"{name:<60} {sum(path.stat().st_size for path in git.rglob('*') if path.is_file()) / 1e6:8.0f} MB", flush=True)


def edit(team, coder, phase, change):
    """Changes every twentieth passage of a coder's layers, beginning with number `phase`."""
    changed = 0
    for path in sorted((team.folder / "layers" / coder).glob("*.ron")):
        lines, number = path.read_text("utf-8").split("\n"), 0
        for at, line in enumerate(lines):
            if line.lstrip().startswith('(id: "') and "category: " in line:
                if number % 20 == phase:
                    lines[at] = change(line)
                    assert lines[at] != line, line
                    changed += 1
                number += 1
        path.write_text("\n".join(lines), "utf-8", newline="\n")
    return changed


def main(folder, people, documents, passages):
    data, project = folder / "data", folder / "team"
    scale_data.write(data, people, documents, passages, 1)
    coders = [f"coder{number:02}" for number in range(1, people + 1)]
    timed("demarche new, with the texts", DEMARCHE, "new", project, data / "texts.jsonl", "--codebook", "negotiation",
          "--annotator", "lead", "--new-annotator")
    run(DEMARCHE, "people", project, "add", *coders)
    team = Team(project)
    team.git("init", "--quiet", "--initial-branch", "main")
    team.commit("Texts and people")
    team.size("before")

    imports = []
    for coder in coders:
        team.git("checkout", "--quiet", "-b", coder, "main")
        imports.append(timed(None, DEMARCHE, "import", project, data / f"{coder}.jsonl", "--annotator", coder))
        team.commit(f"Passages of {coder}")
        (data / f"{coder}.jsonl").unlink()
    print(f"{'demarche import of one person, slowest of ' + str(people):<60} {max(imports):8.2f} s")
    team.git("checkout", "--quiet", "main")
    merges = [team.merge(None, coder) for coder in coders]
    for name, seconds in (("first", merges[0]), ("last", merges[-1]), ("slowest", max(merges)), ("all", sum(merges))):
        print(f"{'git merge of one branch each, ' + name:<60} {seconds:8.2f} s")

    team.git("checkout", "--quiet", "-b", "laptop")
    def other_category(line):
        return re.sub('category: "[^"]+"', 'category: "withdrawal"', line, count=1)

    moved = edit(team, coders[0], 0, other_category)
    team.commit("Work on the laptop")
    team.git("checkout", "--quiet", "main")
    edit(team, coders[0], 10, other_category)
    team.commit("Work on the desktop")
    seconds = team.merge("git merge, one person on two machines, all layers changed", "laptop")
    print(f"{'  for each layer, by the merge driver':<60} {seconds / documents * 1000:8.1f} ms")

    team.size("after")
    team.packed(".git as committed, each file compressed")
    timed("git gc", "git", "-C", project, *QUIET, "gc", "--quiet")
    team.packed(".git after git gc, all history")
    timed("git clone, local", "git", "clone", "--quiet", "--no-hardlinks", project, folder / "clone")

    run("git", "-C", project, "diff", "--quiet", "HEAD")
    start = time.perf_counter()
    counts = json.loads(run(DEMARCHE, "summary", project, "--json"))
    print(f"{'demarche summary --json':<60} {time.perf_counter() - start:8.2f} s")
    categories = {row["id"]: row["spans"] for row in counts["categories"]}
    expected = people * documents * passages, 2 * moved
    found = counts["spans"], categories["withdrawal"]
    print(f"passages, and changed on two machines: {found}, {'as expected' if found == expected else f'not {expected}'}")
    return 0 if found == expected else 1


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    for name, default in (("people", 10), ("documents", 1000), ("passages", 100)):
        parser.add_argument(f"--{name}", type=int, default=default)
    given = parser.parse_args()
    sys.exit(main(given.folder, given.people, given.documents, given.passages))
