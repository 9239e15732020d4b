"""The progress screen: its sections, its range, its checklists, and the way to an answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from threading import Event
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import ContentSwitcher, Static

from tests.tui.conftest import FIRST_MOMENT
from tests.tui.progressing import add, fill
from tests.tui.steps import settle, shown, started, wait_for, wait_for_screen
from trainer.errors import StoreError
from trainer.services import Services
from trainer.tui.screens.home import HomeScreen
from trainer.tui.screens.progress import SECTIONS, ProgressScreen
from trainer.tui.screens.report import ReportScreen
from trainer.tui.widgets.choice_table import ChoiceTable


async def opened(pilot: Pilot[None]) -> ProgressScreen:
    await pilot.press("p")
    await wait_for_screen(pilot, ProgressScreen)
    screen = pilot.app.screen
    assert isinstance(screen, ProgressScreen)
    await wait_for(pilot, lambda: "One moment" not in text(screen, "#overview"))
    await pilot.pause()
    return screen


def text(screen: ProgressScreen, place: str) -> str:
    return str(screen.query_one(place, Static).content)


async def test_every_section_tells_by_signs_what_it_draws(services: Services) -> None:
    fill(services)
    async with started(services) as (_, pilot):
        screen = await opened(pilot)
        assert text(screen, "#overview").startswith("11 answers in 11 weeks, ")
        assert "! Blame" in shown(pilot)
        assert "In 3 of your last 6 answers on “Owning a weak point”" in shown(pilot)
        told = {}
        for name in [*list(SECTIONS)[1:], "recurring"]:
            await pilot.press("right")
            assert screen.query_one(ContentSwitcher).current == name
            told[name] = shown(pilot)
        assert "Newest score: strong" in told["scores"]
        assert told["scores"].count("●") == 11
        assert "╷" in told["scores"]
        assert "↗ rises" in told["points"]
        assert " met ┤" in told["points"]
        assert "? is not sure" in told["points"]
        assert "Met, by week: ░ 0-24" in told["points"]
        assert "Pace: newest " in told["delivery"]
        assert "Minutes of answering" in told["time"]
        assert "yours 1.0 higher" in told["own"]
        await pilot.press("left")
        assert screen.query_one(ContentSwitcher).current == "own"
        await pilot.press("3", "down")
        assert "You changed: met " in shown(pilot)


async def test_enter_opens_the_newest_answer_of_a_line_or_tells_that_it_is_gone(
    services: Services,
) -> None:
    ids = fill(services)
    async with started(services) as (_, pilot):
        screen = await opened(pilot)
        for keys, answer in ((("enter",), ids[9]), (("3", "down", "enter"), ids[6])):
            await pilot.press(*keys)
            await wait_for_screen(pilot, ReportScreen)
            report: Any = pilot.app.screen
            assert report._view.record.attempt.id == answer
            await pilot.press("escape")
            await wait_for_screen(pilot, ProgressScreen)
        services.store.delete_attempt(ids[0])
        await pilot.press("escape")
        await wait_for_screen(pilot, HomeScreen)
        screen = await opened(pilot)
        assert text(screen, "#overview").startswith("10 answers")
        services.store.delete_attempt(ids[9])
        assert not pilot.app._notifications
        await pilot.press("enter")
        await wait_for(pilot, lambda: bool(pilot.app._notifications))
        assert text(screen, "#overview").startswith("10 answers")


async def test_the_range_narrows_and_comes_back_and_the_checklist_stays_chosen(
    services: Services,
) -> None:
    fill(services, weeks=20)
    async with started(services) as (_, pilot):
        screen = await opened(pilot)
        assert "Checklist" not in shown(pilot).splitlines()[-1]
        await pilot.press("2")
        assert "Checklist" not in shown(pilot).splitlines()[-1], "there is no other"
        await pilot.press("p")
        for number in range(3):
            at = FIRST_MOMENT - timedelta(days=number + 1)
            add(services, 100 + number, at, rubric_id="star", title="A story")
        screen = await opened(pilot)
        assert "Checklist" not in shown(pilot).splitlines()[-1], "this section is of all of them"
        await pilot.press("2", "n")
        assert "n Checklist" in shown(pilot).splitlines()[-1]
        found = []
        for _ in range(4):
            assert "Checklist 2 of 2: A story (3 answers)" in shown(pilot)
            found.append((text(screen, "#title"), text(screen, "#overview").split()[0]))
            await pilot.press("f")
            await settle(pilot)
        assert found == [
            ("Progress · all your answers", "23"),
            ("Progress · the last 3 months", "16"),
            ("Progress · the last 4 weeks", "7"),
            ("Progress · all your answers", "23"),
        ]
        await pilot.press("3", "n")
        assert "Checklist 1 of 2: Owning a weak point (13 answers)" in shown(pilot)


async def test_nothing_is_told_as_nothing_and_what_cannot_be_read_as_such(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise StoreError("The history file is locked.", "Close the other window.")

    async with started(services) as (_, pilot):
        screen = await opened(pilot)
        assert "No answers yet." in shown(pilot)
        assert "1 Recurring" not in shown(pilot)
        await pilot.press("2", "right", "enter", "n", "f")
        await settle(pilot)
        assert text(screen, "#overview") == "No answers in the last 3 months."
        await pilot.press("p")
        await wait_for_screen(pilot, HomeScreen)
        monkeypatch.setattr(services.reviewing, "progress", fails)
        screen = await opened(pilot)
        assert text(screen, "#overview") == "Your answers could not be read."
        assert any("is locked" in note.message for note in pilot.app._notifications)


async def test_a_long_reading_tells_how_far_it_is_and_ends_when_nobody_waits(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, ended = services.reviewing.progress(), Event()

    def read(since: object, meter: Callable[[int], None]) -> object:
        try:
            for _ in range(1000):
                meter(2000)
                ended.wait(0.01)
        finally:
            ended.set()
        return found

    monkeypatch.setattr(services.reviewing, "progress", read)
    monkeypatch.setattr(services, "count_answers", lambda query: 5000)
    async with started(services) as (_, pilot):
        await pilot.press("p")
        await wait_for(pilot, lambda: "One moment … 2000 of 5000 answers" in shown(pilot))
        await pilot.press("escape")
        await wait_for_screen(pilot, HomeScreen)
        await wait_for(pilot, ended.is_set)
        assert not pilot.app._notifications, "that is no error"


async def test_words_of_a_file_are_shown_as_they_are(services: Services) -> None:
    for number in range(4):
        at = FIRST_MOMENT - timedelta(days=9 - number)
        add(services, number, at, title="[red]Mine[/]\x1b[2J")
    async with started(services, size=(60, 20)) as (_, pilot):
        screen = await opened(pilot)
        await pilot.press("3")
        assert "[red]Mine[/]␛[2J (4 answers)" in shown(pilot)
        assert screen.query_one("#points-table", ChoiceTable).row_count == 2
        await pilot.resize_terminal(120, 40)
        await settle(pilot)
        assert "[red]Mine[/]␛[2J (4 answers)" in shown(pilot)
