"""Pictures of the interviewer's console, before the question is asked and while it is answered."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from textual.pilot import Pilot

from tests import fakes
from tests.tui.pictures import MIDDLE, SMALL, Size, assert_drawn
from tests.tui.steps import settle, wait_for
from tests.tui.test_console import lead_to, meeting  # noqa: F401 - a fixture
from trainer.meeting.keyboard import KeyboardMeeting
from trainer.meeting.timing import FollowedClock
from trainer.peer.types import Phase
from trainer.services import Services
from trainer.tui.app import TrainerApp
from trainer.tui.screens.peer.console import ConsoleScreen
from trainer.tui.screens.peer.improvising import ImproviseScreen

Steps = Callable[[Pilot[None], ConsoleScreen, fakes.FakeClock], Awaitable[None]]


async def planned(pilot: Pilot[None], screen: ConsoleScreen, clock: fakes.FakeClock) -> None:
    await settle(pilot)


async def answering(pilot: Pilot[None], screen: ConsoleScreen, clock: fakes.FakeClock) -> None:
    clock.now_s += 20
    await pilot.press("f", "g", "2", "n", *"a clear plan", "enter")
    clock.now_s += 34
    await pilot.press("f")
    await wait_for(pilot, lambda: not screen.panel.is_waiting)
    screen._tick()
    await settle(pilot)


async def improvised(pilot: Pilot[None], screen: ConsoleScreen, clock: fakes.FakeClock) -> None:
    await pilot.press("i")
    await wait_for(pilot, lambda: isinstance(pilot.app.screen, ImproviseScreen))
    await pilot.press(*"Why here", "tab", "down")
    await settle(pilot)


PICTURES: dict[str, tuple[Steps, list[Size]]] = {
    "planned": (planned, [SMALL]),
    "answering": (answering, [SMALL, MIDDLE]),
    "improvised": (improvised, [SMALL]),
}


@pytest.mark.parametrize("name", PICTURES)
def test_picture(
    services: Services,
    meeting: KeyboardMeeting,  # noqa: F811 - the fixture
    clock: fakes.FakeClock,
    snapshot: Any,
    name: str,
) -> None:
    steps, sizes = PICTURES[name]
    lead_to(meeting, Phase.ANSWERING if name == "answering" else Phase.PLANNED)
    screen = ConsoleScreen(meeting, meeting.places[1])
    screen._clock = FollowedClock(1e9)  # what has really passed by then counts nothing

    async def run(pilot: Pilot[None]) -> None:
        loop = asyncio.get_running_loop()
        meeting.listen(lambda: loop.call_soon_threadsafe(screen.call_later, screen.look_again))
        await settle(pilot)
        await steps(pilot, screen, clock)
        meeting.listen(None)

    app = TrainerApp(lambda: services, services.settings, opened_first=screen)
    assert_drawn(snapshot, app, run, sizes, name)
