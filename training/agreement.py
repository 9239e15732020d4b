"""How far marks agree with the raters', in one line. Needs no PyTorch.

For a look while training. What is reported of the rater is measured by `trainer evaluate`.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from trainer.agreement import measures
from training.corpus import Answer, Head
from training.examples import Floats

MISSED, MET = 0, 2


def kappa(given: Sequence[int], found: Sequence[int]) -> float:
    """Return the quadratic-weighted kappa of marks 0, 1 and 2."""
    pairs = zip(given, found, strict=True)
    return float(measures.kappa(np.sum([measures.table_row(*pair) for pair in pairs], axis=0)))


def read_as(given: Sequence[int], found: Sequence[int], mark: int, other: int) -> float:
    """Return the share of those that raters marked `mark` which were given `other`."""
    marked = [theirs for mine, theirs in zip(given, found, strict=True) if mine == mark]
    return marked.count(other) / max(1, len(marked))


def describe(answers: Sequence[Answer], heads: Sequence[Head], log_odds: Sequence[Floats]) -> str:
    """Return a line on the marks and flags that log-odds above 0 would give."""
    given: list[int] = []
    found: list[int] = []
    raised = right = wanted = 0
    for answer, odds in zip(answers, log_odds, strict=True):
        for head, (partly, met) in zip(heads, odds, strict=True):
            mark = head.mark(answer)
            if mark is None:
                continue
            if head.is_flag:
                raised += partly > 0
                wanted += mark > 0
                right += partly > 0 and mark > 0
            else:
                given.append(mark)
                found.append(int(partly > 0) + int(partly > 0 and met > 0))
    return (
        f"kappa {kappa(given, found):.3f}, "
        f"missed as met {read_as(given, found, MISSED, MET):.3f}, "
        f"met as missed {read_as(given, found, MET, MISSED):.3f}, "
        f"flags raised rightly {right}/{raised}, found {right}/{wanted}"
    )
