"""The history as lists and counts: reading statements inside a transaction of the caller's.

What is listed is chosen and put in order in the narrow tables of `listing` alone; only the rows of
one page are then looked up in the wide ones. By a + before a column SQLite walks the list in its
order and leaves out what does not fit, until the page is full; without it, it collects all that
fits and sorts that: for a common word ten times as long, for a rare one hardly anything.
"""

from __future__ import annotations

import sqlite3
from datetime import UTC, date, datetime, timedelta
from typing import Any

from trainer.store import listing
from trainer.store.attempts import ATTEMPT, attempt_of
from trainer.store.excerpts import excerpt, hits, pattern
from trainer.store.search import Search
from trainer.store.tags import clean
from trainer.store.types import LibraryQuery, LibraryRow, Place

Parameters = dict[str, Any]

_MARKED = """l.number IN (
    SELECT number FROM marks
    WHERE kind = 'criterion' AND name = :criterion AND value = :mark
)"""
_FLAGGED = """l.number IN (
    SELECT number FROM marks WHERE kind = 'flag' AND name = :flag AND value = 1
)"""
_WITH = "l.number IN (SELECT number FROM peers WHERE name = :peer)"
_TAGGED = """l.number IN (
    SELECT a.number FROM tags g JOIN attempts a ON a.id = g.attempt_id WHERE g.name = :tag
)"""


def rows(
    db: sqlite3.Connection,
    search: Search,
    query: LibraryQuery,
    limit: int,
    offset: int,
    after: Place | None,
) -> tuple[LibraryRow, ...]:
    """Return the attempts that fit, in order; those `after` a place only."""
    walk = "+" if search.is_common(db, query.search) else ""
    conditions, parameters = chosen(search, query, walk)
    keys = _keys(query)
    if after is not None:
        beyond, places = _beyond(keys, after, "<" if query.descending else ">")
        conditions += f" AND {beyond}"
        parameters.update(places)
    way = "DESC" if query.descending else "ASC"
    in_order = ", ".join(f"{key} {way}" for key in keys)
    page = ", ".join(f"{key} AS key{i}" for i, key in enumerate(keys))
    statement = f"""
        SELECT p.*, {ATTEMPT}, t.text, l.words, l.answer_s, l.measurable, l.score, l.remark,
            l.rubric_digest, l.spoken, l.raters,
            (SELECT group_concat(name, char(10)) FROM peers WHERE number = p.row_number) AS peers
        FROM (
            SELECT number AS row_number, {page} FROM library l WHERE {conditions}
            ORDER BY {in_order} LIMIT :limit OFFSET :offset
        ) p
        JOIN library l ON l.number = p.row_number
        JOIN attempts a ON a.number = p.row_number
        LEFT JOIN transcripts t ON t.number = l.transcript
        ORDER BY {", ".join(f"key{i} {way}" for i in range(len(keys)))}
    """  # noqa: S608 - all of it ours, what is asked for are parameters
    found = db.execute(statement, {**parameters, "limit": limit, "offset": offset}).fetchall()
    rubrics = _rubrics(db, {row["rubric_digest"] for row in found if row["rubric_digest"]})
    wanted = pattern(query.search)
    return tuple(
        LibraryRow(
            attempt_of(row),
            excerpt(text, hit),
            row["words"],
            row["answer_s"],
            row["score"],
            rubrics.get(row["rubric_digest"]),
            row["remark"],
            bool(row["measurable"]),
            bool(row["spoken"]),
            listing.raters_of(row["raters"]),
            hit,
            tuple(row[f"key{i}"] for i in range(len(keys))),
            tuple(row["peers"].split("\n")) if row["peers"] else (),
        )
        for row in found
        for text in (row["text"] or "",)
        for hit in (hits(text, wanted),)
    )


def count(db: sqlite3.Connection, search: Search, query: LibraryQuery) -> int:
    """Return how many attempts fit."""
    conditions, parameters = chosen(search, query)
    if conditions == search.condition(query.search)[0]:  # nothing but a search
        found = search.count(db, query.search)
        if found is not None:
            return found
    statement = f"SELECT count(*) FROM library l WHERE {conditions}"  # noqa: S608 - of ours
    number: int = db.execute(statement, parameters).fetchone()[0]
    return number


def position(
    db: sqlite3.Connection, search: Search, query: LibraryQuery, attempt_id: str
) -> int | None:
    """Return how many rows stand before that of an attempt; None where it does not fit."""
    conditions, parameters = chosen(search, query)
    keys = _keys(query)
    own = f"""
        SELECT {", ".join(keys)} FROM library l
        WHERE l.number = (SELECT number FROM attempts WHERE id = :attempt) AND {conditions}
    """  # noqa: S608 - all of it ours
    place = db.execute(own, {**parameters, "attempt": attempt_id}).fetchone()
    if place is None:
        return None
    beyond, places = _beyond(keys, tuple(place), ">" if query.descending else "<")
    before = f"SELECT count(*) FROM library l WHERE {conditions} AND {beyond}"  # noqa: S608 - ours
    number: int = db.execute(before, {**parameters, **places}).fetchone()[0]
    return number


def practice_counts(db: sqlite3.Connection) -> dict[str, int]:
    """Return how often each question was answered, by its id."""
    found = db.execute(
        """
        SELECT question_id, count(*) AS times FROM library WHERE practised = 1
        GROUP BY question_id
        """
    )
    return {row["question_id"]: row["times"] for row in found}


def ids(db: sqlite3.Connection, beginning: str) -> tuple[str, ...]:
    """Return the ids of attempts that begin so."""
    found = db.execute(
        """
        SELECT id FROM attempts
        WHERE id >= :beginning AND substr(id, 1, :length) = :beginning
            AND id <= :beginning || char(1114111) AND deleted_by IS NULL
        ORDER BY number
        """,
        {"beginning": beginning, "length": len(beginning)},
    )
    return tuple(row["id"] for row in found)


def _keys(query: LibraryQuery) -> tuple[str, ...]:
    """Return what the list is sorted by; the number tells equals apart."""
    key = listing.SORT_KEYS.get((query.sort, bool(query.descending)))
    return (*((key,) if key else ()), "started_at", "number")


def _beyond(keys: tuple[str, ...], place: Place, sign: str) -> tuple[str, Parameters]:
    """Return the condition of standing on that side of a place, and its parameters."""
    places = {f"place{i}": value for i, value in enumerate(place[: len(keys)])}
    own = ", ".join(f":{name}" for name in places)
    # The first part is what an index can begin at.
    return f"{keys[0]} {sign}= :place0 AND ({', '.join(keys)}) {sign} ({own})", places


def chosen(search: Search, query: LibraryQuery, walk: str = "") -> tuple[str, Parameters]:
    """Return the conditions of a query on `library l`, and their parameters.

    `walk` is "+" where the list is to be walked in its order.
    """
    condition, found = search.condition(query.search)
    conditions = [f"{walk}{condition}" if found else condition]
    parameters: Parameters = dict(found)
    for column in ("bank_id", "question_id", "rubric_id", "session_id"):
        value = getattr(query, column)
        if value is not None and column == "session_id":
            value = listing.whole_practice(value)
        if value is not None:
            conditions.append(f"l.{column} = :{column}")
            parameters[column] = value
    for column in ("starred", "spoken"):
        value = getattr(query, column)
        if value is not None:
            conditions.append(f"l.{column}" if value else f"NOT l.{column}")
    if query.criterion is not None:
        conditions.append(walk + _MARKED)
        parameters["criterion"], parameters["mark"] = query.criterion[0], int(query.criterion[1])
    if query.flag is not None:
        conditions.append(walk + _FLAGGED)
        parameters["flag"] = query.flag
    if query.tag is not None:
        conditions.append(walk + _TAGGED)
        parameters["tag"] = clean(query.tag)
    if query.score is not None:
        conditions.append("l.shown_score BETWEEN :low AND :high")
        parameters["low"], parameters["high"] = query.score
    if query.rater is not None:
        conditions.append("l.raters & :rater")
        parameters["rater"] = listing.bit_of(query.rater)
    if query.peer is not None:
        conditions.append(walk + _WITH)
        parameters["peer"] = " ".join(query.peer.split())
    if query.since is not None:
        conditions.append("l.started_at >= :since")
        parameters["since"] = _moment(query.since)
    if query.until is not None:
        end = _moment(query.until, days=1)
        conditions.append("l.started_at < :until")
        parameters["until"] = end
    return " AND ".join(conditions), parameters


def _moment(text: str, days: int = 0) -> str:
    """Return the beginning of a day, so many days later, as rows have it: ISO 8601 in UTC.

    A text with a time is that moment, and the whole of what begins so is meant where days are
    given. So it is with what is no date: nothing that is typed is an error.
    """
    try:
        day = date.fromisoformat(text.strip())
        local = datetime(day.year, day.month, day.day) + timedelta(days=days)
        return local.astimezone(UTC).replace(tzinfo=None).isoformat()
    except (ValueError, OverflowError, OSError):
        return text.strip() + (chr(0x10FFFF) if days else "")


def _rubrics(db: sqlite3.Connection, digests: set[str]) -> dict[str, str]:
    """Return the rubrics of a page: many rows share one of some 30 kB."""
    rubrics = dict.fromkeys(digests, "")
    for digest in digests:
        found = db.execute("SELECT json FROM rubrics WHERE digest = ?", (digest,)).fetchone()
        if found:
            rubrics[digest] = found["json"]
    return rubrics
