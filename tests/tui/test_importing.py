"""A recording from elsewhere, from home to its report."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from tests import fakes
from tests.playback.recordings import noise, write_recording
from tests.tui.pictures import MIDDLE, SMALL, Steps, Views, assert_drawn, at
from tests.tui.spoken import notes
from tests.tui.steps import settle, shown, started, wait_for, wait_for_screen
from trainer.errors import SoundError, StoreError
from trainer.services import Services
from trainer.transcript import transcribing
from trainer.transcript.engines import Engine
from trainer.tui.app import TrainerApp
from trainer.tui.screens.correct import CorrectScreen
from trainer.tui.screens.help import HelpScreen
from trainer.tui.screens.home import HomeScreen
from trainer.tui.screens.import_form import questions_found
from trainer.tui.screens.importing import ImportScreen
from trainer.tui.screens.report import ReportScreen
from trainer.tui.screens.unfinished import UnfinishedScreen

SAID = "i acknowledge it then came the change"
SIZE = (100, 30)


class Ear:
    """Hears what was `SAID`, as soon as it may."""

    def __init__(self) -> None:
        self.may = Event()
        self.may.set()
        self.listens = Event()

    def __call__(self, file: Path, engine: Engine, report: Callable[[float], object]) -> object:
        self.listens.set()
        report(0.25)
        while not self.may.wait(0.01):
            report(0.5)
        return fakes.heard_words(SAID)


@pytest.fixture(autouse=True)
def ear(services: Services, monkeypatch: pytest.MonkeyPatch) -> Ear:
    made = Ear()
    monkeypatch.setattr(transcribing, "transcribe", made)
    monkeypatch.setattr(services, "engine", lambda: fakes.VOSK)
    return made


@pytest.fixture
def call(tmp_path: Path) -> Path:
    return write_recording(tmp_path / "my call.wav", noise(3.0))


async def open_form(pilot: Pilot[None], path: object = "", search: str = "step 1") -> ImportScreen:
    if isinstance(pilot.app.screen, HomeScreen):
        await pilot.press("i")
    else:
        pilot.app.push_screen(ImportScreen())
    await wait_for_screen(pilot, ImportScreen)
    screen = pilot.app.screen
    assert isinstance(screen, ImportScreen)
    screen.query_one("#path", Input).value = str(path)
    screen.query_one("#search", Input).value = search
    await settle(pilot)
    return screen


def options(pilot: Pilot[None]) -> list[str]:
    listed = pilot.app.screen.query_one(OptionList)
    return [str(listed.get_option_at_index(at).prompt) for at in range(listed.option_count)]


async def test_a_file_becomes_words_to_correct_and_then_a_report(
    services: Services, call: Path
) -> None:
    async with started(services, size=SIZE) as (_, pilot):
        await open_form(pilot, f"'{call}'", "step 1")
        await pilot.press("ctrl+s")
        await wait_for_screen(pilot, CorrectScreen)
        assert SAID in shown(pilot)
        await pilot.press("enter")
        await wait_for_screen(pilot, ReportScreen)
        assert "Imported from my call.wav" in shown(pilot)
        assert "Sound 0:03" in shown(pilot)
        await pilot.press("escape")
        await wait_for_screen(pilot, HomeScreen)
        await pilot.press("h")
        await settle(pilot)
        assert "Imported: Can you tell me" in shown(pilot)
        assert "Imported from my call.wav" in shown(pilot)


@pytest.mark.parametrize("stores", [True, False])
async def test_what_comes_of_an_import_under_the_help_leads_on_behind_it(
    services: Services, call: Path, monkeypatch: pytest.MonkeyPatch, stores: bool
) -> None:
    helped, finish = Event(), services.finish

    def late(*given: Any, **named: Any) -> str:
        helped.wait(10)
        if not stores:
            raise StoreError("The disk is full.", "Free some space.")
        return finish(*given, **named)

    monkeypatch.setattr(services, "finish", late)
    async with started(services, size=SIZE) as (app, pilot):
        await open_form(pilot, call)
        await pilot.press("ctrl+s")
        await wait_for_screen(pilot, CorrectScreen)
        await pilot.press("enter")
        await wait_for(pilot, lambda: isinstance(app.screen, ImportScreen))
        await pilot.press("f1")
        await wait_for(pilot, lambda: isinstance(app.screen, HelpScreen))
        helped.set()
        await settle(pilot)
        assert isinstance(app.screen, HelpScreen)
        await pilot.press("escape")
        await wait_for_screen(pilot, ReportScreen if stores else HomeScreen)
        assert not any(isinstance(screen, ImportScreen) for screen in app.screen_stack)


async def test_all_by_keyboard(services: Services, call: Path) -> None:
    """The path is typed, then Enter goes from field to field, and imports from the list."""
    async with started(services, size=SIZE, home=False) as (_, pilot):
        await open_form(pilot, search="")
        focused = pilot.app.focused
        assert isinstance(focused, Input)
        focused.insert_text_at_cursor(str(call))
        await pilot.press("enter", "0", ":", "0", "1", "enter", "2", ".", "5", "enter")
        await pilot.press(*"boards", "enter")
        assert isinstance(pilot.app.focused, OptionList)
        assert options(pilot)[0] == "Low exam score · Will you pass the boards?"
        await pilot.press("enter")
        await wait_for_screen(pilot, CorrectScreen)
        await pilot.press("enter")
        await wait_for_screen(pilot, ReportScreen)
        (summary,) = services.answers()
        assert summary.attempt.question_id == "low-score-boards"
        assert summary.answer_s == 1.5


@pytest.mark.parametrize("path", ["nowhere.wav", "/", "x" * 5000])
async def test_enter_stays_at_a_file_that_is_not_there(services: Services, path: str) -> None:
    async with started(services, size=SIZE, home=False) as (_, pilot):
        screen = await open_form(pilot, path, "")
        field = screen.query_one("#path", Input)
        await pilot.press("enter")
        await settle(pilot)
        assert "There is no file" in shown(pilot)
        assert pilot.app.focused is field
        field.value = ""
        await settle(pilot)
        assert "There is no file" not in shown(pilot)


async def test_no_question_is_taken_that_nobody_chose(services: Services, call: Path) -> None:
    async with started(services, size=SIZE, home=False) as (_, pilot):
        await open_form(pilot, call, "")
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert "Which question does it answer?" in shown(pilot)
        assert pilot.app.focused is pilot.app.screen.query_one("#search")
        await pilot.press("down", "down", "enter")
        await wait_for_screen(pilot, CorrectScreen)
        assert "Will you pass the boards?" in str(
            pilot.app.screen.query_one(".dialog").border_title
        )


async def test_a_question_of_ones_own_is_typed_in_the_search(
    services: Services, call: Path
) -> None:
    async with started(services, size=SIZE, home=False) as (_, pilot):
        await open_form(pilot, call, "What  went wrong?")
        assert options(pilot) == [
            "Your own, rated by Owning a weak point: “What went wrong?”",
            "Your own, time and delivery only: “What went wrong?”",
        ]
        await pilot.press("ctrl+s")
        await wait_for_screen(pilot, CorrectScreen)
        await pilot.press("enter")
        await wait_for_screen(pilot, ReportScreen)
        assert "A question of your own" in shown(pilot)
        assert "What went wrong?" in shown(pilot)
        (summary,) = services.answers()
        assert summary.score is not None


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("", "Which file? Type its path"),
        ("nowhere.wav", "The file nowhere.wav is not there."),
        ("/", "/ is a folder."),
        ("{text}", "holds no sound that can be read"),
    ],
)
async def test_a_wrong_file_is_told_in_place(
    services: Services, tmp_path: Path, path: str, says: str
) -> None:
    text = tmp_path / "a.wav"
    text.write_text("no sound")
    async with started(services, size=(160, 30), home=False) as (_, pilot):
        await open_form(pilot, path.format(text=text))
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: says in shown(pilot).replace("\n", " "))
        assert isinstance(pilot.app.screen, ImportScreen)
        assert pilot.app.focused is pilot.app.screen.query_one("#path")
        await pilot.press("x")  # what is changed takes the complaint away
        await settle(pilot)
        assert says not in shown(pilot)
        assert not services.home.recordings.exists() or not any(services.home.recordings.iterdir())


@pytest.mark.parametrize(
    ("from_", "to", "says"),
    [("soon", "", "is no time"), ("2", "1:75x", "is no time"), ("3", "2", "ends before it begins")],
)
async def test_a_wrong_part_is_told_in_place(
    services: Services, call: Path, from_: str, to: str, says: str
) -> None:
    async with started(services, size=SIZE, home=False) as (_, pilot):
        screen = await open_form(pilot, call)
        screen.query_one("#from", Input).value = from_
        screen.query_one("#to", Input).value = to
        await settle(pilot)
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert says in shown(pilot)


async def test_stopped_while_it_is_written_down_it_is_kept_and_taken_up_again(
    services: Services, call: Path, ear: Ear
) -> None:
    ear.may.clear()
    async with started(services, size=SIZE) as (_, pilot):
        await open_form(pilot, call)
        await pilot.press("ctrl+s")
        await wait_for(
            pilot,
            lambda: (
                "Writing down the words: 50 %" in shown(pilot)
                or "Writing down the words: 50%" in shown(pilot)
            ),
        )
        await pilot.press("escape")
        await wait_for_screen(pilot, HomeScreen)
        assert "Unfinished" in notes(pilot.app)
        assert "not finished" in shown(pilot)
        ear.may.set()
        await pilot.press("u")
        await wait_for_screen(pilot, UnfinishedScreen)
        await pilot.press("enter")
        await wait_for_screen(pilot, CorrectScreen)  # and no microphone is opened
        await pilot.press("enter")
        await wait_for_screen(pilot, ReportScreen)
        assert "Imported from my call.wav" in shown(pilot)
        assert services.unfinished() == ()


async def test_left_at_its_words_it_comes_back_to_them(services: Services, call: Path) -> None:
    async with started(services, size=SIZE) as (_, pilot):
        await open_form(pilot, call)
        await pilot.press("ctrl+s")
        await wait_for_screen(pilot, CorrectScreen)
        await pilot.press("escape")
        await wait_for_screen(pilot, HomeScreen)
        await pilot.press("u")
        await wait_for_screen(pilot, UnfinishedScreen)
        await pilot.press("enter")
        await wait_for_screen(pilot, CorrectScreen)
        assert SAID in shown(pilot)


async def test_a_program_that_ends_meanwhile_leaves_the_sound(
    services: Services, call: Path, ear: Ear
) -> None:
    ear.may.clear()
    async with started(services, size=SIZE, home=False) as (_, pilot):
        await open_form(pilot, call)
        await pilot.press("ctrl+s")
        await wait_for(pilot, ear.listens.is_set)
        await pilot.press("ctrl+q")
        await pilot.pause()
    (draft,) = services.unfinished()
    assert services.origin_of(draft) == "my call.wav"


async def test_a_recogniser_that_fails_leaves_the_words_to_type(
    services: Services, call: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> object:
        raise SoundError("The model is damaged.", "Install it again.")

    monkeypatch.setattr(transcribing, "transcribe", fail)
    async with started(services, size=SIZE, home=False) as (_, pilot):
        await open_form(pilot, call)
        await pilot.press("ctrl+s")
        await wait_for_screen(pilot, CorrectScreen)
        assert "The model is damaged." in notes(pilot.app)
        assert "No words were heard in your recording" in shown(pilot)


async def test_an_answer_that_cannot_be_stored_is_kept_as_unfinished(
    services: Services, call: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any, **__: Any) -> str:
        raise StoreError("The disk is full.", "Free some space.")

    monkeypatch.setattr(services, "finish", full)
    async with started(services, size=SIZE) as (_, pilot):
        await open_form(pilot, call)
        await pilot.press("ctrl+s")
        await wait_for_screen(pilot, CorrectScreen)
        await pilot.press("enter")
        await wait_for_screen(pilot, HomeScreen)
        assert "The disk is full." in notes(pilot.app)
        assert len(services.unfinished()) == 1


# Pictures


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("score", ["low-score-direct", "low-score-boards", "low-score-gap"]),
        ("Why  did", ["low-score-gap"]),
        ("did", ["small-talk-journey", "low-score-gap"]),
        (" ", ["low-score-direct", "low-score-boards", "low-score-gap", "small-talk-journey"]),
    ],
)
def test_a_question_that_begins_with_the_search_comes_first(search: str, found: list[str]) -> None:
    assert [name for name, _ in questions_found(fakes.library(), search)] == found


async def form(pilot: Pilot[None]) -> None:
    await settle(pilot)
    await open_form(pilot, "~/Downloads/call with Sam.m4a", "score")


async def own(pilot: Pilot[None]) -> None:
    await settle(pilot)
    await open_form(pilot, "/nowhere/call.m4a", "Why this city?")
    await pilot.press("ctrl+s")
    await wait_for(pilot, lambda: "is not there" in shown(pilot))
    await settle(pilot)


@pytest.mark.parametrize(
    ("steps", "views"), [(form, at(SMALL, MIDDLE, light=SMALL)), (own, at(SMALL))]
)
def test_picture(services: Services, snapshot: Any, steps: Steps, views: Views) -> None:
    app = TrainerApp(lambda: services, services.settings)
    assert_drawn(snapshot, app, steps, views, steps.__name__)
