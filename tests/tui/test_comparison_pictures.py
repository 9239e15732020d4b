"""Pictures of two spoken stories beside each other, in one column and in two."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from textual.pilot import Pilot

from tests.review.sides import rating
from tests.tui.pictures import assert_drawn
from tests.tui.spoken import spoken_attempt
from tests.tui.steps import settle, wait_for
from tests.tui.test_story import RUBRIC, TOLD
from trainer.analysis.types import Chances, Span
from trainer.bank.types import Mark, Part
from trainer.review.sides import Side
from trainer.services import Services
from trainer.tui.app import TrainerApp
from trainer.tui.screens.comparison import ComparisonScreen

BETTER: tuple[tuple[Part, str], ...] = (
    TOLD[0],
    (
        "action",
        "so i walked to every bed with Petra the nurse and in 20 minutes we had a list of three "
        "colours on the board",
    ),
    ("result", "both of the red ones were in intensive care before midnight"),
    ("reflection", "since then i begin every night with that list"),
)
TITLES: dict[str, str] = {
    "situation": "A particular event",
    "task": "What was yours to do",
    "action": "What you did",
    "result": "How it ended",
    "reflection": "What you learned and use since",
}
TITLED = replace(RUBRIC, criteria=tuple(replace(c, title=TITLES[c.id]) for c in RUBRIC.criteria))
MISSED, PARTLY, MET = Mark
BEFORE = {"situation": MET, "task": PARTLY, "action": PARTLY, "result": MET, "reflection": MISSED}
NOW = {"situation": MET, "task": MISSED, "action": MET, "result": MET, "reflection": PARTLY}


def told(services: Services, story: tuple[tuple[Part, str], ...], marks: dict[str, Mark]) -> Side:
    """Return a spoken story whose parts were found; what was learned is not sure."""
    attempt_id = spoken_attempt(services, " ".join(words for _, words in story))
    spans, at = [], 0
    for name, said in story:
        end = at + len(said.split())
        spans.append(Span(at, end, "part", name))
        if marks[name]:
            spans.append(Span(at, min(end, at + 12), "criterion", name))
        at = end
    given = replace(
        rating(marks),
        spans=tuple(spans),
        unsure=("reflection",),
        chances={"reflection": Chances(0.7, 0.4)},
    )
    side = services.reviewing.side(attempt_id)
    return replace(side, rubric=TITLED, rating=given, rating_number=1)


def test_picture(services: Services, snapshot: Any) -> None:
    sides = told(services, TOLD, BEFORE), told(services, BETTER, NOW)

    async def compared(pilot: Pilot[None]) -> None:
        await settle(pilot)
        pilot.app.push_screen(ComparisonScreen(*sides))
        await wait_for(pilot, lambda: not pilot.app.screen.query("#waiting"))
        await settle(pilot)
        await pilot.press("j", "j", "j")
        await settle(pilot)

    app = TrainerApp(lambda: services, services.settings)
    assert_drawn(snapshot, app, compared)
