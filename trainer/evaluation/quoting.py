"""Whether two quotes mean the same place, told by words that they share."""

from __future__ import annotations

import re

LEAST_SHARED_WORDS = 3
"""Words in a row that two quotes share, or all of the shorter one."""

_WORD = re.compile(r"[a-z0-9']+")


def overlap(first: str, second: str) -> bool:
    """Whether two quotes share `LEAST_SHARED_WORDS` words in a row; letter case does not count."""
    a, b = _words(first), _words(second)
    size = min(LEAST_SHARED_WORDS, len(a), len(b))
    if not size:
        return False
    rows = {tuple(a[i : i + size]) for i in range(len(a) - size + 1)}
    return any(tuple(b[i : i + size]) in rows for i in range(len(b) - size + 1))


def holds(text: str, quote: str) -> bool:
    """Whether the words of a quote stand in a row in a text, however they are written."""
    words = _words(quote)
    if not words:  # another script, which is not read as words
        return any(map(str.isalnum, quote)) and quote in text
    return f" {' '.join(words)} " in f" {' '.join(_words(text))} "


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower().replace("\u2019", "'"))
