"""Pictures of the speech models: the table, an installation half way, its failure, the offer."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import Screen

from tests import fakes
from tests.tui.pictures import MIDDLE, SMALL, Steps, assert_drawn, at
from tests.tui.steps import settle, shown, wait_for, wait_for_screen
from trainer.installing.types import InstallError, Progress
from trainer.services import Services
from trainer.tui.app import TrainerApp
from trainer.tui.screens.models import ModelsScreen
from trainer.tui.screens.offer import OfferScreen

INDIAN = "vosk-model-small-en-in-0.4"


def installer_of(pilot: Pilot[None]) -> fakes.FakeInstaller:
    assert isinstance(pilot.app, TrainerApp)
    installer = pilot.app.services.models
    assert isinstance(installer, fakes.FakeInstaller)
    return installer


async def opened(pilot: Pilot[None], screen: Screen[None]) -> None:
    await settle(pilot)
    pilot.app.push_screen(Screen())  # home tells what this machine has
    pilot.app.push_screen(screen)
    await wait_for_screen(pilot, type(screen))


async def models(pilot: Pilot[None]) -> None:
    await opened(pilot, ModelsScreen())


async def broken_off(pilot: Pilot[None]) -> None:
    await models(pilot)
    screen = pilot.app.screen
    assert isinstance(screen, ModelsScreen)
    screen.install(INDIAN)
    problem = InstallError(
        "The connection was lost after 21 MB.", "Press I: it goes on from there."
    )
    installer_of(pilot).kept = {INDIAN: 21_000_000}
    installer_of(pilot).finish(problem)
    await wait_for(pilot, lambda: screen.working is None)
    await settle(pilot)


async def offer(pilot: Pilot[None]) -> None:
    assert isinstance(pilot.app, TrainerApp)
    services = pilot.app.services
    services.settings = replace(services.settings, accent=None)
    await opened(pilot, OfferScreen(services.plan()))


async def half_way(pilot: Pilot[None]) -> None:
    """Show the offer while it downloads; the picture is taken of a screen that is at rest."""
    await offer(pilot)
    screen = pilot.app.screen
    assert isinstance(screen, OfferScreen)
    screen.working = "Installing"
    screen.add_class("-working")
    screen.refresh_bindings()
    screen.post_message(screen.Moved(Progress("downloading", 20_600_000, 41_205_931)))
    await wait_for(pilot, lambda: "50%" in shown(pilot))


SCREENS: dict[str, Steps] = {
    "models": models,
    "broken-off": broken_off,
    "offer": offer,
    "half-way": half_way,
}


@pytest.mark.parametrize("name", SCREENS)
def test_picture(
    services: Services,
    installer: fakes.FakeInstaller,
    snapshot: Any,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    installer.kept = {"vosk-model-en-us-0.22-lgraph": 54_000_000}
    services.settings = replace(services.settings, accent="indian")
    monkeypatch.setattr(services, "change_settings", partial(setattr, services, "settings"))
    sizes = (SMALL, MIDDLE) if name in ("models", "offer") else (SMALL,)
    assert_drawn(
        snapshot,
        TrainerApp(lambda: services, services.settings),
        SCREENS[name],
        at(*sizes, light=SMALL if name == "models" else None),
        name,
    )
