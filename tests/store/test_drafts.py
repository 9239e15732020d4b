from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace

import pytest

from tests.store.child import Child
from tests.store.samples import RECORDING, SPOKEN, draft
from trainer.errors import StoreError
from trainer.paths import Home
from trainer.store.database import Store


def test_a_draft_is_inserted_then_replaced(store: Store) -> None:
    first = draft(probe_of="a", criterion_id="result")
    store.save_draft(first)
    later = replace(first, text="I was sure", counted_s=20.0, updated_at="2024-01-02", take=2)
    store.save_draft(replace(later, set_aside=True, owner="whoever"))
    assert store.drafts() == (replace(later, set_aside=True, owner=store.owner),)
    store.discard_draft("d")
    store.discard_draft("d")
    assert store.drafts() == ()


def test_a_spoken_draft_comes_back_and_grows(store: Store) -> None:
    spoken = draft(recording=RECORDING)
    store.save_draft(spoken)
    store.save_draft(replace(spoken, heard=SPOKEN, text=SPOKEN.text))
    (kept,) = store.drafts()
    assert (kept.recording, kept.heard, kept.text) == (RECORDING, SPOKEN, SPOKEN.text)


def test_damaged_heard_words_hide_no_draft(store: Store) -> None:
    store.save_draft(draft(recording=RECORDING, heard=SPOKEN))
    store._database.connection.execute("UPDATE drafts SET heard = '{'")
    assert store.drafts() == (draft(recording=RECORDING, owner=store.owner),)


def test_the_draft_written_last_comes_first(store: Store) -> None:
    for number in (1, 3, 2):
        store.save_draft(draft(f"d{number}", updated_at=f"2024-01-0{number}"))
    assert [d.id for d in store.drafts()] == ["d3", "d2", "d1"]


def test_drafts_of_a_running_program_are_left_alone(home: Home, store: Store) -> None:
    store.save_draft(draft())
    with Store.open(home) as other:
        assert (other.drafts(), other.orphaned_drafts()) == ((), ())
        with pytest.raises(StoreError, match="another window"):
            other.adopt_draft("d")
    assert store.orphaned_drafts() == ()
    assert len(store.drafts()) == 1


def test_drafts_of_a_closed_program_can_be_taken_up(home: Home, store: Store) -> None:
    with Store.open(home) as ended:
        ended.save_draft(draft(set_aside=True))
    (left,) = store.orphaned_drafts()
    assert left == draft(set_aside=True, owner=ended.owner)
    taken = store.adopt_draft("d")
    assert taken == replace(left, owner=store.owner)
    assert store.adopt_draft("d") == taken
    assert (store.drafts(), store.orphaned_drafts()) == ((taken,), ())
    with pytest.raises(StoreError, match="no longer there"):
        store.adopt_draft("gone")


def test_a_lock_that_is_gone_is_a_program_that_is_gone(home: Home, store: Store) -> None:
    with Store.open(home) as ended:
        ended.save_draft(draft())
    (home.locks / f"{ended.owner}.lock").unlink()
    assert [d.id for d in store.orphaned_drafts()] == ["d"]


def test_locks_that_nobody_holds_are_cleaned_up(home: Home, store: Store) -> None:
    store.save_draft(draft())
    (home.locks / "dead.lock").touch()
    store.orphaned_drafts()
    assert [lock.name for lock in home.locks.glob("*.lock")] == [f"{store.owner}.lock"]


def test_a_store_that_writes_no_draft_holds_no_lock(home: Home, store: Store) -> None:
    store.orphaned_drafts()
    assert list(home.locks.glob("*.lock")) == []


def test_drafts_of_a_killed_program_can_be_taken_up(home: Home, store: Store) -> None:
    with Child(home, "draft", "killed") as child:
        assert child.line() == "ready"
        assert store.orphaned_drafts() == ()
        child.process.kill()
        child.process.wait()
        assert [d.id for d in store.orphaned_drafts()] == ["killed"]


def test_of_two_programs_one_gets_the_draft(home: Home) -> None:
    with Store.open(home) as ended:
        ended.save_draft(draft("d", text="mine"))
    with ExitStack() as stack:
        children = [stack.enter_context(Child(home, "adopt", "d")) for _ in range(2)]
        assert [child.line() for child in children] == ["ready", "ready"]
        for child in children:
            child.go()
        outcomes = sorted(child.line() for child in children)
    assert outcomes[0] == "mine"
    assert outcomes[1].startswith("refused: This unfinished answer is open in another window")


def test_a_draft_without_words_goes_with_its_program(home: Home, store: Store) -> None:
    with Store.open(home) as ended:
        ended.save_draft(draft(text=" \n"))
        assert (len(ended.drafts()), store.orphaned_drafts()) == (1, ())
    assert store.orphaned_drafts() == ()
    with pytest.raises(StoreError, match="no longer there"):
        store.adopt_draft("d")
