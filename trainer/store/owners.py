"""Which running program a draft belongs to: a lock that ends with the program, however it ends.

Lock files are made and probed only inside a write transaction of the database. So no two programs
probe at once, and none sees the lock of another between its making and its locking.
"""

from __future__ import annotations

import uuid
from threading import Lock
from typing import TYPE_CHECKING

from trainer.paths import PRIVATE_FILE_MODE, Home

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from filelock import BaseFileLock

_SUFFIX = ".lock"
_SHOWN = ".shown"
LOCKS_OF_PROGRAMS = (_SUFFIX, _SHOWN)
"""How the names of locks end that tell that a program runs."""


class Owner:
    """This program as an owner of drafts; it holds a lock once it has drafts."""

    def __init__(self, home: Home) -> None:
        self.id = uuid.uuid4().hex
        self._home = home
        self._lock: BaseFileLock | None = None

    def hold(self) -> None:
        """Take the lock, until `release` or the end of the process. Raises `OSError`."""
        if self._lock is None:
            lock = file_lock(self._home.locks / f"{self.id}{_SUFFIX}")
            lock.acquire(timeout=0)
            self._lock = lock

    def release(self) -> None:
        """Give the lock back; the drafts are then nobody's."""
        if self._lock is not None:
            self._lock.release()
            self._lock = None


class Holds:
    """The recordings that running programs show: a lock for each, which ends with its program.

    Several screens and programs may hold the same one. `hold` and `is_held` belong into a write
    transaction too, for the same reason; threads may call `release` at any time.
    """

    def __init__(self, home: Home) -> None:
        self._home = home
        self._id = uuid.uuid4().hex
        self._held: dict[str, tuple[BaseFileLock, int]] = {}
        self._lock = Lock()

    def hold(self, key: str) -> None:
        """Hold a recording once more. Raises `OSError`."""
        with self._lock:
            lock, times = self._held.get(key, (None, 0))
            if lock is None:
                lock = file_lock(self._home.locks / f"{key}-{self._id}{_SHOWN}")
                lock.acquire(timeout=0)
            self._held[key] = lock, times + 1

    def release(self, key: str) -> None:
        """Take one `hold` back; none is no error."""
        with self._lock:
            lock, times = self._held.pop(key, (None, 0))
            if lock and times > 1:
                self._held[key] = lock, times - 1
            elif lock:
                lock.release()

    def release_all(self) -> None:
        """Take every `hold` back."""
        with self._lock:
            while self._held:
                self._held.popitem()[1][0].release()

    def is_held(self, key: str) -> bool:
        """Tell whether this program or another holds a recording."""
        files = self._home.locks.glob(f"{key}-*{_SHOWN}")
        return key in self._held or any(_is_held(file) for file in files)


def running_owners(home: Home) -> frozenset[str]:
    """Return the ids of all owners that hold their lock, and delete locks that nobody holds."""
    files = home.locks.glob(f"*{_SUFFIX}")
    return frozenset(file.stem for file in files if _is_held(file))


def any_held(files: Iterable[Path]) -> bool:
    """Tell whether a program holds one of these locks; they are left where they are."""
    return any(_is_held(file, keep=True) for file in files)


def file_lock(path: Path) -> BaseFileLock:
    """Return a lock that any thread may release, in a file for the user alone."""
    from filelock import FileLock  # 33 ms

    return FileLock(path, mode=PRIVATE_FILE_MODE, thread_local=False)


def _is_held(file: Path, *, keep: bool = False) -> bool:
    from filelock import Timeout

    lock = file_lock(file)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return True
    lock.release()
    if not keep:
        file.unlink(missing_ok=True)
    return False
