from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import get_args

import pytest

from tests import fakes
from trainer.bank.types import Mark
from trainer.narrowing import (
    SORTS,
    Choice,
    Narrowing,
    cleared,
    in_words,
    is_narrowed,
    narrowings,
    order_in_words,
    reordered,
)
from trainer.store.contents import Contents, Shared
from trainer.store.types import LibraryQuery, Sort

TODAY = date(2026, 3, 2)
CONTENTS = Contents(
    banks=(
        Shared("gone", "A bank that went", 1, "2025-12-31T10:00:00Z"),
        Shared("low-score", "An old title", 3, "2026-01-01T10:00:00Z"),
    ),
    questions=(
        Shared("low-score-direct", "Old words?", 2, "2026-01-01"),
        Shared("small-talk-journey", "Old words?", 2, "2026-01-01"),
    ),
    rubrics=(Shared("ownership", "ownership", 3, "2026-01-01"),),
    sessions=(Shared("s1", "Low exam score", 2, "2026-03-02T09:00:00Z"),),
    criteria=("change", "elsewhere"),
    flags=("blames",),
    tags=(("mine", 2),),
    peers=(("Ann", 2), ("Ben", 1)),
    first="2025-12-31T12:00:00Z",
    last="2026-03-02T12:00:00Z",
)


def way(name: str, query: LibraryQuery = LibraryQuery()) -> Narrowing:  # noqa: B008 - immutable
    found = narrowings(CONTENTS, fakes.library(), query, TODAY)
    return next(one for one in found if one.name == name)


def labels(name: str, query: LibraryQuery = LibraryQuery()) -> list[str]:  # noqa: B008 - immutable
    return [choice.label for choice in way(name, query).choices[1:]]


def test_every_field_that_narrows_is_offered_and_the_first_choice_takes_it_back() -> None:
    found = narrowings(CONTENTS, fakes.library(), LibraryQuery(), TODAY)
    fields = {field for one in found for field in one.choices[0].sets}
    assert fields == set(LibraryQuery.__slots__) - {"search", "sort", "descending"}
    for one in found:
        assert one.chosen(LibraryQuery()) == one.choices[0]
        for choice in one.choices:
            narrowed = one.narrow(LibraryQuery(), choice)
            assert one.chosen(narrowed) == choice
            assert is_narrowed(narrowed) == (choice != one.choices[0])
            assert one.narrow(narrowed, one.choices[0]) == LibraryQuery()


def test_others_are_offered_by_their_names_with_how_many_answers() -> None:
    found = way("With")
    assert [(one.label, one.times) for one in found.choices[1:]] == [("Ann", 2), ("Ben", 1)]
    assert found.narrow(LibraryQuery(), found.choices[2]).peer == "Ben"


def test_names_are_todays_and_else_those_of_the_answers() -> None:
    assert labels("Bank") == ["A bank that went", "Low exam score"]
    assert [choice.times for choice in way("Bank").choices] == [None, 1, 3]
    assert "Old words?" not in labels("Question")


def test_questions_are_those_of_the_chosen_bank() -> None:
    assert [c.sets for c in way("Question", LibraryQuery(bank_id="low-score")).choices] == [
        {"question_id": None},
        {"question_id": "low-score-direct"},
    ]


def test_marks_are_offered_with_each_mark_and_only_where_a_checklist_knows_them() -> None:
    title = next(c.title for c in fakes.rubric().criteria if c.id == "change")
    assert labels("Mark") == [f"{title}: {word}" for word in ("met", "partly", "missed")]
    assert way("Mark").choices[1].sets == {"criterion": ("change", Mark.MET)}


def test_scores_are_offered_by_the_words_of_the_checklist_without_a_gap() -> None:
    bands = [choice.sets["score"] for choice in way("Score").choices[1:]]
    assert bands[0][1] == 100
    assert bands[-1][0] == 0
    for (low, _), (_, below) in pairwise(bands):
        assert below < low < below + 1e-9
    assert all(": " in label for label in labels("Score"))


def test_days_are_offered_as_months_that_have_answers() -> None:
    months = ["March 2026", "February 2026", "January 2026", "December 2025"]
    assert labels("Date")[4:] == months
    assert way("Date").choices[1].sets == {"since": "2026-03-02", "until": None}
    february = next(c for c in way("Date").choices if c.label == "February 2026")
    assert february.sets == {"since": "2026-02-01", "until": "2026-02-28"}


@pytest.mark.parametrize(
    ("query", "words"),
    [
        (LibraryQuery(), ""),
        (LibraryQuery(search="x", sort="score"), ""),
        (LibraryQuery(bank_id="low-score", starred=True), "Low exam score, Starred"),
        (LibraryQuery(bank_id="no such"), "no such"),
        (LibraryQuery(score=(12.5, 40)), "12.5 to 40"),
        (LibraryQuery(since="2026-01-05"), "from 2026-01-05"),
        (LibraryQuery(criterion=("odd\x1b", Mark.PARTLY)), "odd␛: partly"),
    ],
)
def test_what_is_chosen_is_told_in_words(query: LibraryQuery, words: str) -> None:
    assert in_words(query, narrowings(CONTENTS, fakes.library(), query, TODAY)) == words


def test_clearing_keeps_the_search_and_the_order() -> None:
    query = LibraryQuery("x", bank_id="b", starred=True, sort="score", descending=False)
    assert cleared(query) == LibraryQuery("x", sort="score", descending=False)


def test_the_orders_are_gone_through_in_a_circle() -> None:
    assert {sort for sort, _ in SORTS} == set(get_args(Sort))
    query, met = LibraryQuery(), []
    for _ in SORTS:
        met.append(order_in_words(query))
        query = reordered(query)
    assert met == list(SORTS.values())
    assert query == LibraryQuery()
    assert reordered(replace(query, sort="question")) == LibraryQuery()


def test_a_history_of_nothing_offers_what_needs_no_names() -> None:
    found = narrowings(Contents(), fakes.library(), LibraryQuery(), TODAY)
    assert next(one for one in found if one.name == "Bank").choices == (
        Choice("All banks", {"bank_id": None}),
    )
