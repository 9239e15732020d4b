"""Bringing sound to the rate of a recording, where a microphone insists on its own."""

from __future__ import annotations

from trainer.audio.format import RATE_HZ


class Resampler:
    """Turns 16-bit mono sound of one rate into that of `RATE_HZ`, piece by piece.

    At the right rate already it hands every byte on as it is, and loads nothing.
    """

    def __init__(self, rate_hz: int) -> None:
        self._rate_hz = rate_hz
        self._stream = None
        if rate_hz != RATE_HZ:
            import numpy  # both: 80 ms
            import soxr  # type: ignore[import-untyped]

            self._stream = soxr.ResampleStream(rate_hz, RATE_HZ, 1, dtype="int16")
            self._numpy = numpy

    def convert(self, pcm: bytes, *, last: bool = False) -> bytes:
        """Return what is ready of the sound so far; `last` gives the rest, and begins anew."""
        if self._stream is None:
            return pcm
        samples = self._numpy.frombuffer(pcm, dtype="int16")
        converted: bytes = self._stream.resample_chunk(samples, last=last).tobytes()
        if last:
            self._stream.clear()
        return converted
