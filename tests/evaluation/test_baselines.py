"""What the usual mark and the length of an answer reach, learned from the others."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from tests.agreement.kappas import weighted_kappa
from tests.evaluation.conftest import seen
from trainer.evaluation.baselines import by_length, by_majority

MARKS = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 5)), min_size=1, max_size=40)


def test_the_usual_mark_of_a_criterion_is_learned_from_other_clusters() -> None:
    marks = [seen(2, 0, 0), seen(2, 0, 0), seen(0, 0, 1), seen(0, 0, 2), seen(1, 0, 3)]
    assert [mark.found for mark in by_majority(marks)] == [0, 0, 2, 2, 0]


def test_of_equally_usual_marks_it_is_the_lower() -> None:
    marks = [seen(1, 0, 0), seen(2, 0, 1), seen(1, 0, 2)]
    assert by_majority(marks)[0].found == 1


def test_a_criterion_that_no_other_cluster_has_gets_the_usual_mark_of_all() -> None:
    marks = [seen(0, 0, 0, criterion="rare"), seen(2, 0, 1), seen(2, 0, 2)]
    assert by_majority(marks)[0].found == 2


def test_the_length_is_found_where_it_decides() -> None:
    generator = random.Random(3)
    words = [generator.randrange(300) for _ in range(120)]
    marks = [seen((count >= 100) + (count >= 200), 0, k // 3) for k, count in enumerate(words)]
    found = by_length(marks, dict(enumerate(words)))
    assert weighted_kappa([(mark.given, mark.found) for mark in found]) > 0.9


def test_the_length_is_worth_nothing_where_it_decides_nothing() -> None:
    generator = random.Random(4)
    words = [generator.randrange(300) for _ in range(900)]
    marks = [seen(generator.randrange(3), 0, k // 30) for k in range(900)]
    found = by_length(marks, dict(enumerate(words)))
    assert abs(weighted_kappa([(mark.given, mark.found) for mark in found])) < 0.15


@given(MARKS)
def test_nobody_learns_from_a_cluster_about_itself(drawn: list[tuple[int, int]]) -> None:
    marks = [seen(given_mark, 0, cluster) for given_mark, cluster in drawn]
    other = [seen(0 if mark.cluster == 0 else mark.given, 0, mark.cluster) for mark in marks]
    words = {k: 10 * k for k in range(len(marks))}
    for learned, again in (
        (by_majority(marks), by_majority(other)),
        (by_length(marks, words), by_length(other, words)),
    ):
        own = [(a.found, b.found) for a, b in zip(learned, again, strict=True) if a.cluster == 0]
        assert all(a == b for a, b in own)


@given(MARKS)
def test_the_marks_of_people_stay_as_they_are(drawn: list[tuple[int, int]]) -> None:
    marks = [seen(given_mark, 0, cluster) for given_mark, cluster in drawn]
    for learned in (by_majority(marks), by_length(marks, dict.fromkeys(range(len(marks)), 5))):
        assert [(m.given, m.cluster) for m in learned] == [(m.given, m.cluster) for m in marks]
        assert {m.found for m in learned} <= {0, 1, 2}
