"""Private folders for sound that is not kept: gone when left, and after a kill at the next one.

A folder holds a lock as long as its program runs. Whoever makes a folder, and the tidying behind
home, take away those of the same user whose lock nobody holds any more.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from trainer.paths import PRIVATE_FILE_MODE

PREFIX = "trainer-sound-"
_LOCK = ".lock"
# A folder is not locked in the moment in which it is made.
_SETTLED_S = 60.0


class Scratch:
    """A new folder in the system's temporary one, for the user alone; also a context manager.

    Raises `OSError` where none can be made.
    """

    def __init__(self) -> None:
        from filelock import FileLock  # 33 ms

        clean_up()
        self.folder = Path(tempfile.mkdtemp(prefix=PREFIX))
        self._lock = FileLock(self.folder / _LOCK, mode=PRIVATE_FILE_MODE, thread_local=False)
        self._lock.acquire(timeout=0)

    def close(self) -> None:
        """Delete the folder with all that is in it; what a system holds back goes the next time."""
        self._lock.release()
        with suppress(OSError):
            shutil.rmtree(self.folder)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


def clean_up() -> None:
    """Delete the folders that programs left behind which were killed."""
    with suppress(OSError):
        for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
            if _is_left_behind(folder):
                shutil.rmtree(folder, ignore_errors=True)


def _is_left_behind(folder: Path) -> bool:
    from filelock import FileLock, Timeout

    try:
        found = folder.lstat()
        mine = os.name != "posix" or found.st_uid == os.geteuid()
        if not mine or folder.is_symlink() or not folder.is_dir():
            return False
        if time.time() - found.st_mtime < _SETTLED_S:
            return False
        with FileLock(folder / _LOCK, mode=PRIVATE_FILE_MODE).acquire(timeout=0):
            return True
    except (OSError, Timeout):
        return False
