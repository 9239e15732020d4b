"""The history as lists and counts: reading statements inside a transaction of the caller's."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from trainer.store import codec
from trainer.store.attempts import attempt_of
from trainer.store.excerpts import excerpt, pattern
from trainer.store.search import Search
from trainer.store.types import AttemptSummary

_ATTEMPTS = """
    FROM attempts a
    LEFT JOIN transcripts t
        ON t.number = (SELECT max(number) FROM transcripts WHERE attempt_id = a.id)
    LEFT JOIN ratings r
        ON r.number = (SELECT max(number) FROM ratings WHERE attempt_id = a.id)
    WHERE (:bank_id IS NULL OR a.bank_id = :bank_id)
"""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which attempts to list: empty and None stand for all."""

    search: str = ""
    bank_id: str | None = None


def summaries(
    db: sqlite3.Connection, search: Search, chosen: Filter, limit: int, offset: int
) -> tuple[AttemptSummary, ...]:
    """Return the attempts that fit, newest first."""
    attempts, parameters = _chosen(search, chosen)
    rows = db.execute(
        f"""
        SELECT a.*, t.text, t.delivery, r.score, r.rating, r.rubric_digest {attempts}
        ORDER BY a.started_at DESC, a.number DESC
        LIMIT :limit OFFSET :offset
        """,
        {**parameters, "limit": limit, "offset": offset},
    ).fetchall()
    hit = pattern(chosen.search)
    rubrics = {row["rubric_digest"]: "" for row in rows if row["rubric_digest"]}
    for digest in rubrics:
        found = db.execute("SELECT json FROM rubrics WHERE digest = ?", (digest,)).fetchone()
        rubrics[digest] = found["json"] if found else ""
    return tuple(
        AttemptSummary(
            attempt_of(row),
            excerpt(row["text"] or "", hit),
            words,
            answer_s,
            row["score"],
            rubrics.get(row["rubric_digest"]),
            codec.decode_remark(row["rating"]) if row["rating"] else None,
            measurable,
        )
        for row in rows
        for words, answer_s, measurable in (_figures(row),)
    )


def count(db: sqlite3.Connection, search: Search, chosen: Filter) -> int:
    """Return how many attempts fit."""
    attempts, parameters = _chosen(search, chosen)
    number: int = db.execute(f"SELECT count(*) {attempts}", parameters).fetchone()[0]
    return number


def practice_counts(db: sqlite3.Connection) -> dict[str, int]:
    """Return how often each question was answered, by its id."""
    rows = db.execute(
        """
        SELECT question_id, count(*) AS times FROM attempts
        WHERE probe_of IS NULL AND NOT superseded
        GROUP BY question_id
        """
    )
    return {row["question_id"]: row["times"] for row in rows}


def ids(db: sqlite3.Connection, beginning: str) -> tuple[str, ...]:
    """Return the ids of attempts that begin so."""
    rows = db.execute(
        "SELECT id FROM attempts WHERE substr(id, 1, ?) = ? ORDER BY number",
        (len(beginning), beginning),
    )
    return tuple(row["id"] for row in rows)


def _chosen(search: Search, chosen: Filter) -> tuple[str, dict[str, str | None]]:
    condition, parameters = search.condition(chosen.search)
    return f"{_ATTEMPTS} AND {condition}", {"bank_id": chosen.bank_id, **parameters}


def _figures(row: sqlite3.Row) -> tuple[int, float | None, bool]:
    """Return the words, the answer time, and whether the words are clear enough for a score.

    Where the figures are damaged, the words are counted in the text.
    """
    try:
        delivery = codec.decode_delivery(row["delivery"])
    except ValueError:
        return len((row["text"] or "").split()), None, True
    return delivery.words, delivery.answer_s, "words" not in delivery.unmeasurable
