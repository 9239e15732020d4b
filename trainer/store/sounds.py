"""What the rows say of recordings: whose they are, how old, and whether their words are safe.

Rows and files change together here, so that no two programs and no crash come between them: a
recording is changed inside the transaction that has made sure that it may be.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from trainer.analysis.versions import UNRATED_SOURCES
from trainer.audio.reading import FLAC, WAV
from trainer.store import codec
from trainer.store.connection import Database
from trainer.store.owners import Holds
from trainer.store.recordings import stem


@dataclass(frozen=True, slots=True)
class NamedSound:
    """A recording that answers name. `key` is its name without the ending that tells its form.

    `name` is as the rows have it, `started_at` (ISO 8601, UTC) that of its newest answer. It is
    `written` when every answer with it has words that are not rough, and `in_draft` where a draft
    names it too, or an answer whose deletion can still be undone.
    """

    key: str
    name: str
    started_at: str
    written: bool
    in_draft: bool


_CHUNK = 500
_SOURCE = """
    SELECT a.number, a.recording, a.started_at, a.deleted_by, t.source, t.text, t.delivery
    FROM attempts a
    LEFT JOIN transcripts t
        ON t.number = (SELECT max(number) FROM transcripts WHERE attempt_id = a.id)
"""


class Sounds:
    """The recordings as the history knows them. Every method may raise `StoreError`."""

    def __init__(self, database: Database, holds: Holds) -> None:
        self._database = database
        self._holds = holds

    def of_answers(self, cancelled: Callable[[], bool] = lambda: False) -> tuple[NamedSound, ...]:
        """Return the recordings that answers name, the oldest first.

        They are read by and by, so that a screen never waits for all of them; what changes
        meanwhile, `change` finds out. When it is `cancelled` some are missing.
        """
        found: dict[str, NamedSound] = {}
        last: int | None = 0
        while last is not None and not cancelled():
            with self._database.reading() as db:
                last = _add_answers(db, found, last)
        return _in_order(found)

    def of_keys(self, keys: Iterable[str]) -> tuple[NamedSound, ...]:
        """Return those of these recordings that answers name, the oldest first."""
        wanted = json.dumps([f"{key}{form}" for key in keys for form in (WAV, FLAC)])
        found: dict[str, NamedSound] = {}
        with self._database.reading() as db:
            chosen = "a.recording IN (SELECT value FROM json_each(?)) ORDER BY a.number"
            _add(found, db.execute(f"{_SOURCE} WHERE {chosen}", (wanted,)), _of_drafts(db))
        return _in_order(found)

    def of_drafts(self) -> frozenset[str]:
        """Return the keys of the recordings that drafts name."""
        with self._database.reading() as db:
            return _of_drafts(db)

    def any_named(self) -> bool:
        """Tell whether any answer or draft was ever spoken."""
        with self._database.reading() as db:
            row = db.execute(
                """
                SELECT 1 WHERE EXISTS (SELECT 1 FROM attempts WHERE recording IS NOT NULL)
                OR EXISTS (SELECT 1 FROM drafts WHERE recording IS NOT NULL)
                """
            ).fetchone()
            return row is not None

    def hold(self, key: str) -> None:
        """Say that this program shows the recording: none changes or deletes it meanwhile."""
        with self._database.writing("NORMAL"):
            self._holds.hold(key)

    def release(self, key: str) -> None:
        """Take one `hold` back."""
        self._holds.release(key)

    def change(self, sound: NamedSound, act: Callable[[], object], name: str | None = None) -> bool:
        """Call `act`, and name the recording `name` from then on, if it is still as it was.

        Not if a draft names it, a program shows it, or its rows or the state of its words have
        changed: then nothing happens and False is returned. Without a `name` the rows stay. What
        `act` raises leaves the rows as they were.
        """
        with self._database.writing() as db:
            now = _of_key(db, sound.key)
            if now is None or now != sound or now.in_draft or self._holds.is_held(sound.key):
                return False
            act()
            if name is not None:
                db.execute(
                    "UPDATE attempts SET recording = ? WHERE recording = ?",
                    (codec.recording_name(name), sound.name),
                )
            return True


def _of_key(db: sqlite3.Connection, key: str) -> NamedSound | None:
    """Return the recording of that key; None where no answer names it."""
    found: dict[str, NamedSound] = {}
    rows = db.execute(
        f"{_SOURCE} WHERE a.recording IN (?, ?) ORDER BY a.number", (f"{key}{WAV}", f"{key}{FLAC}")
    )
    _add(found, rows, _of_drafts(db))
    return found.get(key)


def _add_answers(db: sqlite3.Connection, found: dict[str, NamedSound], after: int) -> int | None:
    """Add the recordings of some answers behind a number; return the last, None at the end."""
    # By the + SQLite walks the numbers, and does not sort all that name a recording each time.
    chosen = f"+a.recording IS NOT NULL AND a.number > ? ORDER BY a.number LIMIT {_CHUNK}"
    rows = db.execute(f"{_SOURCE} WHERE {chosen}", (after,)).fetchall()
    _add(found, rows, _of_drafts(db))
    return rows[-1]["number"] if rows else None


def _add(
    found: dict[str, NamedSound], rows: Iterable[sqlite3.Row], in_drafts: frozenset[str]
) -> None:
    for row in rows:
        try:
            name = codec.recording_name(row["recording"])
        except ValueError:
            continue
        assert name
        key = stem(name)
        written = _is_written(row)
        before = found.get(key)
        in_use = key in in_drafts or row["deleted_by"] is not None
        sound = NamedSound(key, name, row["started_at"], written, in_use)
        found[key] = _together(before, sound) if before else sound


def _together(one: NamedSound, other: NamedSound) -> NamedSound:
    """Return a recording that two answers name, as the later of them names it."""
    later = max(one, other, key=lambda sound: sound.started_at)
    return replace(
        later, written=one.written and other.written, in_draft=one.in_draft or other.in_draft
    )


def _in_order(found: dict[str, NamedSound]) -> tuple[NamedSound, ...]:
    return tuple(sorted(found.values(), key=lambda sound: (sound.started_at, sound.key)))


def _is_written(row: sqlite3.Row) -> bool:
    """Tell whether the words of a row can stand for its sound: not if they are mostly guessed."""
    if not (row["text"] or "").strip() or row["source"] in UNRATED_SOURCES:
        return False
    try:
        return "words" not in codec.decode_delivery(row["delivery"]).unmeasurable
    except ValueError:
        return False


def _of_drafts(db: sqlite3.Connection) -> frozenset[str]:
    rows = db.execute("SELECT recording FROM drafts WHERE recording IS NOT NULL")
    return frozenset(stem(row["recording"]) for row in rows)
