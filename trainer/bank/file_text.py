"""From a path to clean text: what cannot be a YAML file is told before YAML sees it."""

from __future__ import annotations

import codecs
import re
import stat
from collections.abc import Callable
from pathlib import Path

Report = Callable[[int, str, str], None]
"""Takes the line (from 1), the problem and the remedy."""

MAX_BYTES = 1_000_000

# Controls but tab and line feed, Unicode's own line breaks (editors count lines without them),
# marks that reorder a line on the screen, and what is no character at all.
UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
_UTF8 = "save the file as UTF-8 text"
# UTF-32 first: its little-endian mark begins with that of UTF-16.
_FOREIGN_MARKS = {
    codecs.BOM_UTF32_LE: "UTF-32",
    codecs.BOM_UTF32_BE: "UTF-32",
    codecs.BOM_UTF16_LE: "UTF-16",
    codecs.BOM_UTF16_BE: "UTF-16",
}


def read_bytes(path: Path, report: Report) -> bytes | None:
    """Return the content of a regular file of at most `MAX_BYTES`, or None after a report."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            report(1, "is a folder", "give a file instead")
        elif not stat.S_ISREG(status.st_mode):
            report(1, "is a device or a pipe", "give a file instead")
        elif status.st_size <= MAX_BYTES:
            with path.open("rb") as file:
                raw = file.read(MAX_BYTES + 1)
            if len(raw) <= MAX_BYTES:
                return raw
            report(1, f"has more than {MAX_BYTES:,} bytes", "split it")
        else:
            report(1, f"has {status.st_size:,} bytes, more than {MAX_BYTES:,}", "split it")
    except FileNotFoundError:
        if path.is_symlink():
            report(1, "is a link to a file that does not exist", "mend or remove the link")
        else:
            report(1, "does not exist", "check the name")
    except OSError as error:
        report(1, f"cannot be read ({error.strerror or error})", "check the file and its rights")
    except ValueError:  # a NUL in the path
        report(1, "is not a possible name of a file", "check the name")
    return None


def decode(raw: bytes, report: Report) -> str | None:
    """Return UTF-8 bytes as text with `\\n` line breaks, or None where it would make no sense.

    Bytes and characters that do not belong in a text file are reported, line by line, and
    replaced, so that the rest of the file can still be checked.
    """
    for mark, name in _FOREIGN_MARKS.items():
        if raw.startswith(mark):
            report(1, f"is written in {name}", _UTF8)
            return None
    if b"\0" in raw:
        line = raw.count(b"\n", 0, raw.index(b"\0")) + 1
        report(line, "holds a NUL byte, so it is UTF-16 or no text at all", _UTF8)
        return None
    raw = raw.removeprefix(codecs.BOM_UTF8).replace(b"\r\n", b"\n")
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        _report_bytes(raw, report)
        text = raw.decode(errors="replace")
    if UNSEEN.search(text):
        for number, line_text in enumerate(text.split("\n"), 1):
            for match in UNSEEN.finditer(line_text):
                code = f"U+{ord(match.group()):04X}"
                report(number, f"holds the invisible character {code}", "delete it")
        text = UNSEEN.sub("\N{REPLACEMENT CHARACTER}", text)
    return _untab(text, report) if "\t" in text else text


def _report_bytes(raw: bytes, report: Report) -> None:
    for number, line in enumerate(raw.split(b"\n"), 1):
        try:
            line.decode()
        except UnicodeDecodeError as error:
            byte = line[error.start]
            where = f"at position {error.start + 1} of the line"
            report(number, f"holds the byte 0x{byte:02X} {where}, which is not UTF-8", _UTF8)


def _untab(text: str, report: Report) -> str | None:
    indented = False
    for number, line in enumerate(text.split("\n"), 1):
        before, tab, _ = line.partition("\t")
        if tab:
            indented = indented or not before.strip()
            report(number, "holds a tab", "use spaces")
    # What a tab at the beginning of a line meant nobody knows: the structure would be a guess.
    return None if indented else text.replace("\t", " ")
