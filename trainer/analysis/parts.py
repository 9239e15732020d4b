"""Which clause tells the situation, the task, the action, the result, the reflection.

A story runs forward. Each clause is given the part that its evidence speaks for, and the parts
that follow each other most plausibly win (the best path, as in a Viterbi search): going back
costs, and going on with the part of the clause before costs nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from trainer.analysis.cues import Evidence
from trainer.analysis.guards import Standing
from trainer.analysis.types import Span
from trainer.bank.types import Part, Rubric

PARTS: tuple[Part, ...] = ("situation", "task", "action", "result", "reflection")

_BACK_COST = 1.2  # going back one part; a clause's evidence is mostly 0.5 to 1.5
_CHANGE_COST = 0.2
_PLACE_GAIN = 0.3  # for the part that stories usually tell at this point
_USUAL_STARTS = (0.0, 0.15, 0.25, 0.7, 0.85)
"""Shares of a story at which its parts begin: 20 % situation and task, 60 % action, 20 % rest."""


def find_parts(
    rubric: Rubric, standings: Sequence[Standing], evidence: Mapping[str, Sequence[Evidence]]
) -> list[Span]:
    """Return spans of kind "part", at most one for a clause; none where no criterion has a part.

    Clauses without evidence take the part of their neighbours when both agree.
    """
    masses: list[dict[Part, float]] = [{} for _ in standings]
    for criterion in rubric.criteria:
        if criterion.part is None:
            continue
        for item in evidence.get(criterion.id, ()):
            mass = item.mass / criterion.levels.met
            gains = masses[item.clause]
            gains[criterion.part] = gains.get(criterion.part, 0.0) + mass
    if not any(masses):
        return []
    path = _best_path(masses)
    spans: list[Span] = []
    for k, part in enumerate(path):
        told = part in masses[k]
        between = 0 < k < len(path) - 1 and path[k - 1] == part == path[k + 1]
        clause = standings[k].clause
        if (told or between) and standings[k].counts:
            spans.append(Span(clause.start, clause.end, "part", part))
    return spans


def _best_path(masses: Sequence[Mapping[Part, float]]) -> list[Part]:
    best = [0.0] * len(PARTS)
    origins: list[list[int]] = []
    for k, gains in enumerate(masses):
        place = (k + 0.5) / len(masses)
        usual = max(i for i, start in enumerate(_USUAL_STARTS) if start <= place)
        reached, origin = [], []
        for i, part in enumerate(PARTS):
            scores = [best[j] - _cost(j, i) * (k > 0) for j in range(len(PARTS))]
            j = max(range(len(PARTS)), key=scores.__getitem__)
            gain = gains.get(part, 0.0) + (_PLACE_GAIN if i == usual else 0.0)
            reached.append(scores[j] + gain)
            origin.append(j)
        best = reached
        origins.append(origin)
    at = max(range(len(PARTS)), key=best.__getitem__)
    path = [at]
    for origin in reversed(origins[1:]):
        path.append(origin[path[-1]])
    return [PARTS[i] for i in reversed(path)]


def _cost(before: int, after: int) -> float:
    if before == after:
        return 0.0
    return _CHANGE_COST + (_BACK_COST * (before - after) if after < before else 0.0)
