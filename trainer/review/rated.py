"""An answer with the marks of its raters side by side, and the words that each point is about.

Only marks that were given by one form, a version of a rubric, are set beside each other. The marks
of the machine are those before the speaker settled any. Steps are of one mark: missed, partly, met.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from trainer.analysis.types import Rater, Span
from trainer.bank.types import Mark, MarkMeanings, Rubric
from trainer.coach.people import name_of
from trainer.review.sides import DecodeRubric
from trainer.store.types import AttemptRecord, StoredRating, StoredTranscript

_LONGEST_QUOTE = 30  # words
_ORDER: Mapping[Rater, int] = {"self": 0, "peer": 1, "machine": 2}


@dataclass(frozen=True, slots=True)
class Who:
    """A rater. `name` is a person's, empty for the machine, for the user and where none was given.

    "self" is who gave the answer: the user, unless a name says otherwise.
    """

    rater: Rater
    name: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """What one rater gave by the form, and said beside it."""

    who: Who
    marks: Mapping[str, Mark]
    comment: str = ""


class Point(Protocol):
    """A criterion as far as raters need it: of a rubric, or of the form of a shared round."""

    @property
    def id(self) -> str:
        """Its name in the marks."""

    @property
    def title(self) -> str:
        """What to call it."""

    @property
    def asks(self) -> str:
        """What the rater looks for."""

    @property
    def marks(self) -> MarkMeanings:
        """What each mark means."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of an answer, and the seconds of its sound where they stand; None without times.

    `words` are their places in the version that the machine rated, the end excluded.
    `is_proof` tells that the machine's mark rests on them; else they only come nearest.
    """

    text: str
    start_s: float | None
    end_s: float | None
    is_proof: bool
    words: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Line:
    """A criterion with the mark of each rater, in the order of those who gave; None: none."""

    criterion: Point
    marks: tuple[Mark | None, ...]
    quote: Quote | None

    @property
    def step(self) -> int:
        """How far the lowest and the highest mark lie apart: 0 to 2."""
        found = [mark for mark in self.marks if mark is not None]
        return max(found) - min(found) if found else 0


@dataclass(frozen=True, slots=True)
class RatedAnswer:
    """An answer that at least two raters have marked by the same form.

    `session_id` is that of the shared session, or else of the practice. `recording` is the name of
    the file with the sound, which may be gone.
    """

    attempt_id: str
    session_id: str
    started_at: str
    prompt: str
    rubric: Rubric
    given: tuple[Given, ...]
    lines: tuple[Line, ...]
    recording: str | None = None


def rated_answer(record: AttemptRecord, decode: DecodeRubric) -> RatedAnswer | None:
    """Return what raters gave an answer side by side; None where fewer than two used one form.

    It is the form that most raters used, the newest of equals. `decode` reads a stored rubric.
    """
    newest = _newest_by_form(record)
    if not newest:
        return None
    form = max(newest, key=lambda one: (len(newest[one]), _last(record, newest[one])))
    ratings = newest[form]
    if len(ratings) < 2:
        return None
    rubric = next(filter(None, (decode(r.rubric_json) for r in ratings.values())), None)
    if rubric is None:
        return None
    given = tuple(
        Given(who, ratings[who].rating.marks, ratings[who].comment)
        for who in sorted(
            ratings, key=lambda who: (_ORDER[who.rater], who.name.casefold(), who.name)
        )
    )
    machine = ratings.get(Who("machine"))
    words = next((t for t in record.transcripts if machine and t.id == machine.transcript_id), None)
    attempt = record.attempt
    return RatedAnswer(
        attempt.id,
        record.shared.session_id if record.shared else attempt.session_id,
        attempt.started_at,
        attempt.prompt,
        rubric,
        given,
        tuple(
            Line(
                criterion,
                tuple(one.marks.get(criterion.id) for one in given),
                quote_for(criterion.id, words, machine),
            )
            for criterion in rubric.criteria
        ),
        attempt.recording,
    )


def _newest_by_form(record: AttemptRecord) -> dict[tuple[str, str], dict[Who, StoredRating]]:
    found: dict[tuple[str, str], dict[Who, StoredRating]] = defaultdict(dict)
    for stored in record.ratings:
        rating = stored.rating
        if rating.remark is None and not rating.settled and rating.marks:
            who = Who(rating.rater, name_of(record, stored))
            found[rating.rubric_id, rating.rubric_version][who] = stored
    return found


def _last(record: AttemptRecord, ratings: Mapping[Who, StoredRating]) -> int:
    return max(record.ratings.index(stored) for stored in ratings.values())


def quote_for(
    criterion_id: str, words: StoredTranscript | None, machine: StoredRating | None
) -> Quote | None:
    """Return the words that the machine's mark rests on, else the nearest; None without any.

    `words` are those that the machine rated.
    """
    if words is None or machine is None:
        return None
    for kind in ("criterion", "candidate"):
        for span in machine.rating.spans:
            if (span.kind, span.name) == (kind, criterion_id):
                return _quoted(words, span)
    return None


def _quoted(words: StoredTranscript, span: Span) -> Quote | None:
    transcript = words.transcript
    found = transcript.words[span.start : min(span.end, span.start + _LONGEST_QUOTE)]
    if not found:
        return None
    more = " ..." if span.end - span.start > _LONGEST_QUOTE else ""
    return Quote(
        transcript.text[found[0].start : found[-1].end] + more,
        next((word.start_s for word in found if word.start_s is not None), None),
        next((word.end_s for word in reversed(found) if word.end_s is not None), None),
        span.kind == "criterion",
        (span.start, span.start + len(found)),
    )
