"""Pictures of how raters agree: the differences, and who gives more."""

from __future__ import annotations

from typing import Any

import pytest
from textual.pilot import Pilot

from tests.tui.agreeing import fill
from tests.tui.steps import settle
from tests.tui.test_agreement import opened
from trainer.services import Services
from trainer.tui.app import TrainerApp


@pytest.mark.parametrize(
    ("section", "size", "theme"),
    [("1", (80, 24), "dark"), ("2", (120, 40), "light")],
    ids=["differences-80x24", "raters-120x40"],
)
def test_picture(
    services: Services, snap_compare: Any, section: str, size: tuple[int, int], theme: str
) -> None:
    fill(services)

    async def open_section(pilot: Pilot[None]) -> None:
        await settle(pilot)
        pilot.app.theme = f"trainer-{theme}"
        await opened(pilot)
        await pilot.press(section)
        await settle(pilot)

    app = TrainerApp(lambda: services, services.settings, None)
    assert snap_compare(app, terminal_size=size, run_before=open_section)
