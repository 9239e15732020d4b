"""The clock of an answer as a program follows it whose own clock may go wrong."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

from trainer.peer.types import Clock

_SLEPT_S = 5.0
"""By how much the time must be ahead of the steady clock for the machine to have slept."""


@dataclass(frozen=True, slots=True)
class FollowedClock:
    """The host's clock, and by how much ours is ahead of it. All times in seconds.

    Where a clock is seen to start, the view that tells it has just come: from the smallest such
    difference `ahead_s` is known, and a view that was long under way shows the right time too.
    None as long as nothing was seen to start; for the host's own program it is 0. `counted_s` was
    reached at `since_s`, by a steady clock of ours.
    """

    ahead_s: float | None = None
    clock: Clock | None = None
    counted_s: float = 0.0
    since_s: float = 0.0

    def see(self, clock: Clock, now_s: float, now: str) -> Self:
        """Return the clock after a view with this one came; `now` is our time (ISO 8601, UTC).

        Looking at the same view again finds out whether this machine slept.
        """
        if clock == self.clock:
            return self._awake(clock, now_s, now)
        counted_s, ahead_s = clock.counted_s, self.ahead_s
        if clock.since is not None:
            late_s = _seconds_between(clock.since, now)
            if self.clock is not None:  # else we came while it ran
                ahead_s = late_s if ahead_s is None else min(ahead_s, late_s)
            counted_s += max(0.0, late_s - (ahead_s or 0.0))
        return replace(self, ahead_s=ahead_s, clock=clock, counted_s=counted_s, since_s=now_s)

    def _awake(self, clock: Clock, now_s: float, now: str) -> Self:
        """Return the clock with the time that this machine slept: a steady clock stood still."""
        if clock.since is None or self.ahead_s is None:
            return self
        counted_s = clock.counted_s + _seconds_between(clock.since, now) - self.ahead_s
        if counted_s - self.elapsed_s(now_s) < _SLEPT_S:
            return self
        return replace(self, counted_s=counted_s, since_s=now_s)

    def elapsed_s(self, now_s: float) -> float:
        """Return the seconds of the answer so far."""
        running = self.clock is not None and self.clock.since is not None
        return self.counted_s + (max(0.0, now_s - self.since_s) if running else 0.0)


def _seconds_between(earlier: str, later: str) -> float:
    return (datetime.fromisoformat(later) - datetime.fromisoformat(earlier)).total_seconds()
