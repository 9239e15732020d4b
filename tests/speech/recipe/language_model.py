"""The language model: how likely a word follows another, counted from the sentences.

A bigram model, interpolated with the single words in Witten and Bell's way (1991): the more
different words have followed, the more is kept for words that have not yet.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

from tests.speech.recipe.text import BEGIN, END


class LanguageModel:
    """Probabilities of words after words; `BEGIN` and `END` stand around a sentence."""

    def __init__(self, sentences: Sequence[str], vocabulary: Sequence[str]) -> None:
        self._pairs: dict[str, Counter[str]] = defaultdict(Counter)
        singles: Counter[str] = Counter()
        for sentence in sentences:
            words = [BEGIN, *sentence.split(), END]
            singles.update(words[1:])
            for word, follower in pairwise(words):
                self._pairs[word][follower] += 1
        possible = [*vocabulary, END]
        total = singles.total() + len(possible)
        self._singles = {word: (singles[word] + 1) / total for word in possible}

    def single(self, word: str) -> float:
        """Return the probability of a word whatever stands before it."""
        return self._singles[word]

    def backoff(self, word: str) -> float:
        """Return the share that is kept after `word` for the single words."""
        followers = self._pairs[word]
        return len(followers) / (followers.total() + len(followers))

    def following(self, word: str, follower: str) -> float:
        """Return the probability of `follower` after `word`."""
        followers = self._pairs[word]
        seen = followers[follower] / followers.total()
        backoff = self.backoff(word)
        return (1 - backoff) * seen + backoff * self._singles[follower]

    def seen_after(self, word: str) -> tuple[str, ...]:
        """Return the words, and perhaps `END`, that followed `word` in the sentences."""
        return tuple(self._pairs[word])
