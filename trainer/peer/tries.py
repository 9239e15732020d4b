"""How often a wrong code may be tried."""

from __future__ import annotations

import math
from collections.abc import Callable

MOST_WRONG = 5
CLOSED_S = 60.0


class Tries:
    """Counts wrong codes, whoever brings them; after `MOST_WRONG` nobody new gets in for a minute.

    A code has 33 million possible secrets: at five a minute half of them take six years. Whoever
    was in already comes back by their token, also while the door is closed.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._wrong = 0
        self._opens_at = -math.inf

    def wrong(self) -> bool:
        """Count a wrong code; return whether the door is closed by it."""
        self._wrong += 1
        if self._wrong < MOST_WRONG:
            return False
        self._wrong = 0
        self._opens_at = self._clock() + CLOSED_S
        return True

    def closed_s(self) -> int:
        """Return how many seconds the door stays closed; 0: it is open."""
        return math.ceil(max(0.0, self._opens_at - self._clock()))
