"""The history: found, narrowed down, sorted, starred, tagged, deleted and brought back."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from tests.store.samples import save
from tests.tui.steps import (
    answer,
    comes,
    open_history,
    settle,
    shown,
    started,
    wait_for,
    wait_for_screen,
)
from trainer.bank.types import Mark
from trainer.errors import StoreError
from trainer.services import Services
from trainer.store.types import LibraryQuery
from trainer.tui.screens.choosing import ChoosingScreen
from trainer.tui.screens.comparison import ComparisonScreen
from trainer.tui.screens.confirm import ConfirmScreen
from trainer.tui.screens.filters import FilterScreen
from trainer.tui.screens.library import LibraryScreen
from trainer.tui.screens.practice import PracticeScreen
from trainer.tui.screens.progress import ProgressScreen
from trainer.tui.screens.report import ReportScreen
from trainer.tui.screens.tags import TagsScreen
from trainer.tui.widgets.library_table import MOST_PAGES, PAGE, LibraryTable

ONE = ["low-score-direct"]
SIZE = (120, 50)


def many(services: Services, count: int, **of: Any) -> list[str]:
    """Store answers, the oldest first, each with its number among its words."""
    made = []
    for number in range(count):
        at = f"2026-01-01T{number // 60:02}:{number % 60:02}:00+00:00"
        made.append(save(services.store, f"number {number} ends", started_at=at, **of).id)
    return made


async def opened(pilot: Pilot[None]) -> LibraryTable:
    await pilot.press("h")
    await wait_for_screen(pilot, LibraryScreen)
    await rows_are_here(pilot)
    return pilot.app.screen.query_one(LibraryTable)


async def rows_are_here(pilot: Pilot[None]) -> None:
    screen = pilot.app.screen
    assert isinstance(screen, LibraryScreen)
    await wait_for(pilot, lambda: not screen.is_reading)
    await pilot.pause()


def on_row(pilot: Pilot[None]) -> str:
    line = pilot.app.screen.query_one(LibraryTable).chosen
    assert line
    return line.row.attempt.id


def query(pilot: Pilot[None]) -> LibraryQuery:
    screen = pilot.app.screen
    assert isinstance(screen, LibraryScreen)
    return screen._query


async def test_only_the_rows_around_the_view_are_held_however_many_there_are(
    services: Services,
) -> None:
    made = many(services, PAGE * (MOST_PAGES + 4))
    async with started(services) as (_, pilot):
        table = await opened(pilot)
        assert table.total == len(made)
        assert table.held <= 2
        assert on_row(pilot) == made[-1]
        await pilot.press("end")
        await rows_are_here(pilot)
        assert on_row(pilot) == made[0]
        assert f"number {0} ends" in shown(pilot)
        for _ in range(MOST_PAGES + 4):
            table.action_move(-PAGE)
            await rows_are_here(pilot)
        assert table.held <= MOST_PAGES
        assert on_row(pilot) == made[-1]
        await pilot.press("pagedown")
        await rows_are_here(pilot)
        assert on_row(pilot) == made[-table.size.height]


async def test_the_cursor_stays_on_its_answer_when_the_list_grows_above_it(
    services: Services,
) -> None:
    made = many(services, 40)
    async with started(services) as (_, pilot):
        table = await opened(pilot)
        table.action_go(20)
        table.action_move(-4)
        await rows_are_here(pilot)
        save(services.store, "new", started_at="2026-02-01T00:00:00+00:00")
        top = table.cursor - table.scroll_offset.y
        await pilot.press("enter")
        await wait_for_screen(pilot, ReportScreen)
        await pilot.press("escape")
        await wait_for_screen(pilot, LibraryScreen)
        await rows_are_here(pilot)
        assert on_row(pilot) == made[23]
        assert (table.cursor, table.cursor - table.scroll_offset.y) == (17, top)


async def test_deleting_asks_nothing_and_is_undone_until_the_end(services: Services) -> None:
    made = many(services, 3)
    save(services.store, "more", probe_of=made[1], started_at="2025-01-01T00:00:00+00:00")
    async with started(services) as (_, pilot):
        await opened(pilot)
        assert "z Undo" not in shown(pilot)
        await pilot.press("down", "d")
        await wait_for(pilot, lambda: "Deleted, with 1 follow-up. Z brings it back" in shown(pilot))
        await rows_are_here(pilot)
        assert "2 answers" in shown(pilot)
        assert "z Undo" in shown(pilot)
        assert on_row(pilot) == made[0]
        await pilot.press("z")
        await wait_for(pilot, lambda: "It is back." in shown(pilot))
        await rows_are_here(pilot)
        assert on_row(pilot) == made[1]
        assert services.count_answers() == 4
        assert "z Undo" not in shown(pilot)


async def test_a_click_goes_to_a_row_and_another_one_opens_it(services: Services) -> None:
    made = many(services, 30)
    async with started(services) as (_, pilot):
        table = await opened(pilot)
        table.action_go(-1)
        await rows_are_here(pilot)
        row = table.scroll_offset.y + 2
        assert table.scroll_offset.y > 0
        await pilot.click(LibraryTable, offset=(10, 2))
        assert on_row(pilot) == made[-1 - row]
        await pilot.click(LibraryTable, offset=(10, 2))
        await wait_for_screen(pilot, ReportScreen)


async def test_what_is_deleted_on_a_report_is_brought_back_in_the_history(
    services: Services,
) -> None:
    made = many(services, 2)
    async with started(services) as (_, pilot):
        await opened(pilot)
        await pilot.press("enter")
        await wait_for_screen(pilot, ReportScreen)
        await pilot.press("d")
        await wait_for_screen(pilot, ConfirmScreen)
        await pilot.press("y")
        await wait_for_screen(pilot, LibraryScreen)
        await rows_are_here(pilot)
        assert "Deleted. Z brings it back" in shown(pilot)
        assert on_row(pilot) == made[0]
        await pilot.press("z")
        await wait_for(pilot, lambda: "It is back." in shown(pilot))
        assert services.count_answers() == 2


async def test_filters_are_chosen_by_words_left_and_taken_back(services: Services) -> None:
    save(services.store, "one", bank_id="a", bank_title="Apples")
    save(services.store, "two", bank_id="b", bank_title="Pears", starred=True)
    async with started(services, size=SIZE) as (app, pilot):
        await opened(pilot)
        await pilot.press("f")
        await wait_for_screen(pilot, FilterScreen)
        await pilot.press("enter")
        await wait_for_screen(pilot, ChoosingScreen)
        await pilot.press(*"nothing")
        assert not app.screen.query_one(OptionList).display
        await pilot.press("enter", "escape", "escape")
        await wait_for_screen(pilot, LibraryScreen)
        assert query(pilot) == LibraryQuery()
        await pilot.press("f")
        await wait_for_screen(pilot, FilterScreen)
        await pilot.press("enter")
        await wait_for_screen(pilot, ChoosingScreen)
        await pilot.press(*"pea", "enter")
        await wait_for_screen(pilot, FilterScreen)
        await wait_for(pilot, lambda: "1 answer fits." in shown(pilot))
        await pilot.press("escape")
        await wait_for_screen(pilot, LibraryScreen)
        await rows_are_here(pilot)
        assert query(pilot).bank_id == "b"
        assert "1 answer. Newest first. Pears" in shown(pilot)
        await pilot.press("f")
        await wait_for_screen(pilot, FilterScreen)
        await pilot.press("backspace", "escape")
        await wait_for_screen(pilot, LibraryScreen)
        assert query(pilot) == LibraryQuery()


async def test_escape_takes_a_filter_away_before_it_leaves(services: Services) -> None:
    made = many(services, 3, starred=True)
    async with started(services) as (app, pilot):
        app.push_screen(LibraryScreen(LibraryQuery(criterion=("event", Mark.MET), starred=True)))
        await wait_for_screen(pilot, LibraryScreen)
        await rows_are_here(pilot)
        await pilot.press("down", "escape")
        await rows_are_here(pilot)
        assert query(pilot) == LibraryQuery()
        assert on_row(pilot) == made[1]
        await pilot.press("escape")
        await wait_for(pilot, lambda: not isinstance(app.screen, LibraryScreen))


async def test_stars_and_tags_are_kept_and_shown(services: Services) -> None:
    first, second = many(services, 2)
    services.annotations.set_tags(second, ["known"])
    async with started(services, size=SIZE) as (_, pilot):
        await opened(pilot)
        await pilot.press("down", "asterisk")
        await wait_for(pilot, lambda: "Starred." in shown(pilot))
        await rows_are_here(pilot)
        assert "> * 2026-01-01 00:00" in shown(pilot)
        await pilot.press("t")
        await wait_for_screen(pilot, TagsScreen)
        assert "[ ] known (1)" in shown(pilot)
        await pilot.press(*"my best", "enter", "down", "home", "space", "ctrl+s")
        await wait_for_screen(pilot, LibraryScreen)
        await wait_for(pilot, lambda: "Tags: known, my best." in shown(pilot))
    rows = {row.attempt.id: row.attempt for row in services.answers(LibraryQuery())}
    assert (rows[first].starred, rows[first].tags) == (True, ("known", "my best"))
    assert (rows[second].starred, rows[second].tags) == (False, ("known",))


async def test_the_order_is_changed_and_two_chosen_answers_are_compared_in_either(
    services: Services,
) -> None:
    made = many(services, 3)
    async with started(services, size=SIZE) as (_, pilot):
        await opened(pilot)
        await pilot.press("o")
        await rows_are_here(pilot)
        assert "Oldest first" in shown(pilot)
        assert on_row(pilot) == made[0]
        await pilot.press("O")
        await rows_are_here(pilot)
        assert on_row(pilot) == made[-1]
        await pilot.press("c")
        assert "Choose two answers" in shown(pilot)
        await pilot.press("space")
        assert "1 of 2 chosen." in shown(pilot)
        await pilot.press("down", "down", "space")
        assert "C compares them." in shown(pilot)
        assert shown(pilot).count("●") == 2
        await pilot.press("c")
        await wait_for_screen(pilot, ComparisonScreen)


async def test_found_words_are_marked_without_colour_below_the_list(services: Services) -> None:
    save(services.store, "then " * 30 + "a giraffe came")
    async with started(services) as (_, pilot):
        await opened(pilot)
        await pilot.press("slash", *"giraf")

        def found() -> bool:
            return any(
                segment.style is not None and segment.style.bold and segment.style.underline
                for strip in pilot.app.screen._compositor.render_strips()
                for segment in strip
                if segment.text == "giraf"
            )

        await wait_for(pilot, found)


async def test_a_list_that_cannot_be_read_is_told_and_the_next_one_comes(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(services, 2)

    def fail(*_: Any, **__: Any) -> Any:
        raise StoreError("It is broken.", "Mend it.")

    async with started(services) as (app, pilot):
        await opened(pilot)
        monkeypatch.setattr(services, "answers", fail)
        await pilot.press("slash", "n")
        await wait_for(
            pilot, lambda: any("It is broken." in note.message for note in app._notifications)
        )
        monkeypatch.undo()
        await pilot.press("u")
        await wait_for(pilot, lambda: "2 answers" in shown(pilot))


async def test_enter_before_the_rows_of_the_history_are_here_opens_the_answer(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = threading.Event()
    answers = services.answers

    def slow(*arguments: Any, **named: Any) -> Any:
        assert gate.wait(30)
        return answers(*arguments, **named)

    run = services.plan(question_ids=["low-score-direct"])
    draft = services.new_draft(run)
    services.save_draft(draft)
    services.finish(replace(draft, text="i acknowledge it"), run.item)
    async with started(services) as (app, pilot):
        monkeypatch.setattr(services, "answers", slow)
        await pilot.press("h")
        await comes(pilot, LibraryScreen)
        await pilot.press("enter", "enter")
        gate.set()
        await wait_for_screen(pilot, ReportScreen)
        await pilot.press("escape")
        await wait_for_screen(pilot, LibraryScreen)
        assert not any(isinstance(one, ReportScreen) for one in app.screen_stack)


async def test_an_answer_that_comes_late_does_not_cover_another_screen(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(services, 1)
    asked, gate = threading.Event(), threading.Event()
    view = services.view

    def slow(*arguments: Any, **named: Any) -> Any:
        asked.set()
        assert gate.wait(30)
        return view(*arguments, **named)

    async with started(services) as (app, pilot):
        await opened(pilot)
        monkeypatch.setattr(services, "view", slow)
        await pilot.press("enter")
        await wait_for(pilot, asked.is_set)
        await pilot.press("p")
        await comes(pilot, ProgressScreen)
        gate.set()
        await settle(pilot)
        assert isinstance(app.screen, ProgressScreen)


async def test_the_history_finds_an_answer_by_its_words_and_opens_it(services: Services) -> None:
    run = services.plan(question_ids=["low-score-direct", "low-score-boards"])
    async with started(services, run, SIZE) as (app, pilot):
        await answer(pilot, "I acknowledge the giraffe.")
        await pilot.press("n")
        await wait_for_screen(pilot, PracticeScreen)
        await answer(pilot, "The change was a zebra.")
        await open_history(pilot)
        assert "2 answers" in shown(pilot)
        await pilot.press("slash", *"giraffe")
        await wait_for(pilot, lambda: "1 answer" in shown(pilot))
        await pilot.press("enter", "enter")
        await wait_for_screen(pilot, ReportScreen)
        assert "giraffe" in shown(pilot)
        await pilot.press("escape")
        await wait_for_screen(pilot, LibraryScreen)
        await pilot.press("slash", "q")
        await wait_for(pilot, lambda: "Nothing holds these words." in shown(pilot))
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, LibraryScreen)
        assert "2 answers" in shown(pilot)


async def test_an_empty_history_says_how_to_begin(services: Services) -> None:
    async with started(services) as (_, pilot):
        await pilot.press("h")
        await wait_for_screen(pilot, LibraryScreen)
        assert "No answers yet." in shown(pilot)


async def test_letters_and_a_second_enter_on_their_way_meet_the_search_line_and_its_answer(
    services: Services,
) -> None:
    async with started(services, services.plan(question_ids=ONE)) as (app, pilot):
        await answer(pilot, "I acknowledge it.")
        await open_history(pilot)
        for key in ("slash", *"quad"):
            app.post_message(events.Key(key, key if len(key) == 1 else None))
        await wait_for(pilot, lambda: "Nothing holds these words." in shown(pilot))
        assert app.screen.query_one(Input).value == "quad"
        await pilot.press("escape", "slash", *"acknow")
        await wait_for(pilot, lambda: "1 answer" in shown(pilot))
        for _ in range(2):
            app.post_message(events.Key("enter", "\r"))
        await wait_for_screen(pilot, ReportScreen)
