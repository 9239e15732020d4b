"""Pictures of the progress screen: the points by week, and the scores."""

from __future__ import annotations

from typing import Any

import pytest
from textual.pilot import Pilot

from tests.tui.progressing import fill
from tests.tui.steps import settle, wait_for_screen
from trainer.services import Services
from trainer.tui.app import TrainerApp
from trainer.tui.screens.progress import ProgressScreen


@pytest.mark.parametrize(
    ("section", "size", "theme"),
    [("3", (80, 24), "dark"), ("2", (120, 40), "light")],
    ids=["points-80x24", "scores-120x40"],
)
def test_picture(
    services: Services, snap_compare: Any, section: str, size: tuple[int, int], theme: str
) -> None:
    fill(services)

    async def open_section(pilot: Pilot[None]) -> None:
        await settle(pilot)
        pilot.app.theme = f"trainer-{theme}"
        await pilot.press("p")
        await wait_for_screen(pilot, ProgressScreen)
        await settle(pilot)
        await pilot.press(section)
        await settle(pilot)

    app = TrainerApp(lambda: services, services.settings, None)
    assert snap_compare(app, terminal_size=size, run_before=open_section)
