"""Whether figures rise or fall over time, said only where chance alone would hardly look so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import sqrt
from typing import Literal

Direction = Literal["rises", "falls", "unclear", "too few"]

FEWEST = 10
"""Fewer figures have no trend: from ten on the normal distribution serves for Kendall's sum
(Kendall, Rank Correlation Methods, 1975)."""

MOST = 30
"""Only so many of the newest are looked at: what matters is how it goes now."""

LEAST_Z = 2.576
"""Chance alone passes it once in a hundred times. Dozens of trends are shown side by side, so that
the usual one in twenty would show a false one nearly always."""


@dataclass(frozen=True, slots=True)
class Trend:
    """The direction of the last `n` figures; `tau` is Kendall's rank correlation with time."""

    direction: Direction
    n: int
    tau: float | None = None


def find_trend(values: Sequence[float]) -> Trend:
    """Return the trend of figures in order of time (the test of Mann and Kendall, with ties)."""
    recent = values[-MOST:]
    n = len(recent)
    if n < FEWEST:
        return Trend("too few", n)
    total = sum((later > earlier) - (later < earlier) for earlier, later in combinations(recent, 2))
    ties = sum(t * (t - 1) * (2 * t + 5) for t in Counter(recent).values())
    variance = (n * (n - 1) * (2 * n + 5) - ties) / 18
    tau = 2 * total / (n * (n - 1))
    if variance <= 0:  # all are the same
        return Trend("unclear", n, 0.0)
    z = max(abs(total) - 1, 0) / sqrt(variance)
    if z < LEAST_Z:
        return Trend("unclear", n, tau)
    return Trend("rises" if total > 0 else "falls", n, tau)
