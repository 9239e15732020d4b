"""An answer goes out to a mentor from the screens, and what comes back is taken in and shown."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, Static, Switch

from tests.exchange.shares import LATER, reviewed, shared
from tests.tui.spoken import notes, spoken_attempt
from tests.tui.steps import settle, shown, started, wait_for, wait_for_screen
from trainer.bank.types import Mark
from trainer.exchange.share_reading import read_share
from trainer.exchange.share_reviewing import add_comment, add_review, write_review
from trainer.services import Services
from trainer.tui.screens.confirm import ConfirmScreen
from trainer.tui.screens.exporting import ExportScreen
from trainer.tui.screens.home import HomeScreen
from trainer.tui.screens.importing import ImportScreen
from trainer.tui.screens.library import LibraryScreen
from trainer.tui.screens.mentor import MentorScreen
from trainer.tui.screens.report import ReportScreen
from trainer.tui.screens.sharing import ShareScreen

SIZE = (100, 30)
EVIL = "\x1b[2J[bold]\u202e"


@pytest.fixture(autouse=True)
def user_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that names are proposed in."""
    folder = tmp_path / "user"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    return folder


@pytest.fixture
def typed(services: Services) -> str:
    """A typed answer."""
    run = services.plan(question_ids=["low-score-direct"])
    draft = services.new_draft(run)
    services.save_draft(draft)
    return services.finish(replace(draft, text="I acknowledge it. Then came it."), run.item)


def state(pilot: Pilot[None]) -> str:
    return str(pilot.app.screen.query_one("#state", Static).content)


async def test_an_answer_is_shared_with_what_is_wanted(services: Services, user_home: Path) -> None:
    attempt_id = spoken_attempt(services, "i acknowledge it and then i changed")
    file = user_home / f"answer-{attempt_id[:8]}.json"
    async with started(services, size=(80, 24), home=False) as (app, pilot):
        app.push_screen(ReportScreen(services.view(attempt_id)))
        await wait_for_screen(pilot, ReportScreen)
        await pilot.press("e")
        await wait_for_screen(pilot, ShareScreen)
        assert not pilot.app.screen.query_one("#sound", Switch).disabled
        await pilot.press("enter")
        await wait_for_screen(pilot, ReportScreen)
        assert str(file) in notes(app)
        plain = read_share(file).entry
        assert (plain.sound, plain.ratings) == (None, ())
        assert file.stat().st_mode & 0o777 == 0o600
        await pilot.press("e")
        await wait_for_screen(pilot, ShareScreen)
        await pilot.press("shift+tab", "space", "shift+tab", "space")
        await settle(pilot)
        assert "Your voice is in the file then." in shown(pilot)
        await pilot.press("ctrl+s")
        await wait_for_screen(pilot, ConfirmScreen)
        await pilot.press("y")
        await wait_for_screen(pilot, ReportScreen)
        full = read_share(file).entry
        assert full.sound
        assert [one.rater for one in full.ratings] == ["machine"]


async def test_it_is_reached_from_the_history_and_from_the_forms(
    services: Services, typed: str, tmp_path: Path
) -> None:
    async with started(services, size=SIZE) as (_, pilot):
        await pilot.press("h")
        await wait_for_screen(pilot, LibraryScreen)
        await pilot.press("e")
        await wait_for_screen(pilot, ShareScreen)
        assert "There is no sound of this answer." in shown(pilot)
        pilot.app.screen.query_one(Input).value = str(tmp_path / "nowhere" / "a.json")
        await pilot.press("enter")
        await wait_for(pilot, lambda: "cannot be written" in state(pilot))
        await pilot.press("escape")
        await wait_for_screen(pilot, LibraryScreen)
        pilot.app.push_screen(ExportScreen((typed,)))
        await wait_for_screen(pilot, ExportScreen)
        await pilot.press("end", "enter")
        await wait_for_screen(pilot, ShareScreen)
        pilot.app.switch_screen(ExportScreen((typed, typed)))
        await wait_for_screen(pilot, ExportScreen)
        assert pilot.app.screen.query_one(OptionList).option_count == 4


def came_back(services: Services, attempt_id: str, file: Path, name: str) -> None:
    file.write_text(services.exchange.share(attempt_id))
    mine = read_share(file)
    assert mine.rubric
    marks = {criterion.id: Mark.PARTLY for criterion in mine.rubric.criteria}
    given = add_review(mine, name, LATER, marks, f"Calm {EVIL}")
    file.write_text(write_review(add_comment(given, name, LATER, 0, 2, f"Which? {EVIL}")))


async def imported(pilot: Pilot[None], file: Path) -> None:
    await pilot.press("i")
    await wait_for_screen(pilot, ImportScreen)
    pilot.app.screen.query_one("#path", Input).value = str(file)
    await pilot.press("ctrl+s")


async def test_what_a_mentor_sends_back_is_taken_in_and_shown(
    services: Services, typed: str, tmp_path: Path
) -> None:
    file = tmp_path / "back.json"
    came_back(services, typed, file, f"Amal{EVIL}")
    async with started(services, size=(120, 50)) as (app, pilot):
        await imported(pilot, file)
        await wait_for_screen(pilot, ReportScreen)
        assert "1 rating and 1 comment added" in notes(app)
        screen = pilot.app.screen
        assert isinstance(screen, ReportScreen)
        stored = screen.shown_view.stored
        assert stored
        assert (stored.rating.rater, stored.rater_name) == ("peer", f"Amal{EVIL}")
        page = shown(pilot)
        assert "◐ partly" in page
        assert "Which? " in page
        assert "[bold]" in page
        assert not {"\x1b", "\u202e"} & set(page)
        await pilot.press("escape")
        await wait_for_screen(pilot, HomeScreen)
        await imported(pilot, file)
        await wait_for_screen(pilot, ReportScreen)
        assert "There already: 2." in notes(app)
    ratings = services.view(typed).record.ratings
    assert sorted(one.rating.rater for one in ratings) == ["machine", "peer"]


async def test_the_answer_of_somebody_else_is_offered_to_be_marked(
    services: Services, tmp_path: Path
) -> None:
    file = tmp_path / "answer.json"
    file.write_text(write_review(reviewed(shared(tmp_path))))
    async with started(services, size=SIZE) as (_, pilot):
        await imported(pilot, file)
        await wait_for_screen(pilot, ConfirmScreen)
        await pilot.press("n")
        await wait_for_screen(pilot, ImportScreen)
        assert "Nothing was taken." in state(pilot)
        await pilot.press("ctrl+s")
        await wait_for_screen(pilot, ConfirmScreen)
        await pilot.press("y")
        await wait_for_screen(pilot, MentorScreen)
        assert "I acknowledge it." in shown(pilot)
    assert services.count_answers() == 0


async def test_files_that_cannot_be_taken_in_are_told_in_their_place(
    services: Services, typed: str, tmp_path: Path
) -> None:
    empty = tmp_path / "empty.json"
    empty.write_text(services.exchange.share(typed))
    value = json.loads(empty.read_text())
    bad = {
        "other-words.json": {**value, "words": {**value["words"], "text": "Not mine at all."}},
        "path.json": {**value, "path": "/etc/passwd"},
        "huge.json": {**value, "comments": [1] * 200_000},
    }
    told = ("Nobody has added", "not those of the answer", "path", "more parts")
    files = [empty]
    for name, content in bad.items():
        files.append(tmp_path / name)
        files[-1].write_text(json.dumps(content))
    async with started(services, size=SIZE) as (_, pilot):
        await imported(pilot, files[0])
        for file, text in zip(files, told, strict=True):
            pilot.app.screen.query_one("#path", Input).value = str(file)
            await pilot.press("ctrl+s")
            await wait_for(pilot, lambda text=text: text in state(pilot))  # type: ignore[misc]
    assert len(services.view(typed).record.ratings) == 1
