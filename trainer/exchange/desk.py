"""A shared answer on the desk of whoever marks it: each change is in a file of theirs at once.

The file that came is never written over. Beside it another is kept, named after it with
`-reviewed`; whoever opens the first one again goes on with what they gave there.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from threading import RLock

from trainer.bank.types import Mark
from trainer.errors import TrainerError, UsageError
from trainer.exchange.exchanging import write_file
from trainer.exchange.problems import FileError
from trainer.exchange.share_document import CommentEntry, ReviewEntry, ShareFile
from trainer.exchange.share_reading import Shared, holds_share, read_share
from trainer.exchange.share_reviewing import (
    add_comment,
    add_review,
    one_name,
    record_of,
    show_share,
    take_back,
    write_review,
)
from trainer.exchange.share_sound import BadSoundError, write_sound
from trainer.recall import AttemptView, decode_rubric
from trainer.review.sides import Side, side_of
from trainer.scratch import Scratch

_REVIEWED = "-reviewed"
_NUMBERED = re.compile(r"-reviewed(?:-(\d{1,4}))?")
_MOST_NAMES = 100

Rated = Mapping[str, Mark]
Said = ReviewEntry | CommentEntry


@dataclass(frozen=True, slots=True)
class Given:
    """What one rater gave: marks by criterion, or what they say of the whole, or both.

    `who` is the name that a person gave, or "machine", or "self" for whoever spoke.
    """

    id: str
    who: str
    marks: Rated
    note: str = ""
    is_person: bool = True


class Desk:
    """One shared answer, what others gave it, and what `name` gives it here.

    What others gave is left out until it is revealed, which is once own marks are there or where
    `reveal` is called. Changes raise `TrainerError` where they cannot be written; they are made
    all the same, and the next one, or `write`, tries again. Safe to call from threads.
    """

    def __init__(
        self,
        file: Path,
        name: str = "",
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Open a file. Raises `FileError` where it is no shared answer."""
        self.file = file
        self.name = one_name(name)
        self._now = now
        self._lock = RLock()
        self._shared = read_share(file)
        self._came = frozenset(one.id for one in _all(self._shared.entry))
        self._target: Path | None = None
        self._written: str | None = None
        self._failed = False
        self._with_sound = False
        self._is_revealed = False
        self._scratch: Scratch | None = None
        self._sound: Path | None = None
        self.problem: str | None = None
        """Why the sound of the file cannot be heard, where it has one."""
        self._go_on()
        self._open_sound()

    def close(self) -> None:
        """Delete the sound that was written out to be heard."""
        with self._lock:
            if self._scratch:
                self._scratch.close()
            self._scratch = self._sound = None

    # What there is

    @property
    def entry(self) -> ShareFile:
        """The file as it is now, with all that was added."""
        return self._shared.entry

    @property
    def target(self) -> Path | None:
        """The file that holds the changes; None before the first."""
        return self._target

    @property
    def is_kept(self) -> bool:
        """Whether all that was given here is in the file `target`."""
        return not self._failed

    @property
    def goes_on(self) -> bool:
        """Whether something was given here, now or when the file was opened before."""
        return any(self._is_here(one.id) for one in _all(self.entry))

    @property
    def is_revealed(self) -> bool:
        """Whether what others gave is shown."""
        return self._is_revealed or (self.own is not None and bool(self.own.marks))

    @property
    def hides(self) -> bool:
        """Whether something that others gave is not shown yet."""
        others = any(not self._is_mine(one) for one in _all(self.entry))
        return not self.is_revealed and bool(others or self.entry.ratings)

    @property
    def own(self) -> Given | None:
        """What the user gave of the whole; None before."""
        mine = [one for one in self.entry.reviews if self._is_mine(one)]
        return _given(mine[-1]) if mine else None

    def given(self) -> tuple[Given, ...]:
        """Return own marks first, then those of others once they are revealed."""
        own = self.own
        found = [own] if own else []
        if self.is_revealed:
            found += [_given(one) for one in self.entry.reviews if not self._is_mine(one)]
            found += [
                Given(one.id, one.rater, _marks(one.marks), is_person=False)
                for one in self.entry.ratings
            ]
        return tuple(found)

    def comments(self) -> tuple[CommentEntry, ...]:
        """Return what is said of words, in their order: own, and once revealed that of others."""
        shown = (one for one in self.entry.comments if self.is_revealed or self._is_mine(one))
        return tuple(sorted(shown, key=lambda one: (one.start, one.end, one.created_at)))

    def own_comment(self, start: int, end: int) -> CommentEntry | None:
        """Return the user's newest comment on exactly these words; None without any."""
        mine = (one for one in self.entry.comments if self._is_mine(one))
        exact = [one for one in mine if (one.start, one.end) == (start, end)]
        return exact[-1] if exact else None

    def is_own(self, comment: CommentEntry) -> bool:
        """Whether the user gave it, so that it can be changed."""
        return self._is_mine(comment)

    def view(self) -> AttemptView:
        """Return the answer ready to show, without anybody's marks, and with the sound if any."""
        with self._lock:
            bare = replace(self.entry, ratings=(), reviews=(), comments=self.comments())
            return show_share(replace(self._shared, entry=bare), self._sound)

    @property
    def compares_with(self) -> str | None:
        """The id of the marks that own ones can be compared with, once both are shown.

        They are the machine's, or where the file has none of it those of whoever marked last.
        """
        if self.own is None or not self.own.marks:
            return None
        people = [one.id for one in self.entry.reviews if one.marks and not self._is_mine(one)]
        machine = [one.id for one in self.entry.ratings if one.rater == "machine"]
        return next(reversed(people + machine), None)

    def beside(self) -> tuple[Side, Side] | None:
        """Return another's marks, and beside them own ones; None where nothing can be compared."""
        own, other = self.own, self.compares_with
        if own is None or other is None:
            return None
        with self._lock:
            record = record_of(self._shared)
        ids = [one.id for one in record.ratings_of(record.transcripts[-1])]
        before, after = (
            side_of(record, decode_rubric, rating_number=ids.index(one) + 1)
            for one in (other, own.id)
        )
        return before, after

    # What is given

    def call(self, name: str) -> None:
        """Say who gives what is given from now on."""
        self.name = one_name(name)

    def reveal(self) -> None:
        """Show what others gave, though there are no own marks yet."""
        self._is_revealed = True

    def rate(self, marks: Rated) -> None:
        """Give a mark for each criterion, in place of those that were given here before."""
        own = self.own
        self._review(marks, own.note if own else "")

    def say(self, text: str) -> None:
        """Say something of the whole, in place of what was said; nothing takes it back."""
        own = self.own
        self._review(own.marks if own else {}, text)

    def comment(self, start: int, end: int, text: str) -> None:
        """Say something of the words `start` to `end` (excluded)."""
        self._change(lambda now: add_comment(self._shared, self.name, now, start, end, text))

    def change_comment(self, comment_id: str, text: str) -> None:
        """Put other words in the place of an own comment; without any it is taken back."""
        mine = (one for one in self.entry.comments if self._is_mine(one))
        old = next((one for one in mine if one.id == comment_id), None)
        if old is None:
            raise UsageError("This comment is not yours.", "Only its writer can change it.")

        def changed(now: str) -> Shared:
            rest = take_back(self._shared, old.id)
            said = text.strip()
            return add_comment(rest, self.name, now, old.start, old.end, said) if said else rest

        self._change(changed)

    def put_comment(self, start: int, end: int, text: str) -> None:
        """Let the own comment on these words say `text`; without any there is none."""
        with self._lock:
            there = self.own_comment(start, end)
            if there:
                self.change_comment(there.id, text)
            elif text.strip():
                self.comment(start, end, text)

    def take_marks_back(self) -> None:
        """Take back what was given of the whole: marks, and what was said beside them."""
        self._review({}, "")

    def write(self, file: Path, *, replaces: bool = False, with_sound: bool = False) -> None:
        """Write everything into a file of the user's choice; later changes go there, too.

        Raises `UsageError` where there is such a file, unless it is to be replaced.
        """
        with self._lock:
            text = write_review(self._shared, with_sound=with_sound)
            write_file(file, text, replaces=replaces)
            self._target, self._with_sound = file, with_sound
            self._written, self._failed = text, False

    def keep(self) -> None:
        """Try again to write what could not be written. Raises `TrainerError`."""
        with self._lock:
            if self._failed:
                self._keep()

    # How it is kept

    def _is_here(self, given_id: str) -> bool:
        return given_id not in self._came

    def _is_mine(self, one: Said) -> bool:
        return self._is_here(one.id) or (bool(self.name) and one.name == self.name)

    def _review(self, marks: Rated, note: str) -> None:
        mine = [one.id for one in self.entry.reviews if self._is_mine(one)]

        def changed(now: str) -> Shared:
            rest = self._shared
            for one in mine:
                rest = take_back(rest, one)
            if not marks and not note.strip():
                return rest
            return add_review(rest, self.name, now, marks or None, note)

        self._change(changed)

    def _change(self, change: Callable[[str], Shared]) -> None:
        with self._lock:
            at = self._now().astimezone(UTC).isoformat(timespec="milliseconds")
            self._shared = change(at)
            self._failed = True
            self._keep()

    def _keep(self) -> None:
        text = write_review(self._shared, with_sound=self._with_sound)
        if self._target and _text_of(self._target) != self._written:
            self._target = None  # somebody else has changed it: it is left to them
        if self._target:
            write_file(self._target, text, replaces=True)
        else:
            self._target = self._write_anew(text)
        self._written, self._failed = text, False

    def _write_anew(self, text: str) -> Path:
        for file in _names(self.file):
            try:
                write_file(file, text)
            except UsageError:
                continue
            return file
        raise TrainerError(
            f"There are {_MOST_NAMES} files with such a name beside it.",
            "Write it to another file.",
        )

    def _go_on(self) -> None:
        """Take up what was given when this file was opened before."""
        for file in _names(self.file):
            if not os.path.lexists(file):
                return
            if not holds_share(file):
                continue
            try:
                before = read_share(file)
            except FileError:
                continue
            text = _text_of(file)
            if text is not None and _is_of(before.entry, self.entry):
                self._target, self._written = file, text
                self._shared = _joined(self._shared, before.entry)
                return

    def _open_sound(self) -> None:
        if self._shared.sound is None:
            return
        try:
            self._scratch = Scratch()
            self._sound = write_sound(self._shared.sound, self._scratch.folder)
        except BadSoundError as error:
            self.problem = f"{error} The words can be read and marked."
        except OSError as error:
            reason = error.strerror or "no room for it"
            self.problem = f"The sound cannot be played: {reason}. The words can be marked."


def _all(entry: ShareFile) -> Iterator[Said]:
    yield from entry.reviews
    yield from entry.comments


def _joined(shared: Shared, before: ShareFile) -> Shared:
    """Return a file with what another of the same answer has beyond it."""
    entry = shared.entry
    there = {one.id for one in _all(entry)}
    reviews = (one for one in before.reviews if one.id not in there)
    comments = (one for one in before.comments if one.id not in there)
    return replace(
        shared,
        entry=replace(
            entry,
            reviews=(*entry.reviews, *reviews),
            comments=(*entry.comments, *comments),
        ),
    )


def _given(review: ReviewEntry) -> Given:
    return Given(review.id, review.name, _marks(review.marks or {}), review.note)


def _marks(marks: Mapping[str, int]) -> dict[str, Mark]:
    return {name: Mark(mark) for name, mark in marks.items()}


def _is_of(before: ShareFile, entry: ShareFile) -> bool:
    """Whether a file is of the same answer, in the same words and by the same checklist."""
    return (before.attempt_id, before.words.id, before.words.text, before.checklist) == (
        entry.attempt_id,
        entry.words.id,
        entry.words.text,
        entry.checklist,
    )


def _names(file: Path) -> Iterator[Path]:
    """Yield names for what goes back: the file's with -reviewed, then with numbers behind."""
    stem, number = file.stem, 0
    found = _NUMBERED.search(stem, max(0, len(stem) - len(_REVIEWED) - 5))
    if found and found.end() == len(stem):
        stem, number = stem[: found.start()], int(found.group(1) or 1)
    for at in range(number + 1, number + _MOST_NAMES + 1):
        behind = f"-{at}" if at > 1 else ""
        yield file.with_name(f"{stem}{_REVIEWED}{behind}{file.suffix or '.json'}")


def _text_of(file: Path) -> str | None:
    try:
        return file.read_text(encoding="ascii") if file.is_file() else None
    except (OSError, ValueError):
        return None
