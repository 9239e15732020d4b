"""Pictures of a reading: the text, the measuring, and what came of it, good and bad."""

from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from textual.pilot import Pilot

from tests import fakes
from tests.tui.pictures import MIDDLE, SMALL, Steps, assert_drawn, at
from tests.tui.steps import settle, shown, wait_for, wait_for_screen
from trainer.calibration.readings import load_readings
from trainer.services import Services
from trainer.tui.app import TrainerApp
from trainer.tui.screens import calibration as screens
from trainer.tui.screens.calibration import CalibrationScreen

SIZES = (SMALL, MIDDLE, (60, 20))


def _takes(pilot: Pilot[None]) -> fakes.FakeCalibrations:
    assert isinstance(pilot.app, TrainerApp)
    calibrations = pilot.app.services.calibrations
    assert isinstance(calibrations, fakes.FakeCalibrations)
    return calibrations


async def ready(pilot: Pilot[None]) -> None:
    await settle(pilot)
    pilot.app.push_screen(CalibrationScreen())
    await wait_for_screen(pilot, CalibrationScreen)
    await wait_for(pilot, lambda: "Press Space, then read" in shown(pilot))


async def reading(pilot: Pilot[None]) -> None:
    await ready(pilot)
    await pilot.press("space")
    take = _takes(pilot).now
    take.told = replace(take.told, length_s=23.4)
    await wait_for(pilot, lambda: "0:23" in shown(pilot))


async def measuring(pilot: Pilot[None]) -> None:
    await reading(pilot)
    await pilot.press("space")
    await wait_for(pilot, lambda: "50%" in shown(pilot))


async def measured(pilot: Pilot[None]) -> None:
    await measuring(pilot)
    _takes(pilot).now.goes_on.set()
    await wait_for(pilot, lambda: "Done." in shown(pilot))
    await settle(pilot)


async def unsure(pilot: Pilot[None]) -> None:
    await measuring(pilot)
    _takes(pilot).now.outcome = fakes.measured(0.45)
    _takes(pilot).now.goes_on.set()
    await wait_for(pilot, lambda: "Done." in shown(pilot))
    await settle(pilot)


SCREENS: dict[str, Steps] = {
    "ready": ready,
    "reading": reading,
    "measuring": measuring,
    "measured": measured,
    "unsure": unsure,
}


@pytest.mark.parametrize("name", SCREENS)
def test_picture(
    services: Services,
    installer: fakes.FakeInstaller,
    snapshot: Any,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    calibrations = fakes.FakeCalibrations()
    monkeypatch.setattr(fakes, "READINGS", load_readings())
    monkeypatch.setattr(services, "calibrations", calibrations)
    monkeypatch.setattr(screens, "absent_model", lambda home, settings: "vosk-model-en-us-0.22")
    monkeypatch.setattr(services, "home", replace(services.home, root=fakes.SHOWN_HOME))
    monkeypatch.setattr(services, "change_settings", partial(setattr, services, "settings"))
    assert_drawn(
        snapshot,
        TrainerApp(lambda: services, services.settings),
        SCREENS[name],
        at(*SIZES, light=SMALL if name == "measured" else None),
        name,
    )
