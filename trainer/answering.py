"""The course of an answer: from its draft and its sound to stored words with a rating."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from trainer import records
from trainer.audio.reading import is_flac, other_form
from trainer.bank.types import Rubric
from trainer.marking import Marking
from trainer.recall import item_of
from trainer.session.plan import Item, Run
from trainer.store.recordings import file_of
from trainer.store.types import (
    Attempt,
    Draft,
    StoredRating,
    StoredTranscript,
)
from trainer.transcript.correction import align
from trainer.transcript.types import Transcript

_log = logging.getLogger(__name__)


class Answering(Marking):
    """Drafts, recordings, attempts and corrections over a history."""

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

        A draft with neither words nor sound holds nothing to take up and is left out. The time of
        a spoken one is at least that of its sound: who is ended by force stores no last time.
        """
        drafts = (*self.store.drafts(), *self.store.orphaned_drafts())
        held = (self._timed(draft) for draft in drafts if self.store.holds_anything(draft))
        return tuple(sorted(held, key=lambda draft: draft.updated_at, reverse=True))

    def _timed(self, draft: Draft) -> Draft:
        file = self.recording_of(draft) if draft.corrects is None else None
        if file is None:
            return draft
        from trainer.capture.files import length_s

        return replace(draft, counted_s=max(draft.counted_s, length_s(file)))

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

    def _rated(
        self, attempt: Attempt, version: StoredTranscript, rubric: Rubric | None
    ) -> StoredRating | None:
        if rubric is None:
            return None
        return records.rating_of(attempt, version, rubric, self.rater, self._timestamp())
