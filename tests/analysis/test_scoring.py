from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.analysis.conftest import a_criterion, a_cue, a_flag, a_rubric
from trainer.analysis.scoring import band_word, score
from trainer.analysis.types import Chances, Rating, Remark
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


def unsure(given: Rating, **chances: tuple[float, float] | None) -> Rating:
    """Return the rating with these criteria not sure, with chances where there are any."""
    known = {name: Chances(*pair) for name, pair in chances.items() if pair is not None}
    return replace(given, unsure=tuple(chances), chances=known)


@pytest.mark.parametrize(
    ("given", "value", "low", "high"),
    [
        # b is worth 25 points. Without chances the mark counts, and one level lies to each side.
        (unsure(rating(2, 1), b=None), 87.5, 67, 100),
        (unsure(rating(1, 0), b=None), 37.5, 30, 58),
        (unsure(rating(1, 2), b=None), 62.5, 42, 70),
        # A toss between missed and partly: 6.25 of 25 points, and as much to each side.
        (unsure(rating(1, 0), b=(0.5, 0.0)), 43.75, 30, 58),
        # Between partly and met, with the best guess on either: the score is the same.
        (unsure(rating(1, 1), b=(1.0, 0.5)), 56.25, 42, 70),
        (unsure(rating(1, 2), b=(1.0, 0.5)), 56.25, 42, 70),
        # Nearly sure: a little lower than met, and a little room above.
        (unsure(rating(1, 2), b=(1.0, 0.8)), 60, 47, 70),
        # Everything open: the band is as wide as the weight.
        (unsure(rating(2, 0), a=(0.5, 0.5)), 37.5, 0, 83),
        (unsure(rating(2, 0, "f"), a=(0.5, 0.5)), 27.5, 0, 73),
        (unsure(rating(2, 2, remark=Remark.OFF_QUESTION), a=None), 20, 12, 28),
        (unsure(rating(2, 2, remark=Remark.EMPTY), a=None, b=(0.5, 0.5)), 0, 0, 8),
    ],
)
def test_what_is_not_sure_counts_by_its_chances_and_widens_the_band(given, value, low, high):
    result = score(given, RUBRIC)
    assert result.value == pytest.approx(value)
    assert (result.low, result.high) == (low, high)


def test_a_settled_mark_counts_in_full_whatever_its_chances():
    settled = replace(rating(2, 1), settled=("b",), chances={"b": Chances(0.6, 0.1)})
    assert score(settled, RUBRIC) == score(rating(2, 1), RUBRIC)


def test_chances_of_a_mark_that_is_sure_change_nothing():
    known = replace(rating(1, 2), chances={"a": Chances(0.9, 0.4), "b": Chances(1.0, 0.97)})
    assert score(known, RUBRIC) == score(rating(1, 2), RUBRIC)


SHARES = st.floats(0, 1)
RATINGS = st.builds(
    lambda a, b, flags, remark, open_ones, pairs: replace(
        rating(a, b, *flags, remark=remark),
        unsure=tuple(sorted(open_ones)),
        chances={name: Chances(max(pair), min(pair)) for name, pair in pairs.items()},
    ),
    st.integers(0, 2),
    st.integers(0, 2),
    st.sets(st.sampled_from("fg")),
    st.none() | st.sampled_from(Remark),
    st.sets(st.sampled_from("ab")),
    st.dictionaries(st.sampled_from("ab"), st.tuples(SHARES, SHARES)),
)


@given(RATINGS)
def test_a_band_lies_in_0_to_100_and_holds_its_value(given):
    result = score(given, RUBRIC)
    assert 0 <= result.low <= result.value <= result.high <= 100
    assert result.word == band_word(result.value, RUBRIC)


@given(RATINGS)
def test_a_mark_in_doubt_never_makes_a_band_narrower(given):
    result = score(given, RUBRIC)
    surer = score(replace(given, unsure=given.unsure[1:]), RUBRIC)
    if all(band.low > 0 and band.high < 100 for band in (result, surer)):
        # an end of the scale cuts neither; both are rounded
        assert result.high - result.low >= surer.high - surer.low - 1


@given(RATINGS, st.data())
def test_without_chances_the_band_holds_whatever_the_next_level_would_give(given, data):
    given = replace(given, chances={})
    marks = dict(given.marks)
    for name in given.unsure:
        step = data.draw(st.sampled_from((-1, 0, 1)))
        marks[name] = Mark(min(max(marks[name] + step, 0), 2))
    result = score(given, RUBRIC)
    assert result.low <= score(replace(given, marks=marks, unsure=()), RUBRIC).value <= result.high


@given(st.integers(0, 2), SHARES, SHARES)
def test_the_best_guess_of_a_mark_with_chances_does_not_change_the_score(mark, one, other):
    pair = (max(one, other), min(one, other))
    assert score(unsure(rating(mark, 1), a=pair), RUBRIC) == score(
        unsure(rating(0, 1), a=pair), RUBRIC
    )
