"""Pictures of the ways into a session, of its lobby and of a line to write."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList

from tests.tui.pictures import Steps, assert_drawn
from tests.tui.steps import comes, settle
from trainer.meeting import drawing
from trainer.meeting.keyboard import KeyboardMeeting
from trainer.meeting.types import KeptSession
from trainer.peer import events
from trainer.peer.code import Code
from trainer.peer.types import Phase
from trainer.services import Services
from trainer.tui.app import TrainerApp
from trainer.tui.screens.peer import lobby_lines
from trainer.tui.screens.peer.frame import MeetingScreen
from trainer.tui.screens.peer.line import LineScreen
from trainer.tui.screens.peer.lobby import LobbyScreen
from trainer.tui.screens.peer.opening import PeerScreen

KEPT = (
    KeptSession("one", "2026-03-01T18:30:00Z", "", ("Ann", "Ben"), 3, Phase.RATING, False),
    KeptSession("two", "2026-02-20T18:30:00Z", "Mock day", ("Ann", "Cat"), 1, None, True, True),
)


def services_of(pilot: Pilot[None]) -> Services:
    assert isinstance(pilot.app, TrainerApp)
    return pilot.app.services


async def lobby(pilot: Pilot[None]) -> None:
    """Open the lobby of a host with three others and a plan."""
    services = services_of(pilot)
    meeting = services.meetings.together(["Ann", "Ben", "Cat", "Dan"])
    assert isinstance(meeting, KeyboardMeeting)
    meeting.on_one_keyboard = False  # type: ignore[misc]
    meeting.code = Code(28_700, 12_345)
    ann, ben, *_ = (place.you for place in meeting.places)
    items = services.plan(count=3, seed=1).items
    plan = (*drawing.turns(services.library(), items, ann, ben), drawing.open_round())
    meeting.send(events.PlanAdded(ann, "", plan)).result(5)
    await settle(pilot)
    await pilot.app.push_screen(MeetingScreen(meeting))
    await comes(pilot, LobbyScreen)
    await settle(pilot)


async def ways(pilot: Pilot[None]) -> None:
    await settle(pilot)
    await pilot.press("w")
    await comes(pilot, PeerScreen)
    await settle(pilot)


async def line(pilot: Pilot[None]) -> None:
    await ways(pilot)
    pilot.app.screen.query_one(OptionList).highlighted = 2
    await pilot.press("enter")
    await comes(pilot, LineScreen)
    await pilot.press(*"K7MP", "enter")
    await settle(pilot)


SCREENS: dict[str, Steps] = {"lobby": lobby, "ways": ways, "line": line}


@pytest.mark.parametrize("name", SCREENS)
def test_picture(
    services: Services,
    snapshot: Any,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    monkeypatch.setattr(lobby_lines, "_own_machine", lambda: "laptop")
    monkeypatch.setattr(services.meetings, "kept", lambda: KEPT)
    services.settings = replace(services.settings, name="Ann")
    app = TrainerApp(lambda: services, services.settings)
    assert_drawn(snapshot, app, SCREENS[name], name=name)
