"""Progress in words: what the figures of many answers show, and where they are too few."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from trainer.analysis.ranges import FigureName
from trainer.review.progress import (
    CriterionProgress,
    FigureProgress,
    Progress,
    RubricProgress,
    SelfCriterion,
)
from trainer.review.trends import FEWEST, MOST, Trend

_FIGURES: dict[FigureName, tuple[str, str]] = {
    "length": ("Length", "seconds"),
    "pace": ("Pace", "words a minute"),
    "articulation": ("Pace without pauses", "words a minute"),
    "pauses": ("Pauses", "a minute"),
    "fillers": ("Fillers", "a minute"),
}
_FEWEST_CASES = 3  # of one's own marks, for a word on over and under
_LEAST_OVER = 0.25  # of a mark: less is no habit


def tell_overview(progress: Progress) -> str:
    """Return how many answers there are, over how many weeks, and the time they took."""
    minutes = sum(week.seconds for week in progress.spent) / 60
    return (
        f"{_plural(progress.answers, 'answer')} in {_plural(len(progress.weeks), 'week')}, "
        f"{_plural(round(minutes), 'minute')} of answering."
    )


def tell_trend(trend: Trend) -> str:
    """Return a trend in a few words."""
    if trend.direction == "too few":
        return "too few answers to tell"
    if trend.direction == "unclear":
        return "no clear trend"
    return trend.direction


def tell_score(rubric: RubricProgress) -> Iterator[str]:
    """Yield the newest score and the trend of all; nothing where there is no score."""
    if not rubric.scores:
        return
    newest = rubric.scores[-1].score
    line = f"Newest score: {newest.word}, {newest.low}-{newest.high}."
    if len(rubric.scores) > 1:
        first = rubric.scores[0].score
        line += f" The first: {first.word}, {first.low}-{first.high}."
    yield f"{line} {_sentence(rubric.trend)}"
    if len(rubric.scorers) > 1:
        yield (
            f"{len(rubric.scorers)} versions of the rater gave these marks. Some differences may "
            "be the rater's."
        )


def tell_criterion(criterion: CriterionProgress) -> str:
    """Return how often a criterion was met."""
    total = criterion.total
    return f"{total.met} of {total.n}"


def tell_figure(figure: FigureProgress) -> str:
    """Return the newest figure of delivery, what is usual for the speaker, and the trend."""
    label, unit = _FIGURES[figure.name]
    newest = figure.points[-1].figure
    ends = sorted({f"{newest.low:.0f}", f"{newest.high:.0f}"}, key=float)
    line = f"{label}: newest {' to '.join(ends)} {unit}"
    if len(figure.points) > 1:
        middle = median(point.figure.value for point in figure.points)
        line += f"; usual for you in {len(figure.points)} answers: {middle:.0f}"
    return f"{line}. {_sentence(figure.trend)}"


def tell_self(own: SelfCriterion) -> str:
    """Return how far one's own marks lie from the machine's."""
    cases = _plural(own.n, "case")
    line = f"same {own.equal}, yours higher {own.higher}, lower {own.lower} ({cases})"
    if own.n < _FEWEST_CASES:
        return f"{line}: too few to tell more"
    line += f", {own.distance:.1f} of a mark apart"
    if abs(own.over) < _LEAST_OVER:
        return f"{line}: no side preferred"
    side = "higher" if own.over > 0 else "lower"
    return f"{line}: on average yours {abs(own.over):.1f} {side}"


def _sentence(trend: Trend) -> str:
    match trend.direction:
        case "too few":
            return f"Too few answers to tell a trend ({trend.n} of {FEWEST})."
        case "unclear":
            return f"No clear trend in the last {trend.n}."
    looked = f"the last {trend.n}" if trend.n == MOST else f"{trend.n} answers"
    return f"It {trend.direction} over {looked}."


def _plural(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
