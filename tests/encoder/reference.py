"""The encoder once more, written as its formulas stand: 64 bits, piece by piece, nothing folded."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import count, takewhile
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Vector = npt.NDArray[np.float64]
HEAD_WIDTH = 32
OVERLAP = 128


class Expected(NamedTuple):
    log_odds: Vector  # heads, 2
    evidence: Vector  # pieces, heads
    vectors: Vector  # heads, width
    kinds: Vector


class Reference:
    def __init__(self, arrays: Mapping[str, npt.NDArray[Any]]) -> None:
        self.arrays = {
            name: arrays[name].astype(np.float64)
            for name in arrays
            if not name.endswith((".q", ".s")) and not name.startswith("example")
        }
        for name in arrays:
            if name.endswith(".q"):
                table = name.removesuffix(".q")
                factors = arrays[f"{table}.s"].astype(np.float64)
                self.arrays[table] = arrays[name].astype(np.float64) * factors[:, None]

    def opinion(self, ids: Sequence[int], begin: int, end: int, longest: int) -> Expected:
        states = np.array(self._kept_states(list(ids), begin, end, longest - 2))
        a = self.arrays
        evidence = states @ a["evidence.weight"].T + a["evidence.bias"]
        log_odds, vectors = [], []
        for head, (marks, features) in enumerate(
            zip(a["mark.weight"], a["mark.features"], strict=True)
        ):
            found = evidence[:, head]
            weights = softmax(found * a["evidence.scale"][head])
            vector = sum(w * s for w, s in zip(weights, states, strict=True))
            seen = [
                sum(w * place / len(ids) for place, w in enumerate(weights)),
                sum(map(logistic, found)) / len(ids),
                max(found) / 4,
                min(len(ids) / 200, 2.0),
            ]
            log_odds.append(marks @ vector + features @ seen + a["mark.bias"][head])
            vectors.append(vector)
        kinds = softmax(a["kind.weight"] @ states.mean(axis=0) + a["kind.bias"])
        shown = np.vectorize(logistic)(evidence)
        return Expected(np.array(log_odds), shown, np.array(vectors), kinds)

    def _kept_states(self, ids: list[int], begin: int, end: int, room: int) -> list[Vector]:
        """Read all windows; keep each piece from where it stands furthest from an edge."""
        overlap = min(OVERLAP, room // 2)
        starts = [
            0,
            *takewhile(lambda s: s + overlap < len(ids), count(room - overlap, room - overlap)),
        ]
        kept: dict[int, tuple[int, Vector]] = {}
        for start in starts:
            inside = ids[start : start + room]
            for at, state in enumerate(self.states([begin, *inside, end])[1:-1]):
                distance = min(at, len(inside) - 1 - at)
                best, _ = kept.get(start + at, (-1, state))
                if distance > best:
                    kept[start + at] = (distance, state)
        return [kept[piece][1] for piece in range(len(ids))]

    def states(self, ids: Sequence[int]) -> list[Vector]:
        a = self.arrays
        states = [
            self._norm("embed_norm", a["word"][piece] + a["position"][at] + a["token_type"][0])
            for at, piece in enumerate(ids)
        ]
        for number in takewhile(lambda n: f"layer{n}.query" in a, count()):
            states = self._layer(f"layer{number}", states)
        return states

    def _layer(self, name: str, states: list[Vector]) -> list[Vector]:
        query, key, value = (
            np.array([self._linear(f"{name}.{part}", state) for state in states])
            for part in ("query", "key", "value")
        )
        after = []
        for at, state in enumerate(states):
            context = np.zeros_like(state)
            for low in range(0, len(state), HEAD_WIDTH):
                head = slice(low, low + HEAD_WIDTH)
                scores = key[:, head] @ query[at, head] / math.sqrt(HEAD_WIDTH)
                context[head] = softmax(scores) @ value[:, head]
            seen = self._norm(
                f"{name}.attention_norm", state + self._linear(f"{name}.output", context)
            )
            inner = np.array([gelu(x) for x in self._linear(f"{name}.inner", seen)])
            after.append(self._norm(f"{name}.norm", seen + self._linear(f"{name}.outer", inner)))
        return after

    def _linear(self, name: str, vector: Vector) -> Vector:
        return np.asarray(self.arrays[name] @ vector + self.arrays[f"{name}.bias"])

    def _norm(self, name: str, vector: Vector) -> Vector:
        spread = math.sqrt(float(np.mean((vector - vector.mean()) ** 2)) + 1e-12)
        normal = (vector - vector.mean()) / spread
        return np.asarray(normal * self.arrays[f"{name}.weight"] + self.arrays[f"{name}.bias"])


def softmax(values: Vector) -> Vector:
    powers = np.exp(values - values.max())
    return np.asarray(powers / powers.sum())


def logistic(value: float) -> float:
    return 1 / (1 + math.exp(-value))


def gelu(x: float) -> float:
    return 0.5 * x * (1 + math.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)))
