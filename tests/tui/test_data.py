"""The page with all that is stored: what it says, and what its keys delete."""

from __future__ import annotations

from contextlib import closing

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from tests.tui.spoken import notes, spoken_attempt
from tests.tui.steps import settle, shown, started, wait_for, wait_for_screen
from trainer.config import Settings
from trainer.errors import StoreError
from trainer.services import Services, open_services
from trainer.store.database import Store
from trainer.tui.screens.confirm import ConfirmScreen
from trainer.tui.screens.data import DataScreen
from trainer.tui.screens.exporting import ExportScreen
from trainer.tui.screens.home import HomeScreen
from trainer.tui.screens.typed_confirm import TypedConfirmScreen

SAID = "i acknowledge it and then came the change"
SIZE = (100, 40)


@pytest.fixture
def spoken(services: Services) -> str:
    """A stored answer with sound."""
    return spoken_attempt(services, SAID)


async def opened(pilot: Pilot[None]) -> DataScreen:
    await pilot.press("d")
    await wait_for_screen(pilot, DataScreen)
    screen = pilot.app.screen
    assert isinstance(screen, DataScreen)
    return screen


def page(screen: DataScreen) -> str:
    return str(screen.query_one("#page-text", Static).content)


def state(screen: DataScreen) -> str:
    return str(screen.query_one("#state", Static).content)


async def press_and_confirm(pilot: Pilot[None], key: str) -> None:
    await pilot.press(key)
    await wait_for_screen(pilot, ConfirmScreen)
    await pilot.press("y")
    await wait_for_screen(pilot, DataScreen)


async def test_it_says_what_is_stored_where_and_what_is_the_users_own(
    services: Services, spoken: str
) -> None:
    (services.home.root / "[b]mine\x1b.txt").write_text("mine")
    async with started(services, size=SIZE) as (_, pilot):
        text = page(await opened(pilot))
        for told in (str(services.home.root), "recordings/", "[b]mine", "Only you can read it"):
            assert told in text
        assert "\x1b" not in text
        assert "Backups" not in text  # there is none
        assert "Delete sound" in shown(pilot)


async def test_all_sound_is_deleted_after_a_yes_and_the_words_stay(
    services: Services, spoken: str
) -> None:
    async with started(services, size=SIZE) as (_, pilot):
        screen = await opened(pilot)
        await pilot.press("s")
        await wait_for_screen(pilot, ConfirmScreen)
        await pilot.press("n")
        await wait_for_screen(pilot, DataScreen)
        assert services.sounds.count().whole.count == 1
        await press_and_confirm(pilot, "s")
        await wait_for(pilot, lambda: "1 recording was deleted" in state(screen))
        assert services.sounds.count().whole.count == 0
        assert services.view(spoken).transcript.transcript.text == SAID


async def test_words_only_from_now_on_asks_before_it_deletes_and_goes_back(
    services: Services, spoken: str
) -> None:
    async with started(services, size=SIZE) as (_, pilot):
        screen = await opened(pilot)
        await pilot.press("w")
        await wait_for_screen(pilot, ConfirmScreen)
        await pilot.press("escape")
        await wait_for_screen(pilot, DataScreen)
        assert services.settings.sound == "flac"
        await press_and_confirm(pilot, "w")
        await wait_for(pilot, lambda: "was deleted" in state(screen))
        assert services.settings.sound == "transcript"
        assert services.sounds.count().whole.count == 0
        await pilot.press("w")
        await settle(pilot)
        assert services.settings.sound == "flac"
        await pilot.press("w")  # nothing is there to delete: nobody is asked
        await settle(pilot)
        assert services.settings.sound == "transcript"
        assert "Only the words are kept" in page(screen)


async def test_copies_are_named_and_deleted(services: Services) -> None:
    copy = services.home.root / "trainer.sqlite3.damaged-20260101T000000Z"
    copy.write_bytes(bytes(2_000_000))
    async with started(services, size=SIZE) as (_, pilot):
        screen = await opened(pilot)
        assert f"{copy.name} (2.0 MB)" in page(screen)
        await pilot.press("c")
        await wait_for_screen(pilot, ConfirmScreen)
        assert "A damaged file can hold answers" in shown(pilot)
        await pilot.press("y")
        await wait_for(pilot, lambda: "1 file is deleted" in state(screen))
        assert not copy.exists()
        await wait_for(pilot, lambda: copy.name not in page(screen))


async def test_everything_goes_after_the_word_and_the_program_ends(
    services: Services, spoken: str
) -> None:
    root = services.home.root
    own = root / "mine.txt"
    async with started(services, size=SIZE) as (app, pilot):
        await opened(pilot)
        await pilot.press("d")
        await wait_for_screen(pilot, TypedConfirmScreen)
        assert "mine.txt" not in shown(pilot)
        await pilot.press("y", "enter")
        await settle(pilot)
        assert "That was another word." in shown(pilot)
        await pilot.press("escape")
        await wait_for_screen(pilot, DataScreen)
        assert services.count_answers() == 1
        own.write_text("mine")
        await pilot.press("escape", "d")
        await wait_for_screen(pilot, DataScreen)
        await wait_for(pilot, lambda: "mine.txt" in shown(pilot))
        await pilot.press("d")
        await wait_for_screen(pilot, TypedConfirmScreen)
        assert "mine.txt" in shown(pilot)
        await pilot.press(*"Delete", "enter")
        await wait_for(pilot, lambda: app._exit)
        assert "mine.txt" in str(app._exit_renderables[0])
    app.end()
    services.close()
    assert app.return_code == 0
    assert list(root.iterdir()) == [own]
    with closing(open_services(services.home)) as again:
        assert (again.count_answers(), again.settings) == (0, Settings())


async def test_it_is_refused_while_another_program_is_open_and_all_goes_on(
    services: Services, spoken: str
) -> None:
    async with started(services, size=SIZE) as (app, pilot):
        await opened(pilot)
        with Store.open(services.home):
            await pilot.press("d")
            await wait_for_screen(pilot, TypedConfirmScreen)
            await pilot.press(*"delete", "enter")
            await wait_for(pilot, lambda: "open in another window" in notes(app))
        await pilot.press("escape")
        await wait_for_screen(pilot, HomeScreen)
        assert services.count_answers() == 1
        assert services.sounds.tidy().problem is None


async def test_a_page_that_cannot_be_read_is_told(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise StoreError("The history is damaged.", "Start again.")

    monkeypatch.setattr(services.care, "survey", fail)
    async with started(services, size=SIZE) as (app, pilot):
        await opened(pilot)
        await wait_for(pilot, lambda: "The history is damaged." in notes(app))
        await pilot.press("d")  # nobody deletes what was not shown
        assert isinstance(pilot.app.screen, DataScreen)


async def test_all_answers_can_be_written_first(services: Services, spoken: str) -> None:
    async with started(services, size=SIZE) as (_, pilot):
        await opened(pilot)
        await pilot.press("x")
        await wait_for_screen(pilot, ExportScreen)
        assert "1 answer." in shown(pilot)
