"""How an answer is told to a session, and what is left of one."""

from dataclasses import replace

import pytest

from trainer.meeting.course import is_over, left_of, steps_between
from trainer.peer import events
from trainer.peer.types import Phase
from trainer.store.types import Draft

STAMP = ("ann", "2026-03-01T00:00:00.000Z")
DRAFT = Draft("d", "me", "s-1", "bank", "q", "Why?", "", 0.0, 1, "2026", "2026")


@pytest.mark.parametrize(
    ("known", "wanted", "kinds"),
    [
        (Phase.ASKING, Phase.ANSWERING, [events.AnswerBegun]),
        (Phase.ANSWERING, Phase.ANSWERING, []),
        (Phase.ANSWERING, Phase.PAUSED, [events.AnswerPaused]),
        (Phase.ASKING, Phase.PAUSED, []),
        (Phase.PAUSED, Phase.ANSWERING, [events.AnswerResumed]),
        (Phase.PAUSED, Phase.ASKING, [events.AnswerRestarted]),
        (Phase.ASKING, Phase.ANSWERED, [events.AnswerBegun, events.AnswerEnded]),
        (Phase.PAUSED, Phase.ANSWERED, [events.AnswerEnded]),
        (Phase.RATING, Phase.ANSWERING, []),
        (Phase.SKIPPED, Phase.ANSWERED, []),
    ],
)
def test_a_session_is_told_the_steps_that_it_has_not_heard_of(
    known: Phase, wanted: Phase, kinds: list[type[events.Event]]
) -> None:
    told = steps_between(known, wanted, STAMP, 12.5)
    assert [type(one) for one in told] == kinds
    assert all(one.answer_s == 12.5 for one in told if isinstance(one, events.AnswerEnded))


def test_an_answer_is_over_once_nothing_can_be_added() -> None:
    assert [phase for phase in Phase if not is_over(phase)] == [
        Phase.PLANNED,
        Phase.ASKING,
        Phase.ANSWERING,
        Phase.PAUSED,
    ]


def test_the_newest_take_of_this_round_is_taken_up_and_no_other_answer() -> None:
    first = replace(DRAFT, id="first", set_aside=True)
    second = replace(DRAFT, id="second", take=2)
    others = (
        replace(DRAFT, id="other round", session_id="s-2", take=3),
        replace(DRAFT, id="correction", corrects="a1", take=4),
    )
    assert left_of((second, *others, first), "s-1") == (second, (first,))
    assert left_of(others, "s-1") == (None, ())
