"""Which scene a program shows, by what its participant may see."""

from __future__ import annotations

import time

import pytest

from tests.peer.sessions import PEOPLE, after, answer, asked, at_phase, moment, seated
from trainer.bank.types import Mark
from trainer.errors import TrainerError
from trainer.peer import events
from trainer.peer.held import Told
from trainer.peer.joining import Standing
from trainer.peer.seeing import view_for
from trainer.peer.types import MACHINE, Phase, Session
from trainer.tui.screens.peer.scene import (
    absent_line,
    door_line,
    may_take_over,
    standing_line,
    title_of,
)
from trainer.tui.screens.peer.scenes import Local, Scene, scene_of, scene_together

ANN, BEN, CAT, DAN = PEOPLE
"""Ann hosts and interviews, Ben answers, the others watch."""


def kinds(session: Session, local: Local = Local()) -> tuple[str, ...]:  # noqa: B008 - frozen
    """Return the kind of scene of Ann, Ben and Cat, each at a program of their own."""
    return tuple(scene_of(view_for(session, one), local).kind for one in (ANN, BEN, CAT))


def rated(session: Session, *people: str) -> Session:
    marks = {"c1": Mark.MET}
    return after(session, *(events.Rated(one, moment(30), marks) for one in people))


@pytest.mark.parametrize(
    ("phase", "scenes"),
    [
        (Phase.PLANNED, ("console", "answer", "console")),
        (Phase.ASKING, ("console", "answer", "console")),
        (Phase.ANSWERING, ("console", "answer", "console")),
        (Phase.ANSWERED, ("rating", "answer", "rating")),
        (Phase.RATING, ("rating", "rating", "rating")),
        (Phase.REVEALED, ("reveal", "reveal", "reveal")),
    ],
)
def test_phase_and_role_choose_the_scene(phase: Phase, scenes: tuple[str, ...]) -> None:
    assert kinds(at_phase(phase)) == scenes


def test_a_scene_stays_through_the_whole_answer_and_is_another_one_in_the_next_round() -> None:
    asking = scene_of(view_for(at_phase(Phase.ASKING), ANN), Local())
    assert scene_of(view_for(at_phase(Phase.ANSWERING), ANN), Local()) == asking
    skipped = after(at_phase(Phase.ASKING), events.RoundSkipped(ANN, moment(20)))
    second = after(skipped, events.RoundBegun(ANN, moment(21)))
    assert kinds(skipped) == ("lobby",) * 3
    assert scene_of(view_for(second, ANN), Local()) == Scene("console", ANN, 2)


def test_the_candidate_stays_at_the_answer_while_its_words_are_on_the_screen() -> None:
    answered = at_phase(Phase.ANSWERED)
    hurried = after(answered, events.RatingBegun(ANN, moment(20)))
    assert kinds(hurried) == ("rating", "answer", "rating")
    assert kinds(hurried, Local(answered=1))[1] == "rating"
    missed = kinds(at_phase(Phase.ANSWERING), Local(answered=1))
    assert missed[1] == "answer", "no console for who answers, though the host missed the end"
    shown = after(rated(hurried, ANN), events.Revealed(ANN, moment(31)))
    assert kinds(shown, Local(holds_words=True))[1] == "answer"
    assert kinds(shown)[1] == "reveal"


def test_the_lobby_follows_the_reveal_that_was_left_and_no_later_one() -> None:
    revealed = at_phase(Phase.REVEALED)
    assert kinds(revealed, Local(left=1)) == ("lobby",) * 3
    ended = after(revealed, events.Ended(ANN, moment(40)))
    assert kinds(ended) == ("reveal",) * 3
    assert kinds(seated()) == ("lobby",) * 3


def together(session: Session, local: Local) -> Scene:
    return scene_together([view_for(session, one) for one in PEOPLE], local)


def test_on_one_keyboard_everything_hidden_comes_behind_a_handover() -> None:
    planned = at_phase(Phase.PLANNED)
    assert together(planned, Local()) == Scene("handover", ANN, 1)
    assert together(planned, Local(holder=BEN)) == Scene("handover", ANN, 1)
    assert together(planned, Local(holder=ANN)) == Scene("console", ANN, 1)
    assert together(at_phase(Phase.ASKING), Local(holder=ANN)) == Scene("handover", BEN, 1)
    assert together(at_phase(Phase.ASKING), Local(holder=BEN)) == Scene("answer", BEN, 1)
    spoken = Local(holder=ANN, spoken=True)
    assert together(at_phase(Phase.ANSWERING), spoken) == Scene("together", ANN, 1)
    assert together(at_phase(Phase.ANSWERED), spoken) == Scene("handover", BEN, 1)


def test_on_one_keyboard_all_rate_in_turn_and_the_last_one_reveals_for_all() -> None:
    question = asked(1)
    session = after(
        at_phase(Phase.ANSWERED, question),
        events.AnswerGiven(BEN, moment(17), answer(question, "attempt-1")),
    )
    turns, holder = [], BEN
    while True:
        waiting = view_for(session, ANN).round
        assert waiting
        if set(waiting.waiting) <= {MACHINE}:
            break
        scene = together(session, Local(holder=holder))
        holder = scene.participant_id
        assert together(session, Local(holder=holder)) == Scene("rating", holder, 1)
        turns.append(holder)
        session = rated(session, holder)
    assert turns == [BEN, ANN, CAT, DAN]
    assert together(session, Local(holder=DAN)) == Scene("rating", DAN, 1)
    revealed = after(session, events.Revealed(ANN, moment(50)))
    assert together(revealed, Local(holder=DAN)) == Scene("reveal", ANN, 1)


def test_the_title_tells_who_does_what_from_where_one_sits() -> None:
    session = at_phase(Phase.ASKING)
    told = {one: title_of(view_for(session, one), one_keyboard=False) for one in (ANN, BEN, CAT)}
    assert told == {
        ANN: "Round 1 · Ben answers, you ask",
        BEN: "Round 1 · you answer, Ann asks",
        CAT: "Round 1 · Ben answers, Ann asks, you watch",
    }
    assert title_of(view_for(session, BEN), one_keyboard=True) == "Round 1 · Ben answers, Ann asks"


def test_who_is_missing_from_a_round_is_told_while_it_goes_on() -> None:
    session = at_phase(Phase.ANSWERING)
    assert absent_line(view_for(session, ANN)) == ""
    gone = after(session, events.Left(BEN, moment(20)), events.Left(CAT, moment(20)))
    told = absent_line(view_for(gone, ANN))
    assert told == "Ben left or lost the connection. The same code leads back in."
    over = after(gone, events.RoundSkipped(ANN, moment(21)))
    assert absent_line(view_for(over, ANN)) == ""
    without = after(session, events.Left(ANN, moment(20)))
    assert absent_line(view_for(without, CAT)).endswith("Ctrl+T: ask in their place.")
    assert not may_take_over(view_for(without, BEN))
    taken = after(without, events.SeatTaken(CAT, moment(21), "interviewer"))
    assert not may_take_over(view_for(taken, CAT))
    assert absent_line(view_for(taken, DAN)) == ""


def test_the_line_about_the_host_counts_how_long_it_is_away_and_says_what_to_do() -> None:
    now_s = time.time()
    assert standing_line(Standing("in", now_s), now_s) == ""
    away = standing_line(Standing("away", now_s - 75.5), now_s)
    assert away == "The host has been away for 1:15. What you do waits, and is not lost."
    over = Standing("over", now_s, TrainerError("It is\x1b over.", "Ask."))
    assert standing_line(over, now_s) == "It is␛ over. Ask. Escape goes back."


def test_the_host_is_told_for_a_while_what_happens_at_the_door() -> None:
    view = view_for(at_phase(Phase.ANSWERING), ANN)
    assert door_line(Told("came", BEN, 10.0), view, 12.0) == "Ben has come."
    assert door_line(Told("wrong code", "", 10.0), view, 12.0) == "Somebody tried a wrong code."
    assert "nobody new" in door_line(Told("door closed", "", 10.0), view, 60.0)
    for told, now_s in ((Told("came", BEN, 10.0), 30.0), (Told("back", ANN, 10.0), 11.0)):
        assert door_line(told, view, now_s) == ""
    assert door_line(None, view, 10.0) == ""
