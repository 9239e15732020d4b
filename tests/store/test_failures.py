from __future__ import annotations

import sqlite3
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from tests.store.child import Child
from tests.store.samples import count_found, draft, save
from trainer.errors import StoreError
from trainer.paths import Home
from trainer.store.connection import plain_errors
from trainer.store.database import Store


def pragma(store: Store, setting: str) -> None:
    store._database.connection.execute(f"PRAGMA {setting}").fetchall()


def test_a_full_disk_keeps_what_there_was(store: Store) -> None:
    save(store, attempt_id="before")
    store.save_draft(draft(text="short"))
    pragma(store, "max_page_count = 1")  # as many as there are
    with pytest.raises(StoreError, match="disk is full") as caught:
        save(store, "x" * 100_000, attempt_id="a")
    assert "Free some space" in caught.value.hint
    with pytest.raises(StoreError, match="disk is full"):
        store.save_draft(draft(text="long" * 50_000))
    assert store.attempt("a") is None
    assert [d.text for d in store.drafts()] == ["short"]
    pragma(store, "max_page_count = 100000")
    save(store, "x" * 100_000, attempt_id="a")
    assert store.count_library() == 2


@pytest.mark.skipif(sys.platform == "win32", reason="RLIMIT_FSIZE is POSIX's")
@pytest.mark.parametrize("most_bytes", [300_000, 1_000_000])
def test_a_file_that_can_grow_no_further(home: Home, most_bytes: int) -> None:
    with Child(home, "fill", str(most_bytes)) as child:
        saved, listed = child.line().split()
        assert saved == listed
        assert "safe" in child.line()
        assert child.process.wait() == 0
    with Store.open(home) as store:
        assert store.notice is None
        assert count_found(store, "word") == int(saved)
        save(store)


def test_a_database_that_cannot_be_written(store: Store) -> None:
    pragma(store, "query_only = ON")
    with pytest.raises(StoreError, match=r"cannot be opened or written") as caught:
        save(store)
    assert "TRAINER_HOME" in caught.value.hint
    assert store.library() == ()


def test_a_database_that_another_program_holds(home: Home, store: Store) -> None:
    pragma(store, "busy_timeout = 1")
    with closing(sqlite3.connect(home.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="Another program"):
            save(store)
        assert store.library() == ()
        other.execute("ROLLBACK")
    save(store)


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be moved")
@pytest.mark.parametrize("replaced", [False, True])
def test_a_database_that_was_moved_away(home: Home, store: Store, replaced: bool) -> None:
    home.database.rename(home.root / "elsewhere")
    if replaced:
        home.database.touch()
    with pytest.raises(StoreError, match="moved or replaced"):
        save(store)


def test_deleting_while_another_program_reads(home: Home, store: Store) -> None:
    made = save(store)
    pragma(store, "busy_timeout = 1")
    with closing(sqlite3.connect(home.database, isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM attempts").fetchone()
        assert store.delete_for_good(made.id) == 1


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (PermissionError(13, "denied", "somewhere/x"), "somewhere/x cannot be opened"),
        (OSError(28, "no space"), "disk is full"),
        (sqlite3.ProgrammingError("closed"), "could not be used"),
        (UnicodeDecodeError("utf-8", b"\xff", 0, 1, "bad"), "is damaged"),
    ],
)
def test_errors_in_plain_english(home: Home, error: Exception, says: str) -> None:
    with pytest.raises(StoreError, match=says), plain_errors(home.database):
        raise error


def test_a_closed_store(home: Home) -> None:
    store = Store.open(home)
    store.close()
    for call in (store.library, store.drafts, lambda: save(store)):
        with pytest.raises(StoreError):
            call()  # type: ignore[operator]


def test_threads_share_a_store(store: Store) -> None:
    def work(number: int) -> int:
        store.save_draft(draft(f"d{number}", text="x"))
        save(store, attempt_id=f"a{number}")
        store.discard_draft(f"d{number}")
        return count_found(store, "did")

    with ThreadPoolExecutor(8) as pool:
        counts = list(pool.map(work, range(40)))
    assert max(counts) == store.count_library() == 40
    assert store.drafts() == ()


@pytest.mark.parametrize("round_", range(3))
def test_a_program_killed_at_any_moment(home: Home, round_: int) -> None:
    with Child(home, "work") as child:
        done = [child.line() for _ in range(5 + round_ * 4)]
        child.process.kill()
        rest = child.process.stdout.read().split() if child.process.stdout else []
        last = int((done + rest)[-1])
    with closing(sqlite3.connect(home.database)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    with Store.open(home) as store:
        assert store.notice is None
        for number in range(1, last + 1):
            record = store.attempt(f"a{number}")
            assert record
            assert record.transcripts[0].transcript.text == f"two {number}"
            assert len(record.ratings) == 1
            assert store.attempt(f"first{number}")
        found = store.count_library()
        assert found == count_found(store, "one") + count_found(store, "two")
        assert found in (2 * last, 2 * last + 2)  # a whole answer more, or none
        left = {d.id.rstrip("0123456789") for d in store.orphaned_drafts()}
        assert left <= {"first", "second"}


def test_saving_is_quick_enough_for_every_second(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A draft costs a handful of statements whatever the history holds."""
    statements: list[str] = []
    store.save_draft(draft())
    store._database.connection.set_trace_callback(statements.append)
    store.save_draft(draft(text="more"))
    store._database.connection.set_trace_callback(None)
    assert len(statements) == 4


def test_the_lock_library_is_not_loaded_to_read(home: Home) -> None:
    import subprocess

    Store.open(home).close()
    code = (
        "import sys; from pathlib import Path; from trainer.paths import Home;"
        "from trainer.store.database import Store;"
        f"store = Store.open(Home(Path({str(home.root)!r}))); store.library(); store.drafts();"
        "store.orphaned_drafts(); store.close(); print('filelock' in sys.modules)"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "False"
