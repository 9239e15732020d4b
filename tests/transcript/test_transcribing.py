"""A whole recording becomes words."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import pytest

from tests.speech.voices import Speech, say_to
from trainer.audio.format import HEADER_BYTES
from trainer.calibration.word_errors import word_error_rate
from trainer.errors import SoundError
from trainer.transcript.engines import Engine
from trainer.transcript.transcribing import transcribe
from trainer.transcript.types import HeardWord


def text(words: tuple[HeardWord, ...]) -> str:
    return " ".join(word.word for word in words)


@pytest.mark.audio
def test_progress_goes_from_nothing_to_all(spoken: Path, speech: Speech, vosk: Engine) -> None:
    shares: list[float] = []
    words = transcribe(spoken, vosk, shares.append)
    assert word_error_rate(speech.text, text(words)) <= 0.05
    assert all(0 <= before <= share <= 1 for before, share in pairwise(shares))
    assert shares[-1] == 1.0


@pytest.mark.audio
def test_two_at_once(tmp_path: Path, vosk: Engine) -> None:
    sentences = ("i learned from my mistake", "the patient was angry and in pain")
    files = [tmp_path / "one.wav", tmp_path / "two.wav"]
    for file, sentence in zip(files, sentences, strict=True):
        say_to(file, sentence)
    with ThreadPoolExecutor() as threads:
        both = threads.map(lambda file: text(transcribe(file, vosk)), files)
        assert tuple(both) == sentences


def test_an_empty_recording_has_no_words(tmp_path: Path, vosk: Engine) -> None:
    file = tmp_path / "a.wav"
    file.write_bytes(bytes(HEADER_BYTES))
    shares: list[float] = []
    assert transcribe(file, vosk, shares.append) == ()
    assert shares[-1] == 1.0


def test_a_missing_recording_is_told(tmp_path: Path, vosk: Engine) -> None:
    with pytest.raises(SoundError, match=r"gone\.wav is missing"):
        transcribe(tmp_path / "gone.wav", vosk)


def test_a_recogniser_that_fails_is_told(tmp_path: Path) -> None:
    file = tmp_path / "a.wav"
    file.write_bytes(bytes(HEADER_BYTES))
    with pytest.raises(SoundError, match="no speech model"):
        transcribe(file, Engine("vosk", "gone", tmp_path / "gone"))
