"""One measured value beside its reference."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Ratio:
    """Medians in seconds. `target` is the ratio that should not be exceeded, if there is one."""

    what: str
    seconds: float
    reference: str
    reference_seconds: float
    target: float | None = None

    @classmethod
    def of(
        cls,
        what: str,
        times_s: Sequence[float],
        reference: str,
        reference_times_s: Sequence[float],
        target: float | None = None,
    ) -> Ratio:
        """Compare the medians of two series of times."""
        return cls(what, median(times_s), reference, median(reference_times_s), target)

    @property
    def value(self) -> float:
        return self.seconds / self.reference_seconds

    def __str__(self) -> str:
        wanted = ""
        if self.target is not None:
            verdict = "ok" if self.value <= self.target else "TOO SLOW"
            wanted = f"  target {self.target:g}: {verdict}"
        times = f"{self.seconds * 1000:.1f} ms / {self.reference_seconds * 1000:.1f} ms"
        return f"{self.value:7.2f}  {self.what}, against {self.reference} ({times}){wanted}"


@dataclass(frozen=True)
class Amount:
    """A measured value that has no reference: memory, an error rate. `what` says of what.

    `target` should not be exceeded, `least` should be reached.
    """

    what: str
    value: float
    unit: str
    target: float | None = None
    least: float | None = None

    def __str__(self) -> str:
        wanted = ""
        if self.target is not None:
            verdict = "ok" if self.value <= self.target else "TOO MUCH"
            wanted = f"  target {self.target:g}: {verdict}"
        if self.least is not None:
            verdict = "ok" if self.value >= self.least else "TOO FEW"
            wanted = f"  at least {self.least:g}: {verdict}"
        return f"{self.value:7.1f} {self.unit}  {self.what}{wanted}"
