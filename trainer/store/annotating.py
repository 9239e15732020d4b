"""What the user says of stored answers: stars, tags, notes on words, and marks under way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from trainer.bank.types import Mark
from trainer.errors import StoreError
from trainer.store import attempts, begun_marks, listing, span_notes, tags
from trainer.store.connection import Database
from trainer.store.types import SpanNote


class Annotating:
    """The part of `Store` that keeps what the user says of an attempt.

    Each method raises `StoreError` for an attempt or note that is not there any more.
    """

    _database: Database

    def star(self, attempt_id: str, *, starred: bool = True) -> None:
        """Star an attempt, or take its star away."""
        with self._database.writing() as db:
            attempts.require(db, attempt_id)
            db.execute("UPDATE attempts SET starred = ? WHERE id = ?", (starred, attempt_id))
            listing.refresh(db, (attempt_id,))

    def set_tags(self, attempt_id: str, names: Iterable[str]) -> tuple[str, ...]:
        """Give an attempt these tags in place of its own; return them as they are kept.

        They are made plain (one line, at most `MOST_TAG_CHARACTERS`), sorted, and each kept once,
        whatever its capitals; nothing that is typed is an error.
        """
        with self._database.writing() as db:
            attempts.require(db, attempt_id)
            return tags.put(db, attempt_id, names)

    def tag_counts(self) -> dict[str, int]:
        """Return how many attempts have each tag, in the order of the tags."""
        with self._database.reading() as db:
            return tags.counts(db)

    def add_note(self, note: SpanNote) -> None:
        """Keep a note on words of an attempt. Raises `ValueError` where it stands on no words."""
        with self._database.writing() as db:
            attempts.require(db, note.attempt_id)
            span_notes.add(db, note)

    def change_note(self, note_id: str, text: str) -> None:
        """Let a note say `text`; what it said before is then gone from the file and its log."""
        with self._database.writing() as db:
            if not span_notes.change(db, note_id, text):
                raise _missing()
        self._database.empty_log()

    def delete_note(self, note_id: str) -> None:
        """Delete a note for good. One that is not there is no error."""
        with self._database.writing() as db:
            span_notes.delete(db, note_id)
        self._database.empty_log()

    def begin_marks(self, attempt_id: str, transcript_id: str, marks: Mapping[str, Mark]) -> None:
        """Keep marks by hand of these words that are not given yet; without any forget them.

        They go when the speaker's rating is added. As with a draft, the last one may be lost when
        the power fails.
        """
        with self._database.writing("NORMAL") as db:
            attempts.require(db, attempt_id)
            begun_marks.put(db, attempt_id, transcript_id, marks)

    def begun_marks(self, attempt_id: str, transcript_id: str) -> dict[str, Mark]:
        """Return the marks that were begun of these words; none where none were."""
        with self._database.reading() as db:
            return begun_marks.find(db, attempt_id, transcript_id)

    def half_marked(self) -> tuple[str, ...]:
        """Return the questions of the answers whose marks were begun, the newest answer first."""
        with self._database.reading() as db:
            return begun_marks.waiting(db)


def _missing() -> StoreError:
    return StoreError("This note is no longer there.", "It was deleted, perhaps in another window.")
