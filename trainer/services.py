"""The composition root: builds the real parts and offers what screens and commands ask for.

Tests hand in fakes through the constructor of `Services`. Nothing here draws or prints.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from random import Random

from trainer import answers, log
from trainer.bank.types import Library, Rubric
from trainer.catalogue import Catalogue, Rater, library_loader, make_rater
from trainer.config import Settings, load_settings, save_settings
from trainer.errors import UsageError
from trainer.notices import standing
from trainer.paths import Home, find_home
from trainer.recall import AttemptView, band_word, item_of, show_attempt
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
            (*self._notices, *standing(self.home), *complaints),
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
            asked = self.store.practice_counts()
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
        return answers.narrowed(rubric, criterion_id)

    def run_of(self, item: Item) -> Run:
        """Return a practice of this one item."""
        return Run(uuid.uuid4().hex, (item,))

    def new_draft(self, run: Run, take: int = 1) -> Draft:
        """Return an empty draft for the item that is asked now. Nothing is stored yet."""
        return answers.new_draft(run, take, self.store.owner, self._timestamp())

    def correction_draft(self, attempt_id: str) -> Draft:
        """Return a draft that holds the newest words of an attempt. Nothing is stored yet."""
        record = self._record(attempt_id)
        return answers.correction_draft(record, self.store.owner, self._timestamp())

    def save_draft(self, draft: Draft) -> None:
        """Store the draft as it is now. Raises `StoreError`."""
        self.store.save_draft(replace(draft, updated_at=self._timestamp()))

    def discard_draft(self, draft_id: str) -> None:
        """Delete a draft for good."""
        self.store.discard_draft(draft_id)

    def unfinished(self) -> tuple[Draft, ...]:
        """Return drafts that can be taken up: this program's and those of programs that ended.

        A draft without words holds nothing to take up and is left out.
        """
        drafts = (*self.store.drafts(), *self.store.orphaned_drafts())
        written = (draft for draft in drafts if draft.text.strip())
        return tuple(sorted(written, key=lambda draft: draft.updated_at, reverse=True))

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
        attempt = answers.attempt_of(draft, item, rubric)
        transcript = Transcript.typed(draft.text)
        version = answers.version_of(attempt, transcript, draft.counted_s, self._timestamp())
        rating = self._rated(attempt, version, rubric)
        self.store.save_attempt(attempt, version, rating, closes=(draft.id, *takes))
        return attempt.id

    def correct(self, attempt_id: str, text: str, draft_id: str | None = None) -> None:
        """Store a corrected transcript as a new version, rate it, and close the correction's draft.

        All of that happens or nothing. A text that changes nothing makes no version; it is only
        rated again.
        """
        record = self._record(attempt_id)
        attempt, newest = record.attempt, record.transcripts[-1]
        changed = text.strip() != newest.transcript.text.strip()
        if changed:
            corrected, answer_s = Transcript.typed(text, "corrected"), newest.delivery.answer_s
            version = answers.version_of(attempt, corrected, answer_s, self._timestamp())
            newest = replace(version, corrects=newest.id)
        rubric = self.rubric_for(attempt.rubric_id, attempt.criterion_id)
        rating = self._rated(attempt, newest, rubric)
        closes = () if draft_id is None else (draft_id,)
        self.store.add_version(newest if changed else None, rating, closes)

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
        found = self.store.ids(beginning) if beginning else ()
        if len(found) > 1:
            raise UsageError(
                f"{len(found)} attempts have an id that begins with {beginning!r}.",
                "Give more characters of the id.",
            )
        if not found:
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

    def _rated(
        self, attempt: Attempt, version: StoredTranscript, rubric: Rubric | None
    ) -> StoredRating | None:
        if rubric is None:
            return None
        return answers.rating_of(attempt, version, rubric, self.rater, self._timestamp())

    def _record(self, attempt_id: str) -> AttemptRecord:
        record = self.store.attempt(attempt_id)
        if record is None:
            raise UsageError(f"There is no attempt {attempt_id!r}.", "See: trainer history list")
        return record

    def _timestamp(self) -> str:
        return self._now().astimezone(UTC).isoformat(timespec="milliseconds")


def open_services(home: Home | None = None) -> Services:
    """Build the real parts. Raises `TrainerError` when the home or the history cannot be used."""
    home = home or find_home()
    home.prepare()
    log.start_logging(home)
    settings, complaint = load_settings(home)
    store = Store.open(home, answers.measured)
    notices = [text for text in (complaint, store.notice) if text]
    return Services(home, store, library_loader(home), make_rater, settings, notices=notices)
