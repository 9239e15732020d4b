"""Deleting answers: unseen at once, undone while the program runs, gone for good at its end.

A deleted attempt keeps all its rows and its sound, and names the program that deleted it; whoever
reads passes it over. `close` deletes it for good, or the next program that opens the history after
that one has died.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterable

from trainer.errors import StoreError
from trainer.paths import Home
from trainer.store import attempts, listing, recordings
from trainer.store.connection import Database
from trainer.store.owners import Owner, running_owners
from trainer.store.search import Search

_log = logging.getLogger(__name__)


class Deleting:
    """The part of `Store` that deletes attempts."""

    _home: Home
    _database: Database
    _search: Search
    _owner: Owner
    _deleted: list[tuple[str, ...]]
    """What `undo_delete` can bring back: each deletion's attempts, the last one last."""

    def delete_attempt(self, attempt_id: str) -> int:
        """Delete an attempt and its follow-ups; return how many attempts went, 0 if none.

        They are gone from everything that reads, in every program, until `undo_delete`. `close`
        deletes them for good.
        """
        with self._database.writing() as db:
            family = attempts.family(db, attempt_id)
            if family:
                self._owner.hold()
                _mark(db, family, self._owner.id)
                listing.refresh(db, family)
                self._deleted.append(family)
        return len(family)

    def undo_delete(self) -> str | None:
        """Bring back what `delete_attempt` of this store deleted last, as it was.

        Return the id of the attempt, None where nothing is left to bring back.
        """
        while self._deleted:
            with self._database.writing() as db:
                family = self._deleted[-1]
                there = _those_of(db, family, self._owner.id)
                _mark(db, there, None)
                listing.refresh(db, there)
            self._deleted.pop()
            if there:
                return family[0]
        return None

    @property
    def can_undo_delete(self) -> bool:
        """Whether `undo_delete` has something to bring back."""
        return bool(self._deleted)

    def delete_for_good(self, attempt_id: str) -> int:
        """Delete an attempt and its follow-ups at once; return how many attempts went, 0 if none.

        Their text is then gone from the file and its log, but not from `copies`; and their sound
        is, except what a draft or another attempt names too.
        """
        with self._database.writing() as db:
            family = attempts.family(db, attempt_id)
            unused = self._remove(db, family)
        if family:
            self._finish(unused)
        return len(family)

    def delete_left_over(self) -> None:
        """Delete for good what this program deleted, and programs that have died since.

        What cannot be deleted now is left to the next program: this never raises.
        """
        try:
            with self._database.reading() as db:
                if not _deleters(db):
                    return
            with self._database.writing() as db:
                running = running_owners(self._home) - {self._owner.id}
                gone = tuple(
                    row["id"]
                    for deleter in _deleters(db) - running
                    for row in db.execute(
                        "SELECT id FROM attempts WHERE deleted_by = ?", (deleter,)
                    )
                )
                unused = self._remove(db, gone)
            if gone:
                self._finish(unused)
        except StoreError as error:
            _log.warning("deleted answers are left: %s", error)
        self._deleted.clear()

    def _remove(self, db: sqlite3.Connection, attempt_ids: tuple[str, ...]) -> frozenset[str]:
        """Delete attempts from all tables; return the names of recordings that none is left for."""
        if not attempt_ids:
            return frozenset()
        names = recordings.of_attempts(db, attempt_ids)
        self._search.forget(db, attempt_ids)
        attempts.delete(db, attempt_ids)
        return recordings.without(names, recordings.named(db))

    def _finish(self, unused: Iterable[str]) -> None:
        self._database.empty_log()
        recordings.delete(self._home, unused)


def _mark(db: sqlite3.Connection, attempt_ids: Iterable[str], deleter: str | None) -> None:
    for attempt_id in attempt_ids:
        db.execute("UPDATE attempts SET deleted_by = ? WHERE id = ?", (deleter, attempt_id))


def _those_of(db: sqlite3.Connection, attempt_ids: Iterable[str], deleter: str) -> tuple[str, ...]:
    rows = db.execute("SELECT id FROM attempts WHERE deleted_by = ?", (deleter,))
    mine = {row["id"] for row in rows}
    return tuple(attempt_id for attempt_id in attempt_ids if attempt_id in mine)


def _deleters(db: sqlite3.Connection) -> frozenset[str]:
    rows = db.execute("SELECT DISTINCT deleted_by FROM attempts WHERE deleted_by IS NOT NULL")
    return frozenset(row["deleted_by"] for row in rows)
