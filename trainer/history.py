"""The history: stored answers as they are listed, found, shown, explained and deleted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from trainer.answering import Answering
from trainer.bank.types import Library
from trainer.calibration.calibrations import Calibrations
from trainer.catalogue import Rater
from trainer.errors import UsageError
from trainer.narrowing import Narrowing, narrowings
from trainer.paths import Home
from trainer.recall import AttemptView, band_word, decode_rubric, renew, show_attempt
from trainer.store.contents import Contents
from trainer.store.database import Store
from trainer.store.types import LibraryQuery, LibraryRow, Place

if TYPE_CHECKING:
    from trainer.coach.doubts import Doubt
    from trainer.coach.why import Explained
    from trainer.review.versions import Version


class History(Answering):
    """Reads and deletes stored answers. `calibrations` has the pace that an answer is held to."""

    def __init__(
        self,
        home: Home,
        store: Store,
        load_library: Callable[[], Library],
        make_rater: Callable[[Mapping[str, tuple[str, ...]]], Rater],
        calibrations: Calibrations,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__(home, store, load_library, make_rater, now)
        self.calibrations = calibrations

    # Lists

    def band_word(self, summary: LibraryRow) -> str:
        """Return the word for the newest score of an attempt, or "not rated"."""
        return band_word(summary)

    def answers(
        self,
        query: LibraryQuery = LibraryQuery(),  # noqa: B008 - immutable
        limit: int = 200,
        offset: int = 0,
        after: Place | None = None,
    ) -> tuple[LibraryRow, ...]:
        """Return a page of the attempts that a query chooses: see `Store.library`."""
        return self.store.library(query, limit, offset, after)

    def count_answers(self, query: LibraryQuery = LibraryQuery()) -> int:  # noqa: B008 - immutable
        """Return how many attempts a query chooses."""
        return self.store.count_library(query)

    def position(self, query: LibraryQuery, attempt_id: str) -> int | None:
        """Return how many answers stand before one in a query's list; None: it is not there."""
        return self.store.position(query, attempt_id)

    def contents(self) -> Contents:
        """Return what the answers have in common, for `narrowings`."""
        return self.store.contents()

    def narrowings(self, contents: Contents, query: LibraryQuery) -> tuple[Narrowing, ...]:
        """Return what a list of these contents can be narrowed down to, in words."""
        return narrowings(contents, self.library(), query, self.today())

    def today(self) -> date:
        """Return the day that it is here."""
        return self._now().astimezone().date()

    # One answer

    def find_attempt(self, beginning: str) -> str:
        """Return the id of the one attempt whose id begins so. Raises `UsageError`."""
        if self.store.attempt(beginning):
            return beginning
        found = self.store.ids(beginning) if beginning else ()
        if len(found) > 1:
            raise UsageError(
                f"{len(found)} attempts have an id that begins with {beginning!r}.",
                "Give more characters of the id.",
            )
        if not found:
            raise UsageError(f"There is no attempt {beginning!r}.", "See: trainer history list")
        return found[0]

    def view(
        self, attempt_id: str, version: int | None = None, rating: int | None = None
    ) -> AttemptView:
        """Return one version of an attempt (the newest without `version`), ready to show.

        `rating` counts the ratings of these words from 1; without it the machine's newest is
        shown. Raises `UsageError` for an unknown attempt, version or rating.
        """
        record = self._record(attempt_id)
        recording = self.recording_of(record.attempt)
        calibration = self.calibrations.stored()
        baseline = calibration.baseline if calibration else None
        return show_attempt(record, version, self.library(), recording, baseline, rating)

    def versions(self, view: AttemptView) -> tuple[Version, ...]:
        """Return all versions of an answer with all ratings of each, the newest first."""
        from trainer.review.versions import list_versions

        return list_versions(view.record, decode_rubric)

    def doubts(self, view: AttemptView, *, settled: bool = False) -> tuple[Doubt, ...]:
        """Return what can be asked about marks that are not sure, or about those once `settled`.

        Only the newest words of an answer can be settled, by their newest rating.
        """
        from trainer.coach.doubts import doubts

        if view.rubric is None or view.rating is None or not view.is_newest:
            return ()
        return doubts(view.rubric, view.transcript.transcript, view.rating, settled=settled)

    def why(self, view: AttemptView) -> Explained:
        """Return why the marks of one version of an attempt came out as they did, in words.

        The present rater works it out anew, with the encoder in about half a second; a rubric
        that was stored before any trained head is renewed where that can be done.
        """
        attempt, words = view.record.attempt, view.transcript.transcript
        rubric, note = view.rubric, None
        today = self.rubric_for(attempt.rubric_id, attempt.criterion_id)
        if rubric and not self.shortfall(today):
            rubric, note = renew(rubric, today)
        explained = self.explain(words, rubric, attempt.prompt, view.rating)
        return replace(explained, note=note) if note and explained.lines else explained

    def locate(self, view: AttemptView, quote: str) -> tuple[int, int] | None:
        """Return where words stand in an answer, whatever their case and punctuation, or None."""
        from trainer.analysis.settling import locate

        return locate(view.transcript.transcript, quote)

    # Deleting

    def delete(self, attempt_id: str) -> int:
        """Delete an attempt with its follow-ups and their sound; return how many attempts went.

        `undo_delete` brings them back until `close`.
        """
        return self.store.delete_attempt(attempt_id)

    def undo_delete(self) -> str | None:
        """Bring back what `delete` deleted last; return the attempt's id, None where it is gone."""
        return self.store.undo_delete()

    @property
    def can_undo_delete(self) -> bool:
        """Whether `undo_delete` has something to bring back."""
        return self.store.can_undo_delete

    def delete_for_good(self, attempt_id: str) -> int:
        """Delete as `delete` does, at once and for good."""
        return self.store.delete_for_good(attempt_id)
