"""How a question was taken in: nothing may be recorded while it is read, nor a moment after."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.session.answer import AnswerClock, Event, Phase
from trainer.session.hearing import GAP_S, Hearing, Sounding

STEPS = st.lists(
    st.tuples(st.sampled_from(["read", "sounds", "end", "show"]), st.floats(0, 0.4)), max_size=30
)


@given(STEPS)
def test_nothing_may_be_recorded_before_the_gap_after_every_reading(
    steps: list[tuple[str, float]],
) -> None:
    hearing, now_s = Hearing(), 100.0
    may_sound, silent_since_s = False, 0.0  # told apart from the machine's own memory
    for step, pause_s in steps:
        now_s += pause_s
        if step == "read":
            hearing, may_sound = hearing.read(), True
        elif step == "sounds":
            hearing = hearing.sounds()
        elif step == "end":
            hearing = hearing.end(now_s)
            silent_since_s = now_s if may_sound else silent_since_s
            may_sound = False
        else:
            hearing = hearing.show()
        if hearing.lets_record(now_s):
            assert not may_sound
            assert now_s - silent_since_s >= GAP_S
        assert hearing.end(now_s).lets_record(now_s + 2 * GAP_S)


def test_a_question_that_is_not_read_holds_nothing_up() -> None:
    assert Hearing().lets_record(0.0)
    assert Hearing().shows_text


def test_readings_that_sounded_count_and_replaced_ones_do_not() -> None:
    hearing = Hearing(hidden=True).read().sounds().end(1.0)
    assert hearing.heard == 1
    assert hearing.read().end(2.0).heard == 1  # stopped before it was heard
    assert hearing.read().sounds().read().sounds().end(3.0).heard == 2
    assert hearing.end(4.0) == hearing
    assert hearing.sounds() == hearing
    assert hearing.state is Sounding.OVER


def test_a_hidden_text_stays_shown_once_it_was_shown() -> None:
    hearing = Hearing(hidden=True)
    assert not hearing.shows_text
    assert hearing.show().read().sounds().end(1.0).shows_text
    assert hearing.show().looked


@pytest.mark.parametrize("now_s", [0.0, 12.5])
def test_the_preparation_waits_while_the_question_is_read(now_s: float) -> None:
    clock = AnswerClock.start(30, (60, 90), 0.0).held(now_s)
    assert clock.preparation_left_s(now_s) == 30
    answering = clock.on(Event.BEGIN, now_s)
    assert answering.held(now_s + 9) == answering
    assert answering.phase is Phase.ANSWERING
