"""A connection to the history's file, transactions on it, and SQLite's errors in plain words."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from errno import ENOSPC
from pathlib import Path
from typing import Any, Literal

from trainer.errors import StoreError
from trainer.paths import HOME_VARIABLE, PRIVATE_FILE_MODE
from trainer.store.codec import storable

BUSY_S = 5.0
MAGIC = b"SQLite format 3\0"
DAMAGE_CODES = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
# Python decodes names of columns and SQLite's messages, which quote what is damaged.
SQLITE_ERRORS = (sqlite3.Error, UnicodeDecodeError)

_ACCESS = (
    "The history file {path} cannot be opened or written.",
    f"Give yourself the right to write to it and to its folder, or set {HOME_VARIABLE} to a "
    "folder of your own. Nothing was changed.",
)
_ADVICE = {
    sqlite3.SQLITE_FULL: (
        "The disk is full: the history could not be written.",
        "Free some space and try again. What was saved before is safe.",
    ),
    sqlite3.SQLITE_READONLY: _ACCESS,
    sqlite3.SQLITE_CANTOPEN: _ACCESS,
    sqlite3.SQLITE_PERM: _ACCESS,
    sqlite3.SQLITE_AUTH: _ACCESS,
    sqlite3.SQLITE_BUSY: (
        "Another program is using the history just now.",
        "Try again; if it stays so, close other windows of the trainer.",
    ),
    sqlite3.SQLITE_IOERR: (
        "The disk did not read or write the history file {path}.",
        "Check that the disk is connected and has free space, then try again. What was saved "
        "before is safe.",
    ),
    **dict.fromkeys(
        DAMAGE_CODES,
        (
            "The history file {path} is damaged.",
            "Start the program again: it keeps the damaged file and rescues what can be read.",
        ),
    ),
}
_CONSTRAINTS = {
    sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY: (
        "The answer that this belongs to is no longer in the history.",
        "It was deleted, perhaps in another window; nothing was changed.",
    ),
    sqlite3.SQLITE_CONSTRAINT_UNIQUE: (
        "This is in the history already.",
        "Nothing needs to be done; nothing was changed.",
    ),
}
_OTHERWISE = (
    "The history in {path} could not be used.",
    "Try again; if it stays so, start the program again and look into the log.",
)

_log = logging.getLogger(__name__)


class Connection(sqlite3.Connection):
    """A connection that takes any string as a parameter: see `codec.storable`."""

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        """Run one statement with named (a dict) or numbered parameters."""
        if isinstance(parameters, dict):
            return super().execute(sql, {k: _clean(v) for k, v in parameters.items()})
        return super().execute(sql, tuple(_clean(value) for value in parameters))


def _clean(value: Any) -> Any:
    return storable(value) if isinstance(value, str) else value


def connect(path: Path | Literal[":memory:"]) -> Connection:
    """Open a file of SQLite, bare: rows by name, no implicit transactions.

    A damaged byte in a text reads as U+FFFD, so that one of them cannot hide a whole history.
    """
    connection = sqlite3.connect(
        path,
        timeout=BUSY_S,
        isolation_level=None,
        check_same_thread=False,
        factory=Connection,
    )
    connection.row_factory = sqlite3.Row
    connection.text_factory = lambda data: data.decode("utf-8", "replace")
    connection.execute("PRAGMA temp_store = MEMORY")  # no answer in a temporary file
    connection.execute("PRAGMA secure_delete = ON")
    return connection


def is_alone(connection: sqlite3.Connection) -> bool:
    """Tell whether no other connection has the file open.

    Every open one has a lock that leaving the write-ahead log would need; whatever else leaving it
    meets, such as a full disk, comes after that.
    """
    try:
        if connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0] == "wal":
            return False
    except SQLITE_ERRORS as error:
        return result_codes(error)[1] not in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
    with suppress(*SQLITE_ERRORS):
        connection.execute("PRAGMA journal_mode = WAL")
    return True


def begins_well(path: Path) -> bool:
    """Tell whether `path` is a file that begins like a database.

    Of any other, SQLite would delete the write-ahead log beside it.
    """
    return path.is_file() and header(path).startswith(MAGIC)


def header(path: Path) -> bytes:
    """Return the first bytes of a file, up to the two that name the file format."""
    with path.open("rb") as file:
        return file.read(20)


@contextmanager
def transaction(connection: sqlite3.Connection, kind: str = "IMMEDIATE") -> Iterator[None]:
    """Run the block as one transaction: all of it or nothing."""
    connection.execute(f"BEGIN {kind}")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            with suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
        raise


@contextmanager
def plain_errors(path: Path) -> Iterator[None]:
    """Turn errors of SQLite and of the system into `StoreError`."""
    try:
        yield
    except SQLITE_ERRORS as error:
        _log.warning("%s: %s", type(error).__name__, error)
        extended, primary = result_codes(error)
        if primary in DAMAGE_CODES:
            with suppress(OSError):
                suspicion(path).touch(PRIVATE_FILE_MODE)
        message, hint = _CONSTRAINTS.get(extended) or _ADVICE.get(primary, _OTHERWISE)
        raise StoreError(message.format(path=path), hint) from error
    except OSError as error:
        _log.warning("%s: %s", type(error).__name__, error)
        message, hint = _ADVICE[sqlite3.SQLITE_FULL] if error.errno == ENOSPC else _ACCESS
        raise StoreError(message.format(path=error.filename or path), hint) from error


def result_codes(error: sqlite3.Error | UnicodeDecodeError) -> tuple[int, int]:
    """Return SQLite's extended and primary result codes; 1 where the sqlite3 module complains."""
    if isinstance(error, UnicodeDecodeError):
        return sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_CORRUPT
    code: int = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    return code, code & 0xFF


def suspicion(path: Path) -> Path:
    """Return the mark beside a database in which damage was met: see `opening.examine`."""
    return path.with_name(f"{path.name}-suspect")


def _identity(path: Path) -> tuple[int, int] | None:
    """Return what tells the file at `path` from any other; None where there is none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


class Database:
    """The connection that all threads of this process share, one transaction at a time."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self.connection = connection
        self._path = path
        self._file = _identity(path)
        self._lock = threading.RLock()
        # WAL lets one process write while others read. FULL makes every commit reach the disk,
        # on macOS too (fullfsync); `writing` relaxes it where that is asked.
        for pragma in ("journal_mode = WAL", "fullfsync = ON", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {pragma}")

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """One view of the database for all statements of the block. Raises `StoreError`."""
        with self._lock, plain_errors(self._path), transaction(self.connection, "DEFERRED"):
            yield self.connection

    @contextmanager
    def writing(
        self, synchronous: Literal["FULL", "NORMAL"] = "FULL"
    ) -> Iterator[sqlite3.Connection]:
        """One transaction; no other process writes meanwhile. Raises `StoreError`.

        With `NORMAL` it survives the end of the program at any moment, but the last seconds may
        be lost when the power fails; in return nothing waits for the disk.
        """
        with self._lock, plain_errors(self._path):
            if _identity(self._path) != self._file:
                # What is written now would go into a file that nobody opens again.
                raise StoreError(
                    f"The history file {self._path} was moved or replaced in the meantime.",
                    "Copy what you have written elsewhere, then start the program again.",
                )
            self.connection.execute(f"PRAGMA synchronous = {synchronous}")
            with transaction(self.connection):
                yield self.connection

    def empty_log(self) -> None:
        """Move the write-ahead log into the database, so that it keeps no deleted text.

        Where another process reads just now, SQLite does it when the last one closes.
        """
        with self._lock:
            try:
                self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            except sqlite3.Error as error:
                _log.warning("the write-ahead log was not emptied: %s", error)

    def is_alone(self) -> bool:
        """Tell whether no other connection, of any program, has the file open."""
        with self._lock:
            return is_alone(self.connection)

    def close(self) -> None:
        """Close the connection; further use raises `StoreError`."""
        with self._lock:
            self.connection.close()
