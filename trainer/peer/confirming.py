"""What of a session stands in the histories: whoever asked or answered keeps each revealed round.

Until they confirm that they have it, it stays in each of their views: so nobody misses a reveal who
was away, or whose program died before it was stored.
"""

from __future__ import annotations

from dataclasses import replace

from trainer.peer import events
from trainer.peer.refusing import demand, demand_here
from trainer.peer.types import Phase, Round, Session


def confirm(session: Session, event: events.RoundKept) -> Session:
    """Note that somebody has a round in their history. Raises `RefusedError`."""
    demand_here(session, event.by)
    demand(event.number <= len(session.rounds), "There is no such round.")
    at = event.number - 1
    found = session.rounds[at]
    demand(_is_due(found, event.by), "This round is not to be kept, or it is kept already.")
    kept = replace(found, kept_by=(*found.kept_by, event.by))
    return replace(session, rounds=(*session.rounds[:at], kept, *session.rounds[at + 1 :]))


def unkept_by(session: Session, participant_id: str) -> int:
    """Return the index of the first round that somebody has still to keep, -1 for none."""
    rounds = enumerate(session.rounds)
    return next((at for at, one in rounds if _is_due(one, participant_id)), -1)


def keepers_awaited(session: Session) -> tuple[str, ...]:
    """Return who has still to keep a round."""
    people = (one.id for one in session.participants)
    return tuple(one for one in people if unkept_by(session, one) >= 0)


def _is_due(one: Round, participant_id: str) -> bool:
    """Whether somebody should keep a round, and has not: without words there is nothing to keep."""
    return (
        one.phase is Phase.REVEALED
        and one.answer is not None
        and participant_id in (one.candidate_id, one.interviewer_id)
        and participant_id not in one.kept_by
    )
