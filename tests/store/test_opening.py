from __future__ import annotations

import os
import sqlite3
import sys
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.store.child import Child
from tests.store.samples import HEARD, RATING, RECORDING, SPOKEN, draft, save
from trainer.bank.types import Mark
from trainer.errors import StoreError, TrainerError
from trainer.paths import Home
from trainer.store import migrations, opening
from trainer.store.connection import suspicion
from trainer.store.database import Store
from trainer.store.opening import State, examine, opening_lock
from trainer.store.owners import file_lock
from trainer.store.types import LibraryQuery
from trainer.transcript.types import Sound

V1 = Path(__file__).parent / "v1.sql"
V2, V3, V4, V5 = (V1.with_name(f"v{number}.sql") for number in (2, 3, 4, 5))
IN_V2 = replace(SPOKEN, sound=Sound(SPOKEN.voiced))  # what was measured then
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX's")


def write(home: Home, *scripts: Path) -> None:
    home.prepare()
    with closing(sqlite3.connect(home.database)) as connection:
        for script in scripts:
            connection.executescript(script.read_text(encoding="utf-8"))


def write_v1(home: Home) -> None:
    write(home, V1)


def add_version(monkeypatch: pytest.MonkeyPatch, *statements: str) -> None:
    monkeypatch.setattr(migrations, "MIGRATIONS", [*migrations.MIGRATIONS, statements])


def backups(home: Home) -> list[str]:
    return sorted(path.name for path in home.root.glob("*.before-*"))


@POSIX
def test_everything_is_for_the_user_alone(home: Home) -> None:
    before = os.umask(0)
    try:
        with Store.open(home) as store:
            store.save_draft(draft())
            paths = [home.root, *home.root.rglob("*")]
            modes = {path.name: (path.is_dir(), path.stat().st_mode & 0o777) for path in paths}
    finally:
        os.umask(before)
    assert {"trainer.sqlite3", "trainer.sqlite3-wal", "trainer.sqlite3-shm"} <= modes.keys()
    assert set(modes.values()) == {(True, 0o700), (False, 0o600)}


@POSIX
def test_folders_that_are_deleted_while_their_lock_is_taken_are_made_for_the_user_alone(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def deleted_meanwhile(path: Path) -> Any:
        home.locks.rmdir()
        home.root.rmdir()
        return file_lock(path)

    monkeypatch.setattr(opening, "file_lock", deleted_meanwhile)
    before = os.umask(0o022)
    try:
        with opening_lock(home):
            modes = {path.stat().st_mode & 0o777 for path in (home.root, home.locks)}
    finally:
        os.umask(before)
    assert modes == {0o700}


def test_a_file_that_others_can_read_is_closed_to_them(home: Home) -> None:
    Store.open(home).close()
    home.database.chmod(0o644)
    Store.open(home).close()
    assert home.database.stat().st_mode & 0o777 == 0o600


def test_what_was_saved_is_there_after_opening_again(home: Home) -> None:
    with Store.open(home) as store:
        made = save(store)
        assert store.notice is None
    with Store.open(home) as store:
        assert store.attempt(made.id)
        assert store.notice is None
    assert [path.name for path in home.root.glob("trainer*")] == ["trainer.sqlite3"]


def test_how_the_database_is_used(store: Store) -> None:
    def pragma(name: str) -> object:
        return store._database.connection.execute(f"PRAGMA {name}").fetchone()[0]

    assert (pragma("journal_mode"), pragma("foreign_keys")) == ("wal", 1)
    assert pragma("user_version") == migrations.latest_version()
    assert (pragma("secure_delete"), pragma("busy_timeout")) == (1, 5000)
    store.save_draft(draft())
    assert pragma("synchronous") == 1
    save(store)
    assert pragma("synchronous") == 2


def test_a_database_of_version_1(home: Home) -> None:
    write_v1(home)
    with Store.open(home) as store:
        assert store.notice is None
        record = store.attempt("a1")
        assert record
        assert [t.transcript.text for t in record.transcripts] == ["we lost him", "We lost him."]
        assert record.transcripts[0].transcript == HEARD
        assert (record.ratings[0].rating, record.ratings[0].score) == (RATING, 62.5)
        assert record.follow_up_ids == ("a2",)
        assert [s.attempt.id for s in store.library(LibraryQuery(search="family"))] == ["a2"]
        assert [d.id for d in store.orphaned_drafts()] == ["d1"]
        assert store.practice_counts() == {"setback": 1}
        assert (record.attempt.recording, record.transcripts[0].transcript.voiced) == (None, None)
        assert [(d.recording, d.heard) for d in store.orphaned_drafts()] == [(None, None)]
        save(store, recording=RECORDING)
        store.save_draft(draft("d2", recording=RECORDING, heard=HEARD))
    assert backups(home) == [f"trainer.sqlite3.before-v{n}" for n in (4, 5, 6)]


def test_a_database_of_version_2(home: Home) -> None:
    write(home, V1, V2)
    with Store.open(home) as store:
        assert store.notice is None
        record = store.attempt("a3")
        assert record
        assert record.attempt.recording == RECORDING
        heard, corrected = record.transcripts
        assert (heard.transcript, corrected.corrects) == (IN_V2, heard.id)
        assert (corrected.transcript.text, corrected.delivery.pauses) == ("I had 250", 0)
        spoken, typed = store.orphaned_drafts()
        assert (spoken.heard, spoken.recording) == (IN_V2, f"{'cd' * 16}.wav")
        assert (typed.heard, typed.recording) == (None, None)
        old = store.attempt("a1")
        assert old
        assert (old.attempt.recording, old.transcripts[0].delivery.pauses) == (None, None)


def test_a_database_of_version_3(home: Home) -> None:
    write(home, V1, V2, V3)
    with Store.open(home) as store:
        assert store.notice is None
        record = store.attempt("a4")
        assert record
        assert (record.attempt.origin, record.attempt.starred, record.attempt.tags) == (
            "call.mp4",
            False,
            (),
        )
        machine = record.rating_of(record.transcripts[0])
        peer = record.rating_of(record.transcripts[0], "peer")
        assert machine
        assert peer
        assert (machine.id, peer.id) == ("r2", "r3")
        assert (record.filler_reviews[0].count, record.notes) == (1, ())
    assert backups(home) == [f"trainer.sqlite3.before-v{n}" for n in (4, 5, 6)]


def test_a_database_of_version_4(home: Home) -> None:
    """Ratings and notes of then have no name, and no answer was given with others."""
    write(home, V1, V2, V3, V4)
    with Store.open(home) as store:
        assert store.notice is None
        record = store.attempt("a4")
        assert record
        assert [(r.id, r.rater_name, r.comment) for r in record.ratings] == [
            ("r2", "", ""),
            ("r3", "", ""),
        ]
        (note,) = record.notes
        assert (note.text, note.rater, note.rater_name) == ("slower", "peer", "")
        assert (record.attempt.starred, record.attempt.tags) == (True, ("ICU",))
        assert (record.moments, record.shared) == ((), None)
        assert [line.attempt.id for line in store.library(LibraryQuery(rater="peer"))] == ["a4"]
    assert backups(home) == [f"trainer.sqlite3.before-v{n}" for n in (5, 6)]


def test_a_database_of_version_5(home: Home) -> None:
    """No form of marks was begun then."""
    write(home, V1, V2, V3, V4, V5)
    with Store.open(home) as store:
        assert store.notice is None
        record = store.attempt("a4")
        assert record
        assert [(r.rater_name, r.comment) for r in record.ratings] == [("", ""), ("Ana", "Calm.")]
        assert [(m.kind, m.rater_name) for m in record.moments] == [("good", "Ana")]
        assert store.begun_marks("a4", record.transcripts[-1].id) == {}
    assert backups(home) == ["trainer.sqlite3.before-v6"]


def test_what_the_library_shows_of_older_versions(home: Home) -> None:
    """The newest rating of the machine counts; damaged figures and marks bar no way."""
    write(home, V1, V2, V3)
    with Store.open(home) as store:
        lines = {
            line.attempt.id: (line.words, line.answer_s, line.score, line.measurable, line.raters)
            for line in store.library()
        }
        assert lines == {
            "a1": (3, 61.5, 62.5, True, ("machine",)),
            "a2": (4, 61.5, None, True, ()),
            "a3": (3, 1.9, None, True, ()),
            "a4": (3, 1.9, 71.5, False, ("machine", "peer")),
            "a5": (5, None, 55.5, True, ("machine",)),
        }

        def ids(**asked: Any) -> list[str]:
            return [line.attempt.id for line in store.library(LibraryQuery(**asked))]

        assert ids(spoken=True) == ["a4", "a3"]
        assert (
            ids(flag="vague") == ids(criterion=("reason", Mark.MET)) == ids(rater="peer") == ["a4"]
        )
        assert ids(flag="blames") == ids(criterion=("reason", Mark.MISSED)) == []
        assert ids(flag="names_patient") == ["a1"]
        assert ids(score=(0, 100)) == ["a5"]


def test_the_librarys_rows_are_made_anew_where_they_are_missing(home: Home) -> None:
    with Store.open(home) as store:
        made = save(store)
        before = store.library()
        for table in ("marks", "library"):
            store._database.connection.execute(f"DROP TABLE {table}")
    assert examine(home.database) is State.OLD
    with Store.open(home) as store:
        assert store.notice is None
        assert store.library() == before
        assert before[0].attempt == made
    assert examine(home.database) is State.READY
    assert backups(home) == []


def test_a_damaged_database_of_version_1_is_rescued_into_this_one(home: Home) -> None:
    write_v1(home)
    suspicion(home.database).touch()
    with Store.open(home) as store:
        assert store.notice
        assert "2 answers, 3 transcripts, 1 rating, 1 unfinished answer." in store.notice
        record = store.attempt("a1")
        assert record
        assert record.attempt.recording is None


def test_each_migration_is_preceded_by_a_backup(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_v1(home)
    add_version(monkeypatch, "ALTER TABLE attempts ADD COLUMN mood TEXT")
    with Store.open(home) as store:
        assert store.notice is None
        assert store.count_library() == 2
        names = [f"trainer.sqlite3.before-v{version}" for version in (5, 6, 7)]
        assert [path.name for path in store.copies()] == names
    backup = home.root / "trainer.sqlite3.before-v5"
    assert sys.platform == "win32" or backup.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(backup)) as connection:
        assert migrations.version_of(connection) == 4
        assert connection.execute("SELECT count(*) FROM transcripts").fetchone() == (3,)
    for number in range(8, 13):
        add_version(monkeypatch, f"CREATE TABLE t{number} (x)")
    Store.open(home).close()
    assert backups(home) == [f"trainer.sqlite3.before-v{n}" for n in (10, 11, 12)]


def test_a_backup_tells_how_far_it_is_and_can_be_left(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_v1(home)
    monkeypatch.setattr("trainer.store.backups._AT_ONCE", 1)
    shares: list[float] = []

    def leave(share: float) -> None:
        shares.append(share)
        if share > 0.5:
            raise TrainerError("left", "")

    with pytest.raises(TrainerError):
        Store.open(home, tell=leave)
    assert 0 < shares[0] < 0.1
    assert shares == sorted(shares)
    assert list(home.root.glob("*.before-*")) == list(home.root.glob("*.partial")) == []
    with closing(sqlite3.connect(home.database)) as connection:
        assert migrations.version_of(connection) == 1


def test_a_new_database_needs_no_backup(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    add_version(monkeypatch, "ALTER TABLE attempts ADD COLUMN mood TEXT")
    with Store.open(home) as store:
        save(store)
        assert store.copies() == ()
    assert list(home.root.glob("*.before-*")) == []


def test_a_migration_that_fails_changes_nothing(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_v1(home)
    with monkeypatch.context() as patched:
        add_version(patched, "DELETE FROM attempts", "CREATE TABLE attempts (x)")
        with pytest.raises(StoreError):
            Store.open(home)
    with Store.open(home) as store:
        assert store.count_library() == 2


def test_a_database_of_a_newer_program_is_left_alone(home: Home) -> None:
    Store.open(home).close()
    with closing(sqlite3.connect(home.database)) as connection:
        connection.execute("PRAGMA user_version = 99")
    before = home.database.read_bytes()
    with pytest.raises(StoreError, match="newer version"):
        Store.open(home)
    assert home.database.read_bytes() == before
    assert [path.name for path in home.root.glob("trainer*")] == ["trainer.sqlite3"]


def test_a_home_that_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(TrainerError, match="cannot be used"):
        Store.open(Home(tmp_path / "file"))


def test_a_first_start_that_was_interrupted(home: Home) -> None:
    home.prepare()
    (home.root / "trainer.sqlite3.new").write_bytes(b"SQLite format 3\0 and no more")
    (home.root / "trainer.sqlite3.new-journal").write_bytes(b"a journal of something else")
    with Store.open(home) as store:
        assert store.notice is None
    assert [path.name for path in home.root.glob("trainer*")] == ["trainer.sqlite3"]


def test_a_rescue_that_was_interrupted_before_the_last_step(home: Home) -> None:
    with Store.open(home) as store:
        made = save(store)
    home.database.rename(home.root / "trainer.sqlite3.new")
    with Store.open(home) as store:
        assert store.attempt(made.id)


def test_several_programs_begin_at_once(home: Home) -> None:
    home.prepare()
    with ExitStack() as stack:
        children = [stack.enter_context(Child(home, "open", f"a{n}")) for n in range(4)]
        assert {child.line() for child in children} == {"ready"}
        for child in children:
            child.go()
        assert [child.line() for child in children] == ["None"] * 4
    with Store.open(home) as store:
        assert {s.attempt.id for s in store.library()} == {"a0", "a1", "a2", "a3"}
    assert examine(home.database) is State.READY
    assert [path.name for path in home.root.glob("trainer*")] == ["trainer.sqlite3"]
