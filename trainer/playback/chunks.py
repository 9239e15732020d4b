"""A WAV file of another program: the sound in it, whatever its header says of its length."""

from __future__ import annotations

import struct

from trainer.audio.format import SAMPLE_BYTES

_PCM_MONO_16_BIT = (1, 1, 16)
_FORM_BYTES = 16


class NotASpeech(Exception):  # noqa: N818 - it is told, not raised further
    """The file is no WAV file of one channel and 16 bits with sound in it."""


def speech_in(file: bytes) -> tuple[bytes, int]:
    """Return the PCM of a WAV file and its rate in Hz.

    A program that writes as it speaks cannot know the length: one that is too great means the
    rest of the file. Raises `NotASpeech`.
    """
    if file[:4] != b"RIFF" or file[8:12] != b"WAVE":
        raise NotASpeech
    rate_hz, at = 0, 12
    while at + 8 <= len(file):
        name, size = struct.unpack_from("<4sI", file, at)
        content = file[at + 8 : at + 8 + size]
        at += 8 + size + size % 2
        if name == b"fmt " and len(content) >= _FORM_BYTES:
            form, channels, rate_hz, _, _, bits = struct.unpack_from("<HHIIHH", content)
            if (form, channels, bits) != _PCM_MONO_16_BIT:
                raise NotASpeech
        elif name == b"data" and rate_hz:
            pcm = content[: len(content) // SAMPLE_BYTES * SAMPLE_BYTES]
            if not pcm:
                break
            return pcm, rate_hz
    raise NotASpeech
