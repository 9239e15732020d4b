"""A part of a recording on disk, read as it is asked for."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from trainer.audio.format import HEADER_BYTES, SAMPLE_BYTES, pcm_bytes

_PCM_MONO_16_BIT = (1, 1, 16)


class NotARecording(Exception):  # noqa: N818 - it is told, not raised further
    """The file is not one that the recorder writes."""


class NothingThere(Exception):  # noqa: N818
    """The recording ends at `length_s`, before the part begins."""

    def __init__(self, length_s: float) -> None:
        super().__init__(length_s)
        self.length_s = length_s


@dataclass(frozen=True, slots=True)
class Part:
    """`samples` samples of a recording from sample `first` on, `rate_hz` a second."""

    file: IO[bytes]
    rate_hz: int
    first: int
    samples: int

    @property
    def start_s(self) -> float:
        """Where the part begins, in seconds of the recording."""
        return self.first / self.rate_hz

    @property
    def end_s(self) -> float:
        """Where the part ends, in seconds of the recording."""
        return (self.first + self.samples) / self.rate_hz

    def read(self, at: int, count: int) -> bytes:
        """Return up to `count` samples from sample `at` of the part on; fewer at its end."""
        self.file.seek(HEADER_BYTES + (self.first + at) * SAMPLE_BYTES)
        count = max(0, min(count, self.samples - at))
        return self.file.read(count * SAMPLE_BYTES)

    def pieces(self, count: int) -> Iterator[bytes]:
        """Return the part in pieces of `count` samples; the last one may be shorter."""
        for at in range(0, self.samples, count):
            yield self.read(at, count)


def open_part(path: Path, from_s: float, to_s: float | None) -> Part:
    """Open the part between two seconds of a recording; `to_s` None or too late: to its end.

    Raises `OSError`, `NotARecording`, or `NothingThere` where the recording ends before `from_s`.
    """
    file = path.open("rb", buffering=0)
    rate_hz = _rate_hz(file.read(HEADER_BYTES))
    total = pcm_bytes(path.stat().st_size) // SAMPLE_BYTES
    first = max(0, round(from_s * rate_hz))
    end = total if to_s is None else min(total, round(to_s * rate_hz))
    if first >= total:
        raise NothingThere(total / rate_hz)
    return Part(file, rate_hz, first, max(0, end - first))


def _rate_hz(header: bytes) -> int:
    """Return the rate that a recording's header names."""
    if len(header) < HEADER_BYTES or header[:4] != b"RIFF" or header[8:16] != b"WAVEfmt ":
        raise NotARecording
    form, channels, rate_hz, _, _, bits = struct.unpack("<HHIIHH", header[20:36])
    if (form, channels, bits) != _PCM_MONO_16_BIT or not rate_hz:
        raise NotARecording
    return int(rate_hz)
