"""Writing answers from the screen: the form, the name, the question before a file is replaced."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, Static

from tests.tui.spoken import notes
from tests.tui.steps import settle, shown, started, wait_for, wait_for_screen
from trainer.exchange import exporting as writing
from trainer.services import Services
from trainer.store.types import LibraryQuery
from trainer.tui.screens.confirm import ConfirmScreen
from trainer.tui.screens.exporting import ExportScreen
from trainer.tui.screens.home import HomeScreen
from trainer.tui.screens.report import ReportScreen


@pytest.fixture(autouse=True)
def user_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that names are proposed in."""
    folder = tmp_path / "user"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    return folder


@pytest.fixture
def ids(services: Services) -> list[str]:
    """Two stored answers."""
    found = []
    for text in ("I acknowledge it.", "Then came the change."):
        run = services.plan(count=1)
        draft = services.new_draft(run)
        services.save_draft(draft)
        found.append(services.finish(replace(draft, text=text), run.item))
    return found


async def opened(pilot: Pilot[None], chosen: Sequence[str] | LibraryQuery) -> ExportScreen:
    pilot.app.push_screen(ExportScreen(chosen))
    await wait_for_screen(pilot, ExportScreen)
    screen = pilot.app.screen
    assert isinstance(screen, ExportScreen)
    return screen


def field(screen: ExportScreen) -> Input:
    return screen.query_one("#path", Input)


def state(screen: ExportScreen) -> str:
    return str(screen.query_one("#state", Static).content)


async def test_all_that_a_query_chooses_is_written_by_two_keys(
    services: Services, ids: list[str], user_home: Path
) -> None:
    async with started(services) as (app, pilot):
        screen = await opened(pilot, LibraryQuery())
        assert "2 answers." in shown(pilot)
        assert screen.query_one(OptionList).option_count == 4  # subtitles are of one answer
        await pilot.press("enter", "enter")
        await wait_for_screen(pilot, HomeScreen)
        (file,) = user_home.iterdir()
        assert file.name == "interview-answers-2026-03-02.html"
        assert "acknowledge" in file.read_text(encoding="utf-8")
        assert file.stat().st_mode & 0o777 == 0o600
        assert f"2 answers are written to {file}" in notes(app)


async def test_the_name_follows_the_form_and_keeps_what_was_typed(
    services: Services, ids: list[str], tmp_path: Path
) -> None:
    async with started(services) as (_, pilot):
        screen = await opened(pilot, ids[:1])
        assert screen.query_one(OptionList).option_count == 7
        field(screen).value = str(tmp_path / "mine.html")
        await pilot.press("down", "down", "down")
        assert field(screen).value == str(tmp_path / "mine.json")
        field(screen).value = str(tmp_path / "my.answers")
        await pilot.press("up")
        assert field(screen).value == str(tmp_path / "my.answers")
        await pilot.press("down", "ctrl+s")
        await wait_for_screen(pilot, HomeScreen)
        written = json.loads((tmp_path / "my.answers").read_text())
        assert [one["id"] for one in written["attempts"]] == ids[:1]


async def test_the_form_follows_the_ending_that_is_typed(
    services: Services, ids: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with started(services) as (app, pilot):
        screen = await opened(pilot, ids)
        field(screen).value = "'my file.csv'"
        await pilot.press("ctrl+s")
        await wait_for_screen(pilot, HomeScreen)
        assert f"written to {tmp_path / 'my file.csv'}" in notes(app), "where that is, in full"
    assert (tmp_path / "my file.csv").read_text(encoding="utf-8-sig").startswith("id,")


async def test_a_file_is_replaced_only_after_a_yes(
    services: Services, ids: list[str], tmp_path: Path
) -> None:
    file = tmp_path / "there.html"
    file.write_text("mine")
    async with started(services) as (_, pilot):
        screen = await opened(pilot, ids)
        field(screen).value = str(file)
        await pilot.press("ctrl+s")
        await wait_for_screen(pilot, ConfirmScreen)
        await pilot.press("n")
        await wait_for_screen(pilot, ExportScreen)
        assert file.read_text() == "mine"
        await pilot.press("ctrl+s")
        await wait_for_screen(pilot, ConfirmScreen)
        await pilot.press("y")
        await wait_for_screen(pilot, HomeScreen)
        assert "acknowledge" in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "told"),
    [("", "Where to"), (".", "is a folder"), ("nowhere/x.md", "cannot be written")],
)
async def test_what_cannot_be_written_is_told_and_the_form_stays(
    services: Services, ids: list[str], tmp_path: Path, name: str, told: str
) -> None:
    async with started(services, home=False) as (_, pilot):
        screen = await opened(pilot, ids)
        field(screen).value = str(tmp_path / name) if name else "  "
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: told in state(screen))
        assert pilot.app.screen is screen
        assert not field(screen).disabled
        await pilot.press("x")  # the complaint goes with the next change
        assert told not in state(screen)


async def test_a_report_writes_its_answer(services: Services, ids: list[str]) -> None:
    async with started(services, home=False) as (_, pilot):
        pilot.app.push_screen(ReportScreen(services.view(ids[1])))
        await wait_for_screen(pilot, ReportScreen)
        await pilot.press("x")
        await wait_for_screen(pilot, ExportScreen)
        screen = pilot.app.screen
        assert isinstance(screen, ExportScreen)
        assert screen.query_one(OptionList).option_count == 7


async def test_subtitles_of_a_typed_answer_are_refused_in_words(
    services: Services, ids: list[str], tmp_path: Path
) -> None:
    async with started(services, home=False) as (_, pilot):
        screen = await opened(pilot, ids[:1])
        await pilot.press("end", "up")
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: "-failed" in screen.query_one("#state").classes)
        assert "Traceback" not in state(screen)


async def test_escape_stops_the_writing_and_leaves_no_file(
    services: Services, ids: list[str], user_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = services.view
    screens: list[ExportScreen] = []

    def view_and_stop(*named: Any, **chosen: Any) -> Any:
        screens[0]._stopping.set()
        return view(*named, **chosen)

    async with started(services, home=False) as (_, pilot):
        screen = await opened(pilot, LibraryQuery())
        screens.append(screen)
        monkeypatch.setattr(services, "view", view_and_stop)
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: "Stopped. Nothing was written." in state(screen))
        assert not list(user_home.iterdir())


async def test_a_failure_of_the_program_is_told_too(
    services: Services, ids: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> str:
        raise RuntimeError

    monkeypatch.setattr(writing, "export", fail)
    async with started(services, home=False) as (_, pilot):
        screen = await opened(pilot, ids)
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: "Something went wrong" in state(screen))


async def test_without_answers_nothing_is_written(services: Services, user_home: Path) -> None:
    async with started(services) as (_, pilot):
        screen = await opened(pilot, LibraryQuery())
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: "There are no such answers." in state(screen))
        assert not list(user_home.iterdir())
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(pilot.app.screen, HomeScreen)
