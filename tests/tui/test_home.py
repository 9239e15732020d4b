import threading
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import DataTable

from tests import fakes
from tests.store.samples import save
from tests.tui.steps import settle, shown, started, wait_for, wait_for_screen
from trainer.bank.types import Complaint, Library
from trainer.config import load_settings
from trainer.encoder.problems import missing
from trainer.errors import TrainerError
from trainer.services import Services
from trainer.tui.app import TrainerApp
from trainer.tui.screens.help import HelpScreen
from trainer.tui.screens.home import HomeScreen
from trainer.tui.screens.library import LibraryScreen
from trainer.tui.screens.practice import PracticeScreen
from trainer.tui.screens.progress import ProgressScreen
from trainer.tui.screens.report import ReportScreen
from trainer.tui.screens.settings import SettingsScreen
from trainer.tui.screens.speaking import SpeakingScreen


async def test_home_shows_banks_counts_and_what_is_ready(services: Services) -> None:
    async with started(services) as (_, pilot):
        screen = shown(pilot)
        assert "All banks, mixed" in screen
        assert "Low exam score" in screen
        assert "typed practice" in screen
        assert "0 answers" in screen


async def test_home_tells_what_the_voice_is_ready_for_and_one_key_changes_to_it(
    services: Services, microphone: fakes.FakeMicrophone
) -> None:
    async with started(services, size=(120, 30)) as (_, pilot):
        screen = shown(pilot)
        assert services.overview().voice[:30] in screen
        assert "by keyboard. Press v to speak instead" in screen
        await pilot.press("v")
        await settle(pilot)
        assert "by voice. Press v to type instead, m to try the microphone." in shown(pilot)
        assert load_settings(services.home)[0].answer == "voice"
        await pilot.press("enter")
        await wait_for_screen(pilot, SpeakingScreen)
        assert len(microphone.opened) == 1
        await pilot.press("escape")
        await wait_for_screen(pilot, HomeScreen)
        await settle(pilot)
        await pilot.press("v", "enter")
        await wait_for_screen(pilot, PracticeScreen)


async def test_all_keys_of_the_footer_are_there_in_a_narrow_window(services: Services) -> None:
    async with started(services, size=(80, 24)) as (_, pilot):
        await settle(pilot)
        assert shown(pilot).splitlines()[-1].endswith("q Quit  f1 Help")
        draft = services.new_draft(services.plan(count=1))
        services.save_draft(replace(draft, text="An answer that was left."))
        await pilot.press("s", "escape")
        await wait_for(pilot, lambda: "u Unfinished" in shown(pilot))
        assert shown(pilot).splitlines()[-1].endswith("q Quit f1 Help")


async def test_the_first_question_is_one_key_away(services: Services) -> None:
    async with started(services) as (app, pilot):
        await pilot.press("enter")
        await wait_for_screen(pilot, PracticeScreen)
        assert isinstance(app.screen, PracticeScreen)


async def test_enter_pressed_before_the_banks_are_read_is_not_lost(services: Services) -> None:
    gate = threading.Event()

    def load() -> Library:
        assert gate.wait(10)
        return fakes.library()

    services._load_library = load
    app = TrainerApp(lambda: services, services.settings)
    async with app.run_test() as pilot:
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
        gate.set()
        await wait_for_screen(pilot, PracticeScreen)


async def test_the_chosen_bank_is_practised(services: Services) -> None:
    async with started(services) as (app, pilot):
        await pilot.press("down", "down", "enter")
        await wait_for_screen(pilot, PracticeScreen)
        assert isinstance(app.screen, PracticeScreen)
        assert "Did you find us well?" in shown(pilot)


async def test_a_mistake_in_the_profile_is_shown_and_stops_nothing(services: Services) -> None:
    services.home.profile.write_text("schema: 1\nprograms: [b]x[/]\n")
    async with started(services, size=(80, 24)) as (_, pilot):
        assert "profile.yaml:2:" in shown(pilot).replace("\n", "").replace(" ", "")
        assert "Low exam score" in shown(pilot)


async def test_complaints_about_a_bank_are_shown_and_stop_nothing(services: Services) -> None:
    complaint = Complaint("mine.yaml", 3, "questions.0", "[b]no prompt[/b]\x1b[31m", "add one")
    services._library = replace(fakes.library(), complaints=(complaint,))
    async with started(services, size=(120, 30)) as (_, pilot):
        screen = shown(pilot)
        assert "mine.yaml:3" in screen
        assert "[b]no prompt[/b]␛[31m" in screen
        await pilot.press("enter")
        await wait_for_screen(pilot, PracticeScreen)


async def test_an_install_that_rates_by_keywords_alone_says_so_in_one_line(
    services: Services,
) -> None:
    lacking = missing(Path("encoder.npz"))
    services._make_rater = lambda classes: fakes.FakeRater(classes, lacking)
    async with started(services) as (_, pilot):
        line = "Rating   keywords alone. A full install is more exact. See: trainer doctor"
        assert line in shown(pilot)
        await pilot.press("down", "enter")
        await wait_for_screen(pilot, PracticeScreen)
        await pilot.press("escape")
        await wait_for_screen(pilot, HomeScreen)
        await settle(pilot)
        assert line in shown(pilot)


async def test_a_full_install_says_nothing_about_its_rating(services: Services) -> None:
    async with started(services) as (_, pilot):
        assert "keywords alone" not in shown(pilot)


async def test_nobody_waits_for_the_rater_before_the_first_question(services: Services) -> None:
    gate = threading.Event()

    def make(classes: Mapping[str, tuple[str, ...]]) -> fakes.FakeRater:
        assert gate.wait(10)
        return fakes.FakeRater(classes)

    services._make_rater = make
    app = TrainerApp(lambda: services, services.settings)
    async with app.run_test() as pilot:
        await wait_for(pilot, lambda: "0 answers" in shown(pilot))
        await pilot.press("down", "enter")
        await wait_for(pilot, lambda: isinstance(app.screen, PracticeScreen))
        gate.set()
        await settle(pilot)


async def test_going_back_counts_again_and_keeps_the_row(services: Services) -> None:
    async with started(services) as (app, pilot):
        await pilot.press("down", "enter")
        await wait_for_screen(pilot, PracticeScreen)
        await pilot.press("escape")
        await wait_for_screen(pilot, HomeScreen)
        await settle(pilot)
        assert app.screen.query_one(DataTable).cursor_row == 1


@asynccontextmanager
async def opening(services: Services) -> AsyncIterator[tuple[Pilot[None], threading.Event]]:
    """Run the application on a history that opens as soon as the event is set."""
    gate = threading.Event()

    def make() -> Services:
        assert gate.wait(10)
        return services

    async with TrainerApp(make, services.settings).run_test() as pilot:
        await pilot.pause()
        yield pilot, gate


async def test_a_screen_asked_for_before_the_history_is_open_comes_after(
    services: Services,
) -> None:
    async with opening(services) as (pilot, gate):
        await pilot.press("s")
        await pilot.pause()
        assert isinstance(pilot.app.screen, HomeScreen)
        app = pilot.app
        assert isinstance(app, TrainerApp)
        app.tell_prepared(0.35)  # as a long history after an update does
        await pilot.pause()
        assert "once after an update. 35% is done." in shown(pilot)
        gate.set()
        await wait_for_screen(pilot, SettingsScreen)
    with pytest.raises(TrainerError):
        app.tell_prepared(0.5)  # whoever leaves does not wait for the rest


@pytest.mark.parametrize(
    ("keys", "leads_to"),
    [
        (("h", "enter"), [HomeScreen, LibraryScreen, ReportScreen]),
        (("h", "p"), [HomeScreen, LibraryScreen, ProgressScreen]),
        (("enter", "h", "down"), [HomeScreen, PracticeScreen]),
    ],
)
async def test_keys_pressed_before_the_history_is_open_count_in_their_order(
    services: Services, keys: tuple[str, ...], leads_to: list[type]
) -> None:
    save(services.store, "An answer.")
    async with opening(services) as (pilot, gate):
        await pilot.press(*keys)
        await pilot.pause()
        assert isinstance(pilot.app.screen, HomeScreen)
        gate.set()
        await wait_for(pilot, lambda: len(pilot.app.screen_stack) >= len(leads_to))
        await settle(pilot)
        assert [type(screen) for screen in pilot.app.screen_stack] == leads_to


@pytest.mark.parametrize(("key", "screen"), [("h", LibraryScreen), ("enter", PracticeScreen)])
async def test_what_was_asked_for_before_the_history_is_open_waits_for_the_help(
    services: Services, key: str, screen: type
) -> None:
    async with opening(services) as (pilot, gate):
        await pilot.press(key, "f1")
        gate.set()
        await settle(pilot)
        assert isinstance(pilot.app.screen, HelpScreen)
        await pilot.press("escape")
        await wait_for_screen(pilot, screen)


async def test_down_after_enter_changes_nothing_of_what_enter_started(services: Services) -> None:
    async with opening(services) as (pilot, gate):
        home = pilot.app.screen
        assert isinstance(home, HomeScreen)
        home._fill([("Small talk", 1, None, "small-talk")])
        await pilot.press("enter", "down")
        started_with: list[str] = []
        home._start = lambda chosen, typed: started_with.append(chosen)  # type: ignore[method-assign]
        gate.set()
        await wait_for(pilot, lambda: bool(started_with))
        assert started_with == ["*"]
