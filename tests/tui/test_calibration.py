"""The screen of a reading: what it asks, shows and keeps, and how it is stopped."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from textual.pilot import Pilot
from textual.widgets import Button

from tests import fakes
from tests.tui.steps import comes, settle, shown, started, wait_for, wait_for_screen
from tests.waiting import wait_until
from trainer.capture.types import RecorderPhase
from trainer.errors import SoundError, TrainerError
from trainer.services import Services
from trainer.tui.screens import calibration as screens
from trainer.tui.screens.calibration import CalibrationScreen
from trainer.tui.screens.confirm import ConfirmScreen
from trainer.tui.screens.settings import SettingsScreen
from trainer.tui.screens.sound_check import SoundCheckScreen

BETTER = "vosk-model-en-us-0.22-lgraph"


@pytest.fixture(autouse=True)
def calibrations(
    services: Services, installer: fakes.FakeInstaller, monkeypatch: pytest.MonkeyPatch
) -> Iterator[fakes.FakeCalibrations]:
    made = fakes.FakeCalibrations()
    monkeypatch.setattr(services, "calibrations", made)
    monkeypatch.setattr(screens, "absent_model", lambda home, settings: BETTER)
    installer.installed.add(fakes.BEST.model)
    yield made
    assert all("close" in take.calls for take in made.takes)


@asynccontextmanager
async def opened(
    services: Services, size: tuple[int, int] = (80, 24), settings: bool = False
) -> AsyncIterator[tuple[CalibrationScreen, Pilot[None]]]:
    """Open the screen, from the `settings` as a user does or at once, with its microphone ready."""
    async with started(services, size=size, home=settings) as (app, pilot):
        if settings:
            await pilot.press("s")
            await wait_for_screen(pilot, SettingsScreen)
            app.screen.query_one("#voice", Button).press()
        else:
            app.push_screen(CalibrationScreen())
        await wait_for_screen(pilot, CalibrationScreen)
        assert isinstance(app.screen, CalibrationScreen)
        yield app.screen, pilot


async def says(pilot: Pilot[None], text: str) -> None:
    """Wait until the screen shows this."""
    await wait_for(pilot, lambda: text in " ".join(shown(pilot).split()))


async def read_aloud(pilot: Pilot[None]) -> None:
    """Record a reading, until it is being measured."""
    await says(pilot, "Press Space, then read")
    await pilot.press("space")
    await says(pilot, "Read aloud now")
    await pilot.press("space")
    await says(pilot, "small-en-us-0.15: 50%")


async def test_a_reading_is_recorded_measured_and_its_figures_kept(
    services: Services, calibrations: fakes.FakeCalibrations
) -> None:
    async with opened(services, settings=True) as (_, pilot):
        await says(pilot, "I saw forty patients on a usual day.")
        assert "Only figures are kept" in shown(pilot)
        await read_aloud(pilot)
        assert "The sound is deleted afterwards" in shown(pilot)
        assert calibrations.kept is None
        calibrations.now.goes_on.set()
        await says(pilot, "Done. The sound is deleted, and the figures are kept.")
        await says(pilot, "Your pace in reading")
        lines = [" ".join(line.split()) for line in shown(pilot).splitlines()]
        assert "small-en-us-0.15 12 (8 to 18) recommended used now" in lines
        assert "built-in recogniser 52 (41 to 64)" in lines
        assert "small-en-us-0.15 hears you best." in lines
        assert "Your pace in reading: 128 words a minute, 151 without pauses." in lines
    assert calibrations.kept == fakes.measured().calibration
    assert calibrations.now.calls == ["record", "stop", "measure clinic", "close"]


async def test_another_text_can_be_chosen_before_and_not_while_one_reads(
    services: Services, calibrations: fakes.FakeCalibrations
) -> None:
    async with opened(services) as (_, pilot):
        await says(pilot, "I saw forty patients")
        await pilot.press("t")
        await says(pilot, "We joined a large team.")
        await pilot.press("space")
        await says(pilot, "Read aloud now")
        await pilot.press("t", "u", "f")
        assert "We joined a large team." in shown(pilot)
        await pilot.press("space")
        await wait_for(pilot, lambda: "measure team" in calibrations.now.calls)


async def test_a_reading_is_stopped_and_another_begun(
    services: Services, calibrations: fakes.FakeCalibrations
) -> None:
    async with opened(services, settings=True) as (_, pilot):
        await says(pilot, "Press Space, then read")
        await pilot.press("space")
        await says(pilot, "Read aloud now")
        await pilot.press("escape")
        await wait_for(pilot, lambda: len(calibrations.takes) == 2)
        await read_aloud(pilot)
        await pilot.press("escape")
        await wait_for(pilot, lambda: len(calibrations.takes) == 3)
        await wait_for(pilot, lambda: "close" in calibrations.takes[1].calls)
        await says(pilot, "Press Space, then read")
        await pilot.press("escape")
        await wait_for_screen(pilot, SettingsScreen)
    assert calibrations.kept is None


async def test_the_program_can_be_left_while_it_measures(
    services: Services, calibrations: fakes.FakeCalibrations
) -> None:
    async with opened(services) as (_, pilot):
        await read_aloud(pilot)
        await pilot.press("ctrl+q")
    wait_until(lambda: calibrations.now.calls[-1] == "close", "the end of what was measured")
    assert calibrations.kept is None


async def test_the_recommended_recogniser_is_tried_then_used(
    services: Services, calibrations: fakes.FakeCalibrations, installer: fakes.FakeInstaller
) -> None:
    services.settings = replace(services.settings, model="builtin")
    async with opened(services) as (_, pilot):
        await read_aloud(pilot)
        calibrations.now.goes_on.set()
        await says(pilot, "52 (41 to 64) used now")
        await pilot.press("u")
        await says(pilot, "It works. Answers are heard by Vosk small-en-us-0.15.")
        assert services.settings.model
        assert services.settings.model.endswith(fakes.BEST.model)
        assert ("prove", str(fakes.BEST.folder)) in installer.asked
        await says(pilot, "recommended used now")


async def test_one_that_does_not_work_is_not_used(
    services: Services, calibrations: fakes.FakeCalibrations, installer: fakes.FakeInstaller
) -> None:
    services.settings = replace(services.settings, model="builtin")
    installer.problem = SoundError("It is damaged.", "Unpack it again.")
    async with opened(services) as (_, pilot):
        await read_aloud(pilot)
        calibrations.now.goes_on.set()
        await says(pilot, "hears you best")
        await pilot.press("u")
        await says(pilot, "It is damaged. Unpack it again.")
    assert services.settings.model == "builtin"


async def test_many_wrong_words_are_said_plainly_with_what_helps(
    services: Services, calibrations: fakes.FakeCalibrations
) -> None:
    async with opened(services) as (_, pilot):
        calibrations.now.outcome = fakes.measured(0.45)
        await read_aloud(pilot)
        calibrations.now.goes_on.set()
        await says(pilot, "More than 35 words in 100 were wrong.")
        await says(pilot, "Another model may hear you better: en-us-0.22-lgraph.")
        await says(pilot, "and not about your English")


async def test_what_is_no_reading_is_told_and_space_tries_again(
    services: Services, calibrations: fakes.FakeCalibrations
) -> None:
    async with opened(services) as (_, pilot):
        calibrations.now.outcome = TrainerError("It does not fit.", "Read the text.")
        await read_aloud(pilot)
        calibrations.now.goes_on.set()
        await says(pilot, "It does not fit. Read the text.")
        await says(pilot, "Nothing was measured.")
        await pilot.press("space")
        await wait_for(pilot, lambda: len(calibrations.takes) == 2)
        await says(pilot, "Press Space, then read")
    assert calibrations.kept is None


async def test_a_microphone_that_fails_is_told(
    services: Services, calibrations: fakes.FakeCalibrations
) -> None:
    async with opened(services) as (screen, pilot):
        await says(pilot, "Press Space, then read")
        lost = SoundError("The microphone was lost.", "Connect it again.")
        take = calibrations.now
        take.told = replace(take.told, phase=RecorderPhase.ENDED, problem=lost)
        await says(pilot, "The microphone was lost. Connect it again.")
        await wait_for(pilot, lambda: "close" in take.calls)
        assert screen.take is None


async def test_without_a_recogniser_nothing_is_recorded(
    services: Services, calibrations: fakes.FakeCalibrations
) -> None:
    calibrations.problem = SoundError("There is no recogniser.", "Install one.")
    async with opened(services) as (_, pilot):
        await says(pilot, "There is no recogniser. Install one.")
        assert "I saw forty patients" in shown(pilot)
    assert calibrations.takes == []


async def test_the_last_figures_are_named_and_forgotten_after_a_yes(
    services: Services, calibrations: fakes.FakeCalibrations
) -> None:
    calibrations.kept = fakes.measured().calibration
    async with opened(services) as (_, pilot):
        await says(pilot, "Last time (2026-03-04): 12 of 100 words wrong with small-en-us-0.15.")
        await pilot.press("f")
        await comes(pilot, ConfirmScreen)
        await pilot.press("y")
        await wait_for(pilot, lambda: calibrations.kept is None)
        await settle(pilot)
        assert "Last time" not in shown(pilot)


async def test_the_sound_check_leads_here_and_listens_again_after(
    services: Services, calibrations: fakes.FakeCalibrations
) -> None:
    fakes.FakeMeter.opened.clear()
    services.open_meter = fakes.FakeMeter  # type: ignore[method-assign, assignment]
    services.find_microphones = fakes.microphones  # type: ignore[method-assign]
    async with started(services) as (_, pilot):
        await pilot.press("m")
        await wait_for_screen(pilot, SoundCheckScreen)
        await pilot.press("v")
        await wait_for_screen(pilot, CalibrationScreen)
        await wait_for(pilot, lambda: fakes.FakeMeter.opened[0].closed)
        await pilot.press("escape")
        await wait_for_screen(pilot, SoundCheckScreen)
        await wait_for(pilot, lambda: len(fakes.FakeMeter.opened) == 2)
    assert all(meter.closed for meter in fakes.FakeMeter.opened)
