"""Which of the recognisers that heard a reading suits its speaker: the one rule for it, and why."""

from __future__ import annotations

from collections.abc import Sequence

from trainer.calibration.types import EngineResult

MUCH_OVERLAP = 0.5
"""Two intervals overlap much where they share at least this part of the shorter one."""


def in_order(results: Sequence[EngineResult]) -> tuple[EngineResult, ...]:
    """Return results with the recommended one first, then by errors.

    It is the one with the fewest errors; among those whose intervals overlap much with its own,
    and lie above nobody's, the quickest, and the built-in one last: its words are taken for rough
    wherever they are used.
    """
    by_errors = sorted(results, key=lambda result: result.errors)
    if not by_errors:
        return ()
    most = min(result.high for result in by_errors)
    rivals = [one for one in by_errors if one.low <= most and _overlap_much(one, by_errors[0])]
    first = min(rivals, key=lambda one: (one.engine == "builtin", one.work or 0.0))
    return (first, *(one for one in by_errors if one is not first))


def why_first(first: EngineResult, fewest: EngineResult) -> str:
    """Return why one suits though another had the fewest errors, as the end of a sentence."""
    return "it is quicker" if first.engine == fewest.engine else "its words need fewer corrections"


def _overlap_much(one: EngineResult, other: EngineResult) -> bool:
    shared = min(one.high, other.high) - max(one.low, other.low)
    return shared >= MUCH_OVERLAP * min(one.high - one.low, other.high - other.low) and shared >= 0
