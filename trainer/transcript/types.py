"""A transcript: an immutable text and its words, with times where the words were heard."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, Self

Source = Literal["typed", "corrected", "vosk", "builtin", "imported"]

_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Word:
    """One word: characters `start` to `end` of the transcript's text (half-open).

    `start_s` and `end_s` are seconds from the start of the sound, `confidence` lies in 0..1.
    Typed words have none of the three.
    """

    start: int
    end: int
    start_s: float | None = None
    end_s: float | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Transcript:
    """One version of an answer's words. Spans of a rating are indices into `words`."""

    text: str
    words: tuple[Word, ...]
    source: Source

    @classmethod
    def typed(cls, text: str, source: Source = "typed") -> Self:
        """Split `text` at white space into words without times."""
        return cls(text, tuple(Word(m.start(), m.end()) for m in _WORD.finditer(text)), source)

    def quote(self, start: int, end: int) -> str:
        """Return the text from word `start` to word `end` (half-open), verbatim.

        Raises `IndexError` when the span is empty or reaches outside the words.
        """
        if not 0 <= start < end <= len(self.words):
            raise IndexError(f"no words {start} to {end} in a transcript of {len(self.words)}")
        return self.text[self.words[start].start : self.words[end - 1].end]
