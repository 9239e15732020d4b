"""Progress over made-up rows: sums, order, trends, self-rating and what recurs."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.analysis.ranges import Figure
from trainer.analysis.types import Score
from trainer.bank.types import Mark
from trainer.review.progress import Progress, find_progress
from trainer.review.recurring import tell_recurring
from trainer.review.rows import Row
from trainer.review.telling_progress import tell_figure, tell_score, tell_self, tell_trend
from trainer.review.trends import FEWEST, MOST, find_trend

MISSED, PARTLY, MET = Mark
START = datetime(2024, 1, 1, 10, tzinfo=UTC)  # a Monday


def row(number: int, mark: Mark = MET, *, days: float | None = None, **options: Any) -> Row:
    made: dict[str, Any] = {
        "attempt_id": f"{number:04}",
        "started_at": (START + timedelta(days=number if days is None else days)).isoformat(),
        "bank_id": "low-score",
        "question_id": "q",
        "rubric_id": "ownership",
        "rubric_title": "Owning a weak point",
        "scorer": "1",
        "score": Score(50.0, 42, 58, "partly there"),
        "marks": {"change": mark},
        "titles": {"change": "You changed", "blame": "Blame"},
        "says": {"blame": "putting it on others."},
        "time_s": 30.0,
    }
    return Row(**(made | options))


def progress(*rows: Row, **options: Any) -> Progress:
    return find_progress(rows, zone=UTC, **options)


@st.composite
def rows(draw: st.DrawFn) -> list[Row]:
    made = []
    for number in range(draw(st.integers(0, 14))):
        names = draw(st.sets(st.sampled_from(["change", "own", "proof"])))
        marks = {name: draw(st.sampled_from(Mark)) for name in sorted(names)}
        made.append(
            row(
                number,
                days=draw(st.integers(0, 40)),
                marks=marks,
                unsure=frozenset(draw(st.sets(st.sampled_from(sorted(marks))))) if marks else (),
                flags={"blame": draw(st.booleans())} if marks else {},
                self_marks={n: draw(st.sampled_from(Mark)) for n in draw(st.just(marks))},
                rubric_id=draw(st.sampled_from(["ownership", "star", None])),
                bank_id=draw(st.sampled_from(["a", "b"])),
                is_follow_up=draw(st.booleans()),
            )
        )
    return made


@given(rows(), st.randoms(use_true_random=False))
@settings(max_examples=30)
def test_the_order_of_the_rows_does_not_matter(some: list[Row], random: Random) -> None:
    mixed = list(some)
    random.shuffle(mixed)
    assert progress(*mixed) == progress(*some)


@given(rows())
@settings(max_examples=30)
def test_counts_add_up(some: list[Row]) -> None:
    found = progress(*some)
    assert found.answers == len(some)
    assert sum(week.answers for week in found.spent) == len(some)
    assert sum(week.seconds for week in found.spent) == pytest.approx(30.0 * len(some))
    whole = [r for r in some if not r.is_follow_up and r.rubric_id and r.marks]
    assert sum(rubric.answers for rubric in found.rubrics) == len(whole)
    for rubric in found.rubrics:
        for criterion in rubric.criteria:
            assert len(criterion.weeks) == len(found.weeks)
            cells = [cell for cell in criterion.weeks if cell]
            assert sum(cell.n for cell in cells) == len(criterion.marks) == criterion.total.n
            assert sum(cell.met for cell in cells) == criterion.total.met
            assert all(0 <= cell.share <= 1 for cell in cells)
    for own in found.self_rating:
        assert own.higher + own.lower + own.equal == own.n
        assert abs(own.over) <= own.distance <= 2


@given(rows())
@settings(max_examples=20)
def test_filters_choose_what_they_name(some: list[Row]) -> None:
    halves = [progress(*some, bank_id=bank).answers for bank in ("a", "b")]
    assert sum(halves) == len(some)
    star = progress(*some, rubric_id="star")
    assert {rubric.id for rubric in star.rubrics} <= {"star"}
    day = date(2024, 1, 20)
    late = [r for r in some if datetime.fromisoformat(r.started_at).date() >= day]
    assert progress(*some, since=day).answers == len(late)


def test_weeks_begin_on_monday_and_have_no_gaps() -> None:
    found = progress(row(0), row(1, days=6.5), row(2, days=21))
    assert [week.isoformat() for week in found.weeks] == [
        "2024-01-01",
        "2024-01-08",
        "2024-01-15",
        "2024-01-22",
    ]
    assert [cell.n if cell else None for cell in found.rubrics[0].criteria[0].weeks] == [
        2,
        None,
        None,
        1,
    ]


def test_a_wrong_clock_does_not_make_a_million_weeks() -> None:
    far = row(1, started_at="9000-01-01T00:00:00+00:00")
    assert len(progress(row(0), far).weeks) == 2


@pytest.mark.parametrize(
    ("values", "direction"),
    [
        (range(FEWEST), "rises"),
        (range(FEWEST, 0, -1), "falls"),
        (range(FEWEST - 1), "too few"),
        ([5.0] * 20, "unclear"),
        ([1, 9, 2, 8, 3, 7, 4, 6, 5, 5], "unclear"),
        ([], "too few"),
    ],
)
def test_a_trend_is_told_where_there_is_one(values: Any, direction: str) -> None:
    assert find_trend([float(v) for v in values]).direction == direction


def test_chance_hardly_ever_looks_like_a_trend() -> None:
    random = Random(5)
    for kinds in ((0, 1, 2), range(100)):  # marks and scores
        told = [
            find_trend([float(random.choice(kinds)) for _ in range(20)]).direction
            for _ in range(1000)
        ]
        assert sum(direction in ("rises", "falls") for direction in told) <= 20


def test_only_the_newest_figures_make_a_trend() -> None:
    values = [*map(float, range(100)), *[50.0] * MOST]
    assert find_trend(values).direction == "unclear"


def test_marks_that_are_not_sure_make_no_trend() -> None:
    some = [row(k, MET if k >= 6 else MISSED) for k in range(FEWEST + 2)]
    assert progress(*some).rubrics[0].criteria[0].trend.direction == "rises"
    unsure = [row(k, r.marks["change"], unsure=frozenset({"change"})) for k, r in enumerate(some)]
    trend = progress(*unsure).rubrics[0].criteria[0].trend
    assert (trend.direction, tell_trend(trend)) == ("too few", "too few answers to tell")


def test_follow_ups_count_as_time_only() -> None:
    found = progress(row(0), row(1, MISSED, is_follow_up=True))
    assert (found.answers, found.rubrics[0].answers) == (2, 1)


def recurring_of(*marks: Mark, **options: Any) -> list[tuple[str, int, int]]:
    found = progress(*(row(k, mark, **options) for k, mark in enumerate(marks))).recurring
    return [(r.id, r.times, r.of) for r in found]


def test_a_point_missed_in_most_answers_recurs() -> None:
    assert recurring_of(MISSED, MISSED, MISSED) == [("change", 3, 3)]
    assert recurring_of(MISSED, MET, MISSED, MISSED) == [("change", 3, 4)]
    assert recurring_of(MISSED, MISSED, MET, MET, MISSED, MISSED) == [("change", 4, 6)]


def test_what_is_rare_few_over_or_not_sure_does_not_recur() -> None:
    assert recurring_of(MISSED, MISSED) == []
    assert recurring_of(MISSED, MET, MISSED) == []  # twice is chance
    assert recurring_of(MISSED, MET, MET, MISSED) == []  # half is not most
    assert recurring_of(MISSED, MISSED, MISSED, MISSED, MET, MET) == []  # met twice in a row since
    assert recurring_of(*[MISSED] * 10, MET, PARTLY, PARTLY, MET, MISSED, MISSED) == []  # long ago
    assert recurring_of(MISSED, MISSED, MISSED, unsure=frozenset({"change"})) == []


def flagged(*raised: bool) -> Progress:
    return progress(
        *(row(k, flags={"blame": on}) for k, on in enumerate(raised)),
        quotes_of=lambda attempt_id: {"blame": (f"unfair {int(attempt_id)}\x1b[2J",)},
    )


def test_a_flag_that_comes_back_recurs_with_its_quotes() -> None:
    (found,) = flagged(True, True, False, True).recurring
    assert tell_recurring(found) == (
        "In 3 of your last 4 answers on “Owning a weak point” something could sound like "
        "putting it on others; you said “unfair 3␛[2J” and “unfair 1␛[2J”."
    )
    assert not flagged(True, True).recurring
    assert not flagged(True, True, True, False, False).recurring
    assert flagged(True, True, True, False).recurring


@pytest.mark.parametrize(
    ("said", "quoted"),
    [("I tried", "I tried"), ("so " * 29 + "I trusted, then more", "so " * 29 + "I …")],
)
def test_a_missed_point_quotes_what_came_nearest(said: str, quoted: str) -> None:
    marks = (MISSED, PARTLY, MISSED, MISSED)
    open_ones = [row(k, MET, unsure=frozenset({"change"})) for k in (4, 5)]
    rows = [row(k, m) for k, m in enumerate(marks)]

    def told(*more: Row) -> str:
        found = progress(
            *rows,
            *more,
            quotes_of=lambda attempt_id: {"change": (said,)} if attempt_id == "0001" else {},
        )
        return tell_recurring(found.recurring[0])

    heard = f"I did not hear this point: You changed; the nearest words were “{quoted}”."
    assert told() == f"In 3 of your last 4 answers on “Owning a weak point” {heard}"
    assert told(*open_ones[:1]).startswith(
        "In 3 of your last 5 answers on “Owning a weak point” (1 is"
    )
    assert told(*open_ones) == (
        f"In 3 of your last 6 answers on “Owning a weak point” (2 are not sure) {heard}"
    )


def test_self_marks_beside_the_machines() -> None:
    some = [row(k, MISSED, self_marks={"change": MET}) for k in range(2)]
    some += [row(2, MET, self_marks={"change": PARTLY}), row(3, MET, self_marks={"change": MET})]
    some.append(row(4, MISSED, self_marks={"change": MET}, unsure=frozenset({"change"})))
    some.append(row(5, MET, self_marks={"change": MET}, settled=frozenset({"change"})))
    (own,) = progress(*some).self_rating
    assert (own.n, own.higher, own.lower, own.equal) == (4, 2, 1, 1)
    assert (own.distance, own.over) == (1.25, 0.75)
    assert tell_self(own) == (
        "same 1, yours higher 2, lower 1 (4 cases), 1.2 of a mark apart: "
        "on average yours 0.8 higher"
    )


def test_words_say_where_answers_are_too_few() -> None:
    found = progress(row(0, figures={"pace": Figure(140, 128, 152)}))
    assert list(tell_score(found.rubrics[0])) == [
        "Newest score: partly there, 42-58. Too few answers to tell a trend (1 of 10)."
    ]
    assert tell_figure(found.figures[0]) == (
        "Pace: newest 128 to 152 words a minute. Too few answers to tell a trend (1 of 10)."
    )


def test_two_versions_of_the_rater_are_named() -> None:
    found = progress(row(0), row(1, scorer="2"))
    assert any("2 versions of the rater" in line for line in tell_score(found.rubrics[0]))


def test_nothing_is_no_error() -> None:
    found = progress()
    assert (found.answers, found.weeks, found.rubrics, found.recurring) == (0, (), (), ())


def test_the_work_ends_where_its_pulse_says_so() -> None:
    def stop() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        progress(row(1), pulse=stop)


def test_marks_are_a_sequence_that_is_made_as_it_is_looked_at() -> None:
    (rubric,) = progress(*(row(number, MET if number else MISSED) for number in range(4))).rubrics
    marks = rubric.criteria[0].marks
    assert [point.mark for point in marks] == [MISSED, MET, MET, MET]
    assert [point.attempt_id for point in marks[-2:]] == ["0002", "0003"]
    assert marks == tuple(marks) != marks[1:]


def test_a_time_that_damage_has_made_unreadable_is_passed_over() -> None:
    times = ("garb\ufffdge", "", "0001-01-01T00:00:00+14:00", "2024-01-02")
    found = progress(row(1), *(row(9, started_at=time) for time in times))
    assert found.answers == 2
