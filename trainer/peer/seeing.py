"""What a participant may see of a session: what is not in the view never leaves the host.

Hidden from the candidate of a round: its question until it is asked, until the answer is over by
which checklist it is rated, and until the reveal why it is asked, what to avoid, the probes not
asked yet. Hidden from everybody until the reveal: the ratings, marks and notes of others; who has
rated is told. What is hidden in a skipped round stays so.
"""

from __future__ import annotations

from dataclasses import replace

from trainer.peer.confirming import unkept_by
from trainer.peer.judging import waiting_for
from trainer.peer.people import role_of
from trainer.peer.planning import name_briefly
from trainer.peer.refusing import demand_here
from trainer.peer.types import Answer, Asked, Phase, Planned, Round, RoundView, Session, SessionView

_AFTER_THE_ANSWER = (Phase.ANSWERED, Phase.RATING, Phase.REVEALED)


def view_for(session: Session, participant_id: str, whole: int | None = None) -> SessionView:
    """Return what somebody who is here may see, with the round at index `whole` in full.

    Without `whole` that is the round that is shown. The first that they have still to keep is there
    in full too. Raises `RefusedError` for who is not here.
    """
    demand_here(session, participant_id)
    in_full = session.at if whole is None else whole
    unkept_at = unkept_by(session, participant_id)
    return SessionView(
        session_id=session.id,
        created_at=session.created_at,
        title=session.title,
        you=participant_id,
        role=role_of(session, participant_id),
        host_id=session.host_id,
        participants=session.participants,
        rounds=tuple(
            _seen(session, one, participant_id)
            if index in (in_full, unkept_at)
            else _named(one, participant_id)
            for index, one in enumerate(session.rounds)
        ),
        at=session.at,
        whole=in_full,
        plan=tuple(_planned(session, entry, participant_id) for entry in session.plan),
        ended=session.ended,
        candidate_id=session.candidate_id,
        interviewer_id=session.interviewer_id,
        unkept_at=unkept_at,
    )


def _seen(session: Session, one: Round, by: str) -> RoundView:
    revealed = one.phase is Phase.REVEALED
    return RoundView(
        number=one.number,
        asked=_asked(one, by),
        candidate_id=one.candidate_id,
        interviewer_id=one.interviewer_id,
        phase=one.phase,
        about=one.about,
        probes=one.probes,
        moments=tuple(m for m in one.moments if revealed or m.participant_id == by),
        answer=one.answer,
        ratings=tuple(r for r in one.ratings if revealed or r.participant_id == by),
        clock=one.clock,
        done=tuple(sorted(r.participant_id for r in one.ratings)),
        waiting=waiting_for(session, one),
        listeners=one.listeners,
    )


def _named(one: Round, by: str) -> RoundView:
    """Return a round as it stands in a list of rounds."""
    asked = _asked(one, by)
    answer = one.answer
    return RoundView(
        number=one.number,
        asked=name_briefly(asked) if asked else None,
        candidate_id=one.candidate_id,
        interviewer_id=one.interviewer_id,
        phase=one.phase,
        about=one.about,
        probes=(),
        moments=(),
        answer=Answer(answer.attempt_id, answer.answer_s, None) if answer else None,
        ratings=(),
        clock=one.clock,
        done=(),
        waiting=(),
    )


def _asked(one: Round, by: str) -> Asked | None:
    asked = one.asked
    if asked is None or by != one.candidate_id or one.phase is Phase.REVEALED:
        return asked
    if not one.was_asked:
        return None
    if one.phase in _AFTER_THE_ANSWER:
        return replace(asked, intent="", pitfalls=(), probes={})
    return Asked(
        bank_id=asked.bank_id,
        question_id=asked.question_id,
        prompt=asked.prompt,
        rubric_id=None,
        improvised=asked.improvised,
        bank_title=asked.bank_title,
        prepare_s=asked.prepare_s,
        answer_s=asked.answer_s,
    )


def _planned(session: Session, entry: Planned, by: str) -> Planned:
    """Return an entry of the plan; who will answer it sees what it is about, and no question."""
    if entry.asked is None:
        return entry
    hidden = by == (entry.candidate_id or session.candidate_id)
    return replace(entry, asked=None if hidden else name_briefly(entry.asked))
