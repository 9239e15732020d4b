from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.store.samples import count_found, save, transcript
from trainer.paths import Home
from trainer.store import search
from trainer.store.database import Store
from trainer.store.excerpts import LENGTH, excerpt, fold, hits, pattern
from trainer.store.types import LibraryQuery


def without_fts5(db: sqlite3.Connection) -> bool:
    return False


@pytest.fixture(params=["FTS5", "LIKE"])
def either(
    home: Home, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Store]:
    if request.param == "LIKE":
        monkeypatch.setattr(search, "has_fts5", without_fts5)
    with Store.open(home) as store:
        assert store._search.indexed == (request.param == "FTS5")
        yield store


def found(store: Store, wanted: str) -> set[str]:
    ids = {summary.attempt.id for summary in store.library(LibraryQuery(search=wanted))}
    assert count_found(store, wanted) == len(ids)
    return ids


def test_words_of_prompt_and_answer(either: Store) -> None:
    save(either, "The patient's potassium fell.", attempt_id="a", prompt="Tell me of a mistake.")
    save(either, "We use C++ and foo-bar, 100%.", attempt_id="b", prompt="Why us?")
    assert found(either, "POTASSIUM") == {"a"}
    assert found(either, "potass") == {"a"}
    assert found(either, "mistake fell") == {"a"}
    assert found(either, "patient's") == {"a"}
    assert found(either, "C++") == {"b"}
    assert found(either, "foo-bar") == {"b"}
    assert found(either, "us potassium") == set()
    assert found(either, "nothing") == set()
    assert found(either, "") == found(either, " ") == {"a", "b"}


OPERATORS = ['"', "*", "NEAR", "NEAR(", "OR", "-", "^a", "prompt:", "{a}", "(", "%", "_", "\\"]
QUOTES = ["'", "';", "\\'", '"a', 'a"b', "a*", "é"]
ODD = ["a AND", "NOT x", "+ + +", "\0", "a\0b", "\ud800", "\u202e", "\N{GRINNING FACE}", "\n\t"]
LONG = ["x" * 5000, "a " * 5000, "a-" * 3000]


def test_no_input_is_an_error(either: Store) -> None:
    save(either, "some words", attempt_id="a")
    for wanted in (*OPERATORS, *QUOTES, *ODD, *LONG):
        assert found(either, wanted) <= {"a"}, ascii(wanted[:10])


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(), max_size=30))
def test_no_text_is_an_error(store: Store, wanted: str) -> None:
    store.library(LibraryQuery(search=wanted))


@pytest.mark.parametrize("common", [1, 3, 1000])
def test_a_common_word_and_a_rare_one_are_listed_alike(
    either: Store, monkeypatch: pytest.MonkeyPatch, common: int
) -> None:
    monkeypatch.setattr(search, "COMMON", common)
    for number in (2, 0, 3, 1):
        save(either, "the word", attempt_id=f"a{number}", started_at=f"2024-01-0{number + 1}")
    word = LibraryQuery(search="word")
    assert [line.attempt.id for line in either.library(word)] == ["a3", "a2", "a1", "a0"]
    assert [line.attempt.id for line in either.library(word, 2, 1)] == ["a2", "a1"]


def test_a_search_without_letters_is_no_search(either: Store) -> None:
    save(either, attempt_id="a")
    assert found(either, "?!") == {"a"}


def test_only_the_last_word_is_a_beginning(store: Store) -> None:
    save(store, "the surgeon operated", attempt_id="a")
    assert found(store, "surg") == found(store, "surgeon oper") == {"a"}
    assert found(store, "surg operated") == set()


def test_accents_are_no_obstacle(store: Store) -> None:
    save(store, "my résumé in São Paulo", attempt_id="a")
    assert found(store, "resume") == found(store, "sao") == {"a"}
    assert "résumé" in store.library(LibraryQuery(search="paulo"))[0].excerpt


def test_words_after_a_nul(store: Store) -> None:
    save(store, "before\0after", attempt_id="a")
    assert found(store, "after") == {"a"}


def test_only_the_newest_text_is_found(either: Store) -> None:
    made = save(either, "wrong words", attempt_id="a")
    either.add_version(transcript(made, "right words"))
    assert found(either, "right") == {"a"}
    assert found(either, "wrong") == set()
    either.delete_for_good("a")
    assert found(either, "right") == set()


def test_an_index_that_does_not_fit_is_made_anew(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.open(home) as store:
        made = save(store, "wrong words", attempt_id="a")
        save(store, "others", attempt_id="b")
    with monkeypatch.context() as patched:
        patched.setattr(search, "has_fts5", without_fts5)
        with Store.open(home) as store:
            store.add_version(transcript(made, "right words"))
            store.delete_for_good("b")
    with Store.open(home) as store:
        assert store._search.indexed
        assert found(store, "right") == {"a"}
        assert found(store, "wrong") == found(store, "others") == set()


def test_what_tells_that_fts5_is_missing() -> None:
    class Without:
        def execute(self, sql: str) -> None:
            raise sqlite3.OperationalError("no such function: fts5_source_id")

    assert not search.has_fts5(Without())  # type: ignore[arg-type]


def test_the_hit_is_shown_in_context(either: Store) -> None:
    save(either, f"{'before ' * 50}the potassium fell {'after ' * 50}")
    (line,) = either.library(LibraryQuery(search="potass"))
    assert line.excerpt.startswith("…before before")
    assert " the potassium fell after" in line.excerpt
    assert line.excerpt.endswith("…")


@pytest.mark.parametrize(
    ("text", "wanted", "shown"),
    [
        ("short", "", "short"),
        ("short", "ort", "short"),
        ("one\n two\0\x1b[1m", "two", "one two\0\x1b[1m"),
        ("x" * 300, "", "x" * LENGTH + "…"),
        ("y" * 300 + " hit", "hit", "…hit"),
        ("y " * 300 + "what's up", "what's", "…" + "y " * 29 + "what's up"),
    ],
    ids=["whole", "no hit", "verbatim", "beginning", "long word", "phrase"],
)
def test_excerpts(text: str, wanted: str, shown: str) -> None:
    assert excerpt(text, hits(text, pattern(wanted))) == shown


def test_a_phrase_is_shown_where_it_stands_as_such() -> None:
    text = f"foo {'and ' * 100} foo-bar baz"
    for wanted in ("foo-bar", "ba"):
        assert excerpt(text, hits(text, pattern(wanted))).endswith("foo-bar baz")


@settings(deadline=None)
@given(st.text(st.characters(), max_size=400), st.text(st.characters(), max_size=20))
def test_an_excerpt_of_anything(text: str, wanted: str) -> None:
    assert len(fold(text)) == len(text)
    found = hits(text, pattern(wanted))
    assert len(excerpt(text, found)) <= LENGTH + 2
    for hit in found:
        assert 0 <= hit.start <= hit.end <= len(hit.text)
        assert " ".join(hit.text.split()) == hit.text
