"""The history: what every other room calls."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from trainer.errors import StoreError
from trainer.paths import Home
from trainer.store import attempts, drafts, filler_reviews, listing, recordings
from trainer.store.annotating import Annotating
from trainer.store.backups import copies
from trainer.store.connection import Database, connect, plain_errors
from trainer.store.deleting import Deleting
from trainer.store.drafts import Measure, count_words
from trainer.store.merging import Merging
from trainer.store.opening import make_ready
from trainer.store.owners import Holds, Owner, running_owners
from trainer.store.querying import Querying
from trainer.store.search import Search
from trainer.store.sounds import Sounds
from trainer.store.types import (
    Attempt,
    AttemptRecord,
    Draft,
    FillerReview,
    StoredRating,
    StoredTranscript,
)


class Store(Querying, Annotating, Deleting, Merging):
    """An open history; a context manager. Every method may raise `StoreError`.

    Threads may share it: one lock lets one call in at a time, and a call is one transaction, so
    it happened whole or not at all. Other processes may use the same file at the same time. Text
    is stored as it is, except that a lone surrogate becomes U+FFFD.
    """

    def __init__(
        self,
        home: Home,
        database: Database,
        search: Search,
        measure: Measure,
        notice: str | None,
    ) -> None:
        self.notice = notice
        """What the user should know about a damaged file that was replaced, or None."""
        self._home = home
        self._database = database
        self._search = search
        self._measure = measure
        self._owner = Owner(home)
        self._holds = Holds(home)
        self._deleted = []
        self.sounds = Sounds(database, self._holds)
        """What the rows say of recordings."""

    @classmethod
    def open(
        cls,
        home: Home,
        measure: Measure = count_words,
        tell: Callable[[float], object] = lambda share: None,
    ) -> Self:
        """Open the history of `home`; make, migrate or rescue it where that is due.

        `measure` gives the delivery of earlier takes that `save_attempt` closes. Where a long
        history has to be prepared, as once after an update, `tell` hears what share (0..1) is
        done; what it raises ends the opening, and the next one begins anew.
        """
        path = home.database
        with plain_errors(path):
            notice = make_ready(home, tell)
            connection = connect(path)
            try:
                if os.path.lexists(home.deleting):
                    raise StoreError(
                        "Everything is being deleted in another window of the trainer.",
                        "Wait until it is done, then start again.",
                    )
                database = Database(connection, path)
                store = cls(home, database, Search(connection), measure, notice)
            except BaseException:
                connection.close()
                raise
        store.delete_left_over()
        return store

    def close(self) -> None:
        """Close the file. Drafts that are left can be taken up by the next program.

        What was deleted and not brought back is deleted for good, with its sound; what of it
        cannot be, by the next program. Closing once more is no error.
        """
        if self._deleted:
            self.delete_left_over()
        self._database.close()
        self._owner.release()
        self._holds.release_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def owner(self) -> str:
        """The name under which this store writes drafts."""
        return self._owner.id

    def is_alone(self) -> bool:
        """Tell whether no other program has the history open."""
        return self._database.is_alone()

    # Drafts

    def save_draft(self, draft: Draft) -> None:
        """Insert or replace a draft, in the name of this store whatever `draft.owner` says.

        It outlives the end of the program at any moment; when the power fails the last seconds
        may be lost, because a save that comes every second does not wait for the disk.
        """
        with self._database.writing("NORMAL") as db:
            self._owner.hold()
            drafts.save(db, replace(draft, owner=self.owner))

    def drafts(self) -> tuple[Draft, ...]:
        """Return the drafts of this store, those set aside too, the last written first."""
        with self._database.reading() as db:
            return tuple(d for d in drafts.all_drafts(db) if d.owner == self.owner)

    def orphaned_drafts(self) -> tuple[Draft, ...]:
        """Return the drafts of programs that run no longer, the last written first.

        Those with neither words nor sound hold nothing that anybody could take up: they are
        deleted.
        """
        with self._database.writing() as db:
            running = running_owners(self._home) | {self.owner}
            orphaned = [d for d in drafts.all_drafts(db) if d.owner not in running]
            kept = tuple(d for d in orphaned if self.holds_anything(d))
            drafts.delete(db, (d.id for d in orphaned if d not in kept))
            return kept

    def holds_anything(self, draft: Draft) -> bool:
        """Tell whether a draft has words, or sound on the disk."""
        return not drafts.is_blank(draft) or recordings.holds_sound(self._home, draft.recording)

    def adopt_draft(self, draft_id: str) -> Draft:
        """Make a draft of a dead program, or of this store, this store's own and return it.

        Of two programs that try, one gets it; the other gets a `StoreError`.
        """
        with self._database.writing() as db:
            draft = drafts.find(db, draft_id)
            if draft is None:
                raise StoreError(
                    "This unfinished answer is no longer there.",
                    "It was finished or discarded in another window: look into the history.",
                )
            if draft.owner != self.owner and draft.owner in running_owners(self._home):
                raise StoreError(
                    "This unfinished answer is open in another window of the trainer.",
                    "Go on there, or close that window first.",
                )
            self._owner.hold()
            adopted = replace(draft, owner=self.owner)
            drafts.save(db, adopted)
            return adopted

    def discard_draft(self, draft_id: str) -> None:
        """Delete a draft for good, and its sound unless an attempt has it too.

        One that is not there is no error.
        """
        with self._database.writing() as db:
            names = recordings.of_drafts(db, (draft_id,))
            drafts.delete(db, (draft_id,))
            unused = recordings.without(names, recordings.named(db))
        self._database.empty_log()
        recordings.delete(self._home, unused)

    # Attempts

    def save_attempt(
        self,
        attempt: Attempt,
        transcript: StoredTranscript,
        rating: StoredRating | None,
        closes: Sequence[str] = (),
        corrected: StoredTranscript | None = None,
    ) -> None:
        """Store an answer, and close the drafts that it came from, on the disk before returning.

        `corrected` is a second version of the words, where the speaker has changed or accepted
        what was heard. Of the drafts named by `closes`, those set aside are kept as superseded
        attempts, which have the id of the draft, its words, its sound and no rating; the others
        are deleted. No sound is.
        """
        with self._database.writing() as db:
            taken = (drafts.find(db, draft_id) for draft_id in dict.fromkeys(closes))
            earlier = [
                drafts.superseded(draft, attempt, self._measure)
                for draft in taken
                if draft and draft.set_aside
            ]
            versions = (transcript,) if corrected is None else (transcript, corrected)
            for take, transcripts in (*earlier, (attempt, versions)):
                attempts.add(db, take)
                for words in transcripts:
                    attempts.add_transcript(db, words)
                self._search.index(db, take.id)
            if rating:
                attempts.add_rating(db, rating)
            listing.refresh(db, (take.id for take, _ in (*earlier, (attempt, versions))))
            drafts.delete(db, closes)

    def add_version(
        self,
        transcript: StoredTranscript | None,
        rating: StoredRating | None = None,
        closes: Sequence[str] = (),
        settled: StoredRating | None = None,
    ) -> None:
        """Add a version of an attempt's words and a rating, and delete the drafts `closes`.

        Earlier versions and ratings stay. Without a transcript the rating is one of a version
        that is stored already. `settled` is a second rating, the newer one, with what the speaker
        has settled.
        """
        with self._database.writing() as db:
            of = dict.fromkeys(new.attempt_id for new in (transcript, rating, settled) if new)
            for attempt_id in of:
                attempts.require(db, attempt_id)
            if transcript:
                attempts.add_transcript(db, transcript)
                self._search.index(db, transcript.attempt_id)
            for given in (rating, settled):
                if given:
                    attempts.add_rating(db, given)
            listing.refresh(db, of)
            drafts.delete(db, closes)

    def add_rating(
        self, attempt_id: str, rate: Callable[[AttemptRecord | None], StoredRating]
    ) -> None:
        """Add the rating that `rate` makes of the attempt as it stands now; None: there is none.

        No other process writes between the reading and the writing, so that of two decisions on
        one rating neither is lost. What `rate` raises leaves everything as it was.
        """
        self.add_ratings(attempt_id, lambda record: (rate(record),))

    def add_ratings(
        self, attempt_id: str, rate: Callable[[AttemptRecord | None], Sequence[StoredRating]]
    ) -> None:
        """Add several ratings, the newest last, as `add_rating` does one."""
        with self._database.writing() as db:
            for rating in rate(attempts.find(db, attempt_id)):
                attempts.add_rating(db, rating)
            listing.refresh(db, (attempt_id,))

    def add_filler_review(self, review: FillerReview) -> None:
        """Add what somebody counted of the filled pauses of an attempt; earlier counts stay."""
        with self._database.writing() as db:
            attempts.require(db, review.attempt_id)
            filler_reviews.add(db, review)
            listing.refresh(db, (review.attempt_id,))

    def attempt(self, attempt_id: str) -> AttemptRecord | None:
        """Return an attempt with all its versions; None where there is none, or it was deleted."""
        with self._database.reading() as db:
            return attempts.find(db, attempt_id)

    def stray_recordings(self) -> tuple[Path, ...]:
        """Return the recordings that no answer and no draft names, by name."""
        # The files first: whoever records names the file before it is there.
        found = recordings.all_files(self._home)
        if not found:
            return ()
        with self._database.reading() as db:
            stray = recordings.without((file.name for file in found), recordings.named(db))
        return tuple(file for file in found if file.name in stray)

    def copies(self) -> tuple[Path, ...]:
        """Return backups and damaged files that were kept; they may hold deleted answers."""
        with plain_errors(self._home.database):
            return copies(self._home.database)
