"""What who rates sees of a round; whether a reveal is offered agrees with what the host allows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.peer.sessions import PEOPLE, after, answer, asked, at_phase, machine_entry, moment
from trainer.bank.types import Mark
from trainer.errors import TrainerError
from trainer.meeting.rating import MOST_LETTERS, note_fits, own_moments, reveal_for, words_of
from trainer.peer import events
from trainer.peer.applying import apply
from trainer.peer.encoding import event_data, read_event
from trainer.peer.refusing import RefusedError
from trainer.peer.seeing import view_for
from trainer.peer.types import Phase, Session


def rated(session: Session, *people: str) -> Session:
    return after(session, *(events.Rated(one, moment(30), {"c1": Mark.MET}) for one in people))


def by_machine(session: Session) -> Session:
    current = session.round
    assert current
    assert current.answer
    entry = machine_entry(asked(1), current.answer.attempt_id)
    return apply(session, events.MachineRated(current.candidate_id, moment(31), entry))


def is_allowed(session: Session, who: str) -> bool:
    try:
        apply(session, events.Revealed(who, moment(40)))
    except RefusedError:
        return False
    return True


AT_RATING = at_phase(Phase.RATING)
SESSIONS = {
    "nobody has rated": AT_RATING,
    "some have rated": rated(AT_RATING, "ann", "cat"),
    "all have rated": by_machine(rated(AT_RATING, *PEOPLE)),
    "the interviewer, who hosts, is gone": after(AT_RATING, events.Left("ann", moment(32))),
    "the candidate is gone": rated(after(AT_RATING, events.Left("ben", moment(32))), "cat"),
    "it is revealed": after(AT_RATING, events.Revealed("ann", moment(33))),
}


@pytest.mark.parametrize("which", SESSIONS)
def test_a_reveal_is_offered_to_those_whom_the_host_lets_reveal(which: str) -> None:
    session = SESSIONS[which]
    for one in (person.id for person in session.participants if person.here):
        assert (reveal_for(view_for(session, one)) is not None) == is_allowed(session, one), one


def test_a_host_who_listens_stands_in_for_an_interviewer_who_is_gone() -> None:
    session = after(replace(AT_RATING, host_id="cat"), events.Left("ann", moment(32)))
    offered = {one: reveal_for(view_for(session, one)) for one in ("ben", "cat", "dan")}
    assert offered == {"ben": None, "cat": "early", "dan": None}
    assert is_allowed(session, "cat")


def test_how_early_a_reveal_would_be_is_told() -> None:
    def offered(session: Session) -> object:
        return reveal_for(view_for(session, "ann"))

    assert offered(at_phase(Phase.ANSWERED)) == "without words"
    assert reveal_for(view_for(at_phase(Phase.ANSWERED), "cat")) is None
    assert offered(SESSIONS["some have rated"]) == "early"
    assert offered(SESSIONS["all have rated"]) == "now"
    assert offered(at_phase(Phase.ANSWERING)) is None


def test_words_come_late_and_marks_are_ones_own() -> None:
    session = at_phase(Phase.ANSWERED)
    for number, (who, at_s) in enumerate((("cat", 9.0), ("ann", 5.0), ("cat", 2.0))):
        marked = events.MomentMarked(who, moment(20), f"m{number}", "good", at_s)
        session = apply(session, marked)
    view = view_for(session, "cat")
    assert view.round
    assert words_of(view.round) is None
    assert [one.at_s for one in own_moments(view)] == [2.0, 9.0]
    session = apply(session, events.AnswerGiven("ben", moment(21), answer(asked(1), "attempt-1")))
    view = view_for(session, "cat")
    assert view.round
    words = words_of(view.round)
    assert words
    assert words.text == "I asked again"


@pytest.mark.parametrize(
    "note",
    [
        "",
        "a" * MOST_LETTERS,
        "a" * (MOST_LETTERS + 1),
        "é" * 498,
        "é" * 499,
        '"' * 498,
        '"' * 499,
        "\U0001f600" * 250,
        "\n\x1b" * 170,
    ],
)
def test_a_note_fits_where_the_host_takes_it(note: str) -> None:
    event = events.Rated("ann", moment(30), {"c1": Mark.MET}, note)
    try:
        apply(AT_RATING, read_event(event_data(event)))
        taken = True
    except TrainerError:
        taken = False
    assert note_fits(note) == taken
