"""What the tests of recognition share: real Vosk with the model of these tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.speech.voices import Speech, speak, write_wav
from trainer.transcript.engines import Engine
from trainer.transcript.recogniser import Recogniser

MODEL = Path(__file__).parents[1] / "speech" / "model"
SENTENCES = (
    "i learned from my mistake",
    "the patient was angry and in pain",
    "i was born in a village far from here",
    "thank you for your time",
)
Follow = Callable[..., Recogniser]


@pytest.fixture
def vosk() -> Engine:
    return Engine("vosk", MODEL.name, MODEL)


@pytest.fixture(scope="session")
def speech() -> Speech:
    """Sentences with pauses that are long enough to end an utterance."""
    return speak(SENTENCES, pause_s=1.5, after_s=0.3)


@pytest.fixture
def spoken(speech: Speech, tmp_path: Path) -> Path:
    """The speech as a recording that is over."""
    file = tmp_path / "spoken.wav"
    write_wav(file, speech.pcm)
    return file


@pytest.fixture
def follow() -> Iterator[Follow]:
    """Makes recognisers that are closed after the test."""
    made: list[Recogniser] = []

    def make(file: Path, engine: Engine, from_s: float = 0.0) -> Recogniser:
        made.append(Recogniser(file, engine, from_s))
        return made[-1]

    yield make
    for recogniser in made:
        recogniser.close()
        assert recogniser.pid is None
