"""The form of a recording: a WAV file of one channel and 16 bits, whose header may be out of date.

The sizes in the header are only right when the recording is over. Whoever reads one begins at
`HEADER_BYTES`, and takes the file's own size for what there is.
"""

from __future__ import annotations

import struct

RATE_HZ = 16_000
SAMPLE_BYTES = 2
BYTES_A_SECOND = RATE_HZ * SAMPLE_BYTES
HEADER_BYTES = 44
# The sizes have 32 bits: a longer file is no recording of ours, and must not be an error here.
_LARGEST_SIZE = 2**32 - 1


def header(pcm_bytes: int, rate_hz: int = RATE_HZ) -> bytes:
    """Return the header of a WAV file with that much sound (mono, 16 bits)."""
    pcm_bytes = min(pcm_bytes, _LARGEST_SIZE - HEADER_BYTES)
    sound = (16, 1, 1, rate_hz, rate_hz * SAMPLE_BYTES, SAMPLE_BYTES, 8 * SAMPLE_BYTES)
    riff = struct.pack("<4sI4s", b"RIFF", HEADER_BYTES - 8 + pcm_bytes, b"WAVE")
    return riff + struct.pack("<4sIHHIIHH4sI", b"fmt ", *sound, b"data", pcm_bytes)


def pcm_bytes(file_bytes: int) -> int:
    """Return how much sound, in whole samples, a recording of this size on disk holds."""
    return max(file_bytes - HEADER_BYTES, 0) // SAMPLE_BYTES * SAMPLE_BYTES
