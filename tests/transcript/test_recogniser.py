"""Real Vosk follows a recording while it grows, and its words survive its death."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from tests.speech.voices import Speech
from tests.transcript.conftest import Follow
from tests.waiting import wait_until
from trainer.audio.format import BYTES_A_SECOND, HEADER_BYTES
from trainer.calibration.word_errors import word_error_rate
from trainer.children.parent import Child
from trainer.transcript import recogniser as under_test
from trainer.transcript.bookkeeping import MOST_DEATHS
from trainer.transcript.engines import Engine, RecogniserPhase, RecogniserState
from trainer.transcript.recogniser import Recogniser
from trainer.transcript.types import HeardWord

pytestmark = pytest.mark.audio

PLENTY_S = 20.0
posix = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")


class Growing:
    """A recording that grows when it is told."""

    def __init__(self, file: Path, pcm: bytes) -> None:
        self.file = file
        self._pcm = pcm
        self._at = 0
        file.write_bytes(bytes(HEADER_BYTES))

    def grow(self, to_s: float | None = None) -> None:
        """Append sound up to `to_s` seconds, or all that is left."""
        end = len(self._pcm) if to_s is None else 2 * round(to_s * BYTES_A_SECOND / 2)
        with self.file.open("ab") as opened:
            opened.write(self._pcm[self._at : end])
        self._at = end


@pytest.fixture
def growing(speech: Speech, tmp_path: Path) -> Growing:
    return Growing(tmp_path / "growing.wav", speech.pcm)


def reach(recogniser: Recogniser, what: Callable[[RecogniserState], bool], name: str) -> None:
    def there() -> bool:
        state = recogniser.state()
        assert state.problem is None, state.problem
        return what(state)

    wait_until(there, name, PLENTY_S)


def reach_words(recogniser: Recogniser, more_than: int = 0) -> None:
    reach(recogniser, lambda state: len(state.words) > more_than, "words are final")


def done(recogniser: Recogniser) -> RecogniserState:
    recogniser.finish()
    state = recogniser.wait(PLENTY_S)
    assert state.phase is RecogniserPhase.DONE
    assert state.partial == ""
    return state


def text(words: tuple[HeardWord, ...]) -> str:
    return " ".join(word.word for word in words)


def test_a_whole_recording(spoken: Path, speech: Speech, vosk: Engine, follow: Follow) -> None:
    state = done(follow(spoken, vosk))
    assert word_error_rate(speech.text, text(state.words)) <= 0.05
    assert state.read_s == pytest.approx(speech.length_s, abs=0.001)
    for word in state.words:
        assert 0 <= word.start_s < word.end_s <= speech.length_s
        assert 0 <= word.confidence <= 1
    assert all(before.end_s <= word.start_s for before, word in pairwise(state.words))
    assert sum(word.confidence for word in state.words) / len(state.words) > 0.9
    for sentence, (start_s, end_s) in zip(speech.sentences, speech.spans, strict=True):
        inside = [w for w in state.words if start_s - 0.1 < w.start_s and w.end_s < end_s + 0.2]
        assert word_error_rate(sentence, text(tuple(inside))) <= 0.2
        assert inside[0].start_s == pytest.approx(start_s, abs=0.15)


def test_words_come_while_the_recording_grows(
    growing: Growing, speech: Speech, vosk: Engine, follow: Follow
) -> None:
    recogniser = follow(growing.file, vosk)
    (_, first_end_s), (second_start_s, second_end_s) = speech.spans[:2]
    growing.grow(first_end_s)
    reach(recogniser, lambda state: "learned" in state.partial, "the first words are partial")
    assert recogniser.state().words == ()
    growing.grow(second_start_s)
    reach_words(recogniser)
    assert text(recogniser.state().words) == speech.sentences[0]
    growing.grow((second_start_s + second_end_s) / 2)
    reach(recogniser, lambda state: "patient" in state.partial, "the next words are partial")
    growing.grow()
    state = done(recogniser)
    assert word_error_rate(speech.text, text(state.words)) <= 0.05


def test_a_recording_that_does_not_exist_yet(
    tmp_path: Path, speech: Speech, vosk: Engine, follow: Follow
) -> None:
    recogniser = follow(tmp_path / "growing.wav", vosk)
    reach(recogniser, lambda state: state.phase is RecogniserPhase.READING, "it is ready")
    growing = Growing(tmp_path / "growing.wav", speech.pcm)
    growing.grow()
    assert word_error_rate(speech.text, text(done(recogniser).words)) <= 0.05


@pytest.mark.parametrize("size", [None, 10, HEADER_BYTES + 3201])
def test_a_recording_without_speech(
    tmp_path: Path, vosk: Engine, follow: Follow, size: int | None
) -> None:
    file = tmp_path / "a.wav"
    if size is not None:
        file.write_bytes(bytes(size))
    state = done(follow(file, vosk))
    assert (state.words, state.problem) == ((), None)


def test_a_recording_cut_in_a_sample(
    spoken: Path, speech: Speech, vosk: Engine, follow: Follow
) -> None:
    spoken.write_bytes(spoken.read_bytes()[:-1])
    assert word_error_rate(speech.text, text(done(follow(spoken, vosk)).words)) <= 0.05


def test_a_recording_that_shrinks_keeps_its_words(
    growing: Growing, speech: Speech, vosk: Engine, follow: Follow
) -> None:
    recogniser = follow(growing.file, vosk)
    growing.grow(speech.spans[1][0])
    reach_words(recogniser)
    os.truncate(growing.file, HEADER_BYTES)
    assert text(done(recogniser).words) == speech.sentences[0]


def test_reading_begins_where_it_is_told(
    spoken: Path, speech: Speech, vosk: Engine, follow: Follow
) -> None:
    start_s = speech.spans[2][0]
    words = done(follow(spoken, vosk, start_s - 0.2)).words
    assert words[0].start_s == pytest.approx(start_s, abs=0.15)
    assert word_error_rate(" ".join(speech.sentences[2:]), text(words)) <= 0.05


@posix
def test_death_changes_no_word(
    spoken: Path, growing: Growing, speech: Speech, vosk: Engine, follow: Follow
) -> None:
    undisturbed = done(follow(spoken, vosk)).words
    recogniser = follow(growing.file, vosk)
    deaths = (signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT)
    for number, ((start_s, end_s), (next_s, _)) in zip(deaths, pairwise(speech.spans), strict=True):
        growing.grow((start_s + end_s) / 2)
        reach(recogniser, lambda state: bool(state.partial), "it is in the middle of a sentence")
        pid, words = recogniser.pid, recogniser.state().words
        assert pid
        os.kill(pid, number)
        growing.grow(next_s)
        reach_words(recogniser, len(words))
        assert recogniser.pid != pid
        assert recogniser.state().words[: len(words)] == words
    growing.grow()
    words = done(recogniser).words
    assert text(words) == text(undisturbed)
    for word, same in zip(words, undisturbed, strict=True):
        assert word.start_s == pytest.approx(same.start_s, abs=0.1)


@posix
def test_death_in_the_start_is_followed_by_another(
    spoken: Path, speech: Speech, vosk: Engine, follow: Follow
) -> None:
    recogniser = follow(spoken, vosk)
    wait_until(lambda: recogniser.pid is not None, "a child was started")
    assert recogniser.pid
    os.kill(recogniser.pid, signal.SIGKILL)
    assert word_error_rate(speech.text, text(done(recogniser).words)) <= 0.05


@posix
def test_death_again_and_again_keeps_the_words(
    growing: Growing, speech: Speech, vosk: Engine, follow: Follow
) -> None:
    recogniser = follow(growing.file, vosk)
    growing.grow(speech.spans[1][0])
    reach_words(recogniser)
    pids: set[int] = set()
    for _ in range(MOST_DEATHS):
        wait_until(lambda: recogniser.pid not in {None, *pids}, "another child", PLENTY_S)
        assert recogniser.pid
        pids.add(recogniser.pid)
        os.kill(recogniser.pid, signal.SIGKILL)
    state = recogniser.wait(PLENTY_S)
    assert state.phase is RecogniserPhase.FAILED
    assert state.problem
    assert "SIGKILL again and again" in state.problem.message
    assert "the sound are kept" in state.problem.message
    assert text(state.words) == speech.sentences[0]


@posix
def test_one_that_hangs_is_replaced(
    growing: Growing,
    speech: Speech,
    vosk: Engine,
    follow: Follow,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(under_test, "HANG_S", 3.0)
    recogniser = follow(growing.file, vosk)
    growing.grow(speech.spans[1][0])
    reach_words(recogniser)
    pid = recogniser.pid
    assert pid
    os.kill(pid, signal.SIGSTOP)
    growing.grow()
    assert word_error_rate(speech.text, text(done(recogniser).words)) <= 0.05
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


@posix
def test_one_that_hangs_in_its_trial_is_told(
    spoken: Path, vosk: Engine, follow: Follow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(under_test, "START_TIMEOUT_S", 0.0)
    state = follow(spoken, vosk).wait(PLENTY_S)
    assert state.problem
    assert "did not answer" in state.problem.message


def test_one_that_waits_for_sound_does_not_hang(
    tmp_path: Path, vosk: Engine, follow: Follow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(under_test, "HANG_S", 0.5)
    recogniser = follow(tmp_path / "a.wav", vosk)
    reach(recogniser, lambda state: state.phase is RecogniserPhase.READING, "it is ready")
    pid = recogniser.pid
    recogniser.wait(2.0)
    assert recogniser.pid == pid
    done(recogniser)


@posix
@pytest.mark.parametrize("stopped", [False, True])
def test_closing_leaves_no_child(
    growing: Growing, vosk: Engine, follow: Follow, stopped: bool
) -> None:
    recogniser = follow(growing.file, vosk)
    growing.grow()
    reach_words(recogniser)
    pid = recogniser.pid
    assert pid
    if stopped:
        os.kill(pid, signal.SIGSTOP)
    words = recogniser.state().words
    recogniser.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    recogniser.close()
    assert recogniser.state().words[: len(words)] == words
    assert recogniser.wait(0.0).phase is RecogniserPhase.READING


def test_one_that_cannot_be_started_is_told(
    spoken: Path, vosk: Engine, follow: Follow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object, **options: object) -> Child:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(under_test, "Child", refuse)
    state = follow(spoken, vosk).wait(PLENTY_S)
    assert state.phase is RecogniserPhase.FAILED
    assert state.problem
    assert "Resource temporarily unavailable" in state.problem.message


def test_a_recording_that_cannot_be_read_is_told(
    tmp_path: Path, vosk: Engine, follow: Follow
) -> None:
    state = follow(tmp_path, vosk).wait(PLENTY_S)
    assert state.phase is RecogniserPhase.FAILED
    assert state.problem
    assert "cannot read the recording" in state.problem.message
