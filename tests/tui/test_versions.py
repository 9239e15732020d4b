"""Versions, ratings and notes on the report: chosen, compared, given again, written."""

from __future__ import annotations

from dataclasses import replace
from threading import Event

import pytest
from textual.pilot import Pilot
from textual.widgets import DataTable, Static

from tests import fakes
from tests.tui.spoken import notes, spoken_attempt
from tests.tui.steps import settle, shown, started, wait_for, wait_for_screen
from trainer.errors import StoreError
from trainer.exchange.facts import facts_of
from trainer.review.sides import SideName
from trainer.services import Services
from trainer.store.database import Store
from trainer.tui import report_page
from trainer.tui.app import TrainerApp
from trainer.tui.screens import versions
from trainer.tui.screens.comparison import ComparisonScreen
from trainer.tui.screens.confirm import ConfirmScreen
from trainer.tui.screens.exporting import ExportScreen
from trainer.tui.screens.notes import NoteScreen
from trainer.tui.screens.report import ReportScreen
from trainer.tui.screens.versions import VersionsScreen
from trainer.tui.widgets.editor import AnswerEditor

SIZE = (120, 50)


def answered(services: Services, text: str = "I acknowledge it. The exam was unfair.") -> str:
    run = services.plan(question_ids=["low-score-direct"])
    return services.finish(replace(services.new_draft(run), text=text), run.item)


def rate_by(services: Services, version: str) -> None:
    services._rater = fakes.FakeRater(version=version)


async def opened(app: TrainerApp, pilot: Pilot[None], attempt_id: str) -> ReportScreen:
    """Open the report of a stored answer, and wait until it knows whether it is outdated."""
    report = ReportScreen(app.services.view(attempt_id))
    await app.push_screen(report)
    await settle(pilot)
    return report


def title(pilot: Pilot[None]) -> str:
    return str(pilot.app.screen.query_one(".title-bar", Static).content)


async def test_an_older_version_or_rating_is_chosen_from_the_list_and_written_as_it_is_shown(
    services: Services,
) -> None:
    attempt_id = answered(services)
    services.correct(attempt_id, "I acknowledge it. Then came the change.")
    rate_by(services, "fake-2")
    services.rate_again(attempt_id)
    async with started(services, size=SIZE, home=False) as (app, pilot):
        report = await opened(app, pilot, attempt_id)
        await pilot.press("v")
        await wait_for_screen(pilot, VersionsScreen)
        assert app.screen.query_one(DataTable).row_count == 3
        assert "fake-2, checklist ownership, version test · shown in the report" in shown(pilot)
        await pilot.press("down", "enter")
        await wait_for(pilot, lambda: report.shown_view.rating_number == 1 and report.is_current)
        assert "version 2 of 2" in title(pilot)
        await settle(pilot)
        assert "Rating 1 of 2 of these words" in shown(pilot)
        assert report_page.which(report.shown_view) == ", version 2 of 2, rating 1 of 2"
        assert ("Rating", "1 of 2 of these words") in facts_of(report.shown_view)
        assert "change" in report.shown_view.transcript.transcript.text
        await pilot.press("v")
        await wait_for_screen(pilot, VersionsScreen)
        assert "fake-1, checklist ownership, version test · shown in the report" in shown(pilot)
        await pilot.press("end", "enter")
        await wait_for(pilot, lambda: report.shown_view.version == 1 and report.is_current)
        await pilot.press("v")
        await wait_for_screen(pilot, VersionsScreen)
        await pilot.press("escape")
        await settle(pilot)
        assert report.shown_view.version == 1
        await pilot.press("x")
        await wait_for_screen(pilot, ExportScreen)
        assert "1 answer, version 1 of 2." in shown(pilot)
        await pilot.press("down", "down", "down")
        assert "1 answer, all versions and ratings." in shown(pilot)
        await pilot.press("end")
        assert "1 answer, the newest words." in shown(pilot)
        assert isinstance(app.screen, ExportScreen)
        assert app.screen._shown(1)(attempt_id).transcript == report.shown_view.transcript


async def test_two_lines_are_compared_the_older_one_first(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempt_id = answered(services)
    services.correct(attempt_id, "I acknowledge it. Then came the change.")
    rate_by(services, "fake-2")
    services.rate_again(attempt_id)
    async with started(services, size=SIZE, home=False) as (app, pilot):
        await opened(app, pilot, attempt_id)
        await pilot.press("v")
        await wait_for_screen(pilot, VersionsScreen)

        named: list[SideName] = []
        monkeypatch.setattr(versions, "open_comparison", lambda _, *names: named.extend(names))

        async def compared(*keys: str) -> list[tuple[int | None, int | None]]:
            named.clear()
            await pilot.press(*keys, "c")
            return [(name.version, name.rating) for name in named]

        assert await compared() == [(2, 1), (2, 2)]
        assert await compared("end") == [(1, 1), (2, 1)]
        assert await compared("home", "space", "end") == [(1, 1), (2, 2)]
        assert await compared("space", "home") == [(1, 1), (2, 2)]
        assert await compared("down", "space") == [(1, 1), (2, 1)]
        assert shown(pilot).count("●") == 2


async def test_an_outdated_answer_is_rated_again_once_and_what_changed_is_shown(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempt_id = answered(services)
    rate_by(services, "fake-2")
    pressed_twice, rate_again = Event(), services.rate_again

    def rate_slowly(one: str) -> None:
        assert pressed_twice.wait(10)
        rate_again(one)

    monkeypatch.setattr(services, "rate_again", rate_slowly)
    async with started(services, size=(80, 24), home=False) as (app, pilot):
        report = await opened(app, pilot, attempt_id)
        assert "R rates it again" in shown(pilot)
        await pilot.press("r", "r")
        pressed_twice.set()
        await wait_for_screen(pilot, ComparisonScreen)
        assert isinstance(app.screen, ComparisonScreen)
        assert [side.rating_number for side in app.screen._sides] == [1, 2]
        await pilot.press("escape")
        await wait_for(pilot, lambda: report.is_current)
        await settle(pilot)
        assert "R rates it again" not in shown(pilot)
        assert len(services.view(attempt_id).record.ratings) == 2


async def test_a_rating_that_fails_is_told_and_can_be_tried_again(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempt_id = answered(services)
    rate_by(services, "fake-2")
    async with started(services, size=SIZE, home=False) as (app, pilot):
        await opened(app, pilot, attempt_id)

        def fail(_: str) -> None:
            raise StoreError("The disk is full.", "Make room.")

        monkeypatch.setattr(services, "rate_again", fail)
        await pilot.press("r")
        await settle(pilot)
        await wait_for(pilot, lambda: "The disk is full." in notes(app))
        monkeypatch.undo()
        await pilot.press("r")
        await wait_for_screen(pilot, ComparisonScreen)


async def test_the_keys_of_an_outdated_spoken_answer_fit_into_a_small_window(
    services: Services,
) -> None:
    attempt_id = spoken_attempt(services, "i perhaps-acknowledge it and then came the change")
    run = services.plan(question_ids=["low-score-direct"])
    rate_by(services, "fake-2")
    async with started(services, home=False) as (app, pilot):
        await app.push_screen(ReportScreen(services.view(attempt_id), run))
        await settle(pilot)
        for key in ("f Follow-up", "n Next", "p Play", "f1 Help"):
            assert key in shown(pilot).splitlines()[-1]
        await pilot.press("right")
        await settle(pilot)
        keys = shown(pilot).splitlines()[-1]
        assert keys.endswith("f1 Help")
        assert "u Settle" in keys
        await pilot.resize_terminal(*SIZE)
        await settle(pilot)
        assert "r Rate again" in shown(pilot).splitlines()[-1]


async def test_without_versions_there_is_no_list_and_notes_are_written_changed_and_deleted(
    services: Services,
) -> None:
    attempt_id = answered(services)
    async with started(services, size=SIZE, home=False) as (app, pilot):
        report = await opened(app, pilot, attempt_id)

        async def kept(count: int) -> str:
            await wait_for(pilot, lambda: len(report.shown_view.notes) == count)
            await settle(pilot)
            return "".join(note.text for note in services.view(attempt_id).notes)

        await pilot.press("v", "r")
        await settle(pilot)
        assert report.is_current
        assert "R rates it again" not in shown(pilot)
        assert len(services.view(attempt_id).record.ratings) == 1
        assert "Your notes  choose words with ← →, then press O" in shown(pilot)
        await pilot.press("o")
        assert report.is_current
        assert "Choose the words first" in notes(app)
        await pilot.press("right", "right", "shift+right", "o")
        await wait_for_screen(pilot, NoteScreen)
        assert "“acknowledge it.”" in shown(pilot)
        await pilot.press(*"why", "ctrl+s")
        assert await kept(1) == "why"
        assert report.chosen == (1, 3)
        assert "Your notes" in shown(pilot)
        await pilot.press("o")
        await wait_for_screen(pilot, NoteScreen)
        await pilot.press("ctrl+home", "1", "ctrl+end", "2", "ctrl+s")
        await wait_for(pilot, lambda: services.view(attempt_id).notes[0].text == "1why2")
        await settle(pilot)
        await pilot.press("left", "o")
        await wait_for_screen(pilot, NoteScreen)
        assert app.screen.query_one(AnswerEditor).text == ""
        await pilot.press("escape")
        await settle(pilot)
        await pilot.press("j", "j", "j")
        assert report.chosen == (1, 3)
        await pilot.press("o")
        await wait_for_screen(pilot, NoteScreen)
        await pilot.press("ctrl+d")
        assert await kept(0) == ""


async def test_a_note_is_stored_while_it_is_typed_and_leaving_it_asks_and_takes_that_back(
    services: Services,
) -> None:
    attempt_id = answered(services)

    def stored() -> list[str]:
        return [note.text for note in services.view(attempt_id).notes]

    async with started(services, size=SIZE, home=False) as (app, pilot):
        report = await opened(app, pilot, attempt_id)
        await pilot.press("right", "o")
        await wait_for_screen(pilot, NoteScreen)
        await pilot.press("a", "ctrl+d")
        await wait_for(pilot, lambda: stored() == ["a"])
        await pilot.press("escape")
        await wait_for_screen(pilot, ConfirmScreen)
        await pilot.press("n")
        await wait_for_screen(pilot, NoteScreen)
        await pilot.press("escape")
        await wait_for_screen(pilot, ConfirmScreen)
        await pilot.press("y")
        await wait_for(pilot, lambda: report.is_current and not stored())
        await settle(pilot)
        await pilot.press("o")
        await wait_for_screen(pilot, NoteScreen)
        await pilot.press("b", "ctrl+q")
        await pilot.pause()
    with Store.open(services.home) as store:
        record = store.attempt(attempt_id)
    assert record
    assert [note.text for note in record.notes] == ["b"]


async def test_a_note_that_cannot_be_stored_is_there_at_the_next_try(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempt_id = answered(services)
    async with started(services, size=SIZE, home=False) as (app, pilot):

        def fail(*_: object) -> None:
            raise StoreError("The disk is full.", "Make room.")

        report = await opened(app, pilot, attempt_id)
        monkeypatch.setattr(services.annotations, "add_note", fail)
        await pilot.press("right", "o")
        await wait_for_screen(pilot, NoteScreen)
        await pilot.press("a", "ctrl+s")
        await wait_for(pilot, lambda: "The disk is full." in notes(app))
        monkeypatch.undo()
        await pilot.press("o")
        await wait_for_screen(pilot, NoteScreen)
        await pilot.press("b", "ctrl+s")
        await wait_for(pilot, lambda: len(report.shown_view.notes) == 1)
        assert [note.text for note in services.view(attempt_id).notes] == ["ab"]
        assert report._unkept == {}


async def test_notes_come_along_and_those_whose_words_were_changed_are_told(
    services: Services,
) -> None:
    attempt_id = answered(services)
    view = services.view(attempt_id)
    services.annotations.add_note(attempt_id, view.transcript.id, 0, 2, "[b]Plain[/b]")
    services.annotations.add_note(attempt_id, view.transcript.id, 6, 7, "Leave it out")
    services.correct(attempt_id, "Well, I acknowledge it. Then came the change.")
    async with started(services, size=(100, 50), home=False) as (app, pilot):
        report = await opened(app, pilot, attempt_id)
        assert "On words that were changed" in shown(pilot)
        assert "“unfair.”  version 1" in shown(pilot)
        assert "Leave it out" in shown(pilot)
        report.choose(1, 3)
        await pilot.press("o")
        await wait_for_screen(pilot, NoteScreen)
        await pilot.press("2", "ctrl+s")
        await wait_for(pilot, lambda: report.shown_view.notes[0].text == "[b]Plain[/b]2")
        await settle(pilot)
        await pilot.press("left_square_bracket")
        await wait_for(pilot, lambda: report.shown_view.version == 1)
        await settle(pilot)
        assert "[b]Plain[/b]2" in shown(pilot)
        assert "On words that were changed" not in shown(pilot)
