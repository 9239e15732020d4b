"""What is said about how a rating was made is true of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests import fakes
from trainer.analysis.rating import ChecklistRater
from trainer.analysis.types import Delivery, Rating, Remark
from trainer.bank.types import Rubric
from trainer.catalogue import score
from trainer.coach.method import KEYWORDS, TRAINED, Method, method_of
from trainer.coach.report import Report, compose
from trainer.transcript.types import Transcript

CORPUS = Path(__file__).parents[2] / "corpus" / "development.jsonl"
ANSWER = Transcript.typed("I acknowledge it. The change was forty questions a day.")
DELIVERY = Delivery(10, None, None, 30, 60, 1, 0)


def with_head() -> Rubric:
    """Return a rubric whose first criterion is rated by a trained head too."""
    rubric = fakes.rubric()
    first, *others = rubric.criteria
    return replace(rubric, criteria=(replace(first, head="ownership/acknowledge"), *others))


def report_of(rating: Rating, rubric: Rubric) -> Report:
    return compose(ANSWER, DELIVERY, rubric, rating, score(rating, rubric))


@pytest.mark.parametrize(
    ("version", "method"),
    [
        ("cues-2+encoder-1", TRAINED),
        ("cues-3+encoder-12", TRAINED),
        ("cues-2", KEYWORDS),
        ("keywords-1", KEYWORDS),
    ],
)
def test_the_version_of_the_scorer_tells_the_method(version: str, method: Method) -> None:
    assert method_of(version, with_head()) is method


def test_a_rubric_without_heads_is_a_keyword_check_in_every_version() -> None:
    assert method_of("cues-2+encoder-1", fakes.rubric()) is KEYWORDS


def test_a_flag_with_a_head_is_enough() -> None:
    rubric = fakes.rubric()
    (flag,) = rubric.flags
    rubric = replace(rubric, flags=(replace(flag, head="ownership/blame"),))
    assert method_of("cues-2+encoder-1", rubric) is TRAINED


@pytest.mark.parametrize(("reader", "method"), [(fakes.FakeReader(), TRAINED), (None, KEYWORDS)])
def test_the_report_of_the_rater_names_what_has_rated(
    reader: fakes.FakeReader | None, method: Method
) -> None:
    rating = ChecklistRater({}, reader).rate(ANSWER, with_head(), "")
    assert report_of(rating, with_head()).method is method


def test_where_a_remark_stands_the_method_is_told_too() -> None:
    rating = replace(
        ChecklistRater({}, fakes.FakeReader()).rate(ANSWER, with_head(), ""),
        remark=Remark.OFF_QUESTION,
    )
    assert report_of(rating, with_head()).method is TRAINED


def test_what_was_not_rated_has_no_method() -> None:
    assert compose(ANSWER, DELIVERY).method is None


def test_the_number_of_answers_is_about_that_of_the_corpus() -> None:
    assert "some 900 made-up answers" in TRAINED.note
    assert 850 <= len(CORPUS.read_text(encoding="utf-8").splitlines()) < 950


@pytest.mark.parametrize("method", [KEYWORDS, TRAINED])
def test_each_says_that_it_can_be_wrong_and_who_judges(method: Method) -> None:
    assert "can miss" in method.note or "can be wrong" in method.note
    assert method.note.endswith("Read the quotes and judge for yourself.")
