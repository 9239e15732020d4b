"""What a recogniser must be able to do, whichever library does it. Used in child processes only."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol

from trainer.transcript.types import HeardWord

# "learned(2)" is a second pronunciation; "<sil>", "[NOISE]" and "++um++" are no words.
_PRONUNCIATION = re.compile(r"\(\d+\)$")
_NO_WORD = ("<", "[", "++")
_MARKS = frozenset("<[+(")


@dataclass(frozen=True, slots=True)
class FinalWords:
    """Final words, and how far in the sound they are final: `until_s`. Often no words at all.

    Whoever begins to read at `until_s` hears what comes after these words.
    """

    words: tuple[HeardWord, ...]
    until_s: float


class Hearing(Protocol):
    """One stream of sound on its way to words. Seconds count from where the stream begins."""

    def feed(self, block: bytes) -> tuple[FinalWords, ...]:
        """Take the next samples; return what has become final by them."""
        ...

    def partial(self) -> str:
        """Return what the sound since the last final words seems to say."""
        ...

    def finish(self) -> FinalWords:
        """Return the last words. No more sound comes."""
        ...


class Recognition(Protocol):
    """A library with its model. Making one loads it and raises whatever the library raises."""

    def listen(self) -> Hearing:
        """Begin a stream; the one before it is over."""
        ...


def heard_word(word: str, start_s: float, end_s: float, confidence: float) -> HeardWord | None:
    """Return a recogniser's word in clean form; None where it is no word."""
    clean = clean_word(word)
    if not clean:
        return None
    return HeardWord(clean, start_s, max(start_s, end_s), min(1.0, max(0.0, confidence)))


def clean_word(word: str) -> str:
    """Return a recogniser's word without its marks, in lower case; "" where it is no word."""
    if word.startswith(_NO_WORD):
        return ""
    return "".join(_PRONUNCIATION.sub("", word).split()).lower()


def clean_text(text: str) -> str:
    """Return a recogniser's text with each word in clean form."""
    if _MARKS.isdisjoint(text):
        return text.lower()
    return " ".join(clean for word in text.split() if (clean := clean_word(word)))
