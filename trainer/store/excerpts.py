"""What a search looks for, and where it stands in a text. Pure functions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from trainer.store.types import Hit

LENGTH = 200
LEAD = 60
MOST_HITS = 5
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


def excerpt(text: str, found: Sequence[Hit]) -> str:
    """Return some `LENGTH` characters of `text` in one line: its first hit, else its beginning.

    An ellipsis tells where something was left out.
    """
    return found[0].text if found else _one_line(text, 0, 0, 0).text


def hits(text: str, wanted: re.Pattern[str] | None) -> tuple[Hit, ...]:
    """Return the first `MOST_HITS` places of what `pattern` finds, each with words around it.

    A place that stands in the words around the one before has no entry of its own.
    """
    if wanted is None:
        return ()
    folded = fold(text)
    found: list[Hit] = []
    at = 0
    while len(found) < MOST_HITS and (match := wanted.search(folded, at)):
        start = 0
        if match.start() > LEAD:
            start = text.find(" ", match.start() - LEAD, match.start()) + 1 or match.start()
        hit = _one_line(text, start, match.start(), match.end())
        others = (other.span() for other in wanted.finditer(fold(hit.text), hit.end))
        found.append(replace(hit, others=tuple(others)))
        at = max(start + LENGTH, match.end())
    return tuple(found)


def _one_line(text: str, start: int, hit: int, hit_end: int) -> Hit:
    """Return what stands from `start` on in one line, with a hit in it or none (0 to 0)."""
    end = start + LENGTH
    before = "…" * (start > 0) + text[start:hit]
    said = text[hit : min(hit_end, end)]
    after = text[max(hit, min(hit_end, end)) : end] + "…" * (end < len(text))
    lead = " ".join(before.split())
    lead += " " * bool(lead and before[-1:].isspace())
    words = " ".join(said.split())
    tail = " ".join(after.split())
    tail = " " * bool((lead or words) and tail and after[:1].isspace()) + tail
    return Hit(lead + words + tail, len(lead), len(lead) + len(words))
