"""Unpacking an archive that was examined, and keeping the sums of what was written."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from trainer.installing.checksums import BLOCK_BYTES, new_hash
from trainer.installing.manifest import KeptFile
from trainer.installing.types import InstallError
from trainer.paths import PRIVATE_FILE_MODE, PRIVATE_FOLDER_MODE

if TYPE_CHECKING:
    from trainer.installing.meter import Meter


def unpack(
    archive: zipfile.ZipFile, files: Sequence[zipfile.ZipInfo], folder: Path, meter: Meter
) -> tuple[KeptFile, ...]:
    """Write the files below `folder`, which exists and is empty, for the user alone.

    Each is on the disk when this returns, not only on its way there. What the archive says of a
    file's length is not believed: its bytes are counted. Raises `InstallError`, `CancelledError`,
    `OSError`, and what `zipfile` raises for damage.
    """
    meter.begin("unpacking", sum(file.file_size for file in files))
    return tuple(_unpack_file(archive, file, folder, meter) for file in files)


def _unpack_file(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, folder: Path, meter: Meter
) -> KeptFile:
    target = folder.joinpath(*member.filename.split("/"))
    _make_parents(target.parent, folder)
    total, count = new_hash("sha256"), 0
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with (
        archive.open(member) as source,
        os.fdopen(os.open(target, flags, PRIVATE_FILE_MODE), "wb") as file,
    ):
        while block := source.read(BLOCK_BYTES):
            count += len(block)
            if count > member.file_size:
                break
            total.update(block)
            file.write(block)
            meter.add(len(block))
        file.flush()
        os.fsync(file.fileno())
    if count != member.file_size:
        raise InstallError(
            "This archive is refused: it lies about the length of a file.", "Nothing was installed."
        )
    return KeptFile(member.filename, count, total.hexdigest())


def _make_parents(folder: Path, root: Path) -> None:
    for parent in reversed([folder, *folder.parents]):
        if parent != root and root in parent.parents:
            parent.mkdir(mode=PRIVATE_FOLDER_MODE, exist_ok=True)
