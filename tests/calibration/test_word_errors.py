"""Word errors are counted as everybody counts them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.calibration.word_errors import (
    align,
    count_differences,
    pooled_error_rate,
    word_error_rate,
)


@pytest.mark.parametrize(
    ("said", "heard", "rate"),
    [
        ("i passed the exam", "i passed the exam", 0.0),
        ("i passed the exam", "i passed an exam", 0.25),
        ("i passed the exam", "i passed exam", 0.25),
        ("i passed the exam", "um i passed the exam", 0.25),
        ("i passed the exam", "", 1.0),
        ("yes", "no one knows", 3.0),
        ("two forty nine", "forty nine two", 2 / 3),
    ],
)
def test_replaced_left_out_and_added_words_count(said: str, heard: str, rate: float) -> None:
    assert word_error_rate(said, heard) == pytest.approx(rate)


def test_a_long_text_counts_for_more_than_a_short_one() -> None:
    assert pooled_error_rate([("yes", "no"), ("i passed the exam", "i passed the exam")]) == 0.2


def test_nothing_said_has_no_rate() -> None:
    with pytest.raises(ValueError, match="no words were said"):
        word_error_rate("", "something")


WORDS = st.lists(st.sampled_from("abcd"), max_size=9)


@given(WORDS, WORDS)
def test_an_alignment_is_whole_and_the_cheapest(said: list[str], heard: list[str]) -> None:
    for joined in (False, True):
        pairs = align(said, heard, joined=joined)
        assert [p.said for p in pairs if p.said is not None] == list(range(len(said)))
        assert [p.heard for p in pairs if p.heard is not None] == list(range(len(heard)))
    wrong = sum(
        pair.said is None or pair.heard is None or said[pair.said] != heard[pair.heard]
        for pair in align(said, heard)
    )
    assert wrong == count_differences(said, heard)


@given(WORDS, WORDS)
def test_the_differences_are_bounded_and_the_same_both_ways(
    said: list[str], heard: list[str]
) -> None:
    differences = count_differences(said, heard)
    assert abs(len(said) - len(heard)) <= differences <= max(len(said), len(heard))
    assert differences == count_differences(heard, said)
    assert (differences == 0) == (said == heard)


def left_out(said: str, heard: str, *, joined: bool) -> list[int | None]:
    return [pair.said for pair in align(said, heard, joined=joined) if pair.heard is None]


def test_words_that_were_left_out_stand_together_where_that_costs_no_more() -> None:
    assert left_out("bbcac", "aa", joined=True) == [0, 1, 2]
    assert left_out("bbcac", "aa", joined=False) != [0, 1, 2]  # as cheap, and torn
