from dataclasses import replace

import pytest

from trainer.analysis.delivery import measure
from trainer.transcript.types import Sound, Transcript, Word


def heard(text: str, seconds: float) -> Transcript:
    words = Transcript.typed(text).words
    step = seconds / len(words)
    timed = tuple(
        Word(w.start, w.end, 2.0 + k * step, 2.0 + (k + 1) * step) for k, w in enumerate(words)
    )
    return Transcript(text, timed, "vosk")


def test_typed_words_have_no_pace():
    delivery = measure(Transcript.typed("I did it, we did our part \u2014 really."), 30.0, 60, 120)
    assert (delivery.words, delivery.answer_s, delivery.pace_wpm) == (8, 30.0, None)
    assert (delivery.i_words, delivery.we_words) == (1, 2)
    assert (delivery.lower_s, delivery.upper_s) == (60, 120)


def test_the_pace_of_heard_words():
    delivery = measure(heard("word " * 140, 60.0), None, 60, 120)
    assert delivery.answer_s == pytest.approx(60.0)
    assert delivery.pace_wpm == pytest.approx(140)
    assert measure(heard("word " * 140, 60.0), 70.0, 60, 120).pace_wpm == pytest.approx(120)


def test_nothing_said():
    delivery = measure(Transcript.typed(""), None, 60, 120)
    assert (delivery.words, delivery.answer_s, delivery.pace_wpm) == (0, None, None)
    assert measure(heard("no", 0.2), None, 60, 120).pace_wpm is None


VOICED = ((1.5, 10.0), (10.4, 20.0), (20.3, 40.0), (42.0, 61.5))


def test_the_sound_says_when_the_voice_began_and_paused():
    spoken = replace(heard("word " * 140, 50.0), sound=Sound(VOICED))
    delivery = measure(spoken, 70.0, 60, 120)
    assert delivery.answer_s == pytest.approx(60.0)
    assert delivery.pace_wpm == pytest.approx(140)
    assert delivery.first_word_s == 1.5
    assert (delivery.pauses, delivery.longest_pause_s) == (2, pytest.approx(2.0))
    assert delivery.paused_s == pytest.approx(2.4)


def test_a_pause_of_just_the_shortest_length_counts():
    spoken = replace(heard("one two", 1.0), sound=Sound(((0.0, 0.8), (0.8 + 0.4, 2.0))))
    assert measure(spoken, None, 60, 120).pauses == 1


def test_a_voice_without_a_pause():
    delivery = measure(replace(heard("one two", 1.0), sound=Sound(((0.2, 2.2),))), None, 60, 120)
    assert (delivery.pauses, delivery.longest_pause_s, delivery.paused_s) == (0, 0.0, 0.0)


def test_sound_without_words_has_time_and_pauses_and_no_pace():
    delivery = measure(Transcript("", (), "unheard", Sound(VOICED)), 70.0, 60, 120)
    assert (delivery.words, delivery.pace_wpm, delivery.pauses) == (0, None, 2)
    assert delivery.answer_s == pytest.approx(60.0)


def test_words_that_were_written_down_from_the_sound_have_a_pace():
    written = replace(Transcript.typed("word " * 140, "corrected"), sound=Sound(VOICED))
    assert measure(written, 70.0, 60, 120).pace_wpm == pytest.approx(140)


@pytest.mark.parametrize("voiced", [None, ()])
def test_without_a_voice_the_clock_counts(voiced: tuple[()] | None):
    delivery = measure(Transcript("", (), "unheard", Sound(voiced)), 70.0, 60, 120)
    assert (delivery.answer_s, delivery.first_word_s, delivery.pauses) == (70.0, None, None)


def test_a_figure_counts_as_the_words_that_were_said():
    spoken = heard("score 249", 60.0)
    figure = replace(spoken.words[1], said="two forty nine")
    delivery = measure(replace(spoken, words=(spoken.words[0], figure)), None, 60, 120)
    assert (delivery.words, delivery.pace_wpm) == (4, pytest.approx(4))
