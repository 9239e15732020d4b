"""From the JSON of a history to the records of the store; what does not fit refuses the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trainer.analysis.types import Chances, Delivery, FillerCount, Rating, Span
from trainer.bank.types import Mark
from trainer.exchange import document as entries
from trainer.exchange.checking import MisfitError, check
from trainer.exchange.encodings import read_bytes
from trainer.exchange.problems import FileError
from trainer.exchange.splitting import BrokenError, split
from trainer.exchange.validating import Form, adapter_of, validated
from trainer.exchange.writing import rubric_text
from trainer.store.types import (
    Attempt,
    AttemptRecord,
    FillerReview,
    MarkedMoment,
    SharedRound,
    SpanNote,
    StoredRating,
    StoredTranscript,
)
from trainer.transcript.types import FilledPause, Sound, Transcript, Word

if TYPE_CHECKING:
    from pydantic import TypeAdapter

_AGAIN = (
    "Export it again with: trainer history export --format json. Nothing of it was taken. "
    "The form of the file is told in docs/exchange.md."
)
_FORM = Form("exported history", entries.SCHEMA_VERSION, _AGAIN)


def read_history(file: Path) -> tuple[AttemptRecord, ...]:
    """Return the records of a file. Raises `FileError`: then nothing of it can be trusted."""
    too_long = "Export it in parts with --since and --until."
    history = _validated(file, read_bytes(file, entries.MOST_BYTES, too_long))
    try:
        texts = {name: rubric_text(value) for name, value in history.rubrics.items()}
        check(history, texts)
    except (ValueError, RecursionError) as error:
        raise FileError(file, "A rubric holds a number that is none.", _AGAIN, "rubrics") from error
    except MisfitError as error:
        raise FileError(file, error.problem, _AGAIN, error.place) from error
    return tuple(stored_attempt(entry, texts) for entry in history.attempts)


def _validated(file: Path, data: bytes) -> entries.HistoryFile:
    """Return what a file holds, read one answer after the other, up to the first that is bad."""
    try:
        found = split(data, entries.MOST_ANSWER_BYTES, entries.LEAST_ANSWER_BYTES)
    except BrokenError as error:
        problem = "Here is no answer of a history: it is no JSON, or it is cut off."
        raise FileError(file, problem, _AGAIN, f"attempts[{error.index}]") from error
    rest = data
    if found.end:
        rest = data[: found.begin] + b"[]" + data[found.end :]
    _check_parts(file, rest, "")
    history = validated(file, rest, adapter(), _FORM)
    if not found.end:
        return history
    if history.attempts:
        raise FileError(file, "It has attempts twice.", _AGAIN)
    attempts = []
    for index, (begin, end) in enumerate(found.answers):
        place, piece = f"attempts[{index}]", data[begin:end]
        _check_parts(file, piece, place)
        attempts.append(validated(file, piece, _answer_adapter(), _FORM, place))
    return replace(history, attempts=tuple(attempts))


def _check_parts(file: Path, data: bytes, place: str) -> None:
    if data.count(b",") > entries.MOST_PARTS:
        problem = "It has more parts than a history can have."
        raise FileError(file, problem, _AGAIN, place)


@cache
def adapter() -> TypeAdapter[entries.HistoryFile]:
    """Return what validates a file."""
    return adapter_of(entries.HistoryFile, entries)


@cache
def _answer_adapter() -> TypeAdapter[entries.AttemptEntry]:
    return adapter_of(entries.AttemptEntry, entries)


def stored_attempt(entry: entries.AttemptEntry, rubrics: Mapping[str, str]) -> AttemptRecord:
    """Return an attempt of a file as it is stored, with all that was kept about it."""
    values = {f.name: getattr(entry, f.name) for f in fields(Attempt)}
    return AttemptRecord(
        Attempt(**values),
        tuple(stored_transcript(entry.id, one) for one in entry.transcripts),
        tuple(stored_rating(entry.id, one, rubrics) for one in entry.ratings),
        filler_reviews=tuple(
            FillerReview(
                one.id,
                entry.id,
                one.created_at,
                one.rater,
                one.count,
                one.moments,
                one.rater_name,
            )
            for one in entry.filler_reviews
        ),
        notes=tuple(_notes(entry)),
        moments=tuple(
            MarkedMoment(one.id, entry.id, one.kind, one.at_s, one.text, one.rater_name)
            for one in entry.moments
        ),
        shared=_round(entry.id, entry.shared) if entry.shared else None,
    )


def _round(attempt_id: str, entry: entries.RoundEntry) -> SharedRound:
    return SharedRound(
        attempt_id,
        entry.session_id,
        entry.number,
        entry.role,
        entry.candidate,
        entry.interviewer,
        entry.observers,
    )


def _notes(entry: entries.AttemptEntry) -> Iterator[SpanNote]:
    for one in entry.notes:
        yield SpanNote(
            one.id,
            entry.id,
            one.transcript_id,
            one.start,
            one.end,
            one.text,
            one.created_at,
            one.rater,
            one.rater_name,
        )


def stored_transcript(attempt_id: str, entry: entries.TranscriptEntry) -> StoredTranscript:
    """Return a version of the words of a file as it is stored."""
    if entry.words is None:
        words = Transcript.typed(entry.text).words
    else:
        words = tuple(
            Word(w.start, w.end, w.start_s, w.end_s, w.confidence, w.said) for w in entry.words
        )
    sound = None
    if entry.sound:
        filled = entry.sound.filled
        sound = Sound(
            entry.sound.voiced,
            None
            if filled is None
            else tuple(FilledPause(f.start_s, f.end_s, f.chance) for f in filled),
            entry.sound.snr_db,
        )
    transcript = Transcript(entry.text, words, entry.source, sound)
    return StoredTranscript(
        entry.id,
        attempt_id,
        entry.created_at,
        transcript,
        _delivery(entry.delivery),
        entry.corrects,
    )


def _delivery(entry: entries.DeliveryEntry) -> Delivery:
    values: dict[str, Any] = {f.name: getattr(entry, f.name) for f in fields(Delivery)}
    if entry.fillers is not None:
        values["fillers"] = tuple(FillerCount(f.what, f.low, f.high) for f in entry.fillers)
    return Delivery(**values)


def stored_rating(
    attempt_id: str, entry: entries.RatingEntry, rubrics: Mapping[str, str]
) -> StoredRating:
    """Return a rating of a file as it is stored, with its rubric."""
    rating = Rating(
        rater=entry.rater,
        rubric_id=entry.rubric_id,
        rubric_version=entry.rubric_version,
        scorer_version=entry.scorer_version,
        marks={name: Mark(mark) for name, mark in entry.marks.items()},
        flags=entry.flags,
        spans=tuple(Span(s.start, s.end, s.kind, s.name, s.reasons) for s in entry.spans),
        unsure=entry.unsure,
        remark=entry.remark,
        notes=entry.notes,
        chances={name: Chances(c.partly, c.met) for name, c in entry.chances.items()},
        settled=entry.settled,
    )
    rubric = rubrics[entry.rubric] if entry.rubric is not None else ""
    return StoredRating(
        entry.id,
        attempt_id,
        entry.transcript_id,
        entry.created_at,
        rating,
        entry.score,
        rubric,
        entry.rater_name,
        entry.comment,
    )
