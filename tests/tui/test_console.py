"""The interviewer's console, on a session whose other people are played by the test."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest
from textual.pilot import Pilot

from tests import fakes
from tests.tui.steps import settle, shown, started, wait_for
from trainer.meeting.keyboard import KeyboardMeeting
from trainer.meeting.types import Place
from trainer.peer import events
from trainer.peer.planning import asked_of
from trainer.peer.types import Asked, Phase, RoundView
from trainer.services import Services
from trainer.tui.screens.choosing import ChoosingScreen
from trainer.tui.screens.confirm import ConfirmScreen
from trainer.tui.screens.peer.console import ConsoleScreen
from trainer.tui.screens.peer.improvising import ImproviseScreen


@pytest.fixture
def meeting(services: Services) -> Iterator[KeyboardMeeting]:
    made = services.meetings.together(["Ann", "Ben", "Cat"])
    assert isinstance(made, KeyboardMeeting)
    yield made
    made.close()


def question() -> Asked:
    return asked_of(fakes.library().banks[0].bank, fakes.question(), fakes.rubric())


def do(place: Place, kind: type[events.Event], *more: object) -> None:
    place.send(kind(*place.stamp(), *more)).result(5)


def current(place: Place) -> RoundView:
    seen = place.view.round
    assert seen
    return seen


def lead_to(meeting: KeyboardMeeting, phase: Phase) -> None:
    ann, ben, _ = meeting.places
    do(ben, events.RoundBegun)
    do(ben, events.QuestionChosen, question())
    if phase is not Phase.PLANNED:
        do(ben, events.QuestionAsked)
    if phase is Phase.ANSWERING:
        do(ann, events.AnswerBegun)


@asynccontextmanager
async def console(
    services: Services, meeting: KeyboardMeeting, seat: int = 1, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[ConsoleScreen, Pilot[None]]]:
    """Open the console of the interviewer, or of the observer (2)."""
    async with started(services, size=size, home=False) as (app, pilot):
        screen = ConsoleScreen(meeting, meeting.places[seat])
        await app.push_screen(screen)
        loop = asyncio.get_running_loop()
        meeting.listen(lambda: loop.call_soon_threadsafe(screen.call_later, screen.look_again))
        await settle(pilot)
        try:
            yield screen, pilot
        finally:
            meeting.listen(None)


async def test_the_interviewer_sees_all_asks_marks_notes_and_asks_further_by_keys(
    services: Services, meeting: KeyboardMeeting, clock: fakes.FakeClock
) -> None:
    ann, ben, _ = meeting.places
    lead_to(meeting, Phase.PLANNED)
    async with console(services, meeting) as (screen, pilot):
        page = shown(pilot)
        for part in (
            "Step 1 score?",
            "They want to hear",
            "Blaming the exam.",
            "Not heard: You changed",
        ):
            assert part in page
        await pilot.press("enter")
        await wait_for(pilot, lambda: screen.panel.phase is Phase.ASKING)
        do(ann, events.AnswerBegun)
        await wait_for(pilot, lambda: screen.panel.phase is Phase.ANSWERING)
        clock.now_s += 40
        await pilot.press("f", "g", "n")
        await pilot.press(*"va", "tab", "g")
        clock.now_s += 10
        await pilot.press("u", "e", "enter", "2")
        await wait_for(pilot, lambda: len(current(ben).moments) == 3 and bool(current(ben).probes))
        kept = [(one.kind, round(one.at_s), one.text) for one in current(ben).moments]
        assert kept == [("filler", 40, ""), ("good", 40, ""), ("note", 40, "vague")]
        assert current(ann).probes == ("What did a study day look like after Step 1?",)
        assert current(ann).moments == ()
        await pilot.press("z")
        await wait_for(pilot, lambda: len(current(ben).moments) == 2)
        screen._tick()
        await settle(pilot)
        page = shown(pilot)
        assert "● green  0:50" in page
        assert "✓ asked" in page
        assert "vague" not in page


async def test_who_watches_marks_and_does_not_lead_and_a_note_is_never_lost(
    services: Services, meeting: KeyboardMeeting
) -> None:
    ann, _, cat = meeting.places
    lead_to(meeting, Phase.ANSWERING)
    async with console(services, meeting, seat=2) as (screen, pilot):
        assert "· Not heard: You changed" in shown(pilot)
        await pilot.press("b", "p", "1", "ctrl+n", "n", *"too fast")
        assert not screen.may_go
        await pilot.press("escape")
        assert screen.may_go
        do(ann, events.AnswerEnded, 50.0)
        assert screen.keep()
        await wait_for(pilot, lambda: len(current(cat).moments) == 2)
        assert [one.text for one in current(cat).moments] == ["", "too fast"]
        assert current(cat).probes == ()
        assert current(cat).phase is Phase.ANSWERED
        await pilot.press("n", *"late")
        do(meeting.places[1], events.RoundSkipped)
        do(meeting.places[1], events.RoundBegun)
        do(meeting.places[1], events.QuestionChosen, question())
        do(meeting.places[1], events.QuestionAsked)
        assert screen.keep()
        do(ann, events.AnswerBegun)
        assert current(cat).moments == ()


async def test_another_question_is_chosen_or_written_and_a_round_given_up(
    services: Services, meeting: KeyboardMeeting
) -> None:
    _, ben, _ = meeting.places
    lead_to(meeting, Phase.PLANNED)
    async with console(services, meeting) as (screen, pilot):
        await pilot.press("c")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, ChoosingScreen))
        await pilot.press(*"boards", "enter")
        await wait_for(pilot, lambda: "boards" in screen.panel.round.asked.prompt)  # type: ignore[union-attr]
        await pilot.press("i")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, ImproviseScreen))
        await pilot.press("ctrl+s")
        assert isinstance(pilot.app.screen, ImproviseScreen)
        await pilot.press(*"Why us", "tab", "down", "enter")
        await wait_for(pilot, lambda: "Why us" in shown(pilot))
        asked = current(ben).asked
        assert asked and (asked.prompt, asked.improvised) == ("Why us", True)
        assert [line.id for line in asked.form] == ["acknowledge", "change"]
        await pilot.press("ctrl+n")
        await wait_for(pilot, lambda: len(ben.view.rounds) == 2)
        assert ben.view.rounds[0].phase is Phase.SKIPPED
        await wait_for(pilot, lambda: "No question yet" in shown(pilot))
        await pilot.press("enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, ChoosingScreen))


async def test_leading_happens_once_and_no_answer_is_given_up_that_ended_meanwhile(
    services: Services, meeting: KeyboardMeeting
) -> None:
    ann, ben, _ = meeting.places
    lead_to(meeting, Phase.PLANNED)
    async with console(services, meeting) as (screen, pilot):
        screen.action_ask()
        screen.action_ask()
        await wait_for(pilot, lambda: screen.panel.phase is Phase.ASKING)
        do(ann, events.AnswerBegun)
        await wait_for(pilot, lambda: screen.panel.phase is Phase.ANSWERING)
        await pilot.press("ctrl+n")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, ConfirmScreen))
        do(ann, events.AnswerEnded, 30.0)
        await pilot.press("y")
        await settle(pilot)
        assert current(ben).phase is Phase.ANSWERED
        told = [one.message for one in pilot.app._notifications]
        assert told == ["The answer has ended meanwhile. It was not given up."]
