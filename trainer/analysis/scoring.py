"""From a rating to a score and its band, by the formula that stands in the rubric's file.

    score = 100 * sum(weight * worth) / sum(weight) - penalties of the flags raised

held between 0 and 100. A mark that is sure, or that the speaker has settled, is worth its value
(`Scoring.values`: 0, 0.5 and 1 in the shipped rubrics). A mark that is not sure is worth what its
chances make likely, sum(chance * value): a toss between two marks then moves the score by half a
step and not by a whole one. The band reaches `half_width` points to each side, because no rater
is more exact, and further by what is not sure: for each such criterion by the standard deviation
of its value under its chances; where a rating has no chances, by one level of the mark each way.
Spreads are added as they are, not as squares: the criteria of one answer are wrong together,
where a speaker's way of talking is strange to the rater.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from trainer.analysis.types import Chances, Note, Rating, Remark, Score
from trainer.bank.types import Mark, Rubric

OFF_QUESTION_MOST = 20.0
"""The highest score of an answer to another question: its marks stand, but they were earned with
words that a listener was not waiting for. Above 0, for the check that says so can be wrong."""

NOTED_MOST = 35.0
"""The highest score where a note says that most of an answer is no deed of the speaker's, or that
it is so long that only its beginning was rated: nobody hears 4000 words to the end."""

_WORTHLESS = frozenset(Remark) - {Remark.OFF_QUESTION}
_LOWERING = frozenset({Note.SOMEBODY_ELSE, Note.CONDITIONAL, Note.CUT})


@dataclass(frozen=True, slots=True)
class Worth:
    """What a criterion gives of its weight, as shares: likely, and from `low` to `high`."""

    low: float
    likely: float
    high: float


def score(rating: Rating, rubric: Rubric) -> Score:
    """Return the score of any rater's rating: 0..100 with its band and word.

    Criteria that the rating does not know count as missed. Where nothing was said that could be
    marked (empty, the question again, keywords, a song) the value is 0; an answer to another
    question has at most `OFF_QUESTION_MOST`, and one that is noted as somebody else's, as wished
    for or as cut at most `NOTED_MOST`. The band never leaves 0..100 and always holds the value.
    """
    scoring = rubric.scoring
    total = sum(criterion.weight for criterion in rubric.criteria)
    penalties = sum(flag.penalty for flag in rubric.flags if rating.flags.get(flag.id, False))
    low = likely = high = 0.0
    for criterion in rubric.criteria:
        share = 100 * criterion.weight / total
        worth = worth_of(criterion.id, rating, scoring.values)
        low += share * worth.low
        likely += share * worth.likely
        high += share * worth.high
    most = _most(rating)
    low, value, high = (min(max(points - penalties, 0.0), most) for points in (low, likely, high))
    return Score(
        value,
        round(max(low - scoring.half_width, 0)),
        round(min(high + scoring.half_width, 100)),
        band_word(value, rubric),
    )


def worth_of(criterion_id: str, rating: Rating, values: Sequence[float]) -> Worth:
    """Return what one criterion gives in a rating; `values` are those of the three marks."""
    mark = rating.marks.get(criterion_id, Mark.MISSED)
    if criterion_id not in rating.unsure:
        return Worth(values[mark], values[mark], values[mark])
    chances = rating.chances.get(criterion_id)
    if chances is not None:
        return _expected(chances, values)
    below, above = max(mark - 1, Mark.MISSED), min(mark + 1, Mark.MET)
    return Worth(values[below], values[mark], values[above])


def band_word(value: float, rubric: Rubric) -> str:
    """Return the word of the highest band that begins at or below `value` (0..100).

    Below every band it is the lowest band's.
    """
    bands = sorted(rubric.scoring.bands, key=lambda band: band.from_score)
    reached = [band for band in bands if band.from_score <= value]
    return (reached or bands)[-1 if reached else 0].word


def _expected(chances: Chances, values: Sequence[float]) -> Worth:
    likely = sum(chances.of(mark) * values[mark] for mark in Mark)
    variance = sum(chances.of(mark) * (values[mark] - likely) ** 2 for mark in Mark)
    spread = sqrt(max(variance, 0.0))
    return Worth(
        max(likely - spread, values[Mark.MISSED]), likely, min(likely + spread, values[Mark.MET])
    )


def _most(rating: Rating) -> float:
    if rating.remark in _WORTHLESS:
        return 0.0
    if rating.remark is Remark.OFF_QUESTION:
        return OFF_QUESTION_MOST
    return 100.0 if _LOWERING.isdisjoint(rating.notes) else NOTED_MOST
