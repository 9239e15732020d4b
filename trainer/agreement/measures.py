"""The measures, each a function of sums, so that a thousand resamples cost one matrix product.

Every observation is a row of sums (`table_row`, `share_row`, `moments_row`); rows add up over
clusters. A measure takes an array whose last axis holds the sums, and gives NaN where it is not
defined.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Sums = NDArray[np.float64]

LEVELS = 3
"""Marks: missed, partly, met."""

_UNEVEN = 1e-9  # below it a spread is rounding


def table_row(given: int, found: int, weight: float = 1.0) -> list[float]:
    """Return a pair of marks as a row: the cell of their table."""
    row = [0.0] * LEVELS**2
    row[LEVELS * given + found] = weight
    return row


def share_row(hit: bool) -> list[float]:
    """Return one case as a row: whether it is a hit, and that it is one."""
    return [float(hit), 1.0]


def mean_row(value: float) -> list[float]:
    """Return one value as a row: `share` of such rows is their mean."""
    return [value, 1.0]


def moments_row(x: float, y: float) -> list[float]:
    """Return a pair of values as a row of what their correlation needs."""
    return [1.0, x, y, x * x, y * y, x * y]


def kappa(sums: Sums) -> Sums:
    """Return the quadratic-weighted kappa (Cohen 1968) of tables of pairs of marks.

    It is not defined where both raters give one and the same mark only.
    """
    import numpy as np  # 100 ms

    tables = sums.reshape(*sums.shape[:-1], LEVELS, LEVELS)
    levels = np.arange(LEVELS, dtype=np.float64)
    distances = np.subtract.outer(levels, levels) ** 2
    observed = (tables * distances).sum((-2, -1))
    by_chance = np.einsum("...i,...j,ij->...", tables.sum(-1), tables.sum(-2), distances)
    return 1 - _divided(observed * tables.sum((-2, -1)), by_chance)


def share(sums: Sums) -> Sums:
    """Return hits by cases."""
    return _divided(sums[..., 0], sums[..., 1])


def pearson(sums: Sums) -> Sums:
    """Return the correlation of pairs. It is not defined where one side is the same throughout."""
    import numpy as np

    n, x, y, xx, yy, xy = np.moveaxis(sums, -1, 0)
    spread_x, spread_y = n * xx - x * x, n * yy - y * y
    flat = (spread_x <= _UNEVEN * n * xx) | (spread_y <= _UNEVEN * n * yy)
    below = np.sqrt(np.where(flat, 0.0, spread_x * spread_y))
    return np.clip(_divided(n * xy - x * y, below), -1, 1)


def _divided(above: Any, below: Any) -> Sums:
    import numpy as np

    result: Sums = np.full(np.shape(below), np.nan)
    np.divide(above, below, out=result, where=np.asarray(below) > 0)
    return result
