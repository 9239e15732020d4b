"""The offer of a speech model: once, before the first answer by voice, and never forced."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from tests import fakes
from tests.tui.steps import answer, comes, settle, shown, started, wait_for, wait_for_screen
from trainer.config import load_settings
from trainer.installing.types import InstallError, Progress
from trainer.services import Services
from trainer.tui.app import TrainerApp
from trainer.tui.screens.confirm import ConfirmScreen
from trainer.tui.screens.home import HomeScreen
from trainer.tui.screens.models import ModelsScreen
from trainer.tui.screens.offer import OfferScreen
from trainer.tui.screens.practice import PracticeScreen
from trainer.tui.screens.speaking import SpeakingScreen

SMALL_US, INDIAN = "vosk-model-small-en-us-0.15", "vosk-model-small-en-in-0.4"
SIZE = (100, 45)
HALF = Progress("downloading", 20_600_000, 41_205_931)


@pytest.fixture(autouse=True)
def first_time(services: Services, installer: fakes.FakeInstaller) -> None:
    """Answers are spoken, and nobody was offered a model yet."""
    services.settings = replace(services.settings, answer="voice", model_offered=False)


async def offered(pilot: Pilot[None]) -> OfferScreen:
    """Begin a practice, and return the offer once it says what is recommended."""
    if isinstance(pilot.app.screen, HomeScreen):
        await pilot.press("enter")
    else:
        assert isinstance(pilot.app, TrainerApp)
        pilot.app.practise(pilot.app.services.plan())
    await wait_for_screen(pilot, OfferScreen)
    await wait_for(pilot, lambda: "Better words" in shown(pilot))
    screen = pilot.app.screen
    assert isinstance(screen, OfferScreen)
    return screen


async def test_the_offer_says_what_is_now_what_is_better_and_what_a_yes_does(
    services: Services, installer: fakes.FakeInstaller, microphone: fakes.FakeMicrophone
) -> None:
    async with started(services, size=SIZE, home=False) as (_, pilot):
        await offered(pilot)
        text = " ".join(shown(pilot).split())
        for part in (
            "about two words in five are wrong",
            "gets no marks until",
            SMALL_US,
            "you did not say which English is yours",
            "41 MB to download · Apache-2.0",
            "https://alphacephei.com/vosk/models/vosk-model-small-en-us-0.15.zip",
            str(fakes.SHOWN_HOME / "models"),
            "Only this file is asked for. Nothing that you say or write is ever sent.",
            "I: install it now. N: go on without. Later: Settings, Recogniser.",
        ):
            assert part in text
    assert installer.asked == []
    assert microphone.opened == []


async def test_it_can_be_gone_past_and_is_never_offered_again(
    services: Services, installer: fakes.FakeInstaller
) -> None:
    async with started(services, size=SIZE) as (_, pilot):
        await offered(pilot)
        await pilot.press("n")
        await wait_for_screen(pilot, SpeakingScreen)
        await pilot.press("escape")
        await wait_for_screen(pilot, HomeScreen)
        await pilot.press("enter")
        await wait_for_screen(pilot, SpeakingScreen)
    assert installer.asked == []
    assert load_settings(services.home)[0].model_offered


async def test_a_second_enter_on_home_does_not_skip_it_unseen(
    services: Services, installer: fakes.FakeInstaller
) -> None:
    async with started(services, size=SIZE) as (_, pilot):
        await pilot.press("enter", "enter", "ctrl+j")
        await wait_for(pilot, lambda: "Better words" in shown(pilot))
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, OfferScreen)
    assert installer.asked == []


async def test_leaving_it_goes_home_and_it_is_not_shown_twice(
    services: Services, installer: fakes.FakeInstaller
) -> None:
    async with started(services, size=SIZE) as (_, pilot):
        await offered(pilot)
        await pilot.press("escape")
        await wait_for_screen(pilot, HomeScreen)
        await pilot.press("enter")
        await wait_for_screen(pilot, SpeakingScreen)
    assert installer.asked == []


async def test_one_key_installs_it_and_the_practice_begins_with_it(
    services: Services, installer: fakes.FakeInstaller, monkeypatch: pytest.MonkeyPatch
) -> None:
    engines = []
    open_spoken = services._open_spoken
    monkeypatch.setattr(
        services,
        "_open_spoken",
        lambda file, device, engine: engines.append(engine) or open_spoken(file, device, engine),
    )
    installer.steps = (HALF,)
    async with started(services, size=SIZE, home=False) as (_, pilot):
        await offered(pilot)
        await pilot.press("i")
        await wait_for(pilot, lambda: "50%, 20.6 of 41.2 MB" in shown(pilot))
        assert "N: go on without" not in shown(pilot)
        await pilot.press("enter", "i")  # nothing else begins meanwhile
        assert isinstance(pilot.app.screen, OfferScreen)
        installer.finish()
        await wait_for_screen(pilot, SpeakingScreen)
        await wait_for(pilot, lambda: bool(engines))
    assert installer.asked == [("install", SMALL_US, None)]
    folder = fakes.SHOWN_HOME / "models" / SMALL_US
    assert load_settings(services.home)[0].model == str(folder)
    assert [engine.folder for engine in engines] == [folder]


async def test_what_is_said_of_ones_english_changes_the_recommendation(
    services: Services, installer: fakes.FakeInstaller
) -> None:
    async with started(services, size=SIZE, home=False) as (_, pilot):
        await offered(pilot)
        assert "Your English: Not said." in shown(pilot)
        assert "no judgement" in " ".join(shown(pilot).split())
        await pilot.press("e", "e")
        await wait_for(pilot, lambda: "Your English: Indian." in shown(pilot))
        await wait_for(pilot, lambda: INDIAN in shown(pilot))
        await pilot.press("i")
        await wait_for(pilot, installer.told.is_set)
        installer.finish()
        await wait_for_screen(pilot, SpeakingScreen)
    assert installer.asked == [("install", INDIAN, None)]
    assert load_settings(services.home)[0].accent == "indian"


async def test_without_a_network_it_says_so_and_a_zip_file_does(
    services: Services, installer: fakes.FakeInstaller, tmp_path: Path
) -> None:
    archive = tmp_path / f"{SMALL_US}.zip"
    archive.touch()
    async with started(services, size=SIZE, home=False) as (_, pilot):
        screen = await offered(pilot)
        await pilot.press("i")
        await wait_for(pilot, installer.told.is_set)
        installer.finish(InstallError("alphacephei.com is not reached.", "Is there a network?"))
        file = "With a zip file of the model press F. N goes on without it."
        await wait_for(pilot, lambda: file in " ".join(shown(pilot).split()))
        assert "alphacephei.com is not reached. Is there a network?" in " ".join(
            shown(pilot).split()
        )
        installer.problem = None
        await pilot.press("f", "ctrl+j")  # no Enter of the screen while a path is written
        assert pilot.app.screen is screen
        screen.query_one("#path", Input).value = str(archive)
        await pilot.press("enter")
        await wait_for_screen(pilot, SpeakingScreen)
    assert installer.asked == [("install", SMALL_US, None), ("install", None, archive)]


async def test_a_stopped_download_goes_on_or_is_left(
    services: Services, installer: fakes.FakeInstaller
) -> None:
    async with started(services, size=SIZE, home=False) as (_, pilot):
        await offered(pilot)
        await pilot.press("i")
        await wait_for(pilot, installer.told.is_set)
        await pilot.press("c")
        await wait_for(pilot, lambda: "The installation was cancelled." in shown(pilot))
        assert "With a zip file" not in shown(pilot)
        await pilot.press("n")
        await wait_for_screen(pilot, SpeakingScreen)
    assert not installer.installed


async def test_it_can_end_while_it_is_asked_whether_to_leave(
    services: Services, installer: fakes.FakeInstaller
) -> None:
    async with started(services, size=SIZE, home=False) as (_, pilot):
        screen = await offered(pilot)
        await pilot.press("i")
        await wait_for(pilot, installer.told.is_set)
        await pilot.press("escape")
        await comes(pilot, ConfirmScreen)
        installer.finish()
        await wait_for(pilot, lambda: screen.working is None)
        await pilot.press("n")
        await wait_for_screen(pilot, SpeakingScreen)


async def test_another_model_is_chosen_from_all_of_them(
    services: Services, installer: fakes.FakeInstaller
) -> None:
    async with started(services, size=SIZE, home=False) as (_, pilot):
        await offered(pilot)
        await pilot.press("a")
        await wait_for_screen(pilot, ModelsScreen)
        await pilot.press("i")
        await wait_for_screen(pilot, ConfirmScreen)
        await pilot.press("y")
        installer.finish()
        await wait_for(pilot, lambda: "is installed, and it works" in shown(pilot))
        await pilot.press("escape")
        await wait_for_screen(pilot, SpeakingScreen)


async def test_where_there_is_no_recogniser_it_says_what_is_kept_then(
    services: Services, installer: fakes.FakeInstaller
) -> None:
    installer.builtin = None
    async with started(services, size=SIZE) as (_, pilot):
        await offered(pilot)
        assert "Nothing on this machine writes down what you say" in shown(pilot)


async def test_it_comes_before_a_practice_from_the_command_line(
    services: Services, installer: fakes.FakeInstaller
) -> None:
    services.settings = replace(services.settings, answer="typed")
    run = services.plan(question_ids=["low-score-direct"])
    app = TrainerApp(lambda: services, services.settings, run, voice=True)
    async with app.run_test(size=SIZE) as pilot:
        await wait_for_screen(pilot, OfferScreen)
        await pilot.press("n")
        await wait_for_screen(pilot, SpeakingScreen)
        assert "Can you tell me about your Step 1 score?" in shown(pilot)


@pytest.mark.parametrize("name", ["model", "own model", "no vosk", "offered"])
async def test_nobody_is_offered_what_would_not_help(
    services: Services, installer: fakes.FakeInstaller, name: str
) -> None:
    if name == "model":
        installer.installed = {SMALL_US}
        services.settings = replace(services.settings, model="builtin")  # chosen, though
    if name == "own model":
        installer.others = (Path("/models/mine"),)
    if name == "no vosk":
        installer.vosk = None
    if name == "offered":
        services.settings = replace(services.settings, model_offered=True)
    async with started(services, size=SIZE) as (_, pilot):
        await pilot.press("enter")
        await wait_for_screen(pilot, SpeakingScreen)


async def test_typed_answers_their_follow_ups_and_taking_up_are_not_interrupted(
    services: Services, installer: fakes.FakeInstaller
) -> None:
    services.settings = replace(services.settings, answer="typed")
    async with started(services, size=SIZE) as (_, pilot):
        await pilot.press("down", "enter")
        await wait_for_screen(pilot, PracticeScreen)
        await answer(pilot, "I acknowledge it, and that is all.")
        services.settings = replace(services.settings, answer="voice")
        await pilot.press("f")  # the follow-up, by voice
        await wait_for_screen(pilot, SpeakingScreen)
        await pilot.press("escape")
        await settle(pilot)
        await pilot.press("a")  # and again
        await wait_for_screen(pilot, SpeakingScreen)
    assert not services.settings.model_offered


async def test_what_was_typed_ahead_is_not_taken_for_a_yes(
    services: Services, installer: fakes.FakeInstaller
) -> None:
    async with started(services, size=SIZE) as (_, pilot):
        run = services.plan()
        app = pilot.app
        assert isinstance(app, TrainerApp)
        app.practise(run, typed="i have")
        await wait_for_screen(pilot, OfferScreen)
        await pilot.press("n")
        await wait_for_screen(pilot, SpeakingScreen)
        await pilot.press("ctrl+e")
        await wait_for_screen(pilot, PracticeScreen)
        assert "i have" in shown(pilot)
    assert installer.asked == []


async def test_a_choice_that_cannot_be_saved_is_told_and_the_practice_goes_on(
    services: Services, installer: fakes.FakeInstaller
) -> None:
    services.home.config_file.mkdir()
    async with started(services, size=SIZE, home=False) as (_, pilot):
        await offered(pilot)
        assert any("cannot be saved" in note.message for note in pilot.app._notifications)
        await pilot.press("n")
        await wait_for_screen(pilot, SpeakingScreen)
    assert services.settings.model_offered
