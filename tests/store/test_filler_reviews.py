"""Counts of filled pauses that people made."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.store.samples import save
from trainer.errors import StoreError
from trainer.paths import Home
from trainer.store import codec
from trainer.store.database import Store
from trainer.store.types import FillerReview

EAR = FillerReview("r1", "a1", "2026-11-20T10:00:00Z", "self", 2, ((0.5, 0.9), (3.0, 3.25)))
TALLY = FillerReview("r2", "a1", "2026-11-20T10:05:00Z", "peer", 3)


def test_reviews_come_back_oldest_first_and_go_with_their_answer(home: Home) -> None:
    with Store.open(home) as store:
        attempt_id = save(store, id="a1").id
        for review in (EAR, TALLY):
            store.add_filler_review(review)
        record = store.attempt(attempt_id)
        assert record
        assert record.filler_reviews == (EAR, TALLY)
        store.delete_for_good(attempt_id)
    with closing(sqlite3.connect(home.database)) as connection:
        assert connection.execute("SELECT count(*) FROM filler_reviews").fetchone() == (0,)


def test_a_review_of_an_answer_that_is_gone_is_refused(home: Home) -> None:
    with Store.open(home) as store, pytest.raises(StoreError):
        store.add_filler_review(EAR)


@pytest.mark.parametrize(
    "review",
    [
        "{",
        '{"schema":1,"count":Infinity,"moments":null}',
        '{"schema":1,"count":-5,"moments":null}',
        '{"schema":1,"count":2.5,"moments":null}',
        '{"schema":1,"count":1,"moments":[[NaN,1e999]]}',
        '{"schema":1,"count":1,"moments":[[-1,2]]}',
        '{"schema":1,"count":1,"moments":[[1e300,2]]}',
        '{"schema":1,"count":99999999999999999999,"moments":null}',
        '{"schema":1,"count":1,"moments":[["1","2"]]}',
    ],
)
def test_a_damaged_review_is_left_out(home: Home, review: str) -> None:
    with Store.open(home) as store:
        save(store, id="a1")
        store.add_filler_review(EAR)
        store.add_filler_review(TALLY)
    with closing(sqlite3.connect(home.database)) as connection:
        connection.execute("UPDATE filler_reviews SET review = ? WHERE id = 'r1'", (review,))
        connection.commit()
    with Store.open(home) as store:
        record = store.attempt("a1")
        assert record
        assert record.filler_reviews == (TALLY,)


seconds = st.floats(0, 1e5)
moments = st.none() | st.lists(st.tuples(seconds, seconds)).map(tuple)


@given(st.integers(0, 999), moments)
def test_a_review_is_stored_as_it_is(
    count: int, found: tuple[tuple[float, float], ...] | None
) -> None:
    assert codec.decode_review(codec.encode_review(count, found, "Ben")) == (count, found, "Ben")
