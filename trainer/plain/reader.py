"""Where the lines of the plain views come from: a terminal, a pipe or a file.

A thread reads, so that something can be said, or a recording be watched, while nobody types. It
reads only when it is asked to: a terminal goes on after its end of input (Ctrl+D), and type-ahead
waits where the system keeps it. A terminal that can hands over every key, so that what is typed can
be kept before Enter and no line is too long.
"""

from __future__ import annotations

import codecs
import os
import queue
import re
import threading
from contextlib import suppress
from io import RawIOBase
from time import monotonic
from typing import Protocol, TextIO

from trainer.plain.keys import END_OF_INPUT, OpenLine
from trainer.terminal import Keys

_LOOK_EVERY_S = 0.5  # a wait without end cannot be interrupted everywhere
_LONGEST_LINE = 4095  # bytes that a terminal hands over at once
_PIECE_BYTES = 1 << 16
_ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|O.|.)?")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class InputEndedError(Exception):
    """There is no more input, so nothing can be asked."""


class Lines(Protocol):
    """Where lines come from. `is_terminal`: somebody types them, and sees what they type.

    `longest` is how many bytes of a line come at most, where more of it is lost; else None.
    """

    is_terminal: bool
    longest: int | None

    def next(self, timeout_s: float | None = None, prompt: str = "") -> str | None:
        """Return the next line, None where none came in time. Raises `InputEndedError`.

        `prompt` stands before it. Where the user left the program and came back (Ctrl+Z and fg) it
        is shown again, and what is typed of the line.
        """
        ...

    def half_typed(self) -> str:
        """Return what is typed so far of the line that was asked for, as far as that is known."""
        ...


class LineReader:
    """The lines of a stream, without their ends and without what arrow keys send.

    `by_key`: the stream is this terminal of `taking_keys`, which shows nothing by itself.
    """

    def __init__(self, stream: TextIO | None, by_key: Keys | None = None) -> None:
        self._stream = stream
        self._by_key = by_key
        self.is_terminal = stream is not None and not stream.closed and stream.isatty()
        self.longest = _LONGEST_LINE if self.is_terminal and not by_key else None
        # Python's own buffer is left alone: who ends while it waits could not have its lock.
        self._raw: RawIOBase | None = getattr(getattr(stream, "buffer", None), "raw", None)
        self._encoding = (stream and stream.encoding) or "utf-8"
        self._decoder = codecs.getincrementaldecoder(self._encoding)("replace")
        # a SimpleQueue waits without end where a signal comes when its time is over (CPython 3.11)
        self._came: queue.Queue[str | None] = queue.Queue()
        self._wanted = threading.Semaphore(0)
        self._is_asked = False
        self._rest = b""
        self._keys = ""
        self._open = OpenLine()
        threading.Thread(target=self._read_on, name="input", daemon=True).start()

    def next(self, timeout_s: float | None = None, prompt: str = "") -> str | None:
        """Return the next line, None where none came in time: see `Lines`."""
        if not self._is_asked:
            self._is_asked = True
            self._wanted.release()
        until_s = None if timeout_s is None else monotonic() + timeout_s
        while True:
            left_s = _LOOK_EVERY_S if until_s is None else until_s - monotonic()
            try:
                line = self._came.get(timeout=max(0.0, min(left_s, _LOOK_EVERY_S)))
            except queue.Empty:
                self._show_again(prompt)
                if until_s is not None and monotonic() >= until_s:
                    return None
                continue
            self._is_asked = False
            if line is None:
                raise InputEndedError
            return line

    def half_typed(self) -> str:
        """Return what is typed so far of the line that was asked for, if keys come one by one."""
        return self._open.text if self._is_asked else ""

    def _show_again(self, prompt: str) -> None:
        if self._by_key and self._by_key.is_back:
            self._by_key.is_back = False
            self._show(f"\r{prompt}{self.half_typed()}")

    def _read_on(self) -> None:
        while True:
            self._wanted.acquire()
            self._came.put(self._read())

    def _read(self) -> str | None:
        try:
            line = self._read_line()
        except (OSError, ValueError):  # the terminal is gone, or the stream is closed
            return None
        return None if line is None else _CONTROLS.sub("", _ESCAPES.sub("", line))

    def _read_line(self) -> str | None:
        if self._stream is None:
            return None
        if self._raw is None:
            line = self._stream.readline()
            return line.rstrip("\r\n") if line else None
        if self._by_key:
            return self._typed_line(self._raw)
        while b"\n" not in self._rest:
            piece = self._raw.read(_PIECE_BYTES)
            if not piece:
                line, self._rest = self._rest.decode(self._encoding, "replace"), b""
                return line or None
            self._rest += piece
        whole, _, self._rest = self._rest.partition(b"\n")
        return whole.decode(self._encoding, "replace").rstrip("\r")

    def _typed_line(self, raw: RawIOBase) -> str | None:
        line = self._open = OpenLine()
        while True:
            shown: list[str] = []
            for at, key in enumerate(self._keys, 1):
                if key in "\r\n" or (key == END_OF_INPUT and not line.text):
                    self._keys = self._keys[at:]
                    self._show("".join(shown) + ("" if key == END_OF_INPUT else "\n"))
                    return None if key == END_OF_INPUT else line.text
                shown.append(line.take(key))
            self._show("".join(shown))
            piece = raw.read(_PIECE_BYTES)
            if not piece:
                return line.text or None
            self._keys = self._decoder.decode(piece)

    def _show(self, text: str) -> None:
        data = text.encode(self._encoding, "replace")
        with suppress(OSError, ValueError):  # the terminal is gone: the next reading says so
            while data and self._raw:
                data = data[os.write(self._raw.fileno(), data) :]
