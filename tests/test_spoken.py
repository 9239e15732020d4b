"""A spoken answer: real sound through a virtual microphone, heard by real Vosk as it comes."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.sound import SoundServer
from tests.speech.answers import LOW_SCORE
from tests.speech.listening import MODEL
from tests.speech.voices import say_to
from tests.waiting import wait_until
from trainer.calibration.word_errors import word_error_rate
from trainer.capture.files import cuts, length_s
from trainer.capture.types import RecorderPhase
from trainer.spoken import SpokenAnswer, SpokenState
from trainer.transcript.engines import Engine, RecogniserPhase

pytestmark = pytest.mark.audio
ENGINE = Engine("vosk", "test model", MODEL)
LONG_S = 30.0


@contextmanager
def spoken(file: Path, engine: Engine | None = ENGINE) -> Iterator[SpokenAnswer]:
    answer = SpokenAnswer(file, None, engine)
    try:
        until(answer, lambda now: now.recorder.phase is RecorderPhase.READY)
        yield answer
    finally:
        answer.close()


def until(answer: SpokenAnswer, holds: Callable[[SpokenState], bool]) -> None:
    wait_until(lambda: holds(answer.state()), f"in {answer.state()}", LONG_S)


def record(answer: SpokenAnswer) -> None:
    answer.record()
    until(answer, lambda now: now.recorder.phase is RecorderPhase.RECORDING)


def finish(answer: SpokenAnswer) -> None:
    answer.stop()
    wait_until(lambda: answer.done, f"done, in {answer.state()}", LONG_S)


def test_words_come_while_one_speaks_and_all_are_there_at_the_end(
    tmp_path: Path, sound_server: SoundServer
) -> None:
    clip, file = tmp_path / "clip.wav", tmp_path / "answer.wav"
    speech = say_to(clip, LOW_SCORE.sentences[4:7])
    with spoken(file) as answer:
        assert not file.exists()
        record(answer)
        with sound_server.playing(clip) as player:
            until(answer, lambda now: bool(now.recogniser and len(now.recogniser.words) > 3))
            assert player.poll() is None, "the words came after the speech"
            player.wait()
        finish(answer)
        heard = answer.transcript()
    assert heard.source == "vosk"
    assert word_error_rate(speech.text, heard.text) <= 0.1
    assert heard.voiced
    assert abs(heard.voiced[-1][1] - heard.voiced[0][0] - speech.length_s) < 2.0
    assert all(
        word.end_s is not None and word.end_s <= length_s(file) + 0.1 for word in heard.words
    )


def test_a_pause_is_a_cut_and_a_later_answer_goes_on_in_the_same_file(
    tmp_path: Path, sound_server: SoundServer
) -> None:
    first, second, file = tmp_path / "1.wav", tmp_path / "2.wav", tmp_path / "answer.wav"
    said = [
        say_to(first, "i did forty questions").text,
        say_to(second, "i still use the plan").text,
    ]
    with spoken(file) as answer:
        record(answer)
        sound_server.play(first)
        answer.pause()
        until(answer, lambda now: now.recorder.phase is RecorderPhase.PAUSED)
        sound_server.play(second)  # nobody hears this
        finish(answer)
    with spoken(file) as answer:
        record(answer)
        sound_server.play(second)
        finish(answer)
        heard = answer.transcript()
    assert heard.text == " ".join(said)
    assert len(cuts(file)) >= 1


def test_a_killed_recogniser_loses_no_word(tmp_path: Path, sound_server: SoundServer) -> None:
    clip, file = tmp_path / "clip.wav", tmp_path / "answer.wav"
    speech = say_to(clip, LOW_SCORE.sentences[:2])
    with spoken(file) as answer:
        record(answer)
        with sound_server.playing(clip) as player:
            until(answer, lambda now: bool(now.recogniser and now.recogniser.words))
            recogniser = answer._recogniser
            assert recogniser and recogniser.pid
            os.kill(recogniser.pid, signal.SIGKILL)
            player.wait()
        finish(answer)
        assert word_error_rate(speech.text, answer.transcript().text) <= 0.1


def test_a_lost_microphone_leaves_the_sound_and_its_words(
    tmp_path: Path, sound_server: SoundServer
) -> None:
    clip, file = tmp_path / "clip.wav", tmp_path / "answer.wav"
    speech = say_to(clip, "i did forty questions every day")
    with spoken(file) as answer:
        record(answer)
        sound_server.play(clip)
        sound_server.stop()
        wait_until(lambda: answer.done, "the end", LONG_S)
        state = answer.state()
        assert state.recorder.problem
        assert answer.transcript().text == speech.text


def test_without_a_recogniser_there_are_sound_and_pauses(
    tmp_path: Path, sound_server: SoundServer
) -> None:
    clip, file = tmp_path / "clip.wav", tmp_path / "answer.wav"
    say_to(clip, ["i did forty questions every day", "i still use the same plan"])
    with spoken(file, None) as answer:
        record(answer)
        sound_server.play(clip)
        finish(answer)
        heard = answer.transcript()
    assert (heard.source, heard.text) == ("unheard", "")
    assert heard.voiced and len(heard.voiced) >= 2


def test_a_model_that_is_none_leaves_the_recording_alone(
    tmp_path: Path, sound_server: SoundServer
) -> None:
    file = tmp_path / "answer.wav"
    with spoken(file, Engine("vosk", "nothing", tmp_path)) as answer:
        until(
            answer,
            lambda now: bool(now.recogniser and now.recogniser.phase is RecogniserPhase.FAILED),
        )
        record(answer)
        finish(answer)
        state = answer.state()
    assert state.recorder.problem is None
    assert state.recogniser and state.recogniser.problem
    assert length_s(file) > 0


def test_closing_leaves_no_child(tmp_path: Path, sound_server: SoundServer) -> None:
    with spoken(tmp_path / "answer.wav") as answer:
        recogniser = answer._recogniser
        assert recogniser
        wait_until(lambda: recogniser.pid is not None, "the recogniser has started")
        pid = recogniser.pid
        assert pid
    assert not Path(f"/proc/{pid}").exists()
