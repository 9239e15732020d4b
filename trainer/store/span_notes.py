"""Notes on words of an answer: statements inside a transaction of the caller's.

What a note says is private, as an answer is: it is never logged.
"""

from __future__ import annotations

import sqlite3

from trainer.store.types import SpanNote

_SEEN = "id = ? AND attempt_id IN (SELECT id FROM attempts WHERE deleted_by IS NULL)"
"""A note of that id, unless its attempt was deleted: that may be undone."""


def add(db: sqlite3.Connection, note: SpanNote) -> None:
    """Insert a note. Raises `ValueError` where it stands on no words."""
    if not 0 <= note.start < note.end:
        raise ValueError("a note stands on no words")
    db.execute(
        """
        INSERT INTO span_notes (
            id, attempt_id, transcript_id, created_at, rater, first_word, end_word, text,
            rater_name
        )
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        (
            note.id,
            note.attempt_id,
            note.transcript_id,
            note.created_at,
            note.rater,
            note.start,
            note.end,
            note.text,
            note.rater_name,
        ),
    )


def change(db: sqlite3.Connection, note_id: str, text: str) -> bool:
    """Let a note say something else; tell whether there is such a note."""
    statement = f"UPDATE span_notes SET text = ? WHERE {_SEEN}"  # noqa: S608 - of ours
    return bool(db.execute(statement, (text, note_id)).rowcount)


def delete(db: sqlite3.Connection, note_id: str) -> bool:
    """Delete a note; tell whether there was such a one."""
    statement = f"DELETE FROM span_notes WHERE {_SEEN}"  # noqa: S608 - of ours
    return bool(db.execute(statement, (note_id,)).rowcount)


def of_attempt(db: sqlite3.Connection, attempt_id: str) -> tuple[SpanNote, ...]:
    """Return the notes of an attempt, in the order of its words; damaged ones are left out."""
    rows = db.execute(
        """
        SELECT * FROM span_notes WHERE attempt_id = ?
        ORDER BY transcript_id, first_word, end_word, number
        """,
        (attempt_id,),
    )
    return tuple(
        SpanNote(
            row["id"],
            row["attempt_id"],
            row["transcript_id"],
            row["first_word"],
            row["end_word"],
            row["text"],
            row["created_at"],
            row["rater"],
            row["rater_name"],
        )
        for row in rows
        if row["rater"] in ("self", "peer")
        and isinstance(row["first_word"], int)
        and isinstance(row["end_word"], int)
    )
