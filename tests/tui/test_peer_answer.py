"""Who answers in a session: waits, speaks or types, corrects, and hands the words in."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import Future
from contextlib import asynccontextmanager
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import pytest
from textual.pilot import Pilot

from tests import fakes
from tests.tui.spoken import notes
from tests.tui.steps import comes, settle, shown, started, type_answer, wait_for
from tests.tui.voice_steps import GOOD, looked
from trainer.capture.types import RecorderPhase
from trainer.errors import StoreError
from trainer.meeting.handing_in import document_of
from trainer.meeting.types import Meeting, Place
from trainer.peer import events
from trainer.peer.journal import Entry
from trainer.peer.planning import asked_of
from trainer.peer.refusing import RefusedError
from trainer.peer.types import MACHINE, Answer, Phase, RoundView
from trainer.services import Services
from trainer.store.types import LibraryQuery
from trainer.tui.screens.confirm import ConfirmScreen
from trainer.tui.screens.correct import CorrectScreen
from trainer.tui.screens.peer.answer import AnswerScene, answer_scene
from trainer.tui.screens.peer.answer_page import Step
from trainer.tui.screens.peer.frame import MeetingScreen
from trainer.tui.screens.peer.listeners import consent
from trainer.tui.screens.practice import PracticeScreen
from trainer.tui.screens.speaking import SpeakingScreen
from trainer.tui.widgets.editor import AnswerEditor

QUESTION = replace(
    asked_of(fakes.library().banks[0].bank, fakes.question(), fakes.rubric()), prepare_s=0
)


@pytest.fixture
def meeting(services: Services) -> Iterator[Meeting]:
    """Ann answers and Ben asks: the first question is planned."""
    begun = chosen(services.meetings.together(["Ann", "Ben"]))
    yield begun
    begun.close()


@pytest.fixture
def handed_in(services: Services, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The attempts that were handed in."""
    ids: list[str] = []
    monkeypatch.setattr(services.meetings, "hand_in", lambda _, attempt_id: ids.append(attempt_id))
    return ids


@asynccontextmanager
async def answering(
    services: Services, meeting: Meeting, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[AnswerScene, Pilot[None]]]:
    """Open Ann's scene."""
    async with started(services, size=size, home=False) as (app, pilot):
        scene = answer_scene(meeting, meeting.place)
        meeting.listen(lambda: scene.call_later(scene.look_again))
        await app.push_screen(scene)
        yield scene, pilot
        meeting.listen(None)


def chosen(meeting: Meeting, candidate: int = 0) -> Meeting:
    """Begin a round in which this one of the first two answers, and choose its question."""
    people = meeting.places[:2]
    seats = (people[candidate].you, people[1 - candidate].you)
    tell(people[0], events.SeatsSet, *seats)
    tell(people[0], events.RoundBegun)
    tell(people[1 - candidate], events.QuestionChosen, QUESTION)
    return meeting


def ask(meeting: Meeting, by: int = 1) -> None:
    tell(meeting.places[by], events.QuestionAsked)


def tell(place: Place, kind: Callable[..., events.Event], *more: object) -> None:
    place.send(kind(*place.stamp(), *more)).result(5)


def now(meeting: Meeting) -> RoundView:
    current = meeting.place.view.round
    assert current
    return current


async def stands(pilot: Pilot[None], meeting: Meeting, phase: Phase) -> None:
    await wait_for(pilot, lambda: now(meeting).phase is phase)


async def test_a_typed_answer_begins_with_the_question_and_ends_with_the_words_handed_in(
    services: Services, meeting: Meeting, handed_in: list[str]
) -> None:
    async with answering(services, meeting) as (scene, pilot):
        text = shown(pilot)
        assert "Wait for the question of Ben" in text
        assert "You answer by keyboard" in text
        assert QUESTION.prompt not in text
        ask(meeting)
        await comes(pilot, PracticeScreen)
        assert QUESTION.prompt in shown(pilot)
        assert "Round 1 · Ann answers, Ben asks" in shown(pilot)
        await pilot.press("ctrl+g")
        assert QUESTION.intent not in shown(pilot), "the hint is the interviewer's"
        await type_answer(pilot, "We worked.")
        await stands(pilot, meeting, Phase.ANSWERING)
        tell(meeting.places[1], events.ProbeAsked, "What did [b]you do?")
        await wait_for(pilot, lambda: "Ben asks: What did [b]you do?" in shown(pilot))
        await pilot.press("ctrl+t")
        await stands(pilot, meeting, Phase.PAUSED)
        await pilot.press("ctrl+r")
        await stands(pilot, meeting, Phase.ASKING)
        await wait_for(pilot, lambda: "Ben asks" not in shown(pilot).split("\n", 1)[1])
        await type_answer(pilot, "I acknowledge it.")
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: bool(handed_in))
        assert now(meeting).phase is Phase.ANSWERED
        await settle(pilot)
        assert pilot.app.screen is scene
    view = services.view(handed_in[0])
    assert view.transcript.transcript.text == "I acknowledge it."
    assert view.rating is not None, "by the checklist that came when the answer was over"
    assert services.unfinished() == ()
    assert len(services.answers(LibraryQuery(session_id=f"{meeting.session_id}-1"))) == 2, "takes"


@pytest.mark.usefixtures("by_voice")
async def test_the_clock_of_a_session_follows_the_recorder_and_the_words_can_be_corrected(
    services: Services,
    meeting: Meeting,
    handed_in: list[str],
    microphone: fakes.FakeMicrophone,
) -> None:
    ask(meeting)
    async with answering(services, meeting, (100, 40)) as (_, pilot):
        await comes(pilot, SpeakingScreen)
        await wait_for(pilot, lambda: bool(microphone.opened))
        spoken = microphone.now
        spoken.on(RecorderPhase.READY, level_dbfs=-30.0)
        spoken.obeys = False
        await pilot.press("space")
        await wait_for(pilot, lambda: spoken.calls == ["record"])
        await looked(pilot)
        assert now(meeting).phase is Phase.ASKING, "nothing is kept yet"
        assert "The words go to the others" in shown(pilot)
        spoken.obeys = True
        spoken.on(RecorderPhase.RECORDING, length_s=0.05)
        await looked(pilot)
        await stands(pilot, meeting, Phase.ANSWERING)
        spoken.hears(GOOD, read_s=5.0)
        spoken.on(RecorderPhase.RECORDING, length_s=5.0)
        await looked(pilot)
        await pilot.press("enter")
        await comes(pilot, CorrectScreen)
        await stands(pilot, meeting, Phase.ANSWERED)
        assert now(meeting).clock.counted_s == spoken.recorder.length_s
        await pilot.press("escape")
        await comes(pilot, AnswerScene)
        await wait_for(pilot, lambda: "Your answer is over. Enter shows its" in shown(pilot))
        await pilot.press("enter")
        await comes(pilot, CorrectScreen)
        pilot.app.screen.query_one(AnswerEditor).insert("Yes. ")
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: bool(handed_in))
    assert services.view(handed_in[0]).transcript.transcript.text.startswith("Yes. ")


async def test_an_answer_of_a_program_that_was_killed_is_taken_up_where_it_stood(
    services: Services, meeting: Meeting, handed_in: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(meeting)
    tell(meeting.place, events.AnswerBegun)
    current = now(meeting)
    assert current.asked
    run = services.meetings.run_of(current.asked, f"{meeting.session_id}-1")
    draft = replace(services.new_draft(run), text="I was", counted_s=3.0)
    services.save_draft(draft)
    async with answering(services, meeting) as (_, pilot):
        await comes(pilot, PracticeScreen)
        await stands(pilot, meeting, Phase.PAUSED)
        assert pilot.app.screen.query_one(AnswerEditor).text == "I was"

    tell(meeting.place, events.AnswerEnded, 4.0)

    def fail(*_: object, **__: object) -> None:
        raise StoreError("The disk is full.", "Free some space.")

    monkeypatch.setattr(services.store, "save_attempt", fail)
    async with answering(services, meeting) as (scene, pilot):
        await wait_for(pilot, lambda: "Your words are kept. Enter tries again." in shown(pilot))
        assert "The disk is full. Free some space." in shown(pilot)
        assert scene.may_go
        monkeypatch.undo()
        monkeypatch.setattr(
            services.meetings, "hand_in", lambda _, attempt_id: fail() if not handed_in else None
        )
        await pilot.press("enter")
        await wait_for(pilot, lambda: "Your answer is in your history." in shown(pilot))
        assert scene.step is Step.KEPT_HERE
    assert services.unfinished() == ()

    monkeypatch.setattr(
        services.meetings, "hand_in", lambda _, attempt_id: handed_in.append(attempt_id)
    )
    async with answering(services, meeting) as (_, pilot):
        await wait_for(pilot, lambda: bool(handed_in))
    assert services.view(handed_in[0]).transcript.transcript.text == "I was"


async def test_the_machine_s_marks_that_a_killed_program_owed_are_handed_in_by_the_next(
    services: Services, meeting: Meeting
) -> None:
    ask(meeting)
    tell(meeting.place, events.AnswerBegun)
    tell(meeting.place, events.AnswerEnded, 4.0)
    current = now(meeting)
    assert current.asked
    run = services.meetings.run_of(current.asked, f"{meeting.session_id}-1")
    attempt_id = services.finish(replace(services.new_draft(run), text="I did."), run.item)
    document = document_of(services.view(attempt_id).record)
    tell(meeting.place, events.AnswerGiven, Answer(attempt_id, 4.0, document))
    assert MACHINE in now(meeting).waiting
    async with started(services, home=False) as (app, pilot):
        await app.push_screen(MeetingScreen(meeting))
        await wait_for(pilot, lambda: MACHINE in now(meeting).done)


async def test_what_was_refused_is_told_anew_and_a_round_given_up_keeps_its_words(
    services: Services, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    send, refused = meeting.place.send, []

    def refuse_once(event: events.Event) -> Future[None]:
        if refused:
            return send(event)
        refused.append(event)
        future: Future[None] = Future()
        future.set_exception(RefusedError("You are not here.", "Come back."))
        return future

    monkeypatch.setattr(meeting.place, "send", refuse_once)
    ask(meeting)
    async with answering(services, meeting) as (_, pilot):
        await comes(pilot, PracticeScreen)
        await type_answer(pilot, "I was there.")
        await stands(pilot, meeting, Phase.ANSWERING)
        assert isinstance(refused[0], events.AnswerBegun)
        await pilot.press("ctrl+n")
        await comes(pilot, ConfirmScreen)
        await pilot.press("y")
        await stands(pilot, meeting, Phase.SKIPPED)
        assert not notes(pilot.app)
        await pilot.press("ctrl+q")
    assert [one.text for one in services.unfinished()] == ["I was there."]


async def test_an_end_that_the_host_could_not_write_down_is_told_again_with_the_words(
    services: Services, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    held, full = meeting._held, [False]  # type: ignore[attr-defined]
    append = held._journal.append

    def write(entry: Entry) -> None:
        if full[0]:
            raise StoreError("The disk is full.", "Free some space.")
        append(entry)

    monkeypatch.setattr(held._journal, "append", write)
    ask(meeting)
    async with answering(services, meeting) as (_, pilot):
        await comes(pilot, PracticeScreen)
        await type_answer(pilot, "I was there.")
        await stands(pilot, meeting, Phase.ANSWERING)
        full[0] = True
        await pilot.press("ctrl+s")
        monkeypatch.setattr("trainer.tui.screens.peer.answer.CHECKLIST_AFTER_S", 0.01)
        await wait_for(pilot, lambda: "Enter tries again" in shown(pilot))
        full[0] = False
        await pilot.press("enter")
        await stands(pilot, meeting, Phase.RATING)
    answer = now(meeting).answer
    assert answer
    assert services.view(answer.attempt_id).transcript.transcript.text == "I was there."


def test_each_interviewer_is_named_once_to_whoever_s_words_they_keep() -> None:
    people = [SimpleNamespace(id=name, name=name.title()) for name in ("ann", "ben", "cat")]
    rounds = [
        SimpleNamespace(number=number, candidate_id="ann", interviewer_id=asker, answer=True)
        for number, asker in enumerate(("ben", "ben", "cat"), 1)
    ]
    scene: Any = SimpleNamespace(
        view=SimpleNamespace(participants=people, rounds=rounds),
        place=SimpleNamespace(you="ann"),
        meeting=SimpleNamespace(on_one_keyboard=False),
    )
    told = [consent(scene, cast("RoundView", one)) for one in rounds]
    assert [line[:19] for line in told] == ["The history of Ben ", "", "The history of Cat "]
