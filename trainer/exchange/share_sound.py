"""The sound of a shared answer: samples and nothing else, and what is checked before it is used."""

from __future__ import annotations

import base64
import binascii
import os
from contextlib import closing, suppress
from io import BytesIO
from pathlib import Path

from trainer.audio.format import RATE_HZ, SAMPLE_BYTES
from trainer.audio.reading import (
    STREAMINFO_BYTES,
    NotARecording,
    flac_length_in,
    open_flac,
    open_samples,
)
from trainer.errors import TrainerError
from trainer.exchange.share_document import LONGEST_SOUND_S, FlacEntry
from trainer.paths import PRIVATE_FILE_MODE

NAME = "shared.flac"
_FRAME = (b"\xff\xf8", b"\xff\xf9")
_LAST = 0x80
_PIECE = 10 * RATE_HZ
_OVERHEAD = 100_000
"""More than FLAC adds to the samples, whatever they are."""


class BadSoundError(Exception):
    """What a file gives for its sound is none."""


def pack_sound(recording: Path) -> FlacEntry:
    """Return the samples of a recording, without tags, times or names. Raises `TrainerError`."""
    import numpy as np
    import soundfile  # type: ignore[import-untyped]

    try:
        with closing(open_samples(recording)) as samples:
            if samples.rate_hz != RATE_HZ or not 0 < samples.count <= LONGEST_SOUND_S * RATE_HZ:
                raise NotARecording
            data = samples.read(0, samples.count)
    except (OSError, NotARecording) as error:
        raise TrainerError(
            "The sound of this answer cannot be read.", "Leave out --sound, and send the words."
        ) from error
    packed = BytesIO()
    soundfile.write(packed, np.frombuffer(data, "<i2"), RATE_HZ, format="FLAC", subtype="PCM_16")
    bare = _bare(packed.getvalue())
    length_s = round(len(data) / SAMPLE_BYTES / RATE_HZ, 3)
    return FlacEntry("flac", length_s, base64.b64encode(bare).decode())


def unpack_sound(entry: FlacEntry) -> bytes:
    """Return the FLAC of a file once its beginning says that it is one. Raises `BadSoundError`.

    It may have one channel, 16 bits, 16 kHz, a length below the limit, and no blocks of tags,
    pictures or anything else. What stands in its frames is not looked at.
    """
    try:
        data = base64.b64decode(entry.data, validate=True)
    except (binascii.Error, ValueError):
        raise BadSoundError("It is no base 64.") from None
    try:
        count, rate_hz = flac_length_in(data[:STREAMINFO_BYTES])
    except NotARecording:
        raise BadSoundError("It is no FLAC as the trainer writes it.") from None
    if data[4] != _LAST or data[5:8] != b"\x00\x00\x22" or not _begins_frame(data):
        raise BadSoundError("It holds something beside the sound.")
    if rate_hz != RATE_HZ or not 0 < count <= LONGEST_SOUND_S * RATE_HZ:
        raise BadSoundError("Its rate or its length is none of an answer.")
    if len(data) > count * SAMPLE_BYTES + _OVERHEAD:
        raise BadSoundError("It is larger than its sound.")
    if abs(count / rate_hz - entry.length_s) > 1:
        raise BadSoundError("Its length is not the one that the file tells.")
    return data


def write_sound(data: bytes, folder: Path) -> Path:
    """Write sound that was unpacked into a private folder under a name of ours; return the file.

    Every sample is decoded once, piece by piece and never more than its beginning tells. Raises
    `BadSoundError`, and leaves nothing, where that cannot be done.
    """
    file = folder / NAME
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE_MODE)
    try:
        with os.fdopen(descriptor, "wb") as opened:
            opened.write(data)
        with closing(open_flac(file)) as samples:
            for at in range(0, samples.count, _PIECE):
                samples.read(at, _PIECE)
    except (OSError, NotARecording) as error:
        with suppress(OSError):
            file.unlink()
        raise BadSoundError("Its sound is damaged.") from error
    return file


def _begins_frame(data: bytes) -> bool:
    return data[STREAMINFO_BYTES : STREAMINFO_BYTES + 2] in _FRAME


def _bare(flac: bytes) -> bytes:
    """Return FLAC with its first block alone, which tells its form, and the frames."""
    at, last = 4, False
    while not last:
        last = bool(flac[at] & _LAST)
        at += 4 + int.from_bytes(flac[at + 1 : at + 4], "big")
    return flac[:4] + bytes([_LAST]) + flac[5:STREAMINFO_BYTES] + flac[at:]
