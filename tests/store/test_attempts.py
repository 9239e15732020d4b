from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.store.samples import (
    HEARD,
    RATING,
    RECORDING,
    SPOKEN,
    attempt,
    count_found,
    draft,
    list_anew,
    rating,
    save,
    transcript,
)
from trainer.analysis.types import Delivery
from trainer.errors import StoreError
from trainer.paths import Home
from trainer.store.database import Store
from trainer.transcript.types import Transcript


def texts(store: Store, attempt_id: str) -> list[str]:
    record = store.attempt(attempt_id)
    assert record
    return [stored.transcript.text for stored in record.transcripts]


def test_what_is_saved_comes_back(store: Store) -> None:
    made = attempt("a", rubric_id=None, probe_of="parent", criterion_id="result", take=3)
    words = transcript(made, HEARD, corrects="before")
    rated = rating(words, 71.25)
    store.save_attempt(made, words, rated)
    record = store.attempt("a")
    assert record
    assert (record.attempt, record.transcripts, record.ratings) == (made, (words,), (rated,))
    assert record.follow_up_ids == ()


def test_a_spoken_answer_comes_back(store: Store) -> None:
    made = attempt("a", recording=RECORDING)
    words = transcript(made, SPOKEN)
    store.save_attempt(made, words, None)
    record = store.attempt("a")
    assert record
    assert (record.attempt, record.transcripts) == (made, (words,))
    assert store.library()[0].attempt == made


@pytest.mark.parametrize("name", ["../trainer.sqlite3", "x.wav", ""])
def test_a_name_that_leads_elsewhere_is_neither_stored_nor_read(store: Store, name: str) -> None:
    with pytest.raises(ValueError, match="recording"):
        save(store, recording=name)
    with pytest.raises(ValueError, match="recording"):
        store.save_draft(draft(recording=name))
    made = save(store, recording=RECORDING)
    store.save_draft(draft(recording=RECORDING))
    for table in ("attempts", "drafts"):
        store._database.connection.execute(f"UPDATE {table} SET recording = ?", (name,))
    record = store.attempt(made.id)
    assert record
    assert record.attempt.recording is None
    assert [d.recording for d in store.drafts()] == [None]


def test_no_such_attempt(store: Store) -> None:
    assert store.attempt("\ud800 none") is None
    assert store.delete_for_good("none") == 0


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\0a\0",
        "\x1b[31mred\x1b[0m",
        "\u202eright to left שלום",
        "[bold]x[/]",
        "x" * 1_000_000,
        "a\r\nb\tc \u2028 d",
        "'; DROP TABLE attempts; --",
        "\N{GRINNING FACE} e\u0301",
    ],
    ids=lambda text: ascii(text[:10]),
)
def test_text_is_kept_verbatim(store: Store, text: str) -> None:
    made = save(store, text, prompt=f"Why {text[:50]}?")
    assert texts(store, made.id) == [text]
    (summary,) = store.library()
    assert summary.attempt.prompt == f"Why {text[:50]}?"
    store.save_draft(draft(text=text))
    assert [d.text for d in store.drafts()] == [text]


def test_lone_surrogates_are_replaced(store: Store) -> None:
    made = save(store, "one \ud800 two")
    assert texts(store, made.id) == ["one \ufffd two"]


def test_versions_are_added_and_none_is_changed(store: Store) -> None:
    made = save(store, "we lost", attempt_id="a")
    corrected = transcript(made, Transcript.typed("we won", "corrected"), corrects="t1")
    store.add_version(corrected)
    store.add_version(None, rating(corrected, 90, rating=replace(RATING, rater="self")))
    record = store.attempt("a")
    assert record
    assert texts(store, "a") == ["we lost", "we won"]
    assert record.transcripts[1] == corrected
    assert [(r.score, r.rating.rater) for r in record.ratings] == [(62.5, "machine"), (90, "self")]
    with pytest.raises(StoreError, match="already"):
        store.add_version(corrected)


def test_an_attempt_is_stored_once_and_whole(store: Store) -> None:
    made = save(store, "first", attempt_id="a")
    store.save_draft(draft("d"))
    words = transcript(made, "second")
    with pytest.raises(StoreError, match="already"):
        store.save_attempt(made, words, rating(words), closes=["d"])
    other = attempt("b")
    with pytest.raises(StoreError, match="no longer"):
        store.save_attempt(other, transcript(other, "x"), rating(replace(words, id="gone")), ["d"])
    assert texts(store, "a") == ["first"]
    assert store.attempt("b") is None
    assert [d.id for d in store.drafts()] == ["d"]
    assert count_found(store, "second") == count_found(store, "x") == 0


def test_nothing_is_added_to_what_was_deleted(store: Store) -> None:
    made = save(store)
    words = transcript(made, "late")
    store.delete_for_good(made.id)
    with pytest.raises(StoreError, match="no longer"):
        store.add_version(words)
    with pytest.raises(StoreError, match="no longer"):
        store.add_version(None, rating(words))


def test_takes_that_a_redo_set_aside_are_kept_as_superseded(home: Home) -> None:
    def measure(words: Transcript, answer_s: float | None, lower: int, upper: int) -> Delivery:
        return Delivery(len(words.words), answer_s, None, lower, upper, 7, 8)

    with Store.open(home, measure) as store:
        for take in (1, 2):
            store.save_draft(
                draft(f"d{take}", take=take, text=f"take {take}", set_aside=True, prompt="How?")
            )
        store.save_draft(draft("d3", take=3, text="take 3"))
        made = attempt("a", take=3, started_at="2024-02-01")
        closes = ["d3", "d1", "d2", "d1", "gone"]
        store.save_attempt(made, transcript(made, "take 3"), None, closes=closes)
        assert store.drafts() == ()
        assert texts(store, "d1") == ["take 1"]
        record = store.attempt("d2")
        listed = [(s.attempt.id, s.attempt.superseded, s.score) for s in store.library()]
    assert listed == [("a", False, None), ("d2", True, None), ("d1", True, None)]
    assert record
    taken = replace(made, id="d2", prompt="How?", started_at=draft().started_at, take=2)
    assert record.attempt == replace(taken, superseded=True)
    assert record.transcripts[0].delivery == Delivery(2, 12.5, None, 60, 120, 7, 8)


def test_deleting_takes_the_follow_ups_along(store: Store) -> None:
    save(store, attempt_id="other")
    save(store, attempt_id="a")
    save(store, attempt_id="b", probe_of="a")
    save(store, attempt_id="c", probe_of="b")
    record = store.attempt("a")
    assert record
    assert record.follow_up_ids == ("b",)
    assert store.delete_for_good("a") == 3
    assert [s.attempt.id for s in store.library()] == ["other"]


def test_a_follow_up_outlives_a_parent_that_is_gone(store: Store) -> None:
    made = save(store, probe_of="deleted in another window")
    assert store.attempt(made.id)


def test_deleted_text_is_gone_from_every_file(home: Home, store: Store) -> None:
    secret = "zyxsecret"
    for number in range(30):
        save(store, f"common {secret}{number} " * 40, attempt_id=f"a{number}", prompt=f"p{secret}")
        save(store, f"harmless {number} " * 40)
    store.save_draft(draft(text=secret * 2000))
    store.save_draft(draft(text=secret))
    assert any(secret.encode() in path.read_bytes() for path in files(home))
    for number in range(30):
        store.delete_for_good(f"a{number}")
    store.discard_draft("d")
    assert [path for path in files(home) if secret.encode() in path.read_bytes()] == []
    index = store._database.connection
    index.execute("CREATE VIRTUAL TABLE temp.terms USING fts5vocab (main, answers, 'row')")
    terms = {row["term"] for row in index.execute("SELECT term FROM temp.terms")}
    assert "harmless" in terms
    assert not any("zyx" in term for term in terms)
    assert count_found(store, "harmless") == 30


def files(home: Home) -> list[Path]:
    return [path for path in home.root.rglob("*") if path.is_file()]


def test_ratings_share_their_rubric_until_the_last_goes(store: Store) -> None:
    first, second = save(store), save(store)
    rubrics = "SELECT count(*) FROM rubrics"
    assert store._database.connection.execute(rubrics).fetchone()[0] == 1
    store.delete_for_good(first.id)
    record = store.attempt(second.id)
    assert record
    assert record.ratings[0].rubric_json == '{"id": "x"}'
    store.delete_for_good(second.id)
    assert store._database.connection.execute(rubrics).fetchone()[0] == 0


def test_a_rubric_that_damage_has_changed_is_written_anew_with_the_next_rating(
    store: Store,
) -> None:
    first = save(store)
    with store._database.connection as db:
        db.execute("UPDATE rubrics SET json = 'xx'")
    for made in (save(store), first):
        record = store.attempt(made.id)
        assert record
        assert record.ratings[0].rubric_json == '{"id": "x"}'


@pytest.mark.parametrize("damage", ["{", "", '{"schema": 9}', "[]"])
def test_damaged_values_hide_no_text(store: Store, damage: str) -> None:
    made = attempt("a")
    words = transcript(made, HEARD)
    store.save_attempt(made, words, rating(words))
    store.add_version(None, rating(words, 50))
    change = store._database.connection.execute
    change("UPDATE transcripts SET words = ?, delivery = ?", (damage, damage))
    change("UPDATE ratings SET rating = ? WHERE score = 50", (damage,))
    record = store.attempt("a")
    assert record
    (stored,) = record.transcripts
    assert (stored.transcript.text, stored.delivery.words) == (HEARD.text, 3)
    assert stored.transcript.words == Transcript.typed(HEARD.text).words
    assert [r.score for r in record.ratings] == [62.5]
    list_anew(store)
    (summary,) = store.library()
    assert (summary.words, summary.answer_s, summary.score) == (3, None, 50)


def test_a_damaged_character_is_shown_as_such(store: Store) -> None:
    made = save(store, "abc")
    store._database.connection.execute("UPDATE transcripts SET text = CAST(x'61ff63' AS TEXT)")
    assert texts(store, made.id) == ["a\ufffdc"]
