"""A line that is typed key by key, for a terminal that hands over every key at once.

Left to itself a terminal keeps a line until Enter: it is lost with a program that is killed, and so
is what is typed of it beyond 4095 bytes.
"""

from __future__ import annotations

import re
import unicodedata

END_OF_INPUT = "\x04"
_ERASE, _ERASE_LINE, _ERASE_WORD = ("\x7f", "\x08"), "\x15", "\x17"
_UNFINISHED = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|O)?")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
_LAST_WORD = re.compile(r"\S*\s*\Z")


class OpenLine:
    """What is typed so far. Keys that erase do so, and those that move do nothing."""

    def __init__(self) -> None:
        self._typed: list[str] = []
        self._escape = ""

    @property
    def text(self) -> str:
        """The line so far."""
        return "".join(self._typed)

    def take(self, key: str) -> str:
        """Take one character; return what shows it where the line ends on the terminal."""
        if self._escape or key == "\x1b":
            self._escape += key
            if not _UNFINISHED.fullmatch(self._escape):
                self._escape = ""
            return ""
        if key in _ERASE:
            return self._erase(1)
        if key == _ERASE_LINE:
            return self._erase(len(self._typed))
        if key == _ERASE_WORD:
            found = _LAST_WORD.search(self.text)
            return self._erase(len(found[0]) if found else 0)
        if key == "\t":
            key = " "
        if _CONTROL.match(key):
            return ""
        self._typed.append(key)
        return key

    def _erase(self, count: int) -> str:
        cells = 0
        while count > 0 and self._typed:
            width = _width(self._typed.pop())
            cells += width
            count -= 1 if width else 0  # an accent of its own goes with its letter
        return "\b \b" * cells


def _width(key: str) -> int:
    """Return how many cells of a terminal a character takes."""
    if unicodedata.combining(key) or unicodedata.category(key) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(key) in "WF" else 1
