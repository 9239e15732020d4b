"""Answers over time: marks, scores, delivery, time spent, one's own marks beside the machine's.

Follow-ups ask for one point right after it was missed, so their marks say little of progress: they
count as time spent only. The order in which rows come does not matter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import islice
from typing import overload

from trainer.analysis.ranges import Figure, FigureName
from trainer.analysis.types import Score
from trainer.bank.types import Mark
from trainer.review.recurring import Recurring, find_recurring
from trainer.review.rows import Quotes, Row
from trainer.review.trends import MOST, Trend, find_trend

_MOST_WEEKS = 1040  # twenty years


@dataclass(frozen=True, slots=True)
class MarkPoint:
    """The mark of one criterion in one answer; `is_unsure` where it is a guess."""

    attempt_id: str
    started_at: str
    mark: Mark
    is_unsure: bool


class MarkPoints(Sequence[MarkPoint]):
    """The marks of one criterion in order of time, each made when it is looked at.

    A long history has a million of them, and few are drawn.
    """

    def __init__(self, name: str, rows: Sequence[Row]) -> None:
        self._name = name
        self._rows = rows

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, at: int) -> MarkPoint: ...
    @overload
    def __getitem__(self, at: slice) -> MarkPoints: ...
    def __getitem__(self, at: int | slice) -> MarkPoint | MarkPoints:
        if isinstance(at, slice):
            return MarkPoints(self._name, self._rows[at])
        row, name = self._rows[at], self._name
        return MarkPoint(row.attempt_id, row.started_at, row.marks[name], name in row.unsure)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class Cell:
    """The marks of one criterion in one week: how many of each, guesses included."""

    met: int
    partly: int
    missed: int

    @property
    def n(self) -> int:
        """How many marks there are."""
        return self.met + self.partly + self.missed

    @property
    def share(self) -> float:
        """The share that is met (0..1)."""
        return self.met / self.n


@dataclass(frozen=True, slots=True)
class CriterionProgress:
    """One criterion over time; `weeks` has a cell for each week of the progress, None for none.

    `total` holds all its marks. The trend is of marks that are sure.
    """

    id: str
    title: str
    marks: Sequence[MarkPoint]
    weeks: tuple[Cell | None, ...]
    total: Cell
    trend: Trend


@dataclass(frozen=True, slots=True)
class ScorePoint:
    """The score of one answer."""

    attempt_id: str
    started_at: str
    score: Score


@dataclass(frozen=True, slots=True)
class RubricProgress:
    """One rubric over time: the criteria of its newest answer first, those it had before behind.

    `scorers` are the versions of the rater that gave its marks.
    """

    id: str
    title: str
    answers: int
    scores: tuple[ScorePoint, ...]
    trend: Trend
    criteria: tuple[CriterionProgress, ...]
    scorers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FigurePoint:
    """A figure of one answer's delivery."""

    attempt_id: str
    started_at: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class FigureProgress:
    """One figure of delivery over time, in the unit of `trainer.analysis.ranges`."""

    name: FigureName
    points: tuple[FigurePoint, ...]
    trend: Trend


@dataclass(frozen=True, slots=True)
class WeekSpent:
    """What was practised in the week that begins on `start`, follow-ups included."""

    start: date
    answers: int
    seconds: float


@dataclass(frozen=True, slots=True)
class SelfCriterion:
    """One's own marks beside the machine's: `n` cases where it is sure without having been told.

    `distance` is the mean of how many marks they lie apart (0..2), `over` the mean of how many
    one's own lies above the machine's (below 0: under it). `higher`, `lower` and `equal` count.
    """

    rubric_id: str
    id: str
    title: str
    n: int
    distance: float
    over: float
    higher: int
    lower: int
    equal: int


@dataclass(frozen=True, slots=True)
class Progress:
    """All answers over time. `weeks` are the Mondays from the first answer to the last, without
    gaps."""

    answers: int
    weeks: tuple[date, ...]
    rubrics: tuple[RubricProgress, ...]
    figures: tuple[FigureProgress, ...]
    spent: tuple[WeekSpent, ...]
    self_rating: tuple[SelfCriterion, ...]
    recurring: tuple[Recurring, ...]


def find_progress(
    rows: Iterable[Row],
    *,
    bank_id: str | None = None,
    rubric_id: str | None = None,
    since: date | None = None,
    zone: tzinfo | None = None,
    quotes_of: Callable[[str], Quotes] = lambda _: {},
    pulse: Callable[[], object] = lambda: None,
) -> Progress:
    """Return the progress of the answers that fit; `since` is a day of `zone` and included.

    `zone` decides to which week an answer belongs, None for the zone of this machine. `quotes_of`
    gives the words of an attempt that recurring points are shown with. `pulse` is called now and
    then: what it raises ends the work. A row whose time is not ISO 8601 is passed over.
    """
    moments = ((_moment(row), row) for row in rows if _fits(row, bank_id, rubric_id))
    placed = sorted(
        ((at, row) for at, row in moments if at), key=lambda one: (one[0], one[1].attempt_id)
    )
    timed = ((at.astimezone(zone).date(), row) for at, row in placed)
    chosen = [one for one in timed if since is None or one[0] >= since]
    weeks = _weeks([day for day, _ in chosen])
    by_rubric: dict[str, list[tuple[date, Row]]] = defaultdict(list)
    for day, row in chosen:
        if row.rubric_id and row.marks and not row.is_follow_up:
            by_rubric[row.rubric_id].append((day, row))
    answers = {name: [row for _, row in by_rubric[name]] for name in sorted(by_rubric)}
    return Progress(
        answers=len(chosen),
        weeks=weeks,
        rubrics=tuple(_rubric(name, by_rubric[name], weeks, pulse) for name in answers),
        figures=_figures([row for _, row in chosen if row.figures and not row.is_follow_up]),
        spent=_spent(chosen, weeks),
        self_rating=_self_rating(answers),
        recurring=find_recurring(answers, quotes_of),
    )


def _fits(row: Row, bank_id: str | None, rubric_id: str | None) -> bool:
    return bank_id in (None, row.bank_id) and rubric_id in (None, row.rubric_id)


def _moment(row: Row) -> datetime | None:
    try:
        at = datetime.fromisoformat(row.started_at)
    except ValueError:  # damaged
        return None
    # No zone of the world reaches over these ends.
    usual = datetime.min.year < at.year < datetime.max.year
    return (at if at.tzinfo else at.replace(tzinfo=UTC)) if usual else None


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _weeks(days: Sequence[date]) -> tuple[date, ...]:
    if not days:
        return ()
    first, last = _monday(min(days)), _monday(max(days))
    if (last - first).days > 7 * _MOST_WEEKS:  # a clock was wrong: only weeks with answers
        return tuple(sorted({_monday(day) for day in days}))
    return tuple(first + timedelta(weeks=k) for k in range((last - first).days // 7 + 1))


def _rubric(
    rubric_id: str,
    placed: Sequence[tuple[date, Row]],
    weeks: Sequence[date],
    pulse: Callable[[], object],
) -> RubricProgress:
    rows = [row for _, row in placed]
    by_week: dict[date, list[Row]] = defaultdict(list)
    for day, row in placed:
        by_week[_monday(day)].append(row)
    scores = tuple(
        ScorePoint(row.attempt_id, row.started_at, row.score) for row in rows if row.score
    )
    criteria = []
    for name in _names(rows):
        pulse()
        criteria.append(_criterion(name, rows, [by_week.get(week, ()) for week in weeks]))
    return RubricProgress(
        rubric_id,
        rows[-1].rubric_title or rubric_id,
        len(rows),
        scores,
        find_trend([point.score.value for point in scores[-MOST:]]),
        tuple(criteria),
        tuple(dict.fromkeys(row.scorer for row in rows if row.scorer)),
    )


def _names(rows: Sequence[Row]) -> dict[str, None]:
    """Return the criteria of the newest row first, then those that older ones had besides."""
    names: dict[str, None] = {}
    for row in reversed(rows):
        names |= dict.fromkeys(row.marks)
    return names


def _criterion(
    name: str, rows: Sequence[Row], by_week: Sequence[Sequence[Row]]
) -> CriterionProgress:
    told = [row for row in rows if name in row.marks]
    weeks = tuple(_cell([row.marks[name] for row in rows if name in row.marks]) for rows in by_week)
    sure = (float(row.marks[name]) for row in reversed(told) if name not in row.unsure)
    total = _together([cell for cell in weeks if cell])
    trend = find_trend(list(islice(sure, MOST))[::-1])
    return CriterionProgress(
        name, told[-1].titles.get(name, name), MarkPoints(name, told), weeks, total, trend
    )


def _cell(marks: Sequence[Mark]) -> Cell | None:
    return Cell(*(marks.count(mark) for mark in reversed(Mark))) if marks else None


def _together(cells: Sequence[Cell]) -> Cell:
    return Cell(
        sum(cell.met for cell in cells),
        sum(cell.partly for cell in cells),
        sum(cell.missed for cell in cells),
    )


def _figures(rows: Sequence[Row]) -> tuple[FigureProgress, ...]:
    names: tuple[FigureName, ...] = ("pace", "articulation", "pauses", "fillers")
    found = []
    for name in names:
        points = tuple(
            FigurePoint(row.attempt_id, row.started_at, row.figures[name])
            for row in rows
            if name in row.figures
        )
        if points:
            trend = find_trend([point.figure.value for point in points[-MOST:]])
            found.append(FigureProgress(name, points, trend))
    return tuple(found)


def _spent(placed: Sequence[tuple[date, Row]], weeks: Sequence[date]) -> tuple[WeekSpent, ...]:
    by_week: dict[date, list[Row]] = defaultdict(list)
    for day, row in placed:
        by_week[_monday(day)].append(row)
    return tuple(
        WeekSpent(week, len(by_week[week]), sum(row.time_s for row in by_week[week]))
        for week in weeks
    )


def _self_rating(by_rubric: Mapping[str, Sequence[Row]]) -> tuple[SelfCriterion, ...]:
    found = []
    for rubric_id, rated in by_rubric.items():
        rows = [row for row in rated if row.self_marks]
        for name in _names(rated) if rows else ():
            both = [r for r in rows if name in r.self_marks and name in r.marks]
            sure = [r for r in both if name not in r.unsure | r.settled]
            if not sure:
                continue
            steps = [int(r.self_marks[name]) - int(r.marks[name]) for r in sure]
            found.append(
                SelfCriterion(
                    rubric_id,
                    name,
                    sure[-1].titles.get(name, name),
                    len(steps),
                    sum(map(abs, steps)) / len(steps),
                    sum(steps) / len(steps),
                    sum(step > 0 for step in steps),
                    sum(step < 0 for step in steps),
                    steps.count(0),
                )
            )
    return tuple(found)
