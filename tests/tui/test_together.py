"""One keyboard for all: it is handed over, and who asks holds it while somebody speaks."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from textual.pilot import Pilot

from tests import fakes
from tests.tui.steps import comes, press_at_once, settle, shown, started, type_answer, wait_for
from tests.tui.test_peer_answer import QUESTION, ask, chosen, now, stands
from tests.tui.voice_steps import GOOD, looked, speak
from trainer.capture.types import RecorderPhase
from trainer.meeting.types import Meeting
from trainer.peer.types import Phase
from trainer.services import Services
from trainer.store.types import LibraryQuery
from trainer.tui.screens.correct import CorrectScreen
from trainer.tui.screens.help import HelpScreen
from trainer.tui.screens.peer.console import ConsoleScreen
from trainer.tui.screens.peer.frame import MeetingScreen
from trainer.tui.screens.peer.rating import PeerRatingScreen
from trainer.tui.screens.peer.together import HandoverScreen, TogetherScreen
from trainer.tui.screens.practice import PracticeScreen
from trainer.tui.widgets.editor import AnswerEditor


@asynccontextmanager
async def together(
    services: Services, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[Meeting, Pilot[None]]]:
    """Bea asks Ann, whose home it is; Cat watches. The first question is chosen."""
    meeting = chosen(services.meetings.together(["Ann", "Bea", "Cat"]))
    async with started(services, size=size, home=False) as (app, pilot):
        app.push_screen(MeetingScreen(meeting))
        yield meeting, pilot


async def take_over(pilot: Pilot[None], name: str) -> None:
    """Press T as the one who gets the keyboard; nothing secret is seen before, nor by Enter."""
    await comes(pilot, HandoverScreen)
    await wait_for(pilot, lambda: f"Give the keyboard to {name}." in shown(pilot))
    for secret in (QUESTION.prompt, QUESTION.intent, GOOD):
        assert secret not in shown(pilot)
    await pilot.press("enter")
    assert isinstance(pilot.app.screen, HandoverScreen)
    await pilot.press("t")


@pytest.mark.usefixtures("by_voice")
async def test_the_interviewer_records_and_marks_and_each_then_has_the_keyboard_alone(
    services: Services, microphone: fakes.FakeMicrophone, clock: fakes.FakeClock
) -> None:
    async with together(services) as (meeting, pilot):
        await take_over(pilot, "Bea")
        await comes(pilot, ConsoleScreen)
        await pilot.press("enter")
        await comes(pilot, TogetherScreen)
        page = shown(pilot)
        assert QUESTION.prompt in page
        assert "Follow-ups" in page
        assert "Bea asks" in page
        await wait_for(pilot, lambda: bool(microphone.opened))
        spoken = microphone.now
        spoken.on(RecorderPhase.READY, level_dbfs=-30.0, peak_dbfs=-18.0)
        await looked(pilot)
        await speak(pilot, spoken)
        await stands(pilot, meeting, Phase.ANSWERING)
        clock.now_s += 4.0
        await pilot.press("f", "1")
        await wait_for(pilot, lambda: len(now(meeting).probes) == 1)
        bea = meeting.places[1]
        await wait_for(pilot, lambda: bool(bea.view.round and bea.view.round.moments))
        assert [one.at_s for one in bea.view.round.moments if bea.view.round] == [4.0]
        press_at_once(pilot, "n", *"calm", "enter", "g")
        await wait_for(pilot, lambda: len(bea.view.round.moments if bea.view.round else ()) == 3)
        assert GOOD not in shown(pilot), "words are for whoever spoke"
        await pilot.press("f1")
        await comes(pilot, HelpScreen)
        assert "Only the interviewer looks at it." in shown(pilot)
        await pilot.press("escape")
        await pilot.press("enter")
        await take_over(pilot, "Ann")
        await comes(pilot, CorrectScreen)
        await pilot.press("ctrl+s")
        await comes(pilot, PeerRatingScreen)
        await wait_for(pilot, lambda: GOOD in shown(pilot))
    (stored,) = services.answers(LibraryQuery(session_id=f"{meeting.session_id}-1"))
    assert stored.spoken


async def test_without_a_microphone_the_answer_is_typed_behind_a_handover(
    services: Services, microphone: fakes.FakeMicrophone
) -> None:
    async with together(services) as (meeting, pilot):
        await comes(pilot, HandoverScreen)
        await pilot.press("v")
        await wait_for(pilot, lambda: "Answers are spoken. V changes that." in shown(pilot))
        await take_over(pilot, "Bea")
        await comes(pilot, ConsoleScreen)
        await pilot.press("enter")
        await comes(pilot, TogetherScreen)
        await pilot.press("ctrl+e")
        await take_over(pilot, "Ann")
        await comes(pilot, PracticeScreen)
        assert "Follow-ups" not in shown(pilot)
        await type_answer(pilot, "I acknowledge it.")
        await stands(pilot, meeting, Phase.ANSWERING)
        await pilot.press("ctrl+s")
        await comes(pilot, PeerRatingScreen)
        await settle(pilot)


@pytest.mark.usefixtures("by_voice")
async def test_an_answer_that_was_typed_is_typed_on_whatever_the_settings_say(
    services: Services,
) -> None:
    async with together(services) as (meeting, pilot):
        await comes(pilot, HandoverScreen)
        ask(meeting)
        run = services.meetings.run_of(QUESTION, f"{meeting.session_id}-1")
        services.save_draft(replace(services.new_draft(run), text="I was"))
        await take_over(pilot, "Bea")
        await take_over(pilot, "Ann")
        await comes(pilot, PracticeScreen)
        assert pilot.app.screen.query_one(AnswerEditor).text == "I was"
