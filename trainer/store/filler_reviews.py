"""What people counted of the filled pauses of an answer: statements inside a transaction."""

from __future__ import annotations

import logging
import sqlite3

from trainer.store import codec
from trainer.store.types import FillerReview

_log = logging.getLogger(__name__)


def add(db: sqlite3.Connection, review: FillerReview) -> None:
    """Insert a review. Earlier ones stay."""
    db.execute(
        """
        INSERT INTO filler_reviews (id, attempt_id, created_at, rater, review)
        VALUES (?, ?, ?, ?, ?)
        """,
        (
            review.id,
            review.attempt_id,
            review.created_at,
            review.rater,
            codec.encode_review(review.count, review.moments, review.rater_name),
        ),
    )


def of_attempt(db: sqlite3.Connection, attempt_id: str) -> tuple[FillerReview, ...]:
    """Return the reviews of an attempt, oldest first; one that damage took is left out."""
    rows = db.execute(
        "SELECT * FROM filler_reviews WHERE attempt_id = ? ORDER BY number", (attempt_id,)
    )
    return tuple(review for row in rows if (review := _review(row)))


def _review(row: sqlite3.Row) -> FillerReview | None:
    try:
        count, moments, name = codec.decode_review(row["review"])
    except ValueError as error:
        _log.warning("filler review %s: %s", row["id"], error)
        return None
    rater = row["rater"]
    if rater not in ("self", "peer"):
        return None
    return FillerReview(
        row["id"], row["attempt_id"], row["created_at"], rater, count, moments, name
    )
