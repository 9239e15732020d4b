"""Full-text search over the prompts and the newest transcripts.

The index `answers` is an FTS5 table with a copy of the text; its rowid is the number of the
newest transcript of an attempt. It is derived: where it is missing or does not fit it is made
anew. A Python whose SQLite lacks FTS5 searches with LIKE.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from trainer.store.connection import transaction
from trainer.store.excerpts import phrases

COMMON = 2000
"""So many hits are collected and sorted about as fast as 100 000 rows are walked in their order."""

_FILL = """
    INSERT INTO answers (rowid, prompt, text)
    SELECT t.number, a.prompt, t.text FROM transcripts t JOIN attempts a ON a.id = t.attempt_id
"""


class Search:
    """The index; its methods run inside a transaction of the caller's."""

    def __init__(self, db: sqlite3.Connection) -> None:
        """Look for the index and make it where it is missing or does not fit."""
        self.indexed = has_fts5(db)
        if self.indexed and not index_fits(db):
            with transaction(db):
                _rebuild(db)

    def index(self, db: sqlite3.Connection, attempt_id: str) -> None:
        """Index the newest transcript of an attempt in place of an older one."""
        if self.indexed:
            self.drop(db, attempt_id)
            newest = "(SELECT max(number) FROM transcripts WHERE attempt_id = ?)"
            db.execute(f"{_FILL} WHERE t.number = {newest}", (attempt_id,))

    def forget(self, db: sqlite3.Connection, attempt_ids: Iterable[str]) -> None:
        """Remove attempts that are about to be deleted.

        The index only marks what is deleted, and even its `optimize` may leave words behind: only
        a rebuild from the remaining texts does not (0.1 s for 1000 answers of 300 words).
        """
        if self.indexed:
            for attempt_id in attempt_ids:
                self.drop(db, attempt_id)
            db.execute("INSERT INTO answers (answers) VALUES ('rebuild')")

    def condition(self, search: str) -> tuple[str, dict[str, str]]:
        """Return a condition on `library l`, and its parameters.

        Every phrase of `search` must occur in prompt or text, the last as a beginning. A search
        without a letter or digit is no search: it holds for all.
        """
        wanted = phrases(search)
        if not wanted:
            return "1", {}
        if self.indexed:
            quoted = " ".join('"{}"'.format(phrase.replace('"', " ")) for phrase in wanted)
            return (
                "l.transcript IN (SELECT rowid FROM answers WHERE answers MATCH :search)",
                {"search": f"{quoted} *"},
            )
        likes = {f"like{i}": f"%{_escaped(phrase)}%" for i, phrase in enumerate(wanted)}
        said = "a.prompt || ' ' || coalesce(t.text, '')"
        conditions = " AND ".join(f"{said} LIKE :{name} ESCAPE '\\'" for name in likes)
        return (
            f"""l.number IN (
                SELECT a.number FROM attempts a
                LEFT JOIN transcripts t ON t.number = (
                    SELECT max(number) FROM transcripts WHERE attempt_id = a.id
                )
                WHERE {conditions}
            )""",  # noqa: S608 - all of it ours, the phrases are parameters
            likes,
        )

    def is_common(self, db: sqlite3.Connection, search: str) -> bool:
        """Tell whether so many answers fit that a page is full before all of them are sorted."""
        _, parameters = self.condition(search)
        if not parameters or not self.indexed:
            return True
        fitting = f"SELECT 1 FROM answers WHERE answers MATCH :search LIMIT {COMMON}"  # noqa: S608 - ours
        return len(db.execute(fitting, parameters).fetchall()) == COMMON

    def count(self, db: sqlite3.Connection, search: str) -> int | None:
        """Return how many answers hold these words; None where the list must be looked at too.

        The index counts its hits twice as fast as rows of the list that have one, but it does not
        know what was deleted and can still come back.
        """
        _, parameters = self.condition(search)
        if not parameters or not self.indexed:
            return None
        all_listed = "(SELECT count(*) FROM library) = (SELECT count(*) FROM answers_docsize)"
        if not db.execute(f"SELECT {all_listed}").fetchone()[0]:
            return None
        found = db.execute("SELECT count(*) FROM answers WHERE answers MATCH :search", parameters)
        return int(found.fetchone()[0])

    def drop(self, db: sqlite3.Connection, attempt_id: str) -> None:
        """Take an attempt out of the index, as before its transcripts get other numbers."""
        db.execute(
            """
            DELETE FROM answers
            WHERE rowid IN (SELECT number FROM transcripts WHERE attempt_id = ?)
            """,
            (attempt_id,),
        )


def has_fts5(db: sqlite3.Connection) -> bool:
    """Tell whether this Python's SQLite can make a full-text index."""
    try:
        db.execute("SELECT fts5_source_id()")
    except sqlite3.OperationalError:
        return False
    return True


def index_fits(db: sqlite3.Connection) -> bool:
    """Tell whether the index is there and holds the newest transcripts, by number and count.

    Its texts are counted by the table of their lengths: `answers` itself would read all of them.

    A Python without FTS5 may have written meanwhile. Raises `sqlite3.Error` for a damaged index.
    """
    if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'answers'").fetchone():
        return False
    row = db.execute(
        """
        SELECT (SELECT max(rowid) FROM answers) IS (SELECT max(number) FROM transcripts)
            AND (SELECT count(*) FROM answers_docsize)
                = (SELECT count(DISTINCT attempt_id) FROM transcripts)
        """
    ).fetchone()
    return bool(row[0])


def _rebuild(db: sqlite3.Connection) -> None:
    newest = "SELECT max(number) FROM transcripts GROUP BY attempt_id"
    db.execute("DROP TABLE IF EXISTS answers")
    db.execute("CREATE VIRTUAL TABLE answers USING fts5 (prompt, text)")
    db.execute(f"{_FILL} WHERE t.number IN ({newest})")


def _escaped(phrase: str) -> str:
    """Return `phrase` with the wildcards of LIKE taken literally."""
    for special in "\\%_":
        phrase = phrase.replace(special, f"\\{special}")
    return phrase
