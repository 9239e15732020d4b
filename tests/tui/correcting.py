"""Correcting the words of a spoken answer: the screen under test, opened."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.pilot import Pilot

from tests.tui.steps import started, wait_for, wait_for_screen
from trainer.services import Services
from trainer.store.types import Draft
from trainer.tui.app import TrainerApp
from trainer.tui.screens.correct import CorrectScreen, Words
from trainer.tui.widgets.words_editor import WordsEditor


class Correcting:
    """The screen under test, and what it was dismissed with."""

    def __init__(self, app: TrainerApp, pilot: Pilot[None]) -> None:
        self.app, self.pilot = app, pilot
        self.results: list[Words | None] = []

    @property
    def editor(self) -> WordsEditor:
        return self.app.screen.query_one(WordsEditor)

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()


@asynccontextmanager
async def correcting(
    services: Services, draft: Draft, offered: int = 0, size: tuple[int, int] = (120, 40)
) -> AsyncIterator[Correcting]:
    """Open the screen and wait until so many suggestions are `offered`."""
    async with started(services, size=size, home=False) as (app, pilot):
        it = Correcting(app, pilot)
        app.push_screen(CorrectScreen(draft), it.results.append)
        await wait_for_screen(pilot, CorrectScreen)
        if offered:
            await app.workers.wait_for_complete()
            await wait_for(pilot, lambda: len(it.editor.suggestions) == offered)
            await pilot.pause()
        yield it
