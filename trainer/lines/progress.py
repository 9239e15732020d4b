"""Progress as JSON and as lines of text: tables, bars and plots without colour."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING

from trainer.display import one_line
from trainer.lines.ratings import rounded
from trainer.lines.text import table, width, wrapped
from trainer.review import plots
from trainer.review.recurring import tell_recurring
from trainer.review.telling_progress import (
    tell_criterion,
    tell_figure,
    tell_overview,
    tell_score,
    tell_self,
    tell_trend,
)

if TYPE_CHECKING:
    from trainer.review.progress import Progress, RubricProgress
    from trainer.review.trends import Trend

_INDENT = "  "
_BAR = 10
_PLOT_HEIGHT = 7
_MOST_WEEKS = 12  # of time spent that are listed
_LONGEST_TITLE = 30
_MOST_LISTED = 10  # scores in plain lines: the newest


def can_draw(encoding: str | None) -> bool:
    """Return whether plots can be written so; elsewhere they would be rows of question marks."""
    try:
        plots.SIGNS.encode(encoding or "ascii")
    except (LookupError, UnicodeEncodeError):
        return False
    return True


def progress_json(progress: Progress) -> dict[str, object]:
    """Return progress as the help of `history progress` describes it."""
    return {
        "answers": progress.answers,
        "weeks": [week.isoformat() for week in progress.weeks],
        "rubrics": [_rubric_json(rubric) for rubric in progress.rubrics],
        "figures": [
            {
                "name": figure.name,
                "points": [
                    {
                        "id": point.attempt_id,
                        "started_at": point.started_at,
                        **{k: round(v, 2) for k, v in asdict(point.figure).items()},
                    }
                    for point in figure.points
                ],
                "trend": _trend_json(figure.trend),
            }
            for figure in progress.figures
        ],
        "spent": [
            {
                "week": week.start.isoformat(),
                "answers": week.answers,
                "seconds": round(week.seconds, 1),
            }
            for week in progress.spent
        ],
        "self_rating": [asdict(own) for own in progress.self_rating],
        "recurring": [
            {**asdict(recurring), "sentence": tell_recurring(recurring)}
            for recurring in progress.recurring
        ],
    }


def progress_lines(progress: Progress, *, plain: bool = False) -> Iterator[str]:
    """Yield progress as lines for people; `plain` has lists in place of plots."""
    yield from wrapped(tell_overview(progress))
    if progress.recurring:
        yield from ("", "What keeps recurring")
        for recurring in progress.recurring:
            yield from wrapped(tell_recurring(recurring), _INDENT, _INDENT * 2)
    for rubric in progress.rubrics:
        yield ""
        yield from _rubric_lines(rubric, progress, plain=plain)
    if progress.figures:
        yield from ("", "Delivery")
        for figure in progress.figures:
            yield from wrapped(tell_figure(figure), _INDENT, _INDENT * 2)
    yield from _spent_lines(progress, plain=plain)
    if progress.self_rating:
        yield from ("", "Your own marks beside the machine's")
        for own in progress.self_rating:
            yield from wrapped(f"{own.title}: {tell_self(own)}.", _INDENT, _INDENT * 2)


def _rubric_lines(rubric: RubricProgress, progress: Progress, *, plain: bool) -> Iterator[str]:
    count = "1 answer" if rubric.answers == 1 else f"{rubric.answers} answers"
    yield from wrapped(f"{rubric.title} ({count})")
    for line in tell_score(rubric):
        yield from wrapped(line, _INDENT, _INDENT * 2)
    if len(rubric.scores) > 1:
        yield from _score_plot(rubric, plain=plain)
    rows = [
        (
            one_line(criterion.title, None if plain else _LONGEST_TITLE),
            plots.draw_bar(criterion.total.share, _BAR),
            tell_criterion(criterion),
            tell_trend(criterion.trend),
        )
        for criterion in rubric.criteria
    ]
    if plain:
        for title, _, met, trend in rows:
            yield from wrapped(f"{title}: met {met}, {trend}.", _INDENT, _INDENT * 2)
    else:
        header = ("POINT", "", "MET", "TREND")
        yield from (f"{_INDENT}{line}" for line in table(header, rows))
    if len(progress.weeks) > 1:
        yield from _heat_map(rubric, progress, plain=plain)


def _score_plot(rubric: RubricProgress, *, plain: bool) -> Iterator[str]:
    spots = [
        plots.Spot(_day(point.started_at), point.score.value, point.score.low, point.score.high)
        for point in rubric.scores
    ]
    if plain:
        drawn = plots.list_spots(spots[-_MOST_LISTED:])
    else:
        drawn = plots.draw_spots(spots, (0, 100), width() - len(_INDENT), _PLOT_HEIGHT)
    yield from (f"{_INDENT}{line}" for line in drawn)


def _heat_map(rubric: RubricProgress, progress: Progress, *, plain: bool) -> Iterator[str]:
    columns = [week.strftime("%m-%d") for week in progress.weeks]
    rows = [
        (
            one_line(criterion.title),
            [None if cell is None else cell.share for cell in criterion.weeks],
        )
        for criterion in rubric.criteria
    ]
    yield f"{_INDENT}Met, by the week that begins on this day"
    if plain:
        for line in plots.list_heat_map(rows, columns):
            yield from wrapped(line, _INDENT, _INDENT * 2)
        return
    drawn = plots.draw_heat_map(rows, columns, width() - len(_INDENT))
    yield from (f"{_INDENT}{line}" for line in drawn)
    steps = zip(plots.SHADES, ("under 25", "under 50", "under 75", "75 % and more"), strict=True)
    legend = ", ".join(f"{shade} {text}" for shade, text in steps)
    yield f"{_INDENT}{legend}, {plots.EMPTY} no answer"


def _spent_lines(progress: Progress, *, plain: bool) -> Iterator[str]:
    shown = [week for week in progress.spent if week.answers][-_MOST_WEEKS:]
    if not shown:
        return
    yield from ("", "Time spent, by the week that begins on this day")
    most = max(week.seconds for week in shown) or 1.0
    for week in shown:
        bar = "" if plain else f"  {plots.draw_bar(week.seconds / most, _BAR * 2)}"
        count = "1 answer" if week.answers == 1 else f"{week.answers} answers"
        yield f"{_INDENT}{week.start.isoformat()}{bar}  {week.seconds / 60:.0f} min, {count}"


def _rubric_json(rubric: RubricProgress) -> dict[str, object]:
    return {
        "id": rubric.id,
        "title": rubric.title,
        "answers": rubric.answers,
        "scores": [
            {
                "id": point.attempt_id,
                "started_at": point.started_at,
                "score": rounded(point.score.value),
                "low": point.score.low,
                "high": point.score.high,
                "word": point.score.word,
            }
            for point in rubric.scores
        ],
        "trend": _trend_json(rubric.trend),
        "scorers": list(rubric.scorers),
        "criteria": [
            {
                "id": criterion.id,
                "title": criterion.title,
                "marks": [
                    {
                        "id": point.attempt_id,
                        "started_at": point.started_at,
                        "mark": int(point.mark),
                        "unsure": point.is_unsure,
                    }
                    for point in criterion.marks
                ],
                "weeks": [None if cell is None else asdict(cell) for cell in criterion.weeks],
                "trend": _trend_json(criterion.trend),
            }
            for criterion in rubric.criteria
        ],
    }


def _trend_json(trend: Trend) -> dict[str, object]:
    tau = None if trend.tau is None else round(trend.tau, 3)
    return {"direction": trend.direction, "n": trend.n, "tau": tau}


def _day(timestamp: str) -> str:
    return datetime.fromisoformat(timestamp).astimezone().date().isoformat()
