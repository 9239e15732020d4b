"""Intervals by drawing whole clusters again, for answers of one speaker are alike."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Sequence
from typing import TYPE_CHECKING

from trainer.agreement.measures import share, share_row
from trainer.agreement.types import Figure, Share

if TYPE_CHECKING:
    from trainer.agreement.measures import Sums

RESAMPLES = 1000
SEED = 20
LEVEL = 0.95
_LEAST_DEFINED = 0.9  # of the resamples; else the interval would be of the lucky ones


class Resampler:
    """Draws clusters with replacement; the same data and seed give the same intervals."""

    def __init__(self, resamples: int = RESAMPLES, seed: int = SEED) -> None:
        self.resamples = resamples
        self.seed = seed
        self._draws: dict[int, Sums] = {}

    def figure(
        self, rows: Sequence[tuple[Hashable, list[float]]], measure: Callable[[Sums], Sums]
    ) -> Figure:
        """Return a measure of rows of sums, each with its cluster, and its percentile interval.

        Only clusters that have a row are drawn. There is no interval of fewer than two, nor where
        too many resamples leave the measure undefined, nor where all of them are equal.
        """
        import numpy as np  # 100 ms

        if not rows:
            return Figure(None)
        places: dict[Hashable, int] = {}
        for cluster, _ in rows:
            places.setdefault(cluster, len(places))
        sums = np.zeros((len(places), len(rows[0][1])))
        np.add.at(sums, [places[cluster] for cluster, _ in rows], [row for _, row in rows])
        value = float(measure(sums.sum(0)))
        if math.isnan(value) or len(places) < 2:
            return Figure(None if math.isnan(value) else value)
        found = measure(self._drawn(len(places)) @ sums)
        found = found[~np.isnan(found)]
        if len(found) < _LEAST_DEFINED * self.resamples or np.ptp(found) == 0:
            return Figure(value)
        low, high = np.quantile(found, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
        return Figure(value, float(low), float(high))

    def share(self, cases: Sequence[tuple[Hashable, bool]]) -> Share:
        """Return how many cases are hits, and the interval of their share."""
        rows = [(cluster, share_row(hit)) for cluster, hit in cases]
        figure = self.figure(rows, share)
        return Share(sum(hit for _, hit in cases), len(cases), figure.low, figure.high)

    def _drawn(self, clusters: int) -> Sums:
        """Return how often each cluster is drawn, a resample a row."""
        import numpy as np

        if clusters not in self._draws:
            generator = np.random.default_rng([self.seed, clusters])
            even = np.full(clusters, 1 / clusters)
            draws = generator.multinomial(clusters, even, self.resamples)
            self._draws[clusters] = draws.astype(np.float64)
        return self._draws[clusters]
