"""Outlines: whatever happens to a history, they tell of it what its whole records tell."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import fakes
from tests.review.sides import LONG, rating, spoken
from tests.review.whole import whole_row
from tests.store import samples
from trainer.analysis.delivery import measure
from trainer.analysis.types import UM, Chances, FillerCount, Remark, Span
from trainer.bank.types import Mark
from trainer.paths import Home
from trainer.recall import decode_rubric, encode_rubric
from trainer.review.progress import Progress, find_progress
from trainer.review.recurring import LOOKED_AT
from trainer.review.rows import Row, quotes_of, rows_of
from trainer.reviewing import Reviewing
from trainer.store import listing
from trainer.store.connection import suspicion
from trainer.store.database import Store
from trainer.store.types import AttemptRecord, FillerReview, LibraryQuery, StoredRating
from trainer.transcript.types import Sound, Transcript

START = datetime(2024, 1, 1, 10, tzinfo=UTC)
WORDS = [
    Transcript.typed(LONG),
    spoken(LONG),
    replace(spoken(LONG, 0.2, 0.3), sound=Sound(((0.0, 9.0),))),
    replace(Transcript.typed(LONG, "builtin"), sound=Sound(None)),
    Transcript.typed("No."),
]
NAMES = ("acknowledge", "change")
MARKS = st.fixed_dictionaries({name: st.sampled_from(Mark) for name in NAMES})
RATINGS = st.builds(
    lambda rater, marks, raised, unsure, remark, scorer: rating(
        marks,
        rater=rater,
        flags={"blame": raised},
        unsure=tuple(sorted(unsure)),
        chances={name: Chances(0.6, 0.3) for name in unsure},
        remark=remark,
        scorer_version=scorer,
    ),
    st.sampled_from(["machine", "machine", "self", "peer"]),
    MARKS,
    st.booleans(),
    st.sets(st.sampled_from(NAMES)),
    st.sampled_from([None, None, None, Remark.OFF_QUESTION]),
    st.sampled_from("12"),
)
RUBRICS = st.sampled_from(["ours", "ours", "ours", "other", "unreadable"])
ANSWERS = st.tuples(
    st.just("answer"),
    st.integers(0, 60),
    st.sampled_from(WORDS),
    st.sampled_from([False, False, True]),
    st.booleans(),
)
EVENTS = st.lists(
    st.one_of(
        ANSWERS,
        st.tuples(st.just("rate"), st.integers(0, 9), RATINGS, RUBRICS),
        st.tuples(st.just("rate"), st.integers(0, 9), RATINGS, RUBRICS),
        st.tuples(st.just("correct"), st.integers(0, 9), st.sampled_from(WORDS), st.booleans()),
        st.tuples(st.just("count"), st.integers(0, 9), st.integers(0, 4), st.booleans()),
        st.tuples(st.just("delete"), st.integers(0, 9), st.booleans(), st.booleans()),
        st.tuples(st.just("merge"), st.integers(0, 9), RATINGS, RUBRICS),
    ),
    max_size=24,
)


def rubric_json(kind: str) -> str:
    own = fakes.rubric()
    if kind == "unreadable":
        return '{"id": "x"}'
    return encode_rubric(own if kind == "ours" else replace(own, title="Another title"))


class Life:
    """A history to which things happen."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.ids: list[str] = []
        for line in store.library(limit=-1):
            store.delete_for_good(line.attempt.id)

    def happen(self, event: tuple[Any, ...]) -> None:
        kind, number, *rest = event
        if kind == "answer":
            self.answer(number, *rest)
        elif self.ids:
            record = self.store.attempt(self.ids[number % len(self.ids)])
            if record:
                getattr(self, kind)(record, *rest)

    def answer(self, days: int, words: Transcript, follows_up: bool, clear: bool = True) -> None:
        made = samples.attempt(
            bank_id="ab"[days % 2],
            rubric_id="ownership" if days % 3 else "other",
            started_at=(START + timedelta(days=days)).isoformat(timespec="milliseconds"),
            probe_of="gone" if follows_up else None,
        )
        self.store.save_attempt(made, self.version(made, words, clear), None)
        self.ids.append(made.id)

    def version(self, of: Any, words: Transcript, clear: bool) -> Any:
        made = samples.transcript(of, words)
        figures = replace(
            measure(words, 60.0, 30, 60),
            fillers=(FillerCount(UM, 1, 3), FillerCount("like", 2, 2)) if clear else None,
            unmeasurable=() if clear else ("words",),
        )
        return replace(made, delivery=figures)

    def rated(self, record: AttemptRecord, given: Any, kind: str) -> StoredRating:
        words = record.transcripts[-1]
        short = len(words.transcript.words) < 3
        given = replace(
            given, spans=() if short else (*given.spans, Span(4, 6, "candidate", "acknowledge"))
        )
        return samples.rating(words, rating=given, rubric_json=rubric_json(kind))

    def rate(self, record: AttemptRecord, given: Any, kind: str) -> None:
        self.store.add_version(None, self.rated(record, given, kind))

    def correct(self, record: AttemptRecord, words: Transcript, clear: bool) -> None:
        self.store.add_version(self.version(record.attempt, words, clear))

    def count(self, record: AttemptRecord, count: int, own: bool) -> None:
        name = f"{record.attempt.id}-{len(record.filler_reviews)}"
        at = record.attempt.started_at
        self.store.add_filler_review(
            FillerReview(name, record.attempt.id, at, "self" if own else "peer", count)
        )

    def delete(self, record: AttemptRecord, undone: bool, _: bool) -> None:
        self.store.delete_attempt(record.attempt.id)
        if undone:
            self.store.undo_delete()

    def merge(self, record: AttemptRecord, given: Any, kind: str) -> None:
        new = self.rated(record, given, kind)
        self.store.merge([replace(record, ratings=(*record.ratings, new))])


def whole(store: Store) -> Iterator[AttemptRecord]:
    for line in store.library(limit=-1):
        if record := store.attempt(line.attempt.id):
            yield record


def plain_progress(store: Store, **asked: Any) -> Progress:
    records = {record.attempt.id: record for record in whole(store)}
    return find_progress(
        [whole_row(record, decode_rubric) for record in records.values()],
        quotes_of=lambda attempt_id: quotes_of(records[attempt_id], decode_rubric),
        **asked,
    )


def narrow_rows(store: Store) -> list[Row]:
    return sorted(rows_of(store.outlines(), decode_rubric), key=lambda row: row.attempt_id)


def wide_rows(store: Store) -> list[Row]:
    rows = (whole_row(record, decode_rubric) for record in whole(store))
    return sorted(rows, key=lambda row: row.attempt_id)


@settings(
    deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(ANSWERS, min_size=1, max_size=6), EVENTS)
def test_outlines_give_the_progress_of_whole_records(
    reviewing: Reviewing, answers: list[tuple[Any, ...]], events: list[tuple[Any, ...]]
) -> None:
    life = Life(reviewing._store)
    for event in (*answers, *events):
        life.happen(event)
    store = life.store
    assert narrow_rows(store) == wide_rows(store)
    day = (START + timedelta(days=30)).date()
    for asked in ({}, {"bank_id": "a"}, {"rubric_id": "ownership"}, {"since": day}):
        assert reviewing.progress(**asked) == plain_progress(store, **asked)  # type: ignore[arg-type]
    kept = narrow_rows(store)
    with store._database.writing() as db:
        listing.make(db)
    assert narrow_rows(store) == kept


@pytest.fixture
def reviewing(home: Home) -> Iterator[Reviewing]:
    with Store.open(home) as opened:
        yield Reviewing(opened, fakes.library)


def lived(store: Store) -> Life:
    life = Life(store)
    for number, day in enumerate((1, 2, 4, 5)):
        life.answer(day, WORDS[number % 2 + 1], False)
        life.happen(("rate", number, rating({"change": Mark.MET}, flags={"blame": True}), "ours"))
        life.happen(("rate", number, rating({"change": Mark.PARTLY}, rater="self"), "ours"))
    life.happen(("count", 1, 3, True))
    return life


def test_a_rescue_makes_outlines_of_what_it_finds(home: Home) -> None:
    with Store.open(home) as store:
        lived(store)
        before = narrow_rows(store)
    suspicion(home.database).touch()
    with Store.open(home) as store:
        assert store.notice
        assert narrow_rows(store) == wide_rows(store) == before


def test_a_history_of_an_older_program_gets_outlines_at_its_start(home: Home) -> None:
    with Store.open(home) as store:
        lived(store)
        before = narrow_rows(store)
    with closing(sqlite3.connect(home.database)) as connection:
        connection.execute("DROP TABLE outlines")
        connection.commit()
    shares: list[float] = []
    with Store.open(home, tell=shares.append) as store:
        assert shares == [1.0]
        assert narrow_rows(store) == before
        assert any(row.figures for row in before)
        assert all(row.self_marks == {"change": Mark.PARTLY} for row in before)
    with Store.open(home, tell=shares.append):
        assert shares == [1.0]


def test_an_outline_holds_no_words(home: Home) -> None:
    with Store.open(home) as store:
        lived(store)
        rows = store._database.connection.execute("SELECT * FROM outlines").fetchall()
        assert "Petra" not in repr([tuple(row) for row in rows])


def test_damage_to_a_rating_or_its_times_is_passed_over_alike(home: Home) -> None:
    with Store.open(home) as store:
        lived(store)
        store.add_version(
            None,
            samples.rating(
                next(whole(store)).transcripts[-1], rating=rating({"change": Mark.MISSED})
            ),
        )
        newest = "(SELECT max(number) FROM {table})"
        with store._database.writing() as db:
            for table, column in (("ratings", "rating"), ("transcripts", "words")):
                where = newest.format(table=table)
                db.execute(f"UPDATE {table} SET {column} = '{{' WHERE number = {where}")
            listing.make(db)
        assert narrow_rows(store) == wide_rows(store)


def test_pages_of_outlines_meet_each_answer_once(home: Home) -> None:
    with Store.open(home) as store:
        lived(store)
        met, after = [], 0
        while page := store.outlines(LibraryQuery(), 3, after):
            after = page[-1].number
            met += [outline.attempt_id for outline in page]
        assert met == [outline.attempt_id for outline in store.outlines()]
        assert len(met) == 4


def test_a_whole_history_is_read_without_its_words(
    reviewing: Reviewing, monkeypatch: pytest.MonkeyPatch
) -> None:
    life = lived(reviewing._store)
    for number, day in enumerate(range(7, 40, 3), 4):
        life.answer(day, WORDS[0], False)
        life.happen(("rate", number, rating({"change": Mark.MET}, flags={"blame": True}), "ours"))
    read: list[str] = []
    whole_of = reviewing._store.attempt

    def attempt(attempt_id: str) -> AttemptRecord | None:
        read.append(attempt_id)
        return whole_of(attempt_id)

    monkeypatch.setattr(reviewing._store, "attempt", attempt)
    found = reviewing.progress()
    assert found.recurring[0].quotes
    assert len(read) == len(set(read)) <= LOOKED_AT
