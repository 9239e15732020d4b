"""The form for marks by hand, before the report of an answer."""

from __future__ import annotations

from dataclasses import replace
from threading import Event
from typing import Any

import pytest
from textual.widgets import Static

from tests import fakes
from tests.tui.spoken import notes
from tests.tui.steps import comes, settle, shown, started, type_answer, wait_for, wait_for_screen
from trainer.bank.types import Mark
from trainer.errors import StoreError
from trainer.services import Services
from trainer.transcript.types import Transcript
from trainer.tui.opening import open_answer
from trainer.tui.screens.base import TrainerScreen
from trainer.tui.screens.help import HelpScreen
from trainer.tui.screens.rating_form import RatingFormScreen
from trainer.tui.screens.report import ReportScreen
from trainer.tui.screens.self_rating import SelfRatingScreen, revealing

ONE = ["low-score-direct"]
SIZE = (120, 40)
TEXT = "I acknowledge it. Then came nothing else."


@pytest.fixture
def first(services: Services) -> Services:
    """One's own marks come before the report."""
    services.settings = replace(services.settings, self_rating=True)
    return services


def own_marks(services: Services) -> list[dict[str, Mark]]:
    (row,) = services.answers()
    ratings = services.view(row.attempt.id).record.ratings
    return [dict(r.rating.marks) for r in ratings if r.rating.rater == "self"]


async def test_own_marks_are_asked_for_blind_and_mended_and_then_stand_beside_the_machines(
    first: Services,
) -> None:
    async with started(first, first.plan(question_ids=ONE), SIZE) as (_, pilot):
        await type_answer(pilot, TEXT)
        await pilot.press("ctrl+s")
        await wait_for_screen(pilot, SelfRatingScreen)
        form = shown(pilot)
        assert "Your own marks · point 1 of 2" in form
        assert "An interviewer would ask: Where is the part" in form
        assert "2 ◐ partly  You name it: half there." in form
        assert "I acknowledge it." in form
        assert "of 100" not in form
        assert "This helps" not in form
        assert len(first.answers()) == 1, "the answer is stored before anybody marks it"
        await pilot.press("enter", "b")
        assert "point 1 of 2" in shown(pilot), "no point is left out"
        await pilot.press("1", "1", "b", "b", "3", "enter")  # a slip is mended
        assert "Every point has a mark" in shown(pilot)
        assert own_marks(first) == []
        await pilot.press("enter")
        await wait_for_screen(pilot, ReportScreen)
        told = str(pilot.app.screen.query_one(".own-marks", Static).content)
        assert "You gave 0 of 2 points to compare the same mark" in told
        assert "Lower than the rating: You name it (you: missed, the rating: met)." in told
        assert "● met     You name it  you: ○ missed" in shown(pilot)
        await pilot.press("escape")
        await settle(pilot)
    assert own_marks(first) == [{"acknowledge": Mark.MISSED, "change": Mark.MET}]


async def test_marks_that_are_stored_under_the_help_lead_to_the_report_behind_it(
    first: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    helped, rate = Event(), first.rate_self

    def late(*given: Any) -> None:
        helped.wait(10)
        rate(*given)

    monkeypatch.setattr(first, "rate_self", late)
    async with started(first, first.plan(question_ids=ONE), SIZE) as (_, pilot):
        await type_answer(pilot, TEXT)
        await pilot.press("ctrl+s")
        await wait_for_screen(pilot, SelfRatingScreen)
        await pilot.press("3", "1", "enter", "f1")
        await comes(pilot, HelpScreen)
        helped.set()
        await settle(pilot)
        assert isinstance(pilot.app.screen, HelpScreen)
        await pilot.press("escape")
        await wait_for_screen(pilot, ReportScreen)
        assert not any(isinstance(screen, SelfRatingScreen) for screen in pilot.app.screen_stack)


async def test_marks_of_a_form_that_was_broken_off_are_there_again_until_it_is_left(
    first: Services,
) -> None:
    async with started(first, first.plan(question_ids=ONE), SIZE) as (_, pilot):
        await type_answer(pilot, TEXT)
        await pilot.press("ctrl+s")
        await wait_for_screen(pilot, SelfRatingScreen)
        await pilot.press("1")
        await settle(pilot)
        (row,) = first.answers()
        view = first.view(row.attempt.id)
        assert first.begun_marks(view) == {"acknowledge": Mark.MET}, "what a kill leaves"
        await pilot.press("b", "3", "ctrl+q")
    assert first.begun_marks(view) == {"acknowledge": Mark.MISSED}
    async with started(first, size=SIZE) as (app, pilot):
        assert isinstance(app.screen, TrainerScreen)
        assert "Your marks are half done. Press h and open: Can you tell me about" in shown(pilot)
        open_answer(app.screen, row.attempt.id)
        await wait_for_screen(pilot, SelfRatingScreen)
        assert "Your own marks · point 2 of 2" in shown(pilot)
        assert "Your marks are here: go on." in notes(app)
        await pilot.press("escape")
        await wait_for_screen(pilot, ReportScreen)
        assert "you: " not in shown(pilot)
    assert own_marks(first) == []
    assert first.begun_marks(view) == {}
    assert first.overview().half_marked == ()


async def test_marks_that_cannot_be_stored_stay_and_quitting_stores_them(
    first: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise StoreError("The disk is full.", "Free some space.")

    async with started(first, first.plan(question_ids=ONE), SIZE) as (app, pilot):
        await type_answer(pilot, TEXT)
        await pilot.press("ctrl+s")
        await wait_for_screen(pilot, SelfRatingScreen)
        with monkeypatch.context() as broken:
            broken.setattr(first, "rate_self", fail)
            await pilot.press("1", "1", "enter")
            await wait_for(pilot, lambda: len(app._notifications) == 1)
        (told,) = app._notifications
        assert "The disk is full." in told.message
        assert isinstance(app.screen, SelfRatingScreen)
        await pilot.press("ctrl+q")
        await wait_for(pilot, lambda: app.return_value is None and not app.is_running)
    assert own_marks(first) == [{"acknowledge": Mark.MET, "change": Mark.MET}]


def test_without_a_checklist_the_report_comes_at_once(first: Services) -> None:
    first.library().rubrics.clear()  # type: ignore[attr-defined]
    run = first.plan(question_ids=ONE)
    view = first.view(first.finish(replace(first.new_draft(run), text=TEXT), run.item))
    report: Any = object()
    assert revealing(first, view, lambda _: report) is report


async def test_the_form_serves_whoever_marks_and_shows_strange_text_as_it_is(
    services: Services,
) -> None:
    told: list[object] = []
    async with started(services, size=(80, 24)) as (app, pilot):
        words = Transcript.typed("[b]\x1b[2J")
        form = RatingFormScreen(fakes.rubric().criteria, words, "[link]?", "A listener's marks")
        app.push_screen(form, told.append)
        await comes(pilot, RatingFormScreen)
        screen = shown(pilot)
        assert "A listener's marks · point 1 of 2" in screen
        assert "[b]" in screen
        assert "\x1b" not in screen
        await pilot.press("1", "2", "enter")
        await settle(pilot)
    assert told == [{"acknowledge": Mark.MET, "change": Mark.PARTLY}]
