"""What the progress screen draws: plots of marks, scores, delivery and time, at any width."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from trainer.bank.types import Mark
from trainer.display import one_line
from trainer.review import plots
from trainer.review.plots import Spot
from trainer.review.progress import (
    Cell,
    CriterionProgress,
    FigureProgress,
    MarkPoint,
    Progress,
    RubricProgress,
    SelfCriterion,
)
from trainer.review.telling_progress import tell_self
from trainer.tui.widgets.plot import MARK_SIGNS, Draw

UNSURE = "?"
_MANY_DAYS = 300  # from there on a label tells the year
_MARKS_DRAWN = 120
_BALANCE = 21  # columns of a bar with a middle
_MARGIN = 6  # columns of the numbers beside a plot


def day_labels(days: Sequence[date]) -> list[str]:
    """Return short names of days, with the year and without the day where they lie far apart."""
    if not days:
        return []
    far = (days[-1] - days[0]).days > _MANY_DAYS
    return [f"{day:%b %Y}" if far else f"{day.day} {day:%b}" for day in days]


def moment_labels(moments: Sequence[str]) -> list[str]:
    """Return `day_labels` of moments in ISO 8601, as days of this machine's time zone."""
    return day_labels([datetime.fromisoformat(at).astimezone().date() for at in moments])


def scores(rubric: RubricProgress, height: int) -> Draw:
    """Draw the scores of a rubric with their bands."""

    def draw(width: int) -> list[str]:
        spots = [
            Spot(point.started_at, point.score.value, point.score.low, point.score.high)
            for point in rubric.scores
        ]
        return plots.draw_spots(spots, (0, 100), width, height, moment_labels)

    return draw


def figure(progress: FigureProgress, height: int) -> Draw:
    """Draw a figure of delivery with its ranges, on an axis of round numbers."""

    def draw(width: int) -> list[str]:
        spots = [
            Spot(point.started_at, point.figure.value, point.figure.low, point.figure.high)
            for point in progress.points
        ]
        return plots.draw_spots(spots, None, width, height, moment_labels)

    return draw


def newest_marks(criterion: CriterionProgress) -> Sequence[MarkPoint]:
    """Return the marks of a criterion that are drawn."""
    return criterion.marks[-_MARKS_DRAWN:]


def marks(criterion: CriterionProgress) -> Draw:
    """Draw the marks of a criterion, the newest on the right; a guess is a question mark."""
    newest = newest_marks(criterion)
    labels = moment_labels([point.started_at for point in newest])
    rows = [("met", plots.GRID), ("partly", " "), ("missed", plots.GRID)]
    placed = [
        (Mark.MET - point.mark, UNSURE if point.is_unsure else MARK_SIGNS[point.mark])
        for point in newest
    ]
    return lambda width: plots.draw_rows(rows, placed, labels, width)


def time_spent(progress: Progress, height: int) -> Draw:
    """Draw the minutes of each week; of several together where there are many."""
    labels = day_labels([week.start for week in progress.spent])

    def draw(width: int) -> list[str]:
        cuts, size = together(len(labels), max((width - _MARGIN) // 2, 1))
        minutes = [sum(week.seconds for week in progress.spent[cut]) / 60 for cut in cuts]
        begins = [labels[cut.start] for cut in cuts]
        lines = plots.draw_columns(minutes, begins, width, height)
        return lines if size == 1 else [*lines, f"Each column: {size} weeks."[:width]]

    return draw


def balance(own: Sequence[SelfCriterion]) -> Draw:
    """Draw for each criterion how often the speaker's mark lies lower and higher."""

    def draw(width: int) -> list[str]:
        side = " " * (_BALANCE // 2 - len("lower"))
        lines = [f"lower{side}same{side} higher"] if own else []
        for one in own:
            bar = plots.draw_balance(one.lower / one.n, one.higher / one.n, _BALANCE)
            lines.append(f"{bar}  {one_line(one.title, max(width - _BALANCE - 2, 1))}")
            lines += [f"{'':{_BALANCE}}  {line}" for line in _wrap(tell_self(one), width)]
        return lines

    return draw


def share_met(cells: Sequence[Cell | None]) -> float | None:
    """Return the share of marks that are met in weeks that are looked at as one."""
    there = [cell for cell in cells if cell]
    return sum(c.met for c in there) / sum(c.n for c in there) if there else None


def together(count: int, most: int) -> tuple[list[slice], int]:
    """Return at most so many slices of `count` things, and how many of them each is.

    The newest is whole; the oldest may have fewer.
    """
    size = max(-(-count // max(most, 1)), 1)
    ends = range(count % size or size, count + 1, size) if count else ()
    return [slice(max(end - size, 0), end) for end in ends], size


def _wrap(text: str, width: int) -> list[str]:
    from textwrap import wrap

    return wrap(text, max(width - _BALANCE - 2, 20))
