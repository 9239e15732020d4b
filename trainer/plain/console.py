"""Lines out and lines in: the only ways in which the plain views meet their user."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from trainer.display import one_line, visible
from trainer.errors import TrainerError
from trainer.lines.text import wrapped
from trainer.plain.reader import InputEndedError, Lines

_KEPT_EVERY_S = 0.5
_LONGEST_SHOWN = 40
_MOST_DIGITS = 9
_BLANK = "\N{NO-BREAK SPACE}"


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
PROMPT = "Your choice"
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

    @property
    def longest(self) -> int | None:
        """How many bytes of a line come at most, where more of it is lost; None: all come."""
        return self._lines.longest

    def line(
        self, prompt: str, alarm_s: float | None = None, alarm: str = "", *, again: bool = True
    ) -> str:
        """Ask for one line. Raises `InputEndedError`.

        After `alarm_s` seconds without one, `alarm` is said, and the prompt `again`.
        """
        self._write(prompt)
        line = self._next(alarm_s, prompt)
        while line is None:
            self.say("", alarm)
            if again:
                self._write(prompt + self._lines.half_typed())
            line = self._next(None, prompt)
        return line

    def line_kept(self, prompt: str, keep: Callable[[str], None]) -> str:
        """Ask for one line, and give `keep` what is typed of it whenever that has changed.

        Raises `InputEndedError`, and `KeyboardInterrupt` once the last of it is kept.
        """
        self._write(prompt)
        kept = ""
        try:
            while (line := self._next(_KEPT_EVERY_S, prompt)) is None:
                half = self._lines.half_typed()
                if half != kept:
                    kept = half
                    keep(half)
        except KeyboardInterrupt:
            keep(self._lines.half_typed())
            raise
        return line

    def glance(self, timeout_s: float) -> str | None:
        """Return a line that was typed meanwhile; None where none came. No prompt is written."""
        return self._next(timeout_s)

    def _next(self, timeout_s: float | None, prompt: str = "") -> str | None:
        try:
            line = self._lines.next(timeout_s, prompt)
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
            typed = self.line(f"{PROMPT}: ", alarm_s, alarm).strip()
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
            elif not typed:
                self.say("Type one of these, then press Enter.")
            else:
                self.say(f"There is no choice “{one_line(typed, _LONGEST_SHOWN)}” here.")

    def ask(self, prompt: str, about: str, keep: Callable[[str], None] | None = None) -> str:
        """Ask for words, without what is blank around them; a question mark alone tells `about`.

        `keep` gets what is typed of them meanwhile.
        """
        asked = f"{prompt}: "
        while (
            typed := (self.line_kept(asked, keep) if keep else self.line(asked)).strip()
        ) == HELP.key:
            self.tell(about)
        return typed

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
