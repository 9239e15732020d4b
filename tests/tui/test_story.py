"""The story on the report: its parts over time, in words and as a bar."""

from dataclasses import replace
from typing import Any

from textual.pilot import Pilot

from tests.analysis.conftest import a_criterion, a_cue, a_rubric
from tests.tui.pictures import MIDDLE, SMALL, assert_drawn, at
from tests.tui.spoken import spoken_attempt
from tests.tui.steps import answer, settle, shown, started, wait_for_screen
from trainer.analysis.parts import PARTS
from trainer.analysis.story import read_story
from trainer.analysis.types import Span
from trainer.bank.types import Part
from trainer.coach.storyline import UNCLEAR, tell
from trainer.recall import AttemptView
from trainer.services import Services
from trainer.tui.app import TrainerApp
from trainer.tui.screens.report import ReportScreen
from trainer.tui.widgets.drawn_words import WordLines
from trainer.tui.widgets.parts_bar import PartsBar

RUBRIC = a_rubric(
    *(a_criterion(a_cue("x"), name=part, part=part) for part in PARTS),
)
TOLD: tuple[tuple[Part, str], ...] = (
    ("situation", "it was my second month on a surgical ward at night with forty patients"),
    ("task", "and i had to find out who needed a doctor first"),
    (
        "action",
        "so i walked to every bed with the nurse and we wrote a list of three colours on the board "
        "then i called the senior for the two red ones and i told her what i had seen",
    ),
    ("result", "both of them were in intensive care before midnight and both went home"),
    ("reflection", "since then i begin every night with that list"),
)
TEXT = " ".join(words for _, words in TOLD)
SIZES = ((60, 20), SMALL, MIDDLE)


def storied(services: Services) -> AttemptView:
    """Return a spoken answer whose parts were found."""
    view = services.view(spoken_attempt(services, TEXT))
    assert view.rating is not None
    words = view.transcript.transcript
    spans, at = [], 0
    for name, said in TOLD:
        spans.append(Span(at, at + len(said.split()), "part", name))
        at = spans[-1].end
    rating = replace(view.rating, spans=tuple(spans), rater="machine", remark=None)
    story = read_story(words, RUBRIC, rating, view.record.attempt.prompt)
    assert story is not None
    report = replace(view.report, story=tell(story, words), parts=rating.spans)
    return replace(view, rating=rating, report=report)


async def open_story(pilot: Pilot[None]) -> None:
    await settle(pilot)
    assert isinstance(pilot.app, TrainerApp)
    pilot.app.push_screen(ReportScreen(storied(pilot.app.services)))
    await wait_for_screen(pilot, ReportScreen)
    pilot.app.screen.query_one(PartsBar).scroll_visible(animate=False, top=True, immediate=True)
    await settle(pilot)


async def test_the_parts_are_drawn_over_time_and_told(services: Services) -> None:
    async with started(services, size=(120, 60), home=False) as (_, pilot):
        await open_story(pilot)
        screen = shown(pilot)
        assert "S situation" in screen
        assert "L learned" in screen
        assert "Coaches advise about 60 %." in screen
        assert 'In the action "I" 4 times, "we" once.' in screen


async def test_another_version_brings_its_own_story(services: Services) -> None:
    async with started(services, size=(120, 60), home=False) as (app, pilot):
        await open_story(pilot)
        assert isinstance(app.screen, ReportScreen)
        view = app.screen._view
        app.screen.post_message(
            ReportScreen.ViewReady(replace(view, report=replace(view.report, story=None)))
        )
        await settle(pilot)
        assert not app.screen.query(PartsBar)


async def test_an_answer_without_a_story_has_none_on_its_report(services: Services) -> None:
    run = services.plan(question_ids=["low-score-direct"])
    async with started(services, run, size=(120, 60), home=False) as (app, pilot):
        await answer(pilot, "I acknowledge it.")
        assert not app.screen.query(PartsBar)
        assert "Story, beside the rating" not in shown(pilot)


async def test_parts_that_could_not_be_told_apart_have_no_bar(services: Services) -> None:
    async with started(services, size=(120, 60), home=False) as (app, pilot):
        view = storied(services)
        assert view.rating is not None
        words = view.transcript.transcript
        story = read_story(words, RUBRIC, replace(view.rating, spans=()), "")
        assert story is not None
        report = replace(view.report, story=tell(story, words), parts=())
        telling = replace(view, report=report)
        app.push_screen(ReportScreen(telling))
        await wait_for_screen(pilot, ReportScreen)
        assert UNCLEAR in shown(pilot)
        assert not app.screen.query(PartsBar)
        lines = app.screen.query_one(WordLines)
        assert not any(line.heading for line in lines.page(lines.size.width).lines)


def test_picture(services: Services, snapshot: Any) -> None:
    app = TrainerApp(lambda: services, services.settings)
    assert_drawn(snapshot, app, open_story, at(*SIZES, light=SMALL))
