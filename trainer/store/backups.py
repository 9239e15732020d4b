"""Copies beside the database: backups before a migration, and damaged files set aside."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from trainer.paths import PRIVATE_FILE_MODE
from trainer.store.connection import connect, suspicion

KEPT_BACKUPS = 3
_AT_ONCE = 4096  # pages; 16 MB
SIDE_FILES = ("-wal", "-shm", "-journal")


def make_private(path: Path) -> None:
    """Create an empty file that only the user can read, in place of what an earlier try left.

    A journal left beside it would be played into the new file.
    """
    for name in (path.name, *(path.name + side for side in SIDE_FILES)):
        path.with_name(name).unlink(missing_ok=True)
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE_MODE))


def back_up(
    connection: sqlite3.Connection, path: Path, version: int, tell: Callable[[float], object]
) -> None:
    """Copy the database before it becomes `version`; older backups beyond the last few go.

    `tell` hears what share (0..1) is copied; what it raises ends it, and no copy is left.
    """

    def copied(_: int, left: int, whole: int) -> None:
        tell(1 - left / whole)

    partial = path.with_name(f"{path.name}.partial")
    make_private(partial)
    copy = connect(partial)
    try:
        connection.backup(copy, pages=_AT_ONCE, progress=copied)
    except BaseException:
        copy.close()
        partial.unlink()
        raise
    copy.close()
    partial.replace(path.with_name(f"{path.name}.before-v{version}"))
    for old in sorted(path.parent.glob(f"{path.name}.before-v*"), key=_version)[:-KEPT_BACKUPS]:
        old.unlink()


def set_aside(path: Path) -> Path:
    """Rename a damaged database and its side files; return its new name."""
    stem = f"{path.name}.damaged-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    names = (path.with_name(f"{stem}{f'-{n}' * (n > 1)}") for n in count(1))
    kept = next(name for name in names if not any(path.parent.glob(f"{name.name}*")))
    # The main file last: until then the next start finds it damaged and begins anew.
    for side in (*SIDE_FILES, ""):
        file = path.with_name(path.name + side)
        if file.exists():
            file.rename(kept.with_name(kept.name + side))
    suspicion(path).unlink(missing_ok=True)
    return kept


def copies(path: Path) -> tuple[Path, ...]:
    """Return the backups and the damaged files beside the database, by name."""
    found = (path.parent.glob(f"{path.name}.{kind}-*") for kind in ("before", "damaged"))
    return tuple(sorted(file for files in found for file in files))


def damaged(path: Path) -> tuple[Path, ...]:
    """Return the damaged databases that were set aside, without their side files."""
    found = (file for file in copies(path) if file.name.startswith(f"{path.name}.damaged-"))
    return tuple(file for file in found if not file.name.endswith(SIDE_FILES))


def _version(backup: Path) -> int:
    digits = backup.name.rpartition("-v")[2]
    return int(digits) if digits.isdecimal() else 0
