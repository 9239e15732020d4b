"""What was installed: the list of a model's files with their lengths and checksums, kept in it."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath

from trainer.display import one_line
from trainer.errors import TrainerError
from trainer.installing.checksums import BLOCK_BYTES, new_hash
from trainer.paths import PRIVATE_FILE_MODE

NAME = ".installed.json"
# What systems put into folders that somebody looks at.
_LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini", NAME})
_SUM = re.compile("[0-9a-f]{64}")
_MOST_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file of a model: its path below the model's folder with `/`, its length, its SHA-256."""

    name: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The files of a model as they were installed.

    `checked` says by which published checksum the archive was known, None for an unknown one.
    """

    files: tuple[KeptFile, ...]
    checked: str | None


class ManifestError(TrainerError):
    """The list of a model's files cannot be read."""


def write(folder: Path, manifest: Manifest) -> None:
    """Write the list into a model's folder. Raises `OSError`."""
    value = {"schema_version": 1, **asdict(manifest)}
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    descriptor = os.open(folder / NAME, flags, PRIVATE_FILE_MODE)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(json.dumps(value, indent=1) + "\n")
        file.flush()
        os.fsync(file.fileno())


def read(folder: Path) -> Manifest | None:
    """Return the list of a model's folder; None where there is none. Raises `ManifestError`."""
    try:
        with (folder / NAME).open("rb") as file:
            value = json.loads(file.read(_MOST_BYTES))
        files = tuple(_kept_file(entry) for entry in value["files"])
        checked = value["checked"]
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise ManifestError(f"{folder / NAME} is damaged.", "") from error
    return Manifest(files, checked if isinstance(checked, str) else None)


def differences(
    folder: Path, manifest: Manifest, on_bytes: Callable[[int], object]
) -> Iterator[str]:
    """Yield what is wrong with the files of a model: missing, changed or added ones."""
    for kept in manifest.files:
        path = folder.joinpath(*PurePosixPath(kept.name).parts)
        shown = one_line(kept.name)
        try:
            if path.is_symlink() or not path.is_file():
                yield f"{shown} is missing"
            elif path.stat().st_size != kept.bytes or _sum(path, on_bytes) != kept.sha256:
                yield f"{shown} was changed"
        except OSError as error:
            yield f"{shown} cannot be read ({error.strerror})"
    known = {kept.name for kept in manifest.files}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        is_new = name not in known and path.name not in _LITTER
        with suppress(OSError):
            if is_new and (path.is_symlink() or not path.is_dir()):
                yield f"{one_line(name)} was added"


def relative_to(files: Sequence[KeptFile], folder: str) -> tuple[KeptFile, ...]:
    """Return the files below a folder of an archive, with their names as seen from there."""
    prefix = f"{folder}/" if folder not in ("", ".") else ""
    inside = (file for file in files if file.name.startswith(prefix))
    return tuple(
        KeptFile(file.name.removeprefix(prefix), file.bytes, file.sha256) for file in inside
    )


def _kept_file(entry: dict[str, object]) -> KeptFile:
    name, count, total = entry["name"], entry["bytes"], entry["sha256"]
    if not (isinstance(name, str) and type(count) is int and isinstance(total, str)):
        raise ValueError("a value of another kind")
    parts = PurePosixPath(name).parts
    if (
        not parts
        or ".." in parts
        or "\\" in name
        or ":" in name
        or PurePosixPath(name).is_absolute()
    ):
        raise ValueError("a name that leads out of the folder")
    if not _SUM.fullmatch(total):
        raise ValueError("no checksum")
    return KeptFile(name, count, total)


def _sum(path: Path, on_bytes: Callable[[int], object]) -> str:
    total = new_hash("sha256")
    with path.open("rb") as file:
        while block := file.read(BLOCK_BYTES):
            total.update(block)
            on_bytes(len(block))
    return total.hexdigest()
