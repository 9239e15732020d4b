"""The rules of a shared session, one by one."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.peer.sessions import (
    PEOPLE,
    after,
    answer,
    asked,
    at_phase,
    begun,
    machine_entry,
    moment,
    seated,
    token,
)
from trainer.analysis.patterns import check_classes, check_pattern
from trainer.bank.loading import load_library
from trainer.bank.types import Mark
from trainer.exchange.document import MomentEntry, NoteEntry, RoundEntry
from trainer.paths import shipped
from trainer.peer import events
from trainer.peer.applying import apply
from trainer.peer.encoding import event_data, read_event
from trainer.peer.judging import waiting_for
from trainer.peer.planning import asked_freely, asked_of, interview_day, take_turns
from trainer.peer.refusing import RefusedError
from trainer.peer.rounds import elapsed_s
from trainer.peer.seeing import view_for
from trainer.peer.types import MACHINE, Asked, MomentKind, Phase, Planned, Round, Session

NOW = moment(100)
MET = {"c1": Mark.MET}


def _round(session: Session) -> Round:
    assert session.round
    return session.round


def _refused(session: Session, event: events.Event) -> str:
    with pytest.raises(RefusedError) as caught:
        apply(session, event)
    assert caught.value.hint
    return caught.value.message


def test_who_finds_a_seat_taken_observes_and_equal_names_are_told_apart() -> None:
    session = begun("ann")
    for one, role in (("ben", "candidate"), ("cat", "candidate"), ("dan", "interviewer")):
        session = apply(session, events.Joined(one, NOW, "ANN", role))  # type: ignore[arg-type]
    assert (session.candidate_id, session.interviewer_id) == ("ben", "dan")
    assert [view_for(session, one).role for one in PEOPLE] == [
        "observer",
        "candidate",
        "observer",
        "interviewer",
    ]
    assert [one.name for one in session.participants] == ["Ann", "ANN (2)", "ANN (3)", "ANN (4)"]


def test_who_comes_back_with_the_same_token_is_the_same_and_nobody_else_is() -> None:
    session = apply(at_phase(Phase.ANSWERING), events.Left("ben", NOW))
    assert "belongs to another" in _refused(session, events.Joined("ben", NOW, "Ben"))
    back = apply(session, events.Joined("ben", NOW, "Other", "observer", token("ben")))
    assert view_for(back, "ben").role == "candidate"
    assert [one.name for one in back.participants] == ["Ann", "Ben", "Cat", "Dan"]


def test_twenty_observers_fit_and_a_seat_still_waits_for_its_owner() -> None:
    session = apply(seated(), events.Left("ben", NOW))
    for number in range(18):
        session = apply(session, events.Joined(f"o{number}", NOW, "Observer"))
    assert "20 people watch" in _refused(session, events.Joined("late", NOW, "Late"))
    session = apply(session, events.Joined("ben", NOW, "Ben", "observer", token("ben")))
    assert sum(one.here for one in session.participants) == 22


def test_seats_are_swapped_for_the_next_round_and_not_in_the_one_that_runs() -> None:
    session = apply(at_phase(Phase.ASKING), events.SeatsSet("ann", NOW, "ann", "ben"))
    assert _round(session).candidate_id == "ben"
    assert view_for(session, "ben").role == "candidate"
    session = after(session, events.RoundSkipped("ann", NOW), events.RoundBegun("ben", NOW))
    assert (_round(session).candidate_id, _round(session).interviewer_id) == ("ann", "ben")
    assert "only watches" in _refused(session, events.SeatsSet("cat", NOW, "cat", "ann"))
    assert "themselves" in _refused(session, events.SeatsSet("ann", NOW, "ann", "ann"))


def test_an_observer_takes_the_place_of_an_interviewer_who_is_gone() -> None:
    session = at_phase(Phase.RATING)
    assert "taken" in _refused(session, events.SeatTaken("cat", NOW, "interviewer"))
    session = apply(session, events.Left("ann", NOW))
    assert "taken" in _refused(session, events.SeatTaken("ben", NOW, "interviewer"))
    session = after(
        session, events.SeatTaken("cat", NOW, "interviewer"), events.Revealed("cat", NOW)
    )
    assert _round(session).phase is Phase.REVEALED


def test_nobody_takes_the_place_of_a_candidate_in_the_round_that_runs() -> None:
    session = apply(at_phase(Phase.ASKING), events.Left("ben", NOW))
    session = apply(session, events.SeatTaken("cat", NOW, "candidate"))
    assert _round(session).candidate_id == "ben"
    assert session.candidate_id == "cat"


def test_two_people_take_turns_by_a_plan_whose_questions_only_the_other_one_sees() -> None:
    entries = take_turns([asked(1), asked(2), asked(3)], ("ben", "ann"))
    session = apply(seated(), events.PlanAdded("ann", NOW, entries))
    seen = {one: [bool(entry.asked) for entry in view_for(session, one).plan] for one in PEOPLE[:3]}
    assert seen == {
        "ann": [True, False, True],
        "ben": [False, True, False],
        "cat": [True, True, True],
    }
    assert all(entry.about == "About teams" for entry in view_for(session, "ben").plan)
    candidates = []
    for _ in entries:
        session = after(session, events.RoundBegun("ann", NOW))
        candidates.append(_round(session).candidate_id)
        session = apply(session, events.RoundSkipped(_round(session).interviewer_id, NOW))
    assert candidates == ["ben", "ann", "ben"]
    assert not session.plan


def test_on_an_interview_day_each_interviewer_asks_in_turn() -> None:
    day = interview_day("ben", ("ann", "cat"), [asked(n) for n in range(5)], each=2)
    assert [entry.interviewer_id for entry in day] == ["ann", "ann", "cat", "cat"]
    assert {entry.candidate_id for entry in day} == {"ben"}


def test_a_plan_is_moved_and_dropped_by_its_entries_and_names_a_seat_that_swaps() -> None:
    plan = (Planned("one"), Planned("two", candidate_id="ann"), Planned("three"))
    session = after(
        seated(),
        events.PlanAdded("ben", NOW, plan),
        events.PlanMoved("ann", NOW, "two", 0),
        events.PlanDropped("ann", NOW, "three"),
    )
    assert [entry.id for entry in session.plan] == ["two", "one"]
    assert "not in the plan" in _refused(session, events.PlanDropped("ann", NOW, "three"))
    assert "only watches" in _refused(session, events.PlanAdded("cat", NOW, (Planned("x"),)))
    session = apply(session, events.RoundBegun("ann", NOW))
    assert (_round(session).candidate_id, _round(session).interviewer_id) == ("ann", "ben")


def test_the_clock_stands_still_in_pauses_and_does_not_run_backwards() -> None:
    session = after(
        at_phase(Phase.ANSWERING),
        events.AnswerPaused("ben", moment(14)),
        events.AnswerResumed("ben", moment(50)),
    )
    assert elapsed_s(_round(session).clock, moment(55)) == 15.0
    assert elapsed_s(_round(session).clock, moment(49)) == 10.0


def test_a_new_take_forgets_what_was_marked_and_asked_of_the_one_before() -> None:
    session = after(
        at_phase(Phase.ANSWERING),
        events.MomentMarked("ann", NOW, "m", "good", 1.0),
        events.ProbeAsked("ann", NOW, "And then?"),
        events.AnswerRestarted("ben", NOW),
    )
    assert not _round(session).moments
    assert not _round(session).probes
    assert _round(session).phase is Phase.ASKING


def test_marks_are_taken_back_and_reworded_by_who_made_them() -> None:
    session = after(
        at_phase(Phase.ANSWERING),
        events.MomentMarked("ann", NOW, "one", "good", 1.0),
        events.MomentMarked("cat", NOW, "two", "filler", 2.0),
        events.MomentReworded("ann", NOW, "one", "her own part"),
    )
    assert "no such mark" in _refused(session, events.MomentTakenBack("ann", NOW, "two"))
    assert "already" in _refused(session, events.MomentMarked("ann", NOW, "two", "good", 1.0))
    assert "candidate" in _refused(session, events.MomentMarked("ben", NOW, "x", "note", 1.0))
    session = apply(session, events.MomentTakenBack("cat", NOW, "two"))
    assert [m.text for m in _round(session).moments] == ["her own part"]


@pytest.mark.parametrize(("kind", "text", "most"), [("good", "", 100), ("note", "x" * 500, 30)])
def test_who_marks_without_end_is_stopped_and_leaves_all_room_to_others(
    kind: MomentKind, text: str, most: int
) -> None:
    session = at_phase(Phase.ANSWERING)
    for by in ("cat", "dan"):
        for number in range(most):
            mark = events.MomentMarked(by, NOW, f"{by}{number}", kind, 1.5, text)
            session = apply(session, mark)
        with pytest.raises(RefusedError, match=r"full|No more"):
            for number in range(most, 2 * most):
                mark = events.MomentMarked(by, NOW, f"{by}{number}", kind, 1.5, text)
                session = apply(session, mark)
    session = apply(session, events.MomentMarked("ann", NOW, "a", "note", 1.0, "y" * 500))
    assert _round(session).moments[-1].participant_id == "ann"


def test_ratings_are_blind_until_all_who_listened_have_rated() -> None:
    session = apply(at_phase(Phase.RATING), events.Joined("late", NOW, "Late"))
    assert waiting_for(session, _round(session)) == (*PEOPLE, MACHINE)
    for one in ("ann", "ben"):
        session = apply(session, events.Rated(one, NOW, MET, f"by {one}"))
    session = apply(session, events.MachineRated("ben", NOW, machine_entry(asked(1), "attempt-1")))
    session = after(session, events.Abstained("dan", NOW))
    view = view_for(session, "cat").round
    assert view
    assert not view.ratings
    assert (view.done, view.waiting) == (("ann", "ben", MACHINE), ("cat",))
    assert "1 have not rated" in _refused(session, events.Revealed("ben", NOW))
    session = after(session, events.Left("cat", NOW), events.Revealed("ben", NOW))
    seen = view_for(session, "dan").round
    assert seen
    assert {one.participant_id for one in seen.ratings} == {"ann", "ben", MACHINE}
    assert "revealed" in _refused(session, events.Rated("dan", NOW, MET))


def test_the_interviewer_reveals_at_any_time_and_the_host_where_that_one_is_gone() -> None:
    session = apply(at_phase(Phase.RATING), events.Rated("cat", NOW, MET))
    assert _round(apply(session, events.Revealed("ann", NOW))).phase is Phase.REVEALED
    other = after(
        seated(),
        events.SeatsSet("ann", NOW, "ben", "cat"),
        events.RoundBegun("ann", NOW),
        events.QuestionChosen("cat", NOW, asked(1)),
    )
    assert "Only the interviewer" in _refused(other, events.QuestionAsked("ann", NOW))
    gone = apply(other, events.Left("cat", NOW))
    assert _round(apply(gone, events.QuestionAsked("ann", NOW))).phase is Phase.ASKING


def test_a_rating_gives_every_line_of_the_form_a_mark_and_can_be_given_anew() -> None:
    session = at_phase(Phase.RATING)
    for marks in ({}, {"c1": Mark.MET, "c2": Mark.MET}, {"c2": Mark.MET}):
        assert "not those of the form" in _refused(session, events.Rated("cat", NOW, marks))
    session = after(
        session, events.Rated("cat", NOW, MET), events.Rated("cat", NOW, {"c1": Mark.PARTLY})
    )
    assert [dict(one.marks) for one in _round(session).ratings] == [{"c1": Mark.PARTLY}]


def test_an_improvised_question_without_a_form_is_rated_by_notes() -> None:
    session = at_phase(Phase.ANSWERED, asked_freely("Why here?"))
    assert "empty" in _refused(session, events.Rated("cat", NOW, {}, " "))
    session = after(session, events.RatingBegun("ann", NOW))
    session = apply(session, events.Rated("cat", NOW, {}, "calm and short"))
    assert _round(session).ratings[0].note == "calm and short"


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"id": "other"}, "another question"),
        ({"question_id": "other"}, "another question"),
        ({"tags": ("mine",)}, "as it is"),
        ({"starred": True}, "as it is"),
        ({"recording": "0" * 32 + ".wav"}, "as it is"),
        ({"origin": "/home/ben/call.mp4"}, "as it is"),
        ({"ratings": (machine_entry(asked(1), "attempt-1"),)}, "as it is"),
        ({"notes": (NoteEntry("n", "attempt-1-t", NOW, 0, 1, "x"),)}, "as it is"),
        ({"moments": (MomentEntry("m", "blame", 3.0),)}, "as it is"),
        ({"shared": RoundEntry("s", 1, "candidate", "Ben", "Ann")}, "as it is"),
        ({"transcripts": ()}, "as it is"),
        ({"lower_s": 30}, "contradicts itself"),
        ({"prompt": "x" * 400_000}, "too long"),
    ],
)
def test_an_answer_is_words_to_this_question_and_nothing_else(
    changes: dict[str, Any], problem: str
) -> None:
    session = at_phase(Phase.ANSWERED)
    given = answer(asked(1), "attempt-1")
    assert given.document
    spoiled = replace(given, document=replace(given.document, **changes))
    assert problem in _refused(session, events.AnswerGiven("ben", NOW, spoiled))


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"rater": "self"}, "no rating of the machine"),
        ({"rubric": "digest"}, "no rating of the machine"),
        ({"rubric_id": "other"}, "another checklist"),
        ({"marks": {}}, "not those of the form"),
        ({"transcript_id": "other"}, "does not fit"),
    ],
)
def test_the_machine_rates_these_words_by_this_checklist(
    changes: dict[str, Any], problem: str
) -> None:
    entry = replace(machine_entry(asked(1), "attempt-1"), **changes)
    session = at_phase(Phase.RATING)
    assert problem in _refused(session, events.MachineRated("ben", NOW, entry))
    good = machine_entry(asked(1), "attempt-1")
    assert "candidate's program" in _refused(session, events.MachineRated("ann", NOW, good))


def test_words_that_come_late_are_kept_without_going_back() -> None:
    session = after(
        at_phase(Phase.ANSWERED),
        events.RatingBegun("ann", NOW),
        events.Revealed("ann", NOW),
        events.AnswerGiven("ben", NOW, answer(asked(1), "attempt-1")),
    )
    assert _round(session).phase is Phase.REVEALED
    assert _round(session).answer


def test_the_interviewer_ends_the_answer_of_a_candidate_whose_program_died() -> None:
    session = at_phase(Phase.ANSWERING)
    assert "candidate" in _refused(session, events.AnswerEnded("ann", NOW, 5.0))
    session = after(session, events.Left("ben", NOW), events.AnswerEnded("ann", NOW, 5.0))
    assert _round(session).phase is Phase.ANSWERED


def test_a_candidate_cannot_skip_a_rating() -> None:
    session = at_phase(Phase.ANSWERED)
    assert "cannot skip" in _refused(session, events.RoundSkipped("ben", NOW))
    assert "being rated" in _refused(at_phase(Phase.RATING), events.RoundSkipped("ann", NOW))
    assert _round(apply(session, events.RoundSkipped("ann", NOW))).phase is Phase.SKIPPED


@pytest.mark.parametrize(
    ("phase", "then"), [(Phase.RATING, Phase.REVEALED), (Phase.ANSWERING, Phase.SKIPPED)]
)
def test_an_ended_session_reveals_what_was_rated_and_takes_nothing_more(
    phase: Phase, then: Phase
) -> None:
    session = at_phase(phase)
    assert "cannot end" in _refused(session, events.Ended("cat", NOW))
    session = apply(session, events.Ended("ann", NOW))
    assert _round(session).phase is then
    assert "is over" in _refused(session, events.RoundBegun("ann", NOW))
    back = after(session, events.Left("cat", NOW))
    back = apply(back, events.Joined("cat", NOW, "Cat", "observer", token("cat")))
    assert view_for(back, "cat").ended


@pytest.mark.parametrize("at", ["2026-02-31T00:00:00Z", "yesterday", "2026-02-01T00:00:00"])
def test_an_event_at_no_moment_is_refused(at: str) -> None:
    assert "no moment" in _refused(seated(), events.RoundBegun("ann", at))


def test_a_question_that_brings_too_much_or_a_wrong_form_cannot_be_asked() -> None:
    session = apply(seated(), events.RoundBegun("ann", NOW))
    long: Asked = replace(asked(1), probes={f"c{n}": "x" * 2000 for n in range(30)})
    double = replace(asked(1), form=asked(1).form * 2)
    bare = replace(asked(1), form=())
    for wrong, problem in ((long, "too much"), (double, "twice"), (bare, "does not belong")):
        assert problem in _refused(session, events.QuestionChosen("ann", NOW, wrong))


def test_who_comes_during_the_answer_is_waited_for_and_who_comes_after_it_is_not() -> None:
    session = apply(at_phase(Phase.ANSWERING), events.Joined("eve", NOW, "Eve"))
    session = after(
        session,
        events.AnswerEnded("ben", NOW, 12.5),
        events.Joined("fay", NOW, "Fay"),
        events.RatingBegun("ann", NOW),
    )
    assert waiting_for(session, _round(session)) == (*PEOPLE, "eve")
    rated = apply(session, events.Rated("fay", NOW, MET))
    assert _round(rated).rating_of("fay")


def test_a_host_who_answers_does_not_stand_in_for_an_interviewer_who_is_gone() -> None:
    session = after(
        begun(*PEOPLE),
        events.SeatsSet("ann", NOW, "ann", "ben"),
        events.RoundBegun("ann", NOW),
        events.QuestionChosen("ben", NOW, asked(1)),
        events.Left("ben", NOW),
    )
    assert "Only the interviewer" in _refused(session, events.QuestionAsked("ann", NOW))


def test_one_answer_belongs_to_one_round_and_one_entry_stands_once_in_the_plan() -> None:
    session = after(
        at_phase(Phase.REVEALED),
        events.RoundBegun("ann", NOW),
        events.QuestionChosen("ann", NOW, asked(1)),
        events.QuestionAsked("ann", NOW),
        events.AnswerBegun("ben", NOW),
        events.AnswerEnded("ben", NOW, 1.0),
    )
    given = events.AnswerGiven("ben", NOW, answer(asked(1), "attempt-1"))
    assert "another round" in _refused(session, given)
    twice = events.PlanAdded("ann", NOW, (Planned("x"), Planned("x")))
    assert "already" in _refused(session, twice)


def test_a_round_that_is_over_is_named_only_until_it_is_asked_for() -> None:
    session = apply(at_phase(Phase.REVEALED), events.RoundBegun("ann", NOW))
    briefly = view_for(session, "cat").rounds[0]
    assert briefly.asked
    assert briefly.asked.prompt == "prompt-1"
    assert not briefly.asked.form
    assert briefly.answer
    assert briefly.answer.document is None
    whole = view_for(session, "cat", whole=0).rounds[0]
    assert whole.asked == asked(1)
    assert whole.answer
    assert whole.answer.document


def test_every_question_that_is_shipped_can_be_asked_with_its_probes_and_its_form(
    tmp_path: Path,
) -> None:
    library = load_library(shipped("question_banks"), tmp_path, check_pattern, check_classes)
    session = apply(seated(), events.RoundBegun("ann", NOW))
    for loaded in library.banks:
        for question in loaded.bank.questions:
            rubric = library.rubrics[question.rubric] if question.rubric else None
            chosen = events.QuestionChosen("ann", NOW, asked_of(loaded.bank, question, rubric))
            assert read_event(event_data(chosen)) == chosen
            there = _round(apply(session, chosen)).asked
            assert there
            assert len(there.form) == (len(rubric.criteria) if rubric else 0)
            assert dict(there.probes) == question.probes


def test_a_revealed_round_stays_in_view_until_who_asked_or_answered_has_kept_it() -> None:
    session = at_phase(Phase.REVEALED)
    assert [view_for(session, one).unkept_at for one in PEOPLE] == [0, 0, -1, -1]
    assert "not to be kept" in _refused(session, events.RoundKept("cat", NOW, 1))
    assert "no such round" in _refused(session, events.RoundKept("ann", NOW, 2))
    session = after(session, events.RoundKept("ann", NOW, 1), events.RoundBegun("ann", NOW))
    assert "kept already" in _refused(session, events.RoundKept("ann", NOW, 1))
    assert view_for(session, "ann").unkept is None
    unkept = view_for(session, "ben").unkept
    assert unkept
    assert unkept.answer
    assert unkept.answer.document
    assert view_for(session, "ben").at == 1
    session = after(session, events.Ended("ann", NOW), events.RoundKept("ben", NOW, 1))
    assert view_for(session, "ben").unkept is None


def test_what_comes_after_the_reveal_is_to_be_kept_too() -> None:
    question = asked(1)
    session = after(at_phase(Phase.REVEALED, question), events.RoundKept("ann", NOW, 1))
    late = events.MachineRated("ben", NOW, machine_entry(question, "attempt-1"))
    for event in (late, events.MomentMarked("cat", NOW, "m1", "note", 0.0, "Well done")):
        assert view_for(after(session, event), "ann").unkept_at == 0


def test_a_reveal_does_not_wait_for_a_machine_that_gives_nothing() -> None:
    question = asked(1)
    session = at_phase(Phase.RATING, question)
    assert MACHINE in waiting_for(session, _round(session))
    session = after(session, events.MachineRated("ben", NOW))
    assert MACHINE not in waiting_for(session, _round(session))
    assert "Nobody waits" in _refused(session, events.MachineRated("ben", NOW))
    late = events.MachineRated("ben", NOW, machine_entry(question, "attempt-1"))
    assert _round(after(session, late)).abstained == ()
