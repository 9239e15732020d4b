"""Pictures of waiting for a question, of a handover, and of recording beside the marks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from textual.pilot import Pilot

from tests import fakes
from tests.tui.pictures import SMALL, assert_drawn
from tests.tui.steps import comes, settle, wait_for
from tests.tui.test_peer_answer import ask, chosen, now
from tests.tui.voice_steps import looked, speak
from trainer.capture.types import RecorderPhase
from trainer.meeting.types import Meeting
from trainer.services import Services
from trainer.tui.app import TrainerApp
from trainer.tui.screens.peer.answer import answer_scene
from trainer.tui.screens.peer.frame import MeetingScreen
from trainer.tui.screens.peer.together import HandoverScreen, TogetherScreen

pytestmark = pytest.mark.usefixtures("by_voice")


@pytest.fixture
def meeting(services: Services) -> Iterator[Meeting]:
    """Ann, whose home it is, asks Bea."""
    begun = chosen(services.meetings.together(["Ann", "Bea"]), candidate=1)
    yield begun
    begun.close()


def test_picture_of_waiting(services: Services, meeting: Meeting, snapshot: Any) -> None:
    async def wait(pilot: Pilot[None]) -> None:
        await pilot.app.push_screen(answer_scene(meeting, meeting.places[1]))
        await settle(pilot)

    app = TrainerApp(lambda: services, services.settings)
    assert_drawn(snapshot, app, wait, [SMALL])


def test_picture_of_a_handover(services: Services, meeting: Meeting, snapshot: Any) -> None:
    async def open_(pilot: Pilot[None]) -> None:
        pilot.app.push_screen(MeetingScreen(meeting))
        await comes(pilot, HandoverScreen)
        await settle(pilot)

    app = TrainerApp(lambda: services, services.settings)
    assert_drawn(snapshot, app, open_, [SMALL])


def test_picture_of_recording_beside_marks(
    services: Services,
    meeting: Meeting,
    microphone: fakes.FakeMicrophone,
    clock: fakes.FakeClock,
    snapshot: Any,
) -> None:
    async def mark(pilot: Pilot[None]) -> None:
        pilot.app.push_screen(MeetingScreen(meeting))
        await comes(pilot, HandoverScreen)
        await pilot.press("t")
        await comes(pilot, TogetherScreen)
        await wait_for(pilot, lambda: bool(microphone.opened))
        spoken = microphone.now
        spoken.on(RecorderPhase.READY, level_dbfs=-30.0, peak_dbfs=-18.0)
        await looked(pilot)
        await speak(pilot, spoken)
        clock.now_s += 34.0
        await pilot.press("f", "1", "g")
        await wait_for(pilot, lambda: len(now(meeting).probes) == 1)
        await looked(pilot)
        await settle(pilot)

    ask(meeting, by=0)
    app = TrainerApp(lambda: services, services.settings)
    assert_drawn(snapshot, app, mark)
