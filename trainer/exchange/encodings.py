"""The text of a file that another program wrote, in whichever encoding it chose."""

from __future__ import annotations

import codecs
import os
import re
import stat
from contextlib import suppress
from pathlib import Path

from trainer.exchange.problems import FileError

MOST_BYTES = 5_000_000
"""An hour of speech is some 60 kB of text, and 200 kB as subtitles."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ARCHIVE = b"PK\x03\x04"
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_DOCUMENT = re.compile(r"\ufeff?\s*(?:<!doctype|<html|<\?xml|\{\\rtf|%pdf-)", re.IGNORECASE)
_LINE_END = re.compile(r"\r\n?|\n")
_AS_TEXT = "Save the transcript as .vtt, .srt or .txt in the program that it comes from."


def check_file(file: Path) -> None:
    """Raise `FileError` for what is no file: nobody could tell when a pipe or a device ends.

    Of a name that is not there nothing is said: whoever opens it says why.
    """
    with suppress(OSError, ValueError):
        if not stat.S_ISREG(file.stat().st_mode):
            raise FileError(
                file,
                "This is no file: it is a folder, a pipe or a device.",
                "Name the file itself; write what comes through a pipe into one first.",
            )


def read_bytes(file: Path, most: int, too_long: str) -> bytes:
    """Return what a file holds, at most `most` bytes; nothing of a longer one is read.

    Raises `FileError`, also for what is no file. `too_long` is the remedy for a longer one.
    """
    size = 0
    try:
        check_file(file)
        with file.open("rb") as opened:
            size = os.fstat(opened.fileno()).st_size
            data = b"" if size > most else opened.read(most + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        reason = getattr(error, "strerror", None) or "it has no name that a file can have"
        raise FileError(
            file, f"It cannot be read: {reason}.", "Check the name and your rights to it."
        ) from error
    if max(size, len(data)) > most:
        raise FileError(file, f"It is larger than {most // 1_000_000} MB.", too_long)
    return data


def read_text(file: Path) -> str:
    """Return the text of a file with plain line ends; raises `FileError`.

    UTF-8, UTF-16 with or without its mark, and else Windows' western code page.
    """
    too_long = "Cut it into parts. Sound and video are imported with: trainer import"
    data = read_bytes(file, MOST_BYTES, too_long)
    if data.startswith(_ARCHIVE):
        raise FileError(file, "This is no plain text.", _AS_TEXT)
    text = _decoded(data)
    if text is None or _NO_TEXT.search(text) or _DOCUMENT.match(text):
        raise FileError(file, "This is no plain text.", _AS_TEXT)
    return _LINE_END.sub("\n", text)


def _decoded(data: bytes) -> str | None:
    """Return the text, or None where an encoding that the bytes announce does not fit them."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _strict(data, name)
    if b"\0" in data[:1000]:
        # a western text has a NUL beside every letter; its place tells the order of bytes
        evens, odds = data[:1000:2].count(0), data[1:1000:2].count(0)
        return _strict(data, "utf-16-be" if evens > odds else "utf-16-le")
    text = _strict(data, "utf-8")
    return data.decode("cp1252", "replace") if text is None else text


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None
