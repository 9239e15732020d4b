"""Words of a recogniser lose its marks, and what is no word is dropped."""

from __future__ import annotations

import pytest

from trainer.transcript.hearing import clean_text, clean_word, heard_word
from trainer.transcript.types import HeardWord


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("mistake", "mistake"),
        ("learned(2)", "learned"),
        ("I'm", "i'm"),
        ("<sil>", ""),
        ("</s>", ""),
        ("[NOISE]", ""),
        ("[unk]", ""),
        ("++um++", ""),
        ("a\u2028b", "ab"),
    ],
)
def test_a_word_is_cleaned(raw: str, clean: str) -> None:
    assert clean_word(raw) == clean


@pytest.mark.parametrize(
    ("raw", "clean"),
    [("", ""), ("I am", "i am"), ("i learned(3) <sil> [NOISE] from it", "i learned from it")],
)
def test_a_text_is_cleaned(raw: str, clean: str) -> None:
    assert clean_text(raw) == clean


def test_a_heard_word_has_a_confidence_in_bounds_and_ends_after_it_begins() -> None:
    assert heard_word("Yes", 1.0, 0.9, 1.00001) == HeardWord("yes", 1.0, 1.0, 1.0)
    assert heard_word("no", 1.0, 1.2, -0.1) == HeardWord("no", 1.0, 1.2, 0.0)
    assert heard_word("<sil>", 1.0, 1.2, 0.5) is None
