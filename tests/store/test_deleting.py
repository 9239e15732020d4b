"""Deleting: unseen at once, undone while the program runs, gone for good at its end."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.store.child import Child
from tests.store.samples import (
    RECORDING,
    SPOKEN,
    attempt,
    draft,
    rating,
    save,
    transcript,
)
from trainer.bank.types import Mark
from trainer.capture import files
from trainer.errors import StoreError
from trainer.paths import Home
from trainer.store import recordings
from trainer.store.connection import suspicion
from trainer.store.database import Store
from trainer.store.sounds import Sounds
from trainer.store.types import FillerReview, LibraryQuery, SpanNote

OTHER = f"{'cd' * 16}.wav"
SECRET = "zyxsecret"


def sound(home: Home, name: str = RECORDING) -> Path:
    file = home.recordings / name
    with files.open_for_sound(file) as opened:
        opened.write(bytes(3200))
    files.write_notes(file, files.Notes(device="mic"))
    return file


def fill(home: Home, store: Store) -> None:
    """Store a main answer with everything that can hang on one, a follow-up, and another."""
    sound(home)
    sound(home, OTHER)
    main = attempt("a", recording=RECORDING, starred=True, tags=("night", "ward"), prompt="Why?")
    words = transcript(main, SPOKEN)
    store.save_attempt(main, words, rating(words))
    store.add_version(transcript(main, f"I had {SECRET}", corrects=words.id))
    store.add_note(SpanNote("n", "a", words.id, 0, 2, f"note {SECRET}", "2024-01-01"))
    store.add_filler_review(FillerReview("f", "a", "2024-01-01", "self", 1, ((0.9, 1.2),)))
    save(store, f"follow {SECRET}", attempt_id="b", probe_of="a", recording=OTHER)
    save(store, "harmless", attempt_id="c")


def seen(store: Store) -> dict[str, object]:
    """Everything that the store tells of attempts."""
    return {
        "library": store.library(),
        "count": store.count_library(),
        "search": store.library(LibraryQuery(search=SECRET)),
        "found": store.count_library(LibraryQuery(search=SECRET)),
        "tag": store.library(LibraryQuery(tag="night")),
        "flag": store.count_library(LibraryQuery(flag="names_patient")),
        "mark": store.count_library(LibraryQuery(criterion=("event", Mark.MET))),
        "tags": store.tag_counts(),
        "practised": store.practice_counts(),
        "ids": [store.ids(beginning) for beginning in ("", "a", "b")],
        "attempts": [store.attempt(name) for name in ("a", "b", "c")],
        "strays": store.stray_recordings(),
        "sounds": store.sounds.of_answers(),
    }


def test_what_is_deleted_is_seen_nowhere(home: Home, store: Store) -> None:
    save(store, "harmless", attempt_id="c")
    alone = {**seen(store), "sounds": None}
    store.delete_for_good("c")
    fill(home, store)
    store.delete_attempt("c")
    store.undo_delete()
    assert store.delete_attempt("a") == 2
    now = {**seen(store), "sounds": None}
    for what in alone.keys() - {"library", "attempts"}:
        assert now[what] == alone[what], what
    assert [line.attempt.id for line in store.library()] == ["c"]
    assert [store.attempt(name) is None for name in ("a", "b", "c")] == [True, True, False]
    assert store.delete_attempt("a") == store.delete_for_good("b") == 0


def test_undo_brings_everything_back_as_it_was(home: Home, store: Store) -> None:
    fill(home, store)
    before = seen(store)
    assert not store.can_undo_delete
    store.delete_attempt("a")
    assert store.can_undo_delete
    assert store.undo_delete() == "a"
    assert seen(store) == before
    assert store.undo_delete() is None
    store.close()
    assert sorted(file.name for file in recordings.all_files(home)) == [RECORDING, OTHER]
    with Store.open(home) as again:
        assert seen(again) == before


def test_the_last_deletion_is_undone_first_and_alone(home: Home, store: Store) -> None:
    fill(home, store)
    store.delete_attempt("b")
    store.delete_attempt("c")
    assert store.delete_attempt("a") == 1
    assert store.undo_delete() == "a"
    record = store.attempt("a")
    assert record
    assert record.follow_up_ids == ()
    assert [store.undo_delete(), store.undo_delete(), store.undo_delete()] == ["c", "b", None]
    assert {line.attempt.id for line in store.library()} == {"a", "b", "c"}


def test_closing_deletes_for_good_with_sound_index_and_log(home: Home, store: Store) -> None:
    fill(home, store)
    store.delete_attempt("a")
    store.close()
    store.close()
    assert list(home.recordings.iterdir()) == []
    holding = [
        path.name
        for path in home.root.rglob("*")
        if path.is_file() and SECRET.encode() in path.read_bytes()
    ]
    assert holding == []
    with closing(sqlite3.connect(home.database)) as connection:
        for table in ("attempts", "transcripts", "library"):
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (1,)
        for table in ("tags", "span_notes", "filler_reviews"):
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_program_that_is_killed_leaves_it_to_the_next(home: Home, store: Store) -> None:
    fill(home, store)
    store.close()
    with Child(home, "delete", "a") as child:
        assert child.line() == "ready"
        child.process.kill()
        child.process.wait()
    assert len(recordings.all_files(home)) == 2
    with Store.open(home) as again:
        assert [line.attempt.id for line in again.library()] == ["c"]
        assert (
            again._database.connection.execute("SELECT count(*) FROM attempts").fetchone()[0] == 1
        )
        assert again.undo_delete() is None
    assert recordings.all_files(home) == ()


def test_another_program_sees_it_gone_and_then_back(home: Home, store: Store) -> None:
    fill(home, store)
    before = seen(store)
    with Child(home, "delete", "a") as child:
        assert child.line() == "ready"
        assert [line.attempt.id for line in store.library()] == ["c"]
        with Store.open(home) as third:  # the program that deleted runs: nothing is left over
            assert third.undo_delete() is None
            assert third.count_library() == 1
        child.go()
        assert child.line() == "a"
        assert seen(store) == before


def test_nothing_is_added_to_what_is_deleted(home: Home, store: Store) -> None:
    fill(home, store)
    record = store.attempt("a")
    assert record
    store.delete_attempt("a")
    words = record.transcripts[0]
    for late in (
        lambda: store.add_version(transcript(record.attempt, "late")),
        lambda: store.add_version(None, rating(words)),
        lambda: store.add_filler_review(FillerReview("g", "a", "2024", "peer", 2)),
        lambda: store.add_note(SpanNote("m", "a", words.id, 0, 1, "late", "2024")),
        lambda: store.star("a"),
        lambda: store.set_tags("a", ["late"]),
        lambda: store.change_note("n", "late"),
    ):
        with pytest.raises(StoreError, match="no longer"):
            late()
    store.delete_note("n")
    assert store.undo_delete() == "a"
    assert store.attempt("a") == record


def test_a_follow_up_that_comes_later_stays(home: Home, store: Store) -> None:
    fill(home, store)
    store.delete_attempt("a")
    save(store, attempt_id="later", probe_of="a")
    store.close()
    with Store.open(home) as again:
        assert {line.attempt.id for line in again.library()} == {"c", "later"}


def test_its_sound_is_left_alone_until_then(home: Home, store: Store) -> None:
    fill(home, store)
    store.delete_attempt("a")
    for named in store.sounds.of_answers():
        assert named.in_draft
        assert not store.sounds.change(named, lambda: pytest.fail("changed"))
    assert isinstance(store.sounds, Sounds)
    store.undo_delete()
    assert not any(named.in_draft for named in store.sounds.of_answers())


def test_sound_that_a_draft_names_too_outlives_it(home: Home, store: Store) -> None:
    fill(home, store)
    store.save_draft(draft(recording=RECORDING))
    store.delete_attempt("a")
    store.close()
    assert [file.name for file in recordings.all_files(home)] == [RECORDING]


def test_what_cannot_be_deleted_at_the_end_is_deleted_by_the_next_program(
    home: Home, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(home, store)
    store.delete_attempt("a")
    store._database.connection.execute("PRAGMA busy_timeout = 1")
    with closing(sqlite3.connect(home.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        store.close()
        other.execute("ROLLBACK")
    with Store.open(home) as again:
        assert (
            again._database.connection.execute("SELECT count(*) FROM attempts").fetchone()[0] == 1
        )


def test_what_was_deleted_does_not_come_back_by_a_rescue(home: Home, store: Store) -> None:
    fill(home, store)
    with Child(home, "delete", "a") as child:
        assert child.line() == "ready"
        store.close()
        child.process.kill()
        child.process.wait()
    suspicion(home.database).touch()
    with Store.open(home) as mended:
        assert mended.notice
        assert [line.attempt.id for line in mended.library()] == ["c"]
        assert mended.attempt("a") is None
    assert recordings.all_files(home) == ()


def test_deleting_for_good_leaves_other_deletions_to_be_undone(home: Home, store: Store) -> None:
    fill(home, store)
    store.delete_attempt("a")
    assert store.delete_for_good("c") == 1
    assert store.undo_delete() == "a"
    assert {line.attempt.id for line in store.library()} == {"a", "b"}
