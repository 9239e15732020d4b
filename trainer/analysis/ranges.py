"""Figures of delivery of one answer, each with the range in which it may truly lie.

One answer is a small sample: a pace of 140 words a minute tells little of the third digit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import fsum, sqrt
from typing import Literal

from trainer.analysis.types import PAUSE_S, UM, Delivery

FigureName = Literal["length", "pace", "articulation", "pauses", "fillers"]

Times = Sequence[tuple[float | None, float | None]]
"""Start and end of each word in seconds, None where they are not known."""

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


def measure_figures(
    times: Times, delivery: Delivery, by_ear: int | None, *, is_spoken: bool
) -> dict[FigureName, Figure]:
    """Return what was measured of an answer, without its length.

    "pace" and "articulation" are words a minute with and without the time of pauses, and not there
    where the words are guessed; their range is the standard error of the mean time from word to
    word in this very answer. "pauses" are pieces a minute; the range is that of a count which
    chance alone moves (Poisson). "fillers" are every kind together: the range goes from what was
    surely heard to what was possibly heard, and on by chance. `by_ear` is what a person counted of
    the filled pauses; it takes the place of what was found in the sound.
    """
    steps = _steps(times)
    is_guessed = "words" in delivery.unmeasurable
    flowing = [step for step in steps if step[1] < PAUSE_S]
    measured: dict[FigureName, Figure | None] = {
        "pace": None if is_guessed else _spread(delivery.pace_wpm, steps),
        "articulation": None if is_guessed else _spread(delivery.articulation_wpm, flowing),
        "pauses": _pauses(delivery),
        "fillers": _fillers(delivery, by_ear) if is_spoken else None,
    }
    return {name: figure for name, figure in measured.items() if figure is not None}


def _pauses(delivery: Delivery) -> Figure | None:
    count = delivery.pauses
    return None if count is None else _per_minute(delivery, count, count)


def _fillers(delivery: Delivery, by_ear: int | None) -> Figure | None:
    counts = delivery.fillers
    if counts is None:
        return None
    if by_ear is None and not any(count.what == UM for count in counts):
        return None  # nobody has listened for what a recogniser leaves out
    kept = [c for c in counts if c.what != UM or by_ear is None]
    low, high = sum(c.low for c in kept), sum(c.high for c in kept)
    return _per_minute(delivery, low + (by_ear or 0), high + (by_ear or 0))


def _steps(times: Times) -> list[tuple[float, float]]:
    """Return for each word the time to the next one's start and the silence in it, in seconds."""
    timed = [(start, end) for start, end in times if start is not None and end is not None]
    return [
        (later[0] - earlier[0], max(later[0] - earlier[1], 0.0))
        for earlier, later in pairwise(timed)
        if later[0] >= earlier[0]
    ]


def _spread(value: float | None, steps: list[tuple[float, float]]) -> Figure | None:
    """Return a pace with its range; None where too few words have times to tell one."""
    lengths = [length for length, _ in steps]
    count = len(lengths)
    if value is None or count < _FEWEST_GAPS:
        return None
    mean = fsum(lengths) / count
    if mean <= 0:
        return None
    # `statistics` takes a tenth of a second to make 1000 answers' spreads exact, and 8 ms to load
    spread = sqrt(fsum((length - mean) ** 2 for length in lengths) / (count - 1))
    share = NORMAL_95 * spread / sqrt(count) / mean
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
