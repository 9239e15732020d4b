"""The composition root: builds the real parts and offers what screens and commands ask for.

Tests hand in fakes through the constructor of `Services`. Nothing here draws or prints.
"""

from __future__ import annotations

import sys
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from random import Random

from trainer import log
from trainer.analysis.types import Delivery
from trainer.bank.types import Library, Rubric
from trainer.catalogue import Catalogue, Rater, library_loader, make_rater, score
from trainer.config import Settings, load_settings, save_settings
from trainer.errors import UsageError
from trainer.paths import Home, find_home
from trainer.recall import AttemptView, band_word, encode_rubric, item_of, show_attempt
from trainer.session.plan import Item, Run, draw
from trainer.store.database import Store
from trainer.store.types import (
    Attempt,
    AttemptRecord,
    AttemptSummary,
    Draft,
    StoredRating,
    StoredTranscript,
)
from trainer.transcript.types import Transcript


@dataclass(frozen=True, slots=True)
class BankLine:
    """A bank as home shows it."""

    id: str
    title: str
    questions: int
    answered: int
    yours: bool


@dataclass(frozen=True, slots=True)
class Overview:
    """What home shows: the banks, and what is missing with its remedy."""

    banks: tuple[BankLine, ...]
    answers: int
    unfinished: int
    missing: tuple[str, ...]

    @property
    def questions(self) -> int:
        """How many questions there are in all banks."""
        return sum(bank.questions for bank in self.banks)


class Services(Catalogue):
    """Everything below the screens, behind plain methods. Safe to call from worker threads."""

    def __init__(
        self,
        home: Home,
        store: Store,
        load_library: Callable[[], Library],
        make_rater: Callable[[Mapping[str, tuple[str, ...]]], Rater],
        settings: Settings | None = None,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        random: Random | None = None,
        notices: Sequence[str] = (),
    ) -> None:
        super().__init__(load_library, make_rater)
        self.home = home
        self.store = store
        self.settings = settings or Settings()
        self.clock = clock
        self._now = now
        self._random = random or Random()  # noqa: S311 - order of questions, not a secret
        self._notices = tuple(notices)

    def close(self) -> None:
        """Close the store."""
        self.store.close()

    # Banks and plans

    def overview(self) -> Overview:
        """Return what home shows."""
        library = self.library()
        counts = self.store.practice_counts()
        lines = (
            BankLine(
                loaded.bank.id,
                loaded.bank.title,
                len(loaded.bank.questions),
                sum(1 for q in loaded.bank.questions if q.id in counts),
                loaded.layer == "yours",
            )
            for loaded in library.banks
        )
        complaints = (str(complaint) for complaint in library.complaints)
        return Overview(
            tuple(lines),
            self.store.count_history(),
            len(self.unfinished()),
            (*self._notices, *complaints),
        )

    def plan(
        self,
        bank_ids: Sequence[str] = (),
        question_ids: Sequence[str] = (),
        count: int | None = None,
        seed: int | None = None,
    ) -> Run:
        """Draw a practice; without ids from all banks. Raises `UsageError` for unknown ids.

        Questions named by id are asked in that order, all of them unless `count` is smaller.
        """
        random = self._random if seed is None else Random(seed)  # noqa: S311
        if question_ids:
            named = [self.question(question_id) for question_id in question_ids]
            items = tuple(Item(b.id, b.title, q, q.prompt) for b, q in named[:count])
        else:
            banks = [self.bank(bank_id) for bank_id in bank_ids] or [
                loaded.bank for loaded in self.library().banks
            ]
            pool = [(bank, question) for bank in banks for question in bank.questions]
            asked = {i: c.times for i, c in self.store.practice_counts().items()}
            items = draw(pool, count or self.settings.questions, random, asked)
        if not items:
            raise UsageError("There is no question to ask.", "Run: trainer banks check")
        return Run(uuid.uuid4().hex, items)

    # Answers

    def rubric_for(self, rubric_id: str | None, criterion_id: str | None) -> Rubric | None:
        """Return the rubric, narrowed to one criterion for a follow-up; None where it is gone."""
        rubric = self.library().rubrics.get(rubric_id) if rubric_id else None
        if rubric is None or criterion_id is None:
            return rubric
        only = tuple(c for c in rubric.criteria if c.id == criterion_id)
        version = f"{rubric.version}/{criterion_id}"
        return replace(rubric, criteria=only, topic=(), version=version) if only else None

    def run_of(self, item: Item) -> Run:
        """Return a practice of this one item."""
        return Run(uuid.uuid4().hex, (item,))

    def new_draft(self, run: Run, take: int = 1) -> Draft:
        """Return an empty draft for the item that is asked now. Nothing is stored yet."""
        item, now = run.item, self._timestamp()
        return Draft(
            id=uuid.uuid4().hex,
            owner=self.store.owner,
            session_id=run.session_id,
            bank_id=item.bank_id,
            question_id=item.question.id,
            prompt=item.wording,
            text="",
            counted_s=0.0,
            take=take,
            started_at=now,
            updated_at=now,
            probe_of=item.probe_of,
            criterion_id=item.criterion_id,
        )

    def correction_draft(self, attempt_id: str) -> Draft:
        """Return a draft that holds the newest words of an attempt. Nothing is stored yet."""
        record = self._record(attempt_id)
        attempt, now = record.attempt, self._timestamp()
        return Draft(
            id=uuid.uuid4().hex,
            owner=self.store.owner,
            session_id=attempt.session_id,
            bank_id=attempt.bank_id,
            question_id=attempt.question_id,
            prompt=attempt.prompt,
            text=record.transcripts[-1].transcript.text,
            counted_s=0.0,
            take=attempt.take,
            started_at=now,
            updated_at=now,
            probe_of=attempt.probe_of,
            criterion_id=attempt.criterion_id,
            corrects=attempt_id,
        )

    def save_draft(self, draft: Draft) -> None:
        """Store the draft as it is now. Raises `StoreError`."""
        self.store.save_draft(replace(draft, updated_at=self._timestamp()))

    def discard_draft(self, draft_id: str) -> None:
        """Delete a draft for good."""
        self.store.discard_draft(draft_id)

    def unfinished(self) -> tuple[Draft, ...]:
        """Return drafts that can be taken up: this program's and those of programs that ended."""
        drafts = (*self.store.drafts(), *self.store.orphaned_drafts())
        return tuple(sorted(drafts, key=lambda draft: draft.updated_at, reverse=True))

    def resume(self, draft_id: str) -> tuple[Draft, Run]:
        """Take a draft up again. Raises `StoreError` when another program has it."""
        draft = replace(self.store.adopt_draft(draft_id), set_aside=False)
        self.store.save_draft(draft)
        return draft, Run(draft.session_id, (item_of(draft, self.library()),))

    def finish(self, draft: Draft, item: Item, takes: Sequence[str] = ()) -> str:
        """Rate the draft's text, store it as an attempt, and return the attempt's id.

        `takes` are ids of earlier takes that a redo set aside; they are kept in the history too.
        Until the one transaction of the store is through, the draft stays what it is.
        """
        rubric = self.rubric_for(item.question.rubric, item.criterion_id)
        attempt = Attempt(
            id=uuid.uuid4().hex,
            session_id=draft.session_id,
            bank_id=item.bank_id,
            bank_title=item.bank_title,
            question_id=item.question.id,
            prompt=item.wording,
            rubric_id=rubric.id if rubric else None,
            started_at=draft.started_at,
            lower_s=item.answer_s[0],
            upper_s=item.answer_s[1],
            take=draft.take,
            probe_of=item.probe_of,
            criterion_id=item.criterion_id,
        )
        transcript = self._measured(attempt, Transcript.typed(draft.text), draft.counted_s)
        rating = self._rated(attempt, transcript, rubric) if rubric else None
        self.store.save_attempt(attempt, transcript, rating, closes=(draft.id, *takes))
        return attempt.id

    def correct(self, attempt_id: str, text: str) -> None:
        """Store a corrected transcript as a new version and rate it.

        A text that changes nothing makes no version; it is only rated again.
        """
        record = self._record(attempt_id)
        attempt, newest = record.attempt, record.transcripts[-1]
        if text != newest.transcript.text:
            corrected = Transcript.typed(text, "corrected")
            version = self._measured(attempt, corrected, newest.delivery.answer_s)
            newest = replace(version, corrects=newest.id)
            self.store.add_transcript(newest)
        rubric = self.rubric_for(attempt.rubric_id, attempt.criterion_id)
        rating = self._rated(attempt, newest, rubric) if rubric else None
        if rating:
            self.store.add_rating(rating)

    # History

    def count_history(self, search: str = "") -> int:
        """Return how many attempts a search finds."""
        return self.store.count_history(search)

    def band_word(self, summary: AttemptSummary) -> str:
        """Return the word for the newest score of an attempt, or "not rated"."""
        return band_word(summary)

    def history(
        self, search: str = "", bank_id: str | None = None, limit: int = 200, offset: int = 0
    ) -> tuple[AttemptSummary, ...]:
        """Return attempts, newest first."""
        return self.store.history(search, bank_id=bank_id, limit=limit, offset=offset)

    def find_attempt(self, beginning: str) -> str:
        """Return the id of the one attempt whose id begins so. Raises `UsageError`."""
        if self.store.attempt(beginning):
            return beginning
        found = [
            summary.attempt.id
            for summary in self.store.history(limit=sys.maxsize)
            if summary.attempt.id.startswith(beginning)
        ]
        if len(found) > 1:
            raise UsageError(
                f"{len(found)} attempts have an id that begins with {beginning!r}.",
                "Give more characters of the id.",
            )
        if not found or not beginning:
            raise UsageError(f"There is no attempt {beginning!r}.", "See: trainer history list")
        return found[0]

    def view(self, attempt_id: str, version: int | None = None) -> AttemptView:
        """Return one version of an attempt (the newest without `version`), ready to show.

        Raises `UsageError` for an unknown attempt or version.
        """
        return show_attempt(self._record(attempt_id), version, self.library())

    def delete(self, attempt_id: str) -> int:
        """Delete an attempt with its follow-ups; return how many attempts went."""
        return self.store.delete_attempt(attempt_id)

    # Settings

    def change_settings(self, settings: Settings) -> None:
        """Use and save new settings. Raises `ConfigError`; they are then in use, not saved."""
        self.settings = settings
        save_settings(self.home, settings)

    # Parts of the above

    def _measured(
        self, attempt: Attempt, transcript: Transcript, answer_s: float | None
    ) -> StoredTranscript:
        delivery = measured(transcript, answer_s, attempt.lower_s, attempt.upper_s)
        return StoredTranscript(
            uuid.uuid4().hex, attempt.id, self._timestamp(), transcript, delivery
        )

    def _rated(
        self, attempt: Attempt, stored: StoredTranscript, rubric: Rubric
    ) -> StoredRating | None:
        try:
            rating = self.rater().rate(stored.transcript, rubric, attempt.prompt)
        except Exception as error:  # noqa: BLE001
            # Words are worth more than marks: the answer is kept, and can be rated again.
            log.record_crash(error)
            return None
        return StoredRating(
            uuid.uuid4().hex,
            attempt.id,
            stored.id,
            self._timestamp(),
            rating,
            score(rating, rubric).value,
            encode_rubric(rubric),
        )

    def _record(self, attempt_id: str) -> AttemptRecord:
        record = self.store.attempt(attempt_id)
        if record is None:
            raise UsageError(f"There is no attempt {attempt_id!r}.", "See: trainer history list")
        return record

    def _timestamp(self) -> str:
        return self._now().astimezone(UTC).isoformat(timespec="milliseconds")


def measured(
    transcript: Transcript, answer_s: float | None, lower_s: int, upper_s: int
) -> Delivery:
    """Return the delivery figures of a transcript."""
    from trainer.analysis.delivery import measure

    return measure(transcript, answer_s, lower_s, upper_s)


def open_services(home: Home | None = None) -> Services:
    """Build the real parts. Raises `TrainerError` when the home or the history cannot be used."""
    home = home or find_home()
    home.prepare()
    log.start_logging(home)
    settings, complaint = load_settings(home)
    store = Store.open(home, measured)
    notices = [text for text in (complaint, store.notice) if text]
    return Services(home, store, library_loader(home), make_rater, settings, notices=notices)
