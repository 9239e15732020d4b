"""Another speed changes how long a sound is, and nothing else."""

from __future__ import annotations

import random
import struct
from itertools import pairwise

import pytest

from tests.playback.recordings import RATE_HZ, frequency_hz, noise, tone
from trainer.playback.stretching import stretch

SPEEDS = (0.75, 0.9, 1.1, 1.25, 1.5)


def stretched(pcm: bytes, speed: float) -> bytes:
    def read(at: int, count: int) -> bytes:
        assert at >= 0
        assert count >= 0
        return pcm[2 * at : 2 * (at + count)]

    return b"".join(stretch(read, len(pcm) // 2, speed, RATE_HZ))


def samples(pcm: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(pcm) // 2}h", pcm)


@pytest.mark.parametrize("speed", SPEEDS)
@pytest.mark.parametrize("pitch_hz", [80, 125, 440, 2000])
def test_a_tone_keeps_its_pitch_and_loudness(pitch_hz: int, speed: float) -> None:
    played = stretched(tone(pitch_hz, 3.0), speed)
    assert len(played) / 2 == pytest.approx(3.0 * RATE_HZ / speed, abs=1)
    assert frequency_hz(played) == pytest.approx(pitch_hz, rel=0.02)
    assert max(samples(played)) < 8200
    loudness = sum(s * s for s in samples(played)) / (len(played) / 2)
    assert loudness == pytest.approx(8000**2 / 2, rel=0.05)


def test_the_speed_of_the_recording_changes_nothing() -> None:
    assert stretched(noise(1.0), 1.0) == noise(1.0)


@pytest.mark.parametrize("speed", SPEEDS)
def test_what_is_said_at_a_time_is_heard_at_that_time(speed: float) -> None:
    chance = random.Random(2)
    burst = [chance.randint(-9000, 9000) for _ in range(RATE_HZ // 10)]
    recording = [0] * 3 * RATE_HZ
    for second in (1, 2):
        recording[second * RATE_HZ : second * RATE_HZ + len(burst)] = burst
    played = samples(stretched(struct.pack(f"<{len(recording)}h", *recording), speed))
    for second in (1, 2):
        begins = next(
            at for at in range(round((second - 0.3) / speed * RATE_HZ), len(played)) if played[at]
        )
        assert begins / RATE_HZ * speed == pytest.approx(second, abs=0.05)


@pytest.mark.parametrize("speed", SPEEDS)
@pytest.mark.parametrize("count", [0, 1, 100, 700])
def test_the_shortest_sounds(count: int, speed: float) -> None:
    assert len(stretched(noise(1.0)[: 2 * count], speed)) == 2 * round(count / speed)


def test_the_loudest_sound_does_not_turn_over() -> None:
    square = struct.pack("<h", 32767) * 80 + struct.pack("<h", -32768) * 80
    played = samples(stretched(square * 50, 0.75))
    jumps = sum(abs(b - a) > 40_000 for a, b in pairwise(played))
    assert jumps <= 140
