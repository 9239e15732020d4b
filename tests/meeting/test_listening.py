"""What helps who listens: the light, the clock, the tree of follow-ups, and one's own marks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.peer.sessions import after, asked, at_phase, moment
from trainer.meeting.asking import USUAL_ANSWER_S
from trainer.meeting.etiquette import advice
from trainer.meeting.lights import length_of, signal_at
from trainer.meeting.probing import probe_tree
from trainer.meeting.sheet import MarkSheet
from trainer.meeting.timing import FollowedClock
from trainer.peer import events
from trainer.peer.planning import asked_freely
from trainer.peer.rounds import elapsed_s
from trainer.peer.seeing import view_for
from trainer.peer.types import Clock, Moment, Phase, RoundView, Session


@pytest.mark.parametrize(
    ("second", "colour", "follows"),
    [
        (0, "off", "green at 1:00"),
        (59.9, "off", "green at 1:00"),
        (60, "green", "yellow at 1:42"),
        (102, "yellow", "red at 2:00"),
        (120, "red", "far too long at 2:30"),
        (150, "red", ""),
    ],
)
def test_the_light_changes_with_the_lengths_of_the_question(
    second: float, colour: str, follows: str
) -> None:
    signal = signal_at(second, (60, 120))
    assert (signal.colour, signal.follows) == (colour, follows)


def test_each_light_can_be_told_without_its_colour() -> None:
    shown = {signal_at(second, (60, 120)) for second in (0, 60, 102, 120, 150)}
    assert len({one.sign for one in shown}) == len({one.says for one in shown}) == 5


def test_a_question_that_was_made_up_has_the_usual_length() -> None:
    assert length_of(asked_freely("Why us?")) == USUAL_ANSWER_S
    assert length_of(replace(asked(1), answer_s=(20, 40))) == (20, 40)


@given(
    ahead_s=st.integers(-5000, 5000),
    late_s=st.integers(0, 3),
    missed_s=st.integers(0, 600),
    ran_s=st.integers(0, 600),
)
def test_a_clock_that_goes_wrong_follows_the_host_s_through_a_pause_and_a_lost_connection(
    ahead_s: int, late_s: int, missed_s: int, ran_s: int
) -> None:
    """Views come `late_s` after the events; the one after the pause another `missed_s` later."""

    def ours(second: int) -> str:
        return moment(20_000 + second + ahead_s)

    begun, went_on = Clock(0.0, moment(20_010)), Clock(30.0, moment(20_100))
    clock = FollowedClock().see(Clock(), 0.0, ours(0))
    clock = clock.see(begun, 10.0 + late_s, ours(10 + late_s))
    clock = clock.see(Clock(30.0), 40.0 + late_s, ours(40 + late_s))
    assert clock.elapsed_s(90.0) == 30.0
    seen = 100 + late_s + missed_s
    clock = clock.see(went_on, float(seen), ours(seen))
    clock = clock.see(went_on, float(seen + 1), ours(seen + 1))  # a view of something else
    true_s = elapsed_s(went_on, moment(20_000 + seen + ran_s))
    assert true_s - late_s <= clock.elapsed_s(float(seen + ran_s)) <= true_s


def test_who_comes_while_an_answer_runs_sees_the_time_that_it_has_run() -> None:
    running = Clock(5.0, moment(100))
    guest = FollowedClock().see(running, 7.0, moment(130))
    assert guest.elapsed_s(8.0) == 36.0
    wrong = FollowedClock().see(running, 7.0, moment(10))
    assert wrong.elapsed_s(8.0) == 6.0
    assert FollowedClock(ahead_s=0.0).see(running, 7.0, moment(101)).elapsed_s(7.0) == 6.0


@pytest.mark.parametrize("ahead_s", [0, 3600])
def test_the_time_that_a_machine_slept_counts_and_a_clock_set_back_takes_none(ahead_s: int) -> None:
    running = Clock(0.0, moment(5000))
    clock = FollowedClock().see(Clock(), 0.0, moment(4999 + ahead_s))
    clock = clock.see(running, 1.0, moment(5000 + ahead_s))
    same = clock.see(running, 11.0, moment(5010 + ahead_s))
    assert same.elapsed_s(11.0) == 10.0
    assert same.see(running, 12.0, moment(5071 + ahead_s)).elapsed_s(13.0) == 72.0
    assert same.see(running, 12.0, moment(4000 + ahead_s)).elapsed_s(12.0) == 11.0


def test_the_tree_asks_for_each_line_of_the_form_and_knows_what_was_asked() -> None:
    question = asked(1)
    tree = probe_tree(question, ["probe-1"])
    assert [(one.when, one.ask, one.was_asked) for one in tree.own] == [
        ("Not heard: line-1", "probe-1", True)
    ]
    without = probe_tree(replace(question, probes={"else": "And then?"}))
    assert [one.ask for one in without.own] == ["Is it there?", "And then?"]


def test_general_follow_ups_fit_the_form_and_all_stand_where_there_is_none() -> None:
    free = probe_tree(asked_freely("Tell me about a case."))
    whens = [one.when for one in free.general]
    assert free.own == ()
    assert 'Only "we"' in whens
    fitting = [one.when for one in probe_tree(asked(1)).general]
    assert 'Only "we"' not in fitting
    assert set(fitting) < set(whens)
    assert len({one.ask for one in free.branches}) == len(free.branches)


# How to behave


@pytest.mark.parametrize("leads", [True, False])
def test_each_phase_tells_how_to_behave_and_a_candidate_who_is_gone_comes_first(
    leads: bool,
) -> None:
    for phase in (Phase.PLANNED, Phase.ASKING, Phase.ANSWERING, Phase.ANSWERED, Phase.RATING):
        current = round_of(at_phase(phase))
        told = advice(current, "Ben", "Ann", leads=leads)
        assert told
        assert "{" not in told
        gone = advice(current, "Ben", "Ann", leads=leads, here=False)
        assert gone.startswith("The program of Ben is not here.")
        assert ("Ctrl+E" in gone) == (leads and phase is Phase.ANSWERING)
    empty = replace(round_of(at_phase(Phase.PLANNED)), asked=None)
    assert ("Choose" in advice(empty, "Ben", "Ann", leads=leads)) == leads


# One's own marks


def round_of(session: Session) -> RoundView:
    seen = view_for(session, "ann").round
    assert seen
    return seen


def marked(mark_id: str, at_s: float = 1.0) -> Moment:
    return Moment(mark_id, "ann", "good", at_s)


def test_a_mark_stands_at_once_and_once_it_has_come_it_stands_once() -> None:
    session = at_phase(Phase.ANSWERING)
    sheet = MarkSheet().see(round_of(session), "ann").mark(marked("m1"))
    assert sheet.shown == (marked("m1"),)
    assert sheet.is_waiting(marked("m1"))
    sheet = sheet.see(round_of(session), "ann")
    assert sheet.shown == (marked("m1"),)
    session = after(
        session,
        events.MomentMarked("cat", moment(5), "other", "filler", 2.0),
        events.MomentMarked("ann", moment(5), "m1", "good", 1.0),
    )
    sheet = sheet.confirm("m1").see(round_of(session), "ann")
    assert sheet.shown == (marked("m1"),)
    assert not sheet.is_waiting(marked("m1"))


def test_what_is_taken_back_goes_at_once_and_the_one_before_is_the_next() -> None:
    session = after(
        at_phase(Phase.ANSWERING), events.MomentMarked("ann", moment(5), "m1", "good", 1.0)
    )
    sheet = MarkSheet().see(round_of(session), "ann").mark(marked("m2"))
    assert sheet.last == marked("m2")
    sheet = sheet.take_back("m2")
    assert sheet.last == marked("m1")
    sheet = sheet.take_back("m1")
    assert sheet.last is None
    assert sheet.refuse("m1").last == marked("m1")
    session = after(session, events.MomentTakenBack("ann", moment(6), "m1"))
    assert sheet.see(round_of(session), "ann").confirm("m2").see(
        round_of(session), "ann"
    ).going <= {"m2"}


def test_what_was_refused_or_went_with_a_new_beginning_stands_no_longer() -> None:
    session = at_phase(Phase.ANSWERING)
    sheet = MarkSheet().see(round_of(session), "ann").mark(marked("m1")).mark(marked("m2"))
    sheet = sheet.refuse("m1")
    assert sheet.shown == (marked("m2"),)
    anew = after(session, events.AnswerRestarted("ben", moment(6)))
    assert sheet.confirm("m2").see(round_of(anew), "ann").shown == ()


def test_the_next_round_begins_with_an_empty_sheet() -> None:
    session = at_phase(Phase.REVEALED)
    sheet = MarkSheet().see(round_of(session), "ann").mark(marked("m1"))
    following = after(session, events.RoundBegun("ann", moment(30)))
    assert sheet.see(round_of(following), "ann") == MarkSheet(2)
