"""What can still be read of a damaged database, row by row, in a new one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from trainer.store import pages
from trainer.store.connection import SQLITE_ERRORS, Connection, begins_well, connect, transaction
from trainer.store.migrations import latest_version, migrate, version_of

# Parents first: what names a row that is lost is refused by its foreign key.
TABLES = {
    "attempts": "answer",
    "transcripts": "transcript",
    "rubrics": "rubric",
    "ratings": "rating",
    "filler_reviews": "filler count",
    "tags": "tag",
    "span_notes": "note",
    "moments": "marked moment",
    "rounds": "shared round",
    "begun_marks": "begun form",
    "drafts": "unfinished answer",
}
MOST_LOOKUPS = 1_000_000
_TYPES = {"TEXT": (str,), "INTEGER": (int,), "REAL": (int, float)}
BLIND_LOOKUPS = 20_000  # where the highest number cannot be read; some 10 us each


def rescue(damaged: Path, new: Connection) -> dict[str, int]:
    """Fill the empty database `new` from `damaged`; return how many rows of each table."""
    old = connect(damaged if begins_well(damaged) else ":memory:")
    try:
        # Without it SQLite refuses every row of a file that is shorter than its header says.
        old.execute("PRAGMA writable_schema = ON")
        for version in range(1, _likely_version(old) + 1):
            migrate(new, version)
        new.execute("PRAGMA foreign_keys = ON")
        with transaction(new):
            return {table: _copy(old, new, table, damaged) for table in TABLES}
    finally:
        old.close()


def report(kept: Path, rescued: Mapping[str, int], recordings: int = 0) -> str:
    """Return in plain English what happened; so many `recordings` are in their folder."""
    found = [
        f"{rescued[table]} {name}{'s' * (rescued[table] != 1)}"
        for table, name in TABLES.items()
        if rescued[table] and table != "rubrics"
    ]
    outcome = (
        f"Rescued into a new one: {', '.join(found)}."
        if found
        else "Nothing in it could be read, so a new one was begun."
    )
    told = f"The history file was damaged. {outcome} The damaged file is kept as {kept}."
    if recordings:
        count = "1 recording" if recordings == 1 else f"{recordings} recordings"
        told += f" The sound of your answers is still there ({count})."
    return told


def _likely_version(old: sqlite3.Connection) -> int:
    """Return the version whose shape the rows have; the newest where that cannot be read."""
    try:
        version = version_of(old)
    except SQLITE_ERRORS:
        version = 0
    return version if 1 <= version <= latest_version() else latest_version()


def _copy(old: sqlite3.Connection, new: sqlite3.Connection, table: str, damaged: Path) -> int:
    """Copy the rows that can be read and that fit; return how many."""
    columns = new.execute(f"PRAGMA table_info({table})").fetchall()
    copied = 0
    is_whole = True
    for row in _readable_rows(old, table):
        if row is None:
            is_whole = False
        elif len(row) == len(columns):
            copied += _put(new, table, columns, row)
    if not is_whole and damaged.is_file():
        for number, values in pages.rows(damaged):
            if _fits(table, columns, values):
                copied += _put(new, table, columns, (number, *values[1:]))
    return copied


def _put(
    new: sqlite3.Connection,
    table: str,
    columns: Sequence[sqlite3.Row],
    row: Sequence[object],
) -> bool:
    """Write a row, of which the last columns may be missing; tell whether it fits to the others."""
    names = ", ".join(column["name"] for column in columns[: len(row)])
    marks = ", ".join("?" * len(row))
    try:
        new.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", row)  # noqa: S608 - of ours
    except sqlite3.IntegrityError:
        return False
    return True


def _fits(table: str, columns: Sequence[sqlite3.Row], values: Sequence[object]) -> bool:
    """Tell whether a row of unknown origin can be one of this table: no two have equal columns."""
    if not values or values[0] is not None or len(values) > len(columns):
        return False
    if table == "rubrics" and not str(values[-1]).startswith("{"):  # a tag has as many texts
        return False
    return all(
        isinstance(value, _TYPES[column["type"]]) or (value is None and not column["notnull"])
        for column, value in zip(columns[1:], values[1:], strict=False)
    )


def _readable_rows(old: sqlite3.Connection, table: str) -> Iterator[tuple[object, ...] | None]:
    """Look up each number by itself, so that no damaged page bars the way to the next row.

    What cannot be looked up is None: some rows, or the whole table.
    """
    look_up = f"SELECT * FROM {table} WHERE number = ?"  # noqa: S608 - one of TABLES
    last = _last_number(old, table)
    if last is None:
        yield None
    for number in range(1, (last or 0) + 1):
        try:
            row = old.execute(look_up, (number,)).fetchone()
        except SQLITE_ERRORS:
            yield None
            continue
        if row is not None:
            yield tuple(row)


def _last_number(old: sqlite3.Connection, table: str) -> int | None:
    """Return the highest number to look up; None where the table cannot be asked at all."""
    table_exists = f"SELECT number FROM {table} LIMIT 0"  # noqa: S608 - one of TABLES
    highest = f"SELECT max(number) FROM {table}"  # noqa: S608 - one of TABLES
    try:
        old.execute(table_exists)
    except SQLITE_ERRORS:
        return None
    try:
        last = old.execute(highest).fetchone()[0] or 0
    except SQLITE_ERRORS:
        return BLIND_LOOKUPS
    return min(last, MOST_LOOKUPS) if isinstance(last, int) else BLIND_LOOKUPS
