from textual.widgets import Input, Select, Static, Switch

from tests import fakes
from tests.tui.steps import settle, shown, started, type_answer, wait_for, wait_for_screen
from trainer.config import load_settings
from trainer.errors import SoundError
from trainer.services import Services
from trainer.tui.screens.banks import BanksScreen
from trainer.tui.screens.help import HelpScreen
from trainer.tui.screens.home import HomeScreen
from trainer.tui.screens.practice import PracticeScreen
from trainer.tui.screens.settings import SettingsScreen


async def test_a_question_is_read_and_practised_from_the_list(services: Services) -> None:
    async with started(services, size=(120, 50)) as (_, pilot):
        await pilot.press("b")
        await wait_for_screen(pilot, BanksScreen)
        assert "Trains a short, calm answer" in shown(pilot)
        await pilot.press("right", "right")
        await settle(pilot)
        screen = shown(pilot)
        for text in ("Also asked as", "What they want to know", "Follow-ups to expect"):
            assert text in screen
        assert "What did a study day look like after Step 1?" in screen
        await pilot.press("p")
        await wait_for_screen(pilot, PracticeScreen)
        assert "Can you tell me about your Step 1 score?" in shown(pilot)
        await pilot.press("escape")
        await wait_for_screen(pilot, BanksScreen)
        await pilot.press("left", "p")
        await wait_for_screen(pilot, PracticeScreen)
        assert "Question 1 of 3" in shown(pilot)


async def test_settings_count_at_once_and_are_kept(services: Services) -> None:
    async with started(services) as (app, pilot):
        await pilot.press("s")
        await wait_for_screen(pilot, SettingsScreen)
        app.screen.query_one(Select).value = "light"
        app.screen.query_one("#answer", Select).value = "voice"
        app.screen.query_one("#reading", Select).value = "drill"
        app.screen.query_one("#reading-speed", Select).value = "slow"
        app.screen.query_one(Switch).value = False
        app.screen.query_one(Input).value = "3"
        app.screen.query_one(Input).focus()
        await pilot.press("enter")
        await settle(pilot)
        assert app.theme == "trainer-light"
        kept, complaint = load_settings(services.home)
        assert complaint is None
        assert (kept.theme, kept.questions, kept.preparation) == ("light", 3, False)
        assert kept.answer == "voice"
        assert (kept.reading, kept.reading_speed) == ("drill", "slow")
        app.screen.query_one(Input).value = "999"
        await settle(pilot)
        assert "a whole number from 1 to 50" in shown(pilot)
        assert services.settings.questions == 3
        await pilot.press("escape")
        await wait_for_screen(pilot, HomeScreen)


async def test_settings_name_what_is_missing_to_read_aloud(
    services: Services, aloud: fakes.FakeAloud
) -> None:
    aloud.missing = SoundError("A speech program is missing.", "Run: apt-get install espeak-ng")
    async with started(services) as (app, pilot):
        await pilot.press("s")
        await wait_for_screen(pilot, SettingsScreen)
        remark = app.screen.query("#reading-rows .remark").first(Static)
        assert remark.content == "A speech program is missing. Run: apt-get install espeak-ng"


async def test_help_opens_over_any_screen_and_names_its_keys(services: Services) -> None:
    async with started(services, services.plan(), size=(80, 60)) as (_, pilot):
        await pilot.press("f1")
        await wait_for_screen(pilot, HelpScreen)
        await wait_for(pilot, lambda: "Rate this answer" in shown(pilot))
        assert "How this works" in shown(pilot)
        await pilot.press("escape")
        await wait_for_screen(pilot, PracticeScreen)


async def test_the_palette_lists_what_the_screen_can_do(services: Services) -> None:
    async with started(services, services.plan(), size=(100, 40)) as (app, pilot):
        await type_answer(pilot, "A few words.")
        titles = [command.title for command in app.get_system_commands(app.screen)]
        for title in ("Finish", "Pause", "Hint", "Redo", "Skip", "Leave", "Help", "Quit"):
            assert title in titles
        assert len(titles) == len(set(titles))
        await pilot.press("ctrl+p")
        await pilot.pause()
        await pilot.press(*"hint")
        await wait_for(pilot, lambda: "What a good answer holds" in shown(pilot))
        await pilot.press("enter")
        await wait_for(pilot, lambda: "What they want to know" in shown(pilot))
