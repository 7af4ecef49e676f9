"""A virtual screen (Xvfb) and a program on it, driven by xdotool. Shared by tests/pictures and benches/window.py."""

import mmap
import os
import pathlib
import struct
import subprocess
import time
import zlib


class Screen:
    """A virtual screen, whose pixels can be read without asking the X server."""

    def __init__(self, folder, size):
        self.size = size
        read, write = os.pipe()
        self.server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{size[0]}x{size[1]}x24", "-fbdir", folder,
             "-nolisten", "tcp"],
            pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as pipe:
            self.display = ":" + pipe.readline().strip()
        with open(pathlib.Path(folder, "Xvfb_screen0"), "rb") as file:
            self.buffer = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
        head = struct.unpack(">25I", self.buffer[:100])
        self.stride, self.start = head[12], head[0] + 12 * head[19]

    def rows(self, left, top, right, bottom):
        """Rows of a part of the screen, as bytes in the order blue, green, red, unused."""
        for y in range(top, bottom):
            at = self.start + y * self.stride
            yield self.buffer[at + 4 * left:at + 4 * right]

    def checksum(self):
        """A number that changes with the picture."""
        return zlib.crc32(self.buffer[self.start:self.start + self.size[1] * self.stride])

    def wait_until_still(self, still_s=0.35, limit_s=8.0):
        """Waits until the picture has not changed for a while."""
        end = time.monotonic() + limit_s
        last, since = self.checksum(), time.monotonic()
        while time.monotonic() < end and time.monotonic() - since < still_s:
            time.sleep(0.05)
            now = self.checksum()
            if now != last:
                last, since = now, time.monotonic()

    def save(self, path):
        """Writes the picture as PNG."""
        width, height = self.size
        raw = bytearray()
        for row in self.rows(0, 0, width, height):
            pixels = bytearray(3 * width)
            pixels[0::3], pixels[1::3], pixels[2::3] = row[2::4], row[1::4], row[0::4]
            raw += b"\0" + pixels

        def chunk(kind, data):
            return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

        head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
        body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(raw), 6)) + chunk(b"IEND", b"")
        pathlib.Path(path).write_bytes(b"\x89PNG\r\n\x1a\n" + body)

    def close(self):
        self.server.terminate()
        self.server.wait()


class Program:
    """A program on a screen, with folders of its own for settings and state."""

    def __init__(self, command, screen, home):
        kept = {"XDG_CONFIG_HOME": f"{home}/config", "XDG_DATA_HOME": f"{home}/data",
                "XDG_STATE_HOME": f"{home}/state", "XDG_CACHE_HOME": f"{home}/cache", "HOME": str(home)}
        self.env = {**os.environ, **kept, "DISPLAY": screen.display, "LIBGL_ALWAYS_SOFTWARE": "1"}
        self.env.pop("WAYLAND_DISPLAY", None)
        self.started = time.monotonic()
        self.process = subprocess.Popen(command, env=self.env, stderr=subprocess.DEVNULL)

    def xdotool(self, *arguments):
        found = subprocess.run(["xdotool", *map(str, arguments)], env=self.env, capture_output=True, text=True)
        if found.returncode and arguments[0] != "search":
            raise SystemExit(f"xdotool {arguments}: {found.stderr}")
        return found.stdout.split()

    def fill(self, screen, limit_s=30):
        """Waits for the window, and makes it as large as the screen."""
        end = time.monotonic() + limit_s
        while time.monotonic() < end and self.process.poll() is None:
            windows = self.xdotool("search", "--onlyvisible", "--pid", self.process.pid)
            if windows:
                self.xdotool("windowmove", windows[-1], 0, 0)
                self.xdotool("windowsize", windows[-1], *screen.size)
                self.xdotool("windowfocus", windows[-1])
                return
            time.sleep(0.1)
        raise SystemExit("the program has shown no window")

    def close(self):
        self.process.terminate()
        self.process.wait()
