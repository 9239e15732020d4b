"""Recordings for the tests of this room."""

from __future__ import annotations

import math
import struct
import wave
from pathlib import Path

RATE_HZ = 16_000


def noise(length_s: float, seed: int = 1) -> bytes:
    """Return PCM of 16 bits in which every place is unlike every other."""
    import numpy as np

    samples = np.random.default_rng(seed).integers(-8000, 8000, round(length_s * RATE_HZ))
    samples[samples == 0] = 1
    return samples.astype("<i2").tobytes()


def tone(frequency: float, length_s: float) -> bytes:
    """Return PCM of 16 bits of a sine that begins and ends loud."""
    turn = 2 * math.pi * frequency / RATE_HZ
    count = round(length_s * RATE_HZ)
    return struct.pack(f"<{count}h", *(round(8000 * math.cos(turn * at)) for at in range(count)))


def frequency_hz(pcm: bytes) -> float:
    """Return how often a second a tone goes through zero upwards."""
    samples = struct.unpack(f"<{len(pcm) // 2}h", pcm)
    rises = [at for at in range(1, len(samples)) if samples[at - 1] < 0 <= samples[at]]
    return (len(rises) - 1) * RATE_HZ / (rises[-1] - rises[0])


def heard(pcm: bytes) -> bytes:
    """Return what was captured without the silence around it."""
    import numpy as np

    loud = np.flatnonzero(np.frombuffer(pcm[: len(pcm) // 2 * 2], "<i2"))
    return pcm[2 * loud[0] : 2 * loud[-1] + 2] if len(loud) else b""


def write_recording(file: Path, pcm: bytes, rate_hz: int = RATE_HZ) -> Path:
    """Write a recording as the recorder leaves it when it is killed: its header tells of no sound.

    The sound follows it nevertheless.
    """
    with wave.open(str(file), "wb") as recording:
        recording.setnchannels(1)
        recording.setsampwidth(2)
        recording.setframerate(rate_hz)
    with file.open("ab") as appended:
        appended.write(pcm)
    return file


def part(pcm: bytes, from_s: float, to_s: float) -> bytes:
    """Return the samples between two seconds."""
    return pcm[2 * round(from_s * RATE_HZ) : 2 * round(to_s * RATE_HZ)]
