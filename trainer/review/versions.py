"""Every version of an answer's words with every rating of it, as lines to choose from."""

from __future__ import annotations

from dataclasses import dataclass

from trainer.review import telling
from trainer.review.sides import DecodeRubric, Side, SideName, side_of
from trainer.store.types import AttemptRecord, StoredRating, StoredTranscript
from trainer.transcript.types import Source

_SOURCES: dict[Source, str] = {
    "typed": "typed",
    "vosk": "heard by Vosk",
    "builtin": "heard, built-in",
    "unheard": "not heard",
    "imported": "imported",
    "corrected": "corrected",
}


@dataclass(frozen=True, slots=True)
class Version:
    """Words of an answer with one rating of them; `stored` is None where they have none.

    `side` is the same as a comparison takes it: without a rating where its checklist cannot be
    read. `is_newest` tells that a report shows it when nothing else is chosen.
    """

    side: Side
    words: StoredTranscript
    stored: StoredRating | None
    rating_number: int | None
    is_newest: bool

    @property
    def name(self) -> SideName:
        """What it is called where versions and ratings are chosen."""
        return SideName(self.side.attempt_id, self.side.version, self.rating_number)

    @property
    def created_at(self) -> str:
        """When the rating was given, or the words without one were written (ISO 8601, UTC)."""
        return self.side.created_at


def list_versions(record: AttemptRecord, decode: DecodeRubric) -> tuple[Version, ...]:
    """Return all versions of an answer with all ratings of each, the newest first.

    Words without a rating stand in a line of their own. `decode` reads a stored rubric.
    """
    found = []
    last = len(record.transcripts)
    for number, words in enumerate(record.transcripts, start=1):
        ratings = record.ratings_of(words)
        newest = record.rating_of(words)
        if newest is None:
            side = side_of(record, decode, number)
            found.append(Version(side, words, None, None, number == last))
        for count, stored in enumerate(ratings, start=1):
            side = side_of(record, decode, number, count)
            is_newest = number == last and stored is newest
            found.append(Version(side, words, stored, count, is_newest))
    return tuple(reversed(found))


def tell_words(version: Version) -> str:
    """Return which version of the words it is, and where they come from."""
    return f"{version.side.version}, {_SOURCES[version.side.transcript.source]}"


def tell_rater(version: Version) -> str:
    """Return who gave the rating, and how many marks the speaker settled."""
    if version.stored is None:
        return "-"
    if version.side.rating is None:  # its checklist cannot be read
        return version.stored.rating.rater
    return telling.tell_rater(version.side)


def tell_scorer(version: Version) -> str:
    """Return which version of the rater and of the checklist gave the rating; "" without one."""
    if version.stored is None:
        return ""
    rating = version.stored.rating
    checklist = f"checklist {rating.rubric_id}, version {rating.rubric_version}"
    return f"{rating.scorer_version}, {checklist}" if rating.rater == "machine" else checklist


def tell_score(version: Version, *, in_figures: bool = False) -> str:
    """Return the band of the score and its word, or only `in_figures`; or why there is none."""
    side = version.side
    if version.stored is None:
        return "not rated"
    if side.rubric is None:
        return "cannot be read"
    if side.remark:
        return "no marks"
    if side.score is None:
        return "not measurable"
    band = f"{side.score.low}-{side.score.high}"
    return band if in_figures else f"{band} {side.score.word}"
