"""What an event makes of a session: pure, and whoever may not do it is refused.

Each rule stands beside what it is about: `people`, `planning`, `rounds`, `judging`, `confirming`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from trainer.peer import confirming, events, judging, people, planning, rounds
from trainer.peer.refusing import RefusedError, demand
from trainer.peer.types import Session


def open_session(event: events.Opened) -> Session:
    """Return the session that begins with this event; its host joins it like all others."""
    _demand_moment(event.at)
    return Session(event.session_id, event.at, event.by, event.title, version=1)


def apply(session: Session, event: events.Event) -> Session:
    """Return the session after `event`. Raises `RefusedError`: then nothing has happened."""
    _demand_moment(event.at)
    rule = _RULES.get(type(event))
    if rule is None:
        raise RefusedError("A session begins only once.")
    if session.ended and not isinstance(event, _AFTER_THE_END):
        raise RefusedError("This session is over.", "Begin a new one.")
    return replace(rule(session, event), version=session.version + 1)


def _demand_moment(at: str) -> None:
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        moment = None
    demand(moment is not None and moment.tzinfo is not None, "This is no moment of time.")


_AFTER_THE_END = (events.Joined, events.Left, events.Resumed, events.RoundKept)

_RULES: dict[type, Callable[[Session, Any], Session]] = {
    events.Resumed: people.resume,
    events.Joined: people.join,
    events.Left: people.leave,
    events.SeatTaken: people.take_seat,
    events.SeatsSet: people.set_seats,
    events.PlanAdded: planning.add,
    events.PlanMoved: planning.move,
    events.PlanDropped: planning.drop,
    events.RoundBegun: rounds.begin,
    events.QuestionChosen: rounds.choose,
    events.QuestionAsked: rounds.ask,
    events.ProbeAsked: rounds.probe,
    events.AnswerBegun: rounds.start_answer,
    events.AnswerPaused: rounds.pause,
    events.AnswerResumed: rounds.go_on,
    events.AnswerRestarted: rounds.restart,
    events.AnswerEnded: rounds.end_answer,
    events.AnswerGiven: rounds.give,
    events.RatingBegun: rounds.begin_rating,
    events.RoundSkipped: rounds.skip,
    events.MomentMarked: judging.mark,
    events.MomentTakenBack: judging.take_back,
    events.MomentReworded: judging.reword,
    events.Rated: judging.rate,
    events.MachineRated: judging.rate_by_machine,
    events.Abstained: judging.abstain,
    events.Revealed: judging.reveal,
    events.RoundKept: confirming.confirm,
    events.Ended: rounds.end,
}
