"""A revealed round on the screen: what is shown side by side, and what is heard."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest
from textual.pilot import Pilot

from tests import fakes
from tests.meeting.test_revealing import gave, seen
from tests.tui import revealing
from tests.tui.revealing import MET, MISSED, PARTLY, QUESTION
from tests.tui.spoken import notes
from tests.tui.steps import comes, settle, shown, started, wait_for, wait_for_screen
from trainer.meeting.revealing import lay_side_by_side, stored_side
from trainer.meeting.telling_reveal import names_in
from trainer.meeting.types import Meeting, Place
from trainer.peer import events
from trainer.services import Services
from trainer.tui import reveal_page
from trainer.tui.app import TrainerApp
from trainer.tui.screens.agreement import AgreementScreen
from trainer.tui.screens.comparison import ComparisonScreen
from trainer.tui.screens.peer import reveal
from trainer.tui.screens.peer.frame import MeetingScreen
from trainer.tui.screens.peer.lobby import LobbyScreen
from trainer.tui.screens.peer.reveal import RevealScreen
from trainer.tui.widgets.choice_table import ChoiceTable
from trainer.tui.widgets.player_bar import PlayerBar

MARKS = {0: (MET, MET), 1: (MET, MISSED), 2: (MET, PARTLY)}


@pytest.fixture
def meeting(services: Services) -> Iterator[Meeting]:
    """Ann answers, Ben asks and Cat watches."""
    begun = services.meetings.together(["Ann", "Ben", "Cat"])
    yield begun
    begun.close()


@asynccontextmanager
async def opened(
    services: Services, meeting: Meeting, place: Place | None = None, width: int = 80
) -> AsyncIterator[tuple[TrainerApp, Pilot[None]]]:
    """Show the reveal over an empty screen."""
    size = (width, 24 if width < 100 else 40)
    async with started(services, size=size, home=False) as (app, pilot):
        await show(pilot, meeting, place)
        yield app, pilot
        meeting.listen(None)


async def show(pilot: Pilot[None], meeting: Meeting, place: Place | None = None) -> None:
    screen = RevealScreen(meeting, place or meeting.place)
    meeting.listen(lambda: screen.call_later(screen.look_again))
    pilot.app.push_screen(screen)
    await comes(pilot, RevealScreen)
    await settle(pilot)


def words(pilot: Pilot[None]) -> str:
    """Return what is shown without its gaps."""
    return " ".join(shown(pilot).split())


async def test_marks_stand_side_by_side_and_enter_plays_what_a_difference_is_about(
    services: Services, meeting: Meeting, loudspeaker: fakes.FakeLoudspeaker
) -> None:
    revealing.answered(services, meeting)
    revealing.rate(meeting, MARKS)
    async with opened(services, meeting) as (app, pilot):
        columns = app.screen.query_one("#marks-table", ChoiceTable).ordered_columns
        assert not any(column.auto_width for column in columns), "measured late, cells are cut"
        page = words(pilot)
        assert "The marks differ in 1 of 2 points. Talk about these first." in page
        assert "Point Ann Ben Cat Machine" in page or "Ann Ben Cat Machine Point" in page
        assert "= You name it ● met ● met ● met ● met" in page
        assert "≠≠ You changed ● met ○ missed ◐ partly ◐ partly" in page
        assert "missed (Ben): You changed: absent." in page
        assert "partly (Cat, Machine): You changed: half there." in page
        assert '"half-change" at 0:04' in page
        await wait_for(pilot, lambda: bool(app.screen.query(PlayerBar)))
        await pilot.press("enter")
        assert loudspeaker.players[-1].from_s == pytest.approx(4.2, abs=0.5)
        await pilot.press("s", "2", "down", "down", "enter")
        assert "~ filler" in words(pilot)
        assert loudspeaker.players[-1].from_s == 0.0
        await pilot.press("3")
        assert "Ben marked 2, Cat marked 1." in words(pilot)
        assert "Calm here." in words(pilot)


async def test_a_note_after_the_reveal_is_seen_by_all_and_closes_nothing(
    services: Services, meeting: Meeting
) -> None:
    revealing.answered(services, meeting)
    revealing.rate(meeting, MARKS, "Look at [b]me.")
    async with opened(services, meeting) as (app, pilot):
        await pilot.press("3", "o", *"aha[b]")
        assert isinstance(app.screen, RevealScreen)
        assert not app.screen.may_go
        await pilot.press("enter")
        await wait_for(pilot, lambda: "aha[b]" in words(pilot))
        assert app.screen.may_go
        assert "Look at [b]me." in words(pilot)
        assert "0:00 aha" not in words(pilot)
        cat = meeting.places[2].view.round
        assert cat
        assert cat.moments[-1].text == "aha[b]"


async def test_b_compares_the_chosen_person_with_the_machine_or_another_once_the_round_is_kept(
    services: Services, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempt_id = revealing.answered(services, meeting)
    revealing.rate(meeting, MARKS)
    async with opened(services, meeting) as (app, pilot):
        await pilot.press("right", "right", "right", "b")
        assert "Choose the marks of a person first" in notes(app)
        await pilot.press("left", "left", "b")
        await wait_for(pilot, lambda: "not in your history yet" in notes(app))
        assert "In your history." not in words(pilot)
        assert await asyncio.to_thread(services.meetings.keep_rounds, meeting) == (attempt_id,)
        await wait_for(pilot, lambda: "Talk about these first. In your history." in words(pilot))
        await pilot.press("b")
        await wait_for_screen(pilot, ComparisonScreen)
        await wait_for(pilot, lambda: "You changed ◐ partly → ○ missed" in words(pilot))
        await pilot.press("escape")
        await comes(pilot, RevealScreen)
        with monkeypatch.context() as without:
            without.setattr(
                reveal,
                "stored_side",
                lambda record, part, name: (
                    None if part == "machine" else stored_side(record, part, name)
                ),
            )
            await pilot.press("b")
            await wait_for_screen(pilot, ComparisonScreen)
            await wait_for(pilot, lambda: "You changed ● met → ○ missed" in words(pilot))
            await pilot.press("escape")
            await comes(pilot, RevealScreen)
        await pilot.press("4")
        await wait_for(pilot, lambda: "Ben and Machine: 1 of 2 marks the same" in words(pilot))
        assert "Ann (own answers): " in words(pilot), "nobody is You on one keyboard"
        await pilot.press("a")
        await comes(pilot, AgreementScreen)


async def test_who_has_no_sound_is_told_with_whom_it_is(
    services: Services, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempt_id = revealing.answered(services, meeting)
    revealing.rate(meeting, MARKS)
    services.store.delete_attempt(attempt_id)
    async with opened(services, meeting, meeting.places[2]) as (app, pilot):
        await pilot.press("enter")
        await wait_for(pilot, lambda: "It stays with Ann: listen there together." in notes(app))
        await pilot.press("right", "b")
        await wait_for(pilot, lambda: "You watched: this round is not in your" in notes(app))
        await pilot.press("4")
        await wait_for(pilot, lambda: "Your history has no answer yet" in words(pilot))


async def test_a_round_without_a_form_and_one_that_nobody_rated_open_too(
    services: Services, meeting: Meeting
) -> None:
    bare = replace(QUESTION, rubric_id=None, rubric_version="", form=())
    revealing.answered(services, meeting, bare)
    ben = meeting.places[1]
    revealing.tell(meeting, events.Rated(*ben.stamp(), {}, "Fine."))
    revealing.tell(meeting, events.Revealed(*ben.stamp()))
    async with opened(services, meeting) as (_, pilot):
        assert "there are notes only." in words(pilot)
        assert "Ben Fine." in words(pilot)
        await pilot.press("1", "enter", "b", "right", "2", "enter", "3")


async def test_twenty_observers_fit_by_scrolling(services: Services) -> None:
    names = ["Ann", "Ben", *(f"Observer {n}" for n in range(1, 21))]
    meeting = services.meetings.together(names)
    try:
        revealing.answered(services, meeting)
        revealing.rate(meeting, dict.fromkeys(range(1, 22), (MET, PARTLY)))
        async with opened(services, meeting) as (_, pilot):
            assert "Observer 20" not in words(pilot)
            await pilot.press(*["right"] * 21)
            await pilot.pause()
            assert "Machine" in words(pilot)
            assert "You changed" in words(pilot)
    finally:
        meeting.close()


async def test_the_frame_keeps_the_round_shows_the_reveal_and_goes_on_by_a_key(
    services: Services, meeting: Meeting
) -> None:
    attempt_id = revealing.answered(services, meeting)
    revealing.rate(meeting, MARKS)
    async with started(services) as (app, pilot):
        app.push_screen(MeetingScreen(meeting))
        await comes(pilot, RevealScreen)
        await wait_for(pilot, lambda: len(services.view(attempt_id).record.ratings) == 4)
        await wait_for(pilot, lambda: "In your history." in words(pilot))
        assert not notes(app), "what is kept covers nothing of the page"
        await pilot.resize_terminal(60, 18)
        await settle(pilot)
        await pilot.press("pagedown")
        await settle(pilot)
        assert app.screen.query_one(".about").scroll_y > 0
        for size in ((30, 10), (4, 3), (80, 24)):
            await pilot.resize_terminal(*size)
            await pilot.press("2", "3", "4", "1")
        await pilot.press("o", "x", "n")
        assert isinstance(app.screen, RevealScreen), "letters of a note are no keys"
        await pilot.press("escape", "n")
        await comes(pilot, LobbyScreen)


def test_of_many_people_those_who_marked_most_have_a_line_of_their_own() -> None:
    view = seen()
    assert view.round
    found = lay_side_by_side(view.round)
    names = names_in(view)
    assert [line[:3] for line in reveal_page.time_line(found, names, 1)(60)[:-1]] == ["Ben"]
    assert "1 more in the list only" in reveal_page.legend(found, 1)
    assert len(reveal_page.time_line(found, names, 5)(60)) == 3


def test_columns_are_as_wide_as_their_widest_cell_in_any_script() -> None:
    view = seen(gave("ben", 1, 1), gave("ann", 2, 1))
    assert view.round
    table = reveal_page.marks_table(lay_side_by_side(view.round), {"ben": "王小明李"}, 80)
    assert table.widths == (8, 8)
    assert table.heads[1] == "王小明李\nasked"


@pytest.mark.parametrize(
    ("keys", "width", "theme"),
    [((), 80, "dark"), (("2",), 120, "light")],
    ids=["marks-80x24", "moments-120x40"],
)
def test_picture(
    services: Services,
    meeting: Meeting,
    snap_compare: Any,
    keys: tuple[str, ...],
    width: int,
    theme: str,
) -> None:
    revealing.answered(services, meeting)
    revealing.rate(meeting, MARKS, "You said it clearly. Say earlier what you changed.")

    async def reveal(pilot: Pilot[None]) -> None:
        await settle(pilot)
        pilot.app.theme = f"trainer-{theme}"
        await show(pilot, meeting)
        await wait_for(pilot, lambda: bool(pilot.app.screen.query(PlayerBar)))
        await pilot.press(*keys)
        await settle(pilot)

    app = TrainerApp(lambda: services, services.settings, None)
    size = (width, 24 if width < 100 else 40)
    assert snap_compare(app, terminal_size=size, run_before=reveal)
