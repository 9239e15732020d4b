"""A measure with its interval."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with its interval; None where it cannot be told."""

    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """`hits` of `of`, with the interval of the share in 0..1, None where it cannot be told."""

    hits: int
    of: int
    low: float | None = None
    high: float | None = None

    @property
    def value(self) -> float | None:
        """The share in 0..1, None of nothing."""
        return self.hits / self.of if self.of else None
