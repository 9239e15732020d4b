"""A question is heard from the loudspeaker, stops when it is told to, and ends with the program."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.playback import programs
from tests.playback.recordings import heard
from tests.processes import children_of, is_gone
from tests.sound import SoundServer
from tests.waiting import wait_until
from trainer.playback.player import Player
from trainer.playback.reading import Reading, ReadingPhase

QUESTION = "Tell me about a time when you made a mistake."
MOST_S = 15.0
RATE_HZ = 16_000

Read = Callable[..., Reading]


@pytest.fixture
def read(tmp_path: Path) -> Iterator[Read]:
    """A way to read with a stand-in for the program; what it reads ends with the test."""
    made: list[Reading] = []

    def begin(code: str, text: str = QUESTION) -> Reading:
        program = programs.stand_in(tmp_path / "programs", code)
        made.append(Reading(text, str(program), 160))
        return made[-1]

    yield begin
    for reading in made:
        reading.close()


def over(reading: Reading) -> bool:
    return reading.state().phase is ReadingPhase.ENDED


def sounding(reading: Reading) -> bool:
    return reading.state().phase is ReadingPhase.SOUNDING


def test_it_begins_without_waiting(read: Read) -> None:
    before = time.monotonic()
    reading = read(programs.HANGS)
    reading.state()
    reading.stop()
    assert time.monotonic() - before < 0.2  # a Python child alone takes as long


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (programs.FAILS, "The speech program failed (exit code 3)."),
        (programs.WRITES_GARBAGE, "The speech program failed (its file is no sound)."),
    ],
)
def test_a_program_that_fails_is_told_with_a_remedy(read: Read, code: str, told: str) -> None:
    reading = read(code)
    wait_until(lambda: over(reading), "it ends", MOST_S)
    problem = reading.state().problem
    assert problem
    assert told in problem.message
    assert problem.hint


def test_a_text_without_words_is_told(read: Read) -> None:
    reading = read(programs.SPEAKS, "?! [[ ]]")
    wait_until(lambda: over(reading), "it ends")
    assert "no words" in str(reading.state().problem)


def test_a_program_that_hangs_is_ended_when_the_reading_stops(tmp_path: Path, read: Read) -> None:
    reading = read(programs.HANGS)
    noted = tmp_path / "programs" / "pid"
    wait_until(lambda: noted.exists() and noted.read_text() != "", "it works")
    reading.stop()
    wait_until(lambda: over(reading), "it ends", 2.0)
    assert reading.state().problem is None
    wait_until(lambda: is_gone(int(noted.read_text())), "the program is ended")


def test_a_reading_that_is_stopped_before_its_sound_is_there_never_sounds(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Player] = []
    monkeypatch.setattr("trainer.playback.reading.Player", lambda *a, **k: made.append(Player()))  # type: ignore[call-arg]
    reading = read(programs.SPEAKS)
    reading.stop()
    wait_until(lambda: over(reading), "it ends")
    assert made == []


@pytest.mark.audio
def test_a_server_that_is_not_there_is_told(no_sound_server: SoundServer, read: Read) -> None:
    reading = read(programs.SPEAKS)
    wait_until(lambda: over(reading), "it ends", MOST_S)
    problem = reading.state().problem
    assert problem
    assert problem.message.startswith("The question cannot be read aloud. ")
    assert "recording" not in problem.message


@pytest.mark.audio
def test_what_the_program_spoke_is_what_is_heard(
    tmp_path: Path, sound_server: SoundServer, read: Read
) -> None:
    with sound_server.captured() as captured:
        reading = read(programs.SPEAKS)
        wait_until(lambda: sounding(reading), "it sounds", MOST_S)
        wait_until(lambda: over(reading), "it ends", MOST_S)
    assert reading.state().problem is None
    pcm = heard(captured.pcm)
    assert abs(len(pcm) - 2 * 8000) <= 4
    folder = Path((tmp_path / "programs" / "folder").read_text())
    wait_until(lambda: not folder.exists(), "the file is removed")


@pytest.mark.audio
def test_it_is_silent_at_once_when_it_is_stopped(sound_server: SoundServer, read: Read) -> None:
    with sound_server.captured() as captured:
        reading = read(programs.SPEAKS_LONG)
        wait_until(lambda: len(heard(captured.pcm)) > RATE_HZ, "half a second is heard", MOST_S)
        reading.stop()
        wait_until(lambda: over(reading), "it ends", 2.0)
        at_stop = len(captured.pcm)
    late_s = len(captured.pcm[at_stop:].rstrip(b"\0")) / 2 / RATE_HZ
    assert late_s < 0.3  # what the server held


@pytest.mark.audio
@pytest.mark.skipif(not shutil.which("espeak-ng"), reason="espeak-ng is not installed")
def test_espeak_says_the_question_at_each_speed(sound_server: SoundServer) -> None:
    lengths = []
    for words_a_minute in (130, 160, 190):
        with sound_server.captured() as captured:
            program = shutil.which("espeak-ng")
            assert program
            reading = Reading("Tell me about a mistake. [[h@l@U]]", program, words_a_minute)
            wait_until(lambda: over(reading), "it ends", MOST_S)  # noqa: B023
            assert reading.state().problem is None
        lengths.append(len(heard(captured.pcm)) / 2 / RATE_HZ)
    slow, normal, fast = lengths
    assert 1.1 < slow / normal < 1.4
    assert 1.05 < normal / fast < 1.35
    assert 1.0 < normal < 4.0


@pytest.mark.audio
def test_the_voice_ends_with_a_program_that_is_killed(
    tmp_path: Path, sound_server: SoundServer
) -> None:
    program = programs.stand_in(tmp_path / "programs", programs.SPEAKS_LONG)
    code = (
        "import sys, time; from trainer.playback.reading import Reading; "
        "r = Reading('hello', sys.argv[1], 160); time.sleep(60)"
    )
    with sound_server.captured() as captured:
        parent = subprocess.Popen([sys.executable, "-c", code, str(program)])
        wait_until(lambda: len(heard(captured.pcm)) > RATE_HZ, "it is heard", MOST_S)
        children = children_of(parent.pid)
        assert len(children) == 2
        folder = Path((tmp_path / "programs" / "folder").read_text())
        assert folder.is_dir()
        parent.send_signal(signal.SIGKILL)
        parent.wait()
        at_kill = len(captured.pcm)
        wait_until(lambda: all(map(is_gone, children)), "no child is left", 2.0)
        assert not folder.exists()
    assert len(captured.pcm[at_kill:].rstrip(b"\0")) / 2 / RATE_HZ < 0.6
