"""Stars, tags, and notes on words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.store.samples import attempt, rating, save, transcript
from trainer.errors import StoreError
from trainer.paths import Home
from trainer.store import tags
from trainer.store.connection import suspicion
from trainer.store.database import Store
from trainer.store.types import MOST_TAG_CHARACTERS, LibraryQuery, SpanNote


def note(of: str, transcript_id: str, **changes: object) -> SpanNote:
    made = SpanNote("n", of, transcript_id, 1, 3, "too vague", "2024-01-01T00:00:00Z")
    return replace(made, **changes)  # type: ignore[arg-type]


def holding(home: Home) -> list[str]:
    files = (path for path in home.root.rglob("*") if path.is_file())
    return [path.name for path in files if b"zyxsecret" in path.read_bytes()]


def stored(store: Store, attempt_id: str) -> tuple[SpanNote, ...]:
    record = store.attempt(attempt_id)
    assert record
    return record.notes


def test_a_star_comes_and_goes(store: Store) -> None:
    made = save(store, attempt_id="a")
    save(store, attempt_id="b")
    store.star("a")
    (line,) = store.library(LibraryQuery(starred=True))
    assert line.attempt == replace(made, starred=True)
    store.star("a", starred=False)
    assert store.count_library(LibraryQuery(starred=True)) == 0
    record = store.attempt("a")
    assert record
    assert record.attempt == made


def test_tags_are_kept_plain_sorted_and_once(store: Store) -> None:
    save(store, attempt_id="a")
    kept = store.set_tags("a", ["  ward \n", "ICU", "icu", "", "\x1b[31m", "x" * 99, "\ud800"])
    assert kept == ("ICU", "[31m", "ward", "x" * MOST_TAG_CHARACTERS)
    record = store.attempt("a")
    assert record
    assert record.attempt.tags == store.library()[0].attempt.tags == kept
    assert [line.attempt.id for line in store.library(LibraryQuery(tag=" icu"))] == ["a"]
    assert store.set_tags("a", ["new"]) == ("new",)
    assert store.library(LibraryQuery(tag="ICU")) == ()


def test_tags_are_counted(store: Store) -> None:
    for name, given_tags in (("a", ["ICU", "night"]), ("b", ["icu"]), ("c", [])):
        save(store, attempt_id=name)
        store.set_tags(name, given_tags)
    assert store.tag_counts() == {"ICU": 2, "night": 1}


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(st.characters(), max_size=60), max_size=5))
def test_no_tag_is_an_error(store: Store, typed: list[str]) -> None:
    made = save(store)
    kept = store.set_tags(made.id, typed)
    assert kept == tags.plain(kept)
    for tag in kept:
        assert 0 < len(tag) <= MOST_TAG_CHARACTERS
        assert store.library(LibraryQuery(tag=tag))[0].attempt.tags == kept


def test_what_is_not_there_gets_neither_star_nor_tags(store: Store) -> None:
    with pytest.raises(StoreError, match="no longer"):
        store.star("none")
    with pytest.raises(StoreError, match="no longer"):
        store.set_tags("none", ["x"])


def test_notes_stand_in_the_order_of_the_words_and_can_change(store: Store) -> None:
    made = attempt("a")
    words = transcript(made, "I did it for him")
    store.save_attempt(made, words, rating(words))
    later = note("a", words.id)
    first = note("a", words.id, id="m", start=0, end=1, rater="peer")
    store.add_note(later)
    store.add_note(first)
    assert stored(store, "a") == (first, later)
    store.change_note("n", "better: say what you did")
    assert stored(store, "a")[1] == replace(later, text="better: say what you did")
    store.delete_note("m")
    store.delete_note("m")
    assert [one.id for one in stored(store, "a")] == ["n"]
    with pytest.raises(StoreError, match="no longer"):
        store.change_note("m", "x")


@pytest.mark.parametrize("span", [(-1, 1), (2, 2), (3, 1)])
def test_a_note_stands_on_words(store: Store, span: tuple[int, int]) -> None:
    made = save(store)
    with pytest.raises(ValueError, match="no words"):
        store.add_note(note(made.id, "t", start=span[0], end=span[1]))


def test_a_note_belongs_to_words_that_are_there(store: Store) -> None:
    made = save(store)
    with pytest.raises(StoreError, match="no longer"):
        store.add_note(note(made.id, "no such words"))


def test_what_a_note_said_is_gone_from_every_file(home: Home, store: Store) -> None:
    made = attempt("a")
    words = transcript(made, "I did it for him")
    store.save_attempt(made, words, None)
    store.add_note(note("a", words.id, text="zyxsecret " * 900))
    store.add_note(note("a", words.id, id="m", text="zyxsecret"))
    store.delete_note("m")
    store.change_note("n", "plain")
    assert holding(home) == []
    store.change_note("n", "zyxsecret")
    store.delete_note("n")
    assert holding(home) == []


def test_notes_stars_and_tags_are_rescued(home: Home, store: Store) -> None:
    made = attempt("a", starred=True, tags=("ICU",))
    words = transcript(made, "I did it for him")
    store.save_attempt(made, words, None)
    store.add_note(note("a", words.id))
    before = store.attempt("a")
    store.close()
    suspicion(home.database).touch()
    with Store.open(home) as mended:
        assert mended.notice
        assert "1 tag, 1 note" in mended.notice
        assert mended.attempt("a") == before


def test_damaged_notes_and_tags_bar_no_way(store: Store) -> None:
    made = attempt("a", tags=("ICU",))
    words = transcript(made, "I did it for him")
    store.save_attempt(made, words, None)
    store.add_note(note("a", words.id))
    change = store._database.connection.execute
    change("UPDATE span_notes SET rater = 'nobody', first_word = 'x'")
    change("UPDATE tags SET name = CAST(x'49ff55' AS TEXT)")
    record = store.attempt("a")
    assert record
    assert (record.notes, record.attempt.tags) == ((), ("I\ufffdU",))
