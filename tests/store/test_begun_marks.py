"""Marks by hand that were begun."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.store.samples import RATING, save
from trainer.bank.types import Mark
from trainer.errors import StoreError
from trainer.paths import Home
from trainer.store.database import Store
from trainer.store.types import StoredRating

BEGUN = {"situation": Mark.MET, "task": Mark.MISSED}


def test_they_outlive_the_program_and_go_when_they_are_given_or_left(home: Home) -> None:
    with Store.open(home) as store:
        made = save(store)
        record = store.attempt(made.id)
        assert record
        words = record.transcripts[-1].id
        store.begin_marks(made.id, words, {"situation": Mark.PARTLY})
        store.begin_marks(made.id, words, BEGUN)
    with Store.open(home) as store:
        assert store.begun_marks(made.id, words) == BEGUN
        assert store.half_marked() == (made.prompt,)
        assert store.begun_marks(made.id, "other words") == {}
        store.delete_attempt(made.id)
        assert store.half_marked() == ()
        store.undo_delete()
        given = StoredRating("own", made.id, words, "2026-01-01", RATING, 50.0, "{}")
        store.add_version(None, given)
        assert store.begun_marks(made.id, words) == BEGUN, "the machine's rating ends no form"
        store.add_version(None, replace(given, id="my", rating=replace(RATING, rater="self")))
        assert store.begun_marks(made.id, words) == {}
        assert store.half_marked() == ()
        store.begin_marks(made.id, words, BEGUN)
        store.begin_marks(made.id, words, {})
        assert store.begun_marks(made.id, words) == {}
        store.begin_marks(made.id, words, BEGUN)
        newer = replace(record.transcripts[-1], id="newer", corrects=words)
        store.add_version(newer, None)
        assert store.half_marked() == (), "nobody is asked for marks of words that are corrected"


def test_they_go_with_their_answer_and_damage_bars_no_way(store: Store) -> None:
    made = save(store)
    record = store.attempt(made.id)
    assert record
    words = record.transcripts[-1].id
    database = store._database.connection
    for damaged in ("{", "[]", '{"task": 9}', '{"task": null}', "1"):
        store.begin_marks(made.id, words, BEGUN)
        database.execute("UPDATE begun_marks SET marks = ?", (damaged,))
        assert store.begun_marks(made.id, words) == {}
        assert store.half_marked() == ()
    store.delete_for_good(made.id)
    assert database.execute("SELECT count(*) FROM begun_marks").fetchone()[0] == 0
    with pytest.raises(StoreError):
        store.begin_marks(made.id, words, BEGUN)
