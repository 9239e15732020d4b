"""A question as it is handed to a speech program: words, and nothing that it obeys."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.playback.utterance import LONGEST, utterance


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("Tell me about Step 2 CK.", "Tell me about Step 2 CK."),
        ("a [[h@l@U]] b", "a h l U b"),
        ('wait <break time="9s"/> now', "wait break time 9s / now"),
        ("one \x01 20P two \x1b[2J three", "one 20P two 2J three"),
        ("your dean\u2019s \u201cletter\u201d", "your dean's letter"),
        ("-x --stdout", "-x --stdout"),
        ("as an IMG, and the USMLE of IMGs", "as an I M G, and the U S M L E of I M Gs"),
        ("Qu\u00e9 es \u7d66?", "Qu\u00e9 es \u7d66?"),
        ("\u200bzero\u200bwidth", "zero width"),
        ("?!... ", ""),
        ("", ""),
    ],
)
def test_only_words_are_handed_on(text: str, spoken: str) -> None:
    assert utterance(text) == spoken


@given(st.text(max_size=300))
def test_nothing_that_could_be_an_order_is_left(text: str) -> None:
    spoken = utterance(text)
    assert not set(spoken) & set('[]<>{}|\\_"`$*#@~^=')
    assert all(unicodedata.category(c)[0] in "LMNPZS" for c in spoken)
    assert spoken.isprintable()
    assert "  " not in spoken
    assert utterance(spoken) == spoken


def test_a_text_without_end_is_cut() -> None:
    assert len(utterance("word " * 10_000)) <= LONGEST
