"""Text as a recogniser would write it, and with wrong words."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from trainer.evaluation.conditions import (
    DELETED,
    INSERTED,
    SUBSTITUTED,
    Spoiler,
    without_case_and_punctuation,
)

TEXT = "Every night I wrote the list, and the nurse read it. The ward was calm then. " * 40


def test_plain_text_has_neither_case_nor_punctuation() -> None:
    plain = without_case_and_punctuation("Well — I didn't FAIL: 40 %, (self-)taught!")
    assert plain == "well i didn't fail 40 % self taught"


def test_errors_are_as_many_as_asked_for_and_of_three_kinds() -> None:
    spoiled = Spoiler([TEXT]).spoil(TEXT * 5, 0.15, "a")
    words, right = spoiled.text.split(), spoiled.right
    deleted = len(right) - len(set(spoiled.origins))
    added = len(words) - len(set(spoiled.origins))
    places = Counter(spoiled.origins)
    changed = sum(
        word != right[origin]
        for word, origin in zip(words, spoiled.origins, strict=True)
        if places[origin] == 1
    )
    expected = 0.15 * len(right)
    assert abs(changed / expected - SUBSTITUTED) < 0.12
    assert abs(deleted / expected - DELETED) < 0.08
    assert abs(added / expected - INSERTED) < 0.08
    assert SUBSTITUTED + DELETED + INSERTED == 1


def test_the_errors_depend_on_text_share_and_key_alone() -> None:
    first, second = Spoiler([TEXT]), Spoiler([TEXT])
    second.spoil(TEXT, 0.1, "before")
    assert first.spoil(TEXT, 0.1, "a") == second.spoil(TEXT, 0.1, "a")
    assert first.spoil(TEXT, 0.1, "a") != first.spoil(TEXT, 0.1, "b")


def test_a_wrong_word_looks_like_the_right_one_where_there_is_such() -> None:
    spoiler = Spoiler(["nurse nursed curse zebra quick"])
    instead = Counter(
        word
        for k in range(200)
        for word in spoiler.spoil("nurse nurse nurse", 1.0, str(k)).text.split()
    )
    assert instead["nursed"] > 50
    assert instead["curse"] > 50
    assert instead["zebra"] < 50


def test_a_quote_is_looked_up_among_the_right_words() -> None:
    spoiled = Spoiler([TEXT]).spoil(TEXT, 0.15, "a")
    count = len(spoiled.text.split())
    assert spoiled.right_quote(0, count).startswith("every night") or spoiled.origins[0] > 0
    for start in range(0, count - 5, 5):
        quote = spoiled.right_quote(start, start + 5)
        assert f" {quote} " in f" {' '.join(spoiled.right)} "


@given(st.text(max_size=200), st.sampled_from([0.0, 0.05, 0.5, 1.0]))
def test_any_text_can_be_spoiled(text: str, errors: float) -> None:
    spoiled = Spoiler([text]).spoil(text, errors, "a")
    words = spoiled.text.split()
    assert len(words) == len(spoiled.origins)
    assert list(spoiled.origins) == sorted(spoiled.origins)
    assert bool(words) == bool(spoiled.right)
    if not errors:
        assert spoiled.text == without_case_and_punctuation(text)
