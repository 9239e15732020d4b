from __future__ import annotations

from tests.store.samples import attempt, list_anew, rating, save, transcript
from trainer.store.database import Store
from trainer.store.types import LibraryQuery


def ids(store: Store, query: LibraryQuery) -> list[str]:
    return [row.attempt.id for row in store.library(query)]


def test_an_empty_history(store: Store) -> None:
    assert (store.library(), store.count_library(), store.practice_counts()) == ((), 0, {})


def test_newest_first_in_pages(store: Store) -> None:
    for number in (2, 0, 1, 3):
        save(store, attempt_id=f"a{number}", started_at=f"2024-01-0{number + 1}")
    assert [row.attempt.id for row in store.library()] == ["a3", "a2", "a1", "a0"]
    assert [row.attempt.id for row in store.library(limit=2, offset=1)] == ["a2", "a1"]
    assert store.library(offset=9) == ()


def test_filters(store: Store) -> None:
    save(store, attempt_id="a", bank_id="one", question_id="x")
    save(store, attempt_id="b", bank_id="two", question_id="x")
    save(store, "something else", attempt_id="c", bank_id="two", question_id="y")
    of_two, said = LibraryQuery(bank_id="two"), LibraryQuery(search="did", bank_id="two")
    assert ids(store, of_two) == ["c", "b"]
    assert ids(store, said) == ["b"]
    assert store.count_library(of_two) == 2
    assert store.count_library(said) == 1
    assert ids(store, LibraryQuery(bank_id="")) == []


def test_a_line_shows_the_newest_text_score_and_figures(store: Store) -> None:
    made = save(store, "first words", score=10)
    better = transcript(made, "  much better\n\twords ")
    store.add_version(better)
    store.add_version(None, rating(better, 80))
    (line,) = store.library()
    assert line.attempt == made
    assert line.excerpt == "much better words"
    assert (line.words, line.answer_s, line.score) == (3, 61.5, 80)
    assert line.rubric_json == '{"id": "x"}'


def test_an_attempt_without_a_rating(store: Store) -> None:
    save(store, score=None)
    (line,) = store.library()
    assert (line.score, line.rubric_json) == (None, None)


def test_follow_ups_are_listed_and_marked(store: Store) -> None:
    save(store, attempt_id="a")
    save(store, attempt_id="b", probe_of="a")
    assert [(s.attempt.id, s.attempt.probe_of) for s in store.library()] == [
        ("b", "a"),
        ("a", None),
    ]


def test_practice_counts(store: Store) -> None:
    save(store, question_id="x", score=40, started_at="2024-01-01", bank_id="old")
    save(store, question_id="x", score=60, started_at="2024-01-03", bank_id="new")
    save(store, question_id="x", score=50, started_at="2024-01-02", bank_id="old")
    save(store, question_id="x", score=99, started_at="2024-01-04", superseded=True)
    save(store, question_id="x", score=99, started_at="2024-01-05", probe_of="a")
    save(store, question_id="y", score=None, started_at="2024-01-01")
    assert store.practice_counts() == {"x": 3, "y": 1}


def test_ids_by_their_beginning(store: Store) -> None:
    for attempt_id in ("ab1", "ab2", "b%", "b_"):
        save(store, attempt_id=attempt_id)
    assert store.ids("ab") == ("ab1", "ab2")
    assert store.ids("b%") == ("b%",)
    assert store.ids("AB") == ()


def test_a_damaged_rating_has_no_remark(store: Store) -> None:
    save(store)
    assert [line.remark for line in store.library()] == ["off_question"]
    store._database.connection.execute("UPDATE ratings SET rating = '{'")
    list_anew(store)
    assert [line.remark for line in store.library()] == [None]


def test_many_attempts_are_counted_without_a_limit(store: Store) -> None:
    for _ in range(210):
        made = attempt()
        store.save_attempt(made, transcript(made, "x"), None)
    assert len(store.library()) == 200
    assert store.count_library() == 210
