"""Where an installation works: a private folder in the home's models, which is never a model.

What begins with a dot is not looked at by `trainer.transcript.lookup`. Everything here is on the
same disk as the models, so that one rename makes a whole model of what was unpacked.
"""

from __future__ import annotations

import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from trainer.errors import UsageError
from trainer.installing.downloading import Partial
from trainer.installing.problems import explain_disk, megabytes
from trainer.installing.types import InstallError
from trainer.paths import PRIVATE_FILE_MODE, PRIVATE_FOLDER_MODE, Home

if TYPE_CHECKING:
    from filelock import BaseFileLock

FOLDER = ".installing"
# Left free for everything else that runs.
SPARE_BYTES = 50_000_000
# About how many times an archive's size its files take; exactly that is checked before unpacking.
_TIMES_UNPACKED = 2
_POLL_S = 0.1
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,99}(?<!\.)")
_UNPACKED, _REPLACED, _REMOVED = ".unpacked", ".replaced", ".removed"


class Place:
    """The files of one model's installation in a home. Nothing is made before `locked`."""

    def __init__(self, home: Home, name: str) -> None:
        if not is_name(name):
            raise UsageError(
                f"{name!r} cannot be the name of a model.",
                "Use letters, digits, and the signs . _ - in it.",
            )
        self._home = home
        self._name = name
        self._folder = home.models / FOLDER
        self.target = home.models / name
        self.partial = Partial(self._folder / f"{name}.zip.partial")

    @contextmanager
    def locked(self, on_wait: Callable[[], object], *, wait: bool = True) -> Iterator[None]:
        """Hold the lock of this model; `on_wait` is called while another program holds it.

        What programs that were killed left behind is cleaned first. Raises `InstallError`; with
        `wait` False also where another program installs this model, else what `on_wait` raises.
        """
        self._home.ensure(self._home.root)
        self._home.ensure(self._home.models)
        self._home.ensure(self._folder)
        lock = self._lock(self._name)
        pause = threading.Event()
        while not _taken(lock, self._folder):
            if not wait:
                raise InstallError(
                    f"Another program is installing {self._name}.", "Wait until it has finished."
                )
            on_wait()
            pause.wait(_POLL_S)
        try:
            self._clean()
            yield
        finally:
            lock.release()

    def make_unpacked(self) -> Path:
        """Make the private folder to unpack into, empty. Raises `OSError`."""
        folder = self._leftover(_UNPACKED)
        self._delete(folder)
        folder.mkdir(mode=PRIVATE_FOLDER_MODE)
        return folder

    def put(self, model: Path) -> Path:
        """Make a folder the model of this place, in one rename; return where it is now.

        Where a damaged one stood it is set aside first: a program that is killed between the two
        leaves it to the next one to put back. Raises `InstallError`.
        """
        aside = self._leftover(_REPLACED)
        self.check_target()
        try:
            if self.target.exists():
                self.target.rename(aside)
            try:
                model.rename(self.target)
            except OSError:
                if aside.exists():
                    aside.rename(self.target)
                raise
        except OSError as error:
            raise explain_disk(error, self.target) from error
        self._delete(aside)
        return self.target

    def check_target(self) -> None:
        """Raise `InstallError` where something that is no folder bears the model's name."""
        if self.target.is_symlink() or (self.target.exists() and not self.target.is_dir()):
            what = "a link" if self.target.is_symlink() else "a file"
            raise InstallError(
                f"{self.target} is {what}, not the folder of a model.", "Move it away yourself."
            )

    def clear_unpacked(self) -> None:
        """Delete what was unpacked."""
        self._delete(self._leftover(_UNPACKED))

    def take_away(self) -> int:
        """Delete the model and what is kept of a download; return the bytes. Raises `OSError`.

        The model's folder disappears at once, its files after that.
        """
        freed = self.used_bytes()
        if self.target.exists():
            removed = self._leftover(_REMOVED)
            self.target.rename(removed)
            shutil.rmtree(removed)
        self.partial.discard()
        return freed

    def used_bytes(self) -> int:
        """Return how many bytes the model and what is kept of a download take."""
        return size(self.target) + size(self.partial.file)

    def check_space(self, archive_bytes: int, kept_bytes: int) -> None:
        """Raise `InstallError` where a download and its files would not find room."""
        needed = archive_bytes - kept_bytes + _TIMES_UNPACKED * archive_bytes
        usable = self.free_bytes() - SPARE_BYTES
        if usable < needed:
            raise InstallError(
                f"There is not enough space for {self._name}: it needs {megabytes(needed)}, and "
                f"{megabytes(max(usable, 0))} can be used on the disk of {self._home.models}.",
                "Free some space, and try again.",
            )

    def free_bytes(self) -> int:
        """Return how many bytes can be written on the disk of the models. Raises `OSError`."""
        return shutil.disk_usage(self._home.models).free

    def _clean(self) -> None:
        """Put away what killed programs left of this model, and of others that nobody installs."""
        aside = self._leftover(_REPLACED)
        if aside.is_dir() and not self.target.exists():
            with suppress(OSError):
                aside.rename(self.target)
        for path in self._folder.iterdir():
            if path.suffix in (_UNPACKED, _REMOVED, _REPLACED):
                self._clean_one(path)

    def _clean_one(self, path: Path) -> None:
        if path.stem == self._name:
            self._delete(path)
            return
        lock = self._lock(path.stem)
        restores = path.suffix == _REPLACED and not (self._home.models / path.stem).exists()
        if not restores and _taken(lock, self._folder):
            try:
                self._delete(path)
            finally:
                lock.release()

    def _lock(self, name: str) -> BaseFileLock:
        from filelock import FileLock  # 33 ms

        path = self._folder / f"{name}.lock"
        return FileLock(path, mode=PRIVATE_FILE_MODE, thread_local=False)

    def _leftover(self, suffix: str) -> Path:
        return self._folder / f"{self._name}{suffix}"

    def _delete(self, folder: Path) -> None:
        if folder.is_dir() and not folder.is_symlink():
            shutil.rmtree(folder, ignore_errors=True)


def is_name(name: str) -> bool:
    """Whether a text can be the name of a model's folder on every system."""
    return bool(_NAME.fullmatch(name))


def _taken(lock: BaseFileLock, folder: Path) -> bool:
    from filelock import Timeout

    try:
        lock.acquire(timeout=0)
    except Timeout:
        return False
    except (OSError, NotImplementedError) as error:
        problem = error if isinstance(error, OSError) else OSError("no locks on this disk")
        raise explain_disk(problem, folder) from error
    return True


def size(path: Path) -> int:
    """Return how many bytes the files at or below a path have, without following links."""
    if not path.is_dir() or path.is_symlink():
        with suppress(OSError):
            return path.lstat().st_size
        return 0
    total = 0
    for root, _, names in os.walk(path):
        for name in names:
            with suppress(OSError):
                total += Path(root, name).lstat().st_size
    return total
