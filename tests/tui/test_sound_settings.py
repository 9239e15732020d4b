"""What sound is kept: chosen in the settings, told before it is recorded, and tidied behind."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Select, Static

from tests import fakes
from tests.keeping.stored import Stock
from tests.tui.pictures import assert_drawn
from tests.tui.spoken import notes, spoken_attempt, spoken_draft
from tests.tui.steps import settle, shown, started, wait_for, wait_for_screen
from tests.tui.voice_steps import asked
from trainer import tidying
from trainer.audio.reading import is_flac
from trainer.errors import StoreError
from trainer.keeping.keeping import Keeping
from trainer.scratch import PREFIX
from trainer.services import Services
from trainer.store.database import Store
from trainer.tui.app import TrainerApp
from trainer.tui.screens.confirm import ConfirmScreen
from trainer.tui.screens.home import HomeScreen
from trainer.tui.screens.report import ReportScreen
from trainer.tui.screens.settings import SettingsScreen
from trainer.tui.widgets.sound_rows import SoundRows

SIZE = (100, 60)
SAID = "i acknowledge it and then came the change"


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Home tidies at once."""
    monkeypatch.setattr(tidying, "AFTER_S", 0.01)


async def open_settings(pilot: Pilot[None]) -> SettingsScreen:
    if isinstance(pilot.app.screen, HomeScreen):
        await pilot.press("s")
    else:
        pilot.app.push_screen(SettingsScreen())
    await wait_for_screen(pilot, SettingsScreen)
    screen = pilot.app.screen
    assert isinstance(screen, SettingsScreen)
    return screen


async def choose(pilot: Pilot[None], row: str, value: object) -> None:
    pilot.app.screen.query_one(f"#{row}", Select).value = value
    await settle(pilot)
    await settle(pilot)


def sound_of(services: Services, attempt_id: str) -> Any:
    return services.view(attempt_id).recording


async def test_the_size_of_the_sound_is_shown(services: Services) -> None:
    spoken_attempt(services, SAID)
    async with started(services, size=SIZE, home=False) as (_, pilot):
        screen = await open_settings(pilot)
        assert "1 recording, 0.1 MB." in str(screen.query_one("#sound-size", Static).content)


async def test_without_sound_to_delete_nobody_is_asked(services: Services) -> None:
    spoken_draft(services, SAID)
    spoken_attempt(services, SAID, "builtin")
    async with started(services, size=SIZE, home=False) as (_, pilot):
        await open_settings(pilot)
        await choose(pilot, "keep-sound", "transcript")
        await choose(pilot, "sound-days", 30)
        assert isinstance(pilot.app.screen, SettingsScreen)
        assert (services.settings.sound, services.settings.sound_days) == ("transcript", 30)
        await choose(pilot, "sound-days", 0)
        assert services.settings.sound_days is None


@pytest.mark.parametrize("yes", [True, False])
async def test_it_asks_before_older_sound_goes(services: Services, yes: bool) -> None:
    said = spoken_attempt(services, SAID)
    rough = spoken_attempt(services, SAID, "builtin")
    async with started(services, size=SIZE, home=False) as (_, pilot):
        await open_settings(pilot)
        await choose(pilot, "keep-sound", "transcript")
        await wait_for_screen(pilot, ConfirmScreen)
        assert "Delete 1 recording, 0.1 MB?" in shown(pilot)
        assert "Kept for now: 1, whose words are not safe yet." in shown(pilot).replace("\n", " ")
        assert sound_of(services, said)
        await pilot.press("y" if yes else "n")
        await wait_for_screen(pilot, SettingsScreen)
        await settle(pilot)
        kept = pilot.app.screen.query_one("#keep-sound", Select).value
        if yes:
            await wait_for(pilot, lambda: "1 recording was deleted" in notes(pilot.app))
            assert (services.settings.sound, kept) == ("transcript", "transcript")
            assert sound_of(services, said) is None
        else:
            assert (services.settings.sound, kept) == ("flac", "flac")
            assert sound_of(services, said)
        assert sound_of(services, rough)


async def test_a_limit_of_the_settings_file_is_one_of_the_choices(services: Services) -> None:
    services.settings = replace(services.settings, sound_days=45)
    async with started(services, size=SIZE, home=False) as (_, pilot):
        screen = await open_settings(pilot)
        assert screen.query_one("#sound-days", Select).value == 45
        assert services.settings.sound_days == 45


async def test_a_history_that_cannot_be_read_leaves_the_settings(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> object:
        raise StoreError("The history cannot be read.", "Try again.")

    async with started(services, size=SIZE, home=False) as (_, pilot):
        await open_settings(pilot)
        monkeypatch.setattr(services.sounds, "plan", fail)
        await choose(pilot, "keep-sound", "transcript")
        assert "The history cannot be read." in notes(pilot.app)
        assert services.settings.sound == "flac"
        assert pilot.app.screen.query_one("#keep-sound", Select).value == "flac"


@pytest.mark.parametrize(
    ("settings", "says", "says_not"),
    [
        ({}, "its sound is gone too", "is deleted"),
        ({"sound": "transcript"}, "deleted once its words are safe", "after"),
        ({"sound_days": 30}, "The sound is deleted after 30 days", "once its words"),
    ],
)
async def test_what_will_be_kept_is_told_before_anything_is_recorded(
    services: Services,
    microphone: fakes.FakeMicrophone,
    by_voice: None,
    settings: dict[str, Any],
    says: str,
    says_not: str,
) -> None:
    services.settings = replace(services.settings, **settings)
    async with asked(services, microphone) as (screen, _, _pilot):
        told = " ".join(str(screen.query_one("#consent", Static).content).split())
        assert says in told
        assert says_not not in told


# Behind the screens


async def test_home_compresses_what_is_there(services: Services, soon: None) -> None:
    said = spoken_attempt(services, SAID)
    async with started(services) as (_, pilot):
        sounds = services.home.recordings  # the row names the new file a moment later
        await wait_for(pilot, lambda: [is_flac(file) for file in sounds.iterdir()] == [True])
        await wait_for(pilot, lambda: is_flac(sound_of(services, said)))


async def test_home_says_how_many_old_recordings_went(
    services: Services, store_of: Callable[[], Stock], soon: None
) -> None:
    services.settings = replace(services.settings, sound_days=30)
    store_of().answer(days=40)
    async with started(services) as (_, pilot):
        await wait_for(pilot, lambda: "1 recording was deleted" in notes(pilot.app))


@pytest.fixture
def store_of(services: Services) -> Callable[[], Stock]:
    """Answers with sound of any age in the history of the application."""
    return lambda: Stock(services.home, services.store)


async def test_sound_stays_while_its_report_is_open(services: Services) -> None:
    said = spoken_attempt(services, SAID)
    other = Keeping(
        services.home,
        Store.open(services.home),
        lambda: replace(services.settings, sound="transcript"),
    )
    async with started(services, size=SIZE) as (app, pilot):
        app.push_screen(ReportScreen(services.view(said)))
        await wait_for_screen(pilot, ReportScreen)
        assert other.tidy().left == 1
        assert sound_of(services, said)
        await pilot.press("escape")
        await wait_for_screen(pilot, HomeScreen)
        assert other.tidy().deleted.count == 1
        app.push_screen(ReportScreen(services.view(said)))
        await wait_for_screen(pilot, ReportScreen)
        assert "not kept any more" in shown(pilot)


async def test_the_end_of_the_program_deletes_and_compresses_nothing(services: Services) -> None:
    said = spoken_attempt(services, SAID)
    rough = spoken_attempt(services, SAID, "builtin")
    services.settings = replace(services.settings, sound="transcript")
    async with started(services) as (app, _):
        assert sound_of(services, said)
    app.end()
    assert sound_of(services, said) is None
    assert not is_flac(sound_of(services, rough))


async def test_the_end_stops_what_is_being_compressed(
    services: Services, soon: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from threading import Event

    began, ended = Event(), []

    def tidy(cancelled: Callable[[], bool], most: int | None = None) -> Any:
        began.set()
        while not cancelled():
            pass
        ended.append(most)

    monkeypatch.setattr(services.sounds, "tidy", tidy)
    async with started(services) as (app, pilot):
        await wait_for(pilot, began.is_set)
    app.end()
    assert ended == [tidying.MOST]


# Pictures


async def rows(pilot: Pilot[None]) -> None:
    await settle(pilot)
    services = pilot.app.services  # type: ignore[attr-defined]
    spoken_attempt(services, SAID)
    screen = await open_settings(pilot)
    screen.query_one("#page").scroll_to_widget(screen.query_one(SoundRows), animate=False)
    screen.query_one("#places", Static).update("")
    await settle(pilot)


def test_picture(services: Services, snapshot: Any) -> None:
    assert_drawn(snapshot, TrainerApp(lambda: services, services.settings), rows)


async def test_private_sound_that_a_killed_program_left_goes_behind_home(
    services: Services, soon: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    left = tmp_path / f"{PREFIX}left"
    left.mkdir()
    (left / "reading.wav").write_bytes(b"private")
    os.utime(left, (0, 0))
    async with started(services, size=SIZE) as (_, pilot):
        await wait_for(pilot, lambda: not left.exists())
