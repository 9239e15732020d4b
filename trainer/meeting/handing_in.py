"""What the candidate's program hands in: the words of a stored answer, and the machine's marks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from trainer import records
from trainer.answering import Answering
from trainer.bank.types import Rubric
from trainer.errors import TrainerError, UsageError
from trainer.exchange.document import AttemptEntry, RatingEntry
from trainer.exchange.writing import attempt_entry, rating_entry
from trainer.meeting.keeping import fits
from trainer.meeting.types import Place
from trainer.peer import events
from trainer.peer.holding import now
from trainer.peer.types import MACHINE, Answer, Asked, RoundView
from trainer.store.types import AttemptRecord, StoredRating


def hand_in(answering: Answering, place: Place, attempt_id: str) -> None:
    """Send the words of a stored answer, unless they are there, and then the machine's rating.

    It waits until the host has both. Raises `TrainerError`; all can be done again then.
    """
    record = answering.store.attempt(attempt_id)
    if record is None:
        raise UsageError("This answer is not in the history.", "It was deleted. Skip the round.")
    current = place.view.round
    if current is None:
        raise UsageError("No round has begun.", "Begin the first round.")
    if current.answer is None or current.answer.attempt_id != attempt_id:
        answer = Answer(attempt_id, current.clock.counted_s, document_of(record))
        place.send(events.AnswerGiven(*place.stamp(), answer)).result()
        current = place.view.round or current
    _hand_in_rating(answering, place, record, current)


def document_of(record: AttemptRecord) -> AttemptEntry:
    """Return an answer as a session carries it: its words alone, and how they were spoken."""
    entry = attempt_entry(replace(record, ratings=()), {})
    return replace(
        entry,
        filler_reviews=(),
        notes=(),
        moments=(),
        tags=(),
        starred=False,
        recording=None,
        origin=None,
        shared=None,
    )


def _hand_in_rating(
    answering: Answering, place: Place, record: AttemptRecord, current: RoundView
) -> None:
    asked = current.asked
    if asked is None or not asked.form:
        return
    rubrics = answering.library().rubrics
    stored = _machine_rating(record, asked) or _rate(answering, record, asked, rubrics)
    entry = _entry(record, stored) if stored else None
    if entry is not None:
        try:
            place.send(events.MachineRated(*place.stamp(), entry)).result()
        except TrainerError:
            entry = None  # too long to be shared, or seen already: nobody waits for it
    if entry is None and MACHINE in _waited(place):
        place.send(events.MachineRated(*place.stamp())).result()


def _waited(place: Place) -> tuple[str, ...]:
    current = place.view.round
    return current.waiting if current else ()


def _machine_rating(record: AttemptRecord, asked: Asked) -> StoredRating | None:
    """Return the machine's newest marks of the newest words by this form; None without any."""
    words = record.transcripts[-1]
    lines = {line.id for line in asked.form}
    return next(
        (
            stored
            for stored in reversed(record.ratings_of(words))
            if stored.rating.rater == "machine"
            and not stored.rating.settled
            and stored.rating.rubric_id == asked.rubric_id
            and set(stored.rating.marks) == lines
        ),
        None,
    )


def _rate(
    answering: Answering, record: AttemptRecord, asked: Asked, rubrics: Mapping[str, Rubric]
) -> StoredRating | None:
    """Rate the newest words by the checklist of the session where this home has it, and store that.

    It is hidden from the candidate until the answer is over, so the answer may have been stored
    without any.
    """
    rubric = rubrics.get(asked.rubric_id) if asked.rubric_id else None
    if rubric is None or not fits(rubric, asked) or record.rating_of(record.transcripts[-1]):
        return None
    attempt, words = record.attempt, record.transcripts[-1]
    rated = records.rating_of(attempt, words, rubric, answering.rater, now())
    if rated is None:
        return None
    answering.store.add_rating(attempt.id, lambda _: rated)
    return rated if set(rated.rating.marks) == {line.id for line in asked.form} else None


def _entry(record: AttemptRecord, stored: StoredRating) -> RatingEntry:
    words = len(record.transcripts[-1].transcript.words)
    return replace(rating_entry(stored, {}, words), rubric=None, comment="", rater_name="")
