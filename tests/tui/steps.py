"""What a user does, as steps that several tests share."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from textual.events import Key
from textual.pilot import Pilot
from textual.screen import Screen

from trainer.services import Services
from trainer.session.plan import Run
from trainer.tui.app import TrainerApp
from trainer.tui.screens.home import HomeScreen
from trainer.tui.screens.library import LibraryScreen
from trainer.tui.screens.practice import PracticeScreen
from trainer.tui.screens.report import ReportScreen
from trainer.tui.widgets.editor import AnswerEditor

PLENTY_S = 20.0


@asynccontextmanager
async def started(
    services: Services,
    run: Run | None = None,
    size: tuple[int, int] = (80, 24),
    home: bool = True,
) -> AsyncIterator[tuple[TrainerApp, Pilot[None]]]:
    """Run the application until it is idle.

    Without `home` it begins over an empty screen, for what neither leads to home nor comes from it:
    home with its banks costs half of what another screen does.
    """
    app = TrainerApp(lambda: services, services.settings, run)
    if not home:
        app.get_default_screen = Screen  # type: ignore[assignment, method-assign]
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        yield app, pilot


def press_at_once(pilot: Pilot[None], *keys: str) -> None:
    """Press keys without waiting for what each of them does, as on a slow machine."""
    for key in keys:
        pilot.app.post_message(Key(key, key if len(key) == 1 else None))


async def settle(pilot: Pilot[None]) -> None:
    """Wait until no worker runs and no message waits; fail where one runs on for too long."""
    await pilot.pause()
    async with asyncio.timeout(PLENTY_S):
        await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def wait_for(pilot: Pilot[None], holds: Callable[[], bool]) -> None:
    """Let the application work until `holds`; fail where it takes `PLENTY_S` seconds."""
    deadline = time.monotonic() + PLENTY_S
    while not holds():
        assert time.monotonic() < deadline, "it did not come to that"
        await pilot.pause(0.01)


async def wait_for_screen(pilot: Pilot[None], kind: type[Screen[Any]]) -> None:
    """Wait until a screen of that kind is on top."""
    await wait_for(pilot, lambda: isinstance(pilot.app.screen, kind))
    await settle(pilot)


async def comes(pilot: Pilot[None], kind: type[Screen[Any]]) -> None:
    """Wait until a screen of that kind is on top, while a worker may go on."""
    await wait_for(pilot, lambda: isinstance(pilot.app.screen, kind))
    await pilot.pause()


async def type_answer(pilot: Pilot[None], text: str) -> None:
    """Type or paste an answer into the open practice."""
    assert isinstance(pilot.app.screen, PracticeScreen)
    pilot.app.screen.query_one(AnswerEditor).insert(text)
    await pilot.pause()


async def answer(pilot: Pilot[None], text: str) -> ReportScreen:
    """Type an answer, finish it, and return its report."""
    await type_answer(pilot, text)
    await pilot.press("ctrl+s")
    await wait_for_screen(pilot, ReportScreen)
    screen = pilot.app.screen
    assert isinstance(screen, ReportScreen)
    return screen


async def open_history(pilot: Pilot[None]) -> None:
    """Go from a report that lies on home to the history."""
    await pilot.press("escape")
    await wait_for_screen(pilot, HomeScreen)
    await pilot.press("h")
    await wait_for_screen(pilot, LibraryScreen)


def shown(pilot: Pilot[None]) -> str:
    """Return the text on the screen, line by line."""
    width, height = pilot.app.size
    strips = pilot.app.screen._compositor.render_strips()
    lines = ["".join(segment.text for segment in strip)[:width] for strip in strips[:height]]
    return "\n".join(line.rstrip() for line in lines)
