"""The course of one round: who may do what in which phase, and what then holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from trainer.exchange.checking import MisfitError, check
from trainer.exchange.document import AttemptEntry, HistoryFile
from trainer.peer import events
from trainer.peer.encoding import count_bytes
from trainer.peer.people import asks_now, demand_pair, is_here, leads, running, with_round
from trainer.peer.planning import demand_fit
from trainer.peer.refusing import demand, demand_here, demand_round
from trainer.peer.types import (
    MOST_DOCUMENT,
    MOST_PROBES,
    MOST_ROUNDS,
    Answer,
    Clock,
    Phase,
    Planned,
    Round,
    Session,
)

_LONGEST_S = 36_000.0
_ASK = "The interviewer does this."
_ANSWERS = "The candidate does this."
_BEFORE_RATING = (
    Phase.PLANNED,
    Phase.ASKING,
    Phase.ANSWERING,
    Phase.PAUSED,
    Phase.ANSWERED,
)


def elapsed_s(clock: Clock, now: str) -> float:
    """Return the seconds of an answer at a moment (ISO 8601, UTC). A clock set back adds none."""
    if clock.since is None:
        return clock.counted_s
    ran = (datetime.fromisoformat(now) - datetime.fromisoformat(clock.since)).total_seconds()
    return min(clock.counted_s + max(0.0, ran), _LONGEST_S)


def begin(session: Session, event: events.RoundBegun) -> Session:
    """Begin the next round. Raises `RefusedError`."""
    demand_here(session, event.by)
    demand(leads(session, event.by), "Who only watches cannot begin a round.", "Ask the host.")
    demand(
        running(session) is None, "The round before is not over.", "Reveal its ratings or skip it."
    )
    demand(
        len(session.rounds) < MOST_ROUNDS,
        f"A session has {MOST_ROUNDS} rounds at most.",
        "End it and begin a new one.",
    )
    entry = session.plan[0] if session.plan else Planned("none")
    candidate_id = entry.candidate_id or session.candidate_id
    interviewer_id = entry.interviewer_id or session.interviewer_id
    if interviewer_id == candidate_id and None in (entry.candidate_id, entry.interviewer_id):
        # One seat of the entry is named, and its holder has sat in the other one until now.
        if entry.interviewer_id is None:
            interviewer_id = session.candidate_id
        else:
            candidate_id = session.interviewer_id
    demand_pair(session, candidate_id, interviewer_id)
    assert candidate_id is not None
    assert interviewer_id is not None
    number = len(session.rounds) + 1
    begun = Round(number, entry.asked, candidate_id, interviewer_id, about=entry.about)
    return replace(
        session,
        rounds=(*session.rounds, begun),
        at=number - 1,
        plan=session.plan[1:],
        candidate_id=candidate_id,
        interviewer_id=interviewer_id,
    )


def choose(session: Session, event: events.QuestionChosen) -> Session:
    """Take another question for the round. Raises `RefusedError`."""
    current = _as_interviewer(session, event.by, Phase.PLANNED)
    demand_fit(event.asked)
    return with_round(session, replace(current, asked=event.asked, about=event.asked.bank_title))


def ask(session: Session, event: events.QuestionAsked) -> Session:
    """Put the question to the candidate. Raises `RefusedError`."""
    current = _as_interviewer(session, event.by, Phase.PLANNED)
    demand(current.asked is not None, "This round has no question yet.", "Choose or write one.")
    return with_round(session, replace(current, phase=Phase.ASKING, was_asked=True))


def probe(session: Session, event: events.ProbeAsked) -> Session:
    """Show the candidate what was asked further. Raises `RefusedError`."""
    current = _as_interviewer(session, event.by, Phase.ANSWERING, Phase.PAUSED)
    demand(len(current.probes) < MOST_PROBES, "No more can be asked about this answer.")
    return with_round(session, replace(current, probes=(*current.probes, event.text)))


def start_answer(session: Session, event: events.AnswerBegun) -> Session:
    """Start the clock of the answer. Raises `RefusedError`."""
    current = _as_candidate(session, event.by, Phase.ASKING)
    here = tuple(one.id for one in session.participants if one.here)
    begun = replace(current, phase=Phase.ANSWERING, clock=Clock(0.0, event.at), listeners=here)
    return with_round(session, begun)


def pause(session: Session, event: events.AnswerPaused) -> Session:
    """Stop the clock for a while. Raises `RefusedError`."""
    current = _as_candidate(session, event.by, Phase.ANSWERING)
    clock = Clock(elapsed_s(current.clock, event.at))
    return with_round(session, replace(current, phase=Phase.PAUSED, clock=clock))


def go_on(session: Session, event: events.AnswerResumed) -> Session:
    """Let the clock run on. Raises `RefusedError`."""
    current = _as_candidate(session, event.by, Phase.PAUSED)
    clock = Clock(current.clock.counted_s, event.at)
    return with_round(session, replace(current, phase=Phase.ANSWERING, clock=clock))


def restart(session: Session, event: events.AnswerRestarted) -> Session:
    """Go back to the question; nothing of this take stays. Raises `RefusedError`."""
    current = _as_candidate(session, event.by, Phase.ANSWERING, Phase.PAUSED)
    fresh = replace(
        current,
        phase=Phase.ASKING,
        clock=Clock(),
        probes=(),
        moments=(),
        listeners=(),
        abstained=(),
    )
    return with_round(session, fresh)


def end_answer(session: Session, event: events.AnswerEnded) -> Session:
    """Stop the clock for good. Raises `RefusedError`.

    Where the candidate is gone the interviewer may: a program that died ends no answer.
    """
    demand_here(session, event.by)
    current = demand_round(session, Phase.ANSWERING, Phase.PAUSED)
    gone = not is_here(session, current.candidate_id)
    demand(
        event.by == current.candidate_id or (gone and asks_now(session, current, event.by)),
        "The candidate ends the answer.",
        _ANSWERS,
    )
    return with_round(session, replace(current, phase=Phase.ANSWERED, clock=Clock(event.answer_s)))


def give(session: Session, event: events.AnswerGiven) -> Session:
    """Take the words of the answer. Raises `RefusedError`.

    They may come late, when the others rate already or have seen the ratings.
    """
    current = _as_candidate(session, event.by, Phase.ANSWERED, Phase.RATING, Phase.REVEALED)
    demand(current.answer is None, "The words of this answer are there already.")
    taken = {one.answer.attempt_id for one in session.rounds if one.answer}
    demand(event.answer.attempt_id not in taken, "This answer belongs to another round.")
    _check_document(event.answer, current)
    phase = Phase.RATING if current.phase is Phase.ANSWERED else current.phase
    return with_round(session, replace(current, answer=event.answer, phase=phase))


def begin_rating(session: Session, event: events.RatingBegun) -> Session:
    """Let all rate without the words. Raises `RefusedError`."""
    current = _as_interviewer(session, event.by, Phase.ANSWERED)
    return with_round(session, replace(current, phase=Phase.RATING))


def skip(session: Session, event: events.RoundSkipped) -> Session:
    """Give the round up. Raises `RefusedError`.

    The candidate may until the answer is over: nobody skips a rating that they fear.
    """
    demand_here(session, event.by)
    current = demand_round(session, *_BEFORE_RATING)
    own = event.by == current.candidate_id and current.phase is not Phase.ANSWERED
    demand(own or asks_now(session, current, event.by), "You cannot skip this.", _ASK)
    return with_round(session, _stopped(current, Phase.SKIPPED, event.at))


def end(session: Session, event: events.Ended) -> Session:
    """End the session. Raises `RefusedError`."""
    demand_here(session, event.by)
    current = running(session)
    may = event.by in (session.host_id, session.interviewer_id)
    if current:
        may = event.by == session.host_id or asks_now(session, current, event.by)
        phase = Phase.REVEALED if current.phase is Phase.RATING else Phase.SKIPPED
        session = with_round(session, _stopped(current, phase, event.at))
    demand(may, "You cannot end the session.", "Ask the host or the interviewer.")
    return replace(session, ended=True)


def check_entries(attempt: AttemptEntry) -> str | None:
    """Return what in an attempt contradicts itself, or None."""
    history = HistoryFile("interview-trainer-history", 1, attempt.started_at, {}, (attempt,))
    try:
        check(history, {})
    except MisfitError as error:
        return f"{error.place}: {error.problem}"
    return None


def _stopped(current: Round, phase: Phase, now: str) -> Round:
    return replace(current, phase=phase, clock=Clock(elapsed_s(current.clock, now)))


def _as_interviewer(session: Session, by: str, *phases: Phase) -> Round:
    demand_here(session, by)
    current = demand_round(session, *phases)
    demand(asks_now(session, current, by), "Only the interviewer can do this.", _ASK)
    return current


def _as_candidate(session: Session, by: str, *phases: Phase) -> Round:
    demand_here(session, by)
    current = demand_round(session, *phases)
    demand(by == current.candidate_id, "Only the candidate can do this.", _ANSWERS)
    return current


def _check_document(answer: Answer, current: Round) -> None:
    """Raise `RefusedError` unless the words are of this question, whole, and nothing but words."""
    found = answer.document
    wrong = "The answer cannot be shared as it is."
    demand(found is not None, wrong, "Send its words along.")
    assert found is not None
    asked = current.asked
    demand(
        found.id == answer.attempt_id
        and asked is not None
        and (found.bank_id, found.question_id) == (asked.bank_id, asked.question_id),
        "This answer is to another question.",
    )
    beside = (found.ratings, found.notes, found.filler_reviews, found.tags, found.moments)
    demand(
        not any(beside)
        and not found.starred
        and not found.recording
        and not found.origin
        and found.shared is None,
        wrong,
        "Only its words may be sent, without ratings, notes, tags and sound.",
    )
    demand(bool(found.transcripts), wrong, "Send its words along.")
    demand(
        count_bytes(found) <= MOST_DOCUMENT,
        "This answer is too long to be shared in a session.",
        "The interviewer can let all rate without its words. Share it as a file.",
    )
    problem = check_entries(found)
    demand(problem is None, f"The answer contradicts itself: {problem}", "Nothing was taken.")
