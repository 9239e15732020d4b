"""The agreement on the surest marks, and where it cannot be told."""

from __future__ import annotations

import math
from collections.abc import Iterable

from tests.agreement.kappas import weighted_kappa
from tests.evaluation.conftest import seen
from trainer.agreement.resampling import Resampler
from trainer.evaluation.sureness import KEPT, tell_sureness
from trainer.evaluation.types import Coverage, SeenMark

RIGHT = [(0, 0), (1, 1), (2, 2), (2, 2), (0, 0), (2, 2), (1, 1), (0, 0)]
WRONG = [(0, 2), (2, 0)]


def marks() -> list[SeenMark]:
    pairs = [(*pair, True) for pair in RIGHT] + [(*pair, False) for pair in WRONG]
    return [seen(a, b, k, sure=sure) for k, (a, b, sure) in enumerate(pairs)]


def kept(points: Iterable[Coverage]) -> dict[float, float | None]:
    return {point.kept: point.kappa.value for point in points}


def test_sure_and_unsure_marks_are_measured_apart() -> None:
    told = tell_sureness(marks(), Resampler(20))
    assert (told.sure.marks, told.sure.kappa.value) == (8, 1)
    assert (told.unsure.marks, told.unsure.kappa.value) == (2, -1)
    assert told.unsure.missed_as_met.hits == 1


def test_the_curve_rises_to_the_sure_marks_and_ends_there() -> None:
    curve = kept(tell_sureness(marks(), Resampler(20)).by_unsure)
    assert tuple(curve) == KEPT
    everything, most, sure = curve[1.0], curve[0.9], curve[0.8]
    assert everything is not None
    assert math.isclose(everything, weighted_kappa(RIGHT + WRONG))
    assert most is not None
    assert everything < most < 1
    assert sure == 1
    assert [curve[share] for share in (0.7, 0.6, 0.5)] == [None, None, None]


def test_half_of_the_unsure_marks_count_half() -> None:
    curve = kept(tell_sureness(marks(), Resampler(20)).by_unsure)
    halved = curve[0.9]
    assert halved is not None
    assert math.isclose(halved, weighted_kappa(RIGHT * 2 + WRONG))


def test_a_rater_that_is_always_sure_has_no_curve() -> None:
    told = tell_sureness([seen(a, b, k) for k, (a, b) in enumerate(RIGHT)], Resampler(20))
    assert kept(told.by_unsure) == {1.0: 1, 0.9: None, 0.8: None, 0.7: None, 0.6: None, 0.5: None}
    assert told.unsure.marks == 0
    assert told.unsure.kappa.value is None


def test_without_confidence_there_is_no_curve_by_it() -> None:
    assert tell_sureness(marks(), Resampler(20)).by_confidence == ()
    partly = [seen(0, 0, confidence=0.5), seen(1, 1)]
    assert tell_sureness(partly, Resampler(20)).by_confidence == ()


def test_by_confidence_the_curve_goes_to_the_surest_half() -> None:
    pairs = [*RIGHT[:5], (0, 1), (1, 0), (1, 2), *WRONG]
    drawn = [seen(a, b, k, confidence=1 - k / 10) for k, (a, b) in enumerate(pairs)]
    curve = kept(tell_sureness(drawn, Resampler(20)).by_confidence)
    assert curve[0.5] == 1
    values = [curve[share] for share in KEPT]
    assert values == sorted(values, key=lambda value: -2 if value is None else value)
    for share in KEPT:
        value = curve[share]
        assert value is not None
        assert math.isclose(value, weighted_kappa(pairs[: round(10 * share)]))
