"""A shared answer in memory: shown as a stored one is, marked, commented on, and sent back.

What somebody adds is only ever added: whoever changes their mind gives another rating, with an id
of its own, so that files which cross on their way can be merged in any order.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from trainer.bank.types import Library, Mark, Question
from trainer.errors import UsageError
from trainer.exchange import share_document as entries
from trainer.exchange.reading import stored_rating, stored_transcript
from trainer.exchange.share_document import CHECKLIST
from trainer.exchange.share_reading import Shared, transcript_entry_of
from trainer.exchange.share_writing import write_share
from trainer.recall import AttemptView, encode_rubric, show_attempt
from trainer.records import measured, personal_of
from trainer.session.plan import Item
from trainer.store.types import Attempt, AttemptRecord, SpanNote, StoredRating, StoredTranscript

BANK = "shared"
BANK_TITLE = "A shared answer"
_NO_INTENT = "Whoever shared this did not say why it is asked."
_LONGEST_ANSWER_S = 900


def show_share(shared: Shared, recording: Path | None = None) -> AttemptView:
    """Return a shared answer ready to show; `recording` is its sound where it was written out.

    The history of this machine has no part in it.
    """
    record = record_of(shared)
    view = show_attempt(record, None, Library((), {}, {}), recording)
    return replace(view, item=_item(shared), rubric=view.rubric or shared.rubric)


def record_of(shared: Shared) -> AttemptRecord:
    """Return a shared answer as a history would have it, to be shown and never stored.

    It tells no day of the answer: its moment is that of the file.
    """
    entry = shared.entry
    attempt = Attempt(
        entry.attempt_id,
        BANK,
        BANK,
        BANK_TITLE,
        entry.asked.id,
        entry.asked.prompt,
        shared.rubric.id if shared.rubric else None,
        entry.shared_at,
        entry.asked.lower_s,
        entry.asked.upper_s,
    )
    words = stored_transcript(attempt.id, transcript_entry_of(entry))
    words = replace(
        words,
        delivery=measured(words.transcript, entry.words.answer_s, attempt.lower_s, attempt.upper_s),
    )
    texts = {CHECKLIST: encode_rubric(shared.rubric)} if shared.rubric else {}
    given = tuple(stored_rating(attempt.id, rating, texts) for rating in entry.ratings)
    return AttemptRecord(
        attempt,
        (words,),
        given + ratings_of(entry, words, texts.get(CHECKLIST)),
        notes=notes_of(entry, words),
    )


def ratings_of(
    entry: entries.ShareFile, words: StoredTranscript, rubric_json: str | None
) -> tuple[StoredRating, ...]:
    """Return what others have marked, each under the id of the file, by a checklist with its
    points; what they say of the whole stands beside the marks.

    Raises `UsageError` where the points are others.
    """
    return tuple(
        replace(
            personal_of(words, _marks(review.marks), rubric_json, "peer", review.created_at),
            id=review.id,
            rater_name=review.name,
            comment=review.note,
        )
        for review in entry.reviews
        if review.marks is not None
    )


def notes_of(
    entry: entries.ShareFile, words: StoredTranscript, *, marked: bool = True
) -> tuple[SpanNote, ...]:
    """Return what others say of some words, and of the whole where they have no marks.

    What is said of the whole stands on all words. Where nobody's marks are taken (not `marked`),
    nothing that is said beside them is lost.
    """
    count = len(words.transcript.words)

    def on(note_id: str, said: entries.ReviewEntry | entries.CommentEntry) -> SpanNote:
        if isinstance(said, entries.CommentEntry):
            start, end, text = said.start, said.end, said.text
        else:
            start, end, text = 0, count, said.note
        return SpanNote(
            note_id,
            words.attempt_id,
            words.id,
            start,
            end,
            text,
            said.created_at,
            "peer",
            said.name,
        )

    of_all = (
        on(f"whole-{review.id}"[:64], review)
        for review in entry.reviews
        if review.note.strip() and (review.marks is None or not marked)
    )
    return (*of_all, *(on(comment.id, comment) for comment in entry.comments))


def add_review(
    shared: Shared, name: str, now: str, marks: Mapping[str, Mark] | None = None, note: str = ""
) -> Shared:
    """Add what somebody marks, says of the whole answer, or both.

    Raises `UsageError` without a name, where there is not one mark for each point, and where it
    says nothing.
    """
    if marks is None and not note.strip():
        raise UsageError("This rating says nothing.", "Give marks, or say something.")
    if marks is not None:
        words = record_of(shared).transcripts[-1]
        text = encode_rubric(shared.rubric) if shared.rubric else None
        personal_of(words, marks, text, "peer", now)  # for its refusals
    given = None if marks is None else {name: mark.value for name, mark in marks.items()}
    review = entries.ReviewEntry(_id(), _name(name), now, given, _bounded(note))
    found = (*shared.entry.reviews, review)
    _check_count(found, entries.MOST_REVIEWS)
    return replace(shared, entry=replace(shared.entry, reviews=found))


def add_comment(shared: Shared, name: str, now: str, start: int, end: int, text: str) -> Shared:
    """Add what somebody says of the words `start` to `end` (excluded).

    Raises `UsageError` without a name, where it says nothing, and for words that are not there.
    """
    count = len(record_of(shared).transcripts[-1].transcript.words)
    if not 0 <= start < end <= count:
        raise UsageError("The comment stands on no words of this answer.", "Choose some words.")
    said = _bounded(text)
    if not said:
        raise UsageError("The comment says nothing.", "Write some words, or leave it.")
    comment = entries.CommentEntry(_id(), _name(name), now, start, end, said)
    found = (*shared.entry.comments, comment)
    _check_count(found, entries.MOST_COMMENTS)
    return replace(shared, entry=replace(shared.entry, comments=found))


def take_back(shared: Shared, added_id: str) -> Shared:
    """Take back a rating or a comment by its id, before the file is sent; without it, nothing."""
    entry = shared.entry
    return replace(
        shared,
        entry=replace(
            entry,
            reviews=tuple(one for one in entry.reviews if one.id != added_id),
            comments=tuple(one for one in entry.comments if one.id != added_id),
        ),
    )


def write_review(shared: Shared, *, with_sound: bool = False) -> str:
    """Return the file that goes back: the sound stays out, as whoever spoke has it.

    `with_sound` is for work that is not finished, to be opened again here.
    """
    entry = shared.entry
    if not with_sound:
        words = replace(entry.words, sound=None)
        entry = replace(entry, sound=None, words=words)
    return write_share(entry)


def one_name(name: str) -> str:
    """Return a name as a file has it: on one line, and not too long."""
    return " ".join(name.split())[: entries.MOST_NAME].rstrip()


def _item(shared: Shared) -> Item:
    asked = shared.entry.asked
    low, high = (min(max(s, 1), _LONGEST_ANSWER_S) for s in (asked.lower_s, asked.upper_s))
    question = Question(
        id=asked.id,
        prompt=asked.prompt,
        wordings=(asked.prompt,),
        rubric=shared.rubric.id if shared.rubric else None,
        prepare_s=30,
        answer_s=(low, high),
        intent=asked.intent or _NO_INTENT,
        pitfalls=("Its notes stayed with whoever shared it.",),
        tags=("shared",),
    )
    return Item(BANK, BANK_TITLE, question, asked.prompt)


def _marks(marks: Mapping[str, int]) -> dict[str, Mark]:
    return {name: Mark(mark) for name, mark in marks.items()}


def _name(name: str) -> str:
    said = one_name(name)
    if not said:
        raise UsageError("A name is missing.", "Say who gives these marks.")
    return said


def _bounded(text: str) -> str:
    said = text.strip()
    if len(said) > entries.MOST_SAID:
        raise UsageError(
            f"This has more than {entries.MOST_SAID} characters.", "Say it in fewer words."
        )
    return said


def _check_count(found: Iterable[object], most: int) -> None:
    if len(tuple(found)) > most:
        raise UsageError(f"The file holds {most} of these already.", "Take one back first.")


def _id() -> str:
    return uuid.uuid4().hex
