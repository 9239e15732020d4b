from __future__ import annotations

import random
import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tests.store.samples import HEARD, RECORDING, SPOKEN, attempt, draft, rating, save, transcript
from trainer.errors import StoreError
from trainer.paths import Home
from trainer.store.connection import suspicion
from trainer.store.database import Store
from trainer.store.rescue import TABLES, report
from trainer.store.types import LibraryQuery

PAGE = 4096
ATTEMPTS = 30


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return the bytes of a sound history."""
    home = Home(tmp_path_factory.mktemp("whole"))
    with Store.open(home) as store:
        for number in range(ATTEMPTS):
            made = attempt(f"a{number}")
            words = transcript(made, HEARD if number % 2 else f"word{number} " * 300)
            store.save_attempt(made, words, rating(words))
        store.save_draft(draft())
    return home.database.read_bytes()


def write(home: Home, data: bytes) -> None:
    home.prepare()
    home.database.write_bytes(data)


def kept(home: Home) -> list[Path]:
    return sorted(home.root.glob("*.damaged-*"))


def use(store: Store) -> int:
    """Do what the program does, and return how many attempts can be read."""
    found = store.library(LibraryQuery(search="t"), limit=-1)
    for summary in store.library(limit=-1):
        store.attempt(summary.attempt.id)
    store.practice_counts()
    for left in store.orphaned_drafts():
        store.adopt_draft(left.id)
    made = save(store, "after the damage")
    assert store.library(LibraryQuery(search="after the dam"))[0].attempt == made
    store.delete_for_good(made.id)
    return len(found)


@pytest.mark.parametrize(
    "data",
    [b"", b"x", b"These are notes, no database.\n" * 999, bytes(9000), b"SQLite format 3\0"],
    ids=["empty", "one byte", "text", "zeros", "only the first words"],
)
def test_what_is_no_database_is_set_aside(home: Home, data: bytes) -> None:
    write(home, data)
    with Store.open(home) as store:
        assert store.notice
        assert "Nothing in it could be read" in store.notice
        assert use(store) == 0
        assert store.copies() == tuple(kept(home))
    (aside,) = kept(home)
    assert re.fullmatch(r"trainer\.sqlite3\.damaged-\d{8}T\d{6}Z", aside.name)
    assert aside.read_bytes() == data
    with Store.open(home) as store:
        assert store.notice is None


def test_a_folder_in_its_place_is_set_aside(home: Home) -> None:
    home.prepare()
    home.database.mkdir()
    (home.database / "something").write_text("of the user's")
    with Store.open(home) as store:
        assert store.notice
        use(store)
    (aside,) = kept(home)
    assert (aside / "something").read_text() == "of the user's"


def test_another_programs_database_is_set_aside(home: Home) -> None:
    home.prepare()
    with closing(sqlite3.connect(home.database)) as other:
        other.execute("CREATE TABLE attempts (x)")
    with Store.open(home) as store:
        assert store.notice
        use(store)


@pytest.mark.parametrize("main", [None, b"", b"text"])
def test_a_log_without_its_database_is_set_aside(home: Home, main: bytes | None) -> None:
    """Played into a new database it would spoil it, and SQLite would delete it."""
    home.prepare()
    log = home.root / "trainer.sqlite3-wal"
    log.write_bytes(b"pages of an answer")
    if main is not None:
        home.database.write_bytes(main)
    with Store.open(home) as store:
        assert store.notice
        use(store)
    contents = {aside.name[-4:]: aside.read_bytes() for aside in kept(home)}
    assert contents.pop("-wal") == b"pages of an answer"
    assert list(contents.values()) == ([] if main is None else [main])


def test_two_damaged_files_in_one_second(home: Home) -> None:
    for _ in range(2):
        write(home, b"")
        Store.open(home).close()
    assert len(kept(home)) == 2


@pytest.mark.parametrize("share", [i / 12 for i in (1, 3, 5, 8, 11)])
def test_a_truncated_file(home: Home, whole: bytes, share: float) -> None:
    write(home, whole[: int(len(whole) * share)])
    with Store.open(home) as store:
        assert store.notice
        assert "Rescued" in store.notice or share < 0.3
        use(store)
    assert len(kept(home)) == 1


def test_a_lost_page_takes_only_its_rows(home: Home, whole: bytes) -> None:
    rescued = []
    for page in range(0, len(whole) // PAGE, 4):
        place = Home(home.root / str(page))
        write(place, whole[: page * PAGE] + bytes(PAGE) + whole[(page + 1) * PAGE :])
        with Store.open(place) as store:
            rescued.append(use(store))
    # Pages of the schema and the upper pages of a table too: they take no row with them.
    assert min(rescued) >= ATTEMPTS // 2
    assert sum(count == ATTEMPTS for count in rescued) >= len(rescued) // 2


def test_what_names_a_row_that_is_lost_is_not_rescued(home: Home, store: Store) -> None:
    made = save(store, attempt_id="a")
    save(store, attempt_id="b")
    store.set_tags("a", ["night"])
    store.close()
    with closing(sqlite3.connect(home.database)) as db:
        db.execute("PRAGMA writable_schema = ON")
        db.execute("DELETE FROM transcripts WHERE attempt_id = 'b'")
        db.execute("DELETE FROM sqlite_master WHERE name IN ('tags', 'attempts')")
        db.commit()
    with Store.open(home) as mended:
        assert mended.notice
        assert "2 answers, 1 transcript, 1 rating, 1 tag." in mended.notice
        record = mended.attempt("a")
        assert record
        assert record.attempt == replace(made, tags=("night",))


def test_bytes_flipped_at_random(home: Home, whole: bytes) -> None:
    """Whatever happens, a second start at the latest works, and nothing but `StoreError` comes."""
    dice = random.Random(7)
    for number in range(20):
        data = bytearray(whole)
        for _ in range(12):
            data[dice.randrange(100, len(data))] = dice.randrange(256)
        place = Home(home.root / str(number))
        write(place, bytes(data))
        for start in (1, 2):
            try:
                with Store.open(place) as store:
                    use(store)
                break
            except StoreError:
                assert start == 1


def test_damage_met_at_work_is_mended_at_the_next_start(home: Home, store: Store) -> None:
    made = save(store, "an answer")
    store._database.connection.execute("DELETE FROM answers_data")
    with pytest.raises(StoreError, match="Start the program again"):
        store.library(LibraryQuery(search="answer"))
    store.close()
    with Store.open(home) as mended:
        assert mended.notice
        assert "1 answer, 1 transcript, 1 rating." in mended.notice
        assert mended.library(LibraryQuery(search="answer"))[0].attempt == made
    assert not suspicion(home.database).exists()


def test_a_header_that_forbids_writing(home: Home, store: Store) -> None:
    made = save(store)
    store.close()
    data = bytearray(home.database.read_bytes())
    data[18] = 9
    home.database.write_bytes(data)
    with Store.open(home) as mended:
        assert mended.notice
        assert mended.attempt(made.id)
        use(mended)


@pytest.mark.parametrize("table", ["answers_config", "answers_docsize", "answers_idx"])
def test_a_broken_index_never_bars_the_way(home: Home, store: Store, table: str) -> None:
    made = save(store, "an answer")
    store._database.connection.execute(f"DELETE FROM {table}")
    store.close()
    for _ in range(2):
        try:
            with Store.open(home) as mended:
                assert [s.attempt for s in mended.library(LibraryQuery(search="answer"))] == [made]
            break
        except StoreError:
            continue
    else:
        pytest.fail("still broken at the second start")


def test_drafts_and_every_version_are_rescued(home: Home, store: Store) -> None:
    made = save(store, "first")
    store.add_version(transcript(made, "second"))
    store.save_draft(draft("d1"))
    store.save_draft(draft("d2", recording=RECORDING, heard=SPOKEN))
    spoken = attempt("spoken", recording=RECORDING)
    store.save_attempt(spoken, transcript(spoken, SPOKEN), None)
    before, heard = store.attempt(made.id), store.attempt("spoken")
    store.close()
    suspicion(home.database).touch()
    with Store.open(home) as mended:
        assert (mended.attempt(made.id), mended.attempt("spoken")) == (before, heard)
        left = mended.orphaned_drafts()
        assert [(d.id, d.recording, d.heard) for d in left] == [
            ("d2", RECORDING, SPOKEN),
            ("d1", None, None),
        ]
        assert mended.notice
        assert "2 answers, 3 transcripts, 1 rating, 2 unfinished answers." in mended.notice


def test_what_was_rescued_is_told_in_the_singular_and_the_plural() -> None:
    two = report(Path("kept"), dict.fromkeys(TABLES, 2))
    assert "2 answers, 2 transcripts, 2 ratings, 2 filler counts, 2 tags, 2 notes, 2 marked" in two
    assert "moments, 2 shared rounds, 2 begun forms, 2 unfinished answers." in two
    some = {"filler_reviews": 1, "rubrics": 3, "begun_marks": 1}
    one = report(Path("kept"), {**dict.fromkeys(TABLES, 0), **some})
    assert "one: 1 filler count, 1 begun form." in one
