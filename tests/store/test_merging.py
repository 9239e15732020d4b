"""Merging: what is new is added, what is there stays, and all of it happens or nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.exchange.histories import answer
from trainer.errors import StoreError
from trainer.store.database import Store
from trainer.store.types import AttemptRecord, LibraryQuery, SpanNote, StoredRating
from trainer.transcript.types import Transcript

LATER, LATEST = "2026-02-01T00:00:00.000+00:00", "2026-03-01T00:00:00.000+00:00"


def with_version(record: AttemptRecord, name: str, text: str, at: str) -> AttemptRecord:
    version = replace(
        record.transcripts[0], id=name, created_at=at, transcript=Transcript.typed(text)
    )
    return replace(record, transcripts=(*record.transcripts, version))


def rated(record: AttemptRecord, name: str, at: str, score: float) -> StoredRating:
    return replace(record.ratings[0], id=name, created_at=at, score=score)


def found(store: Store, search: str) -> list[str]:
    return [row.attempt.id for row in store.library(LibraryQuery(search=search))]


def test_what_is_new_is_added_and_found(store: Store) -> None:
    merged = store.merge([answer(1), answer(2)])
    assert (merged.added, merged.completed, merged.same, merged.differing) == (2, 0, 0, ())
    assert store.attempt("a1") == answer(1)
    assert found(store, "acknowledge") == ["a2", "a1"]
    again = store.merge([answer(1), answer(2)])
    assert (again.added, again.same) == (0, 2)
    assert store.count_library() == 2


def test_what_is_there_stays_as_it_is(store: Store) -> None:
    store.merge([answer(1)])
    store.star("a1")
    store.set_tags("a1", ["mine"])
    store.change_note("a1-n", "my own words")
    theirs = answer(1)
    theirs = replace(theirs, attempt=replace(theirs.attempt, tags=("theirs",), take=7))
    assert store.merge([theirs]).same == 1
    record = store.attempt("a1")
    assert record
    assert (record.attempt.starred, record.attempt.tags, record.attempt.take) == (
        True,
        ("mine",),
        1,
    )
    assert record.notes[0].text == "my own words"


def test_an_answer_gets_what_it_lacks(store: Store) -> None:
    store.merge([answer(1)])
    more = with_version(answer(1), "a1-t2", "A later correction.", LATER)
    note = SpanNote("n2", "a1", "a1-t2", 0, 1, "Good", LATER, "peer")
    more = replace(
        more,
        ratings=(*more.ratings, rated(more, "a1-r2", LATER, 80.0)),
        notes=(*more.notes, note),
    )
    assert store.merge([more]).completed == 1
    record = store.attempt("a1")
    assert record
    assert [t.id for t in record.transcripts] == ["a1-t", "a1-t2"]
    assert [r.id for r in record.ratings] == ["a1-r", "a1-r2"]
    assert note in record.notes
    assert found(store, "correction") == ["a1"]
    assert found(store, "acknowledge") == []


def test_the_newest_words_are_those_that_were_made_last(store: Store) -> None:
    mine = with_version(answer(1), "mine", "My newest words.", LATEST)
    mine = replace(mine, ratings=(*mine.ratings, rated(mine, "r-mine", LATEST, 90.0)))
    store.merge([mine])
    theirs = with_version(answer(1), "theirs", "Older ones of another machine.", LATER)
    theirs = replace(theirs, ratings=(*theirs.ratings, rated(theirs, "r-theirs", LATER, 10.0)))
    assert store.merge([theirs]).completed == 1
    record = store.attempt("a1")
    assert record
    assert [t.id for t in record.transcripts] == ["a1-t", "theirs", "mine"]
    assert [r.id for r in record.ratings] == ["a1-r", "r-theirs", "r-mine"]
    (row,) = store.library()
    assert (row.excerpt, row.score) == ("My newest words.", 90.0)
    assert found(store, "newest") == ["a1"]
    assert found(store, "machine") == []


def test_another_answer_under_the_same_id_is_left_out(store: Store) -> None:
    store.merge([answer(1)])
    other_words = answer(1, "Something else was said.")
    other_question = replace(answer(1), attempt=replace(answer(1).attempt, prompt="Else?"))
    # the version of another answer
    thief = replace(
        answer(3), transcripts=(replace(answer(1).transcripts[0], attempt_id="a3"),), ratings=()
    )
    thief = replace(thief, notes=())
    merged = store.merge([other_words, other_question, thief, answer(2)])
    assert (merged.added, merged.differing) == (1, ("a1", "a1", "a3"))
    assert store.attempt("a1") == answer(1)
    assert store.attempt("a3") is None


def test_an_answer_that_was_deleted_comes_back(store: Store) -> None:
    store.merge([answer(1)])
    store.delete_attempt("a1")
    assert store.attempt("a1") is None
    different = answer(1, "Something else was said.")
    assert store.merge([different]).differing == ("a1",)
    assert store.attempt("a1") is None
    assert store.merge([answer(1)]).added == 1
    assert store.attempt("a1") == answer(1)
    assert found(store, "acknowledge") == ["a1"]
    assert store.undo_delete() is None


def test_all_of_it_happens_or_nothing(store: Store) -> None:
    broken = answer(2)
    broken = replace(broken, ratings=(replace(broken.ratings[0], transcript_id="nowhere"),))
    with pytest.raises(StoreError):
        store.merge([answer(1), broken])
    assert store.count_library() == 0
    assert store.merge([answer(1)]).added == 1
