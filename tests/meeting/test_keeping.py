"""What histories hold after a reveal: all of it, once, and named alike in each home."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from tests.meeting.playing import (
    ALL_MET,
    SAID,
    answer,
    ask,
    bank_question,
    do,
    kept_whole,
    mark_and_rate,
    open_home,
    shown,
    until,
)
from tests.waiting import wait_until
from trainer.bank.types import Library, Mark
from trainer.errors import StoreError
from trainer.exchange.document import SpanEntry
from trainer.meeting.meetings import Meetings
from trainer.meeting.types import Meeting, Place
from trainer.paths import Home
from trainer.peer import events
from trainer.peer.planning import asked_freely
from trainer.peer.types import MACHINE, Phase, RoundView
from trainer.services import Services
from trainer.store.types import AttemptRecord

Open = Callable[..., Services]


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def opened(tmp_path: Path, stack: ExitStack) -> Open:
    def open_named(name: str, library: Library | None = None) -> Services:
        services = open_home(Home(tmp_path / name), library)
        stack.callback(services.close)
        return services

    return open_named


def _closing(stack: ExitStack, meeting: Meeting) -> Meeting:
    stack.callback(meeting.close)
    return meeting


def _record(services: Services, attempt_id: str) -> AttemptRecord:
    record = services.store.attempt(attempt_id)
    assert record
    return record


def _raters(record: AttemptRecord) -> list[tuple[str, str, str]]:
    return sorted((r.rating.rater, r.rater_name, r.comment) for r in record.ratings)


def test_on_one_keyboard_a_round_adds_what_all_gave_to_the_one_answer(
    opened: Open, stack: ExitStack
) -> None:
    services = opened("one")
    meeting = _closing(stack, services.meetings.together(["Ann", "Ben", "Cat"]))
    ann, ben, cat = meeting.places
    ask(ben)
    attempt_id = answer(services, ann)
    for place, note in ((ann, "mine"), (cat, "hers")):
        do(place, events.Rated, ALL_MET, note)
    mark_and_rate(ben, "his")
    assert services.meetings.keep_rounds(meeting) == ()
    do(ben, events.Revealed)
    assert services.meetings.keep_rounds(meeting) == (attempt_id,)
    record = _record(services, attempt_id)
    assert _raters(record) == [
        ("machine", "", ""),
        ("peer", "Ben", "his"),
        ("peer", "Cat", "hers"),
        ("self", "", "mine"),
    ]
    assert {r.transcript_id for r in record.ratings} == {record.transcripts[-1].id}
    assert len({r.rubric_json for r in record.ratings}) == 1
    assert [(m.kind, m.at_s, m.rater_name) for m in record.moments] == [("filler", 7.0, "Ben")]
    assert [(f.rater, f.count, f.rater_name) for f in record.filler_reviews] == [("peer", 1, "Ben")]
    shared = record.shared
    assert shared
    assert (shared.role, shared.candidate, shared.interviewer) == ("candidate", "Ann", "Ben")
    assert (shared.observers, shared.number, shared.session_id) == (("Cat",), 1, meeting.session_id)
    assert services.meetings.keep_rounds(meeting) == ()
    do(ben, events.MomentMarked, "late", "note", 0.0, "Thank you")
    assert services.meetings.keep_rounds(meeting) == (attempt_id,)
    assert [m.text for m in _record(services, attempt_id).moments] == ["Thank you", ""]
    do(ben, events.SeatsSet, ben.you, ann.you)
    ask(ann, bank_question("low-score-gap"))
    second = answer(services, ben, typed=True)
    mark_and_rate(ann)
    do(ann, events.Revealed)
    assert services.meetings.keep_rounds(meeting) == (second,)
    assert len(_record(services, second).moments) == 1
    assert _record(services, second).filler_reviews == ()
    his = _record(services, second).shared
    assert his
    assert (his.role, his.candidate, his.number) == ("interviewer", "Ben", 2)
    assert services.view(attempt_id).report


def test_two_homes_hold_the_same_of_a_round_also_where_the_banks_differ(
    opened: Open, stack: ExitStack
) -> None:
    hers, his = opened("hers"), opened("his", Library((), {}, {}))
    host = _closing(stack, his.meetings.host("Ben", "interviewer"))
    assert host.code
    guest = _closing(stack, hers.meetings.join(host.code.text, "Ann", "candidate"))
    ask(host.place)
    attempt_id = answer(hers, guest.place)
    do(guest.place, events.Rated, ALL_MET, "mine")
    mark_and_rate(host.place, "his")
    wait_until(lambda: MACHINE in shown(host.place).done, "the machine has rated")
    do(host.place, events.Revealed)
    until(guest.place, Phase.REVEALED)
    assert kept_whole(hers, guest) == kept_whole(his, host) == (attempt_id,)
    here, there = _record(hers, attempt_id), _record(his, attempt_id)
    assert [r.id for r in here.ratings] == [r.id for r in there.ratings]
    assert [(r.rating, r.rater_name, r.comment) for r in here.ratings] == [
        (r.rating, r.rater_name, r.comment) for r in there.ratings
    ]
    assert [r.rating.rater for r in here.ratings] == ["machine", "self", "peer"]
    assert (here.moments, here.filler_reviews) == (there.moments, there.filler_reviews)
    assert here.transcripts == there.transcripts
    assert there.attempt.recording is None
    assert here.shared
    assert there.shared
    assert (here.shared.role, there.shared.role) == ("candidate", "interviewer")
    assert replace(here.shared, role="interviewer") == there.shared
    view = his.view(attempt_id)
    assert view.rubric
    assert [one.title for one in view.rubric.criteria] == ["You name it", "You changed"]
    assert view.transcript.transcript.text == SAID


def test_two_programs_of_one_home_keep_one_answer_which_is_the_candidates(
    opened: Open, stack: ExitStack
) -> None:
    services = opened("one")
    host = _closing(stack, services.meetings.host("Ben", "interviewer"))
    assert host.code
    guest = _closing(stack, services.meetings.join(host.code.text, "Ann", "candidate"))
    ask(host.place)
    attempt_id = answer(services, guest.place)
    mark_and_rate(host.place)
    do(host.place, events.Revealed)
    kept_whole(services, host)
    until(guest.place, Phase.REVEALED)
    kept_whole(services, guest)
    record = _record(services, attempt_id)
    assert record.shared
    assert record.shared.role == "candidate"
    assert [r.rating.rater for r in record.ratings] == ["machine", "peer"]


def test_a_question_without_a_form_keeps_what_was_said_on_all_its_words(
    opened: Open, stack: ExitStack
) -> None:
    services = opened("one")
    meeting = _closing(stack, services.meetings.together(["Ann", "Ben"]))
    ann, ben = meeting.places
    ask(ben, asked_freely("What did you learn?"))
    attempt_id = answer(services, ann, "It was calm.")
    do(ben, events.Rated, {}, "Good pace")
    do(ben, events.Revealed)
    assert services.meetings.keep_rounds(meeting) == (attempt_id,)
    (note,) = _record(services, attempt_id).notes
    assert (note.start, note.end, note.text, note.rater_name) == (0, 3, "Good pace", "Ben")


def test_a_checklist_that_was_hidden_rates_the_answer_when_it_is_handed_in(
    opened: Open, stack: ExitStack
) -> None:
    services = opened("one")
    meeting = _closing(stack, services.meetings.together(["Ann", "Ben"]))
    ann, ben = meeting.places
    ask(ben)
    hidden = shown(ann).asked
    assert hidden
    assert hidden.rubric_id is None
    do(ann, events.AnswerBegun)
    do(ann, events.AnswerEnded, 20.0)
    run = services.meetings.run_of(hidden)
    attempt_id = services.finish(replace(services.new_draft(run), text=SAID), run.item)
    services.meetings.hand_in(ann, attempt_id)
    services.meetings.hand_in(ann, attempt_id)
    (rating,) = _record(services, attempt_id).ratings
    assert rating.rating.marks == {"acknowledge": Mark.MET, "change": Mark.PARTLY}
    assert shown(ann).done == (MACHINE,)


def test_nobody_waits_for_a_machine_that_lacks_the_checklist(
    opened: Open, stack: ExitStack
) -> None:
    services = opened("one", Library((), {}, {}))
    meeting = _closing(stack, services.meetings.together(["Ann", "Ben"]))
    ann, ben = meeting.places
    ask(ben)
    answer(services, ann)
    assert MACHINE not in shown(ben).waiting
    assert shown(ben).done == ()


def test_an_answer_that_stands_otherwise_in_the_history_is_told_and_not_touched(
    opened: Open, stack: ExitStack
) -> None:
    hers, his = opened("hers"), opened("his")
    host = _closing(stack, his.meetings.host("Ben", "interviewer"))
    assert host.code
    guest = _closing(stack, hers.meetings.join(host.code.text, "Ann", "candidate"))
    ask(host.place)
    attempt_id = answer(hers, guest.place)
    other = _record(hers, attempt_id)
    wrong = replace(other, attempt=replace(other.attempt, prompt="Another question?"))
    his.store.merge((wrong,))
    mark_and_rate(host.place)
    do(host.place, events.Revealed)
    with pytest.raises(StoreError, match="stands otherwise"):
        his.meetings.keep_rounds(host)
    assert _record(his, attempt_id).shared is None
    wait_until(lambda: host.place.view.unkept is None, "it is not tried for ever")


class _Liar:
    """A place whose host says of a round what it likes."""

    def __init__(self, place: Place, kept: RoundView) -> None:
        view = place.view
        rounds = (*view.rounds[: view.unkept_at], kept, *view.rounds[view.unkept_at + 1 :])
        self.you = place.you
        self.view = replace(view, rounds=rounds)
        self.stamp = place.stamp
        self.sent: list[events.Event] = []

    def send(self, event: events.Event) -> Future[None]:
        self.sent.append(event)
        return Future()


class _Lied:
    """A meeting with only such a place."""

    on_one_keyboard = False

    def __init__(self, place: Place, kept: RoundView) -> None:
        self.place = _Liar(place, kept)
        self.places = (self.place,)


def test_a_host_adds_no_words_and_no_marks_of_the_machine_to_an_answer_of_this_home(
    opened: Open, stack: ExitStack
) -> None:
    services = opened("one")
    meeting = _closing(stack, services.meetings.together(["Ann", "Ben"]))
    ann, ben = meeting.places
    ask(ben)
    attempt_id = answer(services, ann)
    mark_and_rate(ben)
    do(ben, events.Revealed)
    before = _record(services, attempt_id)
    unkept = ann.view.unkept
    assert unkept
    given = unkept.answer
    assert given
    assert given.document
    words = given.document.transcripts[0]
    further = (words, replace(words, id="further", text="I never said it"))
    (machine,) = (one for one in unkept.ratings if one.entry)
    assert machine.entry
    outside = replace(machine.entry, spans=(SpanEntry(0, 999, "criterion", "change"),))
    for wrong in (
        replace(unkept, answer=replace(given, document=replace(given.document, transcripts=()))),
        replace(
            unkept, answer=replace(given, document=replace(given.document, transcripts=further))
        ),
        replace(unkept, ratings=(replace(machine, entry=outside),)),
    ):
        lied = _Lied(ann, wrong)
        with pytest.raises(StoreError, match="cannot be kept"):
            services.meetings.keep_rounds(cast("Meeting", lied))
        assert isinstance(lied.place.sent[0], events.RoundKept)
        services.meetings = Meetings(services)
    assert _record(services, attempt_id) == before
    other = replace(machine, entry=replace(machine.entry, id="other", marks={"change": 2}))
    kept = _Lied(ann, replace(unkept, ratings=(*unkept.ratings, other)))
    assert services.meetings.keep_rounds(cast("Meeting", kept)) == (attempt_id,)
    raters = [r.rating.rater for r in _record(services, attempt_id).ratings]
    assert raters == ["machine", "peer"]


def test_an_answer_that_was_deleted_meanwhile_does_not_come_back(
    opened: Open, stack: ExitStack
) -> None:
    services = opened("one")
    meeting = _closing(stack, services.meetings.together(["Ann", "Ben"]))
    ann, ben = meeting.places
    ask(ben)
    attempt_id = answer(services, ann)
    do(ben, events.Revealed)
    services.delete(attempt_id)
    assert services.meetings.keep_rounds(meeting) == ()
    assert ann.view.unkept is None
    assert services.store.attempt(attempt_id) is None
