"""What those who listen say of an answer: moments, notes, blind ratings, and their reveal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from trainer.bank.types import Mark
from trainer.peer import events
from trainer.peer.encoding import count_bytes
from trainer.peer.people import asks_now, is_here, with_round
from trainer.peer.refusing import RefusedError, demand, demand_here, demand_round
from trainer.peer.rounds import check_entries
from trainer.peer.types import (
    MACHINE,
    MOST_ENTRY,
    MOST_MARKED,
    MOST_MOMENTS,
    MOST_NOTE,
    MOST_OBSERVERS,
    FormRating,
    Moment,
    Phase,
    Round,
    Session,
)

_LISTENING = (Phase.ANSWERING, Phase.PAUSED, Phase.ANSWERED, Phase.RATING)
_FULL = "Take some back first."
_FORM = "Give each line of the form one mark."


def mark(session: Session, event: events.MomentMarked) -> Session:
    """Keep a moment or note. Raises `RefusedError`.

    After the reveal all may write notes, the candidate too; before it the candidate answers.
    """
    demand_here(session, event.by)
    phases = (Phase.ASKING, *_LISTENING, Phase.REVEALED)
    current = demand_round(session, *phases)
    if event.kind != "note":
        demand(current.phase in _LISTENING, "There is no answer to mark now.", "Write a note.")
    blind = current.phase is not Phase.REVEALED
    own = event.by == current.candidate_id
    demand(not (own and blind), "The candidate cannot mark the answer.", "Wait for the reveal.")
    taken = any(one.id == event.moment_id for round_ in session.rounds for one in round_.moments)
    demand(not taken, "This mark is there already.")
    made = Moment(event.moment_id, event.by, event.kind, event.at_s, event.text)
    return with_round(session, _with_moments(current, (*current.moments, made), event.by))


def take_back(session: Session, event: events.MomentTakenBack) -> Session:
    """Take an own moment away. Raises `RefusedError`."""
    current, gone = _own_moment(session, event.by, event.moment_id)
    kept = tuple(one for one in current.moments if one is not gone)
    return with_round(session, replace(current, moments=kept))


def reword(session: Session, event: events.MomentReworded) -> Session:
    """Write other words to an own moment. Raises `RefusedError`."""
    current, old = _own_moment(session, event.by, event.moment_id)
    new = replace(old, text=event.text)
    moments = tuple(new if one is old else one for one in current.moments)
    return with_round(session, _with_moments(current, moments, event.by))


def rate(session: Session, event: events.Rated) -> Session:
    """Keep somebody's rating, in the place of what they gave before. Raises `RefusedError`."""
    demand_here(session, event.by)
    current = demand_round(session, Phase.ANSWERED, Phase.RATING)
    _demand_form(current, event.marks)
    demand(bool(event.marks) or bool(event.note.strip()), "The rating is empty.", "Write a note.")
    demand(count_bytes((event.note,)) <= MOST_NOTE, "This note is too long.", "Shorten it.")
    seats = (current.candidate_id, current.interviewer_id, MACHINE)
    others = {one.participant_id for one in current.ratings} - {*seats}
    demand(
        event.by in seats or len(others | {event.by}) <= MOST_OBSERVERS,
        f"{MOST_OBSERVERS} who watched have rated, and no more can.",
    )
    rating = FormRating(event.by, event.marks, event.note, event.at)
    return with_round(session, _with_rating(current, rating))


def rate_by_machine(session: Session, event: events.MachineRated) -> Session:
    """Keep what the machine gave, also when it comes late. Raises `RefusedError`."""
    demand_here(session, event.by)
    current = demand_round(session, Phase.RATING, Phase.REVEALED)
    entry, answer = event.entry, current.answer
    demand(event.by == current.candidate_id, "The candidate's program sends this rating.")
    if entry is None:
        waited = MACHINE in waiting_for(session, current)
        demand(waited, "Nobody waits for the machine's rating.")
        return with_round(session, replace(current, abstained=(*current.abstained, MACHINE)))
    if answer is None or answer.document is None:
        raise RefusedError("The words that the machine rated are not there.", "Send them first.")
    rated = current.phase is Phase.REVEALED and current.rating_of(MACHINE) is not None
    demand(not rated, "The machine's rating has been seen.")
    demand(
        entry.rater == MACHINE and entry.rubric is None and not entry.settled,
        "This is no rating of the machine's alone.",
    )
    marks = {name: Mark(value) for name, value in entry.marks.items()}
    asked = current.asked
    demand(asked is not None and asked.rubric_id == entry.rubric_id, "This is another checklist.")
    _demand_form(current, marks)
    demand(bool(marks), "The answer to this question is not marked.")
    demand(count_bytes(entry) <= MOST_ENTRY, "The machine's rating is too long to be shared.")
    problem = check_entries(replace(answer.document, ratings=(entry,)))
    demand(problem is None, f"The rating does not fit the answer: {problem}")
    return with_round(
        session, _with_rating(current, FormRating(MACHINE, marks, "", event.at, entry))
    )


def abstain(session: Session, event: events.Abstained) -> Session:
    """Let the reveal not wait for somebody. Raises `RefusedError`."""
    demand_here(session, event.by)
    current = demand_round(session, *_LISTENING)
    demand(current.rating_of(event.by) is None, "You have rated this answer already.")
    demand(event.by not in current.abstained, "Nobody waits for you.")
    return with_round(session, replace(current, abstained=(*current.abstained, event.by)))


def reveal(session: Session, event: events.Revealed) -> Session:
    """Show all ratings to all. Raises `RefusedError`."""
    demand_here(session, event.by)
    current = demand_round(session, Phase.RATING)
    if not asks_now(session, current, event.by):
        waiting = waiting_for(session, current)
        demand(not waiting, f"{len(waiting)} have not rated yet.", "The interviewer can reveal.")
        demand(bool(current.ratings), "Nobody has rated yet.", "Rate first.")
    return with_round(session, replace(current, phase=Phase.REVEALED))


def waiting_for(session: Session, current: Round) -> tuple[str, ...]:
    """Return for whom a reveal waits: who listened, is here and wants to rate, and the machine.

    The machine's rating comes from the candidate's program, and only where there is a form.
    """
    if current.phase not in (Phase.ANSWERED, Phase.RATING):
        return ()
    people = tuple(
        one
        for one in current.listeners
        if is_here(session, one) and one not in current.abstained and current.rating_of(one) is None
    )
    awaited = (
        current.answer is not None
        and current.asked is not None
        and bool(current.asked.form)
        and current.rating_of(MACHINE) is None
        and MACHINE not in current.abstained
        and is_here(session, current.candidate_id)
    )
    return (*people, MACHINE) if awaited else people


def _with_rating(current: Round, rating: FormRating) -> Round:
    by = rating.participant_id
    others = (o for o in current.ratings if o.participant_id != by)
    abstained = tuple(one for one in current.abstained if one != by)
    # Whoever keeps this round already has still to keep what came late.
    return replace(current, ratings=(*others, rating), abstained=abstained, kept_by=())


def _with_moments(current: Round, moments: tuple[Moment, ...], by: str) -> Round:
    """Return the round with these moments, unless those of one person are too many or too long."""
    own = tuple(one for one in moments if one.participant_id == by)
    demand(len(own) <= MOST_MOMENTS, "No more fit.", _FULL)
    demand(count_bytes(own) <= MOST_MARKED, "Your notes of this round are full.", _FULL)
    return replace(current, moments=moments, kept_by=())


def _own_moment(session: Session, by: str, moment_id: str) -> tuple[Round, Moment]:
    demand_here(session, by)
    current = demand_round(session, Phase.ASKING, *_LISTENING)
    for moment in current.moments:
        if moment.id == moment_id and moment.participant_id == by:
            return current, moment
    raise RefusedError("You have no such mark in this round.")


def _demand_form(current: Round, marks: Mapping[str, Mark]) -> None:
    names = {line.id for line in current.asked.form} if current.asked else set()
    demand(set(marks) == names, "These marks are not those of the form.", _FORM)
