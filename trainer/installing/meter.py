"""Telling how far an installation is, and asking whether it was cancelled."""

from __future__ import annotations

import time
from collections.abc import Callable

from trainer.installing.types import CancelledError, Phase, Progress

# People read about ten changes a second; drawing more often only costs.
INTERVAL_S = 0.1

AGAIN = "What was downloaded is kept. Try again to go on from there."


class Meter:
    """Counts the bytes of one phase after the other for whoever watches.

    `on_progress` is called when a phase begins and ends, and about ten times a second between.
    """

    def __init__(
        self, on_progress: Callable[[Progress], object], cancelled: Callable[[], bool]
    ) -> None:
        self._on_progress = on_progress
        self._cancelled = cancelled
        self._phase: Phase = "waiting"
        self._done = 0
        self._whole: int | None = None
        self._told_at = 0.0

    @property
    def cancelled(self) -> bool:
        """Whether the installation shall stop."""
        return self._cancelled()

    def begin(self, phase: Phase, whole: int | None = None, done: int = 0) -> None:
        """Begin a phase of `whole` bytes, of which some are `done`. Raises `CancelledError`."""
        self.check()
        self._phase, self._whole, self._done = phase, whole, done
        self._tell()

    def add(self, count: int) -> None:
        """Count bytes of this phase. Raises `CancelledError`."""
        self.check()
        self._done += count
        if self._done == self._whole or time.monotonic() - self._told_at >= INTERVAL_S:
            self._tell()

    def check(self) -> None:
        """Raise `CancelledError` if the installation was cancelled."""
        if self._cancelled():
            raise CancelledError("The installation was cancelled.", AGAIN)

    def _tell(self) -> None:
        self._told_at = time.monotonic()
        self._on_progress(Progress(self._phase, self._done, self._whole))
