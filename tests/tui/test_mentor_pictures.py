"""Pictures of a shared answer as a mentor sees it, before and after the marks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from tests.exchange.shares import MARKS, recording, reviewed, shared
from tests.tui.steps import settle
from trainer.bank.types import Mark
from trainer.exchange.desk import Desk
from trainer.exchange.share_reviewing import write_review
from trainer.services import Services
from trainer.tui.app import TrainerApp
from trainer.tui.screens.mentor import MentorScreen

SIZES = [(80, 24), (120, 40)]


@pytest.mark.parametrize("size", SIZES, ids=[f"{w}x{h}" for w, h in SIZES])
def test_picture(
    services: Services, snap_compare: Any, tmp_path: Path, size: tuple[int, int]
) -> None:
    given = shared(
        tmp_path,
        ratings=True,
        recording=recording(tmp_path, 4.0),
        intent="To see whether you own a weak result, and what you changed.",
    )
    file = tmp_path / "answer.json"
    file.write_text(write_review(reviewed(given), with_sound=True))
    desk = Desk(file, "Dr. Ben Okoro")

    async def steps(pilot: Pilot[None]) -> None:
        await settle(pilot)
        await pilot.app.push_screen(MentorScreen(desk))
        await settle(pilot)
        if size[0] > 80:
            desk.rate(dict(zip(MARKS, (Mark.MET, Mark.MISSED), strict=True)))
        pilot.app.screen.post_message(MentorScreen.Given())
        await settle(pilot)
        pilot.app.screen.query_one("#kept", Static).update("All that you gave is in a file.")
        await pilot.press("right")
        await settle(pilot)

    assert snap_compare(
        TrainerApp(lambda: services, services.settings), terminal_size=size, run_before=steps
    )
