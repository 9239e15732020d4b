"""What transcripts of other programs have in common: passages, their times and their speakers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

MOST_S = 24 * 3600.0
"""A time beyond a day is no time of a meeting."""

_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2})(?:[.,](\d{1,3}))?", re.ASCII)
_NAMED = re.compile(r"(?:>>\s*|-\s+)?(?P<name>[^\W_][^:\n]{0,59}?)\s*:(?:\s+(?P<text>.*)|$)", re.S)
_BINDERS = frozenset(
    [
        "de",
        "da",
        "di",
        "del",
        "der",
        "den",
        "van",
        "von",
        "bin",
        "ibn",
        "al",
        "el",
        "la",
        "le",
        "of",
        "and",
        "the",
    ]
)
_MOST_NAME_WORDS = 5
_LEAST_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Passage:
    """What was said in one stretch. Seconds from the start of the file's clock, None if unknown.

    `line` is where it stands in the file, counted from 1.
    """

    text: str
    line: int
    speaker: str | None = None
    start_s: float | None = None
    end_s: float | None = None


def seconds_of(text: str) -> float | None:
    """Return the seconds of `1:02`, `0:01:02` or `00:01:02.345`; None for what is no such time."""
    found = _CLOCK.fullmatch(text.strip())
    if not found:
        return None
    hours, minutes, seconds, fraction = found.groups()
    if int(seconds) > 59 or (hours and int(minutes) > 59):
        return None
    whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
    value = whole + float(f"0.{fraction or 0}")
    return value if value <= MOST_S else None


def split_name(text: str) -> tuple[str, str] | None:
    """Return name and words of "Name: words", None where what precedes the colon is no name.

    A name has few words, each with a capital or a digit first, and no end of a sentence.
    """
    found = _NAMED.match(text)
    if not found:
        return None
    name = " ".join(found["name"].split())
    words = name.replace("(", " ").replace(")", " ").split()
    if not 0 < len(words) <= _MOST_NAME_WORDS or re.search(r"[?!;]|\w{5,}\.\s", name):
        return None
    if not all(word.lower() in _BINDERS or not word[0].islower() for word in words):
        return None
    return name, (found["text"] or "").strip()


def named(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """Return passages whose texts begin with names as passages of these speakers.

    "Note: we were three" is no speaker: a name stands before several passages, or most of them
    have one. A passage without a name belongs to the speaker before it.
    """
    split = [None if p.speaker else split_name(p.text) for p in passages]
    counts = Counter(one[0] for one in split if one)
    most = sum(counts.values()) >= _LEAST_SHARE * len(passages) and len(counts) > 1
    names = {name for name, count in counts.items() if count > 1 or most}
    found: list[Passage] = []
    speaker: str | None = None
    for passage, one in zip(passages, split, strict=True):
        if one and one[0] in names:
            speaker, text = one
            passage = replace(passage, text=text)
        speaker = passage.speaker or speaker
        found.append(replace(passage, speaker=speaker))
    return tuple(passage for passage in found if passage.text.strip())


def speakers_of(passages: Sequence[Passage]) -> dict[str | None, int]:
    """Return how many words each speaker has, in the order in which they begin; None: no name."""
    counts: dict[str | None, int] = {}
    for passage in passages:
        counts[passage.speaker] = counts.get(passage.speaker, 0) + len(passage.text.split())
    return counts
