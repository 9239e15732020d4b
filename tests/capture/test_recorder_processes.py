"""Whoever is killed, the sound is on disk, and nobody is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.capture.steps import (
    ended,
    heard_by_others,
    noise,
    reach,
    record,
    recorder,
    wav,
    words,
)
from tests.processes import is_gone
from tests.sound import SoundServer
from tests.waiting import wait_until
from trainer.capture.files import length_s, mend
from trainer.capture.types import RecorderPhase

pytestmark = pytest.mark.audio

# A program that records until it is told to end by the end of its standard input.
PROGRAM = """
import sys
from pathlib import Path
from trainer.capture.recorder import Recorder
recorder = Recorder(Path(sys.argv[1]), reserve_bytes=0)
recorder.record()
while recorder.state().length_s < 1.0:
    recorder.wait(0.02)
print(recorder._child.pid, flush=True)
sys.stdin.read()
"""
PLENTY_S = 30.0


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "take.wav"


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV], ids=["killed", "crashed"])
def test_a_killed_recorder_leaves_its_sound(
    sound_server: SoundServer, file: Path, tmp_path: Path, number: signal.Signals
) -> None:
    played = noise(1.5)
    with recorder(file) as taking:
        record(taking)
        began = time.monotonic() - taking.state().length_s
        sound_server.play(wav(tmp_path / "clip.wav", played))
        assert taking._child
        os.kill(taking._child.pid, number)
        lasted_s = time.monotonic() - began
        state = ended(taking)
    message, hint = words(state)
    assert message.startswith("The recorder broke off. 1 second of your answer is kept.")
    assert "trainer doctor" in hint
    assert played[:40_000] in heard_by_others(file)
    assert lasted_s - 0.5 < state.length_s == length_s(file)
    with recorder(file) as taking:
        record(taking, at_least_s=0.2)
        taking.stop()
        assert ended(taking).length_s > state.length_s + 0.5
    assert played[:40_000] in heard_by_others(file)


def test_a_recorder_that_is_killed_at_its_end_says_so(
    sound_server: SoundServer, file: Path
) -> None:
    with recorder(file) as taking:
        record(taking, at_least_s=0.3)
        taking.stop()
        assert taking._child
        os.kill(taking._child.pid, signal.SIGKILL)
        state = ended(taking)
    assert words(state)[0].startswith("The recorder broke off. Less than a second")
    assert len(heard_by_others(file)) / 32_000 == state.length_s


def test_a_recorder_keeps_all_and_ends_with_its_killed_parent(
    sound_server: SoundServer, file: Path
) -> None:
    with program(file) as running:
        number = recorder_of(running)
        before_s = length_s(file)
        running.kill()
        running.wait()
        killed = time.monotonic()
        wait_until(lambda: is_gone(number), "the recorder is gone", PLENTY_S)
        assert time.monotonic() - killed < 2.0
    kept = heard_by_others(file)
    assert len(kept) / 32_000 >= max(before_s, 1.0)
    assert mend(file) == len(kept) / 32_000


def test_a_file_whose_writers_were_all_killed_is_mended(
    sound_server: SoundServer, file: Path
) -> None:
    with program(file) as running:
        number = recorder_of(running)
        os.kill(number, signal.SIGKILL)
        running.kill()
        running.wait()
        wait_until(lambda: is_gone(number), "the recorder is gone", PLENTY_S)
    mended_s = mend(file)
    assert mended_s >= 1.0
    assert len(heard_by_others(file)) / 32_000 == mended_s


@pytest.mark.parametrize("stopping", [False, True], ids=["recording", "stopping"])
def test_a_frozen_recorder_is_ended_and_leaves_its_sound(
    sound_server: SoundServer, file: Path, monkeypatch: pytest.MonkeyPatch, stopping: bool
) -> None:
    monkeypatch.setattr("trainer.capture.recorder.SILENT_LOOKS", 2)
    with recorder(file) as taking:
        record(taking, at_least_s=1.0)
        assert taking._child
        os.kill(taking._child.pid, signal.SIGSTOP)
        if stopping:
            taking.stop()
        state = ended(taking)
        assert is_gone(taking._child.pid)
    assert words(state)[0].startswith("The recorder broke off. 1 second of your answer is kept.")
    assert length_s(file) >= 1.0


def test_a_recorder_outlives_a_parent_that_stands_still(
    sound_server: SoundServer, file: Path
) -> None:
    """A program in the background reads nothing; the sound must come to disk all the same."""
    with program(file) as running:
        number = recorder_of(running)
        os.kill(running.pid, signal.SIGSTOP)
        fill_pipe(number)
        before_s = length_s(file)
        try:
            wait_until(lambda: length_s(file) > before_s + 1.0, "it records on")
        finally:
            running.kill()


def test_a_recorder_leaves_interrupts_to_its_parent(sound_server: SoundServer, file: Path) -> None:
    with recorder(file) as taking:
        record(taking)
        assert taking._child
        os.kill(taking._child.pid, signal.SIGINT)
        before_s = taking.state().length_s
        wait_until(lambda: taking.state().length_s > before_s + 0.3, "it records on")
        os.kill(taking._child.pid, signal.SIGTERM)
        state = ended(taking)
    assert words(state)[0].startswith("The recorder broke off. ")
    assert state.length_s >= before_s + 0.3
    assert len(heard_by_others(file)) / 32_000 == state.length_s


def test_closing_keeps_what_came(sound_server: SoundServer, file: Path) -> None:
    with recorder(file) as taking:
        record(taking, at_least_s=0.5)
        before_s = taking.state().length_s
        taking.close()
        state = taking.state()
        taking.close()
    assert (state.phase, state.problem) == (RecorderPhase.ENDED, None)
    assert len(heard_by_others(file)) / 32_000 == state.length_s >= before_s


def test_a_recorder_costs_little(sound_server: SoundServer, file: Path) -> None:
    """Its share of a core is `make bench`'s matter; here, that it does not spin."""
    with recorder(file) as taking:
        reach(taking, RecorderPhase.READY)
        record(taking)
        assert taking._child
        stat = Path(f"/proc/{taking._child.pid}/stat")
        before = ticks(stat)
        began_s = taking.state().length_s
        wait_until(lambda: taking.state().length_s > began_s + 3.0, "three seconds")
        assert ticks(stat) - before <= 0.1 * 3 * os.sysconf("SC_CLK_TCK")


def ticks(stat: Path) -> int:
    after_name = stat.read_text().rpartition(")")[2].split()
    return int(after_name[11]) + int(after_name[12])


def program(file: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", PROGRAM, str(file)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def recorder_of(running: subprocess.Popen[str]) -> int:
    assert running.stdout
    return int(running.stdout.readline())


def fill_pipe(number: int) -> None:
    """Write into a process's standard output until it takes no more."""
    pipe = os.open(f"/proc/{number}/fd/1", os.O_WRONLY | os.O_NONBLOCK)
    try:
        while True:
            os.write(pipe, b"\n" * 4096)
    except BlockingIOError:
        pass
    finally:
        os.close(pipe)
