"""What the recorder's tests do again and again."""

from __future__ import annotations

import random
import wave
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.processes import replace_package
from tests.waiting import wait_until
from trainer.audio.format import BYTES_A_SECOND, HEADER_BYTES, RATE_HZ
from trainer.capture.recorder import Recorder
from trainer.capture.types import RecorderPhase, RecorderState

PLENTY_S = 20.0

# A module in the place of sounddevice that loads the real one, to change a part of it.
BENT = """
import os, sys
sys.path.remove(os.path.dirname(__file__))
del sys.modules["sounddevice"]
import sounddevice
Real = sounddevice.RawInputStream
"""


@contextmanager
def recorder(
    file: Path | None,
    device: str | None = None,
    *,
    longest_s: float = 60.0,
    reserve_bytes: int = 0,
) -> Iterator[Recorder]:
    """A recorder that is closed whatever happens, and is not short of disk."""
    opened = Recorder(file, device, longest_s=longest_s, reserve_bytes=reserve_bytes)
    try:
        yield opened
    finally:
        opened.close()


def reach(recorder: Recorder, phase: RecorderPhase) -> None:
    """Wait until a recorder is in a phase, and fail at once where it ended instead."""

    def there() -> bool:
        state = recorder.state()
        if state.phase is RecorderPhase.ENDED and phase is not RecorderPhase.ENDED:
            raise AssertionError(f"the recorder ended: {state}")
        return state.phase is phase

    wait_until(there, f"the recorder is {phase}", PLENTY_S)


def record(recorder: Recorder, at_least_s: float = 0.0) -> None:
    """Begin to record, and return when so much more is on disk."""
    reach(recorder, RecorderPhase.READY)
    before_s = recorder.state().length_s
    recorder.record()
    reach(recorder, RecorderPhase.RECORDING)
    wait_until(lambda: recorder.state().length_s >= before_s + at_least_s, "sound is on disk")


def ended(recorder: Recorder) -> RecorderState:
    """Wait for the end of a recorder that ends, or was told to end, and return it."""
    state = recorder.wait(PLENTY_S)
    assert state.phase is RecorderPhase.ENDED, state
    return state


def words(state: RecorderState) -> tuple[str, str]:
    """What a recorder's problem says, and its hint."""
    assert state.problem
    return state.problem.message, state.problem.hint


def noise(seconds: float, seed: int = 1) -> bytes:
    """Sound of which no part is like another."""
    return random.Random(seed).randbytes(round(seconds * RATE_HZ) * 2)


def wav(file: Path, pcm: bytes) -> Path:
    """Write a WAV file as another program would."""
    with wave.open(str(file), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE_HZ)
        sound.writeframes(pcm)
    return file


def heard_by_others(file: Path) -> bytes:
    """The sound of a recording, as a program reads it that believes the header."""
    with wave.open(str(file)) as sound:
        assert (sound.getnchannels(), sound.getsampwidth(), sound.getframerate()) == (1, 2, 16_000)
        pcm: bytes = sound.readframes(sound.getnframes())
    assert HEADER_BYTES + len(pcm) == file.stat().st_size
    return pcm


def pcm_of(file: Path) -> bytes:
    """The sound of a recording, whatever its header says."""
    return file.read_bytes()[HEADER_BYTES:]


def seconds(pcm: bytes) -> float:
    """How long some sound is."""
    return len(pcm) / BYTES_A_SECOND


def bend_sounddevice(monkeypatch: pytest.MonkeyPatch, folder: Path, code: str) -> None:
    """Let children load the real sounddevice, and then run `code`, where it is `sounddevice`."""
    replace_package(monkeypatch, folder, "sounddevice", BENT + code)
