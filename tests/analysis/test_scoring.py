import pytest

from tests.analysis.conftest import a_criterion, a_cue, a_flag, a_rubric
from trainer.analysis.scoring import band_word, score
from trainer.analysis.types import Rating, Remark
from trainer.bank.types import Mark

RUBRIC = a_rubric(
    a_criterion(a_cue("x"), name="a", weight=3.0),
    a_criterion(a_cue("x"), name="b", weight=1.0),
    a_flag(a_cue("x"), name="f"),
    a_flag(a_cue("x"), name="g"),
)


def rating(a: int, b: int, *flags: str, remark: Remark | None = None) -> Rating:
    return Rating(
        rater="self",
        rubric_id="made",
        rubric_version="",
        scorer_version="",
        marks={"a": Mark(a), "b": Mark(b)},
        flags={name: name in flags for name in ("f", "g")},
        spans=(),
        remark=remark,
    )


@pytest.mark.parametrize(
    ("given", "value", "low", "high", "word"),
    [
        (rating(2, 2), 100, 92, 100, "strong"),
        (rating(0, 0), 0, 0, 8, "weak"),
        (rating(2, 0), 75, 67, 83, "fair"),
        (rating(1, 1), 50, 42, 58, "fair"),
        (rating(1, 2), 62.5, 54, 70, "fair"),
        (rating(2, 0, "f"), 65, 57, 73, "fair"),
        (rating(2, 0, "f", "g"), 55, 47, 63, "fair"),
        (rating(0, 1, "f", "g"), 0, 0, 8, "weak"),
        (rating(2, 2, remark=Remark.EMPTY), 0, 0, 8, "weak"),
        (rating(2, 2, remark=Remark.QUESTION_REPEATED), 0, 0, 8, "weak"),
        (rating(2, 2, remark=Remark.KEYWORDS), 0, 0, 8, "weak"),
        (rating(2, 2, remark=Remark.OFF_QUESTION), 20, 12, 28, "weak"),
    ],
)
def test_the_formula_on_known_values(given, value, low, high, word):
    result = score(given, RUBRIC)
    assert result.value == pytest.approx(value)
    assert (result.low, result.high, result.word) == (low, high, word)


@pytest.mark.parametrize(
    ("value", "word"), [(0, "weak"), (49.9, "weak"), (50, "fair"), (80, "strong")]
)
def test_a_band_begins_at_its_score(value, word):
    assert band_word(value, RUBRIC) == word
