"""A picture of every screen: dark at two sizes, light at one, and the wide ones very wide."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from tests import fakes
from tests.tui.conftest import FIRST_MOMENT
from tests.tui.pictures import MIDDLE, SMALL, Steps, assert_drawn, at
from tests.tui.steps import (
    answer,
    open_history,
    settle,
    shown,
    type_answer,
    wait_for,
    wait_for_screen,
)
from trainer.capture.types import RecorderPhase
from trainer.errors import SoundError
from trainer.services import Services
from trainer.tui.app import TrainerApp
from trainer.tui.screens.banks import BanksScreen
from trainer.tui.screens.confirm import ConfirmScreen
from trainer.tui.screens.correct import CorrectScreen
from trainer.tui.screens.help import HelpScreen
from trainer.tui.screens.home import HomeScreen
from trainer.tui.screens.library import LibraryScreen
from trainer.tui.screens.practice import PracticeScreen
from trainer.tui.screens.settings import SettingsScreen
from trainer.tui.screens.settle import SettleScreen
from trainer.tui.screens.sound_check import SoundCheckScreen
from trainer.tui.screens.speaking import SpeakingScreen
from trainer.tui.screens.unfinished import UnfinishedScreen
from trainer.tui.screens.why import WhyScreen

SAID = (
    "my step one score was two hundred nine and that is my own result i read a lot but i hardly? "
    "tested myself then i did two timed? blocks of forty questions every morning"
)
EXPLAINED = (
    "I perhaps-acknowledge it, the score was mine. The exam was unfair. "
    "A planned-change came after."
)
DOUBTED = (
    "It was a hard year for me, and I perhaps-acknowledge that the score was mine. My maybe-change "
    "was forty questions every morning, and a log of every mistake that I read on each Sunday. "
    "After four months I passed the second exam."
)
ANSWER = "I acknowledge it, the score was mine. The exam was unfair. A half-change came after."


async def home(pilot: Pilot[None]) -> None:
    await settle(pilot)


async def practice(pilot: Pilot[None]) -> None:
    await settle(pilot)
    await pilot.press("down", "enter")
    await wait_for_screen(pilot, PracticeScreen)


async def answering(pilot: Pilot[None]) -> None:
    await practice(pilot)
    await type_answer(pilot, ANSWER)
    clock = pilot.app.services.clock  # type: ignore[attr-defined]
    clock.now_s += 42
    await pilot.press("ctrl+g")
    screen = pilot.app.screen
    assert isinstance(screen, PracticeScreen)
    screen._tick()
    screen.save_if_changed()
    await settle(pilot)


async def by_voice(pilot: Pilot[None]) -> None:
    await settle(pilot)
    await pilot.press("v", "down", "enter")
    await wait_for_screen(pilot, SpeakingScreen)
    await wipe_notes(pilot)
    spoken = microphone_of(pilot).now
    spoken.on(RecorderPhase.READY, level_dbfs=-34.0, peak_dbfs=-22.0)
    await look(pilot)


async def speaking(pilot: Pilot[None]) -> None:
    await by_voice(pilot)
    await pilot.press("space")
    spoken = microphone_of(pilot).now
    await wait_for(pilot, lambda: spoken.recorder.phase is RecorderPhase.RECORDING)
    await look(pilot)
    pilot.app.services.clock.now_s += 42  # type: ignore[attr-defined]
    spoken.on(RecorderPhase.RECORDING, length_s=42.3, level_dbfs=-24.0, peak_dbfs=-12.0)
    spoken.hears(SAID, partial="and on sundays a senior", read_s=41.0)
    await look(pilot)
    screen = pilot.app.screen
    assert isinstance(screen, SpeakingScreen)
    screen._tick()
    screen.save_if_changed()
    await settle(pilot)


async def lost(pilot: Pilot[None]) -> None:
    await speaking(pilot)
    problem = SoundError(
        "The microphone is gone. 42 seconds of your answer are kept.",
        "Connect it again, or choose another one.",
    )
    microphone_of(pilot).now.on(RecorderPhase.ENDED, problem=problem)
    await look(pilot)


async def sound_check(pilot: Pilot[None]) -> None:
    await settle(pilot)
    await pilot.press("m")
    await wait_for_screen(pilot, SoundCheckScreen)
    screen = pilot.app.screen
    assert isinstance(screen, SoundCheckScreen)
    for level_dbfs in [-62.0] * 40 + [-25.0] * 160:
        fakes.FakeMeter.opened[-1].told = replace(
            fakes.FakeMeter.opened[-1].told, level_dbfs=level_dbfs
        )
        screen.look()
    await settle(pilot)


def microphone_of(pilot: Pilot[None]) -> fakes.FakeMicrophone:
    """Return the microphone that the services of this picture open."""
    return pilot.app.services._open_spoken  # type: ignore[attr-defined, no-any-return]


async def look(pilot: Pilot[None]) -> None:
    """Show what the recorder tells now."""
    screen = pilot.app.screen
    assert isinstance(screen, SpeakingScreen)
    screen.look()
    await settle(pilot)


async def report(pilot: Pilot[None]) -> None:
    await practice(pilot)
    await answer(pilot, ANSWER)


async def not_sure(pilot: Pilot[None]) -> None:
    await practice(pilot)
    await answer(pilot, DOUBTED)


async def settling(pilot: Pilot[None]) -> None:
    await not_sure(pilot)
    await pilot.press("u")
    await wait_for_screen(pilot, SettleScreen)
    await pilot.press("1")
    await settle(pilot)


async def why(pilot: Pilot[None]) -> None:
    await practice(pilot)
    await answer(pilot, EXPLAINED)
    await pilot.press("y")
    await wait_for_screen(pilot, WhyScreen)
    await wait_for(pilot, lambda: "Checklist" in shown(pilot))
    await pilot.press("j")
    await settle(pilot)


async def correct(pilot: Pilot[None]) -> None:
    await report(pilot)
    await pilot.press("c")
    await wait_for_screen(pilot, CorrectScreen)


async def confirm(pilot: Pilot[None]) -> None:
    await report(pilot)
    await pilot.press("d")
    await wait_for_screen(pilot, ConfirmScreen)


async def history(pilot: Pilot[None]) -> None:
    await report(pilot)
    services = pilot.app.services  # type: ignore[attr-defined]
    services._now = lambda: FIRST_MOMENT + timedelta(minutes=4)  # however often it was saved
    await pilot.press("f")
    await wait_for_screen(pilot, PracticeScreen)
    await answer(pilot, "The change was a log.")
    await open_history(pilot)
    await wait_for(pilot, lambda: "2 answers" in shown(pilot))


async def empty_history(pilot: Pilot[None]) -> None:
    await settle(pilot)
    await pilot.press("h")
    await wait_for_screen(pilot, LibraryScreen)


async def unfinished(pilot: Pilot[None]) -> None:
    await practice(pilot)
    await type_answer(pilot, "The first half of an answer")
    await pilot.press("escape")
    await wait_for_screen(pilot, HomeScreen)
    await settle(pilot)
    await wipe_notes(pilot)
    await pilot.press("u")
    await wait_for_screen(pilot, UnfinishedScreen)


async def banks(pilot: Pilot[None]) -> None:
    await settle(pilot)
    await pilot.press("b")
    await wait_for_screen(pilot, BanksScreen)
    await pilot.press("right", "right")
    await settle(pilot)


async def settings(pilot: Pilot[None]) -> None:
    await settle(pilot)
    await pilot.press("s")
    await wait_for_screen(pilot, SettingsScreen)


async def help_(pilot: Pilot[None]) -> None:
    await settle(pilot)
    await pilot.press("f1")
    await wait_for_screen(pilot, HelpScreen)


async def wipe_notes(pilot: Pilot[None]) -> None:
    """Take notifications away: they come and go by time."""
    pilot.app.clear_notifications()
    await pilot.pause()


SCREENS: dict[str, Steps] = {
    "home": home,
    "practice": practice,
    "answering": answering,
    "by-voice": by_voice,
    "speaking": speaking,
    "lost": lost,
    "sound-check": sound_check,
    "report": report,
    "not-sure": not_sure,
    "settling": settling,
    "why": why,
    "correct": correct,
    "confirm": confirm,
    "history": history,
    "empty-history": empty_history,
    "unfinished": unfinished,
    "banks": banks,
    "settings": settings,
    "help": help_,
}
# Beyond 110 columns one set of styles serves, and all screens take their colours from the theme.
WIDE = ("home", "report")
LIGHT = ("home", "speaking", "report", "why", "history")
NARROW = ("not-sure", "settling", "why")


@pytest.mark.parametrize("name", SCREENS)
def test_picture(
    services: Services,
    snapshot: Any,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    name: str,
) -> None:
    monkeypatch.setattr(services, "home", replace(services.home, root=fakes.SHOWN_HOME))
    monkeypatch.setattr(services, "engine", lambda: fakes.VOSK)
    monkeypatch.setattr(services, "new_recording", lambda: tmp_path / f"{0:032x}.wav")
    monkeypatch.setattr(services, "open_meter", fakes.FakeMeter)
    monkeypatch.setattr(services, "find_microphones", fakes.microphones)
    # What is changed in a picture is saved nowhere: the home that is shown does not exist.
    monkeypatch.setattr(services, "change_settings", partial(setattr, services, "settings"))
    sizes = [SMALL, MIDDLE]
    sizes += [(200, 60)] if name in WIDE else []
    sizes += [(60, 20)] if name in NARROW else []
    assert_drawn(
        snapshot,
        TrainerApp(lambda: services, services.settings),
        SCREENS[name],
        at(*sizes, light=SMALL if name in LIGHT else None),
        name,
    )
