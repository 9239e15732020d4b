"""Rating blind in a session, up to the reveal; and the worked example before it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests import fakes
from tests.peer.sessions import after, answer, asked, at_phase, moment
from tests.tui.steps import comes, shown, started, wait_for
from trainer.bank.examples import ExampleMark, WorkedExample
from trainer.bank.types import Mark
from trainer.config import load_settings
from trainer.meeting.types import Meeting
from trainer.peer import events
from trainer.peer.seeing import view_for
from trainer.peer.types import Asked, FormLine, Phase
from trainer.services import Services
from trainer.tui.screens.confirm import ConfirmScreen
from trainer.tui.screens.peer.rating import PeerRatingScreen, awaited_line, early_line
from trainer.tui.screens.peer.worked_example import WorkedExampleScreen

FORM = tuple(FormLine(one.id, one.title, one.asks, one.marks) for one in fakes.rubric().criteria)
QUESTION = replace(asked(1), rubric_id="ownership", form=FORM)
EXAMPLE = WorkedExample(
    1,
    "ownership",
    "What happened?",
    "My score was 209. [b]Then nothing.",
    {
        "acknowledge": ExampleMark("met", "The number is there.", "I believed it.", "209"),
        "change": ExampleMark("missed", "Nothing is said of it.", "What did you change?"),
    },
)


@pytest.fixture
def meeting(services: Services) -> Iterator[Meeting]:
    """Ann answers, Ben asks and Cat watches; Ann's answer is over and has no words yet."""
    begun = services.meetings.together(["Ann", "Ben", "Cat"])
    yield begun
    begun.close()


def answered(meeting: Meeting, question: Asked = QUESTION) -> None:
    ann, ben, cat = meeting.places
    for event in (
        events.RoundBegun(*ben.stamp()),
        events.QuestionChosen(*ben.stamp(), question),
        events.QuestionAsked(*ben.stamp()),
        events.AnswerBegun(*ann.stamp()),
        events.MomentMarked(*ben.stamp(), "m1", "filler", 4.0),
        events.MomentMarked(*cat.stamp(), "m2", "good", 6.0, "a secret of Cat"),
        events.AnswerEnded(*ann.stamp(), 12.5),
    ):
        place = next(one for one in meeting.places if one.you == event.by)
        place.send(event).result(5)


def given(meeting: Meeting) -> dict[str, tuple[dict[str, Mark], str]]:
    """Return what each participant sees of their own rating."""
    return {
        place.you: (dict(one.marks), one.note)
        for place in meeting.places
        for one in (place.view.round.ratings if place.view.round else ())
    }


async def test_marks_are_given_blind_while_words_come_late_and_can_be_changed_until_the_reveal(
    services: Services, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "example", lambda _: EXAMPLE)
    answered(meeting)
    ann, ben, cat = meeting.places
    cat.send(events.Rated(*cat.stamp(), {"acknowledge": Mark.MET, "change": Mark.MET})).result(5)
    async with started(services, size=(120, 40), home=False) as (app, pilot):
        screen = PeerRatingScreen(meeting, ben)
        meeting.listen(lambda: screen.call_later(screen.look_again))
        app.push_screen(screen)
        await comes(pilot, PeerRatingScreen)
        await wait_for(pilot, lambda: "E: rate an example first" in shown(pilot))
        text = shown(pilot)
        assert "The words are not here yet" in text
        assert "~ 0:04 filler" in text, "what one marked oneself"
        assert "secret" not in text
        assert "Rated: Cat. Still to come: Ann, you. The words are on their way." in text
        assert "Ben asks · point 1 of 2" in text
        await pilot.press("e")
        await comes(pilot, WorkedExampleScreen)
        await pilot.press("escape")
        await comes(pilot, PeerRatingScreen)
        assert "E: rate an example first" not in shown(pilot), "it is offered once"
        await pilot.press("1")
        ann.send(events.AnswerGiven(*ann.stamp(), answer(QUESTION, "a1"))).result(5)
        await wait_for(pilot, lambda: "I asked again" in shown(pilot))
        await pilot.press("3", "n", *"so r", "ctrl+s")
        await wait_for(pilot, lambda: "Your marks are sent" in shown(pilot))
        assert given(meeting)[ben.you] == (
            {"acknowledge": Mark.MET, "change": Mark.MISSED},
            "so r",
        )
        await pilot.press("b", "2", "enter")
        await wait_for(pilot, lambda: given(meeting)[ben.you][0]["change"] is Mark.PARTLY)
        await pilot.press("r")
        await comes(pilot, ConfirmScreen)
        assert "Not yet rated: Ann, the program." in shown(pilot)
        await pilot.press("escape")
        ann.send(events.MachineRated(*ann.stamp())).result(5)
        ann.send(events.Abstained(*ann.stamp())).result(5)
        await wait_for(pilot, lambda: "Nobody is awaited: R shows" in shown(pilot))
        await pilot.press("r")
        await wait_for(pilot, lambda: bool(ben.view.round and ben.view.round.phase.is_over))
        meeting.listen(None)
    assert load_settings(services.home)[0].examples_offered == ("ownership",)


async def test_without_a_form_a_note_is_all_and_the_interviewer_needs_no_words_to_reveal(
    services: Services, meeting: Meeting
) -> None:
    answered(meeting, asked(1, form=False))
    ben = meeting.places[1]
    async with started(services, size=(80, 24), home=False) as (app, pilot):
        screen = PeerRatingScreen(meeting, ben)
        meeting.listen(lambda: screen.call_later(screen.look_again))
        app.push_screen(screen)
        await comes(pilot, PeerRatingScreen)
        assert "To only watch: Escape, then O." in shown(pilot), "letters go into the note"
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: len(app._notifications) == 1)
        await pilot.press(*"r[b]", "ctrl+s")
        await wait_for(pilot, lambda: "Your note is sent" in shown(pilot))
        assert given(meeting) == {ben.you: ({}, "r[b]")}
        silent = answer(asked(1, form=False), "a1")
        assert silent.document
        (words,) = silent.document.transcripts
        entry = replace(silent.document, transcripts=(replace(words, text=""),))
        ann = meeting.place
        ann.send(events.AnswerGiven(*ann.stamp(), replace(silent, document=entry))).result(5)
        await wait_for(pilot, lambda: "This answer has no words." in shown(pilot))
        await pilot.press("r")
        await comes(pilot, ConfirmScreen)
        await pilot.press("y")
        await wait_for(pilot, lambda: bool(ben.view.round and ben.view.round.phase.is_over))
        meeting.listen(None)


def test_who_is_awaited_is_told_by_name_and_oneself_as_you() -> None:
    session = after(at_phase(Phase.RATING), events.Rated("cat", moment(30), {"c1": Mark.MET}))
    line = awaited_line(view_for(session, "dan"))
    assert line == "Rated: Cat. Still to come: Ann, Ben, you, the program."
    assert early_line(view_for(session, "ann")).startswith("Not yet rated: you, Ben, Dan, the pr")


async def test_an_example_is_rated_and_then_each_mark_is_beside_the_right_one_with_its_reason(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "example", lambda _: EXAMPLE)
    async with started(services, size=(80, 24), home=False) as (app, pilot):
        app.push_screen(WorkedExampleScreen())
        await wait_for(pilot, lambda: "point 1 of 2" in shown(pilot))
        assert "[b]Then nothing." in shown(pilot)
        assert "The number is there" not in shown(pilot)
        await pilot.press("1", "1", "enter")
        await wait_for(pilot, lambda: "1 of 2 marks are the same" in shown(pilot))
        text = shown(pilot)
        assert "= You name it  you: ● met  the example: ● met" in text
        assert "≠ You changed  you: ● met  the example: ○ missed" in text
        assert "Nothing is said of it." in text
        assert "You could say: What did you change?" in text
        await pilot.press("a")
        await wait_for(pilot, lambda: "point 1 of 2" in shown(pilot))
        await pilot.press("escape")
        await wait_for(pilot, lambda: not isinstance(app.screen, WorkedExampleScreen))
    assert load_settings(services.home)[0].examples_offered == ("ownership",)


async def test_a_checklist_without_an_example_says_so(services: Services) -> None:
    async with started(services, size=(80, 24), home=False) as (app, pilot):
        app.push_screen(WorkedExampleScreen("ownership"))
        await wait_for(pilot, lambda: "There is no worked example" in shown(pilot))
