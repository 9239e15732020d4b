"""Pictures of the list of versions, and of a note."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import Screen

from tests.tui.pictures import Steps, assert_drawn
from tests.tui.steps import settle, wait_for_screen
from trainer.analysis.settling import Decision
from trainer.bank.types import Mark
from trainer.services import Services
from trainer.tui.app import TrainerApp
from trainer.tui.screens.notes import NoteScreen
from trainer.tui.screens.report import ReportScreen
from trainer.tui.screens.versions import VersionsScreen

FIRST = "I acknowledge it, and the exam was unfair. Then maybe-change."
SECOND = "I acknowledge it. Then maybe-change, forty questions a day."


async def opened(pilot: Pilot[None]) -> None:
    """Open a report of two versions and four ratings."""
    assert isinstance(pilot.app, TrainerApp)
    services = pilot.app.services
    run = services.plan(question_ids=["low-score-direct"])
    attempt_id = services.finish(replace(services.new_draft(run), text=FIRST), run.item)
    services.correct(attempt_id, SECOND)
    services.settle(attempt_id, {"change": Decision(Mark.PARTLY, (3, 5))})
    services.rate_self(attempt_id, {"acknowledge": Mark.MET, "change": Mark.MET})
    await settle(pilot)
    await pilot.app.push_screen(ReportScreen(services.view(attempt_id)))
    await settle(pilot)


async def versions(pilot: Pilot[None]) -> None:
    await opened(pilot)
    await pilot.press("v")
    await wait_for_screen(pilot, VersionsScreen)
    await pilot.press("end", "space", "up")


async def note(pilot: Pilot[None]) -> None:
    await versions(pilot)
    await pilot.app.push_screen(NoteScreen("Say for how many weeks.", "forty questions a day."))
    await settle(pilot)


SCREENS: dict[str, Steps] = {"versions": versions, "note": note}


@pytest.mark.parametrize("name", SCREENS)
def test_picture(services: Services, snapshot: Any, name: str) -> None:
    app = TrainerApp(lambda: services, services.settings)
    app.get_default_screen = Screen  # type: ignore[assignment, method-assign]
    assert_drawn(snapshot, app, SCREENS[name], name=name)
