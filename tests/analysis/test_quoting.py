"""How much of an answer is quoted where a reader has told the evidence of each word."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from trainer.analysis.clauses import Clause
from trainer.analysis.guards import Standing
from trainer.analysis.quoting import MOST_QUOTE_WORDS, quotable, strongest

evidence = st.lists(st.floats(0, 1), min_size=1, max_size=120)


def standing(start: int, end: int) -> Standing:
    return Standing(Clause(start, end, 0), start, end, "first", True, False, True)


def in_clauses(count: int, size: int = 10) -> list[Standing]:
    return [standing(start, min(start + size, count)) for start in range(0, count, size)]


def test_the_strongest_run_holds_the_most_evidence() -> None:
    assert strongest([0, 0, 1, 1, 0, 1], 3) == (1, 4)
    assert strongest([0.5, 0.5], 3) == (0, 2)


def test_weak_words_at_the_ends_are_let_go_up_to_the_clause() -> None:
    words = [0.0] * 20 + [0.9] * 10 + [0.0] * 20
    assert quotable(words, in_clauses(50)) == (20, 30)


def test_a_clause_is_not_cut_where_it_fits() -> None:
    words = [0.0] * 23 + [0.9] * 5 + [0.0] * 22
    assert quotable(words, in_clauses(50)) == (20, 30)


@given(evidence)
def test_a_quote_lies_in_the_answer_and_is_no_longer_than_a_rater_s(words: list[float]) -> None:
    start, end = quotable(words, in_clauses(len(words)))
    assert 0 <= start < end <= len(words)
    assert end - start <= MOST_QUOTE_WORDS
