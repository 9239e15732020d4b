"""What a mentor sent back, taken into the history: added to the answer, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from trainer.bank.types import Rubric
from trainer.exchange.problems import FileError
from trainer.exchange.share_reading import Shared
from trainer.exchange.share_reviewing import notes_of, ratings_of
from trainer.recall import decode_rubric
from trainer.store.types import AttemptRecord, StoredTranscript

_SEND = "Send yours with: trainer share. Nothing of the file was taken."


@dataclass(frozen=True, slots=True)
class Received:
    """What a file has added to an answer; `same` of it was there already.

    `names` are those who gave it, to the words `transcript_id`. `left_out` are names whose marks
    are by another checklist than any that this answer has: their comments were taken.
    """

    attempt_id: str
    names: tuple[str, ...]
    ratings: int
    comments: int
    same: int
    left_out: tuple[str, ...] = ()
    transcript_id: str = ""


class ForeignAnswerError(FileError):
    """A shared answer is not of this history: it can be marked here, and not imported."""


def version_of(file: Path, shared: Shared, record: AttemptRecord | None) -> StoredTranscript:
    """Return the version of the words that a file is about.

    Raises `ForeignAnswerError` where the answer is not in the history, and `FileError` where it
    says other words there.
    """
    if record is None:
        raise ForeignAnswerError(
            file,
            "Its answer is not in this history.",
            "Only whoever gave the answer can import it. To mark it: trainer review FILE",
        )
    words = shared.entry.words
    found = next((one for one in record.transcripts if one.id == words.id), None)
    if (
        found is None
        or found.transcript.text != words.text
        or (
            words.words is not None
            and [(w.start, w.end) for w in found.transcript.words]
            != [(w.start, w.end) for w in words.words]
        )
    ):
        raise FileError(file, "Its words are not those of the answer in this history.", _SEND)
    return found


def checklist_for(shared: Shared, record: AttemptRecord, today: str | None) -> str | None:
    """Return the stored checklist that marks of a file are by; None where there is none.

    It is never that of the file: of the checklists that rated this answer, the newest with the
    version that the file names, or with the same points. `today` is looked at last.
    """
    wanted = shared.rubric
    if wanted is None:
        return None
    texts = [stored.rubric_json for stored in reversed(record.ratings)]
    known = [(text, decode_rubric(text)) for text in (*texts, today or "") if text]
    for fits in (_is_same, _has_same_points):
        for text, rubric in known:
            if rubric and fits(rubric, wanted):
                return text
    return None


def received(
    shared: Shared, record: AttemptRecord, words: StoredTranscript, rubric_json: str | None
) -> tuple[AttemptRecord, Received]:
    """Return the record with what a file adds, and what that is.

    What a rating of the machine or the speaker is in the file is not looked at.
    """
    entry = shared.entry
    marked = [review for review in entry.reviews if review.marks is not None]
    left_out = () if rubric_json else tuple(review.name for review in marked)
    ratings = ratings_of(entry, words, rubric_json) if rubric_json else ()
    notes = notes_of(entry, words, marked=rubric_json is not None)
    there = {one.id for one in record.ratings} | {one.id for one in record.notes}
    new_ratings = tuple(one for one in ratings if one.id not in there)
    new_notes = tuple(one for one in notes if one.id not in there)
    grown = replace(
        record, ratings=(*record.ratings, *new_ratings), notes=(*record.notes, *new_notes)
    )
    return grown, Received(
        entry.attempt_id,
        tuple(dict.fromkeys(_names(shared))),
        len(new_ratings),
        len(new_notes),
        len(ratings) + len(notes) - len(new_ratings) - len(new_notes),
        tuple(dict.fromkeys(left_out)),
        words.id,
    )


def _names(shared: Shared) -> Iterator[str]:
    yield from (review.name for review in shared.entry.reviews)
    yield from (comment.name for comment in shared.entry.comments)


def _is_same(rubric: Rubric, wanted: Rubric) -> bool:
    return (rubric.id, rubric.version) == (wanted.id, wanted.version) and _has_same_points(
        rubric, wanted
    )


def _has_same_points(rubric: Rubric, wanted: Rubric) -> bool:
    return {one.id for one in rubric.criteria} == {one.id for one in wanted.criteria}
