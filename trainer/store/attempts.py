"""Attempts with their transcripts and ratings: statements inside a transaction of the caller's."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterable
from dataclasses import asdict, fields

from trainer.analysis.types import Delivery
from trainer.errors import StoreError
from trainer.store import begun_marks, codec, filler_reviews, shared_rounds, span_notes, tags
from trainer.store.types import Attempt, AttemptRecord, StoredRating, StoredTranscript
from trainer.transcript.types import Transcript

ATTEMPT = """
    a.*, (SELECT group_concat(name, char(10)) FROM tags WHERE attempt_id = a.id) AS tags
"""
"""The columns of `attempts a` that `attempt_of` reads."""

_log = logging.getLogger(__name__)


def add(db: sqlite3.Connection, attempt: Attempt) -> None:
    """Insert an attempt with its tags."""
    db.execute(
        """
        INSERT INTO attempts (
            id, session_id, bank_id, bank_title, question_id, prompt, rubric_id, started_at,
            lower_s, upper_s, take, superseded, probe_of, criterion_id, recording, origin,
            starred
        )
        VALUES (
            :id, :session_id, :bank_id, :bank_title, :question_id, :prompt, :rubric_id, :started_at,
            :lower_s, :upper_s, :take, :superseded, :probe_of, :criterion_id, :recording,
            :origin, :starred
        )
        """,
        {
            **asdict(attempt),
            "recording": codec.recording_name(attempt.recording),
            "origin": None if attempt.origin is None else codec.storable(attempt.origin),
            "tags": None,
        },
    )
    if attempt.tags:
        tags.put(db, attempt.id, attempt.tags)


def add_transcript(db: sqlite3.Connection, stored: StoredTranscript) -> None:
    """Insert a version of an attempt's words."""
    db.execute(
        """
        INSERT INTO transcripts (
            id, attempt_id, created_at, source, text, words, delivery, corrects
        )
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """,
        (
            stored.id,
            stored.attempt_id,
            stored.created_at,
            stored.transcript.source,
            stored.transcript.text,
            codec.encode_words(stored.transcript),
            codec.encode_delivery(stored.delivery),
            stored.corrects,
        ),
    )


def add_rating(db: sqlite3.Connection, stored: StoredRating) -> None:
    """Insert a rating, and its rubric if no other rating was given by the same.

    Damage may have changed the text of a rubric: then it is written anew, for all its ratings.
    What the speaker had begun to mark is done with a rating of their own.
    """
    import hashlib  # 2 ms

    rubric = codec.storable(stored.rubric_json)
    digest = hashlib.sha256(rubric.encode()).hexdigest()
    db.execute(
        """
        INSERT INTO rubrics (digest, json) VALUES (?, ?)
        ON CONFLICT (digest) DO UPDATE SET json = excluded.json WHERE json IS NOT excluded.json
        """,
        (digest, rubric),
    )
    db.execute(
        """
        INSERT INTO ratings (
            id, attempt_id, transcript_id, created_at, rating, score, rubric_digest, rater,
            rater_name, comment
        )
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        (
            stored.id,
            stored.attempt_id,
            stored.transcript_id,
            stored.created_at,
            codec.encode_rating(stored.rating),
            stored.score,
            digest,
            stored.rating.rater,
            codec.storable(stored.rater_name),
            codec.storable(stored.comment),
        ),
    )
    if stored.rating.rater == "self":
        begun_marks.drop(db, stored.attempt_id)


def find(db: sqlite3.Connection, attempt_id: str) -> AttemptRecord | None:
    """Return the attempt with all its versions; None where there is none, or it was deleted.

    A rating that damage has made unreadable is left out; damaged times or figures of a transcript
    are, so that its text can still be read.
    """
    wanted = f"SELECT {ATTEMPT} FROM attempts a WHERE a.id = ? AND a.deleted_by IS NULL"  # noqa: S608
    row = db.execute(wanted, (attempt_id,)).fetchone()
    if row is None:
        return None
    attempt = attempt_of(row)
    transcripts = db.execute(
        "SELECT * FROM transcripts WHERE attempt_id = ? ORDER BY number", (attempt_id,)
    )
    ratings = db.execute(
        """
        SELECT r.*, coalesce(u.json, '') AS rubric_json
        FROM ratings r LEFT JOIN rubrics u ON u.digest = r.rubric_digest
        WHERE r.attempt_id = ? ORDER BY r.number
        """,
        (attempt_id,),
    )
    follow_ups = db.execute(
        """
        SELECT id FROM attempts WHERE probe_of = ? AND deleted_by IS NULL
        ORDER BY started_at, number
        """,
        (attempt_id,),
    )
    return AttemptRecord(
        attempt,
        tuple(_transcript(row, attempt) for row in transcripts),
        tuple(rating for row in ratings if (rating := _rating(row))),
        tuple(row["id"] for row in follow_ups),
        filler_reviews.of_attempt(db, attempt_id),
        span_notes.of_attempt(db, attempt_id),
        shared_rounds.moments_of(db, attempt_id),
        shared_rounds.of_attempt(db, attempt_id),
    )


def require(db: sqlite3.Connection, attempt_id: str) -> None:
    """Raise `StoreError` for an attempt that is not there, or was deleted."""
    found = "SELECT 1 FROM attempts WHERE id = ? AND deleted_by IS NULL"
    if db.execute(found, (attempt_id,)).fetchone() is None:
        raise StoreError(
            "The answer that this belongs to is no longer in the history.",
            "It was deleted, perhaps in another window; nothing was changed.",
        )


def family(db: sqlite3.Connection, attempt_id: str) -> tuple[str, ...]:
    """Return the attempt's id and those of its follow-ups and of theirs; () if there is none.

    What was deleted before is none of them.
    """
    rows = db.execute(
        """
        WITH RECURSIVE family (id) AS (
            SELECT id FROM attempts WHERE id = ? AND deleted_by IS NULL
            UNION
            SELECT a.id FROM attempts a JOIN family f ON a.probe_of = f.id
            WHERE a.deleted_by IS NULL
        )
        SELECT id FROM family
        """,
        (attempt_id,),
    )
    return tuple(row["id"] for row in rows)


def delete(db: sqlite3.Connection, attempt_ids: Iterable[str]) -> None:
    """Delete attempts with their transcripts and ratings, and rubrics that none is left for."""
    for attempt_id in attempt_ids:
        db.execute("DELETE FROM attempts WHERE id = ?", (attempt_id,))
    db.execute(
        """
        DELETE FROM rubrics
        WHERE NOT EXISTS (SELECT 1 FROM ratings WHERE rubric_digest = rubrics.digest)
        """
    )


def attempt_of(row: sqlite3.Row) -> Attempt:
    """Return the attempt in a row that has the columns `ATTEMPT`."""
    values = {field.name: row[field.name] for field in fields(Attempt)}
    values["superseded"] = bool(row["superseded"])
    values["starred"] = bool(row["starred"])
    values["tags"] = tuple(sorted((row["tags"] or "").split("\n"))) if row["tags"] else ()
    values["recording"] = recording_of(row)
    return Attempt(**values)


def recording_of(row: sqlite3.Row) -> str | None:
    """Return the name of the recording in a row; None where there is none or it is damaged."""
    try:
        return codec.recording_name(row["recording"])
    except ValueError as error:
        _log.warning("%s: %s", row["id"], error)
        return None


def _transcript(row: sqlite3.Row, attempt: Attempt) -> StoredTranscript:
    text = row["text"]
    try:
        transcript = codec.decode_transcript(text, row["source"], row["words"])
    except ValueError as error:
        _log.warning("transcript %s: %s", row["id"], error)
        transcript = Transcript.typed(text, row["source"])
    try:
        delivery = codec.decode_delivery(row["delivery"])
    except ValueError as error:
        _log.warning("transcript %s: %s", row["id"], error)
        delivery = Delivery(
            len(transcript.words), None, None, attempt.lower_s, attempt.upper_s, 0, 0
        )
    return StoredTranscript(
        row["id"],
        row["attempt_id"],
        row["created_at"],
        transcript,
        delivery,
        row["corrects"],
    )


def _rating(row: sqlite3.Row) -> StoredRating | None:
    try:
        rating = codec.decode_rating(row["rating"])
    except ValueError as error:
        _log.warning("rating %s: %s", row["id"], error)
        return None
    return StoredRating(
        row["id"],
        row["attempt_id"],
        row["transcript_id"],
        row["created_at"],
        rating,
        row["score"],
        row["rubric_json"],
        row["rater_name"],
        row["comment"],
    )
