"""Sound from elsewhere, a video call or a phone, as an answer of the history.

The way is that of an answer given here: a draft names the recording before there is one, the
recogniser reads the file, and `Answering.finish` rates and stores. So whatever ends the program
leaves nothing, or an unfinished answer with its sound.
"""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from trainer.answering import Answering
from trainer.children.parent import Stopped
from trainer.errors import SoundError, TrainerError, UsageError
from trainer.paths import expanded
from trainer.session.plan import Item
from trainer.store.types import Draft
from trainer.transcript.engines import Engine
from trainer.transcript.types import Transcript

LONG_S = 15 * 60.0
"""The recorder ends an answer then; longer sound may hold several."""

_LONGEST_NAME = 200
_CLOCK = re.compile(r"(?:(?:(\d+):)?(\d+):)?(\d+(?:\.\d+)?)", re.ASCII)

OnProgress = Callable[[str, float | None], object]
"""What is done, and the share of it that is done, 0..1; None where nobody can tell."""

Cancelled = Callable[[], bool]

__all__ = [
    "Imported",
    "Importing",
    "LeftError",
    "Piece",
    "Stopped",
    "check_date",
    "path_of",
    "seconds_of",
]


class LeftError(Stopped):
    """It was stopped when the sound was safe already: its draft can be taken up again."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A sound file, or the part of it between two seconds; `to_s` None: to its end.

    `answered_at` is when it was said, None for now.
    """

    file: Path
    from_s: float = 0.0
    to_s: float | None = None
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """A draft that holds the sound of a file, and its words if there are any.

    `damaged`: the file goes on and cannot be read there. `problem` is why there are no words.
    """

    draft: Draft
    length_s: float
    damaged: bool = False
    engine: Engine | None = None
    problem: SoundError | None = None

    @property
    def is_rough(self) -> bool:
        """Whether the words are too rough to be rated before their speaker has accepted them."""
        words = self.draft.heard
        return words is not None and words.source == "builtin" and bool(words.words)


class Importing:
    """Imports for a history. Methods take a while: call them in a thread, or without a screen."""

    def __init__(self, answering: Answering) -> None:
        self._answering = answering

    def take_in(
        self,
        piece: Piece,
        item: Item,
        engine: Engine | None,
        on_progress: OnProgress = lambda what, share: None,
        cancelled: Cancelled = lambda: False,
    ) -> Imported:
        """Make a draft of a piece of sound, with its words.

        A recogniser that fails leaves the sound without words. Before the sound is whole, an
        error or `Stopped` leaves nothing; after, `LeftError` leaves the draft, which `listen` goes
        on with. Raises `TrainerError`.
        """
        answering = self._answering
        check_date(piece.answered_at)
        draft = answering.new_draft(answering.run_of(item))
        if piece.answered_at:
            at = piece.answered_at.astimezone(UTC).isoformat(timespec="milliseconds")
            draft = replace(draft, started_at=at)
        on_progress("Reading the file", None)
        draft, length_s, damaged = self._convert(piece, draft, cancelled)
        heard = self.listen(draft, engine, on_progress, cancelled)
        return replace(heard, length_s=length_s, damaged=damaged)

    def listen(
        self,
        draft: Draft,
        engine: Engine | None,
        on_progress: OnProgress = lambda what, share: None,
        cancelled: Cancelled = lambda: False,
    ) -> Imported:
        """Write down the sound of an imported draft, and save its words.

        Raises `LeftError` where it is `cancelled`, and `StoreError`.
        """
        from trainer.capture.files import length_s
        from trainer.transcript.transcribing import transcribe

        file = self._answering.recording_of(draft)
        if file is None or engine is None:
            return Imported(draft, length_s(file) if file else 0.0)

        def report(share: float) -> None:
            if cancelled():
                raise LeftError
            on_progress("Writing down the words", share)

        try:
            report(0.0)
            words = transcribe(file, engine, report)
        except SoundError as error:
            return Imported(draft, length_s(file), engine=engine, problem=error)
        heard = Transcript.heard(words, engine.name)
        draft = replace(draft, heard=heard, text=heard.text)
        self._answering.save_draft(draft)
        return Imported(draft, length_s(file), engine=engine)

    def _convert(
        self, piece: Piece, draft: Draft, cancelled: Cancelled
    ) -> tuple[Draft, float, bool]:
        """Return the draft with its sound on the disk; what fails leaves neither."""
        from trainer.capture.files import Notes, write_notes
        from trainer.capture.sound_files import convert

        answering = self._answering
        file = answering.new_recording()
        draft = replace(draft, recording=file.name)
        answering.save_draft(draft)
        try:
            try:
                origin = piece.file.name[:_LONGEST_NAME]
                write_notes(file, Notes(draft.started_at, origin=origin))
            except OSError as error:
                raise SoundError(
                    f"The sound cannot be kept in {file.parent}: {error.strerror}.",
                    "Free some space on its disk and check your rights there, then try again.",
                ) from error
            converted = convert(piece.file, file, piece.from_s, piece.to_s, cancelled)
            draft = replace(draft, counted_s=converted.length_s)
            answering.save_draft(draft)
        except BaseException:
            with suppress(TrainerError):
                answering.discard_draft(draft.id)
            raise
        return draft, converted.length_s, converted.damaged


def seconds_of(text: str) -> float:
    """Return the seconds of "75", "1:15", "0:01:15" or "75.5". Raises `ValueError`."""
    found = _CLOCK.fullmatch(text.strip())
    if not found:
        raise ValueError(f"{text!r} is no time")
    hours, minutes, seconds = found.groups()
    return int(hours or 0) * 3600 + int(minutes or 0) * 60 + float(seconds)


def path_of(pasted: str) -> Path:
    """Return the file that was typed, pasted, or dropped on the terminal.

    Terminals write a dropped file in quotes, with its blanks escaped, or as an address.
    """
    text = pasted.strip()
    if text.startswith("file:"):
        return _of_address(text)
    plain = expanded(text)
    if os.path.exists(plain):  # noqa: PTH110 - False, not an error, for what is no path
        return plain
    if os.name != "posix":
        return expanded(text.strip('"'))
    try:
        words = shlex.split(text)
    except ValueError:  # a quote that is a part of the name
        return plain
    if len(words) != 1:
        return plain
    return _of_address(words[0]) if words[0].startswith("file:") else expanded(words[0])


def _of_address(address: str) -> Path:
    from urllib.parse import urlsplit
    from urllib.request import url2pathname  # 30 ms

    try:
        return Path(url2pathname(urlsplit(address).path))
    except ValueError:
        return Path(address)


def check_date(answered_at: datetime | None) -> None:
    """Raise `UsageError` for a day that has not come; None is now."""
    if answered_at and answered_at.astimezone(UTC) > datetime.now(UTC) + timedelta(days=1):
        raise UsageError("That date is in the future.", "Give the day on which it was said.")
