"""Where the pauses and fillers of an answer stand among its words, for whoever draws them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

from trainer.analysis.fluency import find_pauses
from trainer.analysis.spoken_fillers import find_fillers
from trainer.analysis.tokens import read
from trainer.analysis.types import UM, Unmeasurable
from trainer.coach.fillers import list_moments, newest_reviews
from trainer.store.types import FillerReview
from trainer.transcript.types import Transcript, Word


@dataclass(frozen=True, slots=True)
class Break:
    """A silence, or an "um" that no word stands for, before the word with the index `before`.

    That is the number of words where it stands after the last. `start_s` and `end_s` are seconds
    of the sound. A silence is always `sure`.
    """

    kind: Literal["pause", "um"]
    before: int
    start_s: float
    end_s: float
    sure: bool = True


@dataclass(frozen=True, slots=True)
class FillerWords:
    """Words `start` to `end` (excluded) that are a filler; not `sure` where they may be meant."""

    start: int
    end: int
    sure: bool


@dataclass(frozen=True, slots=True)
class Hesitations:
    """What interrupts the words, in the order in which it was heard, and which words are none."""

    breaks: tuple[Break, ...] = ()
    fillers: tuple[FillerWords, ...] = ()


def find_hesitations(
    words: Transcript,
    unclear: Sequence[Unmeasurable] = (),
    reviews: Iterable[FillerReview] = (),
) -> Hesitations:
    """Return the pauses and fillers that the figures of delivery count, each at its place.

    `unclear` is what of the answer was too unclear for figures: nothing of that is drawn either.
    Where the speaker went through the filled pauses by ear, only those that were counted are there.
    Without times of the words nobody knows where a sound stands among them.
    """
    places = _Places(words)
    heard = "sound" not in unclear and places.known
    moments = tuple(_moments(words, reviews)) if heard else ()
    fillers = tuple(_fillers(words, moments)) if "words" not in unclear else ()
    if not heard:
        return Hesitations((), fillers)
    written = [words.words[at] for filler in fillers for at in range(filler.start, filler.end)]
    breaks = [
        Break("pause", places.before((start_s + end_s) / 2), start_s, end_s)
        for start_s, end_s in find_pauses(words.voiced or ())
    ]
    breaks += [
        Break("um", places.before((start_s + end_s) / 2), start_s, end_s, sure)
        for start_s, end_s, sure in moments
        if not any(_meets(word, start_s, end_s) for word in written)
    ]
    breaks.sort(key=lambda one: (one.before, one.start_s))
    return Hesitations(tuple(breaks), fillers)


def _moments(
    words: Transcript, reviews: Iterable[FillerReview]
) -> Iterator[tuple[float, float, bool]]:
    """Yield each filled pause of the sound: start and end in seconds, whether it is sure."""
    from trainer.transcript.filled_pauses import POSSIBLE, SURE

    kept = tuple(reviews)
    reviewed = any(review.moments is not None for review in newest_reviews(kept))
    for moment in list_moments(words, kept):
        if reviewed and moment.counted:
            yield moment.start_s, moment.end_s, True
        elif not reviewed and (moment.chance or 0.0) >= POSSIBLE:
            yield moment.start_s, moment.end_s, (moment.chance or 0.0) >= SURE


def _fillers(
    words: Transcript, moments: Sequence[tuple[float, float, bool]]
) -> Iterator[FillerWords]:
    """Yield the words that are fillers. An "um" that the recogniser alone heard is possible."""
    reading = read(words)
    for found in find_fillers(words, reading):
        start, end = reading.words[found.start], reading.words[found.end - 1] + 1
        sure = found.sure
        if found.what == UM:
            word = words.words[start]
            sure = word.confidence is None or any(_meets(word, a, b) for a, b, _ in moments)
        yield FillerWords(start, end, sure)


def _meets(word: Word, start_s: float, end_s: float) -> bool:
    if word.start_s is None or word.end_s is None:
        return False
    return word.start_s < end_s and start_s < word.end_s


class _Places:
    """The words by when they are heard. Times of corrected words may go back."""

    def __init__(self, words: Transcript) -> None:
        timed = [
            ((word.start_s + word.end_s) / 2, at)
            for at, word in enumerate(words.words)
            if word.start_s is not None and word.end_s is not None
        ]
        self._latest = list(accumulate((middle_s for middle_s, _ in timed), max))
        self._indices = [at for _, at in timed]

    @property
    def known(self) -> bool:
        """Whether any word has a time."""
        return bool(self._indices)

    def before(self, at_s: float) -> int:
        """Return the word before which a moment stands; the number of words after the last."""
        after = bisect_right(self._latest, at_s)
        return self._indices[after] if after < len(self._indices) else self._indices[-1] + 1
