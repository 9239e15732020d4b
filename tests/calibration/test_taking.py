"""A text is read into a microphone, or stands in a file, and the tests' own model hears it."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from tests.sound import SoundServer
from tests.speech.answers import LOW_SCORE, MISTAKE
from tests.speech.listening import MODEL
from tests.speech.voices import say_to
from tests.waiting import wait_until
from trainer.calibration.calibrating import Progress
from trainer.calibration.calibrations import Calibrations
from trainer.calibration.readings import Reading
from trainer.calibration.taking import Take
from trainer.calibration.wording import words_of
from trainer.capture.types import RecorderPhase
from trainer.config import Settings
from trainer.errors import TrainerError
from trainer.paths import Home
from trainer.transcript.engines import Engine

pytestmark = pytest.mark.audio

READING = Reading("score", "A low score", LOW_SCORE.sentences)
ENGINE = Engine("vosk", "test model", MODEL)
DEAF = Engine("vosk", "no model", Path("/nowhere"))
LONG_S = 60.0


class StoppedError(Exception):
    """The test has enough."""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where sound lies that is not kept."""
    made = tmp_path / "private"
    made.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(made))
    return made


def test_a_reading_into_the_microphone_is_measured_and_deleted(
    tmp_path: Path, folder: Path, sound_server: SoundServer
) -> None:
    clip = tmp_path / "clip.wav"
    reading = Reading("short", "A short text", LOW_SCORE.sentences[:5])  # 17 s of sound
    speech = say_to(clip, reading.sentences)
    take = Take(None, (DEAF, ENGINE))
    try:
        wait_until(lambda: take.state().phase is RecorderPhase.READY, "ready", LONG_S)
        take.record()
        wait_until(lambda: take.state().phase is RecorderPhase.RECORDING, "recording", LONG_S)
        sound_server.play(clip)
        take.stop()
        wait_until(lambda: take.state().phase is RecorderPhase.ENDED, "the end", LONG_S)
        assert list(folder.glob("trainer-sound-*/*.wav"))
        told: list[Progress] = []
        measured = take.measure(reading, told.append)
    finally:
        take.close()
    assert not list(folder.glob("trainer-*"))
    (result,) = measured.calibration.results
    assert result.errors <= 0.05
    assert result.low <= result.errors <= result.high
    assert result.work
    assert result.work < 2
    assert [failure.engine for failure in measured.failures] == [DEAF]
    words = len(words_of(reading.text))
    assert (measured.calibration.words, measured.unread) == (words, 0)
    assert measured.calibration.device
    baseline = measured.calibration.baseline
    assert baseline
    begin_s, end_s = speech.spans[0][0], speech.spans[-1][1]
    assert baseline.pace_wpm == pytest.approx(words * 60 / (end_s - begin_s), rel=0.05)
    spoken_s = sum(end - start for start, end in speech.spans)
    assert baseline.articulation_wpm == pytest.approx(words * 60 / spoken_s, rel=0.1)
    assert (told[0].share, told[-1].share) == (0.0, 1.0)


def test_a_file_in_which_a_line_is_missing_and_one_begun_again(
    tmp_path: Path, folder: Path
) -> None:
    sentences = LOW_SCORE.sentences
    file = tmp_path / "reading.wav"
    say_to(file, [*sentences[:4], "then i changed", *sentences[4:6], *sentences[7:]])
    calibrations = Calibrations(Home(tmp_path / "home"), lambda: Settings(model=str(MODEL)))
    readings = (Reading("mistake", "A mistake", MISTAKE.sentences), READING)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Calibrations, "readings", lambda self: readings)
        patch.setattr(Calibrations, "engines", lambda self: (ENGINE,))
        measured = calibrations.measure_file(file, None, lambda progress: None)
    assert measured.reading is READING
    assert measured.unread == len(words_of(sentences[6]))
    assert measured.calibration.results[0].errors <= 0.05
    assert not list(folder.iterdir())


def test_what_is_stopped_leaves_nothing(tmp_path: Path, folder: Path) -> None:
    file = tmp_path / "reading.wav"
    say_to(file, READING.sentences)

    def stop(progress: Progress) -> None:
        if progress.share > 0:
            raise StoppedError

    calibrations = Calibrations(Home(tmp_path / "home"), lambda: Settings(model=str(MODEL)))
    with pytest.raises(StoppedError):
        calibrations.measure_file(file, READING, stop)
    assert not list(folder.iterdir())


def test_another_text_is_told_and_leaves_nothing(tmp_path: Path, folder: Path) -> None:
    file = tmp_path / "reading.wav"
    say_to(file, MISTAKE.sentences)
    calibrations = Calibrations(Home(tmp_path / "home"), lambda: Settings(model=str(MODEL)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Calibrations, "engines", lambda self: (ENGINE,))
        with pytest.raises(TrainerError, match="does not fit the text"):
            calibrations.measure_file(file, READING, lambda progress: None)
    assert not list(folder.iterdir())
