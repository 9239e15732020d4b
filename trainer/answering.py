"""The course of an answer: from its draft and its sound to stored words with a rating."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from trainer import records
from trainer.audio.reading import is_flac, other_form
from trainer.bank.types import Library, Mark, Rubric
from trainer.catalogue import Catalogue, Rater
from trainer.errors import UsageError
from trainer.paths import Home
from trainer.recall import AttemptView, decode_rubric, differs_today, encode_rubric, item_of
from trainer.session.plan import Item, Run
from trainer.store.database import Store
from trainer.store.recordings import file_of
from trainer.store.types import (
    Attempt,
    AttemptRecord,
    Draft,
    FillerReview,
    StoredRating,
    StoredTranscript,
)
from trainer.transcript.correction import align
from trainer.transcript.types import Transcript

if TYPE_CHECKING:
    from trainer.analysis.settling import Decision

MOST_FILLERS = 999
"""More nobody counts in one answer: a higher number is a slip of the keys."""

_log = logging.getLogger(__name__)


class Answering(Catalogue):
    """Drafts, recordings, attempts and corrections over a history."""

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

    def run_of(self, item: Item) -> Run:
        """Return a practice of this one item."""
        return Run(uuid.uuid4().hex, (item,))

    # Drafts

    def new_draft(self, run: Run, take: int = 1) -> Draft:
        """Return an empty draft for the item that is asked now. Nothing is stored yet."""
        return records.new_draft(run, take, self.store.owner, self._timestamp())

    def correction_draft(self, attempt_id: str) -> Draft:
        """Return a draft that holds the newest words of an attempt. Nothing is stored yet."""
        record = self._record(attempt_id)
        return records.correction_draft(record, self.store.owner, self._timestamp())

    def save_draft(self, draft: Draft) -> None:
        """Store the draft as it is now. Raises `StoreError`."""
        self.store.save_draft(replace(draft, updated_at=self._timestamp()))

    def discard_draft(self, draft_id: str) -> None:
        """Delete a draft for good, with its sound unless a stored answer has it too."""
        self.store.discard_draft(draft_id)

    def unfinished(self) -> tuple[Draft, ...]:
        """Return drafts that can be taken up: this program's and those of programs that ended.

        A draft with neither words nor sound holds nothing to take up and is left out.
        """
        drafts = (*self.store.drafts(), *self.store.orphaned_drafts())
        held = (draft for draft in drafts if self.store.holds_anything(draft))
        return tuple(sorted(held, key=lambda draft: draft.updated_at, reverse=True))

    def resume(self, draft_id: str) -> tuple[Draft, Run]:
        """Take a draft up again. Raises `StoreError` when another program has it.

        A recording that was interrupted is mended, so that every player can read it. Where it is
        gone the words go on alone: a recogniser would find none and take their place.
        """
        draft = replace(self.store.adopt_draft(draft_id), set_aside=False)
        if draft.corrects is None and self.recording_of(draft) is None:
            draft = replace(draft, recording=None)
        if draft.corrects is None or self.store.attempt(draft.corrects) is None:
            draft = self._to_record_on(draft)
        self.store.save_draft(draft)
        self._mend(draft)
        return draft, Run(draft.session_id, (item_of(draft, self.library()),))

    # Sound

    def new_recording(self) -> Path:
        """Return a file to record into, which does not exist yet, in a folder that does.

        Save a draft that names it before anything is recorded. Raises `TrainerError` where the
        folder cannot be made.
        """
        return self.home.ensure(self.home.recordings) / f"{uuid.uuid4().hex}.wav"

    def recording_of(self, kept: Draft | Attempt) -> Path | None:
        """Return the file with the sound of an answer; None without one, or where it is gone."""
        return file_of(self.home, kept.recording)

    def origin_of(self, draft: Draft) -> str | None:
        """Return the name of the file that a draft was imported from; None: it was given here."""
        if draft.recording is None:
            return None
        from trainer.capture.files import read_notes

        return read_notes(self.home.recordings / draft.recording).origin or None

    # Attempts

    def words_of(self, draft: Draft) -> Transcript:
        """Return the words of a draft as its speaker corrects them, with the times of the sound.

        What was heard with spoken figures as figures; `draft.text` aligned with it where that
        says something else.
        """
        from trainer.analysis.versions import versions

        if draft.corrects is None:
            return versions(draft.text, draft.heard, accepted=False)[-1]
        newest = self._record(draft.corrects).transcripts[-1].transcript
        return newest if draft.text == newest.text else align(newest, draft.text)

    def finish(
        self, draft: Draft, item: Item, takes: Sequence[str] = (), accepted: bool = True
    ) -> str:
        """Rate the draft's words, store them as an attempt, and return the attempt's id.

        A spoken answer keeps what was heard as a version of its own where the speaker has
        changed it. The words of the built-in recogniser are rated only when the speaker has
        changed or `accepted` them. `takes` are ids of earlier takes that a redo set aside; they
        are kept in the history too. Until the one transaction of the store is through, the draft
        stays what it is.
        """
        from trainer.analysis.versions import versions

        rubric = self.rubric_for(item.question.rubric, item.criterion_id)
        heard = self._heard(draft)
        attempt = records.attempt_of(draft, item, rubric)
        attempt = replace(attempt, origin=self.origin_of(draft))
        if heard is None:
            attempt = replace(attempt, recording=None)
        newest: StoredTranscript | None = None
        stored: list[StoredTranscript] = []
        for words in versions(draft.text, heard, accepted=accepted):
            now = self._timestamp()
            newest = records.version_of(attempt, words, draft.counted_s, now, corrects=newest)
            stored.append(newest)
        rating = self._rated(attempt, stored[-1], rubric)
        second = stored[1] if len(stored) > 1 else None
        closes = (draft.id, *takes)
        self._measure(takes)
        self.store.save_attempt(attempt, stored[0], rating, closes=closes, corrected=second)
        return attempt.id

    def correct(self, attempt_id: str, text: str, draft_id: str | None = None) -> None:
        """Store a corrected transcript as a new version, rate it, and close the correction's draft.

        All of that happens or nothing. Words that stay keep their times, and what the speaker
        has settled stays as far as its words do. A text that changes nothing makes no version and
        is only rated again; but where it is the built-in recogniser's, or mostly guessed, it is
        thereby accepted.
        """
        from trainer.analysis.measurable import unmeasurable

        record = self._record(attempt_id)
        attempt, newest = record.attempt, record.transcripts[-1]
        words = newest.transcript
        changed = text.strip() != words.text.strip()
        taken = "words" in unmeasurable(words)
        if changed or taken:
            answer_s, now = newest.delivery.answer_s, self._timestamp()
            mended = align(words, text)
            newest = records.version_of(attempt, mended, answer_s, now, corrects=newest)
        rubric = self.rubric_for(attempt.rubric_id, attempt.criterion_id)
        rating = self._rated(attempt, newest, rubric)
        closes = () if draft_id is None else (draft_id,)
        settled = None
        if rating:
            settled = records.carried_over(record, newest, rating, self._timestamp())
        self.store.add_version(newest if changed or taken else None, rating, closes, settled)

    def accept(self, attempt_id: str) -> None:
        """Take the newest words of an attempt for the speaker's own, and rate them."""
        self.correct(attempt_id, self._record(attempt_id).transcripts[-1].transcript.text)

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

    def _measure(self, takes: Sequence[str]) -> None:
        """Measure the sound of earlier takes, which were left before anybody could."""
        for take in self.store.drafts():
            if take.id in takes:
                heard = self._heard(take)
                if heard != take.heard:
                    self.store.save_draft(replace(take, heard=heard))

    def _heard(self, draft: Draft) -> Transcript | None:
        """Return what was heard, with what the sound tells, as far as there is any.

        None where there is no sound and no trace of any: the answer was typed.
        """
        file = self.recording_of(draft)
        heard = draft.heard
        if file is None:
            return heard if heard and (heard.words or heard.voiced) else None
        if heard and heard.sound is not None:
            return heard
        from trainer.transcript.measuring import measure_sound

        try:
            sound = measure_sound(file)
        except OSError as error:
            _log.warning("nothing measured in %s: %s", file.name, error)
            sound = None
        return replace(heard or Transcript("", (), "unheard"), sound=sound)

    def _to_record_on(self, draft: Draft) -> Draft:
        """Return the draft with its sound as a file that can grow, where it was compressed.

        That happens only to a correction whose answer was deleted meanwhile.
        """
        file = self.recording_of(draft)
        if file is None or not is_flac(file):
            return draft
        from trainer.capture.sound_files import convert

        plain = other_form(file)
        convert(file, plain)
        return replace(draft, recording=plain.name)

    def _mend(self, draft: Draft) -> None:
        from trainer.capture.files import mend

        file = self.recording_of(draft)
        if file:
            try:
                mend(file)
            except OSError as error:
                _log.warning("%s is not mended: %s", file.name, error)

    def _checklist_json(self, record: AttemptRecord, words: StoredTranscript) -> str | None:
        stored = record.rating_of(words)
        if stored and decode_rubric(stored.rubric_json):
            return stored.rubric_json
        rubric = self.rubric_for(record.attempt.rubric_id, record.attempt.criterion_id)
        return encode_rubric(rubric) if rubric else None

    def _rated(
        self, attempt: Attempt, version: StoredTranscript, rubric: Rubric | None
    ) -> StoredRating | None:
        if rubric is None:
            return None
        return records.rating_of(attempt, version, rubric, self.rater, self._timestamp())

    def _record(self, attempt_id: str) -> AttemptRecord:
        record = self.store.attempt(attempt_id)
        if record is None:
            raise _missing(attempt_id)
        return record

    def _timestamp(self) -> str:
        return self._now().astimezone(UTC).isoformat(timespec="milliseconds")


def _missing(attempt_id: str) -> UsageError:
    return UsageError(f"There is no attempt {attempt_id!r}.", "See: trainer history list")
