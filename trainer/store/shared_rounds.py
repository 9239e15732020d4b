"""What is kept of answers that were given while people practised together.

Statements inside a transaction of the caller's. What was written is private: it is never logged.
"""

from __future__ import annotations

import logging
import sqlite3
from math import isfinite
from typing import get_args

from trainer.store import codec
from trainer.store.types import MarkedMoment, MomentKind, SharedRole, SharedRound

_log = logging.getLogger(__name__)


def add(db: sqlite3.Connection, shared: SharedRound) -> None:
    """Insert in which round an attempt was given."""
    db.execute(
        """
        INSERT INTO rounds (attempt_id, session_id, round, role, people) VALUES (?, ?, ?, ?, ?)
        """,
        (
            shared.attempt_id,
            shared.session_id,
            shared.number,
            shared.role,
            codec.encode_people(shared.candidate, shared.interviewer, shared.observers),
        ),
    )


def add_moment(db: sqlite3.Connection, moment: MarkedMoment) -> None:
    """Insert a mark in time."""
    db.execute(
        """
        INSERT INTO moments (id, attempt_id, kind, at_s, text, rater_name)
        VALUES (?, ?, ?, ?, ?, ?)
        """,
        (
            moment.id,
            moment.attempt_id,
            moment.kind,
            moment.at_s,
            codec.storable(moment.text),
            codec.storable(moment.rater_name),
        ),
    )


def of_attempt(db: sqlite3.Connection, attempt_id: str) -> SharedRound | None:
    """Return the round of an attempt; None where there is none, or damage took it."""
    row = db.execute("SELECT * FROM rounds WHERE attempt_id = ?", (attempt_id,)).fetchone()
    if row is None:
        return None
    try:
        candidate, interviewer, observers = codec.decode_people(row["people"])
    except ValueError as error:
        _log.warning("round of %s: %s", attempt_id, error)
        return None
    if row["role"] not in get_args(SharedRole) or not isinstance(row["round"], int):
        return None
    return SharedRound(
        attempt_id,
        row["session_id"],
        row["round"],
        row["role"],
        candidate,
        interviewer,
        observers,
    )


def moments_of(db: sqlite3.Connection, attempt_id: str) -> tuple[MarkedMoment, ...]:
    """Return the marks in time of an attempt in their order; damaged ones are left out."""
    rows = db.execute("SELECT * FROM moments WHERE attempt_id = ? ORDER BY at_s, id", (attempt_id,))
    return tuple(
        MarkedMoment(
            row["id"], attempt_id, row["kind"], row["at_s"], row["text"], row["rater_name"]
        )
        for row in rows
        if row["kind"] in get_args(MomentKind)
        and isinstance(row["at_s"], float)
        and isfinite(row["at_s"])
    )
