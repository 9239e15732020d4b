"""What listeners mark while an answer is given: its words, its sign, and the words it is about."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from trainer.coach.fillers import REACTION_S, WORDS_AROUND
from trainer.display import clock_time, one_line
from trainer.store.types import MomentKind
from trainer.transcript.types import Transcript

MOMENT_WORDS: dict[MomentKind, str] = {
    "good": "good moment",
    "filler": "filler",
    "unclear": "unclear",
    "blame": "blames others",
    "long": "too long",
    "note": "note",
}
MOMENT_SIGNS: dict[MomentKind, str] = {
    "good": "+",
    "filler": "~",
    "unclear": "?",
    "blame": "→",
    "long": "…",
    "note": "¶",
}
"""One cell each, so that a mark can be told from the others without colour."""


class Marked(Protocol):
    """A mark in time, of a shared session or as the history keeps it."""

    @property
    def kind(self) -> MomentKind:
        """What it says of the moment."""
        ...

    @property
    def at_s(self) -> float:
        """Seconds of the answer's clock."""
        ...

    @property
    def text(self) -> str:
        """What was written to it; empty for a mark alone."""
        ...


def tell_moment(moment: Marked, name: str = "") -> str:
    """Return a mark in one line: when, what, by whom where that is told, and its note."""
    what = MOMENT_WORDS[moment.kind]
    by = f", {one_line(name)}" if name else ""
    told = f": {one_line(moment.text)}" if moment.text.strip() else ""
    return f"{clock_time(moment.at_s)} {what}{by}{told}"


def word_heard(words: Transcript, at_s: float) -> int | None:
    """Return the index of the word that was heard when a key came at this second.

    That is the last one that had begun a moment before, as a finger needs time. None where the
    words have no times.
    """
    begun = [
        (word.start_s, index) for index, word in enumerate(words.words) if word.start_s is not None
    ]
    if not begun:
        return None
    before = [one for one in begun if one[0] <= at_s - REACTION_S]
    return max(before)[1] if before else min(begun)[1]


def moment_quote(words: Transcript, at_s: float) -> str:
    """Return the words around a mark, the last of them that one; "" where they have no times."""
    at = word_heard(words, at_s)
    return "" if at is None else words.quote(max(0, at - WORDS_AROUND), at + 1)


def count_kinds(moments: Iterable[Marked]) -> str:
    """Return how many marks of each kind there are, such as "2 good moments, 9 fillers"."""
    found = [one.kind for one in moments]
    return ", ".join(_counted(kind, found.count(kind)) for kind in MOMENT_WORDS if kind in found)


def _counted(kind: MomentKind, count: int) -> str:
    word = MOMENT_WORDS[kind]
    nouns = ("good", "filler", "note")
    return f"{count} {word}s" if count > 1 and kind in nouns else f"{count} {word}"
