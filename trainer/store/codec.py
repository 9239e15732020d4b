"""What the columns hold: words, delivery and ratings as JSON, and names of recordings. Pure.

Every value carries `schema`, the version of its shape. The `decode_*` functions raise
`ValueError` for whatever this program did not write: another schema, a damaged value.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from functools import cache
from math import isfinite
from typing import Any, get_args

from trainer.analysis.types import (
    Chances,
    Delivery,
    FillerCount,
    Note,
    Rating,
    Remark,
    Span,
    Unmeasurable,
)
from trainer.bank.types import Mark
from trainer.transcript.types import FilledPause, Sound, Source, Transcript, Word

SCHEMA = 1

_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")
_RECORDING = re.compile(r"[0-9a-f]{32}\.(?:wav|flac)")
_MEASURED = ("start_s", "end_s", "confidence")
_COLUMNS = (*_MEASURED, "said")
_COUNTS = frozenset({"words", "lower_s", "upper_s", "i_words", "we_words"})
_MOST = 1_000_000
"""No figure of an answer comes near it: as seconds it is eleven days."""
_MARKS = {int(mark): mark for mark in Mark}
_UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError)


def storable(text: str) -> str:
    """Return `text` as UTF-8 can hold it: each lone surrogate becomes U+FFFD.

    Everything else stays what it is, NULs and escapes included, and so does the length, on
    which the positions of words depend.
    """
    return text if text.isascii() else _LONE_SURROGATE.sub("\ufffd", text)


def recording_name(name: str | None) -> str | None:
    """Return the name if it can be one of a recording, or None.

    That is 32 hexadecimal digits and `.wav`, or `.flac` for one that was compressed. Raises
    `ValueError` for any other: such a name could lead out of the folder of recordings.
    """
    if name is not None and not (isinstance(name, str) and _RECORDING.fullmatch(name)):
        raise ValueError("not the name of a recording")
    return name


def encode_words(transcript: Transcript) -> str | None:
    """Return the words as JSON, or None where splitting the text gives the same words.

    Typed answers thus store their text only. Others hold a list for the starts, one for the
    ends, and one for each of start_s, end_s, confidence and said that any word has; and what
    the sound told, if that was measured.
    """
    if transcript == Transcript.typed(transcript.text, transcript.source):
        return None
    return _dump(_columns(transcript))


def decode_transcript(text: str, source: Source, value: str | None) -> Transcript:
    """Return the transcript of `text` and `source` whose words `encode_words` gave."""
    if value is None:
        return Transcript.typed(text, source)
    with _load(value, "words", checked=True) as data:
        return _transcript(text, source, data)


def decode_times(value: str | None) -> tuple[tuple[tuple[float | None, float | None], ...], bool]:
    """Return start and end of each word from what `encode_words` gave, and whether it was spoken.

    A tenth of the work of `decode_transcript`, which looks at every word.
    """
    if value is None:
        return (), False
    with _load(value, "words", checked=True) as data:
        absent = [None] * len(data["start"])
        starts, ends = data.get("start_s", absent), data.get("end_s", absent)
        _check(starts)
        _check(ends)
        return tuple(zip(starts, ends, strict=True)), "voiced" in data or starts != absent


def encode_heard(heard: Transcript | None) -> str | None:
    """Return a transcript with its text and source as JSON; None for None."""
    if heard is None:
        return None
    return _dump({"source": heard.source, "text": storable(heard.text), **_columns(heard)})


def decode_heard(value: str | None) -> Transcript | None:
    """Return the transcript from what `encode_heard` gave."""
    if value is None:
        return None
    with _load(value, "heard words", checked=True) as data:
        text, source = data["text"], data["source"]
        if not isinstance(text, str) or source not in get_args(Source):
            raise ValueError("neither text nor source")
        return _transcript(text, source, data)


def encode_delivery(delivery: Delivery) -> str:
    """Return the figures as JSON."""
    return _dump(asdict(delivery))


def decode_delivery(value: str) -> Delivery:
    """Return the figures from what `encode_delivery` gave."""
    with _load(value, "delivery") as data:
        fillers = data.pop("fillers", None)
        if fillers is not None:
            fillers = tuple(
                FillerCount(storable(one["what"]), _count(one["low"]), _count(one["high"]))
                for one in fillers
            )
        unmeasurable = tuple(data.pop("unmeasurable", ()))
        if not set(unmeasurable) <= set(get_args(Unmeasurable)):
            raise ValueError("unmeasurable")
        for name, figure in data.items():
            if name in _COUNTS:
                _count(figure)
            elif figure is not None:
                _figure(figure)
        return Delivery(**data, fillers=fillers, unmeasurable=unmeasurable)


def encode_rating(rating: Rating) -> str:
    """Return the rating as JSON; a span is `[start, end, kind, name, reasons]`."""
    return _dump(
        {
            "rater": rating.rater,
            "rubric_id": rating.rubric_id,
            "rubric_version": rating.rubric_version,
            "scorer_version": rating.scorer_version,
            "marks": dict(rating.marks),
            "flags": dict(rating.flags),
            "spans": [[s.start, s.end, s.kind, s.name, s.reasons] for s in rating.spans],
            "unsure": rating.unsure,
            "remark": rating.remark,
            "notes": rating.notes,
            "chances": {name: [c.partly, c.met] for name, c in rating.chances.items()},
            "settled": rating.settled,
        }
    )


def decode_rating(value: str) -> Rating:
    """Return the rating from what `encode_rating` gave."""
    with _load(value, "rating") as data:
        return Rating(
            rater=data["rater"],
            rubric_id=data["rubric_id"],
            rubric_version=data["rubric_version"],
            scorer_version=data["scorer_version"],
            marks={name: _MARKS[mark] for name, mark in data["marks"].items()},
            flags={name: bool(raised) for name, raised in data["flags"].items()},
            spans=tuple(
                Span(start, end, kind, name, tuple(reasons))
                for start, end, kind, name, reasons in data["spans"]
            ),
            unsure=tuple(data["unsure"]),
            remark=None if data["remark"] is None else Remark(data["remark"]),
            # the last three came later: ratings of older versions have none
            notes=tuple(Note(note) for note in data.get("notes", ())),
            chances={name: Chances(*pair) for name, pair in data.get("chances", {}).items()},
            settled=tuple(data.get("settled", ())),
        )


def encode_review(
    count: int, moments: tuple[tuple[float, float], ...] | None, rater_name: str = ""
) -> str:
    """Return a count of filled pauses, with their moments where they are known, as JSON."""
    named = {"rater_name": storable(rater_name)} if rater_name else {}
    return _dump({"count": count, "moments": moments, **named})


def decode_review(value: str) -> tuple[int, tuple[tuple[float, float], ...] | None, str]:
    """Return count, moments and the rater's name from what `encode_review` gave."""
    with _load(value, "filler review") as data:
        moments = data["moments"]
        if moments is not None:
            moments = _spans(moments)
        name = data.get("rater_name", "")
        if not isinstance(name, str):
            raise ValueError("no name")
        return _count(data["count"]), moments, storable(name)


def encode_people(candidate: str, interviewer: str, observers: tuple[str, ...]) -> str:
    """Return what the people of a round are called as JSON."""
    return _dump({"candidate": candidate, "interviewer": interviewer, "observers": observers})


def decode_people(value: str) -> tuple[str, str, tuple[str, ...]]:
    """Return candidate, interviewer and observers from what `encode_people` gave."""
    with _load(value, "people") as data:
        candidate, interviewer, observers = (
            data["candidate"],
            data["interviewer"],
            tuple(data["observers"]),
        )
        if not all(isinstance(name, str) for name in (candidate, interviewer, *observers)):
            raise ValueError("no name")
        return storable(candidate), storable(interviewer), tuple(map(storable, observers))


def _columns(transcript: Transcript) -> dict[str, Any]:
    words = transcript.words
    value: dict[str, Any] = {"start": [w.start for w in words], "end": [w.end for w in words]}
    for name in _COLUMNS:
        column = [getattr(word, name) for word in words]
        if any(entry is not None for entry in column):
            value[name] = column
    if transcript.sound is not None:
        sound = transcript.sound
        value["voiced"] = sound.voiced
        value["filled"] = sound.filled and [[f.start_s, f.end_s, f.chance] for f in sound.filled]
        value["snr_db"] = sound.snr_db
    return value


def _transcript(text: str, source: Source, data: dict[str, Any]) -> Transcript:
    absent = [None] * len(data["start"])
    columns = [data["start"], data["end"], *(data.get(name, absent) for name in _COLUMNS)]
    words = tuple(Word(*values) for values in zip(*columns, strict=True))
    if not all(0 <= word.start < word.end <= len(text) for word in words):
        raise ValueError("words outside the text")
    if not all(word.said is None or isinstance(word.said, str) for word in words):
        raise ValueError("said is no text")
    for name in _MEASURED:
        _check(data.get(name, ()))
    return Transcript(text, words, source, _sound(data) if "voiced" in data else None)


def _sound(data: dict[str, Any]) -> Sound:
    """Return what was measured; answers of older versions have the places of the voice only."""
    voiced, filled, snr_db = data["voiced"], data.get("filled"), data.get("snr_db")
    return Sound(
        None if voiced is None else _spans(voiced),
        None if filled is None else tuple(FilledPause(*map(_figure, one)) for one in filled),
        None if snr_db is None else _finite(snr_db),
    )


def _spans(value: Any) -> tuple[tuple[float, float], ...]:
    return tuple((_figure(start), _figure(end)) for start, end in value)


def _figure(value: Any) -> float:
    """Return a time, a chance or a rate: none of them is negative."""
    if type(value) not in (int, float) or not 0 <= value <= _MOST:
        raise ValueError("no figure")
    return float(value)


def _check(column: Sequence[Any]) -> None:
    """Refuse what `_figure` refuses in a column of words, at a tenth of the cost."""
    known = [value for value in column if value is not None]
    if not {type(value) for value in known} <= {int, float}:
        raise ValueError("no figure")
    if known and not (min(known) >= 0 and max(known) <= _MOST):
        raise ValueError("no figure")


def _count(value: Any) -> int:
    if type(value) is not int or not 0 <= value <= _MOST:
        raise ValueError("no count")
    return value


def _dump(value: dict[str, Any]) -> str:
    return json.dumps({"schema": SCHEMA, **value}, separators=(",", ":"), allow_nan=False)


@contextmanager
def _load(value: str, what: str, *, checked: bool = False) -> Iterator[dict[str, Any]]:
    """Yield the JSON object without its schema; whatever does not fit becomes `ValueError`.

    With `checked` the caller looks at every figure of it, as of words with their many times: an
    endless one is not found here.
    """
    try:
        data = _decoder(checked).decode(value)
        if data.pop("schema") != SCHEMA:
            raise ValueError("another schema")
        yield data
    except _UNREADABLE as error:
        raise ValueError(f"unreadable {what}: {type(error).__name__}") from error


@cache
def _decoder(checked: bool) -> json.JSONDecoder:
    """Return the one decoder: `json.loads` makes one for each value, as slow as most values."""
    # Without a function of ours json reads numbers three times as fast.
    return json.JSONDecoder(parse_float=None if checked else _finite, parse_constant=_finite)


def _finite(value: Any) -> float:
    """Return the number; figures that are none, or endless, were not written here."""
    number = float(value)
    if not isfinite(number):
        raise ValueError("not finite")
    return number
