"""What people who practised together leave in a history: names, marks in time, the round."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

import pytest

from tests.store.samples import RATING, attempt, rating, transcript
from trainer.paths import Home
from trainer.store.connection import suspicion
from trainer.store.database import Store
from trainer.store.merging import Merged
from trainer.store.types import (
    AttemptRecord,
    LibraryQuery,
    MarkedMoment,
    SharedRole,
    SharedRound,
    SpanNote,
)


def shared_answer(role: SharedRole = "candidate") -> AttemptRecord:
    made = attempt("a")
    words = transcript(made, "I did it for him")
    peer = rating(words, rating=replace(RATING, rater="peer"))
    return AttemptRecord(
        made,
        (words,),
        (rating(words), replace(peer, rater_name="Ana", comment="Calm.")),
        notes=(SpanNote("n", "a", words.id, 0, 2, "who?", "2024-01-01T00:01:00Z", "peer", "Ana"),),
        moments=(
            MarkedMoment("m2", "a", "blame", 4.0, "", "Ana"),
            MarkedMoment("m1", "a", "note", 12.5, "a good example", "Bo"),
        ),
        shared=SharedRound("a", "session", 2, role, "Chi", "Ana", ("Bo",)),
    )


def test_a_shared_answer_is_kept_whole_and_only_once(store: Store) -> None:
    given = shared_answer()
    assert store.merge([given]) == Merged(1, 0, 0)
    assert store.attempt("a") == given
    assert store.merge([given]) == Merged(0, 0, 1)
    more = MarkedMoment("m3", "a", "good", 30.0)
    assert store.merge([replace(given, moments=(*given.moments, more))]) == Merged(0, 1, 0)
    assert store.attempt("a") == replace(given, moments=(*given.moments, more))


def test_a_round_is_added_to_an_answer_that_is_there_and_never_changed(store: Store) -> None:
    given = shared_answer()
    store.merge([replace(given, shared=None, moments=())])
    assert store.merge([given]) == Merged(0, 1, 0)
    assert given.shared
    other = replace(given.shared, number=7)
    assert store.merge([replace(given, shared=other)]) == Merged(0, 0, 1)
    assert store.attempt("a") == given


def test_a_moment_of_another_answer_is_not_taken(store: Store) -> None:
    given = shared_answer()
    store.merge([given])
    other = attempt("b")
    stolen = replace(given.moments[0], attempt_id="b")
    words = (transcript(other, "Then"),)
    assert store.merge([AttemptRecord(other, words, (), moments=(stolen,))]).differing == ("b",)


def test_names_moments_and_the_round_are_rescued(home: Home, store: Store) -> None:
    given = shared_answer()
    store.merge([given])
    store.close()
    suspicion(home.database).touch()
    with Store.open(home) as mended:
        assert mended.notice
        assert "2 marked moments, 1 shared round" in mended.notice
        assert mended.attempt("a") == given


def test_deleting_can_be_undone_and_then_takes_everything(home: Home, store: Store) -> None:
    given = shared_answer()
    store.merge([given])
    store.delete_attempt("a")
    assert store.undo_delete() == "a"
    assert store.attempt("a") == given
    store.delete_attempt("a")
    store.close()
    with Store.open(home) as opened, closing(opened._database.connection.cursor()) as cursor:
        for table in ("moments", "rounds", "ratings", "span_notes"):
            assert cursor.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 0


def test_damaged_rounds_and_moments_bar_no_way(store: Store) -> None:
    store.merge([shared_answer()])
    change = store._database.connection.execute
    change("UPDATE moments SET kind = 'nothing' WHERE id = 'm1'")
    change("UPDATE moments SET at_s = 'x' WHERE id = 'm2'")
    for damage in ("people = '{'", "role = 'nobody'"):
        change(f"UPDATE rounds SET {damage}")
        record = store.attempt("a")
        assert record
        assert (record.moments, record.shared) == ((), None)


@pytest.mark.parametrize(
    ("role", "peers"), [("candidate", ("Ana", "Bo")), ("interviewer", ("Bo", "Chi"))]
)
def test_a_row_names_the_others_and_can_be_found_by_them(
    store: Store, role: SharedRole, peers: tuple[str, ...]
) -> None:
    store.merge([shared_answer(role), AttemptRecord(attempt("b"), (), ())])
    assert {line.attempt.id: line.peers for line in store.library()} == {"a": peers, "b": ()}
    assert store.contents().peers == tuple((name, 1) for name in peers)
    for name in peers:
        assert [line.attempt.id for line in store.library(LibraryQuery(peer=f" {name} "))] == ["a"]
    assert not store.library(LibraryQuery(peer="Dan"))


def test_who_rated_without_a_round_is_named_in_one_line_and_goes_with_the_answer(
    store: Store,
) -> None:
    given = shared_answer()
    named = tuple(replace(one, rater_name="Dr.\u2028 Bo\n") for one in given.ratings)
    store.merge([replace(given, ratings=named, shared=None)])
    (row,) = store.library()
    assert row.peers == ("Dr. Bo",)
    store.delete_attempt("a")
    assert store.contents().peers == ()


def test_what_others_said_is_no_progress_of_the_user(store: Store) -> None:
    store.merge([shared_answer("interviewer")])
    assert [line.attempt.id for line in store.library()] == ["a"]
    assert store.outlines(LibraryQuery(), 10, 0) == ()
