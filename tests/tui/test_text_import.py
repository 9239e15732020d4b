"""Files of words on the import screen: an exported history, and transcripts of other programs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static

from tests.exchange.files import SRT, ZOOM
from tests.tui.spoken import notes
from tests.tui.steps import shown, started, wait_for, wait_for_screen
from trainer.services import Services
from trainer.tui.screens.choosing import ChoosingScreen
from trainer.tui.screens.home import HomeScreen
from trainer.tui.screens.importing import ImportScreen
from trainer.tui.screens.report import ReportScreen

SIZE = (100, 30)


async def opened(pilot: Pilot[None], file: Path) -> ImportScreen:
    await pilot.press("i")
    await wait_for_screen(pilot, ImportScreen)
    screen = pilot.app.screen
    assert isinstance(screen, ImportScreen)
    screen.query_one("#path", Input).value = str(file)
    return screen


async def for_a_question(pilot: Pilot[None]) -> None:
    pilot.app.screen.query_one("#search", Input).value = "change"
    await pilot.press("ctrl+s")


def state(screen: ImportScreen) -> str:
    return str(screen.query_one("#state", Static).content)


def stored(services: Services) -> str:
    run = services.plan(count=1)
    draft = services.new_draft(run)
    services.save_draft(draft)
    return services.finish(replace(draft, text="I acknowledge it."), run.item)


async def test_an_exported_history_needs_no_question(services: Services, tmp_path: Path) -> None:
    attempt_id = stored(services)
    file = tmp_path / "history.json"
    file.write_text("".join(services.exchange.history_file([attempt_id])), encoding="utf-8")
    services.delete_for_good(attempt_id)
    for told in ("Added: 1. There already: 0.", "Added: 0. There already: 1."):
        async with started(services, size=SIZE) as (app, pilot):
            await opened(pilot, file)
            await pilot.press("enter")
            await wait_for_screen(pilot, HomeScreen)
            assert told in notes(app)
    assert services.view(attempt_id).transcript.transcript.text == "I acknowledge it."


async def test_a_transcript_of_one_speaker_becomes_a_rated_answer(
    services: Services, tmp_path: Path
) -> None:
    file = tmp_path / "talk.srt"
    file.write_text(SRT, encoding="utf-8")
    async with started(services, size=SIZE) as (_, pilot):
        await opened(pilot, file)
        await for_a_question(pilot)
        await wait_for_screen(pilot, ReportScreen)
        (row,) = services.answers()
        assert (
            services.view(row.attempt.id).transcript.transcript.text == "I did it. It was enough."
        )
        assert row.attempt.origin == "talk.srt"


async def test_it_is_asked_who_answers(services: Services, tmp_path: Path) -> None:
    file = tmp_path / "call.vtt"
    file.write_text(ZOOM, encoding="utf-8")
    async with started(services, size=SIZE) as (_, pilot):
        screen = await opened(pilot, file)
        await for_a_question(pilot)
        await wait_for_screen(pilot, ChoosingScreen)
        assert "Omar Haddad, 5 words" in shown(pilot)
        await pilot.press("escape")
        await wait_for_screen(pilot, ImportScreen)
        assert "Nothing was kept." in state(screen)
        assert services.count_answers() == 0
        await pilot.press("ctrl+s")
        await wait_for_screen(pilot, ChoosingScreen)
        await pilot.press(*"omar", "enter")
        await wait_for_screen(pilot, ReportScreen)
        (row,) = services.answers()
        said = services.view(row.attempt.id).transcript.transcript.text
        assert said == "Well: I like it. Really."


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("broken.json", '{"format": "x"}', "broken.json"),
        ("empty.vtt", "WEBVTT\n", "It holds no words."),
        ("gone.txt", None, "gone.txt"),
    ],
)
async def test_a_wrong_file_is_told_in_place_and_nothing_is_kept(
    services: Services, tmp_path: Path, name: str, text: str | None, told: str
) -> None:
    file = tmp_path / name
    if text is not None:
        file.write_text(text, encoding="utf-8")
    async with started(services, size=SIZE) as (_, pilot):
        screen = await opened(pilot, file)
        await for_a_question(pilot)
        await wait_for(pilot, lambda: told in state(screen))
        assert screen.query_one("#state").has_class("-failed")
        assert not screen.query_one("#path", Input).disabled
        assert services.count_answers() == 0
