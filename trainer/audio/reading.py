"""The sound of a recording as samples, whichever of its two forms is on disk.

A recording grows as a WAV file; once its answer is stored it is kept as FLAC, which holds the same
samples in half the room. Both forms have one name with another ending. Whoever was told of one
form may find the other, because it was changed meanwhile: `present` says which is there.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from contextlib import closing
from errno import EIO
from pathlib import Path
from typing import IO, Any, Protocol

from trainer.audio.format import HEADER_BYTES, SAMPLE_BYTES, pcm_bytes

WAV, FLAC = ".wav", ".flac"
FORMS = (WAV, FLAC)

_PCM_MONO_16_BIT = (1, 1, 16)
STREAMINFO_BYTES = 42
"""The beginning of a FLAC file, which tells its length."""
_DAMAGED = OSError(EIO, "the recording is damaged")


class NotARecording(Exception):  # noqa: N818 - it is told, not raised further
    """The file is not one that the program writes."""


class Samples(Protocol):
    """An open recording: `count` samples of 16 bits, `rate_hz` a second."""

    @property
    def rate_hz(self) -> int:
        """How many samples make a second."""
        ...

    @property
    def count(self) -> int:
        """How many samples there are."""
        ...

    def read(self, at: int, count: int) -> bytes:
        """Return up to `count` samples from sample `at` on; fewer at the end. Raises `OSError`."""
        ...

    def close(self) -> None:
        """Close the file."""
        ...


def is_flac(file: Path) -> bool:
    """Tell by its name whether a recording is kept as FLAC."""
    return file.suffix == FLAC


def other_form(file: Path) -> Path:
    """Return where the same recording is in its other form."""
    return file.with_suffix(WAV if is_flac(file) else FLAC)


def present(file: Path) -> Path:
    """Return the recording in the form that is there: this one if it is, or if none is."""
    if file.suffix in FORMS and not file.is_file():
        other = other_form(file)
        if other.is_file():
            return other
    return file


def open_samples(file: Path) -> Samples:
    """Open a recording that grows no more, in either form.

    Raises `OSError` where it cannot be read, and `NotARecording` for any other file.
    """
    file = present(file)
    return _Compressed(file) if is_flac(file) else _Plain(file)


def open_flac(file: Path) -> Samples:
    """Open FLAC, whatever its name. Raises `OSError` and `NotARecording`."""
    return _Compressed(file)


def pieces(file: Path, size: int) -> Iterator[bytes]:
    """Yield the sound of a recording of ours in pieces of `size` bytes; the last may be shorter.

    What stands in the header of a WAV file is not asked: it may be out of date. Raises `OSError`.
    """
    file = present(file)
    if not is_flac(file):
        with file.open("rb") as sound:
            sound.seek(HEADER_BYTES)
            while piece := sound.read(size):
                yield piece
        return
    try:
        samples = _Compressed(file)
    except NotARecording:
        raise OSError(EIO, "this is not FLAC as the program writes it", str(file)) from None
    with closing(samples):
        each = max(1, size // SAMPLE_BYTES)
        for at in range(0, samples.count, each):
            yield samples.read(at, each)


def flac_length(file: Path) -> tuple[int, int]:
    """Return how many samples a FLAC file tells that it holds, and its rate; quick.

    Raises `OSError`, and `NotARecording` where it is none of ours.
    """
    with file.open("rb", buffering=0) as opened:
        return flac_length_in(opened.read(STREAMINFO_BYTES))


def flac_length_in(start: bytes) -> tuple[int, int]:
    """Return what `flac_length` does, of the beginning of a file. Raises `NotARecording`."""
    if len(start) < STREAMINFO_BYTES or start[:4] != b"fLaC" or start[4] & 0x7F:
        raise NotARecording
    (packed,) = struct.unpack(">Q", start[18:26])
    rate_hz, count = packed >> 44, packed & (1 << 36) - 1
    channels, bits = (packed >> 41 & 0b111) + 1, (packed >> 36 & 0b11111) + 1
    if (channels, bits) != (1, 16) or not rate_hz:
        raise NotARecording
    return count, rate_hz


class _Plain:
    """A WAV file. Its own size counts, and not the one in its header."""

    def __init__(self, path: Path) -> None:
        self._file: IO[bytes] = path.open("rb", buffering=0)
        try:
            self.rate_hz = _rate_hz(self._file.read(HEADER_BYTES))
        except BaseException:
            self._file.close()
            raise
        self.count = pcm_bytes(os.fstat(self._file.fileno()).st_size) // SAMPLE_BYTES

    def read(self, at: int, count: int) -> bytes:
        self._file.seek(HEADER_BYTES + at * SAMPLE_BYTES)
        return self._file.read(max(0, min(count, self.count - at)) * SAMPLE_BYTES)

    def close(self) -> None:
        self._file.close()


class _Compressed:
    """A FLAC file. Places in it are exact to the sample."""

    def __init__(self, path: Path) -> None:
        self.count, self.rate_hz = flac_length(path)
        self._sound = _open_flac(path)
        self._at = 0

    def read(self, at: int, count: int) -> bytes:
        import soundfile  # type: ignore[import-untyped]

        wanted = max(0, min(count, self.count - at))
        if not wanted:
            return b""
        try:
            if at != self._at:  # seeking costs a search in the file
                self._sound.seek(at)
            found = self._sound.read(wanted, dtype="int16")
        except soundfile.LibsndfileError:
            self._at = -1
            raise _DAMAGED from None
        self._at = at + len(found)
        if len(found) < wanted:
            raise _DAMAGED
        return bytes(found.astype("<i2").tobytes())

    def close(self) -> None:
        self._sound.close()


def _open_flac(path: Path) -> Any:
    try:
        import soundfile  # 40 ms
    except ImportError as error:
        raise OSError(EIO, f"the package soundfile cannot be used: {error}") from error
    try:
        return soundfile.SoundFile(str(path))
    except soundfile.LibsndfileError:
        raise NotARecording from None


def _rate_hz(header: bytes) -> int:
    """Return the rate that a recording's header names."""
    if len(header) < HEADER_BYTES or header[:4] != b"RIFF" or header[8:16] != b"WAVEfmt ":
        raise NotARecording
    form, channels, rate_hz, _, _, bits = struct.unpack("<HHIIHH", header[20:36])
    if (form, channels, bits) != _PCM_MONO_16_BIT or not rate_hz:
        raise NotARecording
    return int(rate_hz)
