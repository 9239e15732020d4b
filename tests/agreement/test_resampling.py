"""Intervals: seeded, over whole clusters, and as wide as they say."""

from __future__ import annotations

import numpy as np
import pytest

from tests.agreement.kappas import weighted_kappa
from trainer.agreement.measures import kappa, table_row
from trainer.agreement.resampling import Resampler
from trainer.agreement.types import Figure


def noisy_marks(generator: np.random.Generator, count: int) -> list[tuple[int, int]]:
    """Return pairs of marks, of which six in ten agree for sure."""
    given = generator.choice(3, count, p=[0.25, 0.25, 0.5])
    guess = generator.choice(3, count, p=[0.25, 0.25, 0.5])
    return list(zip(given, np.where(generator.random(count) < 0.6, given, guess), strict=True))


def test_the_interval_of_kappa_covers_the_truth_about_95_times_of_100() -> None:
    truth = weighted_kappa(noisy_marks(np.random.default_rng(0), 400_000))
    assert truth == pytest.approx(0.6, abs=0.01)
    covered = 0
    for seed in range(200):
        pairs = noisy_marks(np.random.default_rng(seed + 1), 100)
        rows = [(index, table_row(a, b)) for index, (a, b) in enumerate(pairs)]
        figure = Resampler(300, seed).figure(rows, kappa)
        assert figure.low is not None
        assert figure.high is not None
        covered += figure.low <= truth <= figure.high
    assert 0.88 <= covered / 200 <= 0.995


def test_the_same_data_and_seed_give_the_same_interval() -> None:
    cases = [(k // 3, k * k % 7 < 3) for k in range(1, 1000)]
    assert Resampler().share(cases) == Resampler().share(cases)
    assert Resampler(seed=1).share(cases).low != Resampler(seed=2).share(cases).low


def test_cases_that_come_in_clusters_tell_less_than_as_many_apart() -> None:
    hits = [k % 20 < 10 for k in range(200)]
    apart = Resampler().share([(k, hit) for k, hit in enumerate(hits)])
    together = Resampler().share([(k // 10, hit) for k, hit in enumerate(hits)])
    assert (apart.hits, apart.of) == (together.hits, together.of) == (100, 200)
    assert apart.low is not None
    assert together.low is not None
    assert together.low < apart.low - 0.1


def test_one_cluster_has_no_interval() -> None:
    assert Resampler().share([("a", True), ("a", False)]).low is None


def test_a_share_of_none_or_all_has_no_interval() -> None:
    for hit in (True, False):
        found = Resampler().share([(k, hit) for k in range(30)])
        assert (found.value, found.low, found.high) == (float(hit), None, None)


def test_of_nothing_there_is_no_figure() -> None:
    assert Resampler().figure([], kappa) == Figure(None)
    assert Resampler().share([]).value is None


def test_a_measure_that_resamples_seldom_define_has_no_interval() -> None:
    rows = [(0, table_row(0, 1)), (1, table_row(2, 2)), (2, table_row(2, 2))]
    figure = Resampler().figure(rows, kappa)
    assert figure.value is not None
    assert figure.low is None


def test_clusters_without_a_case_are_not_drawn() -> None:
    cases = [(k, k % 3 == 0) for k in range(30)]
    again = [(100 + k, hit) for k, hit in cases]
    assert Resampler().share(cases) == Resampler().share(again)
