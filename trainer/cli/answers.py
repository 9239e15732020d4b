"""The file or stdin that an answer comes from: as text, or as a file of sound."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

from trainer.cli.output import note
from trainer.errors import TrainerError, UsageError

MOST_BYTES = 1_000_000  # of text
# Of sound that is copied: two hours of two channels at 48000 times 24 bits are 2 GB. What never
# ends, such as /dev/zero, would fill the disk.
MOST_COPIED_BYTES = 3_000_000_000
STDIN = "-"

_SOUND_SUFFIXES = (
    *(".wav", ".wave", ".flac", ".mp3", ".ogg", ".oga", ".opus", ".m4a", ".aac", ".mp4"),
    *(".aif", ".aiff", ".wma", ".webm", ".amr", ".caf", ".mka", ".mkv", ".mov"),
)
# Those of text among them ("FORM") are followed by a zero byte in sound only.
_SOUND_BEGINNINGS = (
    *(b"RIFF", b"fLaC", b"ID3", b"OggS", b"FORM", b"caff", b"\x1a\x45\xdf\xa3", b"0&\xb2u"),
    *(b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xf1", b"\xff\xf9"),
)
_PIECE_BYTES = 1 << 20
_FOREIGN_BEGINNINGS = (b"\xff\xfe", b"\xfe\xff")  # byte order marks of UTF-16


@contextmanager
def opened(name: str) -> Iterator[BinaryIO]:
    """Open the file `name`, or stdin for `-`, as bytes. Raises `UsageError` with the reason."""
    try:
        if name == STDIN:
            yield _stdin()
        else:
            with Path(name).open("rb") as stream:
                yield stream
    except OSError as error:
        raise _unreadable(name, error) from error


@contextmanager
def received(name: str) -> Iterator[str | Path]:
    """Yield the text of one answer, or the file with its sound.

    What cannot be read twice is copied into a private folder, which is gone afterwards. Raises
    `UsageError` where there is neither sound nor text of at most 1 MB.
    """
    if name != STDIN and is_named_as_sound(name):
        with sound_of(name) as file:
            yield file
        return
    with ExitStack() as stack:
        with opened(name) as stream:
            raw = stream.read(MOST_BYTES + 1)
            sound = _file_of(name, stack, raw, stream) if _is_sound(raw) else None
        if sound:
            stack.enter_context(_named(sound, name))
        yield sound or _text(raw, _shown(name))


@contextmanager
def sound_of(name: str) -> Iterator[Path]:
    """Yield a file that sound can be read from; of stdin or a pipe it is a private copy."""
    if name == STDIN and sys.stdin is not None and sys.stdin.isatty():
        raise UsageError("stdin is the keyboard, and sound is needed.", "Name a sound file.")
    with ExitStack() as stack:
        with opened(name) as stream:
            sound = _file_of(name, stack, b"", stream)
        with _named(sound, name):
            yield sound


@contextmanager
def _named(sound: Path, name: str) -> Iterator[None]:
    """Let errors name what the user named, not the copy of it."""
    try:
        yield
    except TrainerError as error:
        error.message = error.message.replace(str(sound), _shown(name))
        raise


def is_named_as_sound(name: str) -> bool:
    """Whether the suffix of a file's name is one of a sound file."""
    return Path(name).suffix.lower() in _SOUND_SUFFIXES


def bad_byte(error: UnicodeDecodeError) -> str:
    """Return which byte cannot be decoded, counted from 1."""
    return f"byte 0x{error.object[error.start]:02x} at position {error.start + 1}"


def _is_sound(raw: bytes) -> bool:
    return b"\0" in raw and (raw.startswith(_SOUND_BEGINNINGS) or raw[4:8] == b"ftyp")


def _file_of(name: str, stack: ExitStack, beginning: bytes, rest: BinaryIO) -> Path:
    """Return the file itself, or a copy of what can be read only once, which `stack` removes."""
    if name != STDIN and Path(name).is_file():
        return Path(name)
    from trainer.scratch import Scratch
    from trainer.system import ending_by_exception  # asyncio: 30 ms

    stack.enter_context(ending_by_exception())
    try:
        copy = stack.enter_context(Scratch()).folder / "sound"
        with copy.open("wb") as file:
            file.write(beginning)
            while piece := rest.read(_PIECE_BYTES):
                if file.tell() + len(piece) > MOST_COPIED_BYTES:
                    raise UsageError(
                        f"{_shown(name)} gives more than {MOST_COPIED_BYTES / 1e9:g} GB of sound.",
                        "Cut the answer out of it, save that as a file, and name it.",
                    )
                file.write(piece)
    except OSError as error:
        raise TrainerError(
            f"The sound cannot be copied to the temporary folder: {error.strerror or error}.",
            "Check the free space there, or save the sound as a file and name that.",
        ) from error
    return copy


def _text(raw: bytes, shown: str) -> str:
    if raw.startswith(_FOREIGN_BEGINNINGS):
        raise UsageError(f"{shown} is UTF-16 text, not UTF-8.", "Save it as UTF-8.")
    if b"\0" in raw:
        raise UsageError(
            f"{shown} is neither text nor a known sound file: byte {raw.index(0) + 1} is zero.",
            "Give the answer as plain text in UTF-8, or as a sound file.",
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


def _shown(name: str) -> str:
    return "stdin" if name == STDIN else name


def _stdin() -> BinaryIO:
    if sys.stdin is None:
        raise UsageError("There is nothing on stdin.", "Name a file in place of -.")
    if sys.stdin.isatty():
        note("Type the text. End with Ctrl+D (on Windows with Ctrl+Z and Enter).")
    return sys.stdin.buffer


def _unreadable(name: str, error: OSError) -> UsageError:
    if name == STDIN:
        return UsageError(f"stdin cannot be read: {error.strerror}.", "Name a file in its place.")
    if isinstance(error, FileNotFoundError):
        return UsageError(f"There is no file {name}.", "Check the name, or use - for stdin.")
    if Path(name).is_dir():  # where Windows says only that the rights are missing
        return UsageError(f"{name} is a folder.", "Name a file, or use - for stdin.")
    return UsageError(f"{name} cannot be read: {error.strerror}.", "Check the file and its rights.")
