#!/usr/bin/env python3
"""Pictures of every screen and dialog, to be looked at.

    tests/pictures/take.py target/release/demarche [--out DIR] [--sizes 1024x700,1280x800,1920x1080]
        [--themes light,dark] [--steps FILE …] [--only NAME]

Goes through the steps of tests/pictures/*.steps (or FILE) in each size and theme, and writes DIR/SIZE-THEME/NAME.png
(DIR/NAME.png for one size and theme). The pictures of the README come from docs/pictures/steps. Needs Xvfb, xdotool
and OpenGL in software (on Debian: xvfb, xdotool, libgl1-mesa-dri, libxcursor1, libxi6, libxkbcommon-x11-0,
libfontconfig1, fonts-noto-core, fonts-noto-cjk).

A step is a line:

    shot NAME           take a picture, once nothing moves any more
    key KEY …           press keys, named as xdotool names them
    type TEXT           type a text
    run COMMAND         run a command by its name, in the palette
    click X Y           click at a point; negative numbers count from the right or bottom
    sleep SECONDS       wait
    sample              open the sample project; every file begins on the start page
    # …                 a comment
"""

import argparse
import json
import pathlib
import shlex
import tempfile
import time

from screen import Program, Screen

HERE = pathlib.Path(__file__).parent


def settings(home, theme):
    """Writes the settings of a user who has chosen a theme."""
    folder = pathlib.Path(home, "config", "demarche")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "settings.json").write_text(json.dumps({"theme": theme}))


class Walk:
    """A program that goes through steps."""

    def __init__(self, arguments, size, theme, out):
        self.size, self.only, self.out = size, arguments.only, out
        self.out.mkdir(parents=True, exist_ok=True)
        self.program_path, self.theme = arguments.program, theme
        self.taken = 0

    def through(self, file):
        """Goes through the steps of a file, in a new window."""
        with tempfile.TemporaryDirectory() as home, tempfile.TemporaryDirectory() as buffer:
            settings(home, self.theme)
            self.screen = Screen(buffer, self.size)
            self.program = Program([self.program_path], self.screen, home)
            try:
                self.program.fill(self.screen)
                # Where it points at nothing.
                self.program.xdotool("mousemove", self.size[0] - 1, self.size[1] - 1)
                self.screen.wait_until_still()
                for line in file.read_text().splitlines():
                    self.step(line)
                    if self.program.process.poll() is not None:
                        raise SystemExit(f"{file.name}: the program has ended after “{line}”")
            finally:
                self.program.close()
                self.screen.close()

    def step(self, line):
        step, _, text = line.partition(" ")
        if not step or step.startswith("#"):
            return
        getattr(self, f"do_{step}")(text.strip())

    def do_shot(self, name):
        if self.only and self.only not in name:
            return
        self.screen.wait_until_still(0.6)
        self.screen.save(self.out / f"{name}.png")
        self.taken += 1

    def do_key(self, keys):
        for key in shlex.split(keys):
            self.program.xdotool("key", key)
            time.sleep(0.2)
        self.screen.wait_until_still(0.3, 5)

    def do_type(self, text):
        self.program.xdotool("type", "--delay", 20, text)
        self.screen.wait_until_still(0.3, 5)

    def do_run(self, command):
        self.do_key("ctrl+k")
        self.do_type(command)
        self.do_key("Return")
        self.screen.wait_until_still(0.3, 5)

    def do_click(self, place):
        x, y = (number % extent for number, extent in zip(map(int, place.split()), self.size))
        self.program.xdotool("mousemove", x, y)
        time.sleep(0.1)
        self.program.xdotool("click", 1)
        self.screen.wait_until_still(0.3, 5)

    def do_sleep(self, seconds):
        time.sleep(float(seconds))

    def do_sample(self, _):
        # The last entry of the start page.
        self.do_key("Down Down Down Down Return")
        self.screen.wait_until_still(1.0, 20)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--out", default="pictures")
    parser.add_argument("--sizes", default="1024x700,1280x800,1920x1080")
    parser.add_argument("--themes", default="light,dark")
    parser.add_argument("--steps", nargs="*", type=pathlib.Path, default=sorted(HERE.glob("*.steps")))
    parser.add_argument("--only", help="only pictures with this in their names")
    arguments = parser.parse_args()
    sizes, themes = arguments.sizes.split(","), arguments.themes.split(",")
    for size in sizes:
        for theme in themes:
            is_only = len(sizes) == 1 and len(themes) == 1
            out = pathlib.Path(arguments.out) if is_only else pathlib.Path(arguments.out, f"{size}-{theme}")
            walk = Walk(arguments, tuple(map(int, size.split("x"))), theme, out)
            for file in arguments.steps:
                walk.through(file)
            print(f"{walk.taken} pictures: {walk.out}", flush=True)


if __name__ == "__main__":
    main()
