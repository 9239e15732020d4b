"""The line on filled pauses: who counted, and what the sound alone tells."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.analysis.types import FillerCount
from trainer.coach.fillers import (
    describe_um,
    heard_moment,
    list_moments,
    marked_moments,
    newest_reviews,
)
from trainer.store.types import FillerReview
from trainer.transcript.types import FilledPause, HeardWord, Sound, Transcript


def review(rater: str, count: int, number: int = 1) -> FillerReview:
    assert rater in ("self", "peer")
    return FillerReview(f"r{number}", "a1", "2026-11-20T10:00:00Z", rater, count)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("low", "high", "line"),
    [
        (0, 0, 'no "um" found in the sound'),
        (1, 1, '"um" once (from the sound)'),
        (0, 1, '"um" at most once (from the sound)'),
        (0, 3, '"um" at most 3 times (from the sound)'),
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


def test_a_listener_with_a_name_is_named() -> None:
    told = replace(review("peer", 9), rater_name="Ben")
    assert describe_um(FillerCount("um", 6, 6), [told]) == (
        '"um" 9 times by Ben (from the sound alone: 6 times)'
    )


def test_marks_of_a_listener_take_the_nearest_sound_each_and_stand_alone_without_one() -> None:
    words = spoken((FilledPause(10.0, 10.4, 0.9), FilledPause(11.0, 11.3, 0.2)))
    assert marked_moments(words, (11.5, 10.8, 10.6, 30.0)) == (
        (10.0, 10.4),
        (10.1, 10.5),
        (11.0, 11.3),
        (29.3, 29.7),
    )
    assert marked_moments(spoken(()), ()) == ()


def test_the_newest_count_of_each_holds() -> None:
    reviews = [review("self", 4, 1), review("peer", 5, 2), review("self", 2, 3)]
    assert [(r.rater, r.count) for r in newest_reviews(reviews)] == [("self", 2), ("peer", 5)]


seconds = st.integers(0, 600).map(lambda tenths: tenths / 10)
pauses = st.lists(st.builds(FilledPause, seconds, seconds, st.floats(0, 1)), max_size=6)


def spoken(found: Sequence[FilledPause]) -> Transcript:
    words = [HeardWord(f"w{n}", n, n + 0.5, 0.9) for n in range(60)]
    in_order = tuple(sorted(found, key=lambda pause: (pause.start_s, pause.end_s)))
    return Transcript.heard(words, "vosk", Sound((), in_order))


@given(pauses)
def test_without_a_count_by_ear_the_likely_moments_are_counted(found: list[FilledPause]) -> None:
    moments = list_moments(spoken(found), [review("peer", 5)])
    assert len(moments) == len(found)
    assert all(m.counted == (m.chance is not None and m.chance >= 0.5) for m in moments)


@given(pauses, st.lists(st.tuples(seconds, seconds), max_size=6))
def test_what_the_speaker_left_is_what_is_counted(
    found: list[FilledPause], left: list[tuple[float, float]]
) -> None:
    by_ear = FillerReview("r", "a", "2026-11-20T10:00:00Z", "self", len(left), tuple(sorted(left)))
    moments = list_moments(spoken(found), [by_ear])
    assert [(m.start_s, m.end_s) for m in moments if m.counted] == sorted(left)
    assert all(m.chance is not None for m in moments if not m.counted)


def test_words_around_a_moment_are_those_before_and_after_its_middle() -> None:
    (moment,) = list_moments(spoken([FilledPause(4.6, 4.9, 0.8)]), [])
    assert (moment.before, moment.after) == ("w2 w3 w4", "w5 w6 w7")


def test_the_moments_of_two_hours_are_told_at_once() -> None:
    words = [HeardWord("w", n / 2, n / 2 + 0.4, 0.9) for n in range(14_400)]
    found = tuple(FilledPause(3.0 * n, 3.0 * n + 0.4, 0.6) for n in range(2400))
    began = time.process_time()
    moments = list_moments(Transcript.heard(words, "vosk", Sound((), found)), ())
    assert len(moments) == 2400
    assert time.process_time() - began < 2.0  # it is a hundredth; word by word it was fifteen


def test_a_moment_that_was_heard_lies_before_the_key() -> None:
    moment = heard_moment(spoken([]), 7.0)
    assert (moment.start_s, moment.end_s, moment.counted) == (6.3, 6.7, True)
    assert heard_moment(spoken([]), 0.0).start_s == 0.0
