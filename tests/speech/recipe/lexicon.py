"""The lexicon: how each word is pronounced, counted from what the voices said."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tests.speech.recipe.synthesis import Reading
from trainer.calibration.word_errors import count_differences

MOST_PRONUNCIATIONS = 8
LEAST_SHARE = 0.01
LEAST_COUNT = 2

Phones = tuple[str, ...]
Counts = Mapping[str, Counter[Phones]]


@dataclass(frozen=True, slots=True)
class Pronunciation:
    """A word's phones, and how frequent this is compared with the word's most frequent one."""

    phones: Phones
    relative_frequency: float


def collect_lexicon(
    readings: Iterable[Reading], vocabulary: Sequence[str]
) -> dict[str, list[Pronunciation]]:
    """Return the pronunciations of every word, the most frequent first.

    Raises ValueError for a word that nobody has said alone.
    """
    counts: dict[str, Counter[Phones]] = defaultdict(Counter)
    pairs: Counter[Reading] = Counter()
    for reading in readings:
        if len(reading.words) == 1:
            counts[reading.words[0]][reading.phones] += 1
        elif len(reading.words) == 2 and len(reading.phones) >= 2:
            pairs[reading] += 1
    _count_pairs(counts, pairs)
    missing = [word for word in vocabulary if not counts[word]]
    if missing:
        raise ValueError(f"nobody said: {' '.join(missing)}; speak more utterances")
    return {word: _frequent(counts[word]) for word in vocabulary}


def _count_pairs(counts: dict[str, Counter[Phones]], pairs: Counter[Reading]) -> None:
    """Divide what was read as one unit where both halves fit their words best."""
    known = {word: tuple(pronunciations) for word, pronunciations in counts.items()}
    for reading, times in pairs.items():
        first, second = reading.words
        if first in known and second in known:
            cut = _best_cut(reading.phones, known[first], known[second])
            counts[first][reading.phones[:cut]] += times
            counts[second][reading.phones[cut:]] += times


def _best_cut(phones: Phones, firsts: Sequence[Phones], seconds: Sequence[Phones]) -> int:
    def misfit(cut: int) -> int:
        before = min(count_differences(phones[:cut], first) for first in firsts)
        return before + min(count_differences(phones[cut:], second) for second in seconds)

    return min(range(1, len(phones)), key=misfit)


def _frequent(counts: Counter[Phones]) -> list[Pronunciation]:
    most = max(counts.values())
    least = max(LEAST_COUNT, LEAST_SHARE * counts.total())
    return [
        Pronunciation(phones, count / most)
        for phones, count in counts.most_common(MOST_PRONUNCIATIONS)
        if count >= least or count == most
    ]
