"""Kappa of pairs of marks, as tests have them."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from trainer.agreement.measures import LEVELS, kappa


def weighted_kappa(pairs: Iterable[tuple[int, int]]) -> float:
    """Return the quadratic-weighted kappa of pairs of marks, NaN where it is not defined."""
    sums = np.zeros(LEVELS**2)
    for given, found in pairs:
        sums[LEVELS * given + found] += 1
    return float(kappa(sums))
