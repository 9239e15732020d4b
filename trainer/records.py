"""Makes the records that the store keeps of an answer: draft, attempt, versions and rating.

Nothing is stored here: `answering` says when, and hands them to the store.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from trainer import log
from trainer.analysis.types import Delivery, Rating
from trainer.bank.types import Mark, Rubric
from trainer.catalogue import Rater, score
from trainer.display import one_line
from trainer.errors import UsageError
from trainer.recall import decode_rubric, encode_rubric
from trainer.session.plan import Item, Run
from trainer.store.types import Attempt, AttemptRecord, Draft, StoredRating, StoredTranscript
from trainer.transcript.types import Transcript

if TYPE_CHECKING:
    from trainer.analysis.settling import Decision


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


def may_go_unmarked(draft: Draft, words: Transcript) -> bool:
    """Whether a new spoken answer may be stored without marks, as its words are hardly known."""
    spoken = draft.recording is not None or draft.heard is not None
    return draft.corrects is None and spoken and (words.is_rough or not words.is_heard)


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


def rated_again(
    attempt: Attempt,
    newest: StoredTranscript,
    rubric: Rubric | None,
    rater: Callable[[], Rater],
    now: str,
) -> StoredRating:
    """Return a further rating of an attempt's newest words. Raises `UsageError` without any."""
    from trainer.analysis.versions import UNRATED_SOURCES

    if rubric is None:
        raise UsageError(
            "There is no checklist to rate this answer by.",
            "Its question has none, or it is no longer in a bank. See: trainer banks list",
        )
    if newest.transcript.source in UNRATED_SOURCES:
        raise UsageError(
            "These words are not rated yet: nobody has corrected or accepted them.",
            "Open the answer and press C. Correct the words, or accept them as they are.",
        )
    rated = rating_of(attempt, newest, rubric, rater, now)
    if rated is None:
        raise UsageError(
            "This answer could not be rated again. Its words and ratings are as they were.",
            "See the log: trainer doctor names its file.",
        )
    return rated


def followed(record: AttemptRecord, rated: StoredRating, now: str) -> tuple[StoredRating, ...]:
    """Return a further rating of the newest words, and after it one with what was settled.

    Raises `UsageError` where the words were changed since they were rated.
    """
    newest = record.transcripts[-1]
    if newest.id != rated.transcript_id:
        raise UsageError(
            "These words were changed meanwhile, perhaps in another window.",
            "Open the answer again: the changed words have a rating of their own.",
        )
    settled = carried_over(record, newest, rated, now)
    return (rated, settled) if settled else (rated,)


def settled_of(
    record: AttemptRecord, transcript_id: str, decisions: Mapping[str, Decision], now: str
) -> StoredRating:
    """Return the newest rating of a version with the speaker's decisions by criterion.

    Raises `UsageError` where there is nothing to decide: the words were changed since, have no
    rating or one without marks, or a criterion is sure. So too where a mark above missed has no
    words, or words that are not in the answer.
    """
    from trainer.analysis.settling import settle

    newest = record.transcripts[-1]
    if newest.id != transcript_id:
        raise UsageError(
            "These words have been changed, so their marks are no longer the newest.",
            "Open the answer again and settle what is not sure there.",
        )
    stored = record.rating_of(newest)
    rubric = decode_rubric(stored.rubric_json) if stored else None
    if stored is None or rubric is None:
        raise UsageError(
            "There is no rating of these words that can be settled.",
            "Open the answer, press C and then Ctrl+S to rate them.",
        )
    if stored.rating.remark:
        raise UsageError(
            "This answer has no marks to settle: see the remark in their place.",
            "Answer the question again, or correct the words.",
        )
    rating = stored.rating
    for criterion, decision in decisions.items():
        try:
            if decision.span:
                newest.transcript.quote(*decision.span)
            rating = settle(rating, criterion, decision.mark, decision.span)
        except (IndexError, ValueError) as error:
            raise UsageError(
                f"No words of this answer show {one_line(criterion, 64)!r}.",
                "Settle it again and choose the words that say it, or settle it as not said.",
            ) from error
    return _settled(record, stored, rating, rubric, now)


def words_named(record: AttemptRecord, transcript_id: str | None) -> StoredTranscript:
    """Return a version of an attempt's words by its id, the newest for None.

    Raises `UsageError` for one that is not there.
    """
    if transcript_id is None:
        return record.transcripts[-1]
    for words in record.transcripts:
        if words.id == transcript_id:
            return words
    raise UsageError("These words are not of that answer.", "See: trainer history list")


def personal_of(
    words: StoredTranscript,
    marks: Mapping[str, Mark],
    rubric_json: str | None,
    rater: Literal["self", "peer"],
    now: str,
) -> StoredRating:
    """Return the rating that a person gives by a checklist: marks without words or flags.

    Nobody is asked about either. Raises `UsageError` without a checklist, where a criterion has no
    mark, and for one that the checklist has not.
    """
    rubric = decode_rubric(rubric_json) if rubric_json else None
    if rubric is None or rubric_json is None:
        raise UsageError(
            "There is no checklist for this answer.", "Answer a question that has one."
        )
    names = [criterion.id for criterion in rubric.criteria]
    unknown = [one_line(name, 64) for name in marks if name not in names]
    if unknown:
        raise UsageError(f"There is no point {unknown[0]!r}.", f"Points: {', '.join(names)}")
    without = [name for name in names if name not in marks]
    if without:
        raise UsageError(
            f"These points have no mark yet: {', '.join(without)}.", "Give each point a mark."
        )
    rating = Rating(rater, rubric.id, rubric.version, rater, dict(marks), {}, ())
    value = score(rating, rubric).value
    return StoredRating(
        uuid.uuid4().hex, words.attempt_id, words.id, now, rating, value, rubric_json
    )


def carried_over(
    record: AttemptRecord, version: StoredTranscript, rated: StoredRating, now: str
) -> StoredRating | None:
    """Return a new rating of a version with what the speaker has settled before.

    None where nothing was settled, or nothing of it fits the words any more.
    """
    from trainer.analysis.settling import carry_over

    said = record.transcripts[-1]
    before = record.rating_of(said)
    if before is None or not before.rating.settled:
        return None
    rubric = decode_rubric(rated.rubric_json)
    if rubric is None:
        return None
    rating = carry_over(before.rating, said.transcript, rated.rating, version.transcript)
    if not rating.settled:
        return None
    return _settled(replace(record, ratings=(rated,)), rated, rating, rubric, now)


def _settled(
    record: AttemptRecord, stored: StoredRating, rating: Rating, rubric: Rubric, now: str
) -> StoredRating:
    """Return `rating` as the one that follows `stored`, with the flags that fit its marks."""
    from trainer.analysis.settling import overrule

    machine = next(
        (
            earlier.rating
            for earlier in reversed(record.ratings)
            if earlier.transcript_id == stored.transcript_id
            and earlier.rating.rater == "machine"
            and not earlier.rating.settled
        ),
        stored.rating,
    )
    rating = overrule(rating, machine, rubric)
    value = score(rating, rubric).value
    return replace(stored, id=uuid.uuid4().hex, created_at=now, rating=rating, score=value)


def measured(
    transcript: Transcript, answer_s: float | None, lower_s: int, upper_s: int
) -> Delivery:
    """Return the delivery figures of a transcript."""
    from trainer.analysis.delivery import measure

    return measure(transcript, answer_s, lower_s, upper_s)
