from __future__ import annotations

from dataclasses import replace

from tests.store.samples import RATING, attempt, rating, save, transcript
from trainer.store.contents import Contents, Shared
from trainer.store.database import Store
from trainer.store.types import LibraryQuery


def test_an_empty_history_has_nothing_to_choose(store: Store) -> None:
    assert store.contents() == Contents()


def test_what_answers_share_is_counted_and_named_by_the_newest(store: Store) -> None:
    save(store, bank_id="b", bank_title="Old", rubric_id=None, started_at="2024-01-01")
    save(store, bank_id="b", bank_title="New", question_id="q", prompt="Why?", session_id="t")
    found = store.contents()
    assert [(one.id, one.name, one.times) for one in found.banks] == [("b", "New", 2)]
    assert [(one.id, one.name, one.times) for one in found.questions] == [
        ("q", "Why?", 1),
        ("setback", "Tell me about a setback.", 1),
    ]
    assert [(one.id, one.times) for one in found.rubrics] == [("adversity", 1)]
    assert [(one.id, one.name) for one in found.sessions] == [("t", "New"), ("s", "Old")]
    assert found.sessions[1] == Shared("s", "Old", 1, "2024-01-01")
    assert found.first == "2024-01-01"


def test_the_rounds_of_a_session_with_others_are_one_practice(store: Store) -> None:
    session_id = "0123456789abcdef" * 2
    for number in (1, 12):
        save(store, session_id=f"{session_id}-{number}")
    assert [(one.id, one.times) for one in store.contents().sessions] == [(session_id, 2)]
    for asked in (session_id, f"{session_id}-12"):
        assert len(store.library(LibraryQuery(session_id=asked))) == 2


def test_marks_are_named_and_flags_only_where_one_is_raised(store: Store) -> None:
    for name in ("z", "a", "z"):
        made = attempt()
        words = transcript(made, "I did it.")
        given = replace(RATING, marks={name: 0, "m": 2}, flags={f"not-{name}": False, name: True})
        store.save_attempt(made, words, rating(words, rating=given))
    found = store.contents()
    assert (found.criteria, found.flags) == (("a", "m", "z"), ("a", "z"))


def test_what_is_deleted_is_not_offered(store: Store) -> None:
    made = save(store)
    store.set_tags(made.id, ["mine"])
    assert store.contents().tags == (("mine", 1),)
    store.delete_attempt(made.id)
    assert store.contents() == Contents()
