"""What the columns hold as JSON: words, delivery and ratings. Pure functions.

Every value carries `schema`, the version of its shape. The `decode_*` functions raise
`ValueError` for whatever this program did not write: another schema, a damaged value.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

from trainer.analysis.types import Delivery, Rating, Remark, Span
from trainer.bank.types import Mark
from trainer.transcript.types import Transcript, Word

SCHEMA = 1

_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")
_MEASURES = ("start_s", "end_s", "confidence")


def storable(text: str) -> str:
    """Return `text` as UTF-8 can hold it: each lone surrogate becomes U+FFFD.

    Everything else stays what it is, NULs and escapes included, and so does the length, on
    which the positions of words depend.
    """
    return text if text.isascii() else _LONE_SURROGATE.sub("\ufffd", text)


def encode_words(transcript: Transcript) -> str | None:
    """Return the words as JSON, or None where splitting the text gives the same words.

    Typed answers thus store their text only. Others hold a list for the starts, one for the
    ends, and one for each of start_s, end_s and confidence that any word has.
    """
    words = transcript.words
    if words == Transcript.typed(transcript.text).words:
        return None
    value: dict[str, Any] = {"start": [w.start for w in words], "end": [w.end for w in words]}
    for name in _MEASURES:
        column = [getattr(word, name) for word in words]
        if any(number is not None for number in column):
            value[name] = column
    return _dump(value)


def decode_words(text: str, value: str | None) -> tuple[Word, ...]:
    """Return the words of `text` from what `encode_words` gave."""
    if value is None:
        return Transcript.typed(text).words
    with _load(value, "words") as data:
        absent = [None] * len(data["start"])
        columns = [data["start"], data["end"], *(data.get(name, absent) for name in _MEASURES)]
        words = tuple(Word(*numbers) for numbers in zip(*columns, strict=True))
        if not all(0 <= word.start < word.end <= len(text) for word in words):
            raise ValueError("words outside the text")
    return words


def encode_delivery(delivery: Delivery) -> str:
    """Return the figures as JSON."""
    return _dump(asdict(delivery))


def decode_delivery(value: str) -> Delivery:
    """Return the figures from what `encode_delivery` gave."""
    with _load(value, "delivery") as data:
        return Delivery(**data)


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
            marks={name: Mark(mark) for name, mark in data["marks"].items()},
            flags={name: bool(raised) for name, raised in data["flags"].items()},
            spans=tuple(
                Span(start, end, kind, name, tuple(reasons))
                for start, end, kind, name, reasons in data["spans"]
            ),
            unsure=tuple(data["unsure"]),
            remark=None if data["remark"] is None else Remark(data["remark"]),
        )


def decode_remark(value: str) -> str | None:
    """Return the remark of what `encode_rating` gave; None without one, or where it is damaged."""
    try:
        with _load(value, "rating") as data:
            return None if data["remark"] is None else Remark(data["remark"]).value
    except ValueError:
        return None


def _dump(value: dict[str, Any]) -> str:
    return json.dumps({"schema": SCHEMA, **value}, separators=(",", ":"), allow_nan=False)


@contextmanager
def _load(value: str, what: str) -> Iterator[dict[str, Any]]:
    """Yield the JSON object without its schema; whatever does not fit becomes `ValueError`."""
    try:
        data = json.loads(value)
        if data.pop("schema") != SCHEMA:
            raise ValueError("another schema")
        yield data
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ValueError(f"unreadable {what}: {type(error).__name__}") from error
