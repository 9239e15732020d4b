"""Each answer without its words, in one narrow table: what progress over time is made of.

A part of the tables of `listing`, which says when they are written. A row holds the newest rating
of the newest words without its spans, the speaker's own marks, and the figures of delivery, so
that nobody who reads all answers has to read their words.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import astuple, replace
from typing import Any

from trainer.analysis.ranges import Figure, FigureName, measure_figures
from trainer.analysis.types import Delivery, Rating
from trainer.bank.types import Mark
from trainer.store import codec, filler_reviews
from trainer.store.types import Outline, counted_by_ear

SCHEMA = """
    CREATE TABLE outlines ( -- of what trainer.analysis.ranges measures, 1
        number INTEGER PRIMARY KEY REFERENCES library (number) ON DELETE CASCADE,
        attempt_id TEXT NOT NULL,
        is_follow_up INTEGER NOT NULL,
        rating TEXT,
        rubric_digest TEXT,
        own_marks TEXT,
        figures TEXT
    )
    """
"""Another number behind the comma lets the next start measure every answer anew."""

COLUMNS = """
    a.id, a.probe_of, t.id AS transcript_id, t.delivery, t.words AS timed,
    EXISTS (SELECT 1 FROM filler_reviews WHERE attempt_id = a.id) AS is_reviewed,
    EXISTS (SELECT 1 FROM rounds WHERE attempt_id = a.id AND role <> 'candidate') AS is_anothers
"""
"""What `put` needs of an attempt `a` with its newest words `t`."""

_RATINGS = """
    SELECT rating, rubric_digest, transcript_id = :transcript_id AS of_newest, rater FROM ratings
    WHERE attempt_id = :id AND rater IN ('machine', 'self') ORDER BY number DESC
"""


def put(
    db: sqlite3.Connection, row: sqlite3.Row, newest: Rating | None, delivery: Delivery | None
) -> None:
    """Write the outline of an attempt that stands in `library`; `row` has its `COLUMNS`.

    `newest` is what its column `rating` holds, `delivery` what that of the same name does, each
    None where it could not be read. An answer that another person gave in a shared session has no
    outline: it is no progress of the user.
    """
    if row["transcript_id"] is None or row["is_anothers"]:
        return
    rating, digest, own_marks = _ratings(db, row, newest)
    measured = _figures(db, row, delivery) if delivery else {}
    figures = {name: astuple(figure) for name, figure in measured.items()}
    db.execute(
        "INSERT INTO outlines VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            row["number"],
            row["id"],
            row["probe_of"] is not None,
            codec.encode_rating(replace(rating, spans=())) if rating else None,
            digest,
            _dump(own_marks),
            _dump(figures),
        ),
    )


def read(
    db: sqlite3.Connection, conditions: str, parameters: Mapping[str, Any], after: int, limit: int
) -> tuple[Outline, ...]:
    """Return the outlines that fit the conditions on `library l`, in the order of their numbers.

    Only those behind the number `after`. Those of answers with the same rubric share its text.
    """
    found = db.execute(
        f"""
        SELECT l.started_at, l.bank_id, l.question_id, l.rubric_id, l.answer_s, l.measurable, o.*
        FROM library l JOIN outlines o ON o.number = l.number
        WHERE l.number > :after AND {conditions} ORDER BY l.number LIMIT :limit
        """,  # noqa: S608 - of ours, what is asked for are parameters
        {**parameters, "after": after, "limit": limit},
    ).fetchall()
    rubrics: dict[str | None, str | None] = {None: None}
    for digest in {row["rubric_digest"] for row in found} - {None}:
        kept = db.execute("SELECT json FROM rubrics WHERE digest = ?", (digest,)).fetchone()
        rubrics[digest] = kept["json"] if kept else ""
    return tuple(_outline(row, rubrics[row["rubric_digest"]]) for row in found)


def _outline(row: sqlite3.Row, rubric_json: str | None) -> Outline:
    own_marks = json.loads(row["own_marks"]) if row["own_marks"] else {}
    figures = json.loads(row["figures"]) if row["figures"] else {}
    return Outline(
        number=row["number"],
        attempt_id=row["attempt_id"],
        started_at=row["started_at"],
        bank_id=row["bank_id"],
        question_id=row["question_id"],
        rubric_id=row["rubric_id"],
        is_follow_up=bool(row["is_follow_up"]),
        answer_s=row["answer_s"],
        measurable=bool(row["measurable"]),
        rating=codec.decode_rating(row["rating"]) if row["rating"] else None,
        rubric_json=rubric_json,
        own_marks={name: Mark(mark) for name, mark in own_marks.items()},
        figures={name: Figure(*ends) for name, ends in figures.items()},
    )


def _ratings(
    db: sqlite3.Connection, row: sqlite3.Row, newest: Rating | None
) -> tuple[Rating | None, str | None, Mapping[str, Mark]]:
    """Return the machine's rating of the newest words with its rubric, and the speaker's marks.

    As everywhere, what damage has made unreadable is passed over.
    """
    rating, digest, own = None, None, None
    for stored in db.execute(_RATINGS, {"id": row["id"], "transcript_id": row["transcript_id"]}):
        is_wanted = own is None if stored["rater"] == "self" else stored["of_newest"] and not rating
        if not is_wanted:
            continue
        try:
            given = (
                newest
                if newest and stored["rating"] == row["rating"]
                else codec.decode_rating(stored["rating"])
            )
        except ValueError:
            continue
        if stored["rater"] == "self":
            own = given.marks
        else:
            rating, digest = given, stored["rubric_digest"]
    return rating, digest, own or {}


def _figures(
    db: sqlite3.Connection, row: sqlite3.Row, delivery: Delivery
) -> Mapping[FigureName, Figure]:
    try:
        times, is_spoken = codec.decode_times(row["timed"])
    except ValueError:
        times, is_spoken = (), False
    reviews = filler_reviews.of_attempt(db, row["id"]) if row["is_reviewed"] else ()
    return measure_figures(times, delivery, counted_by_ear(reviews), is_spoken=is_spoken)


def _dump(value: Mapping[Any, object]) -> str | None:
    return json.dumps(value, separators=(",", ":")) if value else None
