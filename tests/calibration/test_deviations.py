"""What a reader does beside reading is told apart from what a recogniser gets wrong."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.calibration.spoken import OTHER, READING, misheard, say, sound_of
from trainer.calibration.deviations import Read, find_read
from trainer.calibration.estimating import heard_of
from trainer.calibration.wording import words_of
from trainer.transcript.types import HeardWord

TEXT = words_of(READING.text)
WHOLE = tuple(range(len(TEXT)))
FIRST = len(READING.sentences[0].split())
SECOND = FIRST + len(READING.sentences[1].split())


def read_of(heard: Sequence[HeardWord], said: Sequence[HeardWord] | None = None) -> Read:
    """Return what was read, where `said` is what sounded (as it was heard, by default)."""
    return find_read(TEXT, heard_of(heard), sound_of(heard if said is None else said).voiced)


def test_a_whole_reading() -> None:
    read = read_of(say(READING.text))
    assert (read.words, read.extra) == (WHOLE, ())
    assert read.sure == read.heard == read.spoken == len(WHOLE)


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5])
def test_misheard_words_were_read_all_the_same(share: float) -> None:
    for seed in range(8):
        read = read_of(misheard(say(READING.text), share, seed))
        assert (read.words, read.extra) == (WHOLE, ())


@pytest.mark.parametrize("share", [0.0, 0.2, 0.4])
def test_what_comes_after_an_early_stop_was_not_read(share: float) -> None:
    for stop in (25, 40, 60):
        said = say(" ".join(TEXT[:stop]))
        read = read_of(misheard(said, share), said)
        assert abs(len(read.words) - stop) <= (0 if not share else 4)
        assert read.words == tuple(range(len(read.words)))


def test_a_last_word_that_was_lost_is_an_error_of_the_recogniser() -> None:
    said = say(READING.text)
    assert read_of(said[:-6], said).words == WHOLE


def test_a_line_that_was_skipped_was_not_read() -> None:
    said = say(" ".join((*TEXT[:FIRST], *TEXT[SECOND:])))
    assert read_of(said).words == (*range(FIRST), *range(SECOND, len(TEXT)))


def test_a_line_that_was_read_and_not_heard_counts() -> None:
    said = say(READING.text)
    assert read_of([*said[:FIRST], *said[SECOND:]], said).words == WHOLE


def test_two_words_that_are_missing_count_whoever_lost_them() -> None:
    said = say(" ".join((*TEXT[:FIRST], *TEXT[FIRST + 2 :])))
    assert read_of(said).words == WHOLE


def test_a_sentence_that_was_begun_again_is_extra() -> None:
    again = [*TEXT[: FIRST + 5], *TEXT[FIRST:]]
    read = read_of(say(" ".join(again)))
    assert read.words == WHOLE
    ((start_s, end_s),) = read.extra
    assert end_s - start_s == pytest.approx(5 * 0.3)


def test_a_word_said_twice_is_extra() -> None:
    read = read_of(say(" ".join((*TEXT[:5], TEXT[4], *TEXT[5:]))))
    assert len(read.extra) == 1


def test_an_added_word_is_the_recognisers() -> None:
    assert not read_of(say(" ".join((*TEXT[:5], "horse", *TEXT[5:])))).extra


def test_the_whole_text_read_twice_is_one_reading() -> None:
    read = read_of(say(f"{READING.text} {READING.text}"))
    assert read.words == WHOLE
    assert sum(end - start for start, end in read.extra) == pytest.approx(len(TEXT) * 0.3)


def test_remarks_before_and_after_are_extra() -> None:
    read = read_of(say(f"okay so here we go {READING.text} was that all right now"))
    assert read.words == WHOLE
    assert sum(end - start for start, end in read.extra) == pytest.approx(10 * 0.3)


def test_another_text_is_no_reading() -> None:
    assert read_of(say(OTHER)).sure < 10
    assert read_of([]) == Read((), ())


@given(st.lists(st.sampled_from([*sorted(set(TEXT))[:12], "x", "y"]), max_size=40))
def test_whatever_is_heard_has_a_meaning(words: list[str]) -> None:
    read = read_of(say(" ".join(words)))
    assert set(read.words) <= set(WHOLE)
    assert read.spoken <= len(read.words)
    assert read.sure <= read.heard <= len(words)
    assert all(start <= end for start, end in read.extra)
