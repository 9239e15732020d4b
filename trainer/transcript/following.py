"""Reading a recording while it grows, or once it is kept."""

from __future__ import annotations

from errno import EIO
from io import FileIO
from pathlib import Path

from trainer.audio.format import BYTES_A_SECOND, HEADER_BYTES, RATE_HZ, SAMPLE_BYTES
from trainer.audio.reading import NotARecording, Samples, is_flac, open_samples, present
from trainer.capture.types import BLOCK_S

BLOCK_BYTES = round(BLOCK_S * RATE_HZ) * SAMPLE_BYTES
# Vosk works in steps of this length: more at a time would save nothing.
LARGE_BLOCK_BYTES = 4 * BLOCK_BYTES
_PIECE_BYTES = 10 * LARGE_BLOCK_BYTES


class GrowingSound:
    """The sound of a recording that may not exist yet and may grow.

    Reads whole samples in blocks, and never beyond what is there: a file that shrinks gives
    nothing until it has grown past the place again.
    """

    def __init__(self, file: Path, from_s: float = 0.0) -> None:
        self._file = file
        self._at = HEADER_BYTES + max(0, round(from_s * RATE_HZ)) * SAMPLE_BYTES
        self._opened: FileIO | _Kept | None = None
        self._unread = b""

    @property
    def read_s(self) -> float:
        """How far the blocks have come, in seconds from the start of the recording."""
        return (self._at - len(self._unread) - HEADER_BYTES) / BYTES_A_SECOND

    def read(self, *, to_end: bool = False) -> bytes:
        """Return the next 50 to 200 ms, or nothing until they are there.

        `to_end` says that no more is coming: then the last block may be shorter. Raises `OSError`
        when the file is there and cannot be read.
        """
        if len(self._unread) < LARGE_BLOCK_BYTES:
            self._fetch()
        size = min(len(self._unread), LARGE_BLOCK_BYTES)
        if size < BLOCK_BYTES and not to_end:
            return b""
        size -= size % SAMPLE_BYTES
        block, self._unread = self._unread[:size], self._unread[size:]
        return block

    def close(self) -> None:
        """Close the file."""
        if self._opened:
            self._opened.close()

    def _fetch(self) -> None:
        if self._opened is None:
            try:
                self._opened = _open(self._file, self._at)
            except FileNotFoundError:
                return
        piece = self._opened.read(_PIECE_BYTES)
        self._unread += piece
        self._at += len(piece)


class _Kept:
    """A recording that was compressed, read on as if it were the growing file."""

    def __init__(self, samples: Samples, at: int) -> None:
        self._samples = samples
        self._at = at

    def read(self, size: int) -> bytes:
        piece = self._samples.read(self._at, size // SAMPLE_BYTES)
        self._at += len(piece) // SAMPLE_BYTES
        return piece

    def close(self) -> None:
        self._samples.close()


def _open(file: Path, at: int) -> FileIO | _Kept:
    """Open a recording at a byte of its plain form. Raises `OSError`."""
    file = present(file)
    if is_flac(file):
        try:
            return _Kept(open_samples(file), (at - HEADER_BYTES) // SAMPLE_BYTES)
        except NotARecording:
            raise OSError(EIO, "this is not FLAC as the program writes it", str(file)) from None
    opened = FileIO(file)
    opened.seek(at)
    return opened
