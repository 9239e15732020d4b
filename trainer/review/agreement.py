"""How the raters of answers agree: who is lenient, where they differ, and how that changes.

Steps are of one mark: missed, partly, met.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from trainer.agreement.measures import kappa, mean_row, share, table_row
from trainer.agreement.resampling import Resampler
from trainer.agreement.types import Figure
from trainer.bank.types import Mark
from trainer.review.rated import Line, RatedAnswer, Who

if TYPE_CHECKING:
    from trainer.agreement.measures import Sums

LEAST_SESSIONS = 5
"""Of fewer no interval is told: drawn again and again, so few would look far too sure."""

MOST_PAIRS = 40
MOST_DISAGREEMENTS = 200


@dataclass(frozen=True, slots=True)
class Leniency:
    """How much more (above 0) or less a rater gives than the others for the same: steps a mark."""

    who: Who
    marks: int
    answers: int
    step: Figure

    @property
    def is_sure(self) -> bool:
        """Whether the interval lies on one side of nought."""
        low, high = self.step.low, self.step.high
        return low is not None and high is not None and (low > 0 or high < 0)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two raters who marked the same: the weighted kappa, and how many marks are equal."""

    one: Who
    other: Who
    marks: int
    answers: int
    sessions: int
    equal: int
    kappa: Figure


@dataclass(frozen=True, slots=True)
class Apart:
    """How far raters lie apart in one criterion: `equal` of `pairs` of marks are the same."""

    rubric_id: str
    criterion_id: str
    title: str
    pairs: int
    equal: int
    step: float


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A criterion of an answer that raters marked differently, with the words to listen to."""

    answer: RatedAnswer
    line: Line


@dataclass(frozen=True, slots=True)
class SessionShare:
    """How many of the `pairs` of marks in one session are `equal`; `began` is its first answer."""

    session_id: str
    began: str
    answers: int
    pairs: int
    equal: int


@dataclass(frozen=True, slots=True)
class RaterAgreement:
    """Everything about all answers. `pairs` beyond `MOST_PAIRS` are left out, those of least marks.

    `disagreements` are the widest first, then the newest; at most `MOST_DISAGREEMENTS`.
    `over_time` has each session, the oldest first.
    """

    answers: int
    sessions: int
    leniency: tuple[Leniency, ...]
    pairs: tuple[Pair, ...]
    criteria: tuple[Apart, ...]
    disagreements: tuple[Disagreement, ...]
    differing: int
    over_time: tuple[SessionShare, ...] = ()


def find_agreement(
    answers: Iterable[RatedAnswer], resampler: Resampler | None = None
) -> RaterAgreement:
    """Return how raters agree over answers; intervals are those of drawing whole sessions."""
    known = tuple(answers)
    draws = resampler or Resampler()
    apart = sorted(
        (
            Disagreement(answer, line)
            for answer in sorted(known, key=lambda a: a.started_at, reverse=True)
            for line in answer.lines
            if line.step
        ),
        key=lambda one: -one.line.step,
    )
    return RaterAgreement(
        len(known),
        len({answer.session_id for answer in known}),
        tuple(_leniency(known, draws)),
        _pairs(known, draws),
        tuple(_criteria(known)),
        tuple(apart[:MOST_DISAGREEMENTS]),
        len(apart),
        _over_time(known),
    )


def _leniency(answers: Sequence[RatedAnswer], draws: Resampler) -> Iterator[Leniency]:
    """Yield for each rater by how much they lie above the mean of all others, the most first."""
    rows: dict[Who, list[tuple[str, list[float]]]] = defaultdict(list)
    times: Counter[Who] = Counter()
    for answer in answers:
        seen = set()
        for line in answer.lines:
            marked = _marked(answer, line)
            for who, mark in marked:
                others = [other for one, other in marked if one != who]
                if others:
                    step = mark - sum(others) / len(others)
                    rows[who].append((answer.session_id, mean_row(step)))
                    seen.add(who)
        times.update(seen)
    found = [
        Leniency(who, len(steps), times[who], _figure(draws, steps, share))
        for who, steps in rows.items()
    ]
    yield from sorted(found, key=lambda one: (-(one.step.value or 0.0), one.who.name))


def _pairs(answers: Sequence[RatedAnswer], draws: Resampler) -> tuple[Pair, ...]:
    marks: dict[tuple[Who, Who], list[tuple[RatedAnswer, Mark, Mark]]] = defaultdict(list)
    for answer in answers:
        for line in answer.lines:
            for (one, given), (other, found) in combinations(_marked(answer, line), 2):
                marks[one, other].append((answer, given, found))
    most = sorted(marks, key=lambda pair: -len(marks[pair]))[:MOST_PAIRS]
    return tuple(_pair(pair, marks[pair], draws) for pair in most)


def _pair(
    pair: tuple[Who, Who], marks: Sequence[tuple[RatedAnswer, Mark, Mark]], draws: Resampler
) -> Pair:
    rows = [(answer.session_id, table_row(given, found)) for answer, given, found in marks]
    return Pair(
        *pair,
        marks=len(marks),
        answers=len({answer.attempt_id for answer, _, _ in marks}),
        sessions=len({answer.session_id for answer, _, _ in marks}),
        equal=sum(given == found for _, given, found in marks),
        kappa=_figure(draws, rows, kappa),
    )


def _criteria(answers: Sequence[RatedAnswer]) -> Iterator[Apart]:
    """Yield the criteria that raters lie apart in, the widest first."""
    titles: dict[tuple[str, str], str] = {}
    steps: dict[tuple[str, str], list[int]] = defaultdict(list)
    for answer in answers:
        for line in answer.lines:
            key = (answer.rubric.id, line.criterion.id)
            titles[key] = line.criterion.title
            marks = [mark for _, mark in _marked(answer, line)]
            steps[key] += [abs(one - other) for one, other in combinations(marks, 2)]
    found = [
        Apart(*key, titles[key], len(apart), apart.count(0), sum(apart) / len(apart))
        for key, apart in steps.items()
        if apart
    ]
    yield from sorted(found, key=lambda one: (-one.step, one.rubric_id, one.title))


def _over_time(answers: Sequence[RatedAnswer]) -> tuple[SessionShare, ...]:
    sessions: dict[str, list[RatedAnswer]] = defaultdict(list)
    for answer in sorted(answers, key=lambda one: one.started_at):
        sessions[answer.session_id].append(answer)
    shares = []
    for session_id, given in sessions.items():
        same = [
            one == other
            for answer in given
            for line in answer.lines
            for (_, one), (_, other) in combinations(_marked(answer, line), 2)
        ]
        shares.append(
            SessionShare(session_id, given[0].started_at, len(given), len(same), sum(same))
        )
    return tuple(shares)


def _marked(answer: RatedAnswer, line: Line) -> list[tuple[Who, Mark]]:
    pairs = zip(answer.given, line.marks, strict=True)
    return [(given.who, mark) for given, mark in pairs if mark is not None]


def _figure(
    draws: Resampler, rows: Sequence[tuple[str, list[float]]], measure: Callable[[Sums], Sums]
) -> Figure:
    figure = draws.figure(rows, measure)
    enough = len({session for session, _ in rows}) >= LEAST_SESSIONS
    return figure if enough else Figure(figure.value)
