"""Taking answers of an exported history in: what is new is added, what is there stays as it is."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from trainer.store import attempts, filler_reviews, listing, shared_rounds, span_notes
from trainer.store.connection import Database
from trainer.store.search import Search
from trainer.store.types import AttemptRecord

_ORDERED = ("transcripts", "ratings", "filler_reviews")
_Outcome = Literal["added", "completed", "same", "differing"]


@dataclass(frozen=True, slots=True)
class Merged:
    """How many answers were added, got versions, ratings or notes that they lacked, or had all.

    `differing` are the ids of those that contradict what is stored: they were left out.
    """

    added: int
    completed: int
    same: int
    differing: tuple[str, ...] = ()


class Merging:
    """The part of `Store` that takes other histories in."""

    _database: Database
    _search: Search

    def merge(self, records: Sequence[AttemptRecord]) -> Merged:
        """Add what these records hold and the history does not, all of it or nothing.

        An answer that is there keeps its question, star, tags and what was written about it; its
        versions and ratings stand in the order in which they were made, wherever that was. One
        that was deleted and could still be brought back is. Nothing that is there is changed.
        """
        with self._database.writing() as db:
            outcomes = [self._merge(db, record) for record in records]
        differing = (
            record.attempt.id
            for record, outcome in zip(records, outcomes, strict=True)
            if outcome == "differing"
        )
        return Merged(
            outcomes.count("added"),
            outcomes.count("completed"),
            outcomes.count("same"),
            tuple(differing),
        )

    def _merge(self, db: sqlite3.Connection, record: AttemptRecord) -> _Outcome:
        attempt_id = record.attempt.id
        if _is_taken(db, record):
            return "differing"
        deleter = _mark(db, attempt_id, None)
        stored = attempts.find(db, attempt_id)
        if stored and _differs(stored, record):
            _mark(db, attempt_id, deleter)
            return "differing"
        if stored is None:
            attempts.add(db, record.attempt)
        new = _without(record, stored) if stored else record
        for transcript in new.transcripts:
            attempts.add_transcript(db, transcript)
        for rating in new.ratings:
            attempts.add_rating(db, rating)
        for review in new.filler_reviews:
            filler_reviews.add(db, review)
        for note in new.notes:
            span_notes.add(db, note)
        for moment in new.moments:
            shared_rounds.add_moment(db, moment)
        if new.shared:
            shared_rounds.add(db, new.shared)
        changed = any(
            (
                new.transcripts,
                new.ratings,
                new.filler_reviews,
                new.notes,
                new.moments,
                new.shared is not None,
            )
        )
        if stored and changed:
            self._search.drop(db, attempt_id)
            for table in _ORDERED:
                _order(db, table, attempt_id)
        if stored is None or changed or deleter:
            self._search.index(db, attempt_id)
            listing.refresh(db, (attempt_id,))
        if stored is None or deleter:
            return "added"
        return "completed" if changed else "same"


def _mark(db: sqlite3.Connection, attempt_id: str, deleter: str | None) -> str | None:
    """Say which program has deleted an attempt, None for none; return what it said before."""
    found = db.execute("SELECT deleted_by FROM attempts WHERE id = ?", (attempt_id,)).fetchone()
    before: str | None = found["deleted_by"] if found else None
    if before != deleter:
        db.execute("UPDATE attempts SET deleted_by = ? WHERE id = ?", (deleter, attempt_id))
    return before


def _is_taken(db: sqlite3.Connection, record: AttemptRecord) -> bool:
    """Tell whether another answer has something under an id of this record's."""
    found = (
        ("transcripts", record.transcripts),
        ("ratings", record.ratings),
        ("filler_reviews", record.filler_reviews),
        ("span_notes", record.notes),
        ("moments", record.moments),
    )
    return any(
        row["attempt_id"] != record.attempt.id
        for table, kept in found
        for one in kept
        for row in db.execute(f"SELECT attempt_id FROM {table} WHERE id = ?", (one.id,))  # noqa: S608
    )


def _differs(stored: AttemptRecord, record: AttemptRecord) -> bool:
    """Tell whether a record is another answer than the one that is stored under its id.

    The words of a version never change; spans of new ratings would show other words.
    """
    ours, theirs = stored.attempt, record.attempt
    if (ours.prompt, ours.question_id, ours.started_at) != (
        theirs.prompt,
        theirs.question_id,
        theirs.started_at,
    ):
        return True
    words = {version.id: version.transcript for version in stored.transcripts}
    return any(
        version.id in words
        and (
            words[version.id].text != version.transcript.text
            or len(words[version.id].words) != len(version.transcript.words)
        )
        for version in record.transcripts
    )


def _without(record: AttemptRecord, stored: AttemptRecord) -> AttemptRecord:
    """Return what a record has and the stored one lacks."""
    return AttemptRecord(
        record.attempt,
        tuple(t for t in record.transcripts if t.id not in {s.id for s in stored.transcripts}),
        tuple(r for r in record.ratings if r.id not in {s.id for s in stored.ratings}),
        filler_reviews=tuple(
            r for r in record.filler_reviews if r.id not in {s.id for s in stored.filler_reviews}
        ),
        notes=tuple(n for n in record.notes if n.id not in {s.id for s in stored.notes}),
        moments=tuple(m for m in record.moments if m.id not in {s.id for s in stored.moments}),
        shared=record.shared if stored.shared is None else None,
    )


def _order(db: sqlite3.Connection, table: str, attempt_id: str) -> None:
    """Number the rows of an attempt in the order in which they were made: the last is the newest.

    Equal moments keep their order. The attempt must not be in the index meanwhile.
    """
    rows = db.execute(
        f"SELECT number, created_at FROM {table} WHERE attempt_id = ? ORDER BY number",  # noqa: S608
        (attempt_id,),
    ).fetchall()
    wanted = sorted(rows, key=lambda row: str(row["created_at"]))
    if wanted == rows:
        return
    last = db.execute(f"SELECT max(number) AS last FROM {table}").fetchone()["last"]  # noqa: S608
    for place, row in enumerate(wanted, 1):
        db.execute(
            f"UPDATE {table} SET number = ? WHERE number = ?",  # noqa: S608
            (last + place, row["number"]),
        )
