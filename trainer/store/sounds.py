"""What the rows say of recordings: whose they are, how old, and whether their words are safe.

Rows and files change together here, so that no two programs and no crash come between them: a
recording is changed inside the transaction that has made sure that it may be.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass

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


class Sounds:
    """The recordings as the history knows them. Every method may raise `StoreError`."""

    def __init__(self, database: Database, holds: Holds) -> None:
        self._database = database
        self._holds = holds

    def of_answers(self) -> tuple[NamedSound, ...]:
        """Return the recordings that answers name, the oldest first."""
        with self._database.reading() as db:
            return _of_answers(db)

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
            now = next(iter(_of_answers(db, sound.key)), None)
            if now is None or now != sound or now.in_draft or self._holds.is_held(sound.key):
                return False
            act()
            if name is not None:
                db.execute(
                    "UPDATE attempts SET recording = ? WHERE recording = ?",
                    (codec.recording_name(name), sound.name),
                )
            return True


def _of_answers(db: sqlite3.Connection, key: str | None = None) -> tuple[NamedSound, ...]:
    """Return the recordings of answers, or the one of that key."""
    in_drafts = _of_drafts(db)
    found: dict[str, NamedSound] = {}
    rows = db.execute(
        """
        SELECT a.recording, a.started_at, a.deleted_by, t.source, t.text, t.delivery
        FROM attempts a
        LEFT JOIN transcripts t
            ON t.number = (SELECT max(number) FROM transcripts WHERE attempt_id = a.id)
        WHERE a.recording IS NOT NULL AND (:key IS NULL OR a.recording IN (:wav, :flac))
        ORDER BY a.started_at
        """,
        {"key": key, "wav": f"{key}{WAV}", "flac": f"{key}{FLAC}"},
    )
    for row in rows:
        try:
            name = codec.recording_name(row["recording"])
        except ValueError:
            continue
        assert name
        key = stem(name)
        written = _is_written(row)
        before = found.get(key)
        found[key] = NamedSound(
            key,
            name,
            row["started_at"],
            written and (not before or before.written),
            key in in_drafts
            or row["deleted_by"] is not None
            or (before is not None and before.in_draft),
        )
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
