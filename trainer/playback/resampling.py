"""Sound at the rate and with the channels that a device wants."""

from __future__ import annotations

from collections.abc import Iterator


def resample(pieces: Iterator[bytes], from_hz: int, to_hz: int, channels: int) -> Iterator[bytes]:
    """Return mono sound of 16 bits at another rate, the same in each of `channels`."""
    import numpy as np
    import soxr  # type: ignore[import-untyped]

    stream = soxr.ResampleStream(from_hz, to_hz, 1, dtype="int16")

    def convert(piece: bytes, last: bool) -> bytes:
        samples = stream.resample_chunk(np.frombuffer(piece, np.int16), last=last)
        return bytes(np.repeat(samples, channels).tobytes())

    for piece in pieces:
        yield convert(piece, False)
    yield convert(b"", True)
