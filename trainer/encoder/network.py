"""The network: six layers of a transformer (BERT), in numpy, for one text at a time.

All is float32. What can be done once is done when the weights are loaded: the three tables of
attention become one, and constant factors go into tables.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import pi, sqrt
from typing import Self

import numpy as np

from trainer.encoder.arrays import Arrays, Bytes, Floats
from trainer.encoder.problems import Damage

HEAD_WIDTH = 32
"""Numbers in each head of attention: that of all-MiniLM-L6-v2."""
_EPSILON = np.float32(1e-12)  # of BERT's normalisation
_GELU = np.float32(sqrt(2 / pi))
_GELU_CUBE = np.float32(0.044715 * sqrt(2 / pi))


@dataclass(frozen=True, slots=True)
class _Norm:
    weight: Floats
    bias: Floats

    @classmethod
    def load(cls, arrays: Arrays, name: str, width: int) -> Self:
        return cls(arrays.floats(f"{name}.weight", width), arrays.floats(f"{name}.bias", width))

    def apply(self, states: Floats) -> None:
        """Normalise each row in place."""
        states -= states.mean(axis=1, keepdims=True)
        squares = np.einsum("ij,ij->i", states, states)
        states *= (1 / np.sqrt(squares / np.float32(states.shape[1]) + _EPSILON))[:, None]
        states *= self.weight
        states += self.bias


@dataclass(frozen=True, slots=True)
class _Linear:
    weight: Floats  # a row for each number that comes out
    bias: Floats

    @classmethod
    def load(cls, arrays: Arrays, name: str, rows: int | None, width: int) -> Self:
        weight = arrays.unpacked(name, rows, width)
        return cls(weight, arrays.floats(f"{name}.bias", len(weight)))

    def apply(self, states: Floats, out: Floats) -> Floats:
        np.matmul(states, self.weight.T, out=out)
        out += self.bias
        return out


@dataclass(frozen=True, slots=True)
class _Layer:
    """`attention` gives query, key and value side by side, the query divided by the root of
    `HEAD_WIDTH`; the weight of `outer` is halved, for the half in front of gelu."""

    attention: _Linear
    output: _Linear
    attention_norm: _Norm
    inner: _Linear
    outer: _Linear
    norm: _Norm

    @classmethod
    def load(cls, arrays: Arrays, name: str, width: int) -> Self:
        query, key, value, output = (
            _Linear.load(arrays, f"{name}.{part}", width, width)
            for part in ("query", "key", "value", "output")
        )
        scale = np.float32(HEAD_WIDTH**-0.5)
        attention = _Linear(
            np.concatenate((query.weight * scale, key.weight, value.weight)),
            np.concatenate((query.bias * scale, key.bias, value.bias)),
        )
        inner = _Linear.load(arrays, f"{name}.inner", None, width)
        outer = _Linear.load(arrays, f"{name}.outer", width, len(inner.bias))
        np.multiply(outer.weight, np.float32(0.5), out=outer.weight)
        return cls(
            attention,
            output,
            _Norm.load(arrays, f"{name}.attention_norm", width),
            inner,
            outer,
            _Norm.load(arrays, f"{name}.norm", width),
        )


class _Space:
    """Room for the numbers in between, made once for each text and used by every layer."""

    def __init__(self, count: int, width: int, inner: int) -> None:
        self.mixed = np.empty((count, 3 * width), np.float32)
        self.scores = np.empty((count, count), np.float32)
        self.context = np.empty((count, width), np.float32)
        self.change = np.empty((count, width), np.float32)
        self.inner = np.empty((count, inner), np.float32)
        self.gelu = np.empty((count, inner), np.float32)


class Network:
    """The transformer. Nothing in it changes after loading, so threads can share it."""

    def __init__(self, arrays: Arrays) -> None:
        """Take what is needed out of `arrays`. Raises `Damage` when something does not fit."""
        token_type = arrays.floats("token_type", None, None)
        self.width = token_type.shape[1]
        if self.width % HEAD_WIDTH:
            raise Damage(f"{self.width} numbers a piece")
        self._words: Bytes  # the largest table by far: one row is unpacked for each piece read
        self._words, self._word_factors = arrays.packed("word", None, self.width)
        self._places = arrays.unpacked("position", None, self.width) + token_type[0]
        self._norm = _Norm.load(arrays, "embed_norm", self.width)
        self._layers: list[_Layer] = []
        while arrays.has_any(f"layer{len(self._layers)}."):
            self._layers.append(_Layer.load(arrays, f"layer{len(self._layers)}", self.width))
        if not self._layers:
            raise Damage("without layers")

    @property
    def known(self) -> int:
        """How many word pieces the network knows."""
        return len(self._words)

    @property
    def longest(self) -> int:
        """How many pieces it reads at once."""
        return len(self._places)

    def states(self, ids: Sequence[int]) -> Floats:
        """Return a row of `width` numbers for each of at most `longest` pieces."""
        rows = np.asarray(ids, dtype=np.intp)
        states: Floats = self._words[rows] * self._word_factors[rows, None]
        states += self._places[: len(rows)]
        self._norm.apply(states)
        space = _Space(len(rows), self.width, max(len(layer.inner.bias) for layer in self._layers))
        for layer in self._layers:
            _attend(layer, states, space)
            _transform(layer, states, space)
        return states


def _attend(layer: _Layer, states: Floats, space: _Space) -> None:
    """Let each piece look at all others. Head by head: its scores then stay in the cache."""
    width = states.shape[1]
    mixed = layer.attention.apply(states, space.mixed)
    scores = space.scores
    for at in range(0, width, HEAD_WIDTH):
        query, key, value = (mixed[:, k : k + HEAD_WIDTH] for k in (at, at + width, at + 2 * width))
        np.matmul(query, key.T, out=scores)
        scores -= scores.max(axis=1, keepdims=True)
        np.exp(scores, out=scores)
        context = space.context[:, at : at + HEAD_WIDTH]
        np.divide(scores @ value, scores.sum(axis=1, keepdims=True), out=context)
    states += layer.output.apply(space.context, space.change)
    layer.attention_norm.apply(states)


def _transform(layer: _Layer, states: Floats, space: _Space) -> None:
    """Change each piece by itself, through gelu in its tanh form."""
    inner = layer.inner.apply(states, space.inner)
    gelu = np.multiply(inner, inner, out=space.gelu)
    gelu *= _GELU_CUBE
    gelu += _GELU
    gelu *= inner
    np.tanh(gelu, out=gelu)
    gelu += 1
    gelu *= inner
    states += layer.outer.apply(gelu, space.change)
    layer.norm.apply(states)
