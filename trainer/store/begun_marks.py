"""Marks by hand that were begun and are not given yet: statements inside a transaction."""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Mapping

from trainer.bank.types import Mark

_log = logging.getLogger(__name__)


def put(
    db: sqlite3.Connection, attempt_id: str, transcript_id: str, marks: Mapping[str, Mark]
) -> None:
    """Keep the marks in place of those that were begun before; without any none are begun."""
    if not marks:
        drop(db, attempt_id)
        return
    db.execute(
        """
        INSERT INTO begun_marks (attempt_id, transcript_id, marks) VALUES (?, ?, ?)
        ON CONFLICT (attempt_id) DO UPDATE SET
            transcript_id = excluded.transcript_id,
            marks = excluded.marks
        """,
        (attempt_id, transcript_id, json.dumps(marks)),
    )


def find(db: sqlite3.Connection, attempt_id: str, transcript_id: str) -> dict[str, Mark]:
    """Return the marks that were begun of these words; damaged ones are none."""
    row = db.execute(
        "SELECT marks FROM begun_marks WHERE attempt_id = ? AND transcript_id = ?",
        (attempt_id, transcript_id),
    ).fetchone()
    return _decoded(attempt_id, row["marks"]) if row else {}


def waiting(db: sqlite3.Connection) -> tuple[str, ...]:
    """Return the questions of the answers whose newest words have begun marks, the newest first."""
    rows = db.execute(
        """
        SELECT a.id, a.prompt, b.marks FROM begun_marks b JOIN attempts a ON a.id = b.attempt_id
        WHERE a.deleted_by IS NULL AND b.transcript_id = (
            SELECT t.id FROM transcripts t WHERE t.attempt_id = a.id ORDER BY t.number DESC LIMIT 1
        )
        ORDER BY a.number DESC
        """
    )
    return tuple(row["prompt"] for row in rows if _decoded(row["id"], row["marks"]))


def _decoded(attempt_id: str, marks: str) -> dict[str, Mark]:
    try:
        return {name: Mark(mark) for name, mark in json.loads(marks).items()}
    except (ValueError, TypeError, AttributeError) as error:
        _log.warning("begun marks of %s: %s", attempt_id, error)
        return {}


def drop(db: sqlite3.Connection, attempt_id: str) -> None:
    """Forget what was begun of an attempt."""
    db.execute("DELETE FROM begun_marks WHERE attempt_id = ?", (attempt_id,))
