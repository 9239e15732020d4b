"""The sound that rows name: files in the home's folder of recordings.

A draft names its recording before anything is recorded, so a file that no row names was left by a
crash in a deletion, or belongs to a database that was damaged or replaced. In the second case it
may be all that is left of an answer: nothing here deletes it.

A recording has one name whose ending tells its form, and a row may still name the other form: what
counts is the name without its ending.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from trainer.audio.reading import present
from trainer.capture.files import delete as delete_file
from trainer.capture.files import length_s
from trainer.errors import StoreError
from trainer.paths import Home
from trainer.store import codec


def file_of(home: Home, name: str | None) -> Path | None:
    """Return the recording of that name; None without a name, or where the file is gone.

    It may have the other form than the name. Raises `ValueError` for what is no name of one.
    """
    file = present(home.recordings / name) if codec.recording_name(name) and name else None
    return file if file and file.is_file() else None


def holds_sound(home: Home, name: str | None) -> bool:
    """Tell whether there is any sound in the recording of that name."""
    file = file_of(home, name)
    return file is not None and length_s(file) > 0


def named(db: sqlite3.Connection) -> frozenset[str]:
    """Return the names of recordings in all rows."""
    rows = db.execute(
        """
        SELECT recording FROM attempts WHERE recording IS NOT NULL
        UNION SELECT recording FROM drafts WHERE recording IS NOT NULL
        """
    )
    return frozenset(row["recording"] for row in rows)


def without(names: Iterable[str], others: Iterable[str]) -> frozenset[str]:
    """Return the names whose recording none of the others names, in whichever form."""
    taken = {stem(name) for name in others}
    return frozenset(name for name in names if stem(name) not in taken)


def stem(name: str) -> str:
    """Return the name of a recording without the ending that tells its form."""
    return str(name).partition(".")[0]


def of_attempts(db: sqlite3.Connection, attempt_ids: Iterable[str]) -> frozenset[str]:
    """Return the names of recordings of these attempts."""
    return _names(db, "SELECT recording FROM attempts WHERE id = ?", attempt_ids)


def of_drafts(db: sqlite3.Connection, draft_ids: Iterable[str]) -> frozenset[str]:
    """Return the names of recordings of these drafts."""
    return _names(db, "SELECT recording FROM drafts WHERE id = ?", draft_ids)


def delete(home: Home, names: Iterable[str]) -> None:
    """Delete the recordings of these names, as many as can be.

    Raises `StoreError` that says which could not be: their rows are gone already.
    """
    left: list[tuple[Path, OSError]] = []
    for name in names:
        file = home.recordings / name
        try:
            delete_file(file)
        except OSError as error:
            left.append((file, error))
    if left:
        files = ", ".join(str(file) for file, _ in left)
        raise StoreError(
            f"The words are deleted, and the sound is not: {left[0][1].strerror}.",
            f"Delete it yourself: {files}",
        )


def all_files(home: Home) -> tuple[Path, ...]:
    """Return every recording in the folder, by name; other files there are none of ours."""
    try:
        files = sorted(home.recordings.iterdir(), key=lambda file: file.name)
    except OSError:
        return ()
    return tuple(file for file in files if _is_name(file.name))


def all_forms(home: Home) -> dict[str, dict[str, os.stat_result]]:
    """Return what the system tells of each form of each recording, by its name without ending."""
    found: dict[str, dict[str, os.stat_result]] = {}
    with suppress(OSError), os.scandir(home.recordings) as entries:
        for entry in entries:
            if _is_name(entry.name):
                key, _, form = entry.name.partition(".")
                with suppress(OSError):  # deleted a moment ago
                    found.setdefault(key, {})[f".{form}"] = entry.stat()
    return found


def _is_name(name: str) -> bool:
    try:
        return codec.recording_name(name) is not None
    except ValueError:
        return False


def _names(db: sqlite3.Connection, query: str, ids: Iterable[str]) -> frozenset[str]:
    rows = (db.execute(query, (one,)).fetchone() for one in ids)
    return frozenset(row["recording"] for row in rows if row and _is_name(row["recording"] or ""))
