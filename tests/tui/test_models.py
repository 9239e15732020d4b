"""The screen of speech models: what it shows, what it asks, and what it never does by itself."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Button, Input, Select

from tests import fakes
from tests.tui.steps import comes, settle, shown, started, wait_for, wait_for_screen
from trainer.config import load_settings
from trainer.errors import SoundError, TrainerError
from trainer.installing.types import InstallError, Progress, Verdict
from trainer.services import Services
from trainer.tui.screens.confirm import ConfirmScreen
from trainer.tui.screens.home import HomeScreen
from trainer.tui.screens.models import ModelsScreen
from trainer.tui.screens.settings import SettingsScreen
from trainer.tui.widgets.choice_table import ChoiceTable

SMALL_US, INDIAN = "vosk-model-small-en-us-0.15", "vosk-model-small-en-in-0.4"
SIZE = (100, 40)
HALF = Progress("downloading", 20_600_000, 41_205_931)


@asynccontextmanager
async def opened(
    services: Services, size: tuple[int, int] = SIZE
) -> AsyncIterator[tuple[ModelsScreen, Pilot[None]]]:
    """Open the screen over nothing, which is quicker than from the settings."""
    async with started(services, size=size, home=False) as (app, pilot):
        screen = ModelsScreen()
        app.push_screen(screen)
        await wait_for_screen(pilot, ModelsScreen)
        yield screen, pilot


@asynccontextmanager
async def opened_from_settings(
    services: Services,
) -> AsyncIterator[tuple[ModelsScreen, Pilot[None]]]:
    """Open the screen as a user does."""
    async with started(services, size=SIZE) as (app, pilot):
        await pilot.press("s")
        await wait_for_screen(pilot, SettingsScreen)
        app.screen.query_one("#recogniser", Button).press()
        await wait_for_screen(pilot, ModelsScreen)
        screen = app.screen
        assert isinstance(screen, ModelsScreen)
        yield screen, pilot


async def choose(pilot: Pilot[None], key: str) -> None:
    """Move the cursor to a row."""
    table = pilot.app.screen.query_one(ChoiceTable)
    table.move_cursor(row=table.get_row_index(key))
    await pilot.pause()


async def installing(pilot: Pilot[None], installer: fakes.FakeInstaller) -> None:
    """Say yes to the chosen model, and wait until the installation is half way."""
    installer.steps = (HALF,)
    await pilot.press("i")
    await comes(pilot, ConfirmScreen)
    await pilot.press("y")
    await wait_for(pilot, installer.told.is_set)
    await wait_for(pilot, lambda: "50%" in shown(pilot))


async def test_it_shows_what_is_used_and_which_model_suits_and_why(
    services: Services, installer: fakes.FakeInstaller
) -> None:
    services.settings = replace(services.settings, accent="indian")
    installer.kept = {SMALL_US: 12_000_000}
    async with opened(services) as (screen, pilot):
        text = shown(pilot)
        assert "Used now: the built-in recogniser" in text
        lines = {line.split()[0]: line for line in text.splitlines() if line.strip()}
        assert "Indian" in lines["small-en-in-0.4"]
        assert "38 MB" in lines["small-en-in-0.4"]
        assert "not here · recommended" in lines["small-en-in-0.4"]
        assert "10 %" in lines["small-en-us-0.15"]
        assert "part here" in lines["small-en-us-0.15"]
        assert "8 %" in lines["en-us-0.22-lgraph"]
        assert "used" in lines["built-in"]
        assert screen.query_one(ChoiceTable).chosen() == INDIAN
        assert "It is made for Indian English, which you chose as yours." in text
        assert "https://alphacephei.com/vosk/models/vosk-model-small-en-in-0.4.zip" in text
        await choose(pilot, SMALL_US)
        text = shown(pilot)
        assert "9.85 % in LibriSpeech test-clean, 10.38 % in TED-LIUM" in text
        assert "Apache-2.0 · about 300 MB of memory" in text
        assert "12 MB of it are here. Press I to go on with the rest." in text
        assert "Recommended for you" not in text
    assert installer.asked == []


async def test_nothing_is_fetched_before_a_yes(
    services: Services, installer: fakes.FakeInstaller
) -> None:
    async with opened(services) as (_, pilot):
        await pilot.press("i")
        await wait_for_screen(pilot, ConfirmScreen)
        text = shown(pilot)
        assert "Install vosk-model-small-en-us-0.15?" in text
        assert "It downloads 41 MB, once, from" in text
        assert " alphacephei.com/vosk/models/vosk-model-small-en-us-0.15.zip" in text
        assert str(fakes.SHOWN_HOME / "models") in text
        assert installer.asked == []
        await pilot.press("n")
        await wait_for_screen(pilot, ModelsScreen)
        await pilot.press("i", "enter")  # Enter answers No: it has the focus
        await wait_for_screen(pilot, ModelsScreen)
        await settle(pilot)
    assert installer.asked == []


async def test_a_model_is_installed_with_its_progress_while_the_screen_goes_on(
    services: Services, installer: fakes.FakeInstaller
) -> None:
    async with opened(services) as (screen, pilot):
        await installing(pilot, installer)
        assert "20.6 of 41.2 MB" in shown(pilot)
        await choose(pilot, INDIAN)
        assert "vosk-model-small-en-in-0.4" in shown(pilot)
        for key in ("i", "v", "d", "f", "enter"):
            await pilot.press(key)
        assert pilot.app.screen is screen
        assert not screen.query_one("#path", Input).display
        installer.finish()
        await wait_for(pilot, lambda: "is installed, and it works" in shown(pilot))
        await wait_for(pilot, lambda: "Used now: small-en-us-0.15" in shown(pilot))
        assert "New answers are heard by it." in shown(pilot)
    assert installer.asked == [("install", SMALL_US, None)]


PHASES = (
    (Progress("downloading", 1_500_000, None), "Downloading … 1.5 MB"),
    (Progress("checking", 41_205_931, 41_205_931), "Checking that every byte is right"),
    (Progress("unpacking", 10, 100), "Unpacking"),
    (Progress("trying", 0, None), "Trying it with a short clip …"),
    (Progress("waiting", 0, None), "Another program installs this model."),
)


async def test_every_phase_has_its_words(
    services: Services, installer: fakes.FakeInstaller
) -> None:
    async with opened(services) as (screen, pilot):
        await installing(pilot, installer)
        for progress, says in PHASES:
            assert says not in shown(pilot)
            screen.post_message(screen.Moved(progress))
            await wait_for(pilot, lambda says=says: says in shown(pilot))
        installer.finish()
        await settle(pilot)


async def test_c_stops_a_download_and_what_came_is_kept(
    services: Services, installer: fakes.FakeInstaller
) -> None:
    async with opened(services) as (screen, pilot):
        await installing(pilot, installer)
        installer.kept = {SMALL_US: 20_600_000}
        await pilot.press("c")
        await wait_for(pilot, lambda: "The installation was cancelled." in shown(pilot))
        await wait_for(pilot, lambda: "21 MB of it are here" in shown(pilot))
        assert not screen.query_one("#work").has_class("-failed")
        assert pilot.app.screen is screen
        await pilot.press("i")
        await wait_for_screen(pilot, ConfirmScreen)
        assert "It downloads 41 MB, 21 MB of which are here, once, from" in shown(pilot)
    assert not installer.installed


async def test_leaving_while_it_installs_asks_and_stops(
    services: Services, installer: fakes.FakeInstaller
) -> None:
    async with opened_from_settings(services) as (screen, pilot):
        await installing(pilot, installer)
        await pilot.press("escape")
        await comes(pilot, ConfirmScreen)
        assert "What was downloaded is kept" in shown(pilot)
        await pilot.press("n")
        await comes(pilot, ModelsScreen)
        assert screen.working is not None
        await pilot.press("escape")
        await comes(pilot, ConfirmScreen)
        await pilot.press("y")
        await wait_for_screen(pilot, SettingsScreen)
        await pilot.press("escape")
        await wait_for_screen(pilot, HomeScreen)
    assert not installer.installed


async def test_leaving_after_it_came_to_its_end_under_the_question(
    services: Services, installer: fakes.FakeInstaller
) -> None:
    async with opened_from_settings(services) as (screen, pilot):
        await installing(pilot, installer)
        await pilot.press("escape")
        await comes(pilot, ConfirmScreen)
        installer.finish()
        await wait_for(pilot, lambda: screen.working is None)
        await pilot.press("y")
        await wait_for_screen(pilot, SettingsScreen)
        assert "Vosk small-en-us-0.15 · models" in shown(pilot)


async def test_quitting_ends_an_installation(
    services: Services, installer: fakes.FakeInstaller
) -> None:
    async with opened(services) as (_, pilot):
        await installing(pilot, installer)
        await pilot.press("ctrl+q")
        await settle(pilot)
    assert not installer.installed


@pytest.mark.parametrize(
    "problem",
    [
        InstallError("The connection was lost after 20 MB.", "Press I: it goes on from there."),
        RuntimeError("a mistake of ours"),
    ],
)
async def test_an_error_stands_in_its_place_with_its_hint(
    services: Services, installer: fakes.FakeInstaller, problem: TrainerError
) -> None:
    async with opened(services) as (screen, pilot):
        await installing(pilot, installer)
        installer.finish(problem)
        await wait_for(pilot, lambda: screen.working is None)
        await settle(pilot)
        if isinstance(problem, TrainerError):
            says = f"{problem.message} {problem.hint}"
        else:
            says = "Something went wrong with this model. Details are in"
        assert says in " ".join(shown(pilot).split())
        assert screen.query_one("#work").has_class("-failed")
        await pilot.press("i")
        await wait_for_screen(pilot, ConfirmScreen)


async def test_a_model_is_used_after_a_try(
    services: Services, installer: fakes.FakeInstaller
) -> None:
    installer.installed = {SMALL_US, INDIAN}
    folder = str(fakes.SHOWN_HOME / "models" / SMALL_US)
    async with opened_from_settings(services) as (_, pilot):
        assert "Used now: small-en-in-0.4" in shown(pilot)
        await choose(pilot, SMALL_US)
        await pilot.press("enter")
        await wait_for(pilot, lambda: "It works. New answers are heard by" in shown(pilot))
        await wait_for(pilot, lambda: "Used now: small-en-us-0.15. You chose it." in shown(pilot))
        assert installer.asked == [("prove", folder)]
        await choose(pilot, "builtin")
        await pilot.press("enter")
        await wait_for(pilot, lambda: "Used now: the built-in recogniser" in shown(pilot))
        await pilot.press("escape")
        await wait_for_screen(pilot, SettingsScreen)
        assert "built-in recogniser: rough words" in shown(pilot)
    assert load_settings(services.home)[0].model == "builtin"


async def test_one_that_does_not_work_is_not_used(
    services: Services, installer: fakes.FakeInstaller
) -> None:
    installer.installed = {SMALL_US}
    installer.problem = SoundError("The model is damaged.", "Install it again.")
    async with opened(services) as (_, pilot):
        await choose(pilot, SMALL_US)
        await pilot.press("enter")
        await wait_for(pilot, lambda: "The model is damaged. Install it again." in shown(pilot))
    assert services.settings.model is None


async def test_a_model_that_is_not_here_cannot_be_used_and_says_how_to_get_it(
    services: Services, installer: fakes.FakeInstaller
) -> None:
    async with opened(services) as (_, pilot):
        await choose(pilot, INDIAN)
        await pilot.press("enter")
        await wait_for(pilot, lambda: "Press I to install it, F for a zip file" in shown(pilot))
    assert installer.asked == []


async def test_a_model_is_verified(services: Services, installer: fakes.FakeInstaller) -> None:
    installer.installed = {SMALL_US}
    async with opened(services) as (screen, pilot):
        await choose(pilot, SMALL_US)
        await pilot.press("v")
        await wait_for(pilot, lambda: f"{SMALL_US} is whole." in shown(pilot))
        files = tuple(f"graph/{n}.fst is changed" for n in range(5))
        folder = fakes.SHOWN_HOME / "models" / SMALL_US
        installer.verdict = Verdict(
            SMALL_US, folder, False, "checksums", files, "5 files are damaged.", "Install it again."
        )
        await pilot.press("v")
        await wait_for(pilot, lambda: "5 files are damaged. Install it again." in shown(pilot))
        assert "· graph/2.fst is changed" in shown(pilot)
        assert "graph/3.fst" not in shown(pilot)
        assert "and 2 more" in shown(pilot)
        assert screen.query_one("#work").has_class("-failed")
    assert installer.asked == [("verify", SMALL_US)] * 2


async def test_the_model_in_use_is_removed_after_a_question_and_no_longer_chosen(
    services: Services, installer: fakes.FakeInstaller
) -> None:
    installer.installed = {SMALL_US}
    folder = str(fakes.SHOWN_HOME / "models" / SMALL_US)
    services.settings = replace(services.settings, model=folder)
    async with opened(services) as (_, pilot):
        await choose(pilot, SMALL_US)
        await pilot.press("d")
        await wait_for_screen(pilot, ConfirmScreen)
        assert installer.asked == []
        await pilot.press("y")
        await wait_for(pilot, lambda: "is removed: 70 MB are free." in shown(pilot))
        await wait_for(pilot, lambda: "Used now: the built-in recogniser" in shown(pilot))
    assert services.settings.model is None


@pytest.mark.parametrize("key", ["builtin", INDIAN])
async def test_what_is_not_here_is_not_removed(
    services: Services, installer: fakes.FakeInstaller, key: str
) -> None:
    async with opened(services) as (screen, pilot):
        await choose(pilot, key)
        await pilot.press("d")
        await settle(pilot)
        assert pilot.app.screen is screen
    assert installer.asked == []


async def test_the_path_of_a_zip_file_that_did_not_work_is_there_to_be_mended(
    services: Services, installer: fakes.FakeInstaller, tmp_path: Path
) -> None:
    archive = tmp_path / "my model.zip"
    archive.touch()
    async with opened(services) as (screen, pilot):
        await pilot.press("f")
        path = screen.query_one("#path", Input)
        path.value = "x" * 5000
        await pilot.press("enter")
        await wait_for(pilot, lambda: "There is no file" in shown(pilot))
        path.value = str(archive).replace(" ", "\\ ")  # as a terminal writes a dropped file
        written = path.value
        await pilot.press("enter")
        await wait_for(pilot, installer.told.is_set)
        installer.finish(InstallError("This archive is refused.", "Nothing was installed."))
        await wait_for(pilot, lambda: "This archive is refused." in shown(pilot))
        assert (path.display, path.value) == (True, written)
        await wait_for(pilot, lambda: pilot.app.focused is path)
    assert installer.asked == [("install", None, archive)]


async def test_verifying_what_is_not_here_names_the_key_that_installs(
    services: Services, installer: fakes.FakeInstaller
) -> None:
    async with opened(services) as (_, pilot):
        await wait_for(pilot, lambda: SMALL_US.removeprefix("vosk-model-") in shown(pilot))
        await choose(pilot, SMALL_US)
        await pilot.press("v")
        await wait_for(pilot, lambda: "Press I to install it, F for a zip file" in shown(pilot))
    assert installer.asked == []


async def test_a_zip_file_of_this_machine_is_installed_without_a_network(
    services: Services, installer: fakes.FakeInstaller, tmp_path: Path
) -> None:
    archive = tmp_path / f"{INDIAN}.zip"
    archive.touch()
    async with opened(services) as (screen, pilot):
        await pilot.press("f")
        path = screen.query_one("#path", Input)
        assert pilot.app.focused is path
        await pilot.press(*"iv", "enter")  # letters are a path here, and no keys
        await wait_for(pilot, lambda: "There is no file iv." in shown(pilot))
        assert path.display
        path.value = f"'{archive}'"
        await pilot.press("enter")
        await wait_for(pilot, installer.told.is_set)
        assert not path.display
        installer.finish()
        await wait_for(pilot, lambda: "Used now: small-en-in-0.4" in shown(pilot))
        assert isinstance(pilot.app.focused, ChoiceTable)
    assert installer.asked == [("install", None, archive)]


async def test_escape_puts_the_path_away_first(
    services: Services, installer: fakes.FakeInstaller
) -> None:
    async with opened_from_settings(services) as (screen, pilot):
        await pilot.press("f", *"abc", "escape")
        await pilot.pause()
        assert pilot.app.screen is screen
        assert not screen.query_one("#path", Input).display
        await pilot.press("escape")
        await wait_for_screen(pilot, SettingsScreen)


async def test_models_of_the_users_own_stand_in_the_table(
    services: Services, installer: fakes.FakeInstaller
) -> None:
    own = Path("/home/you/[bold]models/my-\x1bmodel")
    installer.others = (own,)
    async with opened(services) as (_, pilot):
        await choose(pilot, str(own))
        text = shown(pilot)
        assert "A model of yours" in text
        assert "my-␛model" in text
        assert "[bold]" in text


async def test_without_vosk_a_model_says_what_it_needs(
    services: Services, installer: fakes.FakeInstaller
) -> None:
    installer.vosk = None
    async with opened(services) as (_, pilot):
        assert "It needs the package vosk, which is not installed." in shown(pilot)


async def test_a_catalogue_that_cannot_be_read_is_told(
    services: Services, installer: fakes.FakeInstaller, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(settings: object) -> None:
        raise TrainerError("catalogue.yaml:3: this is not YAML.", "Install the trainer again.")

    monkeypatch.setattr(installer, "look", fail)
    async with opened(services) as (screen, pilot):
        assert "catalogue.yaml:3: this is not YAML. Install the trainer again." in shown(pilot)
        for key in ("i", "v", "d", "enter"):
            await pilot.press(key)
        assert pilot.app.screen is screen


async def test_the_english_is_said_in_the_settings_and_changes_the_recommendation(
    services: Services, installer: fakes.FakeInstaller
) -> None:
    async with started(services, size=SIZE) as (app, pilot):
        await pilot.press("s")
        await wait_for_screen(pilot, SettingsScreen)
        accent = app.screen.query_one("#accent", Select)
        assert "Not said" in shown(pilot)
        assert "no judgement" in " ".join(shown(pilot).split())
        accent.value = "british"
        await settle(pilot)
        assert load_settings(services.home)[0].accent == "british"
        app.screen.query_one("#recogniser", Button).press()
        await wait_for_screen(pilot, ModelsScreen)
        assert "It is made for British English" in shown(pilot)
        await pilot.press("escape")
        await wait_for_screen(pilot, SettingsScreen)
        accent.value = ""
        await settle(pilot)
        assert load_settings(services.home)[0].accent is None
