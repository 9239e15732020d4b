"""From the records of the store to the JSON of a history: one attempt a line, always the same.

Equal histories give equal files but for the moment of the export, in whichever order their
answers were stored.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import MISSING, asdict, fields, is_dataclass
from enum import Enum
from typing import Any

from trainer.analysis.types import Rating
from trainer.exchange import document as entries
from trainer.store.types import (
    AttemptRecord,
    FillerReview,
    MarkedMoment,
    SharedRound,
    SpanNote,
    StoredRating,
    StoredTranscript,
)
from trainer.transcript.types import Sound, Transcript


def write_history(records: Iterable[AttemptRecord], exported_at: str) -> Iterator[str]:
    """Yield the file of a history, piece by piece; `records` in the order of their moments.

    What damage has left of a record is written as far as an import would take it.
    """
    rubrics: dict[str, Any] = {}
    head = {
        "format": entries.FORMAT,
        "schema_version": entries.SCHEMA_VERSION,
        "exported_at": exported_at,
    }
    yield "{" + ",\n".join(f'"{name}": {_dump(value)}' for name, value in head.items())
    yield ',\n"attempts": ['
    separator = "\n"
    for record in records:
        yield separator + _dump(plain(attempt_entry(record, rubrics)))
        separator = ",\n"
    yield '\n],\n"rubrics": {'
    told = (f"\n{_dump(name)}: {_dump(rubrics[name])}" for name in sorted(rubrics))
    yield ",".join(told)
    yield "\n}}\n"


def attempt_entry(record: AttemptRecord, rubrics: dict[str, Any]) -> entries.AttemptEntry:
    """Return an attempt as it stands in a file, and add the rubrics of its ratings."""
    attempt = record.attempt
    counts = {t.id: len(t.transcript.words) for t in record.transcripts}
    return entries.AttemptEntry(
        **{name: getattr(attempt, name) for name in _ATTEMPT},
        transcripts=tuple(transcript_entry(stored) for stored in record.transcripts),
        ratings=tuple(
            rating_entry(stored, rubrics, counts[stored.transcript_id])
            for stored in record.ratings
            if stored.transcript_id in counts
        ),
        filler_reviews=tuple(_review(review) for review in record.filler_reviews),
        notes=tuple(
            _note(note)
            for note in record.notes
            if 0 <= note.start < note.end <= counts.get(note.transcript_id, 0)
        ),
        moments=tuple(_moment(moment) for moment in record.moments),
        shared=_round(record.shared) if record.shared else None,
    )


def rubric_value(text: str) -> Any:
    """Return a stored rubric as JSON if that can be turned back to the same text, else the text."""
    try:
        value = json.loads(text)
        return value if isinstance(value, dict) and rubric_text(value) == text else text
    except (ValueError, RecursionError):
        return text


def rubric_text(value: Any) -> str:
    """Return what is stored for a rubric of a file. Raises `ValueError`."""
    if isinstance(value, str):
        return value
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def plain(entry: Any) -> Any:
    """Return an entry as plain data, without the fields that say what their default says."""
    if is_dataclass(entry):
        return {
            field.name: plain(value)
            for field in fields(entry)
            for value in (getattr(entry, field.name),)
            if not _is_default(field, value)
        }
    if isinstance(entry, dict):
        return {name: plain(value) for name, value in entry.items()}
    if isinstance(entry, tuple):
        return [plain(value) for value in entry]
    return entry.value if isinstance(entry, Enum) else entry


_OWN = frozenset({"transcripts", "ratings", "filler_reviews", "notes", "moments", "shared"})
_ATTEMPT = tuple(f.name for f in fields(entries.AttemptEntry) if f.name not in _OWN)


def _is_default(field: Any, value: Any) -> bool:
    if field.default_factory is not MISSING:
        return bool(value == field.default_factory())
    return field.default is not MISSING and value == field.default


def transcript_entry(stored: StoredTranscript) -> entries.TranscriptEntry:
    """Return a version of the words as it stands in a file."""
    transcript = stored.transcript
    split = Transcript.typed(transcript.text).words
    words = tuple(
        entries.WordEntry(
            word.start,
            word.end,
            _real(word.start_s),
            _real(word.end_s),
            _real(word.confidence),
            word.said,
        )
        for word in transcript.words
    )
    return entries.TranscriptEntry(
        stored.id,
        stored.created_at,
        transcript.source,
        transcript.text,
        _delivery(stored),
        stored.corrects,
        None if transcript.words == split else words,
        _sound(transcript.sound) if transcript.sound else None,
    )


def _sound(sound: Sound) -> entries.SoundEntry:
    voiced, filled = sound.voiced, sound.filled
    return entries.SoundEntry(
        None if voiced is None else tuple((float(start), float(end)) for start, end in voiced),
        None
        if filled is None
        else tuple(
            entries.FilledEntry(float(f.start_s), float(f.end_s), float(f.chance)) for f in filled
        ),
        _real(sound.snr_db),
    )


def _delivery(stored: StoredTranscript) -> entries.DeliveryEntry:
    values = asdict(stored.delivery)
    for name in _REAL_FIGURES:
        values[name] = _real(values[name])
    fillers = values.pop("fillers")
    found = None if fillers is None else tuple(entries.FillerEntry(**one) for one in fillers)
    return entries.DeliveryEntry(**values, fillers=found)


_REAL_FIGURES = (
    "answer_s",
    "pace_wpm",
    "first_word_s",
    "longest_pause_s",
    "paused_s",
    "articulation_wpm",
)


def rating_entry(stored: StoredRating, rubrics: dict[str, Any], words: int) -> entries.RatingEntry:
    """Return a rating of so many words as it stands in a file, and add its rubric."""
    rating = stored.rating
    key = None
    if stored.rubric_json:
        key = hashlib.sha256(stored.rubric_json.encode()).hexdigest()
        if key not in rubrics:
            rubrics[key] = rubric_value(stored.rubric_json)
    return entries.RatingEntry(
        id=stored.id,
        transcript_id=stored.transcript_id,
        created_at=stored.created_at,
        rater=rating.rater,
        rubric=key,
        rubric_id=rating.rubric_id,
        rubric_version=rating.rubric_version,
        scorer_version=rating.scorer_version,
        score=float(stored.score),
        marks={name: int(mark) for name, mark in rating.marks.items()},  # type: ignore[misc]
        flags={name: bool(raised) for name, raised in rating.flags.items()},
        spans=_spans(rating, words),
        unsure=tuple(rating.unsure),
        remark=rating.remark,
        notes=tuple(rating.notes),
        chances={
            name: entries.ChancesEntry(float(c.partly), float(c.met))
            for name, c in rating.chances.items()
        },
        settled=tuple(rating.settled),
        rater_name=stored.rater_name,
        comment=stored.comment,
    )


def _spans(rating: Rating, words: int) -> tuple[entries.SpanEntry, ...]:
    return tuple(
        entries.SpanEntry(span.start, span.end, span.kind, span.name, tuple(span.reasons))
        for span in rating.spans
        if 0 <= span.start < span.end <= words
    )


def _review(review: FillerReview) -> entries.FillerReviewEntry:
    moments = review.moments
    found = None if moments is None else tuple((float(a), float(b)) for a, b in moments)
    return entries.FillerReviewEntry(
        review.id, review.created_at, review.rater, review.count, found, review.rater_name
    )


def _note(note: SpanNote) -> entries.NoteEntry:
    return entries.NoteEntry(
        note.id,
        note.transcript_id,
        note.created_at,
        note.start,
        note.end,
        note.text,
        note.rater,
        note.rater_name,
    )


def _moment(moment: MarkedMoment) -> entries.MomentEntry:
    return entries.MomentEntry(
        moment.id, moment.kind, float(moment.at_s), moment.text, moment.rater_name
    )


def _round(shared: SharedRound) -> entries.RoundEntry:
    return entries.RoundEntry(
        shared.session_id,
        shared.number,
        shared.role,
        shared.candidate,
        shared.interviewer,
        tuple(shared.observers),
    )


def _real(value: float | None) -> float | None:
    """Return a number as one with a point, as it comes back from an import."""
    return None if value is None else float(value)


def _dump(value: object) -> str:
    return json.dumps(value, allow_nan=False, separators=(", ", ": "))
