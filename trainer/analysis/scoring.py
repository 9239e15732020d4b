"""From a rating to a score and its band, by the formula that stands in the rubric's file."""

from __future__ import annotations

from trainer.analysis.types import Rating, Remark, Score
from trainer.bank.types import Mark, Rubric

OFF_QUESTION_MOST = 20.0
"""The highest score of an answer to another question: its marks stand, but they were earned with
words that a listener was not waiting for. Above 0, for the check that says so can be wrong."""

_WORTHLESS = frozenset({Remark.EMPTY, Remark.QUESTION_REPEATED, Remark.KEYWORDS})


def score(rating: Rating, rubric: Rubric) -> Score:
    """Return the score of any rater's rating: 0..100 with its band and word.

    Criteria that the rating does not know count as missed. Where nothing was said that could be
    marked (empty, the question again, keywords) the value is 0; an answer to another question has
    at most `OFF_QUESTION_MOST`.
    """
    scoring = rubric.scoring
    gained = sum(
        criterion.weight * scoring.values[rating.marks.get(criterion.id, Mark.MISSED)]
        for criterion in rubric.criteria
    )
    value = 100 * gained / sum(criterion.weight for criterion in rubric.criteria)
    value -= sum(flag.penalty for flag in rubric.flags if rating.flags.get(flag.id, False))
    most = OFF_QUESTION_MOST if rating.remark is Remark.OFF_QUESTION else 100.0
    value = 0.0 if rating.remark in _WORTHLESS else min(max(value, 0.0), most)
    low = round(max(value - scoring.half_width, 0))
    high = round(min(value + scoring.half_width, 100))
    return Score(value, low, high, band_word(value, rubric))


def band_word(value: float, rubric: Rubric) -> str:
    """Return the word of the highest band that begins at or below `value` (0..100).

    Below every band it is the lowest band's.
    """
    bands = sorted(rubric.scoring.bands, key=lambda band: band.from_score)
    reached = [band for band in bands if band.from_score <= value]
    return (reached or bands)[-1 if reached else 0].word
