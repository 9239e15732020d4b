from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.transcript.pronunciation import letter_sounds, sounds_of
from trainer.transcript.sounds_alike import SOUNDS, Finder, distance, likeness

WORDS = st.text("abcdefghijklmnoprstuwyz'", max_size=9)
STRETCHES = st.text(SOUNDS, min_size=1, max_size=12)
LEAST = 0.8


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("know", "no"), ("two", "too"), ("phone", "fone"), ("night", "nite"), ("wright", "right"),
        ("see", "c"), ("you", "u"), ("why", "y"), ("1", "one"),
    ],
)  # fmt: skip
def test_what_sounds_the_same_has_nearly_the_same_sounds(one: str, other: str) -> None:
    assert likeness(sounds_of(one), sounds_of(other)) > 0.8


@pytest.mark.parametrize(
    ("near", "far"),
    [
        (("bet", "pet"), ("bet", "set")), (("sin", "thin"), ("sin", "kin")),
        (("ship", "sheep"), ("ship", "skip")), (("car", "ka"), ("car", "cat")),
        (("right", "light"), ("right", "kite")), (("him", "im"), ("him", "kim")),
    ],
)  # fmt: skip
def test_what_recognisers_and_accents_swap_is_nearer(
    near: tuple[str, str], far: tuple[str, str]
) -> None:
    assert distance(*map(sounds_of, near)) < distance(*map(sounds_of, far))


def test_letters_are_said_by_their_names() -> None:
    assert letter_sounds("USMLE") == "yUesemeli"
    assert sounds_of("ct") == letter_sounds("ct")


@pytest.mark.parametrize("silent", ["", "…", "--", "日本", "'", "\x1b"])
def test_what_has_no_letters_has_no_sound(silent: str) -> None:
    assert sounds_of(silent) == ""


@given(st.text(max_size=60))
def test_any_text_has_known_sounds_only(text: str) -> None:
    assert set(sounds_of(text)) <= set(SOUNDS)


@given(STRETCHES, STRETCHES)
def test_likeness_is_a_share_and_goes_both_ways(one: str, other: str) -> None:
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, other) == pytest.approx(likeness(other, one))
    assert likeness(one, one) == 1


@settings(deadline=None)
@given(
    st.lists(st.text(SOUNDS, max_size=5), max_size=12), st.lists(STRETCHES, min_size=1, max_size=6)
)
def test_the_finder_misses_nothing_that_is_alike(words: list[str], forms: list[str]) -> None:
    found = Finder([(form, LEAST) for form in forms]).find(words, 5)
    for number, form in enumerate(forms):
        for end in range(len(words)):
            spans = ("".join(words[start : end + 1]) for start in range(max(0, end - 4), end + 1))
            if any(likeness(form, span) > LEAST for span in spans):
                assert (number, end) in found


def test_a_long_text_is_gone_through_in_pieces() -> None:
    words = ["b@t"] * 3000
    words[1234], words[2999] = "metfcr", "metfcr"
    assert Finder([("metfcr", 0.95)]).find(words, 5) == {(0, 1234), (0, 2999)}


def test_without_words_or_forms_nothing_is_found() -> None:
    assert Finder([]).find(["bat"], 5) == set()
    assert Finder([("bat", 0.9)]).find([], 5) == set()
    assert Finder([("bat", 0.9)]).find(["", ""], 5) == set()
