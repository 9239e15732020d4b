"""From one stored answer to the file that a mentor gets."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from trainer.analysis.types import Rater
from trainer.bank.types import Rubric
from trainer.coach.method import parts_of
from trainer.errors import UsageError
from trainer.exchange import share_document as entries
from trainer.exchange.document import RatingEntry
from trainer.exchange.share_checklist import checklist_entry
from trainer.exchange.writing import plain, rating_entry, transcript_entry
from trainer.recall import decode_rubric
from trainer.store.types import AttemptRecord, StoredTranscript

_RATERS: tuple[Rater, ...] = ("machine", "self")


def share_of(
    record: AttemptRecord,
    rubric: Rubric | None,
    shared_at: str,
    *,
    intent: str = "",
    recording: Path | None = None,
    ratings: bool = False,
) -> entries.ShareFile:
    """Return the newest words of an answer with what a mentor needs, and nothing else.

    `rubric` is by what people mark it, `intent` why its question is asked. The sound is in it where
    a `recording` is given. With `ratings` the newest of the machine and the speaker are there as
    far as they are by that rubric. Raises `UsageError` for an answer without words,
    and for one that is too long to be an answer.
    """
    attempt, newest = record.attempt, record.transcripts[-1]
    _refuse(newest)
    sound = None
    if recording:
        from trainer.exchange.share_sound import pack_sound

        sound = pack_sound(recording)
    return entries.ShareFile(
        "interview-trainer-share",
        1,
        shared_at,
        attempt.id,
        entries.AskedEntry(
            attempt.question_id, attempt.prompt, attempt.lower_s, attempt.upper_s, intent
        ),
        _words(newest, with_sound=sound is not None),
        checklist_entry(rubric) if rubric else None,
        tuple(_ratings(record, newest, rubric)) if ratings and rubric else (),
        sound,
    )


def write_share(share: entries.ShareFile) -> str:
    """Return the text of the file: always the same for equal ones, its form in the first line."""
    values = plain(share)
    lines = (
        f"{json.dumps(name)}: {json.dumps(value, allow_nan=False)}"
        for name, value in values.items()
    )
    return "{" + ",\n".join(lines) + "}\n"


def _refuse(newest: StoredTranscript) -> None:
    words = newest.transcript
    if not words.words:
        raise UsageError("This answer has no words yet.", "Write down its words first.")
    if len(words.words) > entries.MOST_WORDS or len(words.text) > entries.MOST_CHARACTERS:
        raise UsageError(
            f"This answer has more than {entries.MOST_WORDS} words.", "Share a shorter one."
        )


def _words(stored: StoredTranscript, *, with_sound: bool) -> entries.WordsEntry:
    entry = transcript_entry(stored)
    return entries.WordsEntry(
        entry.id,
        entry.source,
        entry.text,
        entry.words,
        entry.delivery.answer_s,
        entry.sound if with_sound else None,
    )


def _ratings(record: AttemptRecord, words: StoredTranscript, rubric: Rubric) -> list[RatingEntry]:
    found = []
    for rater in _RATERS:
        stored = record.rating_of(words, rater)
        given = decode_rubric(stored.rubric_json) if stored else None
        if stored and given and _points(given) == _points(rubric):
            entry = rating_entry(stored, {}, len(words.transcript.words))
            # The checklist of the file does not tell which parts of the scorer could rate by it.
            scorer = entry.scorer_version if given.heads else parts_of(entry.scorer_version)[0]
            found.append(
                replace(entry, rubric=entries.CHECKLIST, comment="", scorer_version=scorer)
            )
    return found


def _points(rubric: Rubric) -> tuple[str, frozenset[str]]:
    return rubric.id, frozenset(criterion.id for criterion in rubric.criteria)
