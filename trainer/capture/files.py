"""The recording on disk: a WAV file that grows, and the notes beside it.

Once its answer is stored it may be kept as FLAC under the same name: see `trainer.keeping`.

It has a header from the beginning; sound is appended as it comes, and the header's sizes are
written after. So the file that grows is the file that stays: nothing is copied, and a full disk
cannot keep the header from it. `trainer.audio.format` tells how it looks.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from errno import EINVAL
from io import FileIO
from math import isfinite
from pathlib import Path
from typing import Any

from trainer.audio.format import BYTES_A_SECOND, HEADER_BYTES, header, pcm_bytes
from trainer.audio.reading import FORMS, NotARecording, flac_length, is_flac, other_form, present
from trainer.capture.types import Cut
from trainer.paths import PRIVATE_FILE_MODE, PRIVATE_FOLDER_MODE

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a recording when `at_s` seconds of it were on disk."""

    kind: str
    at_s: float


@dataclass(frozen=True, slots=True)
class Notes:
    """What is known of a recording beside its sound. `started_at` is in ISO 8601, UTC.

    `origin` is the name of the sound file that it was imported from; empty for one made here.
    """

    started_at: str = ""
    device: str = ""
    cuts: tuple[Cut, ...] = ()
    events: tuple[Event, ...] = ()
    origin: str = ""


def open_for_sound(file: Path) -> FileIO:
    """Open a recording to append sound to, unbuffered; make it where there is none.

    It is made with the header of an empty one, readable for the user alone, as is its folder; one
    that exists is mended first. Raises `OSError`, also for one that was compressed: nothing can be
    added to that.
    """
    if is_flac(file):
        raise OSError(EINVAL, "nothing can be added to a compressed recording", str(file))
    mend(file)
    file.parent.mkdir(mode=PRIVATE_FOLDER_MODE, parents=True, exist_ok=True)
    sound = FileIO(os.open(file, os.O_RDWR | os.O_CREAT | _BINARY, PRIVATE_FILE_MODE), "r+")
    try:
        if not sound.seek(0, os.SEEK_END):
            sound.write(header(0))
    except OSError:
        sound.close()
        raise
    return sound


def length_s(file: Path) -> float:
    """Return how many seconds of sound are on disk, in either form; 0 where no file can be seen."""
    file = present(file)
    try:
        if is_flac(file):
            count, rate_hz = flac_length(file)
            return count / rate_hz
        return pcm_bytes(file.stat().st_size) / BYTES_A_SECOND
    except (OSError, NotARecording):
        return 0.0


def mend(file: Path) -> float:
    """Write the sizes into the header, drop half a sample, and return the length in seconds.

    A file that is shorter than a header becomes an empty recording, and one that is right, or
    absent, is not touched. The file's time stays that of its last sound. Nothing may be recorded
    into it meanwhile. One that was compressed needs no mending. Raises `OSError`.
    """
    if is_flac(present(file)):
        return length_s(file)
    try:
        sound = file.open("r+b", buffering=0)
    except FileNotFoundError:
        return 0.0
    with sound, _same_time(file):
        size = os.fstat(sound.fileno()).st_size
        sound_bytes = pcm_bytes(size)
        right = header(sound_bytes)
        if sound.read(HEADER_BYTES) != right:
            sound.seek(0)
            sound.write(right)
        if size > HEADER_BYTES + sound_bytes:
            sound.truncate(HEADER_BYTES + sound_bytes)
    return sound_bytes / BYTES_A_SECOND


def sidecar(file: Path) -> Path:
    """Return where the notes of a recording stand."""
    return file.with_suffix(".json")


def read_notes(file: Path) -> Notes:
    """Return the notes of a recording; what is missing or damaged there is left out."""
    try:
        stored = json.loads(sidecar(file).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return Notes()
    if not isinstance(stored, dict) or stored.get("schema") != SCHEMA:
        return Notes()
    return Notes(
        str(stored.get("started_at", "")),
        str(stored.get("device", "")),
        tuple(Cut(_seconds(c, "at_s"), _seconds(c, "paused_s")) for c in _items(stored, "cuts")),
        tuple(Event(str(e.get("kind")), _seconds(e, "at_s")) for e in _items(stored, "events")),
        str(stored.get("origin", "")),
    )


def write_notes(file: Path, notes: Notes) -> None:
    """Write the notes of a recording in one step, for the user alone. Raises `OSError`."""
    stored = {
        "schema": SCHEMA,
        "started_at": notes.started_at,
        "device": notes.device,
        "origin": notes.origin,
        "cuts": [{"at_s": cut.at_s, "paused_s": cut.paused_s} for cut in notes.cuts],
        "events": [{"kind": event.kind, "at_s": event.at_s} for event in notes.events],
    }
    target = sidecar(file)
    partial = _partial(file)
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    with os.fdopen(os.open(partial, flags, PRIVATE_FILE_MODE), "w", encoding="utf-8") as text:
        json.dump(stored, text)
        text.flush()
        os.fsync(text.fileno())
    partial.replace(target)


def cuts(file: Path) -> tuple[Cut, ...]:
    """Return where a recording was paused, in order; none where its notes are lost."""
    return read_notes(file).cuts


def delete(file: Path) -> None:
    """Delete a recording in both forms, with its notes. Raises `OSError`.

    One that is gone already is no error.
    """
    for path in (file, other_form(file), sidecar(file), *partials(file)):
        path.unlink(missing_ok=True)


def partials(file: Path) -> tuple[Path, ...]:
    """Return where what belongs to a recording stands while it is being made."""
    wav, flac = (file.with_suffix(form) for form in FORMS)
    return (*(form.with_name(f"{form.name}.partial") for form in (wav, flac)), _partial(file))


_BINARY: int = getattr(os, "O_BINARY", 0)  # Windows: else line feeds in sound gain a byte


def _partial(file: Path) -> Path:
    return file.with_suffix(".json.partial")


@contextmanager
def _same_time(file: Path) -> Iterator[None]:
    before = file.stat()
    yield
    with suppress(OSError):
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def _items(stored: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found = stored.get(name)
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def _seconds(item: dict[str, Any], name: str) -> float:
    """Return a number of seconds; 0 for what is none, such as a number beyond all bounds."""
    try:
        value = float(item.get(name, 0.0))
    except (TypeError, ValueError, OverflowError):
        return 0.0
    return value if isfinite(value) and value > 0 else 0.0
