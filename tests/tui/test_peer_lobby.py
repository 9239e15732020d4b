"""The lobby of a session, and the ways into one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from tests.peer.sessions import PEOPLE, after, asked, begun, moment, seated
from tests.tui.spoken import notes
from tests.tui.steps import comes, press_at_once, settle, shown, started, wait_for
from trainer.meeting.keyboard import KeyboardMeeting
from trainer.peer import events
from trainer.peer.seeing import view_for
from trainer.peer.types import Phase, Planned, SessionView
from trainer.services import Services
from trainer.tui.screens.choosing import ChoosingScreen
from trainer.tui.screens.home import HomeScreen
from trainer.tui.screens.peer.frame import MeetingScreen
from trainer.tui.screens.peer.line import LineScreen, number_problem
from trainer.tui.screens.peer.lobby import LobbyScreen
from trainer.tui.screens.peer.lobby_lines import next_line, no_plan_line, people_lines, plan_row
from trainer.tui.screens.peer.opening import PeerScreen

ANN, BEN, CAT, DAN = PEOPLE


@asynccontextmanager
async def lobby(
    services: Services, *names: str
) -> AsyncIterator[tuple[KeyboardMeeting, Pilot[None]]]:
    """Open the lobby of the first of these people, whose program is one of several."""
    meeting = services.meetings.together(names)
    assert isinstance(meeting, KeyboardMeeting)
    meeting.on_one_keyboard = False  # type: ignore[misc]
    async with started(services, home=False) as (app, pilot):
        await app.push_screen(MeetingScreen(meeting))
        await comes(pilot, LobbyScreen)
        yield meeting, pilot
    app.closing.wait(5)


async def planned(pilot: Pilot[None], meeting: KeyboardMeeting, count: int) -> SessionView:
    await wait_for(pilot, lambda: len(meeting.place.view.plan) == count)
    await settle(pilot)
    return meeting.place.view


async def choose(pilot: Pilot[None], part: str = "") -> None:
    await comes(pilot, ChoosingScreen)
    await pilot.press(*part, "enter")
    await settle(pilot)


async def test_who_answers_plans_and_sees_no_question_of_their_own(services: Services) -> None:
    async with lobby(services, "Ann", "Ben") as (meeting, pilot):
        await pilot.press("n")
        await choose(pilot)
        await comes(pilot, LineScreen)
        await pilot.press("backspace", "2", "enter")
        view = await planned(pilot, meeting, 2)
        own, other = view.plan
        assert (own.candidate_id, other.candidate_id) == (view.you, view.participants[1].id)
        assert own.asked is None
        assert other.asked is not None
        await wait_for(pilot, lambda: "Low exam score (hidden)" in shown(pilot))
        await pilot.press("a")
        await choose(pilot, "low")
        await choose(pilot, "boards")
        asks = (await planned(pilot, meeting, 3)).plan[2]
        assert (asks.interviewer_id, asks.candidate_id) == (view.you, view.participants[1].id)
        assert asks.asked
        assert asks.asked.prompt == "Will you pass the boards?"


async def test_the_plan_is_moved_and_dropped_by_keys_and_the_cursor_stays(
    services: Services,
) -> None:
    async with lobby(services, "Ann", "Ben") as (meeting, pilot):
        await pilot.press("o", "o", "o")
        before = [entry.id for entry in (await planned(pilot, meeting, 3)).plan]
        await pilot.press("plus")
        moved = [before[1], before[0], before[2]]
        await wait_for(pilot, lambda: [e.id for e in meeting.place.view.plan] == moved)
        await settle(pilot)
        await pilot.press("x")
        await planned(pilot, meeting, 2)
        assert [e.id for e in meeting.place.view.plan] == [before[1], before[2]]


async def test_seats_are_swapped_a_day_has_each_of_the_others_ask_and_no_round_begins_twice(
    services: Services,
) -> None:
    async with lobby(services, "Ann", "Ben", "Cat") as (meeting, pilot):
        ann, ben, cat = (one.id for one in meeting.place.view.participants)
        await pilot.press("s")
        await wait_for(pilot, lambda: meeting.place.view.candidate_id == ben)
        assert meeting.place.view.interviewer_id == ann
        await settle(pilot)
        await pilot.press("y")
        await choose(pilot, "cat")
        await comes(pilot, LineScreen)
        press_at_once(pilot, "backspace", "1", "enter")
        plan = (await planned(pilot, meeting, 2)).plan
        assert [(one.candidate_id, one.interviewer_id) for one in plan] == [(cat, ann), (cat, ben)]
        await pilot.press("t")
        assert "You sit in a seat already" in notes(pilot.app)
        screen = pilot.app.screen
        assert isinstance(screen, LobbyScreen)
        meeting.place.send(events.RoundBegun(*meeting.place.stamp())).result(5)
        screen.action_begin()  # a second Enter, before the lobby has gone
        await settle(pilot)
        assert "is not over" not in notes(pilot.app)


async def test_who_only_watches_has_no_keys_that_lead(services: Services) -> None:
    async with lobby(services, "Ann", "Ben", "Cat") as (meeting, pilot):
        screen = pilot.app.screen
        assert isinstance(screen, LobbyScreen)
        assert "begin" in {one.binding.action for one in screen.active_bindings.values()}
        screen.place = meeting.places[2]
        keys = {one.binding.action for one in screen.active_bindings.values()}
        assert not keys & {"begin", "select_cursor", "add", "draw", "end", "swap", "drop"}
        assert {"take_seat", "leave_meeting", "example"} <= keys
        for _ in range(3):  # a key that is held down
            screen.do(events.PlanDropped(*screen.place.stamp(), "none"))
        await wait_for(pilot, lambda: "cannot change the plan" in notes(pilot.app))
        await settle(pilot)
        assert notes(pilot.app).count("cannot change the plan") == 1


async def test_home_leads_into_a_session_asks_the_name_once_and_goes_on_with_it(
    services: Services,
) -> None:
    async with started(services) as (app, pilot):
        await pilot.press("w")
        await comes(pilot, PeerScreen)
        await pilot.press("enter")
        await comes(pilot, LineScreen)
        await pilot.press("enter")
        assert "Write a name first." in shown(pilot)
        await pilot.press(*"Ann", "enter")
        await wait_for(pilot, lambda: "Who is with you?" in shown(pilot))
        assert services.settings.name == "Ann"
        await pilot.press(*"Ben,Cat", "enter")
        await comes(pilot, LobbyScreen)
        screen = shown(pilot)
        assert "on one keyboard" in screen
        assert [line.split()[-1] for line in screen.splitlines()[2:5]] == ["Ann", "Ben", "Cat"]
        await pilot.press("enter")
        await wait_for(pilot, lambda: not isinstance(pilot.app.screen, LobbyScreen))
        await settle(pilot)
        await pilot.press("escape", "y")
        await comes(pilot, HomeScreen)
        app.closing.wait(5)
        await pilot.press("w")
        await comes(pilot, PeerScreen)
        await wait_for(pilot, lambda: "Go on: Ann, Ben, Cat" in shown(pilot))
        await pilot.press("end", "enter")
        await wait_for(pilot, lambda: "Round 1" in shown(pilot))
    app.closing.wait(5)


async def test_a_session_is_deleted_by_a_key_and_a_code_that_can_be_none_told_before_it_is_tried(
    services: Services,
) -> None:
    services.settings = replace(services.settings, name="Ann")
    left = services.meetings.together(["Ann", "Ben"])
    left.place.send(events.PlanAdded(*left.place.stamp(), (Planned("one"),))).result(5)
    left.close()
    async with started(services) as (_, pilot):
        await pilot.press("w")
        await comes(pilot, PeerScreen)
        await wait_for(pilot, lambda: "Go on: Ann, Ben" in shown(pilot))
        await pilot.press("x", "end", "x", "y")
        await wait_for(pilot, lambda: "Go on" not in shown(pilot))
        assert services.meetings.kept() == ()
        pilot.app.screen.query_one(OptionList).highlighted = 2
        await pilot.press("enter")
        await comes(pilot, LineScreen)
        await pilot.press(*"K0-1", "enter")
        assert "A code has no 0, 1." in shown(pilot)
        pilot.app.screen.query_one(Input).value = ""
        await settle(pilot)
        assert "A code has no" not in shown(pilot)


def test_the_line_of_what_is_next_tells_what_hinders_it() -> None:
    nobody = view_for(begun(ANN, BEN), ANN)
    assert next_line(nobody).startswith("Nobody sits where one answers.")
    session = seated()
    ready = view_for(session, ANN)
    assert next_line(ready) == "Round 1 next: Ben answers, Ann asks. Enter begins it."
    watching = view_for(session, CAT)
    assert next_line(watching).endswith("Ann asks. Wait: Ben or Ann begins it.")
    assert "A adds" not in no_plan_line(watching)
    away = view_for(after(session, events.Left(BEN, moment(5))), ANN)
    assert next_line(away) == "Ben answers next and is not here. Wait, or set the seats."
    assert "Answers  Ben (away)" in people_lines(away, one_keyboard=False).plain
    entry = Planned("one", CAT, BEN, asked(1))
    other = view_for(after(session, events.PlanAdded(ANN, moment(5), (entry,))), ANN)
    assert next_line(other) == "Round 1 next: Cat answers, Ben asks. Enter begins it."
    left = view_for(
        after(session, events.PlanAdded(ANN, moment(5), (entry,)), events.Left(CAT, moment(6))), ANN
    )
    assert next_line(left) == "Cat answers next and is not here. Wait, or drop this round (X)."
    ended = view_for(after(session, events.Ended(ANN, moment(5))), ANN)
    assert next_line(ended).startswith("The session is over.")
    assert not any(one.phase is Phase.PLANNED for one in ended.rounds)


def test_a_row_of_the_plan_is_one_line_of_data_and_no_escape() -> None:
    view = view_for(seated(), ANN)
    hostile = replace(asked(1), prompt="[red]Say\x1b[31m\nthis[/]")
    row = plan_row(view, Planned("one", BEN, None, hostile))
    assert row == ("Ben", "by seat", "[red]Say␛[31m this[/]")
    known = Planned("one", BEN, None, asked(1), "Ethics")
    assert plan_row(view, known, one_keyboard=True)[2] == "Ethics (hidden)", "all see the plan"
    assert plan_row(view, Planned("two"))[2] == "open: the interviewer chooses"


def test_a_number_is_a_whole_one_within_its_bounds() -> None:
    problem = number_problem(20)
    assert not problem("1")
    assert not problem("20")
    for wrong in ("", "0", "21", "-1", "2.5", "²", "many", "9" * 5000):
        assert problem(wrong) == "Write a whole number from 1 to 20."
