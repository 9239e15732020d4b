"""What listeners marked, in words and among the words of the answer."""

from __future__ import annotations

import pytest

from trainer.coach.moments import MOMENT_SIGNS, MOMENT_WORDS, count_kinds, tell_moment, word_heard
from trainer.store.types import MarkedMoment, MomentKind
from trainer.transcript.types import Transcript, Word

HEARD = Transcript(
    "one two three",
    (Word(0, 3, 1.0, 1.4), Word(4, 7, 1.5, 1.9), Word(8, 13, 4.0, 4.5)),
    "vosk",
)


def moment(kind: MomentKind, at_s: float = 0.0, text: str = "") -> MarkedMoment:
    return MarkedMoment("m", "a", kind, at_s, text)


def test_every_kind_has_words_and_a_sign_of_its_own_in_one_cell() -> None:
    assert set(MOMENT_WORDS) == set(MOMENT_SIGNS)
    assert len(set(MOMENT_SIGNS.values())) == len(MOMENT_SIGNS)
    assert {len(sign) for sign in MOMENT_SIGNS.values()} == {1}


@pytest.mark.parametrize(
    ("at_s", "index"),
    [(0.0, 0), (1.79, 0), (1.8, 1), (4.2, 1), (4.3, 2), (900.0, 2)],
)
def test_a_mark_belongs_to_the_word_before_the_finger_moved(at_s: float, index: int) -> None:
    assert word_heard(HEARD, at_s) == index


def test_typed_words_have_no_place_for_a_mark() -> None:
    assert word_heard(Transcript.typed("one two"), 3.0) is None
    assert word_heard(Transcript.typed(""), 3.0) is None


def test_a_mark_is_told_with_time_name_and_note_and_without_control_characters() -> None:
    assert tell_moment(moment("blame", 72.4)) == "1:12 blames others"
    told = tell_moment(moment("note", 5.0, "what\nthen\x1b[2J"), "Ana\x1b")
    assert told.startswith("0:05 note, Ana")
    assert "what then" in told
    assert "\x1b" not in told


def test_kinds_are_counted_in_their_order() -> None:
    made = [moment("filler"), moment("good"), moment("filler"), moment("long")]
    assert count_kinds(made) == "1 good moment, 2 fillers, 1 too long"
    assert count_kinds([]) == ""
