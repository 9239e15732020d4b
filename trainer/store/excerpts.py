"""What a search looks for, and where it stands in a text. Pure functions."""

from __future__ import annotations

import re
import unicodedata

LENGTH = 200
LEAD = 60
MOST_CHARACTERS = 400
MOST_PHRASES = 24

_WORD = re.compile(r"[^\W_]+")


def phrases(search: str) -> tuple[str, ...]:
    """Return what stands between blanks and holds a letter or digit: `what's`, `C++`, `foo-bar`.

    An overlong search is cut: the index refuses expressions beyond a few hundred parts.
    """
    parts = search[:MOST_CHARACTERS].replace("\0", " ").split()
    return tuple(part for part in parts if _WORD.search(part))[:MOST_PHRASES]


def pattern(search: str) -> re.Pattern[str] | None:
    """Return what finds any phrase of `search` in a folded text, the last as a beginning.

    None when there is nothing to look for.
    """
    found = [
        r"[\W_]+".join(re.escape(word) for word in _WORD.findall(fold(phrase)))
        for phrase in phrases(search)
    ]
    if not found:
        return None
    whole = [rf"{phrase}(?![^\W_])" for phrase in found[:-1]]
    return re.compile(rf"(?<![^\W_])(?:{'|'.join([*whole, found[-1]])})", re.IGNORECASE)


def fold(text: str) -> str:
    """Return `text` without the accents of its letters, as the index sees it; equally long."""
    if text.isascii():
        return text
    return "".join(unicodedata.normalize("NFD", character)[0] for character in text)


def excerpt(text: str, hit: re.Pattern[str] | None) -> str:
    """Return some `LENGTH` characters of `text` in one line: the first hit with some words before.

    Without a hit the beginning. An ellipsis tells where something was left out.
    """
    match = hit.search(fold(text)) if hit else None
    start = 0
    if match and match.start() > LEAD:
        start = text.find(" ", match.start() - LEAD, match.start()) + 1 or match.start()
    end = start + LENGTH
    before, after = "…" * (start > 0), "…" * (end < len(text))
    return " ".join(f"{before}{text[start:end]}{after}".split())
