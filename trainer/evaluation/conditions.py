"""The forms of text that answers are rated in: typed, plain, and plain with wrong words.

A recogniser gives neither case nor punctuation, so wrong words are put into such text.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate, pairwise
from random import Random

SUBSTITUTED, DELETED, INSERTED = 0.60, 0.25, 0.15
"""Shares of the three kinds of word errors. A choice: what recognisers get wrong is mostly one
word for another, and they lose words more often than they invent them."""

SEED = 20
_SIMILAR_WORDS = 5  # one of the most similar words takes the place of a word
_LEAST_LIKENESS = 0.2  # shares of pairs of letters; where nothing is so like, any word does
_NO_WORD = re.compile(r"[^\w\s'\u2019%]")


@dataclass(frozen=True, slots=True)
class Form:
    """One form of the text. `errors` is the share of words that go wrong; plain text only."""

    name: str
    plain: bool = False
    errors: float = 0.0


TYPED = Form("typed")
FORMS = (
    TYPED,
    Form("plain", plain=True),
    Form("errors_5", plain=True, errors=0.05),
    Form("errors_10", plain=True, errors=0.10),
    Form("errors_15", plain=True, errors=0.15),
)


@dataclass(frozen=True, slots=True)
class Spoiled:
    """A text with wrong words. Its word `k` stands for word `origins[k]` of the right text.

    A word that was put in stands for the word before which it was put.
    """

    text: str
    right: tuple[str, ...]
    origins: tuple[int, ...]

    def right_quote(self, start: int, end: int) -> str:
        """Return the right words at the place of words `start` to `end` (half-open)."""
        return " ".join(self.right[self.origins[start] : self.origins[end - 1] + 1])


def without_case_and_punctuation(text: str) -> str:
    """Return the text as a speech recogniser would write it."""
    return " ".join(_NO_WORD.sub(" ", text).lower().split())


class Spoiler:
    """Puts wrong words into texts; the wrong ones come from the words of all texts together."""

    def __init__(self, texts: Iterable[str]) -> None:
        counts: Counter[str] = Counter()
        for text in texts:
            counts.update(without_case_and_punctuation(text).split())
        self._words = sorted(counts)
        self._ends = list(accumulate(counts[word] for word in self._words))
        self._pairs = {word: _pairs(word) for word in self._words}
        self._holders: dict[str, list[str]] = {}
        for word, pairs in self._pairs.items():
            for pair in pairs:
                self._holders.setdefault(pair, []).append(word)
        self._similar: dict[str, tuple[str, ...]] = {}

    def spoil(self, text: str, errors: float, key: str) -> Spoiled:
        """Return the plain text with about the share `errors` of its words wrong.

        The same text, share and key give the same errors, whatever was spoiled before. An answer
        keeps at least one word.
        """
        right = tuple(without_case_and_punctuation(text).split())
        random = Random(f"{SEED} {errors} {key}")  # noqa: S311 - nothing is secret here
        words: list[str] = []
        origins: list[int] = []
        for index, word in enumerate(right):
            luck = random.random() / errors if errors else 1.0
            kept = [word]
            if luck < SUBSTITUTED:
                kept = [self._instead_of(word, random)]
            elif luck < SUBSTITUTED + DELETED:
                kept = [] if words or index + 1 < len(right) else kept
            elif luck < SUBSTITUTED + DELETED + INSERTED:
                kept = [self._any(random), word]
            words += kept
            origins += [index] * len(kept)
        return Spoiled(" ".join(words), right, tuple(origins))

    def _instead_of(self, word: str, random: Random) -> str:
        if word not in self._similar:
            self._similar[word] = self._most_similar(word)
        return random.choice(self._similar[word]) if self._similar[word] else self._any(random)

    def _most_similar(self, word: str) -> tuple[str, ...]:
        pairs = _pairs(word)
        shared = Counter(holder for pair in pairs for holder in self._holders.get(pair, ()))
        del shared[word]
        likeness = {
            other: 2 * count / (len(pairs) + len(self._pairs[other]))
            for other, count in shared.items()
        }
        best = sorted(likeness, key=lambda other: (-likeness[other], other))[:_SIMILAR_WORDS]
        return tuple(other for other in best if likeness[other] >= _LEAST_LIKENESS)

    def _any(self, random: Random) -> str:
        """Return a word as often as it occurs: what is put in is mostly a small word."""
        return self._words[bisect(self._ends, random.randrange(self._ends[-1]))]


def _pairs(word: str) -> frozenset[str]:
    return frozenset(a + b for a, b in pairwise(f"^{word}$"))
