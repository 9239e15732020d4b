"""Makes the records that the store keeps of an answer: draft, attempt, versions and rating.

Nothing is stored here: `answering` says when, and hands them to the store.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace

from trainer import log
from trainer.analysis.types import Delivery
from trainer.bank.types import Rubric
from trainer.catalogue import Rater, score
from trainer.recall import encode_rubric
from trainer.session.plan import Item, Run
from trainer.store.types import Attempt, AttemptRecord, Draft, StoredRating, StoredTranscript
from trainer.transcript.types import Transcript


def new_draft(run: Run, take: int, owner: str, now: str) -> Draft:
    """Return an empty draft for the item that is asked now."""
    item = run.item
    return Draft(
        id=uuid.uuid4().hex,
        owner=owner,
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


def correction_draft(record: AttemptRecord, owner: str, now: str) -> Draft:
    """Return a draft that holds the newest words of an attempt."""
    attempt = record.attempt
    return Draft(
        id=uuid.uuid4().hex,
        owner=owner,
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
        corrects=attempt.id,
        recording=attempt.recording,
    )


def attempt_of(draft: Draft, item: Item, rubric: Rubric | None) -> Attempt:
    """Return the attempt that a finished draft becomes."""
    return Attempt(
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
        recording=draft.recording,
    )


def narrowed(rubric: Rubric, criterion_id: str) -> Rubric | None:
    """Return the rubric with this criterion only; None where it has none of that id."""
    only = tuple(c for c in rubric.criteria if c.id == criterion_id)
    version = f"{rubric.version}/{criterion_id}"
    return replace(rubric, criteria=only, topic=(), version=version) if only else None


def version_of(
    attempt: Attempt,
    transcript: Transcript,
    answer_s: float | None,
    now: str,
    corrects: StoredTranscript | None = None,
) -> StoredTranscript:
    """Return a version of an attempt's words with its delivery figures."""
    delivery = measured(transcript, answer_s, attempt.lower_s, attempt.upper_s)
    before = corrects.id if corrects else None
    return StoredTranscript(uuid.uuid4().hex, attempt.id, now, transcript, delivery, before)


def rating_of(
    attempt: Attempt,
    stored: StoredTranscript,
    rubric: Rubric,
    rater: Callable[[], Rater],
    now: str,
) -> StoredRating | None:
    """Return the machine's rating of a version.

    None where the words are too rough to rate, or the machine fails.
    """
    from trainer.analysis.versions import UNRATED_SOURCES

    if stored.transcript.source in UNRATED_SOURCES:
        return None
    try:
        rating = rater().rate(stored.transcript, rubric, attempt.prompt)
    except Exception as error:  # noqa: BLE001
        # Words are worth more than marks: the answer is kept, and can be rated again.
        log.record_crash(error)
        return None
    return StoredRating(
        uuid.uuid4().hex,
        attempt.id,
        stored.id,
        now,
        rating,
        score(rating, rubric).value,
        encode_rubric(rubric),
    )


def measured(
    transcript: Transcript, answer_s: float | None, lower_s: int, upper_s: int
) -> Delivery:
    """Return the delivery figures of a transcript."""
    from trainer.analysis.delivery import measure

    return measure(transcript, answer_s, lower_s, upper_s)
