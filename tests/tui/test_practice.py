from dataclasses import replace
from threading import Event
from typing import Any

import pytest
from textual import events
from textual.widgets import Input, Static

from tests import fakes
from tests.tui.steps import (
    answer,
    comes,
    settle,
    shown,
    started,
    type_answer,
    wait_for,
    wait_for_screen,
)
from trainer.errors import StoreError
from trainer.services import Services
from trainer.session.answer import Phase
from trainer.store.types import Draft
from trainer.tui.screens.confirm import ConfirmScreen
from trainer.tui.screens.help import HelpScreen
from trainer.tui.screens.home import HomeScreen
from trainer.tui.screens.peer.line import LineScreen
from trainer.tui.screens.practice import PracticeScreen
from trainer.tui.screens.report import ReportScreen
from trainer.tui.screens.unfinished import UnfinishedScreen
from trainer.tui.widgets.editor import AnswerEditor
from trainer.tui.widgets.timer import TimerLine

GOOD = "I acknowledge the low score. Then came the change."


async def test_the_first_letter_starts_the_clock(
    services: Services, clock: fakes.FakeClock
) -> None:
    async with started(services, services.plan(), home=False) as (app, pilot):
        assert isinstance(app.screen, PracticeScreen)
        assert app.screen._clock.phase is Phase.PREPARING
        clock.now_s += 12
        await pilot.press("H", "i")
        await pilot.pause()
        assert app.screen._clock.phase is Phase.ANSWERING
        clock.now_s += 31
        app.screen._tick()
        await pilot.pause()
        assert "Answer 0:31" in shown(pilot)
        assert "good" in shown(pilot)


async def test_an_answer_that_is_stored_under_the_help_leads_to_its_report_behind_it(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    helped, finish = Event(), services.finish

    def late(*given: Any) -> str:
        helped.wait(10)
        return finish(*given)

    monkeypatch.setattr(services, "finish", late)
    async with started(services, services.plan(), home=False) as (app, pilot):
        await type_answer(pilot, GOOD)
        await pilot.press("ctrl+s", "f1")
        await comes(pilot, HelpScreen)
        helped.set()
        await settle(pilot)
        assert isinstance(app.screen, HelpScreen)
        await pilot.press("escape")
        await wait_for_screen(pilot, ReportScreen)
        assert not any(isinstance(screen, PracticeScreen) for screen in app.screen_stack)


async def test_pause_stops_the_clock_and_typing_goes_on(
    services: Services, clock: fakes.FakeClock
) -> None:
    async with started(services, services.plan(), home=False) as (app, pilot):
        screen = app.screen
        assert isinstance(screen, PracticeScreen)
        await pilot.press("a")
        clock.now_s += 10
        await pilot.press("ctrl+t")
        clock.now_s += 500
        screen._tick()
        await pilot.pause()
        assert "Paused" in shown(pilot)
        assert screen.query_one(TimerLine).clock is screen._clock
        assert screen._clock.answer_elapsed_s(clock.now_s) == 10
        await pilot.press("b")
        await pilot.pause()
        assert screen._clock.phase is Phase.ANSWERING


async def test_what_is_typed_is_saved_while_typing(services: Services) -> None:
    async with started(services, services.plan(), home=False) as (_, pilot):
        await type_answer(pilot, "half an answer")
        await wait_for(pilot, lambda: bool(services.store.drafts()))
        (draft,) = services.store.drafts()
        assert draft.text == "half an answer"
        await wait_for(pilot, lambda: "Draft saved" in shown(pilot))


async def test_an_answer_is_rated_stored_and_its_draft_is_gone(
    services: Services, clock: fakes.FakeClock
) -> None:
    async with started(services, services.plan(question_ids=["low-score-direct"]), home=False) as (
        _,
        pilot,
    ):
        await pilot.press("I")
        clock.now_s += 45
        report = await answer(pilot, " acknowledge it.")
        assert report._view.record.transcripts[0].delivery.answer_s == 45
        assert services.store.drafts() == ()
        (row,) = services.answers()
        assert row.attempt.question_id == "low-score-direct"
        assert row.score == 25


async def test_an_empty_answer_is_not_stored(services: Services) -> None:
    async with started(services, services.plan(), home=False) as (app, pilot):
        await type_answer(pilot, "   \n ")
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert isinstance(app.screen, PracticeScreen)
        assert services.count_answers() == 0


async def test_redo_keeps_the_old_take_and_lists_it(services: Services) -> None:
    async with started(services, services.plan(question_ids=["low-score-direct"]), home=False) as (
        app,
        pilot,
    ):
        await type_answer(pilot, "first take of four words")
        await pilot.press("ctrl+r")
        await settle(pilot)
        assert "Take 1 is kept: 5 words." in shown(pilot)
        assert "take 2" in shown(pilot)
        assert app.screen.query_one(AnswerEditor).text == ""
        assert [draft.set_aside for draft in services.store.drafts()] == [True]
        await answer(pilot, GOOD)
        assert services.store.drafts() == ()
        rows = {row.attempt.take: row for row in services.answers()}
        assert rows[1].attempt.superseded
        assert "first take" in rows[1].excerpt
        assert not rows[2].attempt.superseded


async def test_an_old_take_survives_a_redo_that_is_left(services: Services) -> None:
    async with started(services, services.plan()) as (app, pilot):
        await type_answer(pilot, "the only words")
        await pilot.press("ctrl+r")
        await pilot.press("escape")
        await wait_for_screen(pilot, HomeScreen)
        await pilot.press("u")
        await wait_for_screen(pilot, UnfinishedScreen)
        await pilot.press("enter")
        await wait_for_screen(pilot, PracticeScreen)
        assert app.screen.query_one(AnswerEditor).text == "the only words"
        await pilot.press("ctrl+s")
        await wait_for_screen(pilot, ReportScreen)
        (row,) = services.answers()
        assert not row.attempt.superseded


async def test_enter_before_the_unfinished_answers_are_read_takes_the_first_up(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with started(services, services.plan()) as (app, pilot):
        await type_answer(pilot, "some words")
        await pilot.press("escape")
        await wait_for_screen(pilot, HomeScreen)
        await settle(pilot)
        drafts, read = services.unfinished(), Event()

        def read_late() -> tuple[Draft, ...]:
            assert read.wait(30)
            return drafts

        monkeypatch.setattr(services, "unfinished", read_late)
        await pilot.press("u")
        await comes(pilot, UnfinishedScreen)
        await pilot.press("enter")
        read.set()
        await wait_for_screen(pilot, PracticeScreen)
        assert app.screen.query_one(AnswerEditor).text == "some words"


async def test_skip_keeps_the_words_and_asks_the_next(services: Services) -> None:
    run = services.plan(question_ids=["low-score-direct", "low-score-boards"])
    async with started(services, run) as (app, pilot):
        await type_answer(pilot, "not yet")
        await pilot.press("ctrl+n")
        await settle(pilot)
        assert "Will you pass the boards?" in shown(pilot)
        assert [draft.text for draft in services.unfinished()] == ["not yet"]
        await pilot.press("ctrl+n")
        await wait_for_screen(pilot, HomeScreen)
        assert isinstance(app.screen, HomeScreen)


async def test_leaving_keeps_the_words_and_home_offers_them(services: Services) -> None:
    async with started(services, services.plan()) as (app, pilot):
        await type_answer(pilot, "some words")
        await pilot.press("escape")
        await wait_for_screen(pilot, HomeScreen)
        await settle(pilot)
        assert "An answer is not finished" in shown(pilot)
        await pilot.press("u")
        await wait_for_screen(pilot, UnfinishedScreen)
        await pilot.press("d")
        await pilot.pause()
        await pilot.press("n")
        await pilot.pause()
        assert len(services.unfinished()) == 1
        await pilot.press("d")
        await pilot.pause()
        await pilot.press("y")
        await pilot.pause()
        assert services.unfinished() == ()
        assert "There is none" in shown(pilot)
        assert isinstance(app.screen, UnfinishedScreen)


async def test_a_resumed_answer_is_paused_with_its_time(
    services: Services, clock: fakes.FakeClock
) -> None:
    async with started(services, services.plan()) as (app, pilot):
        await type_answer(pilot, "some words")
        clock.now_s += 20
        await pilot.press("escape")
        await wait_for_screen(pilot, HomeScreen)
        clock.now_s += 1000
        await pilot.press("u")
        await wait_for_screen(pilot, UnfinishedScreen)
        await pilot.press("enter")
        await wait_for_screen(pilot, PracticeScreen)
        assert isinstance(app.screen, PracticeScreen)
        assert app.screen._clock.phase is Phase.PAUSED
        assert app.screen._clock.answer_elapsed_s(clock.now_s) == 20


async def test_quitting_in_the_middle_keeps_the_words(services: Services) -> None:
    async with started(services, services.plan(), home=False) as (_, pilot):
        await type_answer(pilot, "nearly done")
        await pilot.press("ctrl+q")
        await pilot.pause()
    assert [draft.text for draft in services.store.drafts()] == ["nearly done"]


async def test_a_draft_that_cannot_be_saved_is_said_and_the_words_stay(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(draft: Draft) -> None:
        raise StoreError("The disk is full.", "Free some space.")

    monkeypatch.setattr(services.store, "save_draft", fail)
    async with started(services, services.plan(), home=False) as (app, pilot):
        await type_answer(pilot, "precious words")
        await wait_for(pilot, lambda: "Not saved. The disk is full." in shown(pilot))
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert isinstance(app.screen, PracticeScreen)
        assert app.screen.query_one(AnswerEditor).text == "precious words"
        monkeypatch.undo()
        await pilot.press("ctrl+s")
        await wait_for_screen(pilot, ReportScreen)


async def test_the_hint_comes_and_goes(services: Services) -> None:
    async with started(services, services.plan(question_ids=["low-score-direct"]), home=False) as (
        _,
        pilot,
    ):
        assert "What they want to know" not in shown(pilot)
        await pilot.press("ctrl+g")
        await pilot.pause()
        assert "What they want to know" in shown(pilot)
        assert "You name it" in shown(pilot)
        await pilot.press("ctrl+g")
        await pilot.pause()
        assert "What they want to know" not in shown(pilot)


async def test_pasted_escapes_and_markup_are_text(services: Services) -> None:
    async with started(services, services.plan(), home=False) as (app, pilot):
        editor = app.screen.query_one(AnswerEditor)
        app.post_message(events.Paste("[bold]x[/bold]\x1b[2J\u202ey\r\nz"))
        await pilot.pause()
        assert editor.text == "[bold]x[/bold]␛[2J\ufffdy\nz"
        await pilot.press("ctrl+z")
        assert editor.text == ""
        line = LineScreen("A name", "", "\x1b[1mAnn")
        app.push_screen(line)
        await pilot.pause()
        app.post_message(events.Paste("\x9b2J\x07"))
        await pilot.pause()
        assert line.query_one(Input).value == "␛[1mAnn\ufffd2J␇"


async def test_a_question_with_markup_is_shown_as_it_stands(services: Services) -> None:
    hostile = fakes.question(prompt="Is [red]this[/red] \x1b]0;title\x07 safe?", wordings=("x",))
    loaded = fakes.library()
    bank = replace(loaded.banks[0].bank, questions=(hostile,), title="[b]Bank[/b]")
    services._library = replace(loaded, banks=(replace(loaded.banks[0], bank=bank),))
    async with started(services, services.plan(), home=False) as (_, pilot):
        assert "Is [red]this[/red] ␛]0;title␇ safe?" in shown(pilot)
        assert "[b]Bank[/b]" in shown(pilot)
        await answer(pilot, "[link=x]I acknowledge[/link]")
        assert "[link=x]I" in shown(pilot)


async def test_without_preparation_the_clock_still_waits_for_the_first_letter(
    services: Services,
) -> None:
    services.settings = replace(services.settings, preparation=False)
    async with started(services, services.plan(), home=False) as (_, pilot):
        assert "Ready when you are" in shown(pilot)


async def test_a_key_counts_only_after_what_was_typed_before_it(services: Services) -> None:
    async with started(services, services.plan(), home=False) as (app, pilot):
        for key in (*"quick", "ctrl+s"):
            app.post_message(events.Key(key, key if len(key) == 1 else None))
        await wait_for_screen(pilot, ReportScreen)
        (row,) = services.answers()
        assert row.excerpt == "quick"


async def test_leaving_or_quitting_waits_where_the_words_cannot_be_saved(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(draft: Draft) -> None:
        raise StoreError("The disk is full.", "Free some space.")

    async with started(services, services.plan()) as (app, pilot):
        await type_answer(pilot, "precious words")
        monkeypatch.setattr(services.store, "save_draft", fail)
        await pilot.press("space")
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, PracticeScreen)
        await pilot.press("ctrl+q")
        await wait_for_screen(pilot, ConfirmScreen)
        assert "could not be saved" in shown(pilot)
        await pilot.press("n")
        await wait_for_screen(pilot, PracticeScreen)
        assert app.screen.query_one(AnswerEditor).text.strip() == "precious words"
        monkeypatch.undo()
        await pilot.press("escape")
        await wait_for_screen(pilot, HomeScreen)
    assert [draft.text.strip() for draft in services.store.drafts()] == ["precious words"]


async def test_a_save_that_comes_late_undoes_nothing(services: Services) -> None:
    run = services.plan(question_ids=["low-score-direct"])
    async with started(services, run, home=False) as (app, pilot):
        await type_answer(pilot, "first words")
        screen = app.screen
        assert isinstance(screen, PracticeScreen)
        with screen.saving:
            screen.save_if_changed()
            late = screen.current_draft()
            screen.closed = True
            services.store.discard_draft(late.id)  # on a slow machine the timer has saved it before
        await settle(pilot)
        assert late.id not in [draft.id for draft in services.store.drafts()]


async def test_quit_waits_for_the_letters_before_it(services: Services) -> None:
    async with started(services, services.plan(), home=False) as (app, pilot):
        for key in (*"quick", "ctrl+q"):
            app.post_message(events.Key(key, key if len(key) == 1 else None))
        await wait_for(pilot, lambda: bool(services.store.drafts()))
    assert [draft.text for draft in services.store.drafts()] == ["quick"]


async def test_saving_goes_on_after_a_failure_that_nobody_foresaw(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRAINER_HOME", str(services.home.root))
    save, tries = services.save_draft, []

    def fail_once(draft: Draft) -> None:
        tries.append(draft.text)
        if len(tries) == 1:
            raise ZeroDivisionError
        save(draft)

    monkeypatch.setattr(services, "save_draft", fail_once)
    async with started(services, services.plan(), home=False) as (app, pilot):
        await type_answer(pilot, "precious words")
        screen = app.screen
        assert isinstance(screen, PracticeScreen)
        screen.save_if_changed()
        await wait_for(pilot, lambda: len(tries) == 1 and not screen._under_way)
        screen.save_if_changed()
        await wait_for(pilot, lambda: screen.saved_text == "precious words")
    assert [draft.text for draft in services.store.drafts()] == ["precious words"]


async def test_a_failure_that_nobody_foresaw_leaves_the_words_on_the_screen(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRAINER_HOME", str(services.home.root))

    def fail(*_: object, **__: object) -> str:
        raise ZeroDivisionError

    monkeypatch.setattr(services, "finish", fail)
    async with started(services, services.plan(), home=False) as (app, pilot):
        await type_answer(pilot, "precious words")
        await pilot.press("ctrl+s")
        state = app.screen.query_one("#draft-state", Static)
        await wait_for(pilot, lambda: "Something went wrong" in str(state.content))
        await pilot.press("x")
        await pilot.pause()
        assert app.screen.query_one(AnswerEditor).text == "precious wordsx"
