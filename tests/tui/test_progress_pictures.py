"""Pictures of progress, and of how raters agree over all sessions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.tui import agreeing, progressing
from tests.tui.pictures import MIDDLE, SMALL, Size, assert_drawn
from tests.tui.steps import settle
from trainer.services import Services
from trainer.tui.app import TrainerApp


@pytest.mark.parametrize(
    ("name", "fill", "keys", "theme", "size"),
    [
        ("points", progressing.fill, "p3", "dark", SMALL),
        ("scores", progressing.fill, "p2", "light", MIDDLE),
        ("differences", agreeing.fill, "pa1", "dark", SMALL),
        ("raters", agreeing.fill, "pa2", "light", MIDDLE),
    ],
)
def test_picture(
    services: Services,
    snapshot: Any,
    name: str,
    fill: Callable[[Services], object],
    keys: str,
    theme: str,
    size: Size,
) -> None:
    fill(services)

    async def open_section(pilot: Pilot[None]) -> None:
        for key in keys:
            await settle(pilot)
            await pilot.press(key)
        await settle(pilot)

    app = TrainerApp(lambda: services, services.settings)
    views = {f"{size[0]}x{size[1]}": (theme, size)}
    assert_drawn(snapshot, app, open_section, views, name)
