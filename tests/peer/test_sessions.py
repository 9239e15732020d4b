"""Any order of events: the session stays valid, and no view holds what is hidden from its owner."""

from collections import Counter
from random import Random
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.peer.sessions import PEOPLE, allowed, begun, seated, token
from trainer.peer import events
from trainer.peer.applying import apply
from trainer.peer.encoding import as_line, event_data, read_event, read_view, view_data
from trainer.peer.people import is_here
from trainer.peer.refusing import RefusedError
from trainer.peer.seeing import view_for
from trainer.peer.types import MACHINE, Phase, Round, Session

CHOICES = st.lists(st.integers(0, 10_000), min_size=15, max_size=45)
# Chosen seldom: they end what others could begin, or are allowed nearly always.
_RARE = (
    events.Ended,
    events.Left,
    events.Resumed,
    events.RoundSkipped,
    events.AnswerRestarted,
    events.Joined,
    events.SeatsSet,
    events.PlanAdded,
    events.PlanMoved,
    events.PlanDropped,
)
_AFTER = (Phase.RATING, Phase.REVEALED)


def _course(choices: list[int]) -> list[tuple[events.Event, Session]]:
    """Return what happened and the session after each; a number chooses among all allowed."""
    session = _first(choices)
    happened = []
    for second, choice in enumerate(choices, start=1):
        found = allowed(session, second)
        common = [one for one in found if not isinstance(one[0], _RARE)]
        found = common if common and choice % 8 else found
        if not found:
            break
        kinds = sorted({type(event).__name__ for event, _ in found})
        kind = kinds[choice // 8 % len(kinds)]
        of_kind = [one for one in found if type(one[0]).__name__ == kind]
        event, session = of_kind[choice // 64 % len(of_kind)]
        happened.append((event, session))
    return happened


def _first(choices: list[int]) -> Session:
    return seated() if len(choices) % 4 else begun(*PEOPLE)


def _check(session: Session) -> None:
    ids = [one.id for one in session.participants]
    assert len(set(ids)) == len(ids)
    assert len({one.name for one in session.participants}) == len(ids)
    assert session.at == len(session.rounds) - 1
    assert session.candidate_id is None or session.candidate_id != session.interviewer_id
    assert {session.candidate_id, session.interviewer_id} <= {*ids, None}
    assert len({entry.id for entry in session.plan}) == len(session.plan)
    assert all(one.phase.is_over for one in session.rounds[:-1])
    marked = Counter(m.id for one in session.rounds for m in one.moments)
    assert not marked or max(marked.values()) == 1
    for number, one in enumerate(session.rounds, start=1):
        assert one.number == number
        _check_round(one, set(ids))


def _check_round(one: Round, ids: set[str]) -> None:
    assert {one.candidate_id, one.interviewer_id} <= ids
    assert one.candidate_id != one.interviewer_id
    assert (one.clock.since is not None) == (one.phase is Phase.ANSWERING)
    raters = [rating.participant_id for rating in one.ratings]
    assert len(set(raters)) == len(raters)
    assert set(raters) <= {*ids, MACHINE}
    assert not set(raters) & set(one.abstained)
    if one.phase not in (*_AFTER, Phase.ANSWERED, Phase.SKIPPED):
        assert not raters
    assert one.answer is None or one.phase in _AFTER
    assert one.was_asked or one.phase in (Phase.PLANNED, Phase.SKIPPED)
    assert MACHINE not in raters or one.answer
    form = {line.id for line in one.asked.form} if one.asked else set()
    assert all(set(rating.marks) == form for rating in one.ratings)
    if one.phase is not Phase.REVEALED:
        assert one.candidate_id not in {m.participant_id for m in one.moments}


@settings(max_examples=40, deadline=None)
@given(CHOICES)
def test_any_order_of_events_leaves_a_valid_session_that_its_events_make_again(
    choices: list[int],
) -> None:
    course = _course(choices)
    again = _first(choices)
    for event, session in course:
        _check(session)
        again = apply(again, read_event(event_data(event)))
        assert again == session


@settings(max_examples=30, deadline=None)
@given(CHOICES)
def test_no_view_holds_what_is_hidden_from_its_owner(choices: list[int]) -> None:
    course = _course(choices)
    for _, session in course[-3:]:
        for person in PEOPLE:
            if not is_here(session, person):
                with pytest.raises(RefusedError):
                    view_for(session, person)
                continue
            for whole in range(-1, len(session.rounds)):
                view = view_for(session, person, whole)
                data = view_data(view)
                assert read_view(data) == view
                _check_hidden(session, person, as_line(data).decode())


def _check_hidden(session: Session, person: str, shown: str) -> None:
    assert not any(token(one) in shown for one in PEOPLE)
    for entry in session.plan:
        assert entry.asked is None or f"intent-{entry.asked.question_id[9:]}" not in shown
        if entry.asked and person == entry.candidate_id:
            assert f'"{entry.asked.prompt}"' not in shown
    for one in session.rounds:
        revealed = one.phase is Phase.REVEALED
        if not revealed:
            for other in set(PEOPLE) - {person}:
                assert f"-of-{other}-in-{one.number}-" not in shown
            if not any(earlier.phase is Phase.REVEALED for earlier in session.rounds):
                assert "scorer-secret" not in shown
        if one.asked is None or person != one.candidate_id or revealed:
            continue
        number = one.asked.question_id.removeprefix("question-")
        if _elsewhere(session, one, person):
            continue
        for hidden in ("intent", "pitfall", "probe"):
            assert f'"{hidden}-{number}"' not in shown
        if not one.was_asked:
            assert f'"prompt-{number}"' not in shown
        if one.phase not in (*_AFTER, Phase.ANSWERED):
            assert f'"line-{number}"' not in shown
            assert f'"rubric-{number}"' not in shown


def _elsewhere(session: Session, one: Round, person: str) -> bool:
    """Whether the same question is somewhere else, where this person may see more of it."""
    assert one.asked
    others = [other for other in session.rounds if other is not one]
    planned = [entry.asked for entry in session.plan]
    return one.asked in [other.asked for other in others] or one.asked in planned


@settings(max_examples=20, deadline=None)
@given(CHOICES)
def test_what_others_mark_and_rate_changes_no_view_before_the_reveal(choices: list[int]) -> None:
    course = _course(choices)
    session = course[-1][1] if course else _first(choices)
    current = session.round
    if current is None or current.phase is Phase.REVEALED:
        return
    rated = {one.participant_id for one in current.ratings}
    hidden = (events.MomentMarked, events.MomentTakenBack, events.MomentReworded)
    for event, changed in allowed(session, 5000):
        silent = isinstance(event, events.Rated) and event.by in rated
        if silent or isinstance(event, hidden):
            for person in set(PEOPLE) - {event.by}:
                if is_here(session, person):
                    assert view_for(changed, person) == view_for(session, person)


def test_the_courses_that_are_tried_hold_every_event_and_end_in_every_phase() -> None:
    numbers = Random(3)
    courses = [_course([numbers.randrange(10_000) for _ in range(61)]) for _ in range(30)]
    kinds = Counter(type(event) for course in courses for event, _ in course)
    assert set(kinds) == set(get_args(events.Event)) - {events.Opened}
    phases = {one.phase for course in courses for one in course[-1][1].rounds}
    assert phases >= {Phase.REVEALED, Phase.SKIPPED}
