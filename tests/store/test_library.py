"""What the library lists, whatever the history and the question."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.store.samples import HEARD, RATING, RECORDING, attempt, rating, save, transcript
from trainer.analysis.types import Delivery, Remark
from trainer.bank.types import Mark
from trainer.paths import Home
from trainer.store.database import Store
from trainer.store.excerpts import MOST_HITS, pattern
from trainer.store.types import AttemptRecord, LibraryQuery, LibraryRow

NAMES = st.sampled_from(["a", "b", "c"])
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2024, 1, 4)).map(
    lambda at: at.replace(tzinfo=UTC).isoformat(timespec="milliseconds")
)
TEXTS = st.lists(st.sampled_from(["one", "two", "three", "sons"]), min_size=1).map(" ".join)
SCORES = st.integers(0, 4).map(lambda quarter: 25.0 * quarter)
RATINGS = st.builds(
    lambda rater, marks, flags, remark, score: (
        replace(RATING, rater=rater, marks=marks, flags=flags, remark=remark, spans=()),
        score,
    ),
    st.sampled_from(["machine", "machine", "self", "peer"]),
    st.dictionaries(NAMES, st.sampled_from(Mark)),
    st.dictionaries(NAMES, st.booleans()),
    st.sampled_from([None, None, Remark.OFF_QUESTION]),
    SCORES,
)
ANSWERS = st.lists(
    st.fixed_dictionaries(
        {
            "bank_id": NAMES,
            "question_id": NAMES,
            "rubric_id": st.none() | NAMES,
            "session_id": NAMES,
            "started_at": MOMENTS,
            "starred": st.booleans(),
            "tags": st.lists(NAMES, unique=True).map(lambda tags: tuple(sorted(tags))),
            "recording": st.none() | st.just(RECORDING),
            "superseded": st.booleans(),
            "texts": st.lists(TEXTS, min_size=1, max_size=2),
            "answer_s": st.none() | st.integers(1, 3).map(float),
            "measurable": st.booleans(),
            "ratings": st.lists(RATINGS, max_size=3),
        }
    ),
    max_size=8,
)
DAYS = st.none() | st.sampled_from(["2024-01-01", "2024-01-02", "2024-01-03", "2024-01-04"])
QUERIES = st.builds(
    LibraryQuery,
    search=st.sampled_from(["", "", "one", "tw", "three sons"]),
    bank_id=st.none() | NAMES,
    question_id=st.none() | NAMES,
    rubric_id=st.none() | NAMES,
    criterion=st.none() | st.tuples(NAMES, st.sampled_from(Mark)),
    flag=st.none() | NAMES,
    tag=st.none() | NAMES,
    starred=st.none() | st.booleans(),
    score=st.none() | st.tuples(SCORES, SCORES),
    since=DAYS,
    until=DAYS,
    session_id=st.none() | NAMES,
    rater=st.sampled_from([None, "machine", "self", "peer"]),
    spoken=st.none() | st.booleans(),
    sort=st.sampled_from(["date", "score", "length", "question"]),
    descending=st.booleans(),
)
SPARSE = st.fixed_dictionaries(
    {}, optional={"sort": st.sampled_from(["date", "score", "length", "question"])}
)
REUSED = settings(
    deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(params=["UTC", "America/New_York", "Asia/Kolkata"])
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def put(store: Store, answer: dict[str, Any]) -> AttemptRecord:
    fields = dict(answer)
    texts, ratings = fields.pop("texts"), fields.pop("ratings")
    answer_s, measurable = fields.pop("answer_s"), fields.pop("measurable")
    made = attempt(**fields)
    first, *later = (
        transcript(
            made,
            text,
            delivery=Delivery(
                len(text.split()),
                answer_s,
                None,
                60,
                120,
                0,
                0,
                unmeasurable=() if measurable else ("words",),
            ),
        )
        for text in texts
    )
    store.save_attempt(made, first, None)
    for words in later:
        store.add_version(words)
    for given_rating, score in ratings:
        store.add_version(None, rating(first, score, rating=given_rating))
    record = store.attempt(made.id)
    assert record
    assert record.attempt == made
    return record


def empty(store: Store) -> None:
    for line in store.library(limit=-1):
        store.delete_attempt(line.attempt.id)


def machines(record: AttemptRecord) -> Any:
    return next((r for r in reversed(record.ratings) if r.rating.rater == "machine"), None)


def shown_score(record: AttemptRecord) -> float | None:
    newest = machines(record)
    if newest is None or newest.rating.remark or record.transcripts[-1].delivery.unmeasurable:
        return None
    return float(newest.score)


def begins(day: str, days: int = 0) -> datetime:
    return (datetime.fromisoformat(day) + timedelta(days=days)).astimezone()


def fits(record: AttemptRecord, asked: LibraryQuery) -> bool:
    """Say it as plainly as can be."""
    of, newest = record.attempt, machines(record)
    score, at = shown_score(record), datetime.fromisoformat(of.started_at)
    said = f"{of.prompt} {record.transcripts[-1].transcript.text}".split()
    *whole, last = asked.search.split() or [""]
    return all(
        (
            all(word in said for word in whole),
            any(word.startswith(last) for word in said),
            asked.bank_id in (None, of.bank_id),
            asked.question_id in (None, of.question_id),
            asked.rubric_id is None or asked.rubric_id == of.rubric_id,
            asked.session_id in (None, of.session_id),
            asked.criterion is None
            or (newest and newest.rating.marks.get(asked.criterion[0]) == asked.criterion[1]),
            asked.flag is None or (newest and newest.rating.flags.get(asked.flag)),
            asked.tag is None or asked.tag in of.tags,
            asked.starred in (None, of.starred),
            asked.spoken in (None, of.recording is not None),
            asked.score is None
            or (score is not None and asked.score[0] <= score <= asked.score[1]),
            asked.since is None or at >= begins(asked.since),
            asked.until is None or at < begins(asked.until, days=1),
            asked.rater is None or any(r.rating.rater == asked.rater for r in record.ratings),
        )
    )


def in_order(records: list[AttemptRecord], asked: LibraryQuery) -> list[str]:
    """Sort by date and number, then by what is asked; what has none of it last."""
    way = asked.descending
    records = sorted(
        records, key=lambda r: (r.attempt.started_at, order[r.attempt.id]), reverse=way
    )
    if asked.sort == "question":
        records.sort(key=lambda r: r.attempt.question_id, reverse=way)
    elif asked.sort != "date":

        def key(record: AttemptRecord) -> float | None:
            if asked.sort == "score":
                return shown_score(record)
            return record.transcripts[-1].delivery.answer_s

        records.sort(key=lambda r: key(r) or 0, reverse=way)
        records.sort(key=lambda r: key(r) is None)
    return [record.attempt.id for record in records]


order: dict[str, int] = {}


@REUSED
@given(ANSWERS, st.lists(QUERIES, min_size=1, max_size=6), SPARSE)
def test_the_library_lists_what_a_plain_filter_finds(
    store: Store, answers: list[dict[str, Any]], queries: list[LibraryQuery], sparse: dict[str, Any]
) -> None:
    empty(store)
    records = [put(store, answer) for answer in answers]
    order.update({record.attempt.id: number for number, record in enumerate(records)})
    single = [
        LibraryQuery(**sparse, **{field: getattr(asked, field)})
        for asked in queries
        for field in LibraryQuery.__slots__
        if field != "sort"
    ]
    for asked in (*queries, *single):
        found = store.library(asked)
        expected = in_order([record for record in records if fits(record, asked)], asked)
        assert [line.attempt.id for line in found] == expected
        assert store.count_library(asked) == len(expected)
        before = [store.position(asked, record.attempt.id) for record in records]
        assert before == [
            expected.index(r.attempt.id) if r.attempt.id in expected else None for r in records
        ]
    by_id = {record.attempt.id: record for record in records}
    for line in store.library():
        record = by_id[line.attempt.id]
        newest = machines(record)
        assert line.attempt == record.attempt
        assert line.score == (newest.score if newest else None)
        assert line.words == record.transcripts[-1].delivery.words
        assert set(line.raters) == {r.rating.rater for r in record.ratings}


@REUSED
@given(ANSWERS, ANSWERS, st.booleans(), st.integers(1, 4), QUERIES)
def test_paging_meets_every_row_once_in_order_while_rows_are_added(
    store: Store,
    answers: list[dict[str, Any]],
    added: list[dict[str, Any]],
    descending: bool,
    size: int,
    query: LibraryQuery,
) -> None:
    empty(store)
    for answer in answers:
        put(store, answer)
    query = LibraryQuery(sort=query.sort, descending=descending)
    before = [line.attempt.id for line in store.library(query, -1)]
    met: list[LibraryRow] = []
    later = iter(added)
    while page := store.library(query, size, after=met[-1].place if met else None):
        met.extend(page)
        for answer in later:
            put(store, answer)
            break
    ids = [line.attempt.id for line in met]
    assert len(ids) == len(set(ids))
    assert [attempt_id for attempt_id in ids if attempt_id in before] == before
    assert ids == [
        line.attempt.id for line in store.library(query, -1) if line.attempt.id in set(ids)
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="the zone of a process is POSIX's")
@pytest.mark.usefixtures("zone")
def test_days_are_those_of_the_machines_time_zone(store: Store) -> None:
    midnight = datetime(2024, 3, 5).astimezone().astimezone(UTC)
    for name, minutes in (("before", -1), ("first", 0), ("last", 24 * 60 - 1), ("after", 24 * 60)):
        at = (midnight + timedelta(minutes=minutes)).isoformat(timespec="milliseconds")
        save(store, attempt_id=name, started_at=at)
    found = store.library(LibraryQuery(since="2024-03-05", until="2024-03-05"))
    assert [line.attempt.id for line in found] == ["last", "first"]


ODD = ["", " ", "x" * 5000, "\0", "\ud800", "'", '"', "%", "9999-12-31", "0001-01-01", "2024-01"]


@pytest.mark.parametrize(
    "field",
    [
        *("search", "bank_id", "question_id", "rubric_id", "flag", "tag", "session_id", "rater"),
        *("since", "until", "sort"),
    ],
)
def test_nothing_that_is_asked_is_an_error(store: Store, field: str) -> None:
    save(store)
    for odd in ODD:
        asked = LibraryQuery(**{field: odd})  # type: ignore[arg-type]
        assert len(store.library(asked)) == store.count_library(asked) <= 1, ascii(odd)


def test_an_odd_mark_place_or_page_is_no_error(store: Store) -> None:
    save(store)
    assert store.library(LibraryQuery(criterion=("\ud800'", Mark.MET))) == ()
    assert store.library(LibraryQuery(score=(float("nan"), float("inf")))) == ()
    assert store.library(offset=10**9) == store.library(limit=0) == ()
    assert len(store.library(offset=-3)) == 1


def test_a_month_or_a_moment_is_taken_as_it_begins(store: Store) -> None:
    save(store, attempt_id="a", started_at="2024-01-31T10:00:00.000+00:00")
    save(store, attempt_id="b", started_at="2024-02-01T10:00:00.000+00:00")
    (line,) = store.library(LibraryQuery(until="2024-01"))
    assert line.attempt.id == "a"
    (line,) = store.library(LibraryQuery(since="2024-02-01T09"))
    assert line.attempt.id == "b"


def test_every_hit_is_shown_in_context_and_marked(store: Store) -> None:
    apart = "and " * 60
    save(store, f"the potassium fell {apart} more  potassium,\n then {apart} potassiums {apart}")
    (line,) = store.library(LibraryQuery(search="potass"))
    assert len(line.hits) == 3
    assert [hit.text[hit.start : hit.end] for hit in line.hits] == ["potass"] * 3
    assert "and more potassium, then and" in line.hits[1].text
    assert line.excerpt == line.hits[0].text
    assert store.library()[0].hits == ()


def test_all_that_was_found_around_a_hit_is_marked_with_it(store: Store) -> None:
    save(store, "the night was long, a Shift of nights: shifts, then the night")
    (line,) = store.library(LibraryQuery(search="night shift"))
    (hit,) = line.hits
    assert [hit.text[start:end] for start, end in hit.places] == [
        "night",
        "Shift",
        "shift",
        "night",
    ]


def test_some_hits_of_very_many_are_shown(store: Store) -> None:
    save(store, f"{'hit ' * 9}{'and ' * 60}" * 20)
    (line,) = store.library(LibraryQuery(search="hit"))
    assert len(line.hits) == MOST_HITS
    assert pattern("hit")


def test_an_answer_that_was_heard_is_spoken_without_its_sound(store: Store) -> None:
    heard = attempt("heard")
    store.save_attempt(heard, transcript(heard, replace(HEARD, source="vosk")), None)
    save(store, attempt_id="typed")
    (line,) = store.library(LibraryQuery(spoken=True))
    assert (line.attempt.id, line.spoken) == ("heard", True)


def test_old_rows_come_back_whole_after_a_rescue(home: Home, store: Store) -> None:
    from trainer.store.connection import suspicion

    save(store, attempt_id="a", starred=True, tags=("ICU", "night"))
    before = store.library()
    store.close()
    suspicion(home.database).touch()
    with Store.open(home) as mended:
        assert mended.notice
        assert "2 tags" in mended.notice
        assert mended.library() == before


def ids(store: Store, **asked: Any) -> list[str]:
    return [line.attempt.id for line in store.library(LibraryQuery(**asked))]


def with_scores(store: Store) -> None:
    """Store answers with a score, without one, and with one that is not to be shown."""
    plain = replace(RATING, remark=None)
    for name, score, given_rating, answer_s, unmeasurable in (
        ("high", 90, plain, 30.0, ()),
        ("low", 0, plain, 90.0, ()),
        ("remarked", 50, RATING, None, ()),
        ("guessed", 50, plain, 60.0, ("words",)),
    ):
        made = attempt(name)
        figures = Delivery(1, answer_s, None, 60, 120, 0, 0, unmeasurable=unmeasurable)  # type: ignore[arg-type]
        words = transcript(made, "x", delivery=figures)
        store.save_attempt(made, words, rating(words, score, rating=given_rating))


def test_a_score_that_is_not_shown_lies_nowhere(store: Store) -> None:
    with_scores(store)
    assert ids(store, score=(0, 100)) == ["low", "high"]


def test_what_has_no_score_or_time_stands_last_either_way(store: Store) -> None:
    with_scores(store)
    assert ids(store, sort="score")[:2] == ["high", "low"]
    assert ids(store, sort="score", descending=False)[:2] == ["low", "high"]
    assert ids(store, sort="length") == ["low", "guessed", "high", "remarked"]
    assert ids(store, sort="length", descending=False) == ["high", "guessed", "low", "remarked"]
