"""What is asked of the whole history."""

from __future__ import annotations

from trainer.store import contents, library, outlines
from trainer.store.connection import Database
from trainer.store.contents import Contents
from trainer.store.search import Search
from trainer.store.types import LibraryQuery, LibraryRow, Outline, Place


class Querying:
    """The part of `Store` that lists and counts attempts."""

    _database: Database
    _search: Search

    def library(
        self,
        query: LibraryQuery = LibraryQuery(),  # noqa: B008 - immutable
        limit: int = 200,
        offset: int = 0,
        after: Place | None = None,
    ) -> tuple[LibraryRow, ...]:
        """Return the attempts that a query chooses: follow-ups and earlier takes too.

        `after`, the place of the last row of a page, begins the next one: every row is then met
        once, also while attempts are added. `offset` jumps anywhere, and rows may shift meanwhile.
        No limit is -1. No input of the user's is an error.
        """
        with self._database.reading() as db:
            return library.rows(db, self._search, query, limit, offset, after)

    def count_library(self, query: LibraryQuery = LibraryQuery()) -> int:  # noqa: B008 - immutable
        """Return how many attempts `library` would list without a limit."""
        with self._database.reading() as db:
            return library.count(db, self._search, query)

    def outlines(
        self,
        query: LibraryQuery = LibraryQuery(),  # noqa: B008 - immutable
        limit: int = -1,
        after: int = 0,
    ) -> tuple[Outline, ...]:
        """Return the outlines of the attempts that a query chooses, in the order of their numbers.

        `after`, the number of the last one, begins the next page; no limit is -1. What the query
        says of an order is passed over, and an attempt that has lost its words has no outline.
        """
        with self._database.reading() as db:
            conditions, parameters = library.chosen(self._search, query)
            return outlines.read(db, conditions, parameters, after, limit)

    def position(self, query: LibraryQuery, attempt_id: str) -> int | None:
        """Return how many rows stand before an attempt in `library`; None if it is not there."""
        with self._database.reading() as db:
            return library.position(db, self._search, query, attempt_id)

    def contents(self) -> Contents:
        """Return what the answers have in common: what a query can choose."""
        with self._database.reading() as db:
            return contents.contents(db)

    def ids(self, beginning: str) -> tuple[str, ...]:
        """Return the ids of the attempts whose id begins so, the oldest first."""
        with self._database.reading() as db:
            return library.ids(db, beginning)

    def practice_counts(self) -> dict[str, int]:
        """Return how often each question was answered, without follow-ups and earlier takes."""
        with self._database.reading() as db:
            return library.practice_counts(db)
