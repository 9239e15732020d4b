"""One answer of the history as progress needs it: plain values, and no words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from trainer.analysis.evidence import quotes
from trainer.analysis.ranges import Figure, FigureName
from trainer.analysis.scoring import score
from trainer.analysis.types import Score, SpanKind
from trainer.bank.types import Mark, Rubric
from trainer.review.sides import DecodeRubric, side_of
from trainer.store.types import AttemptRecord, Outline

_MOST_QUOTES = 2  # of one criterion or flag: more are hardly read


Quotes = Mapping[str, tuple[str, ...]]
"""The words behind the marks and raised flags of one answer, by criterion or flag."""


@dataclass(frozen=True, slots=True)
class Row:
    """One answer. `started_at` in ISO 8601 with its zone, `time_s` the seconds that it took.

    `marks`, `flags` and `score` are the machine's, empty where there are none to show; `unsure`
    are the criteria whose mark is a guess, `settled` those whose mark the speaker gave. `titles`
    has those of criteria and flags, `says` what a flag could sound like. `self_marks` are the
    speaker's own, empty without any. `figures` are of the delivery, each as far as it was measured.
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
    settled: frozenset[str] = frozenset()
    flags: Mapping[str, bool] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    says: Mapping[str, str] = field(default_factory=dict)
    self_marks: Mapping[str, Mark] = field(default_factory=dict)
    figures: Mapping[FigureName, Figure] = field(default_factory=dict)
    time_s: float = 0.0


def rows_of(outlines: Iterable[Outline], decode: DecodeRubric) -> Iterator[Row]:
    """Yield outlines of the history as rows; `decode` reads a stored rubric."""
    checklists: dict[str, _Checklist] = {}
    for outline in outlines:
        text = outline.rubric_json
        if text is not None and text not in checklists:
            checklists[text] = _checklist(decode(text))
        yield _row(outline, _NONE if text is None else checklists[text])


def quotes_of(record: AttemptRecord, decode: DecodeRubric) -> Quotes:
    """Return the words behind what the newest rating of an attempt's newest words shows.

    Of a missed criterion those that come nearest.
    """
    side = side_of(record, decode)
    if side.rating is None or not side.is_rated:
        return {}
    words, rating = side.transcript, side.rating
    found = {}
    for name, mark in rating.marks.items():
        kind: SpanKind = "candidate" if mark is Mark.MISSED else "criterion"
        found[name] = quotes(words, rating, kind, name)[:_MOST_QUOTES]
    for name, raised in rating.flags.items():
        if raised:
            found[name] = quotes(words, rating, "flag", name)[:_MOST_QUOTES]
    return {name: said for name, said in found.items() if said}


@dataclass(frozen=True, slots=True)
class _Checklist:
    """A rubric, None where it cannot be read, with what all its rows share."""

    rubric: Rubric | None
    titles: Mapping[str, str]
    says: Mapping[str, str]


_NONE = _Checklist(None, {}, {})


def _checklist(rubric: Rubric | None) -> _Checklist:
    if rubric is None:
        return _NONE
    titles = {criterion.id: criterion.title for criterion in rubric.criteria}
    titles.update((flag.id, flag.title) for flag in rubric.flags)
    return _Checklist(rubric, titles, {flag.id: flag.says for flag in rubric.flags})


def _row(outline: Outline, checklist: _Checklist) -> Row:
    rubric, rating = checklist.rubric, outline.rating
    shown = rating if rating and rubric and rating.remark is None else None
    return Row(
        attempt_id=outline.attempt_id,
        started_at=outline.started_at,
        bank_id=outline.bank_id,
        question_id=outline.question_id,
        rubric_id=outline.rubric_id,
        rubric_title=rubric.title if rubric else "",
        scorer=shown.scorer_version if shown else None,
        is_follow_up=outline.is_follow_up,
        score=score(shown, rubric) if shown and rubric and outline.measurable else None,
        marks=shown.marks if shown else {},
        unsure=frozenset(shown.unsure) if shown else frozenset(),
        settled=frozenset(shown.settled) if shown else frozenset(),
        flags=shown.flags if shown else {},
        titles=checklist.titles,
        says=checklist.says,
        self_marks=outline.own_marks,
        figures=outline.figures,
        time_s=outline.answer_s or 0.0,
    )
