"""Deleting everything that the program keeps, for good.

A mark in the home says that it has begun. So what a kill leaves is deleted at the next start, and
a program that starts meanwhile waits. The mark goes when all was tried: were it to stay because of
one file, the next start would delete what came after.
"""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from trainer.errors import StoreError, TrainerError
from trainer.holdings import Holding, holdings, own_folders
from trainer.installing.places import FOLDER as INSTALLING
from trainer.keeping.keeping import TIDYING
from trainer.log import stop_logging
from trainer.paths import PRIVATE_FILE_MODE, Home, folder_hint
from trainer.scratch import clean_up
from trainer.store.connection import begins_well, connect, is_alone, plain_errors
from trainer.store.opening import OPENING, opening_lock
from trainer.store.owners import LOCKS_OF_PROGRAMS, any_held, file_lock

if TYPE_CHECKING:
    from trainer.store.database import Store

_CLOSE_OTHERS = "Close every other window of the trainer, then try again. Nothing was deleted."
_TIDYING_S = 5.0


@dataclass(frozen=True, slots=True)
class Erased:
    """What became of a deletion: files or folders that went, and their bytes.

    `left` could not be deleted, each with the system's reason; `stays` is the user's own, and
    `links` were deleted while what they point to was not.
    """

    count: int = 0
    bytes: int = 0
    left: tuple[tuple[Path, str], ...] = ()
    stays: tuple[Holding, ...] = ()
    links: tuple[Holding, ...] = ()


def erase_everything(home: Home, store: Store | None = None) -> Erased:
    """Delete everything that the program keeps in a home, for good.

    `store` is this program's own, which is closed. Raises `TrainerError` before anything is
    deleted: where another program uses the home, or a folder may not be changed.
    """
    if not home.root.is_dir():
        return Erased()
    _check_rights(home)
    with _alone(home, store):
        found = holdings(home)
        marked = _mark(home)
        if store:
            store.close()
        return _erase(home, found, marked)


def go_on_erasing(home: Home) -> Erased | None:
    """Delete what an interrupted deletion has left; None where there was none.

    A deletion that another program does now is waited for. Raises `TrainerError` where the mark
    of it cannot be taken away: nothing may be kept in a home that is to be deleted.
    """
    if not is_marked(home):
        return None
    with opening_lock(home):
        done = _erase(home, holdings(home), True) if is_marked(home) else None
    if is_marked(home):
        raise TrainerError(
            f"Everything in {home.root} was to be deleted, and that cannot be finished.",
            folder_hint(home.root, errno.EACCES),
        )
    return done


def is_marked(home: Home) -> bool:
    """Tell whether a deletion of everything has begun and not ended."""
    return os.path.lexists(home.deleting)


def erase(found: Sequence[Holding], again: Callable[[], object] = lambda: None) -> Erased:
    """Delete these, in their order; no link is followed. `again` is called after each."""
    gone: list[Holding] = []
    left: list[tuple[Path, str]] = []
    for one in found:
        try:
            _remove(one.path)
            gone.append(one)
        except OSError as error:
            left.append((one.path, error.strerror or str(error)))
        again()
    links = tuple(one for one in gone if one.target is not None)
    return Erased(len(gone), sum(one.bytes for one in gone), tuple(left), links=links)


@contextmanager
def _alone(home: Home, store: Store | None) -> Iterator[None]:
    """Let no other program begin in this home, and no thread tidy. Raises `StoreError`."""
    from filelock import Timeout

    with ExitStack() as stack, plain_errors(home.locks):
        with _as_there_is_room():
            stack.enter_context(opening_lock(home, timeout_s=0))
        alone = store.is_alone() if store else _is_unused(home)
        if not alone or any_held(_locks(home, store)):
            raise StoreError("The trainer is open in another window.", _CLOSE_OTHERS)
        try:
            with _as_there_is_room():
                stack.enter_context(file_lock(home.locks / TIDYING).acquire(timeout=_TIDYING_S))
        except Timeout as error:
            problem = "The sound is being tidied just now. Nothing was deleted."
            raise StoreError(problem, "Try again in a moment.") from error
        yield


@contextmanager
def _as_there_is_room() -> Iterator[None]:
    """Go on without a lock where the disk takes no more files: no other program can begin then."""
    try:
        yield
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise


def _locks(home: Home, store: Store | None) -> Iterator[Path]:
    """Yield the locks of programs that run, but for this one."""
    yield from (home.models / INSTALLING).glob("*.lock")
    for file in home.locks.iterdir():
        if file.suffix in LOCKS_OF_PROGRAMS and not (store and file.stem == store.owner):
            yield file


def _is_unused(home: Home) -> bool:
    """Tell whether no program has the history open. One that cannot be read is used by none."""
    try:
        if not begins_well(home.database):
            return True
        with closing(connect(home.database)) as connection:
            return is_alone(connection)
    except (OSError, sqlite3.Error):
        return True


def _check_rights(home: Home) -> None:
    for folder in (home.root, *own_folders(home)):
        if not os.access(folder, os.W_OK | os.X_OK):
            raise TrainerError(
                f"You may not change the folder {folder}. Nothing was deleted.",
                folder_hint(folder, errno.EACCES),
            )


def _mark(home: Home) -> bool:
    """Write the mark; tell whether it is there. A full disk may have no room for it yet."""
    try:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        os.close(os.open(home.deleting, flags, PRIVATE_FILE_MODE))
    except OSError:
        return is_marked(home)
    _reach_disk(home.root)
    return True


def _erase(home: Home, found: Sequence[Holding], marked: bool) -> Erased:
    stop_logging()
    held = (home.locks / OPENING, home.locks / TIDYING)

    def mark_again() -> None:
        nonlocal marked
        marked = marked or _mark(home)

    done = erase([one for one in found if not one.stays and one.path not in held], mark_again)
    for folder in own_folders(home):
        with suppress(OSError):  # not empty: what is in it is told
            folder.rmdir()
    _reach_disk(home.root)
    with suppress(OSError):
        home.deleting.unlink(missing_ok=True)
    # Whoever waits for the lock of these finds a home without a mark from here on.
    for last in (*held, home.locks, *(() if home.root.is_symlink() else (home.root,))):
        with suppress(OSError):  # Windows deletes no file that is open
            last.rmdir() if last.is_dir() else last.unlink(missing_ok=True)
    clean_up()
    return replace(done, stays=tuple(one for one in found if one.stays))


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _reach_disk(folder: Path) -> None:
    from trainer.system import reach_disk  # asyncio: 30 ms

    with suppress(OSError):
        reach_disk(folder)
