import pytest

from trainer.analysis.delivery import measure
from trainer.transcript.types import Transcript, Word


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
