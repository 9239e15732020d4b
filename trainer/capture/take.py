"""The sound that is kept, as the recorder's child writes it."""

from __future__ import annotations

import os
import shutil
import sys
import time
from contextlib import suppress
from dataclasses import replace
from io import FileIO
from pathlib import Path

from trainer.audio.format import BYTES_A_SECOND, HEADER_BYTES
from trainer.capture.files import (
    Event,
    Notes,
    length_s,
    mend,
    open_for_sound,
    read_notes,
    write_notes,
)
from trainer.capture.types import Cut
from trainer.paths import nearest

SYNC_EVERY_S = 1.0
MOST_EVENTS = 100


class Take:
    """A recording file that is made with its first sound. Methods that write raise `OSError`.

    Of these `FileNotFoundError` says that somebody deleted the file, or moved it, while it grew.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._sound: FileIO | None = None
        self._bytes = round(length_s(file) * BYTES_A_SECOND)
        self._synced = 0.0
        self._notes = Notes()

    @property
    def length_s(self) -> float:
        """How much sound is on disk."""
        return self._bytes / BYTES_A_SECOND

    @property
    def free_bytes(self) -> int:
        """How much room is left on the disk."""
        return shutil.disk_usage(nearest(self._file.parent)).free

    def keep(self, pcm: bytes, device: str, paused_s: float | None) -> None:
        """Append sound to the file; `paused_s` seconds were not kept before it (None: no pause)."""
        if self._sound is None:
            paused_s = self._open(device)
        assert self._sound
        if paused_s is not None:
            cut = Cut(round(self.length_s, 3), round(paused_s, 3))
            self._write_notes(replace(self._notes, cuts=(*self._notes.cuts, cut)))
        rest = memoryview(pcm)
        while rest:  # a disk that is nearly full takes a part, and refuses the next
            written = self._sound.write(rest) or 0
            self._bytes += written
            rest = rest[written:]
        now = time.monotonic()
        if now - self._synced >= SYNC_EVERY_S:
            self._sync(self._sound)
            self._synced = now

    def note(self, kind: str) -> None:
        """Write down that something happened; what was never begun has no notes."""
        if self._sound and len(self._notes.events) < MOST_EVENTS:
            event = Event(kind, round(self.length_s, 3))
            self._write_notes(replace(self._notes, events=(*self._notes.events, event)))

    def settle(self) -> None:
        """Bring all to the disk, with a header that is right: it may be long until more comes."""
        if self._sound:
            self._sync(self._sound)
            mend(self._file)
            self._bytes = self._sound.seek(0, os.SEEK_END) - HEADER_BYTES

    def close(self) -> None:
        """Close the file, as it is."""
        if self._sound:
            self._sound.close()

    def _sync(self, sound: FileIO) -> None:
        """Bring the sound to the disk, where somebody can find it again."""
        os.fsync(sound.fileno())
        with suppress(PermissionError):
            self._file.stat()

    def _open(self, device: str) -> float | None:
        """Open the file; return how long ago its last sound came, None where there is none."""
        began = time.time()
        last = self._file.stat().st_mtime if self._bytes else began
        self._sound = open_for_sound(self._file)
        self._synced = time.monotonic()
        started_at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(began))
        known = read_notes(self._file)
        self._write_notes(replace(known, started_at=known.started_at or started_at, device=device))
        return max(began - last, 0.0) if self._bytes else None

    def _write_notes(self, notes: Notes) -> None:
        """Write notes, but never at the price of sound."""
        self._notes = notes
        try:
            write_notes(self._file, notes)
        except OSError as error:
            sys.stderr.write(f"notes were not written: {error}\n")
