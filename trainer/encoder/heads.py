"""The trained heads: from the states of an answer's pieces to evidence and log-odds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from trainer.encoder.arrays import Arrays, Floats

FULL_PIECES = np.float32(200)
"""Pieces of an answer of full length; the feature of length is their share, 2 at most."""
_MOST_LENGTH = np.float32(2)
_STRONG = np.float32(4)  # log-odds of evidence that count as 1 in the features
_FEATURES = 4


@dataclass(frozen=True, slots=True)
class Look:
    """What all heads make of an answer, a row for each head.

    `evidence` (0..1) has a column for each piece, `vectors` are means of the states weighted by
    evidence, `log_odds` has two columns: at least partly, and met.
    """

    evidence: Floats
    vectors: Floats
    log_odds: Floats


class Heads:
    """The weights of all heads. Immutable."""

    def __init__(self, arrays: Arrays, count: int, kinds: int, width: int) -> None:
        """Take what is needed out of `arrays`. Raises `Damage` when something does not fit."""
        self._evidence = arrays.floats("evidence.weight", count, width)
        self._evidence_bias = arrays.floats("evidence.bias", count)
        self._scale = arrays.floats("evidence.scale", count)
        self._mark = arrays.floats("mark.weight", count, 2, width)
        self._features = arrays.floats("mark.features", count, 2, _FEATURES)
        self._mark_bias = arrays.floats("mark.bias", count, 2)
        self._kind = arrays.floats("kind.weight", kinds, width)
        self._kind_bias = arrays.floats("kind.bias", kinds)

    def look(self, states: Floats) -> Look:
        """Look at the states of at least one piece, a row each."""
        count = np.float32(len(states))
        evidence = self._evidence @ states.T
        evidence += self._evidence_bias[:, None]
        weights = _softmax(evidence * self._scale[:, None])
        vectors = weights @ states
        likely = _logistic(evidence)
        features = np.empty((len(vectors), _FEATURES), np.float32)
        features[:, 0] = weights @ (np.arange(len(states), dtype=np.float32) / count)
        features[:, 1] = likely.mean(axis=1)
        features[:, 2] = evidence.max(axis=1) / _STRONG
        features[:, 3] = min(count / FULL_PIECES, _MOST_LENGTH)
        log_odds = np.einsum("nkd,nd->nk", self._mark, vectors)
        log_odds += np.einsum("nkf,nf->nk", self._features, features)
        log_odds += self._mark_bias
        return Look(likely, vectors, log_odds)

    def kinds(self, states: Floats) -> Floats:
        """Return how likely the answer is of each kind, together 1."""
        shares: Floats = _softmax((self._kind @ states.mean(axis=0) + self._kind_bias)[None])[0]
        return shares


def _softmax(rows: Floats) -> Floats:
    shares: Floats = np.exp(rows - rows.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    return shares


def _logistic(values: Floats) -> Floats:
    likely: Floats = np.tanh(values * np.float32(0.5))  # this form cannot overflow
    likely += 1
    likely *= np.float32(0.5)
    return likely
