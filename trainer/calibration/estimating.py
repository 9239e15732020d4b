"""From what recognisers heard of a reading to their error rates, and to the reader's own pace."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from trainer.analysis.fluency import find_pauses
from trainer.calibration.deviations import Heard, Read
from trainer.calibration.types import Baseline
from trainer.calibration.word_errors import align
from trainer.calibration.wording import tokens_of
from trainer.transcript.types import HeardWord, Sound, Transcript

RESAMPLES = 2000
SEED = 20
LEVEL = 0.9
"""The share of other speech whose error rate is expected in the interval."""

UNSEEN_ERRORS = 0.5
"""Errors that may be there though none was seen: Jeffreys' prior for a count."""


@dataclass(frozen=True, slots=True)
class Counted:
    """One sentence: how many of its words were read, and the errors in them."""

    errors: int
    words: int


def heard_of(words: Sequence[HeardWord]) -> tuple[Heard, ...]:
    """Return a recogniser's words as they are compared, with their times."""
    return tuple(
        Heard(token.text, words[token.start].start_s, words[token.end - 1].end_s)
        for token in tokens_of(Transcript.heard(words, "vosk"))
    )


def count_errors(
    sentences: Sequence[Sequence[str]], read: Read, heard: Sequence[Heard]
) -> tuple[Counted, ...]:
    """Return the errors of each sentence of which anything was read.

    What was heard while something else was said does not count. Together they are the fewest
    words to replace, leave out or add; an added word counts for the sentence before it.
    """
    sentence_of = [at for at, sentence in enumerate(sentences) for _ in sentence]
    text = [word for sentence in sentences for word in sentence]
    said = [text[at] for at in read.words]
    kept = [word.text for word in heard if not _is_extra(word, read)]
    errors, words = [0] * len(sentences), [0] * len(sentences)
    now = sentence_of[read.words[0]] if read.words else 0
    for pair in align(said, kept):
        if pair.said is not None:
            now = sentence_of[read.words[pair.said]]
            words[now] += 1
        right = pair.said is not None and pair.heard is not None
        errors[now] += not (right and said[pair.said or 0] == kept[pair.heard or 0])
    return tuple(Counted(e, w) for e, w in zip(errors, words, strict=True) if w)


def error_rate(counts: Sequence[Counted]) -> float:
    """Return the errors as a share of the words. Raises `ValueError` where there are no words."""
    words = sum(count.words for count in counts)
    if not words:
        raise ValueError("no words were read, so there is no rate")
    return sum(count.errors for count in counts) / words


def expected(counts: Sequence[Counted]) -> tuple[float, float]:
    """Return the interval in which the error rate of as much other speech is expected.

    Sentences are drawn twice, with replacement: once for what the reading might have been, and
    from those once more for what comes later. Free speech may have more errors than reading: how
    many is not known, and nothing is added for it.
    """
    random = Random(SEED)  # noqa: S311 - nothing is secret here
    rates = []
    for _ in range(RESAMPLES):
        later = random.choices(random.choices(counts, k=len(counts)), k=len(counts))
        unseen = _happening(random, random.gammavariate(UNSEEN_ERRORS, 1.0))
        rates.append((sum(c.errors for c in later) + unseen) / sum(c.words for c in later))
    rates.sort()
    low = rates[round((1 - LEVEL) / 2 * (RESAMPLES - 1))]
    high = rates[round((1 + LEVEL) / 2 * (RESAMPLES - 1))]
    here = error_rate(counts)
    return min(low, here), max(high, here)


def baseline_of(read: Read, sound: Sound) -> Baseline | None:
    """Return the pace of what was read, as if nothing else had been said.

    Pauses are those of an answer's delivery. None where the sound could not be measured.
    """
    if sound.voiced is None or not read.spoken:
        return None

    def place(at_s: float) -> float:
        """Return when it would have been without what is extra."""
        at_s = min(max(at_s, read.begin_s), read.end_s)
        return at_s - sum(max(0.0, min(end, at_s) - start) for start, end in read.extra)

    moved = [(place(start), place(end)) for start, end in sound.voiced]
    voiced = tuple((start, end) for start, end in moved if start < end)
    if not voiced:
        return None
    whole_s = voiced[-1][1] - voiced[0][0]
    talking_s = whole_s - sum(end - start for start, end in find_pauses(voiced))
    return Baseline(read.spoken * 60 / whole_s, read.spoken * 60 / talking_s)


def _happening(random: Random, mean: float) -> int:
    """Return how often something happens that happens `mean` times in the mean (Poisson)."""
    times, passed = 0, random.expovariate(1.0)
    while passed < mean:
        times += 1
        passed += random.expovariate(1.0)
    return times


def _is_extra(word: Heard, read: Read) -> bool:
    middle_s = (word.start_s + word.end_s) / 2
    return any(start <= middle_s <= end for start, end in read.extra)
