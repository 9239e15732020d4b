from hypothesis import given
from hypothesis import strategies as st

from trainer.session.answer import GRACE_S, AnswerClock, Event, Light, Phase


def started() -> AnswerClock:
    return AnswerClock.start(30, (60, 120), 100.0)


def test_preparation_runs_down_and_starts_nothing_by_itself() -> None:
    clock = started()
    assert clock.preparation_left_s(110.0) == 20.0
    assert clock.preparation_left_s(500.0) == 0.0
    assert clock.phase is Phase.PREPARING
    assert clock.answer_elapsed_s(500.0) == 0.0


def test_pauses_do_not_count() -> None:
    clock = started().on(Event.BEGIN, 110.0).on(Event.PAUSE, 130.0)
    assert clock.answer_elapsed_s(1000.0) == 20.0
    clock = clock.on(Event.RESUME, 1000.0).on(Event.FINISH, 1005.0)
    assert clock.answer_elapsed_s(9999.0) == 25.0
    assert clock.phase is Phase.FINISHED


def test_redo_begins_at_zero_with_preparation() -> None:
    clock = started().on(Event.BEGIN, 110.0).on(Event.REDO, 150.0)
    assert clock.phase is Phase.PREPARING
    assert clock.preparation_left_s(150.0) == 30.0
    assert clock.on(Event.BEGIN, 160.0).answer_elapsed_s(161.0) == 1.0


def test_a_resumed_draft_is_paused_with_its_time() -> None:
    clock = AnswerClock.resumed(30, (60, 120), 42.0, 7.0)
    assert clock.answer_elapsed_s(100.0) == 42.0
    assert clock.on(Event.RESUME, 100.0).answer_elapsed_s(101.0) == 43.0


def test_lights_follow_the_question_s_times() -> None:
    clock = started().on(Event.BEGIN, 0.0)
    seen = {s: clock.light(s) for s in (0, 59, 60, 101, 102, 119, 120, 149, 120 + GRACE_S)}
    assert seen == {
        0: Light.TOO_SHORT,
        59: Light.TOO_SHORT,
        60: Light.GOOD,
        101: Light.GOOD,
        102: Light.NEAR_END,
        119: Light.NEAR_END,
        120: Light.LONG,
        149: Light.LONG,
        150: Light.TOO_LONG,
    }


@given(st.lists(st.tuples(st.sampled_from(Event), st.floats(0, 100, allow_nan=False)), max_size=30))
def test_time_never_runs_back_but_by_redo_and_ends_stay_ends(
    steps: list[tuple[Event, float]],
) -> None:
    clock, now_s = started(), 100.0
    for event, wait_s in steps:
        now_s += wait_s
        before, allowed = clock, clock.allows(event)
        clock = clock.on(event, now_s)
        assert (clock is before) == (not allowed)
        elapsed_s = clock.answer_elapsed_s(now_s)
        assert elapsed_s <= now_s - 100.0
        if not (allowed and event is Event.REDO):
            assert elapsed_s == before.answer_elapsed_s(now_s)
        if before.phase in (Phase.FINISHED, Phase.SKIPPED):
            assert clock is before
