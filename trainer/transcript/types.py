"""A transcript: an immutable text and its words, with times where the words were heard."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, Self

Source = Literal["typed", "corrected", "vosk", "builtin", "unheard", "imported"]
"""Where words come from; "unheard": there is sound, and no recogniser heard its words."""

_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class HeardWord:
    """A word as a recogniser gives it. Seconds from the start of the sound; confidence in 0..1."""

    word: str
    start_s: float
    end_s: float
    confidence: float


@dataclass(frozen=True, slots=True)
class Word:
    """One word: characters `start` to `end` of the transcript's text (half-open).

    `start_s` and `end_s` are seconds from the start of the sound, `confidence` lies in 0..1.
    Typed words have none of the three; a corrected word has the times of the words that it
    replaces and no confidence. `said` is what was heard where the text shows a figure: "249" for
    "two forty nine".
    """

    start: int
    end: int
    start_s: float | None = None
    end_s: float | None = None
    confidence: float | None = None
    said: str | None = None


@dataclass(frozen=True, slots=True)
class FilledPause:
    """A sound such as "um" from `start_s` to `end_s`; `chance` (0..1) that it is one."""

    start_s: float
    end_s: float
    chance: float


@dataclass(frozen=True, slots=True)
class Sound:
    """What was measured from the sound of an answer itself, whatever its words are.

    Seconds count from its start. `voiced` is where the voice was active, as (start, end); `filled`
    are the filled pauses, in order; `snr_db` is how far the voice stands above the noise between
    its stretches, in dB. Each is None where it could not be measured.
    """

    voiced: tuple[tuple[float, float], ...] | None = None
    filled: tuple[FilledPause, ...] | None = None
    snr_db: float | None = None


@dataclass(frozen=True, slots=True)
class Transcript:
    """One version of an answer's words. Spans of a rating are indices into `words`.

    `sound` is None where there was none, or where nothing of it could be measured yet.
    """

    text: str
    words: tuple[Word, ...]
    source: Source
    sound: Sound | None = None

    @property
    def voiced(self) -> tuple[tuple[float, float], ...] | None:
        """Where the voice was active, as seconds (start, end); None where that is not known."""
        return self.sound.voiced if self.sound else None

    @property
    def is_heard(self) -> bool:
        """Whether a recogniser heard any of the words: typed ones have no times."""
        return any(word.start_s is not None for word in self.words)

    @property
    def is_rough(self) -> bool:
        """Whether the words are a draft that mostly has to be corrected."""
        return self.source == "builtin" and self.is_heard

    @classmethod
    def typed(cls, text: str, source: Source = "typed") -> Self:
        """Split `text` at white space into words without times."""
        return cls(text, tuple(Word(m.start(), m.end()) for m in _WORD.finditer(text)), source)

    @classmethod
    def heard(
        cls,
        heard: Iterable[HeardWord],
        source: Source,
        sound: Sound | None = None,
    ) -> Self:
        """Join recognised words with spaces."""
        pieces: list[str] = []
        words: list[Word] = []
        at = 0
        for word in heard:
            end = at + len(word.word)
            words.append(Word(at, end, word.start_s, word.end_s, word.confidence))
            pieces.append(word.word)
            at = end + 1
        return cls(" ".join(pieces), tuple(words), source, sound)

    def quote(self, start: int, end: int) -> str:
        """Return the text from word `start` to word `end` (half-open), verbatim.

        Raises `IndexError` when the span is empty or reaches outside the words.
        """
        if not 0 <= start < end <= len(self.words):
            raise IndexError(f"no words {start} to {end} in a transcript of {len(self.words)}")
        return self.text[self.words[start].start : self.words[end - 1].end]
