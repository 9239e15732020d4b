"""What a user does who answers by voice, with a microphone that the test plays."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

from textual.pilot import Pilot

from tests import fakes
from tests.tui.steps import settle, started, wait_for
from trainer.capture.types import RecorderPhase
from trainer.services import Services
from trainer.tui.screens.speaking import SpeakingScreen

ONE = ["low-score-direct"]
GOOD = "i acknowledge the low score then came the change"
SIZE = (100, 40)


@asynccontextmanager
async def asked(
    services: Services,
    microphone: fakes.FakeMicrophone,
    size: tuple[int, int] = SIZE,
    home: bool = False,
) -> AsyncIterator[tuple[SpeakingScreen, fakes.FakeSpoken, Pilot[None]]]:
    """Ask a question by voice, with the microphone on, over an empty screen or over `home`."""
    async with started(services, services.plan(question_ids=ONE), size, home) as (app, pilot):
        screen = app.screen
        assert isinstance(screen, SpeakingScreen)
        microphone.now.on(RecorderPhase.READY, level_dbfs=-30.0, peak_dbfs=-18.0)
        await looked(pilot)
        yield screen, microphone.now, pilot


async def looked(pilot: Pilot[None]) -> None:
    """Wait until the screen has seen what the recorder tells now, and has acted on it."""
    for screen in pilot.app.screen_stack:
        if isinstance(screen, SpeakingScreen):
            screen.look()
    await settle(pilot)


async def speak(pilot: Pilot[None], spoken: fakes.FakeSpoken, text: str = GOOD) -> None:
    """Press Space and say these words."""
    await pilot.press("space")
    await wait_for(pilot, lambda: spoken.recorder.phase is RecorderPhase.RECORDING)
    spoken.recorder = replace(spoken.recorder, length_s=len(text.split()) / 2)
    if spoken.recogniser:
        spoken.hears(text, read_s=len(text.split()) / 2)
    await looked(pilot)
