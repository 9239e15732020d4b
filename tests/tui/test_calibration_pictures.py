"""Pictures of a reading: the text, the measuring, and what came of it, good and bad."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from textual.pilot import Pilot

from tests import fakes
from tests.tui.steps import settle, shown, wait_for, wait_for_screen
from trainer.calibration.readings import load_readings
from trainer.services import Services
from trainer.tui.app import TrainerApp
from trainer.tui.screens import calibration as screens
from trainer.tui.screens.calibration import CalibrationScreen

Steps = Callable[[Pilot[None]], Awaitable[None]]
SIZES = ((80, 24), (120, 40), (60, 20))


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
VIEWS = [
    *((name, "dark", size) for name in SCREENS for size in SIZES),
    ("measured", "light", SIZES[0]),
]


@pytest.mark.parametrize(
    ("name", "theme", "size"), VIEWS, ids=[f"{n}-{t}-{s[0]}x{s[1]}" for n, t, s in VIEWS]
)
def test_picture(
    services: Services,
    installer: fakes.FakeInstaller,
    snap_compare: Any,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    theme: str,
    size: tuple[int, int],
) -> None:
    calibrations = fakes.FakeCalibrations()
    monkeypatch.setattr(fakes, "READINGS", load_readings())
    monkeypatch.setattr(services, "calibrations", calibrations)
    monkeypatch.setattr(screens, "absent_model", lambda home, settings: "vosk-model-en-us-0.22")
    monkeypatch.setattr(services, "home", replace(services.home, root=fakes.SHOWN_HOME))
    services.settings = replace(services.settings, theme=theme)
    monkeypatch.setattr(services, "change_settings", partial(setattr, services, "settings"))
    assert snap_compare(
        TrainerApp(lambda: services, services.settings),
        terminal_size=size,
        run_before=SCREENS[name],
    )
