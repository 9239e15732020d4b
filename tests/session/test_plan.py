from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import fakes
from trainer.session.plan import FOLLOW_UP_ANSWER_S, Item, Run, draw

BANK = fakes.library().banks[0].bank
POOL = [(BANK, question) for question in BANK.questions]


def test_equal_seeds_draw_equal_practices() -> None:
    assert draw(POOL, 3, Random(7)) == draw(POOL, 3, Random(7))


@given(
    st.integers(0, 2**32),
    st.integers(0, 10),
    st.dictionaries(st.sampled_from([q.id for q in BANK.questions]), st.integers(0, 5)),
)
def test_a_draw_never_repeats_and_asks_the_least_asked_first(
    seed: int, count: int, asked: dict[str, int]
) -> None:
    items = draw(POOL, count, Random(seed), asked)
    ids = [item.question.id for item in items]
    assert len(ids) == len(set(ids)) == min(count, len(POOL))
    times = [asked.get(i, 0) for i in ids]
    assert times == sorted(times)
    for item in items:
        assert item.wording in item.question.all_wordings
        if asked.get(item.question.id, 0) == 0:
            assert item.wording == item.question.prompt


def test_rewording_goes_round_all_wordings() -> None:
    item = Item("low-score", "Low exam score", BANK.questions[0], BANK.questions[0].prompt)
    seen = []
    for _ in range(4):
        seen.append(item.wording)
        item = item.reworded()
    assert seen == [*BANK.questions[0].all_wordings, BANK.questions[0].prompt]


def test_a_follow_up_has_its_own_times_and_knows_its_attempt() -> None:
    item = Item("low-score", "Low exam score", BANK.questions[0], "x")
    follow_up = item.follow_up("attempt", "change", "What changed?")
    assert follow_up.answer_s == FOLLOW_UP_ANSWER_S
    assert follow_up.prepare_s == 0
    assert (follow_up.probe_of, follow_up.criterion_id) == ("attempt", "change")
    assert item.answer_s == (30, 60)


def test_a_run_goes_to_its_end_and_not_beyond() -> None:
    run = Run("session", draw(POOL, 2, Random(1)))
    assert not run.is_last
    last = run.next()
    assert last.is_last
    assert last.item == run.items[1]
    with pytest.raises(IndexError):
        last.next()
    changed = last.with_item(run.items[0])
    assert changed.items == (run.items[0], run.items[0])
