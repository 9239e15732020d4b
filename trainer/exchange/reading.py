"""From the JSON of a history to the records of the store; what does not fit refuses the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trainer.analysis.types import Chances, Delivery, FillerCount, Rating, Span
from trainer.bank.types import Mark
from trainer.display import one_line
from trainer.exchange import document as entries
from trainer.exchange.checking import MisfitError, check
from trainer.exchange.encodings import read_bytes
from trainer.exchange.problems import FileError
from trainer.exchange.writing import rubric_text
from trainer.store.types import (
    Attempt,
    AttemptRecord,
    FillerReview,
    SpanNote,
    StoredRating,
    StoredTranscript,
)
from trainer.transcript.types import FilledPause, Sound, Transcript, Word

if TYPE_CHECKING:
    from pydantic import TypeAdapter
    from pydantic_core import ErrorDetails

_AGAIN = (
    "Export it again with: trainer history export --format json. Nothing of it was taken. "
    "The form of the file is told in docs/exchange.md."
)
_NEWER = "Install the version of the trainer that wrote it, or a newer one."
_LONGEST_SHOWN = 60
_TOP: tuple[tuple[str, ...], ...] = ((), ("format",))
_OTHER_PARTS = ("none", "tuple[", "nullable", "function-", "constrained-")


def read_history(file: Path) -> tuple[AttemptRecord, ...]:
    """Return the records of a file. Raises `FileError`: then nothing of it can be trusted."""
    too_long = "Export it in parts with --since and --until."
    data = read_bytes(file, entries.MOST_BYTES, too_long)
    history = _validated(file, data)
    try:
        texts = {name: rubric_text(value) for name, value in history.rubrics.items()}
        check(history, texts)
    except (ValueError, RecursionError) as error:
        raise FileError(file, "A rubric holds a number that is none.", _AGAIN, "rubrics") from error
    except MisfitError as error:
        raise FileError(file, error.problem, _AGAIN, error.place) from error
    return tuple(_record(entry, texts) for entry in history.attempts)


@cache
def adapter() -> TypeAdapter[entries.HistoryFile]:
    """Return what validates a file; strict, so that nothing is bent into shape."""
    from pydantic import ConfigDict, TypeAdapter  # 100 ms

    for kind in vars(entries).values():
        if isinstance(kind, type) and kind.__module__ == entries.__name__:
            kind.__pydantic_config__ = ConfigDict(  # type: ignore[attr-defined]
                extra="forbid", strict=True, allow_inf_nan=False
            )
    return TypeAdapter(entries.HistoryFile)


def _validated(file: Path, data: bytes) -> entries.HistoryFile:
    from pydantic import ValidationError

    try:
        return adapter().validate_json(data.removeprefix(b"\xef\xbb\xbf"))
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=True)
    first = found[0]
    if first["type"] == "json_invalid":
        reason = str(first.get("ctx", {}).get("error", "")).rstrip(".")
        problem = f"It is no JSON, or it is cut off: {one_line(reason, _LONGEST_SHOWN)}."
        raise FileError(file, problem, _AGAIN)
    version = next((one for one in found if one["loc"] == ("schema_version",)), None)
    if version and version["type"] == "literal_error":
        shown = one_line(repr(version["input"]), _LONGEST_SHOWN)
        raise FileError(file, f"Its schema_version is {shown}, not 1.", _NEWER)
    if first["loc"] in _TOP:
        raise FileError(file, "This is no exported history.", _AGAIN)
    more = f" And {len(found) - 1} more." if len(found) > 1 else ""
    raise FileError(file, f"{_told(first)}{more}", _AGAIN, _place(first))


def _told(error: ErrorDetails) -> str:
    message = one_line(error["msg"], 200).rstrip(".").replace("Input should", "It should", 1)
    if error["type"] == "missing":
        return "It is missing."
    return f"{message}."


def _place(error: ErrorDetails) -> str:
    place = ""
    for part in error["loc"]:
        if isinstance(part, int):
            place += f"[{part}]"
        elif not part.startswith(_OTHER_PARTS):
            place += f".{part}" if place else part
    return one_line(place, 200)


def _record(entry: entries.AttemptEntry, rubrics: Mapping[str, str]) -> AttemptRecord:
    values = {f.name: getattr(entry, f.name) for f in fields(Attempt)}
    return AttemptRecord(
        Attempt(**values),
        tuple(_transcript(entry.id, one) for one in entry.transcripts),
        tuple(_rating(entry.id, one, rubrics) for one in entry.ratings),
        filler_reviews=tuple(
            FillerReview(one.id, entry.id, one.created_at, one.rater, one.count, one.moments)
            for one in entry.filler_reviews
        ),
        notes=tuple(_notes(entry)),
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
        )


def _transcript(attempt_id: str, entry: entries.TranscriptEntry) -> StoredTranscript:
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


def _rating(
    attempt_id: str, entry: entries.RatingEntry, rubrics: Mapping[str, str]
) -> StoredRating:
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
        entry.id, attempt_id, entry.transcript_id, entry.created_at, rating, entry.score, rubric
    )
