"""Sound files turned into PCM, block by block, in the child that converts them."""

from __future__ import annotations

from collections.abc import Iterator
from io import BufferedReader
from math import inf
from pathlib import Path
from typing import IO, Any

from trainer.audio.format import BYTES_A_SECOND, HEADER_BYTES, RATE_HZ, header
from trainer.capture import ffmpeg
from trainer.children.child import Problem

# What libsndfile reads besides takes almost anything for sound.
FORMATS = frozenset({"WAV", "WAVEX", "RF64", "W64", "AIFF", "AU", "CAF", "FLAC", "OGG", "MP3"})
RATES_HZ = range(1_000, 768_001)
# Samples of all channels that are read at once. Where the file is damaged a block is lost whole.
BLOCK_SAMPLES = 8_192
_UNKNOWN_LENGTH = 2**62

# How files begin that libsndfile does not know and people have.
_CONTAINERS = (
    (4, b"ftyp", "MPEG-4 sound, m4a"),
    (0, b"\x1a\x45\xdf\xa3", "WebM"),
    (0, b"\xff\xf1", "AAC"),
    (0, b"\xff\xf9", "AAC"),
    (0, b"#!AMR", "AMR"),
    (0, b"\x30\x26\xb2\x75", "Windows Media"),
)


class DamagedError(Exception):
    """The file cannot be read further."""


def decode(source: Path, longest_s: float, *, whole: bool = True) -> Iterator[bytes]:
    """Return the sound of a file as a recording holds it: mono, 16 bits, `RATE_HZ`.

    What is in the file counts, not its name. A file that is longer than `longest_s` is refused
    where the `whole` of it is wanted; what comes after that may be left out. Raises
    `DamagedError` where it cannot be read to its end, and `Problem`.
    """
    try:
        with source.open("rb", buffering=0) as raw:
            # soundfile believes the suffix of a name, and that of .raw above all else.
            raw.name = ""
            file = BufferedReader(raw)
            start = file.read(HEADER_BYTES)
            if _is_unfinished(start):
                yield from iter(lambda: file.read(BYTES_A_SECOND), b"")
                return
            file.seek(0)
            sound = _open(file)
            if sound:
                yield from _read(sound, longest_s if whole else inf)
                return
    except OSError as error:
        raise Problem("unreadable", error.strerror or str(error)) from None
    yield from _through_ffmpeg(source, start, longest_s)


def _is_unfinished(start: bytes) -> bool:
    """Whether this is a recording of ours that was never closed: its header says it is empty."""
    return start == header(0)


def _open(file: IO[bytes]) -> Any:
    """Return the file as soundfile reads it, None where it does not know it."""
    try:
        import soundfile  # type: ignore[import-untyped]
    except (ImportError, OSError) as error:
        raise Problem("no library", str(error)) from None

    class Stream(soundfile.SoundFile):  # type: ignore[misc]
        """soundfile seeks to where it is after each read, and MP3 and Opus crackle there."""

        def seekable(self) -> bool:
            return False

    try:
        sound = Stream(file)
    except soundfile.LibsndfileError:
        return None
    return sound if sound.format in FORMATS and sound.samplerate in RATES_HZ else None


def _read(sound: Any, longest_s: float) -> Iterator[bytes]:
    import numpy as np
    import soundfile
    import soxr  # type: ignore[import-untyped]

    if longest_s < sound.frames / sound.samplerate < _UNKNOWN_LENGTH / sound.samplerate:
        raise Problem("too long")
    resampler = None
    if sound.samplerate != RATE_HZ:
        resampler = soxr.ResampleStream(sound.samplerate, RATE_HZ, 1, dtype="float32")
    count = max(1, BLOCK_SAMPLES // sound.channels)
    damaged = last = False
    while not last:
        try:
            frames = sound.read(count, dtype="float32", always_2d=True)
        except soundfile.LibsndfileError:
            frames, damaged = np.empty((0, sound.channels), np.float32), True
        last = not len(frames)
        samples = np.nan_to_num(frames.mean(axis=1), nan=0.0, posinf=1.0, neginf=-1.0)
        if resampler:
            samples = resampler.resample_chunk(samples, last=last)
        yield np.clip(np.rint(samples * 32768), -32768, 32767).astype("<i2").tobytes()
    if damaged:
        raise DamagedError


def _through_ffmpeg(source: Path, start: bytes, longest_s: float) -> Iterator[bytes]:
    kind = next((name for at, mark, name in _CONTAINERS if start[at:].startswith(mark)), None)
    program = ffmpeg.find()
    if not program:
        raise Problem("needs ffmpeg", kind) if kind else Problem("perhaps ffmpeg")
    some = False
    try:
        for block in ffmpeg.decode(program, source, longest_s):
            some = True
            yield block
    except ffmpeg.FailedError:
        if some:
            raise DamagedError from None
        raise Problem("not sound") from None
    except OSError as error:
        raise Problem("broken ffmpeg", error.strerror or str(error)) from None
