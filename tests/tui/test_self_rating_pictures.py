"""Pictures of the form for marks by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from textual.pilot import Pilot

from tests.tui.pictures import assert_drawn
from tests.tui.steps import settle, type_answer, wait_for_screen
from trainer.services import Services
from trainer.tui.app import TrainerApp
from trainer.tui.screens.self_rating import SelfRatingScreen


async def second_point(pilot: Pilot[None]) -> None:
    await settle(pilot)
    await type_answer(pilot, "I acknowledge it. The schedule that I kept then was my own.")
    await pilot.press("ctrl+s")
    await wait_for_screen(pilot, SelfRatingScreen)
    await pilot.press("2", "b", "enter")
    await settle(pilot)


def test_picture(services: Services, snapshot: Any) -> None:
    services.settings = replace(services.settings, self_rating=True)
    run = services.plan(question_ids=["low-score-direct"])
    app = TrainerApp(lambda: services, services.settings, run)
    assert_drawn(snapshot, app, second_point)
