"""One answer of the history as progress needs it: plain values, no words but quotes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from trainer.analysis.evidence import quotes
from trainer.analysis.types import Rating, Score, SpanKind
from trainer.bank.types import Mark
from trainer.review.figures import (
    Figure,
    FigureName,
    measure_articulation,
    measure_fillers,
    measure_pace,
    measure_pauses,
)
from trainer.review.sides import DecodeRubric, Side, side_of
from trainer.store.types import AttemptRecord

_MOST_QUOTES = 2  # of one criterion or flag: more are hardly read


@dataclass(frozen=True, slots=True)
class Row:
    """One answer. `started_at` in ISO 8601 with its zone, `time_s` the seconds that it took.

    `marks`, `flags` and `score` are the machine's, empty where there are none to show; `unsure`
    are the criteria whose mark is a guess. `titles` has those of criteria and flags, `says` what a
    flag could sound like, `quotes` the words behind marks and raised flags; of a missed criterion
    those that come nearest. `self_marks` are the speaker's own, empty without any. `figures` are of
    the delivery, each as far as it was measured.
    """

    attempt_id: str
    started_at: str
    bank_id: str
    question_id: str
    rubric_id: str | None = None
    rubric_title: str = ""
    scorer: str | None = None
    is_follow_up: bool = False
    score: Score | None = None
    marks: Mapping[str, Mark] = field(default_factory=dict)
    unsure: frozenset[str] = frozenset()
    flags: Mapping[str, bool] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    says: Mapping[str, str] = field(default_factory=dict)
    quotes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    self_marks: Mapping[str, Mark] = field(default_factory=dict)
    figures: Mapping[FigureName, Figure] = field(default_factory=dict)
    time_s: float = 0.0


def row_of(record: AttemptRecord, decode: DecodeRubric) -> Row:
    """Return the newest words of an attempt as a row; `decode` reads a stored rubric."""
    attempt = record.attempt
    side = side_of(record, decode)
    rating, rubric = side.rating, side.rubric
    shown = rating if side.is_rated else None
    flags = rubric.flags if rubric else ()
    titles = {criterion.id: criterion.title for criterion in (rubric.criteria if rubric else ())}
    return Row(
        attempt_id=attempt.id,
        started_at=attempt.started_at,
        bank_id=attempt.bank_id,
        question_id=attempt.question_id,
        rubric_id=attempt.rubric_id,
        rubric_title=rubric.title if rubric else "",
        scorer=shown.scorer_version if shown else None,
        is_follow_up=attempt.probe_of is not None,
        score=side.score,
        marks=dict(shown.marks) if shown else {},
        unsure=frozenset(shown.unsure) if shown else frozenset(),
        flags=dict(shown.flags) if shown else {},
        titles=titles | {flag.id: flag.title for flag in flags},
        says={flag.id: flag.says for flag in flags},
        quotes=_quotes(side, shown) if shown else {},
        self_marks=_self_marks(record),
        figures=_figures(side),
        time_s=side.delivery.answer_s or 0.0,
    )


def _quotes(side: Side, rating: Rating) -> dict[str, tuple[str, ...]]:
    words = side.transcript
    found = {}
    for name, mark in rating.marks.items():
        kind: SpanKind = "candidate" if mark is Mark.MISSED else "criterion"
        found[name] = quotes(words, rating, kind, name)[:_MOST_QUOTES]
    for name, raised in rating.flags.items():
        if raised:
            found[name] = quotes(words, rating, "flag", name)[:_MOST_QUOTES]
    return {name: said for name, said in found.items() if said}


def _self_marks(record: AttemptRecord) -> dict[str, Mark]:
    """Return the speaker's newest marks, of whichever version: they came before the reveal."""
    own = (stored.rating for stored in reversed(record.ratings) if stored.rating.rater == "self")
    newest = next(own, None)
    return dict(newest.marks) if newest else {}


def _figures(side: Side) -> dict[FigureName, Figure]:
    measured: dict[FigureName, Figure | None] = {
        "pace": measure_pace(side),
        "articulation": measure_articulation(side),
        "pauses": measure_pauses(side),
        "fillers": measure_fillers(side),
    }
    return {name: figure for name, figure in measured.items() if figure is not None}
