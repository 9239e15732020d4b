from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.store.samples import save
from trainer.annotations import Annotations, OpenNote, OpenText
from trainer.errors import StoreError, UsageError
from trainer.paths import Home
from trainer.store.database import Store

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(Home(tmp_path)) as opened:
        yield opened


@pytest.fixture
def annotations(store: Store) -> Annotations:
    return Annotations(store, lambda: NOW)


def version_of(store: Store, attempt_id: str) -> str:
    record = store.attempt(attempt_id)
    assert record
    return record.transcripts[-1].id


def test_stars_and_tags_are_kept(store: Store, annotations: Annotations) -> None:
    made = save(store)
    annotations.star(made.id)
    assert annotations.set_tags(made.id, [" my  best ", "", "cases"]) == ("cases", "my best")
    (row,) = store.library()
    assert (row.attempt.starred, row.attempt.tags) == (True, ("cases", "my best"))
    assert annotations.tag_counts() == {"cases": 1, "my best": 1}
    annotations.star(made.id, starred=False)
    assert not store.library()[0].attempt.starred


def test_a_note_is_kept_changed_and_deleted(store: Store, annotations: Annotations) -> None:
    made = save(store, "I did it.")
    note = annotations.add_note(made.id, version_of(store, made.id), 1, 3, " slower \n")
    assert (note.text, note.rater, note.created_at) == (
        "slower",
        "self",
        "2026-03-02T09:00:00.000+00:00",
    )
    annotations.change_note(note.id, "much slower")
    record = store.attempt(made.id)
    assert record and [(n.start, n.end, n.text) for n in record.notes] == [(1, 3, "much slower")]
    annotations.delete_note(note.id)
    record = store.attempt(made.id)
    assert record and record.notes == ()


@pytest.mark.parametrize(("start", "end"), [(1, 1), (-1, 2), (0, 4), (2, 1)])
def test_a_note_stands_on_words_of_the_answer(
    store: Store, annotations: Annotations, start: int, end: int
) -> None:
    made = save(store, "I did it.")
    with pytest.raises(UsageError):
        annotations.add_note(made.id, version_of(store, made.id), start, end, "x")


def test_a_note_says_something(store: Store, annotations: Annotations) -> None:
    made = save(store, "I did it.")
    version = version_of(store, made.id)
    with pytest.raises(UsageError):
        annotations.add_note(made.id, version, 0, 1, " \n")
    note = annotations.add_note(made.id, version, 0, 1, "x")
    with pytest.raises(UsageError):
        annotations.change_note(note.id, "")


def test_what_is_gone_is_said(store: Store, annotations: Annotations) -> None:
    made = save(store)
    with pytest.raises(UsageError):
        annotations.add_note(made.id, "another", 0, 1, "x")
    with pytest.raises(StoreError):
        annotations.add_note("gone", "another", 0, 1, "x")
    with pytest.raises(StoreError):
        annotations.star("gone")
    with pytest.raises(StoreError):
        annotations.change_note("gone", "x")


def test_a_note_that_is_being_written_is_stored_and_put_back_when_it_is_left(
    store: Store, annotations: Annotations
) -> None:
    made = save(store)

    def said() -> list[str]:
        record = store.attempt(made.id)
        assert record
        return [note.text for note in record.notes]

    place = version_of(store, made.id), 1, 3
    note = OpenNote(annotations, made.id, place, None)
    note.keep("slow")
    note.keep("slower ")
    assert said() == ["slower"]
    note.keep(" ")
    assert said() == []
    note.finish("slowest")
    note.keep("too late")
    assert said() == ["slowest"]
    record = store.attempt(made.id)
    assert record
    again = OpenNote(annotations, made.id, place, record.notes[0])
    again.keep("quick")
    assert said() == ["quick"]
    again.finish(None)
    assert said() == ["slowest"]
    again.finish("")
    assert said() == []
    again.finish("once more")
    assert said() == ["once more"]


def test_a_text_of_which_it_is_not_known_whether_it_was_stored_is_stored_again() -> None:
    found: list[str] = []

    def store(text: str) -> None:
        found.append(text)
        if text == "too much":
            raise UsageError("This is too much.", "Say less.")

    OpenText(store, "before").finish("before")
    assert found == []
    text = OpenText(store, "before")
    for refuses in (text.keep, text.finish):
        with pytest.raises(UsageError):
            refuses("too much")
    text.finish(None)
    assert found == ["too much", "too much", "before"]
