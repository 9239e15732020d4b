"""A picture of every screen: dark at two sizes, light at one, and the wide ones very wide."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest
from textual.pilot import Pilot

from tests import fakes
from tests.tui.steps import answer, open_history, settle, type_answer, wait_for_screen
from trainer.services import Services
from trainer.tui.app import TrainerApp
from trainer.tui.screens.banks import BanksScreen
from trainer.tui.screens.confirm import ConfirmScreen
from trainer.tui.screens.correct import CorrectScreen
from trainer.tui.screens.help import HelpScreen
from trainer.tui.screens.history import HistoryScreen
from trainer.tui.screens.home import HomeScreen
from trainer.tui.screens.practice import PracticeScreen
from trainer.tui.screens.settings import SettingsScreen
from trainer.tui.screens.unfinished import UnfinishedScreen
from trainer.tui.widgets.editor import AnswerEditor

Steps = Callable[[Pilot[None]], Awaitable[None]]
ANSWER = "I acknowledge it, the score was mine. The exam was unfair. A half-change came after."


async def home(pilot: Pilot[None]) -> None:
    await settle(pilot)


async def practice(pilot: Pilot[None]) -> None:
    await settle(pilot)
    await pilot.press("down", "enter")
    await wait_for_screen(pilot, PracticeScreen)
    still(pilot)


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


async def report(pilot: Pilot[None]) -> None:
    await practice(pilot)
    await answer(pilot, ANSWER)


async def correct(pilot: Pilot[None]) -> None:
    await report(pilot)
    await pilot.press("c")
    await wait_for_screen(pilot, CorrectScreen)
    still(pilot)


async def confirm(pilot: Pilot[None]) -> None:
    await report(pilot)
    await pilot.press("d")
    await wait_for_screen(pilot, ConfirmScreen)


async def history(pilot: Pilot[None]) -> None:
    await report(pilot)
    await pilot.press("f")
    await wait_for_screen(pilot, PracticeScreen)
    await answer(pilot, "The change was a log.")
    await open_history(pilot)


async def empty_history(pilot: Pilot[None]) -> None:
    await settle(pilot)
    await pilot.press("h")
    await wait_for_screen(pilot, HistoryScreen)


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
    still(pilot)


async def help_(pilot: Pilot[None]) -> None:
    await settle(pilot)
    await pilot.press("f1")
    await wait_for_screen(pilot, HelpScreen)


async def wipe_notes(pilot: Pilot[None]) -> None:
    """Take notifications away: they come and go by time."""
    pilot.app.clear_notifications()
    await pilot.pause()


def still(pilot: Pilot[None]) -> None:
    """Keep the cursor from blinking."""
    for editor in pilot.app.screen.query(AnswerEditor):
        editor.cursor_blink = False
    for widget in pilot.app.screen.query("Input"):
        widget.cursor_blink = False  # type: ignore[attr-defined]


SCREENS: dict[str, Steps] = {
    "home": home,
    "practice": practice,
    "answering": answering,
    "report": report,
    "correct": correct,
    "confirm": confirm,
    "history": history,
    "empty-history": empty_history,
    "unfinished": unfinished,
    "banks": banks,
    "settings": settings,
    "help": help_,
}
VIEWS = [
    *((name, "dark", size) for name in SCREENS for size in ((80, 24), (120, 40))),
    *((name, "light", (80, 24)) for name in SCREENS),
    *((name, "dark", (200, 60)) for name in ("home", "answering", "report", "history", "banks")),
]


@pytest.mark.parametrize(
    ("name", "theme", "size"), VIEWS, ids=[f"{n}-{t}-{s[0]}x{s[1]}" for n, t, s in VIEWS]
)
def test_picture(
    services: Services,
    snap_compare: Any,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    theme: str,
    size: tuple[int, int],
) -> None:
    monkeypatch.setattr(services, "home", replace(services.home, root=fakes.SHOWN_HOME))
    services.settings = replace(services.settings, theme=theme)
    assert snap_compare(
        TrainerApp(lambda: services, services.settings),
        terminal_size=size,
        run_before=SCREENS[name],
    )
