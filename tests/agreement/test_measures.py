"""The measures on tables made by hand, and what holds for any table."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.agreement.kappas import weighted_kappa
from trainer.agreement.measures import (
    kappa,
    moments_row,
    pearson,
    share,
    share_row,
    table_row,
)

MARK = st.integers(0, 2)
PAIRS = st.lists(st.tuples(MARK, MARK), min_size=1, max_size=60)


@pytest.mark.parametrize(
    ("pairs", "known"),
    [
        ([(0, 0), (1, 1), (2, 2)], 1),
        ([(0, 2), (2, 0)], -1),
        ([(0, 0), (0, 1), (1, 0), (1, 1)], 0),
        ([(0, 0), (1, 1), (2, 2), (0, 2)], 5 / 13),
        ([(0, 1), (1, 1), (2, 1)], 0),
        # rows 20 5 1 / 4 15 6 / 2 3 24: observed 30, by chance 111.625
        (
            [(0, 0)] * 20 + [(0, 1)] * 5 + [(0, 2)] + [(1, 0)] * 4 + [(1, 1)] * 15 + [(1, 2)] * 6
            + [(2, 0)] * 2 + [(2, 1)] * 3 + [(2, 2)] * 24,
            1 - 30 / 111.625,
        ),
    ],
)  # fmt: skip
def test_kappa_of_tables_made_by_hand(pairs: list[tuple[int, int]], known: float) -> None:
    assert math.isclose(weighted_kappa(pairs), known, abs_tol=1e-12)


def test_kappa_is_not_defined_where_nothing_differs() -> None:
    assert math.isnan(weighted_kappa([(2, 2), (2, 2)]))
    assert math.isnan(weighted_kappa([]))


def by_definition(pairs: list[tuple[int, int]]) -> float:
    """Every pair against every pair: what chance would give."""
    observed = sum((a - b) ** 2 for a, b in pairs) / len(pairs)
    chance = sum((a - b) ** 2 for a, _ in pairs for _, b in pairs) / len(pairs) ** 2
    return 1 - observed / chance if chance else math.nan


@given(PAIRS)
def test_kappa_is_what_its_definition_says(pairs: list[tuple[int, int]]) -> None:
    found = weighted_kappa(pairs)
    assert np.isclose(found, by_definition(pairs), equal_nan=True)
    assert math.isnan(found) or -1 - 1e-9 <= found <= 1 + 1e-9


@given(PAIRS, st.permutations(range(60)))
def test_kappa_cares_neither_for_order_nor_for_who_is_first(
    pairs: list[tuple[int, int]], order: list[int]
) -> None:
    shuffled = [pairs[k] for k in order if k < len(pairs)]
    swapped = [(b, a) for a, b in pairs]
    turned = [(2 - a, 2 - b) for a, b in pairs]
    for other in (shuffled, swapped, turned, pairs * 3):
        assert np.isclose(weighted_kappa(pairs), weighted_kappa(other), equal_nan=True)


def test_marks_in_another_order_agree_by_chance_only() -> None:
    generator = np.random.default_rng(1)
    given_marks = generator.choice(3, 400, p=[0.2, 0.3, 0.5])
    found = [
        weighted_kappa(list(zip(given_marks, generator.permutation(given_marks), strict=True)))
        for _ in range(100)
    ]
    assert abs(np.mean(found)) < 0.02
    assert max(map(abs, found)) < 0.25


@given(st.lists(st.booleans(), min_size=1))
def test_a_share_is_hits_by_cases(hits: list[bool]) -> None:
    assert math.isclose(
        share(np.sum([share_row(hit) for hit in hits], axis=0)), sum(hits) / len(hits)
    )


WHOLE = st.integers(-100, 100)


@given(st.lists(st.tuples(WHOLE, WHOLE), min_size=2, max_size=30))
def test_pearson_is_that_of_numpy(pairs: list[tuple[int, int]]) -> None:
    found = float(pearson(np.sum([moments_row(x, y) for x, y in pairs], axis=0)))
    first, second = np.array(pairs, dtype=float).T
    if np.ptp(first) == 0 or np.ptp(second) == 0:
        assert math.isnan(found)
    else:
        assert math.isclose(found, np.corrcoef(first, second)[0, 1], abs_tol=1e-6)


@pytest.mark.parametrize(
    ("measure", "rows"),
    [
        (kappa, [table_row(0, 1), table_row(2, 2), table_row(1, 1)]),
        (share, [share_row(True), share_row(False)]),
        (pearson, [moments_row(1, 2), moments_row(2, 5), moments_row(3, 4)]),
    ],
)
def test_many_sums_are_measured_at_once_as_one_by_one(
    measure: Callable[..., np.ndarray], rows: list[list[float]]
) -> None:
    draws = np.random.default_rng(2).integers(0, 3, (20, len(rows))).astype(float)
    at_once = measure(draws @ np.array(rows))
    assert np.allclose(at_once, [measure(draw @ np.array(rows)) for draw in draws], equal_nan=True)
