"""Word errors are counted as everybody counts them."""

from __future__ import annotations

import pytest

from tests.speech.word_errors import pooled_error_rate, word_error_rate


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
