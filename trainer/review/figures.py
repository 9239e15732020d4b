"""Figures of delivery beside each other, each with the range in which it may truly lie.

One answer is a small sample: a pace of 140 words a minute tells little of the third digit. Two
figures are called different only where their ranges do not touch, so most are not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from statistics import fmean, stdev
from typing import Literal

from trainer.analysis.measurable import is_spoken
from trainer.analysis.types import PAUSE_S, UM, Delivery
from trainer.review.sides import Side
from trainer.transcript.types import Transcript

FigureName = Literal["length", "pace", "articulation", "pauses", "fillers"]
Direction = Literal["more", "less"]

NORMAL_95 = 1.96
"""Standard errors to each side that hold a figure 95 times in 100."""

_FEWEST_GAPS = 20  # words with times; a spread of fewer says little
_SHORTEST_S = 30.0  # as for the words about fillers a minute in `trainer.coach.delivery`


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure and the range in which it may lie; `low` <= `value` <= `high`."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class FigurePair:
    """One figure of both answers, None where it was not measured.

    "length" is in seconds, "pace" and "articulation" in words a minute, "pauses" and "fillers" in
    pieces a minute. `change` says what the second has of it beside the first; None where the ranges
    touch, or one is missing.
    """

    name: FigureName
    before: Figure | None
    after: Figure | None

    @property
    def change(self) -> Direction | None:
        """Whether the second has more or less of it."""
        if self.before is None or self.after is None:
            return None
        if self.after.low > self.before.high:
            return "more"
        return "less" if self.after.high < self.before.low else None


def pair_figures(before: Side, after: Side) -> tuple[FigurePair, ...]:
    """Return the figures that at least one side has."""
    first, second = dict(_figures(before)), dict(_figures(after))
    names: tuple[FigureName, ...] = ("length", "pace", "articulation", "pauses", "fillers")
    return tuple(
        FigurePair(name, first.get(name), second.get(name))
        for name in names
        if name in first or name in second
    )


def measure_pace(side: Side) -> Figure | None:
    """Return words a minute; None where nothing was spoken or the words are guessed.

    The range is the standard error of the mean time from word to word in this very answer.
    """
    pace = side.delivery.pace_wpm
    return None if side.is_guessed else _spread(pace, _steps(side.transcript))


def measure_articulation(side: Side) -> Figure | None:
    """Return words a minute without the time of pauses, with its range as for the pace."""
    steps = [step for step in _steps(side.transcript) if step[1] < PAUSE_S]
    figure = side.delivery.articulation_wpm
    return None if side.is_guessed else _spread(figure, steps)


def measure_pauses(side: Side) -> Figure | None:
    """Return pauses a minute; the range is that of a count which chance alone moves (Poisson)."""
    count = side.delivery.pauses
    return None if count is None else _per_minute(side.delivery, count, count)


def measure_fillers(side: Side) -> Figure | None:
    """Return fillers a minute, every kind together.

    The range goes from what was surely heard to what was possibly heard, and on by chance as for
    pauses. What a person counted by ear takes the place of what was found in the sound.
    """
    counts = side.delivery.fillers
    by_ear = {review.rater: review.count for review in side.reviews}
    heard = by_ear.get("self", by_ear.get("peer"))
    if counts is None or not is_spoken(side.transcript):
        return None
    if heard is None and not any(count.what == UM for count in counts):
        return None  # nobody has listened for what a recogniser leaves out
    kept = [c for c in counts if c.what != UM or heard is None]
    low, high = sum(c.low for c in kept), sum(c.high for c in kept)
    return _per_minute(side.delivery, low + (heard or 0), high + (heard or 0))


def _figures(side: Side) -> Iterator[tuple[FigureName, Figure]]:
    if side.delivery.answer_s is not None:
        yield "length", Figure(*(side.delivery.answer_s,) * 3)
    measured: tuple[tuple[FigureName, Figure | None], ...] = (
        ("pace", measure_pace(side)),
        ("articulation", measure_articulation(side)),
        ("pauses", measure_pauses(side)),
        ("fillers", measure_fillers(side)),
    )
    for name, figure in measured:
        if figure is not None:
            yield name, figure


def _steps(transcript: Transcript) -> list[tuple[float, float]]:
    """Return for each word the time to the next one's start and the silence in it, in seconds."""
    timed = [
        (word.start_s, word.end_s)
        for word in transcript.words
        if word.start_s is not None and word.end_s is not None
    ]
    return [
        (later[0] - earlier[0], max(later[0] - earlier[1], 0.0))
        for earlier, later in pairwise(timed)
        if later[0] >= earlier[0]
    ]


def _spread(value: float | None, steps: list[tuple[float, float]]) -> Figure | None:
    """Return a pace with its range; None where too few words have times to tell one."""
    lengths = [length for length, _ in steps]
    if value is None or len(lengths) < _FEWEST_GAPS:
        return None
    mean = fmean(lengths)
    if mean <= 0:
        return None
    share = NORMAL_95 * stdev(lengths) / sqrt(len(lengths)) / mean
    return Figure(value, value / (1 + share), value / (1 - share)) if share < 1 else None


def _per_minute(delivery: Delivery, low: int, high: int) -> Figure | None:
    seconds = delivery.answer_s
    if seconds is None or seconds < _SHORTEST_S:
        return None
    minutes = seconds / 60
    middle = (low + high) / 2 / minutes
    return Figure(middle, _least(low) / minutes, _most(high) / minutes)


def _least(count: int) -> float:
    """Return the lower end of a count's range: the root of a Poisson count has a spread of 1/2."""
    return min(max(sqrt(count) - NORMAL_95 / 2, 0.0) ** 2, count)


def _most(count: int) -> float:
    return (sqrt(count + 1) + NORMAL_95 / 2) ** 2 - 1
