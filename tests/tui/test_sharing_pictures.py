"""Pictures of the form that writes an answer for a mentor."""

from __future__ import annotations

from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from tests.tui.spoken import spoken_attempt
from tests.tui.steps import settle
from trainer.services import Services
from trainer.tui.app import TrainerApp
from trainer.tui.screens.sharing import ShareScreen

SIZES = [(80, 24), (120, 40)]


@pytest.mark.parametrize("size", SIZES, ids=[f"{w}x{h}" for w, h in SIZES])
def test_picture(services: Services, snap_compare: Any, size: tuple[int, int]) -> None:
    attempt_id = spoken_attempt(services, "i acknowledge it and then i changed")

    async def steps(pilot: Pilot[None]) -> None:
        await pilot.app.push_screen(ShareScreen(attempt_id))
        line = pilot.app.screen.query_one(Input)
        line.cursor_blink = False
        await settle(pilot)
        line.value = "/home/user/answer.json"
        await pilot.press("shift+tab", "shift+tab", "space")
        await settle(pilot)

    assert snap_compare(
        TrainerApp(lambda: services, services.settings), terminal_size=size, run_before=steps
    )
