"""What the history shows when several answers are read together: two compared, all over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trainer.errors import UsageError
from trainer.recall import decode_rubric

if TYPE_CHECKING:
    from trainer.bank.types import Library
    from trainer.review.comparing import Comparison
    from trainer.review.sides import Side
    from trainer.store.database import Store


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
