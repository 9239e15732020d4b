"""What the user says of stored answers: stars, tags, and notes on some of the words."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from threading import Lock
from typing import Literal

from trainer.errors import StoreError, TrainerError, UsageError
from trainer.store.database import Store
from trainer.store.types import SpanNote


class Annotations:
    """Stars, tags and notes over a history. Safe to call from worker threads.

    Each method raises `StoreError` for an attempt or a note that is not there any more, and where
    the history cannot be read or written.
    """

    def __init__(self, store: Store, now: Callable[[], datetime]) -> None:
        self._store = store
        self._now = now

    def star(self, attempt_id: str, *, starred: bool = True) -> None:
        """Star an attempt, or take its star away."""
        self._store.star(attempt_id, starred=starred)

    def set_tags(self, attempt_id: str, names: Iterable[str]) -> tuple[str, ...]:
        """Give an attempt these tags in place of its own; return them as they are kept.

        Nothing that is typed is an error: see `Store.set_tags` for what is kept of it.
        """
        return self._store.set_tags(attempt_id, names)

    def tag_counts(self) -> dict[str, int]:
        """Return how many attempts have each tag, in the order of the tags."""
        return self._store.tag_counts()

    def add_note(
        self,
        attempt_id: str,
        transcript_id: str,
        start: int,
        end: int,
        text: str,
        rater: Literal["self", "peer"] = "self",
    ) -> SpanNote:
        """Keep a note on the words from `start` to `end`, which is excluded; return it.

        Raises `UsageError` for a note that says nothing or stands on words that are not there.
        """
        said = _said(text)
        record = self._store.attempt(attempt_id)
        if record is None:
            raise StoreError(
                "The answer of this note is no longer in the history.",
                "It was deleted, perhaps in another window; nothing was changed.",
            )
        version = next((t for t in record.transcripts if t.id == transcript_id), None)
        if version is None or not 0 <= start < end <= len(version.transcript.words):
            raise UsageError(
                "The note stands on no words of this answer.", "Choose the words once more."
            )
        at = self._now().astimezone(UTC).isoformat(timespec="milliseconds")
        note = SpanNote(uuid.uuid4().hex, attempt_id, transcript_id, start, end, said, at, rater)
        self._store.add_note(note)
        return note

    def change_note(self, note_id: str, text: str) -> None:
        """Let a note say `text`. Raises `UsageError` for a text that says nothing."""
        self._store.change_note(note_id, _said(text))

    def delete_note(self, note_id: str) -> None:
        """Delete a note for good. One that is not there is no error."""
        self._store.delete_note(note_id)


class OpenText:
    """A text while it is written: stored as it is typed, so that a kill loses little.

    `store` puts a text in the place of the one before, "" takes it away; `before` is what is there.
    Threads may share it. Methods raise what `store` raises.
    """

    def __init__(self, store: Callable[[str], object], before: str) -> None:
        self._store = store
        self._before = before
        self._stored: str | None = before
        """What is there; None where that is not known, as it could not be stored."""
        self._closed = False
        self._lock = Lock()
        self.is_touched = False
        """Whether `keep` was called: then something else may be stored than before."""

    def keep(self, text: str) -> None:
        """Store what it says so far: emptied, what it was before. After `finish` nothing is."""
        self.is_touched = True
        with self._lock:
            if not self._closed:
                self._put(text.strip() or self._before)

    def finish(self, text: str | None) -> None:
        """Store what it says in the end: "" deletes it, None makes it what it was before."""
        with self._lock:
            self._closed = True
            try:
                self._put(self._before if text is None else text.strip())
            except TrainerError:
                self._closed = False  # it is tried again
                raise

    def _put(self, text: str) -> None:
        if text != self._stored:
            self._stored = None
            self._store(text)
            self._stored = text


class OpenNote(OpenText):
    """A note on some words while it is written.

    `there` is the note that these words have, None for a new one. Methods raise as those of
    `Annotations` do.
    """

    def __init__(
        self,
        notes: Annotations,
        attempt_id: str,
        place: tuple[str, int, int],
        there: SpanNote | None,
    ) -> None:
        super().__init__(self._store_note, there.text if there else "")
        self._notes = notes
        self._attempt_id = attempt_id
        self._place = place
        self._id = there.id if there else None

    def _store_note(self, text: str) -> None:
        if self._id is None:
            if text:
                self._id = self._notes.add_note(self._attempt_id, *self._place, text).id
        elif text:
            self._notes.change_note(self._id, text)
        else:
            self._notes.delete_note(self._id)
            self._id = None


def _said(text: str) -> str:
    said = text.strip()
    if not said:
        raise UsageError("The note says nothing.", "Write some words, or leave it.")
    return said
