"""How fluent an answer was: its fillers as ranges, and where its pauses lie. Never in the rating.

What counts as what: "um" is every filled pause, found in the sound or written as a word; spoken
fillers ("like", "you know") come from the words alone. A pause is silence: an "um" in a hesitation
ends one and may begin another, and is counted apart. A typed answer has what was typed as
fillers, and no pauses. A corrected text tells less of its fillers than was said: people who write
down what they hear leave them out.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from trainer.analysis.clauses import SENTENCE_PAUSE_S, split
from trainer.analysis.grammar import word_set
from trainer.analysis.measurable import is_spoken
from trainer.analysis.phrases import (
    AUXILIARIES,
    DETERMINERS,
    JOINTS,
    PREPOSITIONS,
    SUBJECTS,
    Phrases,
)
from trainer.analysis.spoken_fillers import SpokenFiller, find_fillers
from trainer.analysis.tokens import Reading, read
from trainer.analysis.types import PAUSE_S, UM, FillerCount
from trainer.transcript.filled_pauses import POSSIBLE, SURE
from trainer.transcript.types import FilledPause, Transcript, Word

_ROUNDING_S = 1e-6  # stretches of voice are sums of frames: 1.2 - 0.8 is a little less than 0.4
_OPENERS = word_set(
    """because so but although though however therefore then now finally later afterwards today
    first second unfortunately fortunately luckily since after when while if before until also
    eventually instead still"""
)
_PLACING = word_set("in at on after before during")
_CONTINUING = PREPOSITIONS | AUXILIARIES | word_set("me him them us to not")
_MOMENTS = word_set("day night evening morning time week month year")
_OPENING_JOINTS = word_set("and or because so but when while if since until that what how")
_UNENDING = word_set(
    """and or but because so that which who if when while as to i we he she they very really not is
    was were are am be been have has had will would could should can"""
)
_CANNOT_END = DETERMINERS | PREPOSITIONS | _UNENDING
"""After these words a clause cannot be over, whatever follows."""


def count_fillers(transcript: Transcript, *, words: bool = True) -> tuple[FillerCount, ...] | None:
    """Return the fillers of an answer, filled pauses first; what has none is left out.

    Of a spoken answer `UM` is always there where its sound was listened to, and never where it was
    not: a recogniser leaves out most of them. Without `words` (they are too unsure) only that is
    counted. None where nobody has listened for anything.
    """
    filled = transcript.sound.filled if transcript.sound else None
    if filled is None and not words:
        return None
    reading = read(transcript)
    found = find_fillers(transcript, reading) if words else ()
    counts = []
    written = [transcript.words[reading.words[f.start]] for f in found if f.what == UM]
    if filled is not None:
        counts.append(count_filled(filled, written))
    elif written and not is_spoken(transcript):
        counts.append(FillerCount(UM, len(written), len(written)))
    return (*counts, *_count_spoken(f for f in found if f.what != UM))


def count_filled(filled: Sequence[FilledPause], written: Sequence[Word]) -> FillerCount:
    """Return how many filled pauses the sound and the words show together, each counted once.

    A pause in the sound where an "um" is written is sure: two have heard it. An "um" that the
    speaker wrote (it has no confidence) is sure too; one of the recogniser's alone is possible,
    since it hears words in noise. Written ones without times stand for as many of the sound's.
    """
    timed = [(w, w.start_s, w.end_s) for w in written if w.start_s is not None and w.end_s]
    shared: set[int] = set()
    alone: list[Word] = []
    for word, start_s, end_s in timed:
        at = next(
            (
                n
                for n, pause in enumerate(filled)
                if n not in shared and pause.start_s < end_s and start_s < pause.end_s
            ),
            None,
        )
        if at is None:
            alone.append(word)
        else:
            shared.add(at)
    low = sum(pause.chance >= SURE or n in shared for n, pause in enumerate(filled))
    high = sum(pause.chance >= POSSIBLE or n in shared for n, pause in enumerate(filled))
    low += sum(word.confidence is None for word in alone)
    high += len(alone)
    untimed = len(written) - len(timed)
    return FillerCount(UM, max(low, untimed), max(high, untimed))


def _count_spoken(found: Iterable[SpokenFiller]) -> list[FillerCount]:
    """Return the counts of spoken fillers, the most frequent first."""
    sure: Counter[str] = Counter()
    possible: Counter[str] = Counter()
    for filler in found:
        possible[filler.what] += 1
        sure[filler.what] += filler.sure
    counts = [FillerCount(what, sure[what], high) for what, high in possible.items()]
    return sorted(counts, key=lambda count: (-count.low, -count.high, count.what))


def find_pauses(voiced: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return the silences of at least `PAUSE_S` between stretches of voice, as (start, end)."""
    return [
        (end, start)
        for (_, end), (start, _) in pairwise(voiced)
        if start - end >= PAUSE_S - _ROUNDING_S
    ]


def count_inside(transcript: Transcript, pauses: Sequence[tuple[float, float]]) -> int | None:
    """Return how many of these silences lie inside a clause and not between two.

    None where no word has a time. Where a clause ends is told by the words, for a pause would prove
    itself; one of `SENTENCE_PAUSE_S` ends a clause where the words allow it. Before the first word
    and after the last one a pause is between. Without punctuation the words alone show 68 % of the
    sentence ends of `corpus/development.jsonl`.
    """
    words = transcript.words
    timed = [
        (index, (word.start_s + word.end_s) / 2)
        for index, word in enumerate(words)
        if word.start_s is not None and word.end_s is not None
    ]
    if not timed:
        return None
    indices, centres = zip(*timed, strict=True)
    # Times of corrected words may go back: the last word before a pause is the last of all that
    # begin by then, and the first word after it the first of all that come later.
    by_then = list(accumulate(reversed(centres), min))[::-1]
    latest = list(accumulate(centres, max))
    untimed = replace(
        transcript, words=tuple(replace(w, start_s=None, end_s=None) for w in words), sound=None
    )
    reading = read(untimed)
    boundaries = _Boundaries(untimed, reading)
    inside = 0
    for start_s, end_s in pauses:
        middle_s = (start_s + end_s) / 2
        before, after = bisect_right(by_then, middle_s) - 1, bisect_right(latest, middle_s)
        if before >= 0 and after < len(indices):
            long = end_s - start_s >= SENTENCE_PAUSE_S - _ROUNDING_S
            inside += not boundaries.between(indices[before], indices[after], long)
    return inside


class _Boundaries:
    """Where one clause ends and the next begins, told by words and punctuation without times."""

    def __init__(self, transcript: Transcript, reading: Reading) -> None:
        self._reading = reading
        self._phrases = Phrases(transcript, reading)
        self._starts = {clause.start for clause in split(transcript, reading)}
        fillers = find_fillers(transcript, reading)
        self._filler = {at for f in fillers for at in range(f.start, f.end)}

    def between(self, before: int, after: int, long: bool = False) -> bool:
        """Whether a clause ends between these words, past the fillers on both sides.

        A `long` pause ends one wherever the words let it, as it does for the rater.
        """
        firsts = self._reading.firsts
        if after + 1 >= len(firsts):
            return True  # beyond the words that are read
        left, right = firsts[before + 1] - 1, firsts[after]
        while left in self._filler:
            left -= 1
        while right in self._filler:
            right += 1
        phrases = self._phrases
        if left < 0 or right >= len(self._reading.tokens):
            return True
        if any(phrases.comma_before(at) for at in range(left + 1, right + 1)):
            return True
        if phrases.at(left) in _CANNOT_END:
            return False
        if long and phrases.at(right) not in _CONTINUING:
            return True
        return self._reading.words[right] in self._starts or self._opens(right)

    def _opens(self, at: int) -> bool:
        """Whether a clause can begin here: with an opener, a joint, or a subject and its verb."""
        phrases, first = self._phrases, self._phrases.at(at)
        if first in _OPENERS or first in SUBJECTS - {"it", "you"}:
            return True
        if first in _OPENING_JOINTS:
            following = phrases.at(at + 1)
            return following in _OPENERS | SUBJECTS or self._begins_statement(at + 1)
        if first == "one" and phrases.at(at + 1) in _MOMENTS:
            return True
        return phrases.clause_follows(at) or self._begins_statement(at)

    def _begins_statement(self, at: int) -> bool:
        """Whether a verb follows soon ("patients were"), or a phrase of place or time and "I"."""
        phrases = self._phrases
        if phrases.at(at) in _PLACING:
            for place in range(at + 1, at + 5):
                if phrases.at(place) in ("i", "we", "he", "she", "they"):
                    return True
                if phrases.at(place) in JOINTS or phrases.is_finite(place):
                    return False
            return False
        if phrases.at(at) in _CONTINUING or phrases.at(at + 1) in PREPOSITIONS:
            return False
        if phrases.is_finite(at):
            return False
        return phrases.clause_follows(at) or any(
            phrases.at(at + step) in AUXILIARIES and phrases.at(at + step - 1) not in SUBJECTS
            for step in (1, 2)
        )
