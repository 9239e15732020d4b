"""Counting the filled pauses of a spoken answer by ear."""

from dataclasses import replace

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from tests import fakes
from tests.tui.spoken import notes, spoken_attempt
from tests.tui.steps import settle, shown, started, wait_for, wait_for_screen
from trainer.services import Services
from trainer.transcript.types import FilledPause, Sound
from trainer.tui.app import TrainerApp
from trainer.tui.screens.confirm import ConfirmScreen
from trainer.tui.screens.fillers import FillersScreen
from trainer.tui.screens.report import ReportScreen

SAID = "i acknowledge it and then i changed my plan for good"
FOUND = (FilledPause(1.0, 1.4, 0.9), FilledPause(3.0, 3.3, 0.3))
MEASURED = Sound(((0.0, 5.5),), FOUND, 30.0)


def attempt(services: Services, measured: Sound = MEASURED) -> str:
    return spoken_attempt(services, SAID, measured=measured)


def counts(services: Services, attempt_id: str) -> list[tuple[str, int, object]]:
    record = services.store.attempt(attempt_id)
    assert record
    return [(r.rater, r.count, r.moments) for r in record.filler_reviews]


async def opened(services: Services, app: TrainerApp, pilot: Pilot[None], attempt_id: str) -> None:
    app.push_screen(ReportScreen(services.view(attempt_id)))
    await wait_for_screen(pilot, ReportScreen)
    await pilot.press("m")
    await wait_for_screen(pilot, FillersScreen)
    await settle(pilot)


async def test_what_was_found_is_listed_and_the_likely_ones_are_counted(
    services: Services, loudspeaker: fakes.FakeLoudspeaker
) -> None:
    attempt_id = attempt(services)
    async with started(services, size=(120, 40), home=False) as (app, pilot):
        await opened(services, app, pilot, attempt_id)
        lines = [line for line in shown(pilot).splitlines() if "counted " in line]
        assert '"um" once' in shown(pilot)
        first, second = (line for line in lines if "…" in line)
        assert "● counted" in first and "0:01" in first and "0.4 s" in first
        assert "i acknowledge … it and then" in first
        assert "○ not counted" in second
        await pilot.press("enter")
        player = loudspeaker.players[-1]
        assert (player.from_s, player.to_s) == (0.0, pytest.approx(2.4))
        await pilot.press("down", "enter")
        player = loudspeaker.players[-1]
        assert (player.from_s, player.to_s) == (pytest.approx(2.0), pytest.approx(4.3))


async def test_moments_are_taken_out_added_and_kept(
    services: Services, loudspeaker: fakes.FakeLoudspeaker
) -> None:
    attempt_id = attempt(services)
    async with started(services, size=(120, 40), home=False) as (app, pilot):
        await opened(services, app, pilot, attempt_id)
        await pilot.press("space", "down", "space")
        await wait_for(pilot, lambda: "not kept yet" in shown(pilot))
        await pilot.press("p")
        loudspeaker.players[-1].hears(4.7)
        await wait_for(pilot, lambda: "0:04" in shown(pilot))
        await pilot.press("a")
        await wait_for(pilot, lambda: '"um" 2 times' in shown(pilot))
        assert "(added by you)" in shown(pilot)
        await pilot.press("ctrl+s")
        await wait_for_screen(pilot, ReportScreen)
        await wait_for(pilot, lambda: bool(counts(services, attempt_id)))
        assert counts(services, attempt_id) == [("self", 2, ((3.0, 3.3), (4.0, 4.4)))]
        assert not loudspeaker.playing
        await pilot.press("m")
        await wait_for_screen(pilot, FillersScreen)
        await settle(pilot)
        assert shown(pilot).count("● counted") == 2
        assert shown(pilot).count("○ not counted") == 1


async def test_a_listeners_number_is_kept_beside(
    services: Services, loudspeaker: fakes.FakeLoudspeaker
) -> None:
    attempt_id = attempt(services)
    async with started(services, size=(80, 24), home=False) as (app, pilot):
        await opened(services, app, pilot, attempt_id)
        await pilot.press("t", "x", "enter")
        assert "whole number from 0" in notes(app)
        await pilot.press("7", "enter")
        await wait_for_screen(pilot, ReportScreen)
        await wait_for(pilot, lambda: counts(services, attempt_id) == [("peer", 7, None)])
        await pilot.press("m")
        await wait_for_screen(pilot, FillersScreen)
        assert app.screen.query_one(Input).value == "7"


async def test_leaving_with_a_changed_count_asks(
    services: Services, loudspeaker: fakes.FakeLoudspeaker
) -> None:
    attempt_id = attempt(services)
    async with started(services, size=(80, 24), home=False) as (app, pilot):
        await opened(services, app, pilot, attempt_id)
        await pilot.press("space", "escape")
        await wait_for_screen(pilot, ConfirmScreen)
        await pilot.press("escape")
        await wait_for_screen(pilot, FillersScreen)
        await pilot.press("space", "escape")  # as it was
        await wait_for_screen(pilot, ReportScreen)
        assert counts(services, attempt_id) == []


async def test_sound_without_any_says_how_to_add_one(
    services: Services, loudspeaker: fakes.FakeLoudspeaker
) -> None:
    attempt_id = attempt(services, Sound(((0.0, 5.5),), ()))
    async with started(services, size=(80, 24), home=False) as (app, pilot):
        await opened(services, app, pilot, attempt_id)
        assert "Nothing was found in the sound." in shown(pilot)
        await pilot.press("a")
        assert "Play the sound first" in notes(app)


async def test_a_typed_answer_has_nothing_to_count(services: Services) -> None:
    run = services.plan(question_ids=["low-score-direct"])
    draft = services.new_draft(run)
    services.save_draft(draft)
    attempt_id = services.finish(replace(draft, text="i acknowledge it"), run.item)
    async with started(services, size=(80, 24), home=False) as (app, pilot):
        app.push_screen(ReportScreen(services.view(attempt_id)))
        await wait_for_screen(pilot, ReportScreen)
        await pilot.press("m")
        await settle(pilot)
        assert isinstance(app.screen, ReportScreen)


async def test_a_listeners_number_does_not_throw_ones_own_count_away(
    services: Services, loudspeaker: fakes.FakeLoudspeaker
) -> None:
    attempt_id = attempt(services)
    async with started(services, size=(80, 24), home=False) as (app, pilot):
        await opened(services, app, pilot, attempt_id)
        await pilot.press("space", "t", "7", "enter")
        await wait_for_screen(pilot, ReportScreen)
        both = [("self", 0, ()), ("peer", 7, None)]
        await wait_for(pilot, lambda: counts(services, attempt_id) == both)


async def test_one_key_keeps_both_counts_and_no_number_that_is_none(
    services: Services, loudspeaker: fakes.FakeLoudspeaker
) -> None:
    attempt_id = attempt(services)
    async with started(services, size=(80, 24), home=False) as (app, pilot):
        await opened(services, app, pilot, attempt_id)
        await pilot.press("t", "minus", "ctrl+s")
        assert "whole number from 0" in notes(app)
        assert isinstance(app.screen, FillersScreen)
        await pilot.press("backspace", "7", "ctrl+s")
        await wait_for_screen(pilot, ReportScreen)
        both = [("self", 1, ((1.0, 1.4),)), ("peer", 7, None)]
        await wait_for(pilot, lambda: counts(services, attempt_id) == both)


async def test_escape_leads_from_the_number_to_the_list_and_asks_before_it_is_lost(
    services: Services, loudspeaker: fakes.FakeLoudspeaker
) -> None:
    attempt_id = attempt(services)
    async with started(services, size=(80, 24), home=False) as (app, pilot):
        await opened(services, app, pilot, attempt_id)
        await pilot.press("t", "7", "escape")
        assert isinstance(app.screen, FillersScreen)
        assert app.focused is app.screen.query_one("#moments")
        await pilot.press("escape")
        await wait_for_screen(pilot, ConfirmScreen)
        await pilot.press("y")
        await wait_for_screen(pilot, ReportScreen)
        assert counts(services, attempt_id) == []


async def test_the_report_names_the_key_that_counts_them(
    services: Services, loudspeaker: fakes.FakeLoudspeaker
) -> None:
    attempt_id = attempt(services)
    async with started(services, size=(120, 60), home=False) as (app, pilot):
        app.push_screen(ReportScreen(services.view(attempt_id)))
        await wait_for_screen(pilot, ReportScreen)
        await wait_for(pilot, lambda: "press M to count ums" in shown(pilot))
