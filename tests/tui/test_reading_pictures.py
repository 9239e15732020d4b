"""Pictures of a listening drill: the hidden question, its reading, the hint, and the report."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from tests import fakes
from tests.tui.pictures import Steps, assert_drawn
from tests.tui.steps import answer, settle
from tests.tui.voice_steps import ONE, looked
from trainer.capture.types import RecorderPhase
from trainer.services import Services
from trainer.tui.app import TrainerApp
from trainer.tui.screens.asking import AskingScreen
from trainer.tui.screens.practice import PracticeScreen


def services_of(pilot: Pilot[None]) -> Services:
    assert isinstance(pilot.app, TrainerApp)
    return pilot.app.services


async def followed(pilot: Pilot[None]) -> None:
    screen = pilot.app.screen
    assert isinstance(screen, AskingScreen)
    screen.follow_voice()
    await looked(pilot)


def voice_of(pilot: Pilot[None]) -> fakes.FakeVoice:
    reading = services_of(pilot).reading
    assert isinstance(reading, fakes.FakeAloud)
    return reading.now


async def heard(pilot: Pilot[None]) -> None:
    voice_of(pilot).sounds()
    voice_of(pilot).end()
    await followed(pilot)


async def by_voice(pilot: Pilot[None]) -> None:
    await settle(pilot)
    microphone = services_of(pilot)._open_spoken
    assert isinstance(microphone, fakes.FakeMicrophone)
    microphone.now.on(RecorderPhase.READY, level_dbfs=-34.0, peak_dbfs=-22.0)
    voice_of(pilot).sounds()
    await followed(pilot)


async def typed(pilot: Pilot[None]) -> None:
    await settle(pilot)
    assert isinstance(pilot.app.screen, PracticeScreen)
    await heard(pilot)
    await pilot.press("ctrl+g")
    await settle(pilot)


async def report(pilot: Pilot[None]) -> None:
    await settle(pilot)
    await heard(pilot)
    await pilot.press("ctrl+l")
    await heard(pilot)
    await answer(pilot, "About my Step 1 score: I acknowledge it. A half-change came after.")


SCREENS: dict[str, Steps] = {"by-voice": by_voice, "typed": typed, "report": report}


@pytest.mark.parametrize("name", SCREENS)
def test_picture(
    services: Services,
    snapshot: Any,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    name: str,
) -> None:
    monkeypatch.setattr(services, "home", replace(services.home, root=fakes.SHOWN_HOME))
    monkeypatch.setattr(services, "new_recording", lambda: tmp_path / f"{0:032x}.wav")
    way = "voice" if name == "by-voice" else "typed"
    services.settings = replace(services.settings, reading="drill", answer=way)
    run = services.plan(question_ids=ONE)
    app = TrainerApp(lambda: services, services.settings, run)
    assert_drawn(snapshot, app, SCREENS[name], name=name)
