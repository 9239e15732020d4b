from collections.abc import Callable
from dataclasses import replace
from threading import current_thread, main_thread
from typing import Any

import pytest

from tests import fakes
from tests.tui.steps import (
    answer,
    open_history,
    shown,
    started,
    type_answer,
    wait_for,
    wait_for_screen,
)
from trainer.analysis.rating import ChecklistRater
from trainer.services import Services
from trainer.tui.screens.confirm import ConfirmScreen
from trainer.tui.screens.correct import CorrectScreen
from trainer.tui.screens.home import HomeScreen
from trainer.tui.screens.practice import PracticeScreen
from trainer.tui.screens.report import ReportScreen
from trainer.tui.screens.unfinished import UnfinishedScreen
from trainer.tui.widgets.editor import AnswerEditor

ONE = ["low-score-direct"]
SIZE = (120, 40)


async def test_marks_quotes_advice_band_and_above_the_checklist_notes_are_shown(
    services: Services,
) -> None:
    async with started(services, services.plan(question_ids=ONE), SIZE, home=False) as (_, pilot):
        await answer(pilot, "I acknowledge it. The exam was unfair.")
        screen = shown(pilot)
        assert "● met" in screen
        assert "○ missed" in screen
        assert "“acknowledge”" in screen
        assert "You changed: absent." in screen
        assert "One thing to change next" in screen
        assert "This could sound like putting it on others." in screen
        assert "Not there yet" in screen
        assert "7 to 23 of 100" in screen
        assert "keyword check" in screen
        assert "7 words" in screen
        await pilot.press("a")
        await wait_for_screen(pilot, PracticeScreen)
        await answer(pilot, "I acknowledge it. somebody_else")
        screen = shown(pilot)
        assert screen.index("what somebody else did") < screen.index("Checklist")
        assert "● met" in screen


async def test_the_words_about_the_method_are_of_the_rating_that_is_shown(
    services: Services,
) -> None:
    rubric = fakes.rubric()
    flags = tuple(replace(flag, head="ownership/blame") for flag in rubric.flags)
    rubrics = {"ownership": replace(rubric, flags=flags)}
    services._load_library = lambda: replace(fakes.library(), rubrics=rubrics)
    services._make_rater = lambda classes: ChecklistRater(classes, fakes.FakeReader())
    async with started(services, services.plan(question_ids=ONE), (120, 60), home=False) as (
        _,
        pilot,
    ):
        await answer(pilot, "I acknowledge it, and then came the change.")
        screen = shown(pilot)
        assert "trained reader" in screen
        assert "A trained reader gives these marks" in screen
        assert "keyword check" not in screen


async def test_the_follow_up_is_rated_for_its_criterion_alone(services: Services) -> None:
    async with started(services, services.plan(question_ids=ONE), SIZE, home=False) as (app, pilot):
        await answer(pilot, "I acknowledge it.")
        assert "What did a study day look like after Step 1?" in shown(pilot)
        await pilot.press("f")
        await wait_for_screen(pilot, PracticeScreen)
        assert "Follow-up" in shown(pilot)
        await answer(pilot, "The change was a daily log.")
        assert isinstance(app.screen, ReportScreen)
        view = app.screen._view
        assert list(view.rating.marks) == ["change"] if view.rating else False
        assert view.probe is None
        main = [row for row in services.answers() if row.attempt.probe_of is None]
        follow_ups = services.view(main[0].attempt.id).record.follow_up_ids
        assert follow_ups == (view.record.attempt.id,)


async def test_again_reworded_and_next_lead_through_the_practice_and_home(
    services: Services,
) -> None:
    run = services.plan(question_ids=["low-score-direct", "low-score-boards"])
    async with started(services, run) as (_, pilot):
        await answer(pilot, "I acknowledge it.")
        await pilot.press("a")
        await wait_for_screen(pilot, PracticeScreen)
        assert "Can you tell me about your Step 1 score?" in shown(pilot)
        await answer(pilot, "Again I acknowledge it.")
        await pilot.press("w")
        await wait_for_screen(pilot, PracticeScreen)
        assert "What happened with Step 1?" in shown(pilot)
        await answer(pilot, "I acknowledge it.")
        await pilot.press("n")
        await wait_for_screen(pilot, PracticeScreen)
        assert "Question 2 of 2" in shown(pilot)
        await answer(pilot, "The change.")
        await pilot.press("n")
        await wait_for_screen(pilot, HomeScreen)


async def test_a_correction_is_a_version_unless_it_is_left_or_changes_nothing(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    readers = []
    for name in ("correction_draft", "words_of", "discard_draft"):
        work = getattr(services, name)

        def noted(*given: Any, work: Callable[..., Any] = work) -> Any:
            readers.append(current_thread())
            return work(*given)

        monkeypatch.setattr(services, name, noted)

    def texts() -> list[str]:
        (row,) = services.answers()
        return [t.transcript.text for t in services.view(row.attempt.id).record.transcripts]

    async with started(services, services.plan(question_ids=ONE), SIZE) as (app, pilot):
        await answer(pilot, "I acknowledged it.")

        async def correct(text: str) -> None:
            await pilot.press("c")
            await wait_for_screen(pilot, CorrectScreen)
            app.screen.query_one(AnswerEditor).load_text(text)

        await correct("Something else.")
        await wait_for(pilot, lambda: bool(services.store.drafts()))
        await pilot.press("escape")
        await wait_for_screen(pilot, ReportScreen)
        assert services.unfinished() == ()
        assert len(readers) == 3
        assert main_thread() not in readers
        for key in ("ctrl+s", "escape"):
            await correct("I acknowledged it.")
            await pilot.press(key)
            await wait_for_screen(pilot, ReportScreen)
        assert texts() == ["I acknowledged it."]
        await correct("I acknowledge it.")
        await pilot.press("ctrl+s")
        await wait_for_screen(pilot, ReportScreen)
        await wait_for(pilot, lambda: "version 2 of 2" in shown(pilot))
        assert "“acknowledge”" in shown(pilot)
        await pilot.press("left_square_bracket")
        await wait_for(pilot, lambda: "version 1 of 2" in shown(pilot))
        assert "“acknowledge”" not in shown(pilot)
        assert texts() == ["I acknowledged it.", "I acknowledge it."]
        (row,) = services.answers()
        first, second = services.view(row.attempt.id).record.transcripts
        assert second.corrects == first.id
        await pilot.press("c")
        await wait_for_screen(pilot, CorrectScreen)
        await pilot.press("ctrl+q")
        await pilot.pause()
    assert services.unfinished() == ()


async def test_a_question_without_a_rubric_reports_delivery_only_and_d_deletes_after_a_yes(
    services: Services,
) -> None:
    run = services.plan(question_ids=["small-talk-journey"])
    async with started(services, run, SIZE) as (_, pilot):
        await answer(pilot, "Yes, thank you. The train was on time.")
        screen = shown(pilot)
        assert "no checklist" in screen
        assert "8 words" in screen
        assert "Checklist" not in screen
        await pilot.press("d")
        await wait_for_screen(pilot, ConfirmScreen)
        await pilot.press("escape")
        await wait_for_screen(pilot, ReportScreen)
        assert services.count_answers() == 1
        await pilot.press("d")
        await wait_for_screen(pilot, ConfirmScreen)
        await pilot.press("y")
        await wait_for_screen(pilot, HomeScreen)
        assert services.count_answers() == 0


async def test_an_earlier_take_can_be_rated_later(services: Services) -> None:
    async with started(services, services.plan(question_ids=ONE), SIZE) as (app, pilot):
        await type_answer(pilot, "I acknowledge it.")
        await pilot.press("ctrl+r")
        await answer(pilot, "The change.")
        await open_history(pilot)
        await pilot.press("down", "enter")
        await wait_for_screen(pilot, ReportScreen)
        assert "kept and not rated" in shown(pilot)
        await pilot.press("c")
        await wait_for_screen(pilot, CorrectScreen)
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: "“acknowledge”" in shown(pilot))
        assert isinstance(app.screen, ReportScreen)
        assert app.screen._view.versions == 1


async def test_an_answer_is_kept_even_if_the_rating_fails(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(fakes.FakeRater, "rate", fail)
    async with started(services, services.plan(question_ids=ONE), SIZE, home=False) as (_, pilot):
        await answer(pilot, "I acknowledge the walrus.")
        assert "could not be rated" in shown(pilot)
        assert "walrus" in shown(pilot)
        monkeypatch.undo()
        await pilot.press("c")
        await wait_for_screen(pilot, CorrectScreen)
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: "● met" in shown(pilot))


async def test_a_correction_that_is_left_can_be_taken_up(services: Services) -> None:
    async with started(services, services.plan(question_ids=ONE), SIZE) as (app, pilot):
        await answer(pilot, "I acknowledged it.")
        await pilot.press("c")
        await wait_for_screen(pilot, CorrectScreen)
        app.screen.query_one(AnswerEditor).load_text("I acknowledge it now.")
        await pilot.press("ctrl+q")
        await pilot.pause()
    (draft,) = services.store.drafts()
    assert draft.corrects
    async with started(services, size=SIZE) as (app, pilot):
        await pilot.press("u")
        await wait_for_screen(pilot, UnfinishedScreen)
        assert "Correction: " in shown(pilot)
        assert "0:00" not in shown(pilot), "a correction takes no time"
        await pilot.press("enter")
        await wait_for_screen(pilot, CorrectScreen)
        assert app.screen.query_one(AnswerEditor).text == "I acknowledge it now."
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: "version 2 of 2" in shown(pilot))
    assert services.unfinished() == ()
