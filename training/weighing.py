"""How heads and cues are weighed against each other: logistic curves, and where marks begin.

Needs no PyTorch. Whatever is told of an author's answers was fitted without that author.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import numpy.typing as npt

from training.agreement import MET, MISSED, kappa, read_as

Doubles = npt.NDArray[np.float64]

PARTS = ("cues", "head", "both")
"""What is compared: either part of the evidence by itself, and both."""

MOST_MISSED_AS_MET, MOST_MET_AS_MISSED = 0.05, 0.07
SUREST = 0.7
_PENALTY = 1.0  # on squared weights, the first of which is free
_STEPS, _SMALL = 50, 1e-8
_PARTLY_FROM = np.arange(0.20, 0.75, 0.05)
_MET_FROM = np.arange(0.35, 0.80, 0.05)
_WRONG_WORDS_COUNT = 0.5  # of what kappa on typed text counts


@dataclass(frozen=True, slots=True)
class Case:
    """One mark to be given. `head` and `cues` are the evidence; a flag's mark is 0 or 1.

    `empty` tells that a remark stands in the place of a rating, whatever the head says.
    """

    author: str
    form: str
    name: str
    mark: int
    head: tuple[float, ...]
    cues: tuple[float, ...]
    empty: bool


@dataclass(frozen=True, slots=True)
class Needed:
    """The chances from which a mark is partly, and met."""

    partly: float
    met: float


def evidence(cases: Sequence[Case], part: str = "both") -> Doubles:
    """Return a row of evidence for each case, 1 first; what is not of `part` is 0."""
    rows = [
        (
            1.0,
            *(value * (part != "cues") for value in case.head),
            *(value * (part != "head") for value in case.cues),
        )
        for case in cases
    ]
    return np.array(rows, float)


def fit_weights(rows: Doubles, truths: npt.NDArray[np.bool_]) -> Doubles:
    """Return the weights of a logistic curve, by Newton's method.

    The penalty is on the squares of all weights but the first.
    """
    weights = np.zeros(rows.shape[1])
    penalty = np.full(rows.shape[1], _PENALTY)
    penalty[0] = 0.0
    for _ in range(_STEPS):
        chances = chance(rows, weights)
        slope = rows.T @ (chances - truths) + penalty * weights
        bend = (rows.T * (chances * (1 - chances))) @ rows + np.diag(penalty + _SMALL)
        step = np.linalg.solve(bend, slope)
        weights = weights - step
        if np.abs(step).max() < _SMALL:
            break
    return weights


def chance(rows: Doubles, weights: Doubles) -> Doubles:
    """Return the chance that the curve gives each row."""
    found: Doubles = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
    return found


def without_own(cases: Sequence[Case], least: int, part: str = "both") -> Doubles:
    """Return each case's chance of at least `least`, fitted on the answers of other authors."""
    rows, truths = evidence(cases, part), np.array([case.mark >= least for case in cases])
    authors = np.array([case.author for case in cases])
    chances = np.zeros(len(cases))
    for author in np.unique(authors):
        own = authors == author
        chances[own] = chance(rows[own], fit_weights(rows[~own], truths[~own]))
    chances[[case.empty for case in cases]] = 0.0
    return chances


def give_marks(partly: Doubles, met: Doubles, needed: Needed) -> npt.NDArray[np.int64]:
    """Return the marks of these chances."""
    found = partly >= needed.partly
    return np.where(found & (met >= needed.met), MET, found.astype(int))


def find_needed(cases: Sequence[Case], partly: Doubles, met: Doubles) -> Needed:
    """Return the chances from which marks begin.

    Of all pairs of which few marks are wrong by two steps on typed text, the one with the highest
    kappa on typed text and, at half, on text with wrong words.
    """

    def worth(needed: Needed) -> tuple[bool, float]:
        typed, given = _of(cases, partly, met, needed, "typed")
        errors, wanted = _of(cases, partly, met, needed, "errors_15")
        good = (
            read_as(given, typed, MISSED, MET) <= MOST_MISSED_AS_MET
            and read_as(given, typed, MET, MISSED) <= MOST_MET_AS_MISSED
        )
        return good, kappa(given, typed) + _WRONG_WORDS_COUNT * kappa(wanted, errors)

    pairs = (Needed(float(p), float(m)) for p, m in product(_PARTLY_FROM, _MET_FROM))
    return max(pairs, key=worth)


def chance_of_given(
    partly: Doubles, met: Doubles, marks: npt.NDArray[np.int64]
) -> npt.NDArray[np.float64]:
    """Return how likely each given mark is the raters'."""
    return np.choose(marks, [1 - partly, partly - met, met])


def sure_from(given: Doubles) -> float:
    """Return the chance that the surest share of marks has at least."""
    return float(np.quantile(given, 1 - SUREST))


def _of(
    cases: Sequence[Case], partly: Doubles, met: Doubles, needed: Needed, form: str
) -> tuple[list[int], list[int]]:
    """Return the marks found and given in one form."""
    here = np.array([case.form == form for case in cases])
    found = give_marks(partly[here], met[here], needed)
    return found.tolist(), [case.mark for case in cases if case.form == form]
