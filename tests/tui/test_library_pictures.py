"""Pictures of the history: found words, a filter, its choices, tags, and a deletion."""

from __future__ import annotations

from typing import Any

import pytest
from textual.pilot import Pilot

from tests.store.samples import save
from tests.tui.pictures import Steps, assert_drawn
from tests.tui.steps import settle, shown, wait_for, wait_for_screen
from trainer.services import Services
from trainer.tui.app import TrainerApp
from trainer.tui.screens.choosing import ChoosingScreen
from trainer.tui.screens.filters import FilterScreen
from trainer.tui.screens.library import LibraryScreen
from trainer.tui.screens.tags import TagsScreen

SAID = (
    "That night I was alone on the ward and the ventilator of my patient failed.",
    "I would ask for help earlier. " * 9 + "Since that night shift I write down every question.",
    "I like to cook with my neighbours, and I learn their words while we eat.",
)


def store_answers(services: Services) -> None:
    """Three answers: a starred one with tags, an imported one, and a follow-up."""
    for number, text in enumerate(SAID):
        made = save(
            services.store,
            text,
            score=None,
            attempt_id=f"{number:032x}",
            bank_id=f"bank-{number}",
            bank_title=("Night shifts", "Mistakes", "Small talk")[number],
            started_at=f"2026-03-0{number + 1}T21:30:00+00:00",
            prompt=("What went wrong?", "What would you change?", "What do you do?")[number],
            starred=number == 0,
            origin="call.mp4" if number == 1 else None,
            probe_of=f"{0:032x}" if number == 2 else None,
        )
        services.annotations.set_tags(made.id, ("boston", "my best")[:number])


async def opened(pilot: Pilot[None]) -> None:
    await settle(pilot)
    await pilot.press("h")
    await wait_for_screen(pilot, LibraryScreen)
    await here(pilot)


async def here(pilot: Pilot[None]) -> None:
    screen = pilot.app.screen
    assert isinstance(screen, LibraryScreen)
    await wait_for(pilot, lambda: not screen.is_reading)
    await pilot.pause()


async def found(pilot: Pilot[None]) -> None:
    await opened(pilot)
    await pilot.press("slash", *"night")
    await wait_for(pilot, lambda: "2 answers" in shown(pilot))
    await here(pilot)
    await pilot.press("enter", "down", "space")
    await here(pilot)


async def deleted(pilot: Pilot[None]) -> None:
    await opened(pilot)
    await pilot.press("down", "d")
    await wait_for(pilot, lambda: "Deleted." in shown(pilot))
    await here(pilot)


async def filtering(pilot: Pilot[None]) -> None:
    await opened(pilot)
    await pilot.press("f")
    await wait_for_screen(pilot, FilterScreen)
    await pilot.press("down", "down")
    await settle(pilot)


async def choosing(pilot: Pilot[None]) -> None:
    await opened(pilot)
    await pilot.press("f")
    await wait_for_screen(pilot, FilterScreen)
    await pilot.press("enter")
    await wait_for_screen(pilot, ChoosingScreen)
    await pilot.pause()


async def tags(pilot: Pilot[None]) -> None:
    await opened(pilot)
    await pilot.press("t")
    await wait_for_screen(pilot, TagsScreen)
    await pilot.pause()


SCREENS: dict[str, Steps] = {
    "found": found,
    "deleted": deleted,
    "filter": filtering,
    "choosing": choosing,
    "tags": tags,
}


@pytest.mark.parametrize("name", SCREENS)
def test_picture(services: Services, snapshot: Any, name: str) -> None:
    store_answers(services)
    app = TrainerApp(lambda: services, services.settings)
    assert_drawn(snapshot, app, SCREENS[name], name=name)
