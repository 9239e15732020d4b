"""A real program in a terminal of 80x24, and when things appear on its screen. POSIX only."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from typing import Self

LONGEST_S = 30.0
ALTERNATE_SCREEN = "\x1b[?1049h"
ESCAPES = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"  # CSI: colours, positions, modes
    r"|\x1b[\]P_^].*?(?:\x07|\x1b\\)"  # OSC, DCS, APC: titles and the like
    r"|\x1b[ -/]*[0-~]",
    re.DOTALL,
)
QUIT = b"\x11"  # Ctrl+Q


class Session:
    """A program from its start to its end, with the text that it has drawn so far.

    The terminal is its controlling one: it hangs up if the benchmark itself is killed.
    """

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self._output = ""
        self.drawn_at: list[float] = []
        """When output came, in seconds of `time.perf_counter`."""
        self._began = time.perf_counter()
        self._process = subprocess.Popen(
            command,
            env={**os.environ, "TERM": "xterm-256color", **environment},
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(slave)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Press Ctrl+Q and wait for the end."""
        os.write(self._master, QUIT)
        while self._read():
            pass
        self._process.kill()  # does nothing to a program that has ended in time
        self._process.wait()
        os.close(self._master)

    @property
    def pid(self) -> int:
        """The process id of the program."""
        return self._process.pid

    def press(self, keys: str) -> None:
        """Type keys as the terminal would send them."""
        os.write(self._master, keys.encode())

    def watch(self, seconds: float) -> None:
        """Take output for this long."""
        until = time.perf_counter() + seconds
        while (left_s := until - time.perf_counter()) > 0:
            if select.select([self._master], [], [], left_s)[0] and not self._read():
                raise RuntimeError("the program has ended")

    def seconds_until(self, pattern: str) -> float:
        """Wait for text on the program's own screen; return the seconds since its start."""
        while not re.search(pattern, self._screen()):
            if not self._read():
                raise RuntimeError(f"{pattern!r} did not appear in: {self._screen()!r}")
        return time.perf_counter() - self._began

    def _screen(self) -> str:
        """Return all text drawn since the program took the screen, without its escapes."""
        return ESCAPES.sub("", self._output.partition(ALTERNATE_SCREEN)[2])

    def _read(self) -> bool:
        """Wait for output and take it; return False when the program or its time has ended."""
        left_s = max(self._began + LONGEST_S - time.perf_counter(), 0)
        if not select.select([self._master], [], [], left_s)[0]:
            return False
        try:
            output = os.read(self._master, 65536)
        except OSError:  # Linux says so when the program has closed the terminal
            return False
        self.drawn_at.append(time.perf_counter())
        self._output += output.decode("utf-8", "replace")
        return bool(output)
