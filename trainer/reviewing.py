"""What the history shows when several answers are read together: two compared, all over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trainer.errors import UsageError
from trainer.recall import decode_rubric

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trainer.bank.types import Library
    from trainer.review.comparing import Comparison
    from trainer.review.rows import Row
    from trainer.review.sides import Side
    from trainer.store.database import Store

_PAGE = 200


def find_side(
    store: Store, attempt_id: str, version: int | None = None, rating: int | None = None
) -> Side:
    """Return words of an attempt with a rating, the newest of each unless they are named.

    Raises `UsageError` for an attempt, a version or a rating that is not there.
    """
    from trainer.review.sides import side_of

    record = store.attempt(attempt_id)
    if record is None:
        raise UsageError(f"There is no attempt {attempt_id!r}.", "See: trainer history list")
    return side_of(record, decode_rubric, version, rating)


def compare_sides(library: Library, before: Side, after: Side) -> Comparison:
    """Compare two sides with the lexicons of the library."""
    from trainer.review.comparing import compare

    return compare(before, after, library.word_classes)


def read_rows(store: Store, bank_id: str | None = None, since: str | None = None) -> Iterator[Row]:
    """Yield every answer as progress needs it, the newest first; earlier takes have time only.

    `since` is an ISO date. Answers that come while this runs may be missed; none is met twice.
    """
    from trainer.review.rows import row_of
    from trainer.store.types import LibraryQuery

    query, after = LibraryQuery(bank_id=bank_id, since=since), None
    while page := store.library(query, _PAGE, after=after):
        after = page[-1].place
        for line in page:
            record = store.attempt(line.attempt.id)
            if record is not None and record.transcripts:
                yield row_of(record, decode_rubric)
