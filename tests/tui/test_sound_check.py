from collections.abc import Iterator
from dataclasses import replace

import pytest
from textual.widgets import OptionList

from tests import fakes
from tests.tui.steps import settle, shown, started, wait_for, wait_for_screen
from trainer.capture.devices import SoundCheck
from trainer.capture.types import RecorderPhase, RecorderState
from trainer.config import load_settings
from trainer.errors import SoundError
from trainer.services import Services
from trainer.tui.screens.home import HomeScreen
from trainer.tui.screens.settings import SettingsScreen
from trainer.tui.screens.sound_check import SoundCheckScreen

SIZE = (100, 40)


@pytest.fixture(autouse=True)
def sound(services: Services) -> Iterator[None]:
    fakes.FakeMeter.opened.clear()
    services.open_meter = fakes.FakeMeter  # type: ignore[method-assign, assignment]
    services.find_microphones = fakes.microphones  # type: ignore[method-assign]
    yield
    assert all(meter.closed for meter in fakes.FakeMeter.opened)


async def test_the_level_moves_with_a_verdict_and_nothing_is_kept(services: Services) -> None:
    async with started(services, size=SIZE) as (app, pilot):
        await pilot.press("m")
        await wait_for_screen(pilot, SoundCheckScreen)
        assert "Nothing of it is kept" in shown(pilot)
        screen = app.screen
        assert isinstance(screen, SoundCheckScreen)
        (meter,) = fakes.FakeMeter.opened
        for level_dbfs in [-62.0] * 30 + [-25.0] * 30:
            meter.told = replace(meter.told, level_dbfs=level_dbfs)
            screen.look()
        await pilot.pause()
        assert "Good." in shown(pilot)
        meter.told = replace(meter.told, clipped=True)
        for _ in range(20):
            screen.look()
        await pilot.pause()
        assert "Clipping." in shown(pilot)
        assert "clipping" in shown(pilot)
        await pilot.press("escape")
        await wait_for_screen(pilot, HomeScreen)
    assert not services.home.recordings.exists()


async def test_nobody_is_asked_to_speak_before_the_microphone_is_on(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    opening = RecorderState(RecorderPhase.OPENING)
    monkeypatch.setattr(fakes.FakeMeter, "state", lambda meter: opening)
    async with started(services, size=SIZE) as (app, pilot):
        await pilot.press("m")
        await wait_for_screen(pilot, SoundCheckScreen)
        assert isinstance(app.screen, SoundCheckScreen)
        app.screen.look()
        await pilot.pause()
        assert "being opened" in shown(pilot)
        assert "Speak for some seconds" not in shown(pilot)
        monkeypatch.undo()
        app.screen.look()
        await pilot.pause()
        assert "Speak for some seconds" in shown(pilot)


async def test_a_microphone_is_chosen_used_and_kept_in_the_settings(services: Services) -> None:
    async with started(services, size=SIZE) as (_, pilot):
        await pilot.press("m")
        await wait_for_screen(pilot, SoundCheckScreen)
        assert "● The system's choice (Desk microphone)" in shown(pilot)
        assert "2 microphones were found" in shown(pilot)
        await pilot.press("down", "down", "enter")
        await wait_for(pilot, lambda: len(fakes.FakeMeter.opened) == 2)
        await settle(pilot)
        assert fakes.FakeMeter.opened[0].closed
        assert "● Headset" in shown(pilot)
        await wait_for(pilot, lambda: "Microphone: Headset" in shown(pilot))
    kept, _ = load_settings(services.home)
    assert kept.device == "Headset"


async def test_microphones_are_looked_for_again_on_r(services: Services) -> None:
    async with started(services, size=SIZE) as (_, pilot):
        services.find_microphones = SoundCheck  # type: ignore[method-assign, assignment]
        await pilot.press("m")
        await wait_for_screen(pilot, SoundCheckScreen)
        assert "None was found" in shown(pilot)
        services.find_microphones = fakes.microphones  # type: ignore[method-assign]
        await pilot.press("r")
        await settle(pilot)
        assert "Headset" in shown(pilot)


async def test_a_chosen_microphone_that_is_not_there_stays_in_the_list(services: Services) -> None:
    services.settings = replace(services.settings, device="Old headset")
    async with started(services, size=SIZE) as (app, pilot):
        await pilot.press("m")
        await wait_for_screen(pilot, SoundCheckScreen)
        assert "● Old headset (not there now)" in shown(pilot)
        assert app.screen.query_one(OptionList).highlighted == 3


async def test_a_microphone_that_cannot_be_opened_is_told_with_its_remedy(
    services: Services,
) -> None:
    async with started(services, size=SIZE) as (app, pilot):
        await pilot.press("m")
        await wait_for_screen(pilot, SoundCheckScreen)
        (meter,) = fakes.FakeMeter.opened
        problem = SoundError("The microphone is in use by another program.", "Close that.")
        meter.told = replace(meter.told, phase=RecorderPhase.ENDED, problem=problem)
        assert isinstance(app.screen, SoundCheckScreen)
        app.screen.look()
        await pilot.pause()
        assert "The microphone is in use by another program. Close that." in shown(pilot)
        assert "no sound" in shown(pilot)
        assert "being opened" not in shown(pilot)
        await pilot.press("r")  # after it was connected
        await wait_for(pilot, lambda: len(fakes.FakeMeter.opened) == 2)
        await wait_for(pilot, lambda: "Microphone: Desk" in shown(pilot))


async def test_the_settings_lead_to_the_sound_check(services: Services) -> None:
    async with started(services, size=SIZE) as (app, pilot):
        await pilot.press("s")
        await wait_for_screen(pilot, SettingsScreen)
        app.screen.query_one("#microphone").focus()
        await pilot.press("enter")
        await wait_for_screen(pilot, SoundCheckScreen)
        await pilot.press("down", "down", "enter")
        await settle(pilot)
        await pilot.press("escape")
        await wait_for_screen(pilot, SettingsScreen)
        assert "Headset · sound check" in shown(pilot)
