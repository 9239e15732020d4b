"""Pictures of the blind rating in a session, and of a worked example with its reasons."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.tui.pictures import assert_drawn
from tests.tui.steps import settle, wait_for
from tests.tui.test_peer_rating import EXAMPLE, QUESTION, answered
from trainer.bank.types import Mark
from trainer.exchange.document import WordEntry
from trainer.meeting.types import Meeting
from trainer.peer import events
from trainer.peer.types import Answer
from trainer.services import Services
from trainer.tui.app import TrainerApp
from trainer.tui.screens.peer.rating import PeerRatingScreen
from trainer.tui.screens.peer.worked_example import WorkedExampleScreen
from trainer.tui.widgets.rating_form import RatingForm


@pytest.fixture
def meeting(services: Services) -> Iterator[Meeting]:
    begun = services.meetings.together(["Ann", "Ben", "Cat"])
    yield begun
    begun.close()


def test_picture_of_marks(services: Services, meeting: Meeting, snapshot: Any) -> None:
    async def second_point(pilot: Pilot[None]) -> None:
        pilot.app.push_screen(PeerRatingScreen(meeting, ben))
        await wait_for(pilot, lambda: bool(pilot.app.screen.query(RatingForm)))
        await settle(pilot)
        await pilot.press("2")
        await settle(pilot)

    answered(meeting)
    ann, ben, cat = meeting.places
    cat.send(events.Rated(*cat.stamp(), {"acknowledge": Mark.MET, "change": Mark.MET})).result(5)
    ann.send(events.AnswerGiven(*ann.stamp(), _spoken())).result(5)
    app = TrainerApp(lambda: services, services.settings)
    assert_drawn(snapshot, app, second_point)


def test_picture_of_reasons(
    services: Services,
    snapshot: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def rated(pilot: Pilot[None]) -> None:
        pilot.app.push_screen(WorkedExampleScreen())
        await wait_for(pilot, lambda: bool(pilot.app.screen.query(RatingForm)))
        await settle(pilot)
        await pilot.press("1", "1", "enter")
        await wait_for(pilot, lambda: bool(pilot.app.screen.query("#reasons")))
        await settle(pilot)

    monkeypatch.setattr(services, "example", lambda _: EXAMPLE)
    app = TrainerApp(lambda: services, services.settings)
    assert_drawn(snapshot, app, rated)


def _spoken() -> Answer:
    """Return heard words, of which each begins a second after the one before."""
    from tests.peer.sessions import answer

    given = answer(QUESTION, "a1")
    assert given.document
    (words,) = given.document.transcripts
    text = "I asked the nurse again and then I wrote it down for the next shift"
    entries, at = [], 0
    for second, word in enumerate(text.split(), 1):
        entries.append(WordEntry(at, at + len(word), float(second), second + 0.5, 0.9))
        at += len(word) + 1
    spoken = replace(words, source="vosk", text=text, words=tuple(entries))
    return replace(given, document=replace(given.document, transcripts=(spoken,)))
