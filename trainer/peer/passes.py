"""What host and guests keep in the home, so that a program that died comes back as the same one.

A guest keeps a pass: the token of one participant of one session. While its program runs the pass
is locked, so that a second program with the same code becomes a second participant. A host keeps
the code of its session, and holds a lock, so that no session is held twice.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trainer.errors import TrainerError
from trainer.paths import PRIVATE_FOLDER_MODE, folder_hint, write_private
from trainer.peer.code import Code
from trainer.store.owners import file_lock

if TYPE_CHECKING:
    from filelock import BaseFileLock

SCHEMA_VERSION = 1
LONGEST_KEPT_S = 14 * 24 * 3600.0
"""A session of two weeks ago is not joined again."""

ID = re.compile(r"[A-Za-z0-9_-]{1,40}")
"""What the id of a session or of a participant looks like."""


DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Pass:
    """What proves that one is this participant. It exists in this home only."""

    session: str
    participant: str
    name: str
    token: str = field(repr=False)


def issue(folder: Path, session: str, participant: str, name: str) -> str:
    """Write a pass for somebody who has not come yet, and return what the host keeps of it.

    So the program that holds a session makes itself a participant of its own choice. Raises
    `TrainerError`.
    """
    token = new_token()
    wallet = Wallet(folder)
    wallet.keep(Pass(session, participant, name, token))
    wallet.close()
    return digest_of(token)


def is_kept(folder: Path, session: str, participant: str) -> bool:
    """Whether there is a pass by which somebody can come back into a session."""
    kept = (_read_pass(path) for path in folder.glob("pass-*.json"))
    return any(one and (one.session, one.participant) == (session, participant) for one in kept)


def new_token() -> str:
    """Return what nobody can guess."""
    return secrets.token_urlsafe(32)


def digest_of(token: str) -> str:
    """Return what a host keeps of a token, 64 hexadecimal digits."""
    return hashlib.sha256(token.encode()).hexdigest()


def key_of(digest: str) -> bytes:
    """Return what both sides prove to know of a token (`trainer.peer.proving`)."""
    return b"token " + digest.encode()


class Wallet:
    """The pass of one running program: found again, or new. It may be used by one thread."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path: Path | None = None
        self._lock: BaseFileLock | None = None
        self.is_used = False
        """Whether `find` saw a pass that another program has now."""

    def find(self, session: str, name: str, participant: str = "") -> Pass | None:
        """Return the pass of somebody who was there, and lock it.

        The oldest free one with this name, or that of this `participant` only.
        """
        self.close()
        self.is_used = False
        for path in sorted(self._folder.glob("pass-*.json"), key=_age):
            kept = _read_pass(path)
            if not kept or kept.session != session:
                continue
            wanted = kept.participant == participant if participant else kept.name == name
            if wanted and self._take(path):
                return kept
            self.is_used = self.is_used or wanted
        return None

    def keep(self, kept: Pass) -> None:
        """Write a new pass, and lock it; passes of long ago go. Raises `TrainerError`."""
        self.close()
        ensure(self._folder)
        _clear_away(self._folder)
        path = self._folder / f"pass-{secrets.token_hex(8)}.json"
        self._take(path)
        _write(
            path,
            {
                "session": kept.session,
                "participant": kept.participant,
                "name": kept.name,
                "token": kept.token,
            },
        )

    def forget(self) -> None:
        """Delete the pass that is held: its session knows it no more."""
        if self._path:
            with suppress(OSError):
                self._path.unlink()
        self.close()

    def close(self) -> None:
        """Leave the pass to the next program."""
        if self._lock:
            self._lock.release()
        self._path = self._lock = None

    def _take(self, path: Path) -> bool:
        lock = _locked(path.with_suffix(".lock"))
        if lock:
            self._path, self._lock = path, lock
        return lock is not None


class DoorKeeper:
    """Keeps the code of one session, and holds the session for one program at a time."""

    def __init__(self, folder: Path, session: str) -> None:
        assert ID.fullmatch(session)
        self._folder = folder
        self._path = folder / f"door-{session}.json"
        self._lock: BaseFileLock | None = None

    def open(self) -> None:
        """Hold the session. Raises `TrainerError` where another program does."""
        ensure(self._folder)
        self._lock = _locked(self._path.with_suffix(".lock"))
        if not self._lock:
            raise TrainerError(
                "This session is open in another program.",
                "Go on there, or close it first.",
            )

    def code(self) -> Code | None:
        """Return the code that this session had before, if it is known."""
        with suppress(OSError, ValueError, TrainerError, TypeError, KeyError):
            return Code.read(_read(self._path)["code"])
        return None

    def keep(self, code: Code) -> None:
        """Write down the code. Raises `TrainerError`."""
        _clear_away(self._folder)
        _write(self._path, {"code": code.text})

    def forget(self) -> None:
        """Delete the code: the session is over."""
        with suppress(OSError):
            self._path.unlink()

    def close(self) -> None:
        """Leave the session to another program."""
        if self._lock:
            self._lock.release()
        self._lock = None


def ensure(folder: Path) -> None:
    """Make the folder for the user alone. Raises `TrainerError`."""
    try:
        folder.mkdir(mode=PRIVATE_FOLDER_MODE, parents=True, exist_ok=True)
    except OSError as error:
        raise _unusable(folder, error) from error


def _locked(path: Path) -> BaseFileLock | None:
    from filelock import Timeout  # 33 ms

    lock = file_lock(path)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return None
    except OSError as error:
        raise _unusable(path.parent, error) from error
    return lock


def _read(path: Path) -> dict[str, Any]:
    if path.stat().st_size > 4096:
        raise ValueError("no file of ours")
    said = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(said, dict) or said.pop("schema_version", None) != SCHEMA_VERSION:
        raise ValueError("no file of ours")
    return said


def _read_pass(path: Path) -> Pass | None:
    """Return what a file holds; None for one that is damaged, foreign or gone."""
    with suppress(OSError, ValueError, TypeError, RecursionError):
        kept = Pass(**_read(path))
        said = (kept.session, kept.participant, kept.name, kept.token)
        if all(isinstance(one, str) for one in said) and ID.fullmatch(kept.participant):
            return kept
    return None


def _write(path: Path, said: dict[str, object]) -> None:
    try:
        write_private(path, json.dumps({"schema_version": SCHEMA_VERSION, **said}))
    except OSError as error:
        raise _unusable(path.parent, error) from error


def _unusable(folder: Path, error: OSError) -> TrainerError:
    return TrainerError(
        f"The folder {folder} cannot be used: {error.strerror or error}.",
        folder_hint(folder, error.errno),
    )


def _age(path: Path) -> tuple[float, str]:
    with suppress(OSError):
        return path.stat().st_mtime, path.name
    return 0.0, path.name


def _old(folder: Path) -> Iterator[Path]:
    for kind in ("pass-*.json", "door-*.json", "pass-*.lock", "door-*.lock"):
        for path in folder.glob(kind):
            with suppress(OSError):
                if time.time() - path.stat().st_mtime > LONGEST_KEPT_S:
                    yield path


def _clear_away(folder: Path) -> None:
    for path in _old(folder):
        with suppress(OSError, TrainerError):
            lock = _locked(path.with_suffix(".lock"))
            if lock:
                path.unlink(missing_ok=True)
                lock.release()
                os.unlink(lock.lock_file)  # noqa: PTH108
