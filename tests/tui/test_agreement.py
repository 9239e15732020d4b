"""How raters agree over all sessions, on the screen."""

from __future__ import annotations

from typing import Any

import pytest
from textual.pilot import Pilot

from tests.tui.agreeing import MET, MISSED, fill, listened
from tests.tui.spoken import notes
from tests.tui.steps import shown, started, wait_for, wait_for_screen
from trainer.errors import StoreError
from trainer.services import Services
from trainer.tui.screens.agreement import AgreementScreen
from trainer.tui.screens.progress import ProgressScreen
from trainer.tui.screens.report import ReportScreen


async def opened(pilot: Pilot[None]) -> AgreementScreen:
    """Open it from progress, and wait until all is read."""
    await pilot.press("p")
    await wait_for_screen(pilot, ProgressScreen)
    await pilot.press("a")
    await wait_for_screen(pilot, AgreementScreen)
    screen = pilot.app.screen
    assert isinstance(screen, AgreementScreen)
    await wait_for(pilot, lambda: "One moment" not in shown(pilot))
    await pilot.pause()
    return screen


async def test_differences_with_their_words_and_answers_then_raters_then_agreement_over_time(
    services: Services,
) -> None:
    ids = fill(services)
    async with started(services) as (app, pilot):
        await opened(pilot)
        page = shown(pilot)
        assert "6 answers were marked by two or more raters, in 6 sessions." in page
        assert "≠≠ 2 Mar You changed ● Ana ○ Bo ◐ Machine" in " ".join(page.split())
        assert "met (Ana): You changed: fully there." in page
        assert "missed (Bo): You changed: absent." in page
        assert '"half-change" at 0:04' in page
        await pilot.press("enter")
        await wait_for_screen(pilot, ReportScreen)
        report: Any = app.screen
        assert report._view.record.attempt.id == ids[1]
        await wait_for(pilot, lambda: report.chosen is not None)
        assert report.shown_view.transcript.transcript.quote(*report.chosen) == "half-change"
        await pilot.press("escape")
        await wait_for_screen(pilot, AgreementScreen)
        await pilot.press("o", "enter")
        await wait_for_screen(pilot, ReportScreen)
        report = app.screen
        assert report._view.record.attempt.id == ids[5]
        await pilot.press("escape")
        await wait_for_screen(pilot, AgreementScreen)
        await pilot.resize_terminal(120, 40)
        await pilot.press("right")
        page = shown(pilot)
        assert "Ana: +0.5" in page
        assert "Gives more than the others." in page
        assert "Ana and Bo: 5 of 12 marks the same, kappa " in page
        assert "You changed: 9 of 18 pairs of marks are the same." in page
        for size in ((30, 10), (4, 3), (120, 40)):
            await pilot.resize_terminal(*size)
            await pilot.press("1", "2")
        await pilot.press("3")
        assert "Marks that were the same, in percent, 6 sessions" in shown(pilot)
        assert shown(pilot).count("●") >= 2
        await pilot.press("escape")
        await wait_for_screen(pilot, ProgressScreen)


async def test_few_sessions_and_none_are_told_as_such(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with started(services) as (app, pilot):
        await opened(pilot)
        assert "No answer has marks of two raters yet." in shown(pilot)
        await pilot.press("enter", "o", "2", "right", "escape")
        await wait_for_screen(pilot, ProgressScreen)
        listened(services, {"Ana\x1b[31m": (MET, MISSED)})
        await pilot.press("a")
        await wait_for_screen(pilot, AgreementScreen)
        await wait_for(pilot, lambda: "from 5 sessions on" in shown(pilot))
        assert "\x1b" not in shown(pilot)
        await pilot.press("escape")

        def broken() -> None:
            raise StoreError("The history is damaged.", "Restart.")

        monkeypatch.setattr(services.reviewing, "agreement", broken)
        await wait_for_screen(pilot, ProgressScreen)
        await pilot.press("a")
        await wait_for(pilot, lambda: "The history is damaged." in notes(app))
        assert "could not be read" in shown(pilot)
