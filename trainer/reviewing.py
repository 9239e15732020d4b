"""What the history shows when several answers are read together: two compared, all over time."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

from trainer.errors import UsageError
from trainer.recall import ASKED_BANK, decode_rubric

if TYPE_CHECKING:
    from datetime import date

    from trainer.analysis.types import Rater
    from trainer.bank.types import Library
    from trainer.review.agreement import RaterAgreement
    from trainer.review.comparing import Comparison
    from trainer.review.progress import Progress
    from trainer.review.rated import RatedAnswer
    from trainer.review.rows import Quotes
    from trainer.review.sides import Side
    from trainer.store.database import Store
    from trainer.store.types import Attempt, LibraryQuery, Outline

_PAGE = 20  # the answer before is mostly the first
_OUTLINES = 1000  # 20 ms: nobody who types waits longer for the store


class Reviewing:
    """Answers of the history beside each other. Safe to call from worker threads."""

    def __init__(self, store: Store, load_library: Callable[[], Library]) -> None:
        self._store = store
        self._load_library = load_library

    def side(self, attempt_id: str, version: int | None = None, rating: int | None = None) -> Side:
        """Return words of an attempt with a rating of them, the newest of each unless named.

        `version` counts the words from 1, `rating` the ratings of these words. Raises `UsageError`
        for an attempt, a version or a rating that is not there.
        """
        from trainer.review.sides import side_of

        record = self._store.attempt(attempt_id)
        if record is None:
            raise _missing(attempt_id)
        return side_of(record, decode_rubric, version, rating)

    def compare(self, before: Side, after: Side) -> Comparison:
        """Return all that two sides show together, told from the first to the second."""
        from trainer.review.comparing import compare

        return compare(before, after, self._load_library().word_classes)

    def earlier(self, attempt_id: str) -> str | None:
        """Return the id of the newest earlier answer to the same question; None without any.

        A take that a redo set aside is returned only where there is no other. An answer to a
        follow-up is compared with one to a follow-up about the same point. Raises `UsageError` for
        an attempt that is not there.
        """
        from trainer.store.types import LibraryQuery

        record = self._store.attempt(attempt_id)
        if record is None:
            raise _missing(attempt_id)
        own = record.attempt
        query = LibraryQuery(question_id=own.question_id, until=own.started_at)
        aside, after = None, None
        while (page := self._store.library(query, _PAGE, after=after)) and page[-1].place != after:
            after = page[-1].place
            for row in page:
                if not _is_earlier(row.attempt, own):
                    continue
                if not row.attempt.superseded:
                    return row.attempt.id
                aside = aside or row.attempt.id
        return aside

    def progress(
        self,
        bank_id: str | None = None,
        rubric_id: str | None = None,
        since: date | None = None,
        meter: Callable[[int], object] = lambda _: None,
    ) -> Progress:
        """Return what changes over time in the answers that fit; `since` is a day and included.

        `meter` is told now and then how many answers were read: what it raises ends the work.
        """
        from trainer.review.progress import find_progress
        from trainer.review.rows import rows_of
        from trainer.store.types import LibraryQuery

        query = LibraryQuery(
            bank_id=bank_id, rubric_id=rubric_id, since=since.isoformat() if since else None
        )
        count = 0

        def outlines() -> Iterator[Outline]:
            nonlocal count
            for page in self._outlines(query):
                yield from page
                count += len(page)
                meter(count)

        with _without_collecting():
            return find_progress(
                rows_of(outlines(), decode_rubric),
                bank_id=bank_id,
                rubric_id=rubric_id,
                since=since,
                quotes_of=cache(self._quotes),
                pulse=lambda: meter(count),
            )

    def rated(self, attempt_id: str) -> RatedAnswer | None:
        """Return the marks of an answer's raters side by side; None where fewer than two are.

        Raises `UsageError` for an attempt that is not there.
        """
        from trainer.review.rated import rated_answer

        record = self._store.attempt(attempt_id)
        if record is None:
            raise _missing(attempt_id)
        return rated_answer(record, decode_rubric)

    def agreement(self) -> RaterAgreement:
        """Return how raters agree over all answers that a person has rated."""
        from trainer.review.agreement import find_agreement
        from trainer.review.rated import rated_answer

        records = map(self._store.attempt, self._rated_by_people())
        answers = (rated_answer(record, decode_rubric) for record in records if record)
        return find_agreement(answer for answer in answers if answer)

    def _rated_by_people(self) -> tuple[str, ...]:
        """Return the ids of attempts that the speaker or a peer has rated, each once."""
        from trainer.store.types import LibraryQuery

        raters: tuple[Rater, ...] = ("peer", "self")
        rows = (
            self._store.library(LibraryQuery(rater=rater, descending=False), limit=-1)
            for rater in raters
        )
        return tuple(dict.fromkeys(row.attempt.id for found in rows for row in found))

    def _outlines(self, query: LibraryQuery) -> Iterator[tuple[Outline, ...]]:
        """Yield what a query chooses page by page, so that others come to the store meanwhile.

        Answers that come while this runs may be missed; none is met twice.
        """
        after = 0
        while (page := self._store.outlines(query, _OUTLINES, after)) and page[-1].number > after:
            after = page[-1].number
            yield page

    def _quotes(self, attempt_id: str) -> Quotes:
        from trainer.review.rows import quotes_of

        record = self._store.attempt(attempt_id)
        return quotes_of(record, decode_rubric) if record else {}


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Let Python look for no garbage that refers to itself.

    Of a long history it would look at millions of values again and again, all of which stay: half
    of the work, and each time no thread runs, for a second and more.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.freeze()  # with the next line: what is new counts as old, and is not looked at now
            gc.unfreeze()
            gc.enable()


def _is_earlier(one: Attempt, own: Attempt) -> bool:
    """Return whether an attempt was begun before another, and answers the same."""
    if one.started_at >= own.started_at:
        return False
    if own.bank_id == ASKED_BANK and one.prompt != own.prompt:  # such ids name a checklist only
        return False
    kinds = [(it.probe_of is not None, it.criterion_id) for it in (one, own)]
    return kinds[0] == kinds[1]


def _missing(attempt_id: str) -> UsageError:
    return UsageError(f"There is no attempt {attempt_id!r}.", "See: trainer history list")
