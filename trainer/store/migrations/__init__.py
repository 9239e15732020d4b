"""The shapes that the database has had: module `v0001` brings a new file to version 1, and so on.

A released migration is never edited: a change of shape is a new module at the end of `MIGRATIONS`.
Each holds `STATEMENTS`, run in one transaction together with the new `PRAGMA user_version`, and
with foreign keys off, so that a table can be rebuilt. (`executescript` would commit halfway.)
What is derived is not part of it: `search` makes its index anew where it is missing, and `listing`
the library's rows.
"""

from __future__ import annotations

import sqlite3

from trainer.store.connection import transaction
from trainer.store.migrations import v0001, v0002, v0003, v0004, v0005, v0006

MIGRATIONS: list[tuple[str, ...]] = [
    v0001.STATEMENTS,
    v0002.STATEMENTS,
    v0003.STATEMENTS,
    v0004.STATEMENTS,
    v0005.STATEMENTS,
    v0006.STATEMENTS,
]


def latest_version() -> int:
    """Return the version that this program writes."""
    return len(MIGRATIONS)


def version_of(connection: sqlite3.Connection) -> int:
    """Return the version of a database; 0 for an empty one."""
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version


def migrate(connection: sqlite3.Connection, version: int) -> None:
    """Bring the database from `version - 1` to `version`, whole or not at all."""
    with transaction(connection):
        for statement in MIGRATIONS[version - 1]:
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {version}")
