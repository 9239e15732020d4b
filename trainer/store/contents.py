"""What the answers of the history have in common, counted: what a list can be narrowed down to.

Reading statements inside a transaction of the caller's, over the narrow tables of `listing`.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from trainer.store import tags

MOST_SESSIONS = 200

# As SQLite has no index scan that leaps from one name to the next, each step looks for the next.
_NAMES = """
    WITH RECURSIVE each(name) AS (
        SELECT min(name) FROM marks WHERE kind = :kind AND value >= :least
        UNION ALL
        SELECT (SELECT min(name) FROM marks WHERE kind = :kind AND name > each.name)
        FROM each WHERE each.name IS NOT NULL
    )
    SELECT name FROM each
    WHERE name IS NOT NULL AND EXISTS (
        SELECT 1 FROM marks WHERE kind = :kind AND name = each.name AND value >= :least
    )
"""


@dataclass(frozen=True, slots=True)
class Shared:
    """Something that attempts share, such as their bank.

    `name` is what the newest of them calls it, `times` how many have it, and `began` when the
    first of them was given (ISO 8601, UTC).
    """

    id: str
    name: str
    times: int
    began: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What is in a history. `criteria` and raised `flags` are those of the newest ratings.

    `sessions` are the newest `MOST_SESSIONS`, the newest first, each named by its first bank.
    `peers` are the names of others who rated answers or took part in their rounds, each with how
    many. `first` and `last` are when the first and the last answer were given, None without any.
    """

    banks: tuple[Shared, ...] = ()
    questions: tuple[Shared, ...] = ()
    rubrics: tuple[Shared, ...] = ()
    sessions: tuple[Shared, ...] = ()
    criteria: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    tags: tuple[tuple[str, int], ...] = ()
    peers: tuple[tuple[str, int], ...] = ()
    first: str | None = None
    last: str | None = None


def contents(db: sqlite3.Connection) -> Contents:
    """Return what all attempts that are not deleted have in common."""
    first, last = db.execute("SELECT min(started_at), max(started_at) FROM library").fetchone()
    return Contents(
        _shared(db, "bank_id", "bank_title"),
        _shared(db, "question_id", "prompt"),
        _shared(db, "rubric_id", "rubric_id"),
        _sessions(db),
        _names(db, "criterion", 0),
        _names(db, "flag", 1),
        tuple(tags.counts(db).items()),
        _peers(db),
        first,
        last,
    )


def _shared(db: sqlite3.Connection, column: str, name: str) -> tuple[Shared, ...]:
    rows = db.execute(
        f"""
        SELECT g.id, a.{name} AS name, g.times, g.began
        FROM (
            SELECT {column} AS id, count(*) AS times, max(number) AS newest,
                min(started_at) AS began
            FROM library WHERE {column} IS NOT NULL GROUP BY {column}
        ) g
        JOIN attempts a ON a.number = g.newest ORDER BY g.id
        """  # noqa: S608 - all of it ours
    )
    return tuple(Shared(row["id"], row["name"], row["times"], row["began"]) for row in rows)


def _sessions(db: sqlite3.Connection) -> tuple[Shared, ...]:
    rows = db.execute(
        f"""
        SELECT g.id, a.bank_title AS name, g.times, g.began
        FROM (
            SELECT session_id AS id, count(*) AS times, min(number) AS oldest,
                min(started_at) AS began
            FROM library GROUP BY session_id ORDER BY began DESC LIMIT {MOST_SESSIONS}
        ) g
        JOIN attempts a ON a.number = g.oldest ORDER BY g.began DESC
        """  # noqa: S608 - all of it ours
    )
    return tuple(Shared(row["id"], row["name"], row["times"], row["began"]) for row in rows)


def _peers(db: sqlite3.Connection) -> tuple[tuple[str, int], ...]:
    rows = db.execute("SELECT name, count(*) AS times FROM peers GROUP BY name ORDER BY name")
    return tuple((row["name"], row["times"]) for row in rows)


def _names(db: sqlite3.Connection, kind: str, least: int) -> tuple[str, ...]:
    rows = db.execute(_NAMES, {"kind": kind, "least": least})
    return tuple(row["name"] for row in rows)
