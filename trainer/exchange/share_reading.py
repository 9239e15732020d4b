"""The file of a shared answer, read strictly: what does not fit refuses all of it.

Nothing of it is executed, matched as a pattern, or written anywhere; its length is bounded before
it is read, and each of its parts by its type.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from trainer.bank.types import Rubric
from trainer.exchange import document, share_document
from trainer.exchange.checking import (
    MisfitError,
    check_moment,
    check_rating,
    check_span,
    check_transcript,
)
from trainer.exchange.encodings import read_bytes
from trainer.exchange.problems import FileError
from trainer.exchange.share_checklist import rubric_of
from trainer.exchange.share_document import CHECKLIST, ShareFile
from trainer.exchange.validating import Form, adapter_of, validated

if TYPE_CHECKING:
    from pydantic import TypeAdapter

_AGAIN = (
    "Ask for the file again, made with: trainer share. Nothing of it was taken. "
    "The form of the file is told in docs/share.md."
)
_FORM = Form("shared answer", share_document.SCHEMA_VERSION, _AGAIN)
_BEGIN = 400
_LONG_TEXT = re.compile(rb'"[A-Za-z0-9+/]{100000,}={0,2}"')
_STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
_NO_DELIVERY = document.DeliveryEntry(0, 0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Shared:
    """A file that was read and fits together. `sound` is its FLAC: see `write_sound`."""

    entry: ShareFile
    rubric: Rubric | None = None
    sound: bytes | None = None


def holds_share(file: Path) -> bool:
    """Tell by its beginning whether a file says that it is a shared answer."""
    if not file.is_file():
        return False
    try:
        with file.open("rb") as opened:
            return f'"{share_document.FORMAT}"'.encode() in opened.read(_BEGIN)
    except (OSError, ValueError):
        return False  # whoever reads it on says why


def read_share(file: Path) -> Shared:
    """Return what is in a file. Raises `FileError`: then nothing of it can be trusted."""
    from trainer.exchange.share_sound import BadSoundError, unpack_sound

    data = read_bytes(file, share_document.MOST_BYTES, "No answer needs as much. Ask for another.")
    _check_size(file, data)
    entry = validated(file, data, adapter(), _FORM)
    rubric = rubric_of(entry.checklist) if entry.checklist else None
    try:
        _check(entry, rubric)
        sound = unpack_sound(entry.sound) if entry.sound else None
    except MisfitError as error:
        raise FileError(file, error.problem, _AGAIN, error.place) from error
    except BadSoundError as error:
        raise FileError(file, str(error), _AGAIN, "sound") from error
    return Shared(entry, rubric, sound)


def _check_size(file: Path, data: bytes) -> None:
    """Refuse, before it is parsed, what is large but for one piece of sound, or has many parts."""
    rest = data
    if len(data) > share_document.MOST_TEXT_BYTES:
        rest, pieces = _LONG_TEXT.subn(b'""', data)
        if pieces != 1 or len(rest) > share_document.MOST_TEXT_BYTES:
            raise FileError(file, "It is larger than a shared answer can be.", _AGAIN)
    if _STRING.sub(b"", rest).count(b",") > share_document.MOST_PARTS:
        raise FileError(file, "It has more parts than a shared answer can have.", _AGAIN)


@cache
def adapter() -> TypeAdapter[ShareFile]:
    """Return what validates a file."""
    return adapter_of(ShareFile, document, share_document)


def transcript_entry_of(entry: ShareFile) -> document.TranscriptEntry:
    """Return the words as a history has them, without figures of their delivery."""
    words = entry.words
    return document.TranscriptEntry(
        words.id,
        entry.shared_at,
        words.source,
        words.text,
        _NO_DELIVERY,
        None,
        words.words,
        words.sound,
    )


def _check(entry: ShareFile, rubric: Rubric | None) -> None:
    check_moment(entry.shared_at, "shared_at")
    if entry.asked.lower_s > entry.asked.upper_s:
        raise MisfitError("asked", "lower_s is above upper_s.")
    count = check_transcript(transcript_entry_of(entry), "words")
    if not 0 < count <= share_document.MOST_WORDS:
        raise MisfitError("words", f"An answer has 1 to {share_document.MOST_WORDS} words.")
    points = [criterion.id for criterion in rubric.criteria] if rubric else []
    if len(set(points)) < len(points):
        raise MisfitError("checklist.criteria", "Two criteria have the same id.")
    if rubric and len({flag.id for flag in rubric.flags}) < len(rubric.flags):
        raise MisfitError("checklist.flags", "Two flags have the same id.")
    known = {CHECKLIST: rubric} if rubric else {}
    for index, rating in enumerate(entry.ratings):
        place = f"ratings[{index}]"
        check_rating(rating, place, {entry.words.id: count}, known)
        if rating.rubric != CHECKLIST or rating.rater == "peer":
            raise MisfitError(place, "It is no rating by the checklist of the file.")
    for index, review in enumerate(entry.reviews):
        place = f"reviews[{index}]"
        check_moment(review.created_at, place)
        if review.marks is None and not review.note.strip():
            raise MisfitError(place, "It says nothing.")
        if review.marks is not None and set(review.marks) != set(points):
            raise MisfitError(f"{place}.marks", "There is not one mark for each criterion.")
    for index, comment in enumerate(entry.comments):
        check_moment(comment.created_at, f"comments[{index}]")
        check_span(comment.start, comment.end, f"comments[{index}]", count)
    for name, parts in (("ratings", entry.ratings), ("reviews", entry.reviews)):
        _check_ids(name, (part.id for part in parts))
    _check_ids("comments", (comment.id for comment in entry.comments))


def _check_ids(name: str, ids: Iterable[str]) -> None:
    seen: set[str] = set()
    for index, found in enumerate(ids):
        if found in seen:
            raise MisfitError(f"{name}[{index}]", f"The id {found!r} stands there twice.")
        seen.add(found)
