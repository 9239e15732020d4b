"""Pictures of the page with all that is stored, of its typed question, and of writing to a file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import Screen

from tests import fakes
from tests.tui.pictures import Steps, assert_drawn
from tests.tui.steps import settle, wait_for_screen
from trainer.care import Share, Survey
from trainer.holdings import Holding
from trainer.keeping.types import Amount, Count
from trainer.services import Services
from trainer.store.types import LibraryQuery
from trainer.tui.app import TrainerApp
from trainer.tui.screens.data import DataScreen
from trainer.tui.screens.exporting import ExportScreen
from trainer.tui.screens.typed_confirm import TypedConfirmScreen

ROOT = fakes.SHOWN_HOME
COPY = Holding("copies", ROOT / "trainer.sqlite3.damaged-20260211T180412Z", 1_210_000)
OWN = (
    Holding("banks", ROOT / "banks" / "my-questions.yaml", 2_100),
    Holding("other", ROOT / "letter.txt", 3_000),
)
LINK = Holding("recordings", ROOT / "recordings", 0, "/media/disk/recordings")
SURVEY = Survey(
    ROOT,
    private=True,
    answers=34,
    unfinished=2,
    sound=Count(Amount(21, 34_000_000), Amount(), Amount(), Amount(), Amount(), None),
    shares=(
        Share("history", 3, 1_310_000),
        Share("recordings", 42, 34_000_000, (LINK,)),
        Share("copies", 1, COPY.bytes),
        Share("profile", 1, 300),
        Share("calibration", 1, 2_100),
        Share("settings", 1, 500),
        Share("logs", 2, 20_000),
        Share("models", 1, 68_000_000),
        Share("locks", 2, 0),
        Share("banks", 1, OWN[0].bytes),
        Share("other", 1, OWN[1].bytes),
    ),
    copies=(COPY,),
    own=OWN,
)


async def show(pilot: Pilot[None], screen: Screen[Any]) -> None:
    await settle(pilot)
    pilot.app.push_screen(screen)
    await wait_for_screen(pilot, type(screen))


async def data(pilot: Pilot[None]) -> None:
    await show(pilot, DataScreen())


async def everything(pilot: Pilot[None]) -> None:
    await data(pilot)
    await pilot.press("d")
    await wait_for_screen(pilot, TypedConfirmScreen)
    await pilot.press("y", "enter")
    await settle(pilot)


async def write(pilot: Pilot[None]) -> None:
    await show(pilot, ExportScreen(LibraryQuery()))


SCREENS: dict[str, Steps] = {"data": data, "everything": everything, "write": write}


@pytest.mark.parametrize("name", SCREENS)
def test_picture(
    services: Services,
    snapshot: Any,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    monkeypatch.setattr(services, "home", replace(services.home, root=ROOT))
    monkeypatch.setattr(services.care, "survey", lambda: SURVEY)
    monkeypatch.setattr(services, "count_answers", lambda query: 34)
    monkeypatch.setattr(Path, "home", lambda: Path("/home/you"))
    app = TrainerApp(lambda: services, services.settings)
    assert_drawn(snapshot, app, SCREENS[name], name=name)
