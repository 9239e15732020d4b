"""The voices give sound as the microphone would."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
import pytest

from tests.speech.voices import RATE_HZ, VOICES, say, say_to, speak

pytestmark = pytest.mark.audio
SENTENCES = ("i passed the exam", "then i changed my plan")


def loudness(pcm: bytes) -> float:
    return float(np.sqrt(np.mean(np.frombuffer(pcm, dtype="<i2").astype(float) ** 2)))


def test_every_voice_speaks_and_no_two_sound_alike() -> None:
    sounds = {say(SENTENCES[0], voice) for voice in VOICES}
    assert len(sounds) == len(VOICES) >= 6
    assert all(0.5 < len(sound) / 2 / RATE_HZ < 3 for sound in sounds)


def test_a_level_and_a_rate_change_what_they_say() -> None:
    plain = say(SENTENCES[0])
    assert loudness(say(SENTENCES[0], level_db=-20)) == pytest.approx(
        loudness(plain) / 10, rel=0.01
    )
    assert len(say(SENTENCES[0], rate_wpm=120)) > 1.2 * len(plain)


def test_pauses_are_silent_and_as_long_as_asked_for() -> None:
    speech = speak(SENTENCES, pause_s=1.5, before_s=0.5, after_s=2.0)
    (first_begin_s, first_end_s), (second_begin_s, second_end_s) = speech.spans
    assert first_begin_s == 0.5
    assert second_begin_s - first_end_s == pytest.approx(1.5)
    assert speech.length_s - second_end_s == pytest.approx(2.0)
    samples = np.frombuffer(speech.pcm, dtype="<i2")
    assert not samples[round(first_end_s * RATE_HZ) : round(second_begin_s * RATE_HZ)].any()
    assert speech.text == "i passed the exam then i changed my plan"


def test_a_wav_file_holds_the_same(tmp_path: Path) -> None:
    speech = say_to(tmp_path / "answer.wav", SENTENCES, VOICES[1])
    with wave.open(str(tmp_path / "answer.wav"), "rb") as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (RATE_HZ, 1, 2)
        assert file.readframes(file.getnframes()) == speech.pcm


def test_pauses_must_fit_the_sentences() -> None:
    with pytest.raises(ValueError, match="2 sentences have 1 pauses, not 2"):
        speak(SENTENCES, pause_s=[0.5, 0.5])
