"""When two quotes mean the same place."""

from __future__ import annotations

import pytest

from trainer.evaluation.quoting import holds, overlap


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("I called the nurse at once", "then I called the nurse", True),
        ("I called the", "he called the nurse", False),
        ("called the nurse", "CALLED the... nurse!", True),
        ("unfair", "it was unfair to me", True),
        ("I don\u2019t know", "I don't know", True),
        ("", "anything", False),
        ("...", "...", False),
    ],
)
def test_three_words_in_a_row_make_an_overlap(first: str, second: str, same: bool) -> None:
    assert overlap(first, second) is overlap(second, first) is same


def test_a_quote_may_be_written_otherwise_but_not_say_anything_else() -> None:
    text = "So I called the nurse, at once. \u041c\u0438\u0440"
    assert holds(text, "I called the nurse at once")
    assert holds(text, "\u041c\u0438\u0440")
    assert not holds(text, "I called a nurse")
    assert not holds(text, "call")
    assert not holds(text, "")
    assert not holds(text, ".")
