from dataclasses import replace

import pytest

from tests import fakes
from tests.tui.steps import answer, settle, shown, started, wait_for, wait_for_screen
from trainer.analysis.types import Rating
from trainer.bank.types import Mark
from trainer.coach.doubts import Choice
from trainer.errors import StoreError
from trainer.services import Services
from trainer.tui.screens.correct import CorrectScreen
from trainer.tui.screens.help import HelpScreen
from trainer.tui.screens.report import ReportScreen
from trainer.tui.screens.settle import SettleScreen
from trainer.tui.widgets.drawn_words import WordLines
from trainer.tui.widgets.editor import AnswerEditor
from trainer.tui.widgets.word_choices import WordChoices

ONE = ["low-score-direct"]
SIZE = (120, 40)
TEXT = "It was hard for me. It was perhaps-acknowledge. Then came maybe-change."


def newest(services: Services) -> Rating:
    """Return the rating of the only answer."""
    (row,) = services.answers()
    rating = services.view(row.attempt.id).rating
    assert rating
    return rating


async def test_a_report_says_what_is_not_sure_and_asks(services: Services) -> None:
    async with started(services, services.plan(question_ids=ONE), SIZE, home=False) as (_, pilot):
        await answer(pilot, TEXT)
        screen = shown(pilot)
        assert "0 to 85 of 100" in screen
        assert "2 points are not sure, so the band is wider" in screen
        assert "u Settle" in screen
        assert "“maybe-change.”" not in screen
        await pilot.press("u")
        await wait_for_screen(pilot, SettleScreen)
        first = shown(pilot)
        assert "Not sure: point 1 of 2" in first
        assert "An interviewer would ask: Where is the part called acknowledge?" in first
        assert "I think that you said half of it, in these words:" in first
        assert "▸ “perhaps-acknowledge.”" in first
        assert "2 ◐ I said half of it. You name it: half there." in first
        await pilot.press("1")
        second = shown(pilot)
        assert "The nearest words:" in second
        assert "▸ “maybe-change.”" in second
        await pilot.press("2")
        await wait_for_screen(pilot, ReportScreen)
        await wait_for(pilot, lambda: "2 points are settled by you" in shown(pilot))
        after = shown(pilot)
        assert "You name it  settled by you" in after
        assert "54 to 70 of 100" in after
        assert "“maybe-change.”" in after
        assert "u Settle" not in after
    rating = newest(services)
    assert (rating.unsure, rating.settled) == ((), ("acknowledge", "change"))
    assert rating.marks == {"acknowledge": Mark.MET, "change": Mark.PARTLY}


async def test_enter_leaves_a_point_not_sure_and_three_says_that_it_was_not_said(
    services: Services,
) -> None:
    async with started(services, services.plan(question_ids=ONE), SIZE, home=False) as (_, pilot):
        await answer(pilot, TEXT)
        await pilot.press("u")
        await wait_for_screen(pilot, SettleScreen)
        await pilot.press("enter", "3")
        await wait_for_screen(pilot, ReportScreen)
        await wait_for(pilot, lambda: "1 point is not sure" in shown(pilot))
    rating = newest(services)
    assert (rating.unsure, rating.settled) == (("acknowledge",), ("change",))
    assert rating.marks["change"] is Mark.MISSED


async def test_the_arrow_keys_choose_the_words(services: Services) -> None:
    async with started(services, services.plan(question_ids=ONE), SIZE, home=False) as (_, pilot):
        await answer(pilot, TEXT)
        await pilot.press("u")
        await wait_for_screen(pilot, SettleScreen)
        await pilot.press("enter", "down", "down", "1")
        await wait_for_screen(pilot, ReportScreen)
        await wait_for(pilot, lambda: "“It was perhaps-acknowledge.”" in shown(pilot))
    (span,) = newest(services).spans_of("criterion", "change")
    assert (span.start, span.end) == (5, 8)


async def test_without_nearest_words_they_must_be_chosen(services: Services) -> None:
    async with started(services, services.plan(question_ids=ONE), SIZE, home=False) as (app, pilot):
        await answer(pilot, "It was hard for me. Then came hardly-change.")
        await pilot.press("u")
        await wait_for_screen(pilot, SettleScreen)
        assert "choose the words with the arrow keys" in shown(pilot)
        assert "▸" not in shown(pilot)
        await pilot.press("1")
        await settle(pilot)
        assert isinstance(app.screen, SettleScreen)
        await pilot.press("down", "down", "1")
        await wait_for_screen(pilot, ReportScreen)
        await wait_for(pilot, lambda: "“Then came hardly-change.”" in shown(pilot))


async def test_b_goes_back_and_shows_what_was_decided(services: Services) -> None:
    async with started(services, services.plan(question_ids=ONE), SIZE, home=False) as (_, pilot):
        await answer(pilot, TEXT)
        await pilot.press("u")
        await wait_for_screen(pilot, SettleScreen)
        await pilot.press("b", "down", "1")
        assert "(B: the point before)" in shown(pilot)
        await pilot.press("b")
        await settle(pilot)
        screen = shown(pilot)
        assert "Settled by you: point 1 of 2" in screen
        assert "You settled it: you said it fully." in screen
        assert "▸ “It was hard for me.”" in screen
        await pilot.press("enter", "escape")
        await wait_for_screen(pilot, ReportScreen)
        await settle(pilot)
        assert "2 points are not sure" in shown(pilot)
    assert newest(services).settled == ()


@pytest.mark.parametrize("key", ["escape", "ctrl+q"])
async def test_leaving_in_the_middle_keeps_what_was_settled(services: Services, key: str) -> None:
    async with started(services, services.plan(question_ids=ONE), home=False) as (_, pilot):
        await answer(pilot, TEXT)
        await pilot.press("u")
        await wait_for_screen(pilot, SettleScreen)
        await pilot.press("2", key)
        await settle(pilot)
    assert newest(services).settled == ("acknowledge",)


async def test_nothing_is_stored_where_nothing_was_decided(services: Services) -> None:
    async with started(services, services.plan(question_ids=ONE), home=False) as (_, pilot):
        await answer(pilot, TEXT)
        for keys in (("escape",), ("enter", "enter")):
            await pilot.press("u")
            await wait_for_screen(pilot, SettleScreen)
            await pilot.press(*keys)
            await wait_for_screen(pilot, ReportScreen)
    (row,) = services.answers()
    assert len(services.view(row.attempt.id).record.ratings) == 1


async def test_what_was_settled_can_be_changed(services: Services) -> None:
    async with started(services, services.plan(question_ids=ONE), SIZE, home=False) as (_, pilot):
        await answer(pilot, "It was perhaps-acknowledge. And the change.")
        await pilot.press("u")
        await wait_for_screen(pilot, SettleScreen)
        await pilot.press("3")
        await wait_for(
            pilot, lambda: "1 point is settled by you (press U to change)" in shown(pilot)
        )
        await pilot.press("u")
        await wait_for_screen(pilot, SettleScreen)
        assert "You settled it: you did not say it." in shown(pilot)
        assert "▸ “perhaps-acknowledge.”" in shown(pilot)
        await pilot.press("1")
        await wait_for(pilot, lambda: "92 to 100" in shown(pilot))
    assert newest(services).marks["acknowledge"] is Mark.MET


async def test_a_sure_report_and_an_older_version_have_nothing_to_settle(
    services: Services,
) -> None:
    async with started(services, services.plan(question_ids=ONE), SIZE, home=False) as (app, pilot):
        await answer(pilot, TEXT)
        await pilot.press("c")
        await wait_for_screen(pilot, CorrectScreen)
        app.screen.query_one(AnswerEditor).load_text("I acknowledge it.")
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: "version 2 of 2" in shown(pilot))
        assert "not sure" not in shown(pilot)
        await pilot.press("left_square_bracket")
        await wait_for(pilot, lambda: "version 1 of 2" in shown(pilot))
        assert "You name it  not sure" in shown(pilot)
        assert "u Settle" not in shown(pilot)
        await pilot.press("u")
        await settle(pilot)
        assert isinstance(app.screen, ReportScreen)


async def test_candidates_are_not_marked_as_earned(services: Services) -> None:
    async with started(services, services.plan(question_ids=ONE), SIZE, home=False) as (app, pilot):
        await answer(pilot, "Then came maybe-change.")
        lines = app.screen.query_one(WordLines)
        drawn = list(lines.render_line(1))[1:]  # below the name of the part, behind its band
        assert "".join(segment.text for segment in drawn).strip() == "Then came maybe-change."
        assert not any(s.style and (s.style.bold or s.style.underline) for s in drawn)
        assert "bold: earned a mark" not in shown(pilot)


async def test_words_that_changed_in_another_window_are_told(services: Services) -> None:
    async with started(services, services.plan(question_ids=ONE), SIZE, home=False) as (app, pilot):
        await answer(pilot, TEXT)
        await pilot.press("u")
        await wait_for_screen(pilot, SettleScreen)
        (row,) = services.answers()
        services.correct(row.attempt.id, "I acknowledge it.")
        await pilot.press("2", "escape")
        await wait_for_screen(pilot, ReportScreen)
        await wait_for(pilot, lambda: bool(app._notifications))
        (note,) = app._notifications
        assert "Open the answer again" in note.message


async def test_quitting_asks_where_the_decisions_cannot_be_stored(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise StoreError("The disk is full.", "Free some space.")

    async with started(services, services.plan(question_ids=ONE), SIZE, home=False) as (_, pilot):
        await answer(pilot, TEXT)
        await pilot.press("u")
        await wait_for_screen(pilot, SettleScreen)
        monkeypatch.setattr(services.store, "add_rating", fail)
        await pilot.press("2", "ctrl+q")
        await wait_for(pilot, lambda: "Quit all the same?" in shown(pilot))


async def test_help_names_the_keys_and_a_click_only_chooses(services: Services) -> None:
    async with started(services, services.plan(question_ids=ONE), (80, 60), home=False) as (
        _,
        pilot,
    ):
        await answer(pilot, TEXT)
        await pilot.press("u")
        await wait_for_screen(pilot, SettleScreen)
        await pilot.click(WordChoices, offset=(4, 2))
        await settle(pilot)
        assert "▸ “It was hard for me.”" in shown(pilot)
        assert "point 1 of 2" in shown(pilot)
        await pilot.press("f1")
        await wait_for_screen(pilot, HelpScreen)
        assert "Settle what is not sure" in shown(pilot)
        assert "I said it fully" in shown(pilot)


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_every_key_and_meaning_is_seen_on_a_small_screen(
    services: Services, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the longest meanings that shipped rubrics have."""
    long = "Says in one sentence what it was and who was there and how it was done and why " * 2
    rubric = fakes.rubric()
    meanings = replace(
        rubric.criteria[0].marks, met=long[:150], partly=long[:120], missed=long[:60]
    )
    criterion = replace(rubric.criteria[0], marks=meanings, asks=long[:100])
    library = fakes.library()
    library.rubrics["ownership"] = replace(rubric, criteria=(criterion, rubric.criteria[1]))
    monkeypatch.setattr(services, "_load_library", lambda: library)
    run = services.plan(question_ids=["low-score-direct", "low-score-boards"])
    async with started(services, run, size, home=False) as (_, pilot):
        await answer(pilot, TEXT)
        assert "u Settle" in shown(pilot)
        if size[0] == 80:
            assert "f1 Help" in shown(pilot)
        await pilot.press("u")
        await wait_for_screen(pilot, SettleScreen)
        screen = shown(pilot)
        for text in ("▸ “perhaps", "1 ● I", "2 ◐ I", "3 ○ I", long[:60].split()[-1], "f1 Help"):
            assert text in screen


async def test_a_decision_whose_words_are_not_there_is_told(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with started(services, services.plan(question_ids=ONE), SIZE, home=False) as (app, pilot):
        await answer(pilot, TEXT)
        await pilot.press("u")
        await wait_for_screen(pilot, SettleScreen)
        outside = Choice(90, 99, "words")
        monkeypatch.setattr(WordChoices, "chosen", outside)
        await pilot.press("2", "ctrl+q")
        await wait_for(pilot, lambda: "Quit all the same?" in shown(pilot))
        await pilot.press("escape", "escape")
        await wait_for_screen(pilot, ReportScreen)
        await wait_for(pilot, lambda: len(app._notifications) == 2)
        assert all("choose the words that say it" in note.message for note in app._notifications)
    assert newest(services).settled == ()
