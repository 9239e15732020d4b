"""Without colour every mark can be told, and with reduced motion nothing moves that need not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from rich.segment import Segment
from rich.style import Style
from textual import constants
from textual.pilot import Pilot
from textual.widgets import Input, Select

from tests import fakes
from tests.tui.steps import answer, settle, shown, started, wait_for_screen
from trainer.bank.types import Mark
from trainer.services import Services
from trainer.tui.screens.home import HomeScreen
from trainer.tui.screens.practice import PracticeScreen
from trainer.tui.screens.report import ReportScreen
from trainer.tui.screens.self_rating import SelfRatingScreen
from trainer.tui.screens.settings import SettingsScreen
from trainer.tui.screens.settle import SettleScreen
from trainer.tui.widgets.checklist import MARKS
from trainer.tui.widgets.editor import AnswerEditor
from trainer.tui.widgets.legend import CHOSEN_STYLE, EVIDENCE_STYLE, FLAG_STYLE, UNSURE_STYLE
from trainer.tui.widgets.level import CALM_S, LevelMeter
from trainer.tui.widgets.timer import TimerLine

ONE = ["low-score-direct"]
SIZE = (120, 40)
TEXT = "I acknowledge it. It was unfair then. Then came maybe-change."
FORMS = {"bold", "underline", "reverse"}


@pytest.fixture
def colourless(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")


@pytest.fixture
def still(services: Services) -> Services:
    services.settings = replace(services.settings, motion="reduced")
    return services


def segments(pilot: Pilot[None]) -> Iterator[Segment]:
    for strip in pilot.app.screen._compositor.render_strips():
        yield from strip


def colours(pilot: Pilot[None]) -> set[str]:
    """Return the colours on the screen, of text and background, but for the terminal's own."""
    styles = [segment.style for segment in segments(pilot) if segment.style]
    found = {colour for style in styles for colour in (style.color, style.bgcolor) if colour}
    return {str(colour) for colour in found if not colour.is_default}


def form_of(pilot: Pilot[None], text: str) -> tuple[bool, bool, bool]:
    """Return whether the first piece that holds a text is bold, underlined, reversed."""
    style = next(s.style for s in segments(pilot) if text in s.text) or Style()
    return bool(style.bold), bool(style.underline), bool(style.reverse)


@pytest.mark.usefixtures("colourless")
async def test_no_screen_shows_a_colour_and_each_tells_where_its_cursor_is(
    services: Services,
) -> None:
    services.settings = replace(services.settings, self_rating=True)
    async with started(services, size=SIZE) as (_, pilot):
        assert colours(pilot) == set()
        cursor = "".join(s.text for s in segments(pilot) if s.style and s.style.reverse)
        assert "All banks, mixed" in cursor
        assert "Small talk" not in cursor
        await pilot.press("s")
        await wait_for_screen(pilot, SettingsScreen)
        frames = shown(pilot)
        assert colours(pilot) == set()
        assert (frames.count("┏"), frames.count("╭") > 3) == (1, True)
        await pilot.press("escape", "enter")
        await wait_for_screen(pilot, PracticeScreen)
        assert "┏" in shown(pilot)
        pilot.app.screen.query_one(AnswerEditor).insert(TEXT)
        await pilot.press("ctrl+s")
        await wait_for_screen(pilot, SelfRatingScreen)
        assert colours(pilot) == set()
        await pilot.press("escape")
        await wait_for_screen(pilot, ReportScreen)
        assert colours(pilot) == set()


@pytest.mark.usefixtures("colourless")
async def test_words_that_earned_sound_wrong_or_are_chosen_differ_without_colour(
    services: Services,
) -> None:
    async with started(services, services.plan(question_ids=ONE), SIZE) as (_, pilot):
        await answer(pilot, TEXT)
        await pilot.press("right")
        await settle(pilot)
        chosen, earned, plain = (form_of(pilot, word) for word in ("I", "acknowledge", "then"))
        assert len({chosen, earned, plain}) == 3
        assert "!unfair" in shown(pilot)
        assert "!: could sound wrong" in shown(pilot)
        assert "reversed" not in shown(pilot)
        reverse = "".join(s.text for s in segments(pilot) if s.style and s.style.reverse)
        assert "unfair" not in reverse  # what is reversed is chosen or heard
        await pilot.press("u")
        await wait_for_screen(pilot, SettleScreen)
        assert colours(pilot) == set()
        assert "▸ “maybe-change.”" in shown(pilot)


async def test_an_empty_no_color_asks_for_nothing(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "")
    async with started(services) as (app, pilot):
        assert not app.no_color
        assert colours(pilot)


def test_marks_and_marked_words_differ_in_more_than_their_colour() -> None:
    assert len({sign[0] for sign, _ in MARKS.values()}) == len(Mark)
    styles = (EVIDENCE_STYLE, FLAG_STYLE, UNSURE_STYLE, CHOSEN_STYLE)
    forms = {frozenset(FORMS & set(style.split())) for style in styles}
    assert len(forms) == len(styles)
    assert frozenset() not in forms


async def test_reduced_motion_stills_cursors_and_every_glide(still: Services) -> None:
    async with started(still, still.plan(question_ids=ONE)) as (app, pilot):
        assert app.animation_level == "none"
        assert app.screen.query_one(AnswerEditor).cursor_blink is False
        await pilot.press("ctrl+p")
        await settle(pilot)
        assert app.screen.query_one(Input).cursor_blink is False


async def test_the_settings_reduce_motion_at_once_and_give_it_back(services: Services) -> None:
    async with started(services) as (app, pilot):
        await wait_for_screen(pilot, HomeScreen)
        await pilot.press("s")
        await wait_for_screen(pilot, SettingsScreen)
        number, motion = app.screen.query_one("#questions", Input), _motion(app)
        before = app.animation_level, number.cursor_blink
        motion.value = "reduced"
        await settle(pilot)
        assert (app.animation_level, number.cursor_blink) == ("none", False)
        assert services.settings.motion == "reduced"
        motion.value = "full"
        await settle(pilot)
        assert (app.animation_level, number.cursor_blink) == before == ("full", True)


async def test_the_environment_reduces_motion_too(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(constants, "TEXTUAL_ANIMATIONS", "none")
    async with started(services, services.plan(question_ids=ONE)) as (app, _):
        assert app.animation_level == "none"
        assert app.screen.query_one(AnswerEditor).cursor_blink is False


async def test_the_timer_is_drawn_once_a_second(
    services: Services, clock: fakes.FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with started(services, services.plan(question_ids=ONE)) as (app, pilot):
        drawn: list[str] = []
        render = TimerLine.render

        def count(timer: TimerLine) -> Any:
            line = render(timer)
            drawn.append(line.plain)
            return line

        monkeypatch.setattr(TimerLine, "render", count)
        screen = app.screen
        assert isinstance(screen, PracticeScreen)
        for _ in range(20):
            clock.now_s += 0.1
            screen._tick()
            await pilot.pause()
        assert 1 <= len(set(drawn)) == len(drawn) <= 3


async def test_the_level_stands_for_a_second_but_for_sound_that_is_cut_off(still: Services) -> None:
    async with started(still) as (app, pilot):
        meter = LevelMeter()
        await app.screen.mount(meter)
        meter.hear(-40.0, -35.0, False, 10.0)
        await pilot.pause()
        before = meter.render().plain
        meter.hear(-20.0, -10.0, False, 10.0 + CALM_S / 2)
        assert meter.render().plain == before
        meter.hear(-20.0, -10.0, False, 10.0 + CALM_S)
        assert meter.word == "good"
        meter.hear(-1.0, 0.0, True, 10.1 + CALM_S)
        assert meter.word == "clipping"


def _motion(app: Any) -> Select[str]:
    found: Select[str] = app.screen.query_one("#motion", Select)
    return found
