"""Pictures of the words of an answer with everything that can stand in them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.tui.spoken import spoken_attempt
from tests.tui.steps import settle, wait_for_screen
from trainer.analysis.types import Span
from trainer.services import Services
from trainer.transcript.types import FilledPause, Sound
from trainer.tui.app import TrainerApp
from trainer.tui.screens.report import ReportScreen
from trainer.tui.widgets.marked_text import MarkedText

TOLD = (
    ("situation", "about my score i acknowledge it fell short in the second? year of my training"),
    ("action", "you know the exam was unfair but half-change came after and i read every night"),
    ("result", "in the end my next score was better and the ward kept? me for the summer"),
)
TEXT = " ".join(words for _, words in TOLD)
MEASURED = Sound(
    ((0.0, 3.9), (4.8, 7.4), (9.0, 12.4), (12.8, 15.9), (18.4, 22.0)),
    (FilledPause(4.0, 4.4, 0.95), FilledPause(16.0, 16.3, 0.4)),
)
NOTED = (22, 25, "Say which topics. This is what they ask next.")


async def open_words(pilot: Pilot[None]) -> None:
    await settle(pilot)
    assert isinstance(pilot.app, TrainerApp)
    services = pilot.app.services
    attempt_id = spoken_attempt(services, TEXT, measured=MEASURED)
    transcript_id = services.view(attempt_id).transcript.id
    services.annotations.add_note(attempt_id, transcript_id, *NOTED)
    view = services.view(attempt_id)
    assert view.rating
    parts, at = [], 0
    for name, said in TOLD:
        parts.append(Span(at, at + len(said.split()), "part", name))
        at = parts[-1].end
    report = replace(view.report, parts=tuple(parts))
    pilot.app.push_screen(ReportScreen(replace(view, report=report)))
    await wait_for_screen(pilot, ReportScreen)
    await pilot.press("full_stop", "full_stop", "right", "shift+right", "shift+right")
    pilot.app.screen.query_one(MarkedText).scroll_visible(animate=False, top=True)
    await settle(pilot)


SIZES = ((60, 20), (80, 24), (120, 40))


@pytest.mark.parametrize(
    ("theme", "size"),
    [*(("dark", size) for size in SIZES), ("light", (80, 24))],
    ids=lambda value: value if isinstance(value, str) else f"{value[0]}x{value[1]}",
)
def test_picture(services: Services, snap_compare: Any, theme: str, size: tuple[int, int]) -> None:
    services.settings = replace(services.settings, theme=theme)
    app = TrainerApp(lambda: services, services.settings)
    assert snap_compare(app, terminal_size=size, run_before=open_words)
