"""The user's own words for answers: statements inside a transaction of the caller's."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from trainer.display import one_line
from trainer.store.codec import storable
from trainer.store.types import MOST_TAG_CHARACTERS


def clean(text: str) -> str:
    """Return what is kept of a tag that somebody typed; empty where nothing is.

    One line without control characters, cut to `MOST_TAG_CHARACTERS`.
    """
    plain = "".join(character for character in text if character == " " or character.isprintable())
    return one_line(storable(plain))[:MOST_TAG_CHARACTERS].rstrip()


def plain(tags: Iterable[str]) -> tuple[str, ...]:
    """Return tags as they are kept: clean, sorted, and each once, whatever its capitals."""
    found: dict[str, str] = {}
    for tag in map(clean, tags):
        if tag:
            found.setdefault(tag.casefold(), tag)
    return tuple(sorted(found.values()))


def put(db: sqlite3.Connection, attempt_id: str, tags: Iterable[str]) -> tuple[str, ...]:
    """Give an attempt these tags in place of those that it has; return them as they are kept."""
    kept = plain(tags)
    db.execute("DELETE FROM tags WHERE attempt_id = ?", (attempt_id,))
    for tag in kept:
        db.execute("INSERT INTO tags (attempt_id, name) VALUES (?, ?)", (attempt_id, tag))
    return kept


def counts(db: sqlite3.Connection) -> dict[str, int]:
    """Return how many attempts have each tag, by the tag as it was first written."""
    rows = db.execute(
        """
        SELECT min(g.name) AS name, count(*) AS times
        FROM tags g JOIN attempts a ON a.id = g.attempt_id
        WHERE a.deleted_by IS NULL GROUP BY g.name ORDER BY g.name
        """
    )
    return {row["name"]: row["times"] for row in rows}
