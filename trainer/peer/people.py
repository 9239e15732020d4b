"""Who is in a session and who sits where."""

from __future__ import annotations

from dataclasses import replace
from hmac import compare_digest

from trainer.display import one_line
from trainer.peer import events
from trainer.peer.refusing import demand, demand_here
from trainer.peer.types import (
    LONGEST_NAME,
    MACHINE,
    MOST_OBSERVERS,
    MOST_PARTICIPANTS,
    Participant,
    Phase,
    Role,
    Round,
    Session,
)

_ANSWER_RUNS = (Phase.ANSWERING, Phase.PAUSED)


def is_here(session: Session, participant_id: str | None) -> bool:
    """Whether somebody has joined and their program is connected."""
    found = session.participant(participant_id) if participant_id else None
    return found is not None and found.here


def running(session: Session) -> Round | None:
    """Return the round that has begun and is not over, or None."""
    current = session.round
    return current if current and not current.phase.is_over else None


def role_of(session: Session, participant_id: str, current: Round | None = None) -> Role:
    """Return somebody's role in a round, else in the one that runs, else by the seats."""
    seats = current or running(session) or session
    if participant_id == seats.candidate_id:
        return "candidate"
    return "interviewer" if participant_id == seats.interviewer_id else "observer"


def asks_now(session: Session, current: Round, by: str) -> bool:
    """Whether `by` may do what the interviewer may: so may the host where that one is gone."""
    if by == current.interviewer_id:
        return True
    stands_in = by == session.host_id and by != current.candidate_id
    return stands_in and not is_here(session, current.interviewer_id)


def leads(session: Session, by: str) -> bool:
    """Whether `by` is the host or sits in a seat, now or in the next round."""
    current = running(session)
    seats = {session.host_id, session.candidate_id, session.interviewer_id}
    return by in seats | ({current.candidate_id, current.interviewer_id} if current else set())


def with_round(session: Session, current: Round) -> Session:
    """Return the session with another state of its round."""
    rounds = (*session.rounds[: session.at], current, *session.rounds[session.at + 1 :])
    return replace(session, rounds=rounds)


def join(session: Session, event: events.Joined) -> Session:
    """Let somebody in, or in again; the first of all is the host. Raises `RefusedError`."""
    if not session.participants:
        session = replace(session, host_id=event.by)
    known = session.participant(event.by)
    if known:
        demand(
            compare_digest(session.tokens.get(known.id, ""), event.token_digest),
            "This place in the session belongs to another program.",
            "Join again with the code, as somebody new.",
        )
    else:
        demand(not session.ended, "This session is over.", "Ask for the code of a new one.")
        demand(event.by != MACHINE, "This name is the machine's.", "Join with another one.")
        demand(
            len(session.participants) < MOST_PARTICIPANTS,
            f"{MOST_PARTICIPANTS} people have joined this session already.",
            "Begin a new session.",
        )
    free = not known and _takes_seat(session, event.role)
    if not is_here(session, event.by) and not free and not leads(session, event.by):
        watching = sum(p.here and not leads(session, p.id) for p in session.participants)
        demand(
            watching < MOST_OBSERVERS,
            f"{MOST_OBSERVERS} people watch this session, and no more can.",
            "Try again when somebody has left.",
        )
    if known:
        session = _set_here(session, event.by, here=True)
    else:
        joined = Participant(event.by, _own_name(session, event.name), here=True)
        session = replace(
            session,
            participants=(*session.participants, joined),
            tokens={**session.tokens, event.by: event.token_digest},
        )
    if free and event.role == "candidate":
        session = replace(session, candidate_id=event.by)
    elif free:
        session = replace(session, interviewer_id=event.by)
    current = session.round
    if current and current.phase in _ANSWER_RUNS and event.by not in current.listeners:
        session = with_round(session, replace(current, listeners=(*current.listeners, event.by)))
    return session


def leave(session: Session, event: events.Left) -> Session:
    """Note that somebody is gone. Raises `RefusedError`."""
    demand_here(session, event.by)
    return _set_here(session, event.by, here=False)


def resume(session: Session, event: events.Resumed) -> Session:
    """Note that the host came back and all others are still away. Raises `RefusedError`."""
    demand(event.by == session.host_id, "Only the host can resume a session.")
    gone = tuple(replace(one, here=False) for one in session.participants)
    return replace(session, participants=gone)


def take_seat(session: Session, event: events.SeatTaken) -> Session:
    """Seat somebody where nobody sits, or where who sits there is gone. Raises `RefusedError`.

    In the round that runs only the interviewer can be replaced: whoever would answer in the place
    of the candidate may have seen the probes.
    """
    demand_here(session, event.by)
    current, by, taken = running(session), event.by, session
    if event.seat == "interviewer":
        if (
            current
            and by not in (current.candidate_id, current.interviewer_id)
            and not is_here(session, current.interviewer_id)
        ):
            taken = with_round(taken, replace(current, interviewer_id=by))
        free = not is_here(session, session.interviewer_id)
        if free and by not in (session.candidate_id, session.interviewer_id):
            taken = replace(taken, interviewer_id=by)
    else:
        free = not is_here(session, session.candidate_id)
        if free and by not in (session.candidate_id, session.interviewer_id):
            taken = replace(taken, candidate_id=by)
    demand(taken is not session, "This seat is taken.", "Ask who sits there to swap.")
    return taken


def set_seats(session: Session, event: events.SeatsSet) -> Session:
    """Seat two people from the next round on. Raises `RefusedError`."""
    demand_here(session, event.by)
    demand(leads(session, event.by), "Who only watches cannot set the seats.", "Ask the host.")
    demand_pair(session, event.candidate_id, event.interviewer_id)
    return replace(session, candidate_id=event.candidate_id, interviewer_id=event.interviewer_id)


def demand_pair(session: Session, candidate_id: str | None, interviewer_id: str | None) -> None:
    """Raise `RefusedError` unless these are two people who are here."""
    apart = candidate_id != interviewer_id
    demand(apart, "Nobody can interview themselves.", "Set the seats to two people.")
    for one, seat in ((candidate_id, "answers"), (interviewer_id, "asks")):
        demand(is_here(session, one), f"Who {seat} is not here.", "Wait for them or set the seats.")


def _takes_seat(session: Session, role: Role) -> bool:
    if role == "observer":
        return False
    return (session.candidate_id if role == "candidate" else session.interviewer_id) is None


def _set_here(session: Session, participant_id: str, *, here: bool) -> Session:
    people = tuple(
        replace(one, here=here) if one.id == participant_id else one for one in session.participants
    )
    return replace(session, participants=people)


def _own_name(session: Session, name: str) -> str:
    """Return the name on one line, with a number behind it where somebody has it already."""
    taken = {one.name.casefold() for one in session.participants}
    wished = one_line(name, LONGEST_NAME) or "Somebody"
    own, number = wished, 1
    while own.casefold() in taken:
        number += 1
        end = f" ({number})"
        own = wished[: LONGEST_NAME - len(end)] + end
    return own
