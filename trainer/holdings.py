"""What lies in the user's data folder: what the program keeps there, and what is the user's own.

Only names that the program gives are its own; everything else stays, whatever is deleted. No link
is ever followed: one that bears a name of ours is ours, what it points to is not.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from trainer.errors import TrainerError
from trainer.installing.manifest import NAME as MANIFEST
from trainer.installing.places import FOLDER as INSTALLING
from trainer.installing.places import size
from trainer.paths import Home, folder_hint

Kind = Literal[
    "history",
    "sessions",
    "copies",
    "recordings",
    "profile",
    "calibration",
    "settings",
    "models",
    "logs",
    "locks",
    "banks",
    "other",
]
KINDS: tuple[Kind, ...] = (
    "history",
    "sessions",
    "recordings",
    "copies",
    "profile",
    "calibration",
    "settings",
    "logs",
    "models",
    "locks",
    "banks",
    "other",
)
"""In the order in which they are deleted: what was said comes first."""

OWN: frozenset[Kind] = frozenset({"banks", "other"})
"""What the user put there: it is told and stays."""

_SIDE = "(-wal|-shm|-journal)?"
_IN_ROOT: dict[Kind, str] = {
    "history": rf"trainer\.sqlite3({_SIDE}|-suspect|\.(new|partial){_SIDE})",
    "copies": rf"trainer\.sqlite3\.(before-v\d+|damaged-\d{{8}}T\d{{6}}Z(-\d+)?){_SIDE}",
    "profile": r"profile(\.yaml|\.\d+\.partial)",
    "calibration": r"calibration(\.json|\.\d+\.partial)",
    "settings": r"config(\.json(\.damaged(-\d+)?)?|\.\d+\.partial)",
}
_IN_FOLDERS: dict[Kind, str] = {
    "recordings": r"[0-9a-f]{32}\.(wav|flac|json)(\.partial)?",
    "sessions": (
        r"(door-[A-Za-z0-9_-]{1,40}|pass-[0-9a-f]{16})\.(json|lock|\d+\.partial)"
        r"|(hosted|together)-[A-Za-z0-9_-]{1,40}\.jsonl(\.lock)?"
    ),
    "logs": r"trainer\.log(\.\d+)?",
    "locks": r"opening|tidying|[0-9a-f]{32}\.lock|[0-9a-f]+-[0-9a-f]{32}\.shown",
}


@dataclass(frozen=True, slots=True)
class Holding:
    """A file of the data folder, a folder that is one thing (a model), or a link.

    `bytes` counts what it takes itself, without what a link points to; `target` is where a link
    points, None for what is none.
    """

    kind: Kind
    path: Path
    bytes: int
    target: str | None = None

    @property
    def stays(self) -> bool:
        """Whether it is the user's own, and not the program's."""
        return self.kind in OWN


def holdings(home: Home) -> tuple[Holding, ...]:
    """Return everything in the data folder in the order of `KINDS`; nothing where there is none.

    Raises `TrainerError` for a folder that cannot be read.
    """
    found = [] if not home.root.is_dir() else list(_in_root(home))
    return tuple(sorted(found, key=lambda one: (KINDS.index(one.kind), one.path)))


def own_folders(home: Home) -> tuple[Path, ...]:
    """Return the folders in a home that the program makes; a link is none."""
    folders = (home.recordings, home.peer, home.logs, home.models, home.locks, home.banks)
    return tuple(f for f in folders if f.is_dir() and not f.is_symlink())


def _in_root(home: Home) -> Iterator[Holding]:
    folders: dict[Path, Kind] = {
        home.recordings: "recordings",
        home.peer: "sessions",
        home.logs: "logs",
        home.locks: "locks",
        home.models: "models",
        home.banks: "banks",
    }
    for entry in _entries(home.root):
        path = home.root / entry.name
        if path == home.deleting:
            continue
        kind = folders.get(path)
        if kind and entry.is_symlink():
            yield _holding("other" if kind in OWN else kind, entry)
        elif kind and entry.is_dir():
            yield from _in_folder(path, kind)
        else:
            yield _holding(_kind_of(entry, _IN_ROOT), entry)


def _in_folder(folder: Path, kind: Kind) -> Iterator[Holding]:
    for entry in _entries(folder):
        if kind == "banks":
            yield _holding(kind, entry)
        elif kind == "models":
            yield _holding(kind if _is_our_model(entry) else "other", entry)
        else:
            yield _holding(_kind_of(entry, {kind: _IN_FOLDERS[kind]}), entry)


def _entries(folder: Path) -> Iterable[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            return tuple(found)
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise TrainerError(
            f"The folder {folder} cannot be read: {error.strerror}.",
            folder_hint(folder, error.errno),
        ) from error


def _kind_of(entry: os.DirEntry[str], patterns: dict[Kind, str]) -> Kind:
    """Return which of our files this is; a folder with the name of a file is none of ours."""
    if not entry.is_dir(follow_symlinks=False):
        for kind, pattern in patterns.items():
            if re.fullmatch(pattern, entry.name):
                return kind
    return "other"


def _is_our_model(entry: os.DirEntry[str]) -> bool:
    """Tell whether an entry of the models is an installed one, or what installing left."""
    if not entry.is_dir(follow_symlinks=False):
        return False
    return entry.name == INSTALLING or os.path.lexists(os.path.join(entry.path, MANIFEST))  # noqa: PTH118


def _holding(kind: Kind, entry: os.DirEntry[str]) -> Holding:
    path = Path(entry.path)
    if entry.is_symlink():
        with suppress(OSError):
            return Holding(kind, path, 0, os.readlink(path))  # noqa: PTH115 - as it is written
        return Holding(kind, path, 0, "")
    return Holding(kind, path, size(path))
