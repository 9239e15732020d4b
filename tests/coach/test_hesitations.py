"""Pauses and fillers, each at its place among the words."""

from __future__ import annotations

from tests import fakes
from trainer.analysis.fluency import find_pauses
from trainer.coach.hesitations import Break, FillerWords, find_hesitations
from trainer.store.types import FillerReview
from trainer.transcript.types import FilledPause, Sound, Transcript

SAID = "i was um on call and like nobody came"  # a word every half second
VOICED = ((0.0, 0.9), (1.3, 2.4), (2.6, 3.9), (4.4, 4.5))
FOUND = (FilledPause(1.0, 1.3, 0.95), FilledPause(2.9, 3.0, 0.3), FilledPause(3.4, 3.45, 0.1))


def heard(sound: Sound | None = Sound(VOICED, FOUND)) -> Transcript:  # noqa: B008 - it is frozen
    return Transcript.heard(fakes.heard_words(SAID), "vosk", sound)


def test_the_pauses_are_those_of_the_delivery_and_stand_before_the_next_word() -> None:
    breaks = [one for one in find_hesitations(heard()).breaks if one.kind == "pause"]
    assert (
        [(one.start_s, one.end_s) for one in breaks]
        == find_pauses(VOICED)
        == [
            (0.9, 1.3),
            (3.9, 4.4),
        ]
    )
    assert [one.before for one in breaks] == [2, 8]  # before "um", before "came"


def test_an_um_of_the_sound_stands_where_no_word_tells_it() -> None:
    found = find_hesitations(heard())
    assert [one for one in found.breaks if one.kind == "um"] == [Break("um", 6, 2.9, 3.0, False)]
    assert FillerWords(2, 3, True) in found.fillers  # the written one, heard in the sound too


def test_a_spoken_filler_is_marked_in_the_words() -> None:
    assert FillerWords(6, 7, True) in find_hesitations(heard()).fillers


def test_what_a_listener_of_the_own_answer_counted_goes_before_the_sound() -> None:
    review = FillerReview("r", "a", "2026-03-02T09:00:00Z", "self", 1, ((2.9, 3.0),))
    (um,) = [one for one in find_hesitations(heard(), (), [review]).breaks if one.kind == "um"]
    assert (um.start_s, um.sure) == (2.9, True)


def test_what_is_too_unclear_for_figures_is_not_drawn() -> None:
    assert not find_hesitations(heard(), ("words",)).fillers
    assert not find_hesitations(heard(), ("sound",)).breaks


def test_words_without_times_have_fillers_and_no_breaks() -> None:
    found = find_hesitations(Transcript.typed(f"{SAID}", "typed"))
    assert not found.breaks
    assert FillerWords(2, 3, True) in found.fillers


def test_a_break_after_the_last_word_stands_behind_it() -> None:
    voiced = (*VOICED, (5.5, 5.9))
    assert find_hesitations(heard(Sound(voiced, ()))).breaks[-1].before == len(SAID.split())
