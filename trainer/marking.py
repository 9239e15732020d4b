"""Marks of stored answers: what is given again, settled, marked and counted beside the machine."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from trainer import records
from trainer.bank.types import Library, Mark, Rubric
from trainer.catalogue import Catalogue, Rater
from trainer.errors import UsageError
from trainer.paths import Home
from trainer.recall import AttemptView, decode_rubric, differs_today, encode_rubric
from trainer.store.database import Store
from trainer.store.types import AttemptRecord, FillerReview, StoredRating, StoredTranscript

if TYPE_CHECKING:
    from trainer.analysis.settling import Decision

MOST_FILLERS = 999
"""More nobody counts in one answer: a higher number is a slip of the keys."""


class Marking(Catalogue):
    """Ratings of stored answers: each is added, and none takes the place of another."""

    def __init__(
        self,
        home: Home,
        store: Store,
        load_library: Callable[[], Library],
        make_rater: Callable[[Mapping[str, tuple[str, ...]]], Rater],
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__(load_library, make_rater)
        self.home = home
        self.store = store
        self._now = now

    def rubric_for(self, rubric_id: str | None, criterion_id: str | None) -> Rubric | None:
        """Return the rubric, narrowed to one criterion for a follow-up; None where it is gone."""
        rubric = self.library().rubrics.get(rubric_id) if rubric_id else None
        if rubric is None or criterion_id is None:
            return rubric
        return records.narrowed(rubric, criterion_id)

    def settle(
        self,
        attempt_id: str,
        decisions: Mapping[str, Decision],
        transcript_id: str | None = None,
    ) -> None:
        """Store what the speaker decides about criteria that are not sure, as a new rating.

        Earlier ratings stay. `transcript_id` is the version of the words that was shown, by
        default the newest. Another process may settle other criteria at the same time. Raises
        `UsageError` where there is nothing to decide, or a decision lacks its words.
        """

        def rate(record: AttemptRecord | None) -> StoredRating:
            if record is None:
                raise _missing(attempt_id)
            version = transcript_id or record.transcripts[-1].id
            return records.settled_of(record, version, decisions, self._timestamp())

        if decisions:
            self.store.add_rating(attempt_id, rate)

    def rate_self(
        self, attempt_id: str, marks: Mapping[str, Mark], transcript_id: str | None = None
    ) -> None:
        """Store the speaker's own marks of an answer, one for each criterion, as a new rating.

        The machine's ratings stay what they are, and so do earlier marks of the speaker.
        `transcript_id` is the version of the words that was marked, by default the newest. Raises
        `UsageError` where a criterion has no mark, or the answer has no checklist.
        """

        def rate(record: AttemptRecord | None) -> StoredRating:
            if record is None:
                raise _missing(attempt_id)
            words = records.words_named(record, transcript_id)
            rubric_json = self._checklist_json(record, words)
            return records.personal_of(words, marks, rubric_json, "self", self._timestamp())

        self.store.add_rating(attempt_id, rate)

    def begin_marks(self, view: AttemptView, marks: Mapping[str, Mark]) -> None:
        """Keep own marks of the words shown that are not given yet; without any forget them.

        `rate_self` forgets them too. Raises `StoreError`.
        """
        self.store.begin_marks(view.record.attempt.id, view.transcript.id, marks)

    def begun_marks(self, view: AttemptView) -> dict[str, Mark]:
        """Return own marks of the words shown that were begun and not given; none without."""
        return self.store.begun_marks(view.record.attempt.id, view.transcript.id)

    def checklist_of(
        self, record: AttemptRecord, transcript_id: str | None = None
    ) -> Rubric | None:
        """Return by what people mark a version of an answer: the checklist of the machine's rating.

        So the marks can be laid side by side. Where the machine gave none it is today's; None
        where there is none for this question.
        """
        stored = self._checklist_json(record, records.words_named(record, transcript_id))
        return decode_rubric(stored) if stored else None

    def rate_again(self, attempt_id: str) -> None:
        """Rate the newest words once more, with today's rater and checklist.

        It is stored as a further rating; the ones before stay, and what the speaker has settled
        is carried over. Words of the built-in recogniser that nobody accepted stay so. Raises
        `UsageError` where there is nothing to rate, or nothing to rate it by.
        """
        record = self._record(attempt_id)
        attempt, newest = record.attempt, record.transcripts[-1]
        rubric = self.rubric_for(attempt.rubric_id, attempt.criterion_id)
        rated = records.rated_again(
            attempt, newest, rubric, self.rater, self._timestamp()
        )  # before the store is locked: it can take a second

        def follow(now: AttemptRecord | None) -> tuple[StoredRating, ...]:
            if now is None:
                raise _missing(attempt_id)
            return records.followed(now, rated, self._timestamp())

        self.store.add_ratings(attempt_id, follow)

    def is_outdated(self, view: AttemptView) -> bool:
        """Return whether `rate_again` would rate by another rater or checklist than was used.

        Only the newest words can be outdated, by their newest rating, whichever is shown; words
        without a rating are not. An install that falls short of what rated them offers nothing
        better. The first call loads the rater (0.1 s).
        """
        newest = view.record.rating_of(view.transcript)
        if newest is None or view.version != view.versions:
            return False
        attempt = view.record.attempt
        today = self.rubric_for(attempt.rubric_id, attempt.criterion_id)
        if today is None:
            return False
        lacks = self.shortfall(today) is not None
        return differs_today(newest, today, self.rater().scorer_version, lacks=lacks)

    def count_fillers(
        self,
        attempt_id: str,
        count: int,
        moments: Sequence[tuple[float, float]] | None = None,
        rater: Literal["self", "peer"] = "self",
    ) -> None:
        """Store how many filled pauses somebody counted by ear, and when where they know it.

        `moments` are (start, end) in seconds of the sound. Earlier counts stay. Raises `UsageError`
        for a count that cannot be one.
        """
        if not 0 <= count <= MOST_FILLERS or (moments is not None and len(moments) != count):
            raise UsageError(
                f"{count} is no count of filled pauses.", f"Give a number from 0 to {MOST_FILLERS}."
            )
        record, now = self._record(attempt_id), self._timestamp()
        found = None if moments is None else tuple(sorted(moments))
        self.store.add_filler_review(
            FillerReview(uuid.uuid4().hex, record.attempt.id, now, rater, count, found)
        )

    # Parts of the above

    def _checklist_json(self, record: AttemptRecord, words: StoredTranscript) -> str | None:
        stored = record.rating_of(words)
        if stored and decode_rubric(stored.rubric_json):
            return stored.rubric_json
        rubric = self.rubric_for(record.attempt.rubric_id, record.attempt.criterion_id)
        return encode_rubric(rubric) if rubric else None

    def _record(self, attempt_id: str) -> AttemptRecord:
        record = self.store.attempt(attempt_id)
        if record is None:
            raise _missing(attempt_id)
        return record

    def _timestamp(self) -> str:
        return self._now().astimezone(UTC).isoformat(timespec="milliseconds")


def _missing(attempt_id: str) -> UsageError:
    return UsageError(f"There is no attempt {attempt_id!r}.", "See: trainer history list")
