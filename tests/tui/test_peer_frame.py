"""The frame of a session: it shows the scene that fits, and throws no words away."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from textual.pilot import Pilot

from tests import fakes
from tests.tui.spoken import notes
from tests.tui.steps import comes, press_at_once, settle, shown, started, type_answer, wait_for
from trainer.errors import StoreError, TrainerError
from trainer.meeting.keyboard import KeyboardMeeting
from trainer.meeting.types import Meeting
from trainer.peer import events
from trainer.peer.planning import asked_of
from trainer.peer.types import Phase
from trainer.services import Services
from trainer.store.types import LibraryQuery
from trainer.tui.screens.confirm import ConfirmScreen
from trainer.tui.screens.drafting import DraftingScreen, keep_all
from trainer.tui.screens.help import HelpScreen
from trainer.tui.screens.home import HomeScreen
from trainer.tui.screens.peer import frame as frames
from trainer.tui.screens.peer.answer import AnswerScene
from trainer.tui.screens.peer.console import ConsoleScreen
from trainer.tui.screens.peer.frame import MeetingScreen
from trainer.tui.screens.peer.lobby import LobbyScreen
from trainer.tui.screens.peer.rating import PeerRatingScreen
from trainer.tui.screens.peer.reveal import RevealScreen
from trainer.tui.screens.peer.together import HandoverScreen
from trainer.tui.screens.practice import PracticeScreen

QUESTION = replace(
    asked_of(fakes.library().banks[0].bank, fakes.question(), fakes.rubric()), prepare_s=0
)


@pytest.fixture
def meeting(services: Services) -> KeyboardMeeting:
    """Ann answers at this program; Ben asks from somewhere else."""
    begun = services.meetings.together(["Ann", "Ben"])
    assert isinstance(begun, KeyboardMeeting)
    begun.on_one_keyboard = False  # type: ignore[misc]
    return begun


@asynccontextmanager
async def opened(
    services: Services, meeting: KeyboardMeeting
) -> AsyncIterator[tuple[MeetingScreen, Pilot[None]]]:
    async with started(services) as (app, pilot):
        frame = MeetingScreen(meeting)
        await app.push_screen(frame)
        await settle(pilot)
        yield frame, pilot
    app.closing.wait(5)


def ben(meeting: KeyboardMeeting, kind: type[events.Event], *fields: object) -> None:
    """Let Ben's program say something, and wait until it is kept."""
    place = meeting.places[1]
    place.send(kind(*place.stamp(), *fields)).result(5)  # type: ignore[call-arg]


def ask(meeting: KeyboardMeeting) -> None:
    ben(meeting, events.RoundBegun)
    ben(meeting, events.QuestionChosen, QUESTION)
    ben(meeting, events.QuestionAsked)


async def test_words_are_kept_when_the_interviewer_gives_the_round_up(
    services: Services, meeting: KeyboardMeeting
) -> None:
    async with opened(services, meeting) as (_, pilot):
        await comes(pilot, LobbyScreen)
        ask(meeting)
        await comes(pilot, PracticeScreen)
        await type_answer(pilot, "I own that score.")
        await wait_for(pilot, lambda: meeting.place.view.round.phase is Phase.ANSWERING)  # type: ignore[union-attr]
        ben(meeting, events.RoundSkipped)
        await comes(pilot, LobbyScreen)
        assert [type(one) for one in pilot.app.screen_stack[1:]] == [MeetingScreen, LobbyScreen]
        assert [draft.text for draft in services.unfinished()] == ["I own that score."]
        assert "Your answer is kept" in notes(pilot.app)


async def test_an_answer_that_cannot_be_kept_stays_on_the_screen(
    services: Services, meeting: KeyboardMeeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(services, meeting) as (frame, pilot):
        ask(meeting)
        await comes(pilot, PracticeScreen)
        await type_answer(pilot, "I own that score.")
        with monkeypatch.context() as broken:

            def fail(_: object) -> None:
                raise StoreError("The disk is full.", "Free some space.")

            broken.setattr(services, "save_draft", fail)
            ben(meeting, events.RoundSkipped)
            await settle(pilot)
            assert isinstance(pilot.app.screen, PracticeScreen)
            frame.leave()
            await settle(pilot)
            assert isinstance(pilot.app.screen, PracticeScreen)
        frame.steer()
        await comes(pilot, LobbyScreen)


class _Writing(DraftingScreen):
    """A screen with words, whose disk may be full."""

    draft_id = "one"

    def __init__(self, saved: list[object], is_full: bool = False) -> None:
        super().__init__("Words")
        self.saved, self.is_full = saved, is_full
        self.complaints: list[TrainerError] = []

    @property
    def services(self) -> Any:
        return self

    def save_draft(self, draft: object) -> None:
        if self.is_full:
            raise StoreError("The disk is full.", "Free some space.")
        self.saved.append(draft)

    def current_draft(self) -> Any:
        return SimpleNamespace(id="one", text="Words", recording=None)

    def complain(self, error: TrainerError) -> None:
        self.complaints.append(error)

    def show_draft_state(self, error: TrainerError | None = None) -> None:
        pass


def test_where_one_screen_cannot_keep_its_words_all_others_go_on_keeping_theirs() -> None:
    saved: list[object] = []
    stored, full, fine = _Writing(saved), _Writing(saved, is_full=True), _Writing(saved)
    stored.closed = True
    screens: list[Any] = [stored, full, fine]
    assert not keep_all(screens)
    assert (stored.closed, full.closed, fine.closed) == (True, False, False)
    full.is_full = False
    assert keep_all(screens)
    assert len(saved) == 3, "what is stored already is not kept as a draft again"


async def test_what_the_user_opened_over_a_scene_stays_until_they_close_it(
    services: Services, meeting: KeyboardMeeting
) -> None:
    async with opened(services, meeting) as (_, pilot):
        await pilot.press("f1")
        await comes(pilot, HelpScreen)
        ben(meeting, events.RoundBegun)
        await wait_for(pilot, lambda: "The session went on" in notes(pilot.app))
        assert isinstance(pilot.app.screen, HelpScreen)
        await pilot.press("escape")
        await comes(pilot, AnswerScene)


async def test_escape_asks_and_leaving_closes_the_meeting_over_home(
    services: Services, meeting: KeyboardMeeting
) -> None:
    async with opened(services, meeting) as (_, pilot):
        ben(meeting, events.RoundBegun)
        await comes(pilot, AnswerScene)
        await pilot.press("escape")
        await comes(pilot, ConfirmScreen)
        assert "Leave the session?" in shown(pilot)
        await pilot.press("n")
        await comes(pilot, AnswerScene)
        assert meeting.standing.kind == "in"
        await pilot.press("escape", "y")
        await comes(pilot, HomeScreen)
        pilot.app.closing.wait(5)  # type: ignore[attr-defined]
        assert services.meetings.kept()[0].names == ("Ann", "Ben")


async def test_a_refusal_is_told_and_an_event_that_is_kept_leads_on(
    services: Services, meeting: KeyboardMeeting
) -> None:
    async with opened(services, meeting) as (_, pilot):
        scene = pilot.app.screen
        assert isinstance(scene, LobbyScreen)
        led_on: list[bool] = []
        scene.do(events.QuestionAsked(*scene.place.stamp()), lambda: led_on.append(True))
        await wait_for(pilot, lambda: "No round has begun." in notes(pilot.app))
        assert not led_on
        scene.do(events.RoundBegun(*scene.place.stamp()), lambda: led_on.append(True))
        await wait_for(pilot, lambda: bool(led_on))


async def test_two_at_one_keyboard_go_from_lobby_to_lobby_behind_handovers(
    services: Services,
) -> None:
    meeting = services.meetings.together(["Ann", "Ben"])
    assert isinstance(meeting, KeyboardMeeting)

    async def hand_to(name: str) -> None:
        await comes(pilot, HandoverScreen)
        await wait_for(pilot, lambda: f"Give the keyboard to {name}." in shown(pilot))
        await pilot.press("t")

    async def rate(key: str) -> None:
        await comes(pilot, PeerRatingScreen)
        await settle(pilot)
        await pilot.press(*key * len(QUESTION.form), "enter")

    async with opened(services, meeting) as (_, pilot):
        press_at_once(pilot, "enter", "enter")
        await hand_to("Ben")
        assert notes(pilot.app) == ""
        await comes(pilot, ConsoleScreen)
        ben(meeting, events.QuestionChosen, QUESTION)
        await wait_for(pilot, lambda: QUESTION.prompt in shown(pilot))
        await pilot.press("enter")
        await hand_to("Ann")
        await comes(pilot, PracticeScreen)
        await type_answer(pilot, "I acknowledge it. A half-change came after.")
        await pilot.press("ctrl+s")
        await rate("1")
        await hand_to("Ben")
        await rate("2")
        await wait_for(pilot, lambda: "Nobody is awaited" in shown(pilot))
        await pilot.press("r")
        await comes(pilot, RevealScreen)
        await settle(pilot)
        kept = services.answers(LibraryQuery(), 5)
        assert [one.attempt.prompt for one in kept] == [QUESTION.prompt]
        await pilot.press("n")
        await comes(pilot, LobbyScreen)
        assert "1 round is done." in shown(pilot)


async def test_who_watches_goes_on_for_an_interviewer_who_is_gone(services: Services) -> None:
    meeting = services.meetings.together(["Ann", "Ben", "Cat"])
    assert isinstance(meeting, KeyboardMeeting)
    meeting.on_one_keyboard = False  # type: ignore[misc]
    ann, _, cat = (place.you for place in meeting.places)
    meeting._places = meeting.places[:2]  # Cat has a program of her own
    ben(meeting, events.SeatsSet, meeting.places[1].you, cat)
    async with opened(services, meeting) as (_, pilot):
        ben(meeting, events.RoundBegun)
        await comes(pilot, ConsoleScreen)
        await pilot.press("ctrl+t")
        meeting.send(events.Left(cat, "")).result(5)
        await wait_for(pilot, lambda: "Cat left or lost the connection" in shown(pilot))
        await pilot.press("ctrl+t")
        await wait_for(pilot, lambda: meeting.place.view.role == "interviewer")
        await wait_for(pilot, lambda: "Ben answers, you ask" in shown(pilot))
        assert meeting.place.view.interviewer_id == ann


async def test_a_round_that_cannot_be_kept_is_told_once_and_tried_again(
    services: Services, meeting: KeyboardMeeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_rounds, tries = services.meetings.keep_rounds, []

    def keep(kept: Meeting) -> tuple[str, ...]:
        tries.append(kept)
        if len(tries) < 3:
            raise StoreError("The disk is full.", "Free some space.")
        return keep_rounds(kept)

    monkeypatch.setattr(services.meetings, "keep_rounds", keep)
    monkeypatch.setattr(frames, "KEEP_AGAIN_S", 0.01)
    async with opened(services, meeting) as (_, pilot):
        ask(meeting)
        await comes(pilot, PracticeScreen)
        assert not tries
        await type_answer(pilot, "I acknowledge it.")
        await pilot.press("ctrl+s")
        await comes(pilot, PeerRatingScreen)
        ben(meeting, events.Revealed)
        await wait_for(pilot, lambda: "In your history." in shown(pilot))

        assert notes(pilot.app).count("The disk is full.") == 1
        ben(meeting, events.RoundBegun)
        await wait_for(pilot, lambda: "Round 2 has begun." in notes(pilot.app))
