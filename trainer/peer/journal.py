"""The journal of a session: each event on the disk before anybody sees what it changed.

One line of JSON for each: its number in the file, the number that its sender gave it, the event,
and a sum of these. A line without its line feed was never told to anybody: it is dropped. A line
that is wrong elsewhere refuses the whole, by its number: what came after it rests on it.
"""

from __future__ import annotations

import json
import os
import stat
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from trainer.display import one_line
from trainer.errors import StoreError, TrainerError
from trainer.paths import PRIVATE_FILE_MODE
from trainer.peer import events
from trainer.peer.applying import apply, open_session
from trainer.peer.encoding import EncodingError, as_line, event_data, read_event
from trainer.peer.refusing import RefusedError
from trainer.peer.types import Session
from trainer.store.owners import file_lock
from trainer.system import reach_disk

if TYPE_CHECKING:
    from filelock import BaseFileLock

FORMAT = "interview-trainer-peer-journal"
SCHEMA_VERSION = 1
MOST_BYTES = 100_000_000
_HEAD = {"format": FORMAT, "schema_version": SCHEMA_VERSION}
_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_SET_ASIDE = "Nothing of it was changed. Move the file away to begin a new session."


class JournalError(StoreError):
    """A journal cannot be read or written; `line` counts from 1, 0 for the file as a whole."""

    def __init__(self, path: Path, problem: str, hint: str = _SET_ASIDE, line: int = 0) -> None:
        where = f", line {line}" if line else ""
        super().__init__(f"The journal {path.name}{where}: {problem}", hint)
        self.line = line


@dataclass(frozen=True, slots=True)
class Entry:
    """An event of a journal; `number` is the one that its sender counted it by, 0 without."""

    event: events.Event
    number: int = 0


class Journal:
    """A journal that is written to. One program at a time may have it open."""

    def __init__(self, path: Path, lock: BaseFileLock, descriptor: int) -> None:
        """Hold an open file; `create` and `reopen` make one."""
        self._path = path
        self._lock = lock
        self._descriptor: int | None = descriptor
        self._count = 0
        self._size = 0

    @classmethod
    def create(cls, path: Path, opened: Entry) -> Self:
        """Begin a journal with the event that opens a session. Raises `JournalError`."""
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | _NOFOLLOW
        lock = _locked(path)
        try:
            journal = cls(path, lock, os.open(path, flags, PRIVATE_FILE_MODE))
        except OSError as error:
            lock.release()
            raise _cannot(path, error) from error
        try:
            journal._write(as_line(_HEAD) + b"\n" + _line(1, opened))
            journal._count = 1
            reach_disk(path.parent)
        except (OSError, JournalError) as error:
            journal.close()
            with suppress(OSError):
                path.unlink()
            if isinstance(error, JournalError):
                raise
            raise _cannot(path, error) from error
        return journal

    @classmethod
    def reopen(cls, path: Path) -> tuple[Self, Session, dict[str, int]]:
        """Return a journal to go on with, its session, and the last number of each participant.

        A torn last line is cut off. Raises `JournalError`.
        """
        lock = _locked(path)
        try:
            session, numbers, count, size = _replay(path)
            descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | _NOFOLLOW)
        except OSError as error:
            lock.release()
            raise _cannot(path, error) from error
        except BaseException:
            lock.release()
            raise
        journal = cls(path, lock, descriptor)
        journal._count, journal._size = count, size
        try:
            os.ftruncate(descriptor, size)
        except OSError as error:
            journal.close()
            raise _cannot(path, error) from error
        return journal, session, numbers

    def append(self, entry: Entry) -> None:
        """Write an event and wait until it is on the disk. Raises `JournalError`: then it is not.

        After a failure that cannot be undone every further event is refused.
        """
        self._write(_line(self._count + 1, entry))
        self._count += 1

    def close(self) -> None:
        """Let go of the file, once and for all."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
            self._lock.release()

    def _write(self, data: bytes) -> None:
        if self._descriptor is None:
            raise JournalError(self._path, "It is closed.", "Open the session again.")
        if self._size + len(data) > MOST_BYTES:
            raise JournalError(self._path, "It is full.", "End this session and begin a new one.")
        try:
            left = memoryview(data)
            while left:
                left = left[os.write(self._descriptor, left) :]
            os.fsync(self._descriptor)
        except OSError as error:
            try:
                os.ftruncate(self._descriptor, self._size)
                os.fsync(self._descriptor)
            except OSError:
                self.close()
            raise _cannot(self._path, error) from error
        self._size += len(data)


def resume(path: Path) -> Session:
    """Return the session of a journal as its last whole line left it. Raises `JournalError`."""
    return _replay(path)[0]


def _replay(path: Path) -> tuple[Session, dict[str, int], int, int]:
    """Return session, last numbers, how many events there are and how many bytes are whole."""
    data = _read(path)
    whole = data[: data.rfind(b"\n") + 1]
    lines = whole.split(b"\n")[:-1]
    if not lines or lines[0] != as_line(_HEAD):
        raise _foreign(path, lines)
    session: Session | None = None
    numbers: dict[str, int] = {}
    count = 0
    for count, entry in enumerate(_entries(path, lines[1:]), start=1):
        event = entry.event
        try:
            if session is not None:
                session = apply(session, event)
            elif isinstance(event, events.Opened):
                session = open_session(event)
            else:
                raise JournalError(path, "It does not begin a session.", line=count + 1)
        except RefusedError as error:
            raise JournalError(path, error.message, line=count + 1) from error
        if entry.number:
            numbers[event.by] = max(entry.number, numbers.get(event.by, 0))
    if session is None:
        raise JournalError(path, "It holds no session.")
    return session, numbers, count, len(whole)


def _entries(path: Path, lines: list[bytes]) -> Iterator[Entry]:
    for index, line in enumerate(lines, start=1):
        try:
            yield _entry(line, index)
        except EncodingError as error:
            raise JournalError(path, error.message, line=index + 1) from error
        except (ValueError, RecursionError) as error:
            raise JournalError(path, "This line is damaged or foreign.", line=index + 1) from error


def _entry(line: bytes, index: int) -> Entry:
    data = json.loads(line)
    if not isinstance(data, dict) or set(data) != {"n", "number", "event", "sum"}:
        raise ValueError("no entry")
    said = data.pop("sum")
    number = data["number"]
    if type(data["n"]) is not int or data["n"] != index:
        raise ValueError("out of order")
    if type(number) is not int or number < 0 or said != _sum(data):
        raise ValueError("damaged")
    return Entry(read_event(data["event"]), number)


def _line(index: int, entry: Entry) -> bytes:
    data: dict[str, Any] = {
        "n": index,
        "number": entry.number,
        "event": event_data(entry.event),
    }
    return as_line({**data, "sum": _sum(data)}) + b"\n"


def _sum(data: dict[str, Any]) -> str:
    return f"{zlib.crc32(as_line(data)):08x}"


def _read(path: Path) -> bytes:
    try:
        # A pipe would wait for somebody to write into it.
        flags = os.O_RDONLY | _NOFOLLOW | getattr(os, "O_NONBLOCK", 0)
        with os.fdopen(os.open(path, flags), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise JournalError(path, "This is no file.")
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise _cannot(path, error) from error
    if len(data) > MOST_BYTES:
        raise JournalError(path, "It is larger than any session.")
    return data


def _foreign(path: Path, lines: list[bytes]) -> TrainerError:
    try:
        head = json.loads(lines[0]) if lines else None
    except (ValueError, RecursionError):
        head = None
    if isinstance(head, dict) and head.get("format") == FORMAT:
        version = one_line(repr(head.get("schema_version")), 20)
        newer = "Open it with the version of the trainer that wrote it, or a newer one."
        return JournalError(path, f"Its schema_version is {version}, not 1.", newer, line=1)
    return JournalError(path, "This is no journal of a session.", line=1)


def _locked(path: Path) -> BaseFileLock:
    from filelock import Timeout

    lock = file_lock(path.with_name(f"{path.name}.lock"))
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        elsewhere = "Close the other window, or go on there."
        raise JournalError(path, "Another program holds this session.", elsewhere) from error
    except OSError as error:
        raise _cannot(path, error) from error
    return lock


def _cannot(path: Path, error: OSError) -> JournalError:
    reason = error.strerror or type(error).__name__
    return JournalError(path, f"{reason}.", "Check the disk and the rights of the data folder.")
