"""Pictures of the form that writes an answer for a mentor."""

from __future__ import annotations

from typing import Any

from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input

from tests.tui.pictures import assert_drawn
from tests.tui.spoken import spoken_attempt
from tests.tui.steps import settle
from trainer.services import Services
from trainer.tui.app import TrainerApp
from trainer.tui.screens.sharing import ShareScreen


def test_picture(services: Services, snapshot: Any) -> None:
    attempt_id = spoken_attempt(services, "i acknowledge it and then i changed")

    async def steps(pilot: Pilot[None]) -> None:
        await pilot.app.push_screen(ShareScreen(attempt_id))
        line = pilot.app.screen.query_one(Input)
        await settle(pilot)
        line.value = "/home/user/answer.json"
        await pilot.press("shift+tab", "shift+tab", "space")
        await settle(pilot)

    app = TrainerApp(lambda: services, services.settings)
    app.get_default_screen = Screen  # type: ignore[assignment, method-assign]
    assert_drawn(snapshot, app, steps)
