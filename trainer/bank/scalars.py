"""What an unquoted word of YAML means: only what every reader of YAML agrees on.

YAML 1.1 reads `no` as false, `12:30` as 750 and 010 as 8; YAML 1.2 reads them as text, text and
10. Whoever writes a question means neither. Such words are traps: they are refused, not guessed.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from trainer.bank.document import quote


@dataclass(frozen=True, slots=True)
class Trap:
    """A word that programs read differently."""

    problem: str
    remedy: str


_QUOTE = "put quotes around it"
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_FRACTION = re.compile(r"[-+]?([0-9]+\.[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?")
_MOST_DIGITS = 300  # Python refuses to read thousands
_TRAPS = (
    (re.compile(r"[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?"), "as a number to the base 60"),
    (re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(([Tt]|\s+)[0-9]{1,2}:[0-9]{2}.*)?"), "as a date"),
    (re.compile(r"[-+]?0[0-9_]+|0o[0-7]+"), "as a number to the base 8"),
    (re.compile(r"[-+]?0(x[0-9a-fA-F_]+|b[01_]+)"), "as a number to the base 16 or 2"),
    (re.compile(r"[-+]?[0-9][0-9_]*_[0-9_]*(\.[0-9_]*)?"), "as a number without the underscore"),
    (re.compile(r"[-+]?[0-9]+[eE][-+]?[0-9]+"), "as a number with an exponent"),
    (re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"), "as infinity or as no number"),
)


def _words() -> dict[str, object]:
    words: dict[str, object] = {"": None, "~": None}
    for word, value in {"null": None, "true": True, "false": False}.items():
        words |= dict.fromkeys((word, word.capitalize(), word.upper()), value)
    for word in ("y", "n", "yes", "no", "on", "off"):
        for form in (word, word.capitalize(), word.upper()):
            problem = f"{quote(form)} is read as true or false by some programs"
            words[form] = Trap(problem, f"{_QUOTE}, or write true or false")
    return words


_WORDS = _words()


def read_plain(text: str) -> object:
    """Return what a plain scalar means: text, int, float, bool, None, or a `Trap`."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in "+-.0123456789":
        return text
    if len(text) > _MOST_DIGITS:
        return text
    if _INTEGER.fullmatch(text):
        return int(text)
    for pattern, reading in _TRAPS:
        if pattern.fullmatch(text):
            return Trap(f"{quote(text)} is read {reading} by some programs", _QUOTE)
    if _FRACTION.fullmatch(text):
        number = float(text)
        return number if math.isfinite(number) else Trap(f"{quote(text)} is too large", _QUOTE)
    return text
