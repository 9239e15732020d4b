"""Recordings for the tests of this room."""

from __future__ import annotations

import random
import struct
import wave
from pathlib import Path

RATE_HZ = 16_000


def noise(length_s: float, seed: int = 1) -> bytes:
    """Return PCM of 16 bits in which every place is unlike every other."""
    chance = random.Random(seed)
    count = round(length_s * RATE_HZ)
    return struct.pack(f"<{count}h", *(chance.randint(-8000, 8000) or 1 for _ in range(count)))


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
