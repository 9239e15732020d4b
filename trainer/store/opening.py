"""Opening the history: a missing file is made, an old one migrated, a damaged one replaced.

Most starts find the file ready and take no lock. Whatever changes the file as a whole happens
under one lock, after a second look, so that of two programs one does it and the other waits.
A new database is built beside its place and then renamed into it: it is there whole or not.
"""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from enum import Enum, auto
from pathlib import Path

from trainer.errors import StoreError
from trainer.paths import PRIVATE_FILE_MODE, PRIVATE_FOLDER_MODE, Home
from trainer.store import listing
from trainer.store.backups import SIDE_FILES, back_up, make_private, set_aside
from trainer.store.connection import (
    DAMAGE_CODES,
    SQLITE_ERRORS,
    begins_well,
    connect,
    header,
    result_codes,
    suspicion,
    transaction,
)
from trainer.store.migrations import latest_version, migrate, version_of
from trainer.store.owners import file_lock
from trainer.store.recordings import all_files
from trainer.store.rescue import report, rescue
from trainer.store.search import has_fts5, index_fits

CHECKED_BYTES = 16 * 1024 * 1024  # up to this size every start reads the whole file: 10 to 20 ms
LOCK_S = 30.0
_POLL_S = 0.05
OPENING = "opening"


class State(Enum):
    """What stands where the database should be."""

    MISSING = auto()
    DAMAGED = auto()
    OLD = auto()
    READY = auto()


def make_ready(home: Home, tell: Callable[[float], object]) -> str | None:
    """See to it that the database is there, sound and of this version.

    `tell` hears what share (0..1) is done of what may take long: `back_up`, `listing.make`. Return
    what the user should know about a rescue, or None. Raises `StoreError` for a database of a newer
    program, and errors of SQLite and of the system.
    """
    path = home.database
    for folder in (home.root, home.locks):
        home.ensure(folder)
    notice = None
    if examine(path) is not State.READY:
        with opening_lock(home):
            state = examine(path)
            if state is State.MISSING:
                _begin(path, tell)
            elif state is State.DAMAGED:
                notice = _replace_damaged(home)
            with closing(connect(path)) as connection:
                _update(connection, path, tell)
    if path.stat().st_mode & 0o077:
        path.chmod(PRIVATE_FILE_MODE)
    return notice


def examine(path: Path) -> State:
    """Look at the file without changing it. Raises `StoreError` for one of a newer program."""
    if not path.exists():
        left_over = any(path.with_name(path.name + side).exists() for side in SIDE_FILES)
        return State.DAMAGED if left_over else State.MISSING
    if suspicion(path).exists() or not begins_well(path):
        return State.DAMAGED
    if not set(header(path)[18:]) <= {1, 2}:  # SQLite would open it, but never write to it
        return State.DAMAGED
    with closing(connect(path)) as connection:
        try:
            version = version_of(connection)
            if version > latest_version():
                raise StoreError(
                    f"The history file {path} was written by a newer version of the trainer.",
                    "Install that version again, or a newer one. The file was left as it is.",
                )
            if not _is_sound(connection, version, path.stat().st_size):
                return State.DAMAGED
            listed = listing.fits(connection)
        except SQLITE_ERRORS as error:
            # SQLITE_ERROR: a part of the schema that cannot be understood
            if result_codes(error)[1] in DAMAGE_CODES | {sqlite3.SQLITE_ERROR}:
                return State.DAMAGED
            raise
    return State.READY if version == latest_version() and listed else State.OLD


def _is_sound(connection: sqlite3.Connection, version: int, size: int) -> bool:
    if version < 1 or not _schema(connection) >= _expected_schema(version):
        return False
    if not has_fts5(connection):
        return True  # newer versions of SQLite cannot check an index that they cannot read
    index_fits(connection)  # for the error that a damaged index raises
    if size > CHECKED_BYTES:
        return True
    return bool(connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")


def _schema(connection: sqlite3.Connection) -> set[tuple[str, str]]:
    rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    return {(row["name"], " ".join(row["sql"].split())) for row in rows}


def _expected_schema(version: int) -> set[tuple[str, str]]:
    with closing(connect(":memory:")) as connection:
        for number in range(1, version + 1):
            migrate(connection, number)
        return _schema(connection)


def _begin(path: Path, tell: Callable[[float], object]) -> None:
    """Make a new database, or put the one in place that an interrupted rescue has finished."""
    suspicion(path).unlink(missing_ok=True)
    new = _new_file(path)
    if not (new.exists() and examine(new) in {State.READY, State.OLD}):
        make_private(new)
        with closing(connect(new)) as connection:
            _update(connection, new, tell)
    new.rename(path)


def _replace_damaged(home: Home) -> str:
    """Rescue what can be read into a new database, set the damaged one aside, swap them."""
    path = home.database
    new = _new_file(path)
    make_private(new)
    with closing(connect(new)) as connection:
        rescued = rescue(path, connection)
    kept = set_aside(path)
    new.rename(path)
    return report(kept, rescued, len(all_files(home)))


def _update(connection: sqlite3.Connection, path: Path, tell: Callable[[float], object]) -> None:
    """Run the migrations that are due, each after a backup, and make what is derived."""
    found = version_of(connection)
    for version in range(found + 1, latest_version() + 1):
        if found:
            back_up(connection, path, version, tell)
        migrate(connection, version)
    if not listing.fits(connection):
        with transaction(connection):
            listing.make(connection, tell)


def _new_file(path: Path) -> Path:
    return path.with_name(f"{path.name}.new")


@contextmanager
def opening_lock(home: Home, timeout_s: float = LOCK_S) -> Iterator[None]:
    """Let no other program change the history's file as a whole. Raises `StoreError`."""
    with _taken(home, time.monotonic() + timeout_s):
        yield


@contextmanager
def _for_the_user_alone() -> Iterator[None]:
    """Let nobody else into folders that are made by the way, as the library of locks does."""
    before = os.umask(0o777 & ~PRIVATE_FOLDER_MODE)
    try:
        yield
    finally:
        os.umask(before)


def _taken(home: Home, deadline: float) -> AbstractContextManager[object]:
    from filelock import Timeout

    pause = threading.Event()
    while True:
        try:
            with _for_the_user_alone():
                # Who holds it may be deleting everything: then these are made again.
                for folder in (home.root, home.locks):
                    home.ensure(folder)
                return file_lock(home.locks / OPENING).acquire(timeout=0)
        except (Timeout, FileNotFoundError) as error:
            if time.monotonic() >= deadline:
                raise StoreError(
                    "Another window of the trainer is still preparing the history.",
                    "Wait until it is done, then start again.",
                ) from error
        pause.wait(_POLL_S)
