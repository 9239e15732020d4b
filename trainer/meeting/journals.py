"""The journals of this home: sessions that it holds, which can be gone on with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Literal

from trainer.errors import StoreError, UsageError
from trainer.meeting.types import KeptSession
from trainer.paths import folder_hint
from trainer.peer.confirming import keepers_awaited
from trainer.peer.journal import resume
from trainer.peer.passes import is_kept
from trainer.peer.people import is_here
from trainer.peer.types import Session
from trainer.store.owners import file_lock

Kind = Literal["hosted", "together"]
SHUT = "what proves that it is yours is gone."
"""It is kept for two weeks."""

_SUFFIX = ".jsonl"


def new_path(folder: Path, kind: Kind, session_id: str) -> Path:
    """Return where the journal of a session stands."""
    return folder / f"{kind}-{session_id}{_SUFFIX}"


def session_of(path: Path) -> str:
    """Return the id of the session whose journal has this name."""
    return path.stem.partition("-")[2]


def kept_sessions(folder: Path) -> tuple[KeptSession, ...]:
    """Return what journals can be gone on with, the newest first."""
    found = [told for path in _journals(folder) if (told := _told(path))]
    return tuple(sorted(found, key=lambda one: one.created_at, reverse=True))


def find(folder: Path, session_id: str) -> Path:
    """Return the journal of a session, by the beginning of its id. Raises `UsageError`."""
    found = [path for path in _journals(folder) if session_of(path).startswith(session_id)]
    if len(found) != 1 or not session_id:
        several = f"{len(found)} sessions have an id that begins so."
        raise UsageError(
            several if found and session_id else "There is no such session on this machine.",
            "See: trainer peer sessions",
        )
    return found[0]


def is_done(session: Session, *, of_those_here: bool = False) -> bool:
    """Whether nothing of a session is needed any more.

    It has ended, and all have kept what was revealed, or all `of_those_here`. One in which nothing
    has begun and nobody else came needs no end.
    """
    awaited = keepers_awaited(session)
    if of_those_here:
        awaited = tuple(one for one in awaited if is_here(session, one))
    return _is_empty(session) or (session.ended and not awaited)


def is_shut(path: Path, session: Session) -> bool:
    """Whether the program of the host cannot come back into its own session."""
    hosted = not path.name.startswith("together-")
    return hosted and not is_kept(path.parent, session.id, session.host_id)


def discard(path: Path) -> None:
    """Delete the journal of a session that nobody goes on with. Raises `TrainerError`."""
    if _is_open(path):
        raise StoreError(
            "This session is open in another program, or its folder cannot be written to.",
            "Close it there, then try again. Nothing was deleted.",
        )
    forget(path)
    if path.exists():
        raise StoreError(f"The journal {path.name} cannot be deleted.", folder_hint(path.parent))


def forget(path: Path) -> None:
    """Delete a journal that is closed."""
    for gone in (path, path.with_name(f"{path.name}.lock")):
        with suppress(OSError):
            gone.unlink()


def _is_empty(session: Session) -> bool:
    alone = all(
        one.id == session.host_id or not session.tokens[one.id] for one in session.participants
    )
    return alone and not session.rounds and not session.plan


def _journals(folder: Path) -> Iterator[Path]:
    for kind in ("hosted", "together"):
        yield from folder.glob(f"{kind}-*{_SUFFIX}")


def _told(path: Path) -> KeptSession | None:
    """Return what to tell of a journal; None of one that is done with."""
    together = path.name.startswith("together-")
    try:
        session = resume(path)
    except StoreError as error:
        return KeptSession(session_of(path), "", "", (), 0, None, together, problem=str(error))
    if is_done(session):
        return None
    current, in_use = session.round, _is_open(path)
    shut = not in_use and is_shut(path, session)
    return KeptSession(
        session.id,
        session.created_at,
        session.title,
        tuple(one.name for one in session.participants),
        len(session.rounds),
        current.phase if current else None,
        together,
        session.ended,
        in_use,
        f"It cannot be opened again: {SHUT}" if shut else "",
    )


def _is_open(path: Path) -> bool:
    """Whether a program holds this journal now."""
    from filelock import Timeout

    lock = file_lock(path.with_name(f"{path.name}.lock"))
    try:
        lock.acquire(timeout=0)
    except (Timeout, OSError):
        return True
    lock.release()
    return False
