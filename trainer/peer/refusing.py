"""What stands between an event and a session: an event that may not happen is refused."""

from __future__ import annotations

from trainer.errors import TrainerError
from trainer.peer.types import Phase, Round, Session

_WAIT = "Look at what the session shows now."


class RefusedError(TrainerError):
    """An event may not happen now, or not by this participant; the session stays as it was."""

    def __init__(self, message: str, hint: str = _WAIT) -> None:
        super().__init__(message, hint)


def demand(holds: bool, message: str, hint: str = _WAIT) -> None:
    """Raise `RefusedError` unless the condition holds."""
    if not holds:
        raise RefusedError(message, hint)


def demand_here(session: Session, by: str) -> None:
    """Raise `RefusedError` unless `by` has joined and is connected."""
    found = session.participant(by)
    demand(found is not None and found.here, "Only who is in the session can do this.", "Join it.")


def demand_round(session: Session, *phases: Phase) -> Round:
    """Return the round under way. Raises `RefusedError` unless it is in one of `phases`."""
    current = session.round
    if current is None:
        raise RefusedError("No round has begun.", "Begin the first round.")
    if current.phase not in phases:
        raise RefusedError(f"This does not fit now: the round is {_TOLD[current.phase]}.")
    return current


_TOLD = {
    Phase.PLANNED: "about to begin",
    Phase.ASKING: "at its question",
    Phase.ANSWERING: "at its answer",
    Phase.PAUSED: "paused",
    Phase.ANSWERED: "waiting for the words of the answer",
    Phase.RATING: "being rated",
    Phase.REVEALED: "revealed",
    Phase.SKIPPED: "skipped",
}
