"""The screen of a shared answer: what a mentor sees, gives and takes back, and hostile files."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static

from tests import fakes
from tests.exchange.shares import recording, reviewed, shared
from tests.tui.spoken import notes
from tests.tui.steps import settle, shown, started, wait_for, wait_for_screen
from trainer.bank.types import Mark
from trainer.errors import TrainerError
from trainer.exchange.desk import Desk
from trainer.exchange.share_reading import Shared, read_share
from trainer.exchange.share_reviewing import write_review
from trainer.services import Services
from trainer.tui.screens.comparison import ComparisonScreen
from trainer.tui.screens.confirm import ConfirmScreen
from trainer.tui.screens.home import HomeScreen
from trainer.tui.screens.mentor import MarkingScreen, MentorScreen, SaidScreen
from trainer.tui.screens.peer.line import LineScreen
from trainer.tui.widgets.editor import AnswerEditor

SIZE = (120, 40)


def desk_of(folder: Path, given: Shared | None = None, name: str = "Ben") -> Desk:
    file = folder / "answer.json"
    file.write_text(write_review(given or shared(folder), with_sound=True))
    return Desk(file, name)


async def opened(pilot: Pilot[None], desk: Desk) -> MentorScreen:
    screen = MentorScreen(desk)
    pilot.app.push_screen(screen)
    await wait_for_screen(pilot, MentorScreen)
    return screen


async def say(pilot: Pilot[None], key: str, text: str) -> None:
    await pilot.press(key)
    await wait_for_screen(pilot, SaidScreen)
    pilot.app.screen.query_one(AnswerEditor).text = text
    await pilot.press("ctrl+s")
    await wait_for_screen(pilot, MentorScreen)


async def test_a_mentor_marks_comments_and_changes_and_the_file_has_it(
    services: Services, tmp_path: Path, loudspeaker: fakes.FakeLoudspeaker
) -> None:
    given = reviewed(shared(tmp_path, ratings=True, recording=recording(tmp_path)))
    desk = desk_of(tmp_path, given, name="")
    target = tmp_path / "answer-reviewed.json"
    async with started(services, size=SIZE) as (app, pilot):
        await opened(pilot, desk)
        assert "I acknowledge it." in shown(pilot)
        assert "Amal" not in shown(pilot)
        assert "The machine" not in shown(pilot)
        await pilot.press("r")
        await wait_for_screen(pilot, LineScreen)
        await pilot.press(*"Ben", "enter")
        await wait_for_screen(pilot, MarkingScreen)
        await pilot.press("1", "3", "enter")
        await wait_for_screen(pilot, MentorScreen)
        assert services.settings.name == "Ben"
        page = shown(pilot)
        assert "● met     You (Ben)" in page
        assert "◐ partly  Dr. Amal Haddad" in page
        assert "The machine" in page
        assert str(target) in page
        await pilot.press("b")
        await wait_for_screen(pilot, ComparisonScreen)
        page = shown(pilot)
        assert "Compare two ratings of one answer" in page
        assert "1 Machine" in page
        assert "2 Ben" in page
        await pilot.press("2")
        assert loudspeaker.players[-1].file.parent.name.startswith("trainer-sound-")
        await pilot.press("escape")
        await wait_for_screen(pilot, MentorScreen)
        await pilot.press("o")
        assert "Choose the words first" in notes(app)
        await pilot.press("right", "right", "shift+right")
        await say(pilot, "o", "Which change?")
        await say(pilot, "n", "Calm.")
        await say(pilot, "o", "Which part?")
        await pilot.press("o")
        await wait_for_screen(pilot, SaidScreen)
        assert isinstance(pilot.app.screen, SaidScreen)
        pilot.app.screen.query_one(AnswerEditor).text = "Which half"
        pilot.app.screen.store_if_changed()
        await wait_for(pilot, lambda: "Which half" in target.read_text())
        await pilot.press("escape")
        await wait_for_screen(pilot, ConfirmScreen)
        await pilot.press("y")
        await wait_for(pilot, lambda: "Which part?" in target.read_text())
        await wait_for_screen(pilot, MentorScreen)
        await pilot.press("p")
        player = loudspeaker.players[-1]
        assert player.file.parent.name.startswith("trainer-sound-")
        entry = read_share(target).entry
        mine = [one for one in entry.reviews if one.name == "Ben"]
        assert [(list((one.marks or {}).values()), one.note) for one in mine] == [
            ([Mark.MET, Mark.MISSED], "Calm.")
        ]
        assert [(one.start, one.end, one.text) for one in entry.comments if one.name == "Ben"] == [
            (1, 3, "Which part?")
        ]
        await pilot.press("z")
        await wait_for_screen(pilot, ConfirmScreen)
        await pilot.press("y")
        await wait_for_screen(pilot, MentorScreen)
        await wait_for(pilot, lambda: "Amal" not in shown(pilot))
        await pilot.press("escape")
        await wait_for_screen(pilot, HomeScreen)
    assert services.count_answers() == 0, "nothing comes into the mentor's own history"
    assert not player.file.exists()
    assert [one.name for one in read_share(target).entry.reviews] == ["Dr. Amal Haddad"]


async def test_hostile_text_is_shown_as_text(services: Services, tmp_path: Path) -> None:
    evil = "\x1b]0;x\x07\x1b[2J[bold red]\u202e[/]"
    given = reviewed(shared(tmp_path, intent=evil.replace("/", "")), f"Amal{evil}")
    file = tmp_path / f"answer{evil.replace('/', '')}.json"
    file.write_text(write_review(given))
    desk = Desk(file, f"Me{evil}")
    async with started(services, size=SIZE, home=False) as (_, pilot):
        await opened(pilot, desk)
        await pilot.press("v")
        await wait_for_screen(pilot, ConfirmScreen)
        await pilot.press("y")
        await wait_for(pilot, lambda: "Which one, asks Amal" in shown(pilot))
        await pilot.press("r")
        await wait_for_screen(pilot, MarkingScreen)
        await pilot.press("1", "1", "enter")
        await wait_for(pilot, lambda: "You (Me" in shown(pilot))
        page = shown(pilot)
        assert page.count("[bold red]") > 3
        assert not {"\x1b", "\x07", "\u202e"} & set(page)
        await pilot.press("x")
        await wait_for_screen(pilot, LineScreen)
        assert pilot.app.screen.query_one(Input).value == "", "a line would write the escape"


async def test_what_cannot_be_written_is_told_and_goes_to_another_file(
    services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = desk_of(tmp_path)
    other = tmp_path / "other.json"
    other.write_text("mine")

    def refuse(*_: object, **__: object) -> None:
        raise TrainerError("The disk is full.", "Free some space.")

    async with started(services, home=False) as (app, pilot):
        screen = await opened(pilot, desk)
        with monkeypatch.context() as full:
            full.setattr("trainer.exchange.desk.write_file", refuse)
            await say(pilot, "n", "Calm.")
            await wait_for(pilot, lambda: "The disk is full." in notes(app))
        assert "not in a file yet" in shown(pilot)
        await pilot.press("escape")
        await wait_for_screen(pilot, ConfirmScreen)
        await pilot.press("n", "x")
        await wait_for_screen(pilot, LineScreen)
        pilot.app.screen.query_one(Input).value = str(other)
        await pilot.press("enter")
        await wait_for_screen(pilot, ConfirmScreen)
        await pilot.press("y")
        await wait_for(pilot, lambda: desk.is_kept)
        assert read_share(other).entry.reviews[0].note == "Calm."
        kept = screen.query_one("#kept", Static)
        await wait_for(pilot, lambda: str(other) in str(kept.content))
        await pilot.press("r")
        await wait_for_screen(pilot, MarkingScreen)
        await pilot.press("1", "1")
        await pilot.press("ctrl+q")  # before Enter
        await settle(pilot)
        assert screen is not None
    assert read_share(other).entry.reviews[0].marks
