#!/usr/bin/env python3
"""Ends Demarche's window at any moment, and tests that nothing is lost.

usage: window.py DEMARCHE [--kills N] [--ends N] [--margin SECONDS]

--kills   kills the window this often (SIGKILL) while passages are tagged by keyboard; the pauses differ
--ends    sends SIGTERM, SIGHUP and SIGINT, and takes the display away, after a tag, each this often
--margin  age in seconds from which a tag must not be lost: a tenth of a second, and the time in which the window draws
          the frames of the three keys that are sent for a tag, before which it has not seen them
--pause   seconds between two tags

Each round has a project of its own. After it, a command of another person recovers the journal, `demarche check` must
be clean, and the number of passages must be right. Needs Xvfb and xdotool.
"""
import argparse, os, random, signal, subprocess, sys, tempfile, time

WORDS = 400
# The longest wait for the window, and for its end.
PATIENCE = 60


class Screen:
    """A screen without a monitor."""

    def __init__(self, home):
        read, write = os.pipe()
        self.server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x800x24", "-nolisten", "tcp"],
            pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as number:
            display = f":{number.readline().strip()}"
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "WAYLAND"))}
        self.env = {**kept, "DISPLAY": display, "HOME": home, "XDG_RUNTIME_DIR": home, "USER": "ana",
                    "LIBGL_ALWAYS_SOFTWARE": "1"}

    def tool(self, *words):
        done = subprocess.run(["xdotool", *map(str, words)], env=self.env, capture_output=True, text=True)
        return done.stdout.strip()

    def open(self, demarche, project):
        """Opens the window, with the keyboard in the text."""
        window = subprocess.Popen([demarche, project], env=self.env, stderr=subprocess.DEVNULL)
        end = time.time() + PATIENCE
        found = ""
        while not found and time.time() < end:
            time.sleep(0.1)
            found = self.tool("search", "--onlyvisible", "--pid", window.pid)
        if not found:
            sys.exit(f"no window after {PATIENCE} s; the program has {'ended' if window.poll() else 'not ended'}")
        shown = found.split()[-1]
        time.sleep(1.5)
        self.tool("windowfocus", shown)
        time.sleep(0.3)
        self.tool("key", "F5", "ctrl+Home")
        time.sleep(0.3)
        return window

    def tag(self):
        """Tags the next word. Returns when the key had been sent."""
        self.tool("key", "--delay", 5, "ctrl+shift+Right", "1", "ctrl+Right")
        return time.time()

    def close(self):
        self.server.kill()
        self.server.wait()


def command(demarche, home, *words):
    env = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    env.update(HOME=home, USER="ana")
    done = subprocess.run([demarche, *words], env=env, capture_output=True, text=True)
    return done.returncode, done.stdout, done.stderr


def create(demarche, home):
    project = os.path.join(home, "talks")
    text = os.path.join(home, "text.txt")
    with open(text, "w") as file:
        file.write("\n".join(f"word{n} of the talks" for n in range(WORDS // 4)) + "\n")
    code, _, said = command(demarche, home, "new", project, text, "--codebook", "negotiation", "--annotator", "ana")
    assert code == 0, said
    return project


def count(demarche, home, project):
    """Recovers the journal, and returns the number of passages."""
    more = os.path.join(home, "more.txt")
    with open(more, "w") as file:
        file.write("Another text.\n")
    code, _, said = command(demarche, home, "import", project, more, "--annotator", "ben")
    assert code == 0, said
    code, out, said = command(demarche, home, "check", project)
    assert code == 0, out + said
    layers = os.path.join(project, "layers", "ana")
    names = os.listdir(layers) if os.path.isdir(layers) else []
    return sum(open(os.path.join(layers, name)).read().count("(id:") for name in names)


def kill_once(demarche, margin, pause, number):
    """Kills the window. Returns the number of tags that had to be there, that were there, and that were sent."""
    with tempfile.TemporaryDirectory() as home:
        project, screen = create(demarche, home), Screen(home)
        window, sent = screen.open(demarche, project), []
        end = time.time() + 1 + random.Random(number).random() * 5
        while time.time() < end:
            sent.append(screen.tag())
            time.sleep(min(pause, max(end - time.time(), 0)))
        window.kill()
        killed = time.time()
        window.wait()
        screen.close()
        found = count(demarche, home, project)
        return sum(killed - at >= margin for at in sent), found, len(sent)


def end_once(demarche, margin, pause, how):
    """Ends the window after a tag. Returns the number of tags that had to be there, and that were there."""
    with tempfile.TemporaryDirectory() as home:
        project, screen = create(demarche, home), Screen(home)
        window = screen.open(demarche, project)
        for _ in range(5):
            time.sleep(pause)
            screen.tag()
        time.sleep(margin)
        screen.close() if how is None else window.send_signal(how)
        window.wait(PATIENCE)
        screen.close()
        found = count(demarche, home, project)
        return 5, found, 5


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("demarche")
    options.add_argument("--kills", type=int, default=0)
    options.add_argument("--ends", type=int, default=0)
    options.add_argument("--margin", type=float, default=0.3)
    options.add_argument("--pause", type=float, default=0.1)
    options = options.parse_args()
    demarche = os.path.abspath(options.demarche)
    ways = {"SIGTERM": signal.SIGTERM, "SIGHUP": signal.SIGHUP, "SIGINT": signal.SIGINT, "no display": None}
    given = (demarche, options.margin, options.pause)
    rounds = [("SIGKILL", lambda n=n: kill_once(*given, n)) for n in range(options.kills)]
    for _ in range(options.ends):
        rounds += [(name, lambda how=how: end_once(*given, how)) for name, how in ways.items()]
    bad = tags = 0
    for number, (name, run) in enumerate(rounds, 1):
        due, found, sent = run()
        tags += due
        lost = not due <= found <= sent
        bad += lost
        print(f"{number}/{len(rounds)} {name}: {found} of {sent} there, {due} due{', LOST' if lost else ''}", flush=True)
    print(f"{len(rounds)} rounds, {tags} tags, {bad} with a loss")
    sys.exit(bad > 0)


main()
