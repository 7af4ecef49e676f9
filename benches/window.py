#!/usr/bin/env python3
"""Start, memory and scrolling of the real window, on a virtual screen without a graphics card.

    benches/window.py target/release/demarche PROJECT [--runs 5]

`cargo bench --bench workbench -- --project FOLDER` writes a project with 10 MB of text and 100,000 passages. Needs
Xvfb and xdotool. Prints the medians of all runs as a Markdown table:

- text: time from the start of the program until its text is on the screen, and the CPU time up to then;
- passages: the same until highlights are on the screen;
- memory: RssAnon once the program is idle;
- wheel: CPU time of 100 wheel notches, ten a second.
"""

import argparse
import os
import pathlib
import shutil
import statistics
import sys
import tempfile
import time

sys.path.append(str(pathlib.Path(__file__).parent.parent / "tests" / "pictures"))
from screen import Program, Screen

SIZE = (1280, 800)
# A part of the text column, away from margin and panels: left, top, right, bottom.
COLUMN = (400, 200, 700, 560)
NOTCHES = 100
NOTCH_S = 0.1
TICKS = os.sysconf("SC_CLK_TCK")


class TextScreen(Screen):
    """A screen on which text and highlights can be told from nothing."""

    def __init__(self, folder):
        super().__init__(folder, SIZE)

    def has_text(self):
        """True if a good part of the rows has dark pixels on a light ground."""
        return sum(min(row[1::4]) < 0x70 and max(row[1::4]) > 0xD0 for row in self.rows(*COLUMN)) > 100

    def has_highlights(self):
        """True if a good part of the rows has pixels that are neither dark nor grey."""
        def tinted(row):
            return any(abs(b - r) > 0x18 for b, r in zip(row[0::16], row[2::16]))
        return sum(tinted(row) for row in self.rows(*COLUMN)) > 40


class MeasuredProgram(Program):
    """A program whose time and memory are read from /proc."""

    def cpu(self):
        """CPU time of all threads so far, in seconds."""
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def memory(self, name="RssAnon"):
        """A figure of /proc, in MB of 1,000,000 bytes."""
        lines = pathlib.Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) * 1024 / 1e6 for line in lines if line.startswith(name + ":"))

    def wait_for(self, seen, limit_s=30):
        """Waits until something is on the screen. Returns the time since the start and the CPU time up to then."""
        while not seen():
            if time.monotonic() - self.started > limit_s or self.process.poll() is not None:
                return None
            time.sleep(0.004)
        return time.monotonic() - self.started, self.cpu()

    def settle(self, limit_s=30):
        """Waits until the program has used next to no CPU time for a second."""
        end = time.monotonic() + limit_s
        before = self.cpu()
        while time.monotonic() < end:
            time.sleep(1)
            now = self.cpu()
            if now - before < 0.03:
                return
            before = now

    def wheel(self):
        """CPU time of some wheel notches over the text."""
        self.xdotool("mousemove", str((COLUMN[0] + COLUMN[2]) // 2), str((COLUMN[1] + COLUMN[3]) // 2))
        self.settle()
        before = self.cpu()
        # Pressing and releasing button 5 of this pointer are a notch each.
        turns = (("mousedown", "mouseup")[number % 2] for number in range(NOTCHES))
        self.xdotool(*(word for turn in turns for word in (turn, "5", "sleep", str(NOTCH_S))))
        time.sleep(0.5)
        return self.cpu() - before


def measure(program, project, home, figures):
    """One run of the program."""
    with tempfile.TemporaryDirectory() as folder:
        screen = TextScreen(folder)
        shown = MeasuredProgram([program, project], screen, home)
        try:
            for name, seen in (("text", screen.has_text), ("passages", screen.has_highlights)):
                times = shown.wait_for(seen)
                if times:
                    figures.setdefault(f"start to {name} on the screen, s", []).append(times[0])
                    figures.setdefault(f"CPU time up to then ({name}), s", []).append(times[1])
            shown.settle()
            figures.setdefault("RssAnon when idle, MB", []).append(shown.memory())
            figures.setdefault(f"CPU time of {NOTCHES} wheel notches, s", []).append(shown.wheel())
            figures.setdefault("RssAnon after that, MB", []).append(shown.memory())
        finally:
            shown.close()
            screen.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("project")
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    figures = {}
    with tempfile.TemporaryDirectory() as home:
        copy = pathlib.Path(home, "project")
        shutil.copytree(arguments.project, copy)
        for _ in range(arguments.runs):
            measure(arguments.program, copy, home, figures)
    print("| what | median | lowest | highest | runs |\n|---|---|---|---|---|")
    for name, values in figures.items():
        print(f"| {name} | {statistics.median(values):.2f} | {min(values):.2f} | {max(values):.2f} | {len(values)} |")


if __name__ == "__main__":
    main()
