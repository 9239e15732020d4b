"""What the recorder's child measures in each block."""

from __future__ import annotations

import math
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.capture.meter import Meter
from trainer.capture.types import SILENCE_DBFS

samples_of = st.lists(st.integers(-32_768, 32_767), min_size=1, max_size=200)


def pcm(samples: list[int]) -> bytes:
    return struct.pack(f"={len(samples)}h", *samples)


def read(*blocks: list[int]) -> tuple[float, float, bool]:
    meter = Meter()
    for block in blocks:
        meter.hear(pcm(block))
    return meter.read()


def test_silence_is_at_the_bottom() -> None:
    assert read([0] * 800) == (SILENCE_DBFS, SILENCE_DBFS, False)
    assert read() == (SILENCE_DBFS, SILENCE_DBFS, False)


@pytest.mark.parametrize("limit", [32_767, -32_768])
def test_a_sample_at_either_limit_is_clipped(limit: int) -> None:
    assert read([0, limit])[2]
    assert not read([0, limit - int(math.copysign(1, limit))])[2]


def test_what_was_read_is_forgotten_and_repeated_until_there_is_more() -> None:
    meter = Meter()
    meter.hear(pcm([32_767]))
    loud = meter.read()
    assert meter.read() == loud
    meter.hear(pcm([0]))
    assert meter.read() == (SILENCE_DBFS, SILENCE_DBFS, False)


@given(samples_of)
def test_levels_are_those_of_the_definition(samples: list[int]) -> None:
    rms = math.sqrt(sum(s * s for s in samples) / len(samples))
    peak = max(abs(s) for s in samples)
    level_dbfs, peak_dbfs, _ = read(samples)
    assert SILENCE_DBFS <= level_dbfs <= peak_dbfs + 1e-9 <= 1e-6
    if rms >= 1:
        assert level_dbfs == pytest.approx(20 * math.log10(rms / 32_768), abs=1e-6)
        assert peak_dbfs == pytest.approx(20 * math.log10(peak / 32_768), abs=1e-6)


@given(samples_of, samples_of)
def test_blocks_count_as_one(first: list[int], second: list[int]) -> None:
    assert read(first, second) == pytest.approx(read(first + second))
