"""A part of a recording on disk, read as it is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from trainer.audio.reading import Samples, open_samples


class NothingThere(Exception):  # noqa: N818 - it is told, not raised further
    """The recording ends at `length_s`, before the part begins."""

    def __init__(self, length_s: float) -> None:
        super().__init__(length_s)
        self.length_s = length_s


@dataclass(frozen=True, slots=True)
class Part:
    """`samples` samples of a recording from sample `first` on."""

    recording: Samples
    first: int
    samples: int

    @property
    def rate_hz(self) -> int:
        """How many samples make a second."""
        return self.recording.rate_hz

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
        return self.recording.read(self.first + at, max(0, min(count, self.samples - at)))

    def pieces(self, count: int) -> Iterator[bytes]:
        """Return the part in pieces of `count` samples; the last one may be shorter."""
        for at in range(0, self.samples, count):
            yield self.read(at, count)


def open_part(path: Path, from_s: float, to_s: float | None) -> Part:
    """Open the part between two seconds of a recording; `to_s` None or too late: to its end.

    Raises `OSError`, `NotARecording`, or `NothingThere` where the recording ends before `from_s`.
    """
    recording = open_samples(path)
    total, rate_hz = recording.count, recording.rate_hz
    first = max(0, round(from_s * rate_hz))
    end = total if to_s is None else min(total, round(to_s * rate_hz))
    if first >= total:
        recording.close()
        raise NothingThere(total / rate_hz)
    return Part(recording, first, max(0, end - first))
