"""Figures of delivery of two answers beside each other.

Two figures are called different only where their ranges do not touch, so most are not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from trainer.analysis.measurable import is_spoken
from trainer.analysis.ranges import Figure, FigureName, measure_figures
from trainer.review.sides import Side
from trainer.store.types import counted_by_ear

Direction = Literal["more", "less"]


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
    first, second = figures_of(before), figures_of(after)
    names: tuple[FigureName, ...] = ("length", "pace", "articulation", "pauses", "fillers")
    return tuple(
        FigurePair(name, first.get(name), second.get(name))
        for name in names
        if name in first or name in second
    )


def figures_of(side: Side) -> Mapping[FigureName, Figure]:
    """Return what was measured of a side."""
    found = measure_figures(
        [(word.start_s, word.end_s) for word in side.transcript.words],
        side.delivery,
        counted_by_ear(side.reviews),
        is_spoken=is_spoken(side.transcript),
    )
    length = side.delivery.answer_s
    return found if length is None else {"length": Figure(length, length, length), **found}
