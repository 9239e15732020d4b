"""Marks from two kinds of evidence: what cues reach, and what a trained head makes of the words.

Neither alone travels well to speakers whom nobody has heard (`docs/rating.md` has the ablation).
Both are put together by a logistic curve with few weights, the same for every criterion.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from trainer.analysis.explaining import Weighed
from trainer.analysis.types import Chances
from trainer.bank.types import Mark
from trainer.encoder.types import Impression

MOST_REACHED = 1.5
"""Cues that reach a level more than one and a half times say no more than that."""

# Fitted as `training.weigh` does it, on all 268 development answers by a3, a4, a6 and a8, read by
# heads that were trained on the later authors alone: nobody writes like those, as no user will.
# (Folds that mix the rounds of authors trust the heads too much.) Those of flags were fitted on 346
# answers of later authors as well. On answers of a0 and a1 cues were written, so they tell nothing
# about cues. Notes on odd answers came later: with them the command gives weights within 0.4 of
# these, and 0.75 where `NEEDED` has 0.78.
_PARTLY_WEIGHTS = (-1.07, 0.68, 0.07, 0.53, -0.21, 0.57, 0.79)
_MET_WEIGHTS = (-1.47, 0.17, 0.64, -0.65, 0.47, 0.80, 0.95)
_FLAG_WEIGHTS = (-0.59, 0.96, 1.91, 1.16)

NEEDED = Chances(partly=0.5, met=0.78)
"""The chances from which a mark is given, chosen on the same answers.

Praise must be earned: at 0.78 raters had marked missed what was called met in 3 of 100 cases, at
0.6 in 8; weighted kappa fell by .01.
"""

FLAG_NEEDED = 0.55  # there 9 of 10 raised flags were right, and 6 of 10 were found
SURE = 0.6
"""A mark with a smaller chance is not sure: one in four there, and a third of those was right."""


def weigh_marks(weighed: Weighed, trained: Impression, most: Mark = Mark.MET) -> Chances:
    """Return how likely raters are to give at least partly, and met.

    `most` is the highest mark that the answer as a whole allows.
    """
    evidence = (
        1.0,
        trained.partly,
        trained.met,
        min(weighed.partly, MOST_REACHED),
        min(weighed.met, MOST_REACHED),
        float(weighed.mark >= Mark.PARTLY),
        float(weighed.mark is Mark.MET),
    )
    partly = _chance(_PARTLY_WEIGHTS, evidence) if most > Mark.MISSED else 0.0
    met = _chance(_MET_WEIGHTS, evidence) if most is Mark.MET else 0.0
    return Chances(partly, min(partly, met))


def weigh_flag(reached: float, raised: bool, trained: Impression) -> float:
    """Return how likely raters are to raise a flag (0..1); `raised` is what the cues say."""
    evidence = (1.0, trained.partly, min(reached, MOST_REACHED), float(raised))
    return _chance(_FLAG_WEIGHTS, evidence)


def choose(chances: Chances) -> Mark:
    """Return the mark of these chances."""
    if chances.partly < NEEDED.partly:
        return Mark.MISSED
    return Mark.MET if chances.met >= NEEDED.met else Mark.PARTLY


def is_unsure(chances: Chances, mark: Mark) -> bool:
    """Tell whether the mark is a guess."""
    return chances.of(mark) < SURE


def trained_chances(trained: Impression) -> Chances:
    """Return what the head says by itself."""
    partly = _logistic(trained.partly)
    return Chances(partly, min(partly, _logistic(trained.met)))


def _chance(weights: Sequence[float], evidence: Sequence[float]) -> float:
    return _logistic(sum(w * x for w, x in zip(weights, evidence, strict=True)))


def _logistic(log_odds: float) -> float:
    # rounded, so that the last digits of one processor's sums decide no mark
    return round(1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, log_odds)))), 4)
