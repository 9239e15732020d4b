"""Opening the file or stdin that an answer comes from, and reading it as text."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from trainer.cli.output import note
from trainer.errors import UsageError

MOST_BYTES = 1_000_000
STDIN = "-"

_SOUND_SUFFIXES = (
    *(".wav", ".wave", ".flac", ".mp3", ".ogg", ".oga", ".opus", ".m4a", ".aac"),
    *(".aif", ".aiff", ".wma", ".webm", ".amr", ".caf"),
)
_SOUND_BEGINNINGS = (b"RIFF", b"fLaC", b"ID3", b"OggS", b"\xff\xfb", b"FORM")
_FOREIGN_BEGINNINGS = (b"\xff\xfe", b"\xfe\xff")  # byte order marks of UTF-16


@contextmanager
def opened(name: str) -> Iterator[BinaryIO]:
    """Open the file `name`, or stdin for `-`, as bytes. Raises `UsageError` with the reason."""
    try:
        if name == STDIN:
            yield _stdin()
        else:
            with Path(name).open("rb") as stream:
                if Path(name).suffix.lower() in _SOUND_SUFFIXES:
                    raise _sound(name)
                yield stream
    except OSError as error:
        raise _unreadable(name, error) from error


def read_answer(name: str) -> str:
    """Return the text of one answer. Raises `UsageError` when it is no text of at most 1 MB."""
    with opened(name) as stream:
        raw = stream.read(MOST_BYTES + 1)
    shown = "stdin" if name == STDIN else name
    if raw.startswith(_FOREIGN_BEGINNINGS):
        raise UsageError(f"{shown} is UTF-16 text, not UTF-8.", "Save it as UTF-8.")
    if b"\0" in raw:
        if raw.startswith(_SOUND_BEGINNINGS):
            raise _sound(shown)
        raise UsageError(
            f"{shown} is not a text file: byte {raw.index(0) + 1} is zero.",
            "Give the answer as plain text in UTF-8.",
        )
    if len(raw) > MOST_BYTES:
        raise UsageError(f"{shown} is larger than 1 MB.", "An answer is a few hundred words.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise UsageError(
            f"{shown} is not UTF-8 text: {bad_byte(error)} (line {line}).", "Save it as UTF-8."
        ) from error


def bad_byte(error: UnicodeDecodeError) -> str:
    """Return which byte cannot be decoded, counted from 1."""
    return f"byte 0x{error.object[error.start]:02x} at position {error.start + 1}"


def _stdin() -> BinaryIO:
    if sys.stdin is None:
        raise UsageError("There is nothing on stdin.", "Name a file in place of -.")
    if sys.stdin.isatty():
        note("Type the text. End with Ctrl+D (on Windows with Ctrl+Z and Enter).")
    return sys.stdin.buffer


def _sound(shown: str) -> UsageError:
    return UsageError(
        f"{shown} is a sound file, and this version reads text only.",
        "Write down what was said, and give that file.",
    )


def _unreadable(name: str, error: OSError) -> UsageError:
    if name == STDIN:
        return UsageError(f"stdin cannot be read: {error.strerror}.", "Name a file in its place.")
    if isinstance(error, FileNotFoundError):
        return UsageError(f"There is no file {name}.", "Check the name, or use - for stdin.")
    if Path(name).is_dir():  # where Windows says only that the rights are missing
        return UsageError(f"{name} is a folder.", "Name a text file, or use - for stdin.")
    return UsageError(f"{name} cannot be read: {error.strerror}.", "Check the file and its rights.")
