"""The line on filled pauses: who counted, and what the sound alone tells."""

from __future__ import annotations

import pytest

from trainer.analysis.types import FillerCount
from trainer.coach.fillers import describe_um, newest_reviews
from trainer.store.types import FillerReview


def review(rater: str, count: int, number: int = 1) -> FillerReview:
    assert rater in ("self", "peer")
    return FillerReview(f"r{number}", "a1", "2026-11-20T10:00:00Z", rater, count)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("low", "high", "line"),
    [
        (0, 0, 'no "um" found in the sound'),
        (1, 1, '"um" once (from the sound)'),
        (0, 1, '"um" about 0 to 1 times (from the sound)'),
        (3, 6, '"um" about 3 to 6 times (from the sound)'),
    ],
)
def test_the_machine_gives_a_range(low: int, high: int, line: str) -> None:
    assert describe_um(FillerCount("um", low, high)) == line


def test_nothing_is_said_where_nobody_listened() -> None:
    assert describe_um(None) is None


def test_what_people_counted_goes_first_and_the_machine_is_still_told() -> None:
    reviews = [review("self", 4), review("peer", 5)]
    line = describe_um(FillerCount("um", 3, 6), reviews)
    assert (
        line
        == '"um" 4 times by your ear, 5 times by a listener (from the sound alone: 3 to 6 times)'
    )
    assert describe_um(None, [review("peer", 1)]) == '"um" once by a listener'


def test_the_newest_count_of_each_holds() -> None:
    reviews = [review("self", 4, 1), review("peer", 5, 2), review("self", 2, 3)]
    assert [(r.rater, r.count) for r in newest_reviews(reviews)] == [("self", 2), ("peer", 5)]
