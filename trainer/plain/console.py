"""Lines out and lines in: the only ways in which the plain views meet their user.

A thread reads, so that something can be said, or a recording be watched, while nobody types. It
reads only when it is asked to: a terminal goes on after its end of input (Ctrl+D), and type-ahead
waits where the system keeps it.
"""

from __future__ import annotations

import queue
import re
import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from io import RawIOBase
from time import monotonic
from typing import Protocol, TextIO

from trainer.display import one_line, visible
from trainer.errors import TrainerError
from trainer.lines.text import wrapped
from trainer.terminal import hand_over_line

LONGEST_LINE = 4095
"""Bytes that a terminal hands over at once; what is typed beyond that in one line is lost."""

_LOOK_EVERY_S = 0.5  # a wait without end cannot be interrupted everywhere
_HALF_LINE_S = 0.2
_PIECE_BYTES = 1 << 16
_ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|O.|.)?")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_LONGEST_SHOWN = 40
_MOST_DIGITS = 9
_BLANK = "\N{NO-BREAK SPACE}"


class InputEndedError(Exception):
    """There is no more input, so nothing can be asked."""


class Lines(Protocol):
    """Where lines come from. `is_terminal`: somebody types them, and sees what they type."""

    is_terminal: bool

    def next(self, timeout_s: float | None = None) -> str | None:
        """Return the next line, None where none came in time. Raises `InputEndedError`."""
        ...

    def half_typed(self) -> str:
        """Return what was typed of a line that nobody will end; asked once, at the end of all."""
        ...


class LineReader:
    """The lines of a stream, without their ends and without what arrow keys send."""

    def __init__(self, stream: TextIO | None) -> None:
        self._stream = stream
        self.is_terminal = stream is not None and not stream.closed and stream.isatty()
        self._came: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._wanted = threading.Semaphore(0)
        self._is_asked = False
        self._rest = b""
        self._takes_halves = False
        threading.Thread(target=self._read_on, name="input", daemon=True).start()

    def next(self, timeout_s: float | None = None) -> str | None:
        """Return the next line, None where none came in time. Raises `InputEndedError`."""
        if not self._is_asked:
            self._is_asked = True
            self._wanted.release()
        until_s = None if timeout_s is None else monotonic() + timeout_s
        while True:
            left_s = _LOOK_EVERY_S if until_s is None else until_s - monotonic()
            try:
                line = self._came.get(timeout=max(0.0, min(left_s, _LOOK_EVERY_S)))
            except queue.Empty:
                if until_s is not None and monotonic() >= until_s:
                    return None
                continue
            self._is_asked = False
            if line is None:
                raise InputEndedError
            return line

    def half_typed(self) -> str:
        """Return what was typed of a line that nobody will end; asked once, at the end of all.

        Only a terminal inside `keeping_open_line` still has it.
        """
        if not (self._stream and self.is_terminal and self._is_asked):
            return ""
        self._takes_halves = True
        if not hand_over_line(self._stream):
            return ""
        with suppress(queue.Empty):
            return self._came.get(timeout=_HALF_LINE_S) or ""
        return ""

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
        # Python's own buffer is left alone: who ends while it waits could not have its lock.
        raw: RawIOBase | None = getattr(getattr(self._stream, "buffer", None), "raw", None)
        if raw is None:
            line = self._stream.readline()
            return line.rstrip("\r\n") if line else None
        encoding = self._stream.encoding or "utf-8"
        while b"\n" not in self._rest:
            piece = raw.read(_PIECE_BYTES)
            if not piece:
                line, self._rest = self._rest.decode(encoding, "replace"), b""
                return line or None
            self._rest += piece
            if self._takes_halves:
                return self._rest.decode(encoding, "replace").rstrip("\r\n")
        whole, _, self._rest = self._rest.partition(b"\n")
        return whole.decode(encoding, "replace").rstrip("\r")


@dataclass(frozen=True, slots=True)
class Letter:
    """What can be chosen at a prompt: `key` is typed (empty: Enter alone), `word` says it briefly.

    `about` explains it where that is asked for. `takes_more`: words may follow it on its line.
    """

    key: str
    word: str
    about: str
    takes_more: bool = False

    @property
    def name(self) -> str:
        """The key as users read it; a sign with its name, as screen readers pass over signs."""
        sign = _SIGNS.get(self.key)
        return f"{self.key} ({sign})" if sign else self.key or "Enter"


_SIGNS = {
    "?": "question mark",
    "*": "asterisk",
    "/": "slash",
    "+": "plus",
    "-": "minus",
    ".": "dot",
}
PROMPT = "Your choice: "
HELP = Letter("?", "help", "Explain these letters.")
NUMBER = "#"
"""The key of a choice that is made by a number."""


class Console:
    """Says lines and asks for lines. Nothing that was written is ever changed."""

    def __init__(self, lines: Lines, write: Callable[[str], None]) -> None:
        self._lines = lines
        self._write = write

    @property
    def is_terminal(self) -> bool:
        """Whether somebody types the input."""
        return self._lines.is_terminal

    def say(self, *lines: str) -> None:
        """Write lines as they are."""
        if lines:
            self._write("".join(f"{visible(line)}\n" for line in lines))

    def tell(self, text: str, first: str = "", later: str | None = None) -> None:
        """Write a text, folded to a readable width."""
        self.say(*wrapped(text, first, later))

    def complain(self, error: TrainerError) -> None:
        """Say what went wrong and what to do."""
        self.tell(f"{one_line(error.message)} {one_line(error.hint)}".strip())

    def line(
        self, prompt: str, alarm_s: float | None = None, alarm: str = "", *, again: bool = True
    ) -> str:
        """Ask for one line. Raises `InputEndedError`.

        After `alarm_s` seconds without one, `alarm` is said, and the prompt `again`.
        """
        self._write(prompt)
        line = self._next(alarm_s)
        while line is None:
            self.say("", alarm)
            if again:
                self._write(prompt)
            line = self._next(None)
        return line

    def glance(self, timeout_s: float) -> str | None:
        """Return a line that was typed meanwhile; None where none came. No prompt is written."""
        return self._next(timeout_s)

    def half_typed(self) -> str:
        """Return what was typed of the line that was asked for last, when the program ends."""
        return self._lines.half_typed()

    def _next(self, timeout_s: float | None) -> str | None:
        try:
            line = self._lines.next(timeout_s)
        except (InputEndedError, KeyboardInterrupt):
            self.say("")  # the prompt stands alone on its line
            raise
        if line is not None and not self._lines.is_terminal:
            self.say("")  # nobody pressed Enter where this is shown
        return line

    def choose(
        self,
        letters: Sequence[Letter],
        most: int = 0,
        *,
        alarm_s: float | None = None,
        alarm: str = "",
    ) -> tuple[str, str]:
        """Ask until one of the letters comes; return its key and what was typed after it.

        Numbers from 1 to `most` are taken too, as `NUMBER` with the number.
        """
        offered = (*letters, HELP)
        while True:
            self.say(*listed(f"{letter.name} {letter.word}" for letter in offered))
            typed = self.line(PROMPT, alarm_s, alarm).strip()
            alarm_s = None
            found = _found(typed, offered)
            if found and found[0] == HELP.key:
                for letter in offered:
                    self.tell(letter.about, f"{letter.name}: ", "  ")
            elif found:
                return found
            elif most and (number := number_in(typed, most)):
                return NUMBER, str(number)
            elif most and _is_number(typed):
                shown = one_line(typed, _MOST_DIGITS + 1)
                self.say(f"There is no number {shown} here. Give one from 1 to {most}.")
            else:
                self.say(f"There is no choice “{one_line(typed, _LONGEST_SHOWN)}” here.")

    def agree(self, question: str) -> bool:
        """Ask a question that only "y" or "yes" says yes to."""
        return self.line(f"{question} y or n: ").strip().casefold() in ("y", "yes")


def number_in(text: str, most: int) -> int | None:
    """Return the number from 1 to `most` that a text is, None where it is anything else."""
    if not _is_number(text):
        return None
    number = int(text[:_MOST_DIGITS])  # Python refuses to read thousands of digits
    return number if 1 <= number <= most and len(text) <= _MOST_DIGITS else None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal()


def listed(items: Iterable[str], first: str = "") -> list[str]:
    """Return items as one sentence, folded so that each stands whole on its line."""
    bound = ", ".join(item.replace(" ", _BLANK) for item in items)
    return [line.replace(_BLANK, " ") for line in wrapped(f"{first}{bound}.")]


def _found(typed: str, letters: Sequence[Letter]) -> tuple[str, str] | None:
    for letter in letters:
        key, rest = letter.key, typed[len(letter.key) :]
        if not key:
            if not typed:
                return "", ""
        elif typed[: len(key)].casefold() == key:
            more = rest.strip()
            parted = not rest or rest[0].isspace() or not key.isalpha()
            if parted and (letter.takes_more or not more):
                return key, more
    return None
