"""Reading a zip file that may mean harm: what is refused before a byte is unpacked.

A model's archive holds folders and ordinary files under short plain names. Whatever else there is
in a zip file is refused on every system, also what only one of them would trip over.
"""

from __future__ import annotations

import io
import os
import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from trainer.display import one_line
from trainer.installing.problems import megabytes
from trainer.installing.types import InstallError

# Far above what a model needs: some dozens of files, two or three folders deep.
MOST_MEMBERS = 1000
DEEPEST = 8
LONGEST_NAME = 200
MOST_TIMES = 20
# A small archive may shrink more: a text of some kilobytes becomes next to nothing.
ALWAYS_ALLOWED_BYTES = 1 << 20
# `zipfile` reads the list of members at once, and one of 1000 members has 100 kB.
MOST_LIST_BYTES = 4 << 20

_FOLDER = "/"
_BAD_CHARACTERS = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\]')
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_ENCRYPTED = 0x1
_DAMAGE = (zipfile.BadZipFile, zlib.error, struct.error)
_PLAIN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


@contextmanager
def opened(file: io.BufferedReader) -> Iterator[zipfile.ZipFile]:
    """Open a file as a zip file. Raises `InstallError` also for what is found damaged later on."""
    try:
        with zipfile.ZipFile(_Bounded(file)) as archive:
            yield archive
    except (*_DAMAGE, EOFError, NotImplementedError, ValueError, OverflowError) as error:
        raise _refused("it is damaged, or no zip file") from error


def examine(
    archive: zipfile.ZipFile, archive_bytes: int, free_bytes: int
) -> tuple[zipfile.ZipInfo, ...]:
    """Return the files of an archive that is safe to unpack where `free_bytes` are free.

    Raises `InstallError` for any member that could leave its folder, is no ordinary file, or cannot
    be kept beside another one, and where all of them together are too many or too big.
    """
    members = archive.infolist()
    if not members:
        raise _refused("it is empty")
    if len(members) > MOST_MEMBERS:
        raise _refused(f"it holds {len(members)} files, more than {MOST_MEMBERS}")
    for member in members:
        _check_name(member.orig_filename)
        _check_kind(member)
    files = tuple(member for member in members if not member.filename.endswith(_FOLDER))
    _check_together(files, members)
    whole = sum(member.file_size for member in files)
    if whole > max(MOST_TIMES * archive_bytes, ALWAYS_ALLOWED_BYTES):
        raise _refused(
            f"it would unpack to {megabytes(whole)}, more than {MOST_TIMES} times its size"
        )
    if whole > free_bytes:
        raise InstallError(
            f"There is not enough space to unpack it: it needs {megabytes(whole)}, and "
            f"{megabytes(max(free_bytes, 0))} can be used.",
            "Free some space, and try again.",
        )
    return files


def top_folder(files: Sequence[zipfile.ZipInfo]) -> str | None:
    """Return the one folder that everything in an archive lies in, or None."""
    tops = {file.filename.partition(_FOLDER)[0] for file in files if _FOLDER in file.filename}
    alone = len(tops) == 1 and all(_FOLDER in file.filename for file in files)
    return tops.pop() if alone else None


class _Bounded(io.RawIOBase):
    """An open file that does not hand out more than a list of members may need at once."""

    def __init__(self, file: io.BufferedReader) -> None:
        self._file = file

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def read(self, size: int | None = -1) -> bytes:
        limited = MOST_LIST_BYTES + 1 if size is None or size < 0 else size
        if limited > MOST_LIST_BYTES:
            data = self._file.read(MOST_LIST_BYTES + 1)
            if len(data) <= MOST_LIST_BYTES:
                return data
            raise _refused("its list of files is too long")
        return self._file.read(limited)


def _check_name(name: str) -> None:
    shown = one_line(name, 60)
    if name.startswith(_FOLDER) or _BAD_CHARACTERS.search(name) or len(name) > LONGEST_NAME:
        raise _refused(f"it holds a file with a name that is not safe: {shown}")
    parts = name.removesuffix(_FOLDER).split(_FOLDER)
    if len(parts) > DEEPEST:
        raise _refused(f"its folders lie too deep: {shown}")
    if any(part in ("", ".", "..") or part != part.strip() for part in parts):
        raise _refused(f"it holds a file that leaves its folder: {shown}")
    if any(part.endswith(".") or _DEVICE.fullmatch(part) for part in parts):
        raise _refused(f"it holds a file with a name that is not safe: {shown}")
    if any(unicodedata.category(character) in ("Cc", "Cf", "Cs") for character in name):
        raise _refused(f"it holds a file with a name that is not safe: {shown}")


def _check_kind(member: zipfile.ZipInfo) -> None:
    shown = one_line(member.orig_filename, 60)
    kind = stat.S_IFMT(member.external_attr >> 16)
    is_folder = member.orig_filename.endswith(_FOLDER)
    if kind not in (0, stat.S_IFDIR if is_folder else stat.S_IFREG):
        raise _refused(f"it holds a link or another thing that is no file: {shown}")
    if member.flag_bits & _ENCRYPTED:
        raise _refused("it is locked with a password")
    if member.compress_type not in _PLAIN:
        raise _refused(f"it is packed in a way that models are not: {shown}")
    if is_folder and member.file_size:
        raise _refused(f"it holds a folder with content of its own: {shown}")


def _check_together(files: Sequence[zipfile.ZipInfo], members: Sequence[zipfile.ZipInfo]) -> None:
    """Refuse files that would overwrite each other on some system, or lie in another file."""
    names: set[str] = set()
    for member in members:
        name = _folded(member.filename)
        if name in names:
            raise _refused(f"it holds a file twice: {one_line(member.filename, 60)}")
        names.add(name)
    plain = {_folded(file.filename) for file in files}
    for name in names:
        parts = name.split(_FOLDER)
        if any(_FOLDER.join(parts[:depth]) in plain for depth in range(1, len(parts))):
            raise _refused(f"it holds a file inside a file: {one_line(name, 60)}")


def _folded(name: str) -> str:
    """Return a name as the system that tells the fewest names apart takes it."""
    return unicodedata.normalize("NFC", name.removesuffix(_FOLDER).casefold())


def _refused(why: str) -> InstallError:
    return InstallError(f"This archive is refused: {why}.", "Nothing was installed.")
