"""Which clause tells the situation, the task, the action, the result, the reflection.

A story runs forward. Each clause is given the part that its evidence speaks for, and the parts
that follow each other most plausibly win (the best path, as in a Viterbi search): a part gains
where stories usually tell it, going back costs, and going on with the part of the clause before
costs nothing.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from itertools import groupby

from trainer.analysis.clauses import Clause
from trainer.analysis.cues import Evidence
from trainer.analysis.guards import Standing
from trainer.analysis.types import Span
from trainer.bank.types import Part, Rubric

PARTS: tuple[Part, ...] = ("situation", "task", "action", "result", "reflection")

_BACK_COST = 2.0  # going back at all; of 780 steps in raters' quotes, 26 went back
_CHANGE_COST = 0.1
_MOST_GAIN = 3.0  # of one part in one clause, where the evidence of a met criterion is 1
_PLACE_GAIN = 0.2
_FULL_WORDS = 3.0  # words of sure evidence that weigh as much as the cues of a met criterion
_LEAST_HEARD = 0.3  # the gain that a part must have in one clause, or nobody told it
_LEAST_HEARD_WITH_WORDS = 0.5  # every word has a little evidence for everything
_LEAST_TOLD = 0.25  # the gain from which on a clause tells a part by itself
_TOLD_SHARE = 0.2  # of the words, from which on clauses without evidence are given a part too
_FEWEST_TOLD = 2  # parts; one alone is no story whose gaps could be filled

_Place = tuple[float, float]
_STORY: dict[Part, _Place] = {
    "situation": (0.08, 0.08),
    "task": (0.27, 0.14),
    "action": (0.55, 0.16),
    "result": (0.80, 0.10),
    "reflection": (0.90, 0.12),
}
_RECORD: dict[Part, _Place] = {
    "situation": (0.29, 0.23),
    "action": (0.66, 0.16),
    "result": (0.81, 0.12),
    "reflection": (0.92, 0.08),
}
"""Where raters' quotes for a part stand: mean and deviation, as shares of the answer.

From the 267 answers of `corpus/development.jsonl` by a0, a1, a4 and a6, in stories, and in answers
about the record, which have no task. All figures above were chosen in that file too, those for
words on heads that had been trained on other authors. When they were chosen, 77 % of the words that
raters quoted for a part in 268 answers lay in it by cues alone, and 90 % with words too; of the
parts that raters missed, 31 and 23 % were given.
"""


def find_parts(
    rubric: Rubric,
    standings: Sequence[Standing],
    evidence: Mapping[str, Sequence[Evidence]],
    words: Mapping[str, Sequence[float]] | None = None,
    missed: Collection[str] = (),
) -> list[Span]:
    """Return spans of kind "part", at most one for a clause; none where no criterion has a part.

    A part is given where its evidence was heard somewhere, and where not all of its criteria are
    among the ids in `missed`: what the checklist did not hear, the story does not tell.

    `evidence` is what the cues found for each criterion, `words` how strongly each word of the
    answer speaks for it (0..1) by any other method; either may lack a criterion. Clauses without
    evidence take the part that the path gives them, where enough of the answer has some; else
    only those between two of one part that have it.
    """
    gains = _gains(rubric, [s.clause for s in standings], evidence, words or {})
    open_parts = {c.part for c in rubric.criteria if c.id not in missed}
    least = _LEAST_HEARD_WITH_WORDS if words else _LEAST_HEARD
    parts = [
        part
        for part in PARTS
        if part in open_parts and any(gain.get(part, 0.0) >= least for gain in gains)
    ]
    if not parts:
        return []
    places = _STORY if any(c.part == "task" for c in rubric.criteria) else _RECORD
    path = _best_path(parts, places, gains, [s.clause for s in standings])
    told = [gain.get(part, 0.0) >= _LEAST_TOLD for gain, part in zip(gains, path, strict=True)]
    given = [True] * len(path) if _is_story(path, told, standings) else told
    spans: list[Span] = []
    for part, run in groupby(range(len(path)), key=path.__getitem__):
        inside = [k for k in run if given[k]]
        for k in range(inside[0], inside[-1] + 1) if inside else ():
            clause = standings[k].clause
            if standings[k].counts:
                spans.append(Span(clause.start, clause.end, "part", part))
    return spans


def _gains(
    rubric: Rubric,
    clauses: Sequence[Clause],
    evidence: Mapping[str, Sequence[Evidence]],
    words: Mapping[str, Sequence[float]],
) -> list[dict[Part, float]]:
    """Return what each clause gains for each part, 1 for as much as a met criterion needs."""
    gains: list[dict[Part, float]] = [{} for _ in clauses]
    for criterion in rubric.criteria:
        if criterion.part is None:
            continue
        found = {
            item.clause: item.mass / criterion.levels.met for item in evidence.get(criterion.id, ())
        }
        said = words.get(criterion.id, ())
        for k, clause in enumerate(clauses):
            gain = found.get(k, 0.0) + math.fsum(said[clause.start : clause.end]) / _FULL_WORDS
            if gain > 0:
                gains[k][criterion.part] = gains[k].get(criterion.part, 0.0) + gain
    return [{part: min(gain, _MOST_GAIN) for part, gain in found.items()} for found in gains]


def _is_story(path: Sequence[Part], told: Sequence[bool], standings: Sequence[Standing]) -> bool:
    """Tell whether so much of an answer has evidence that the rest can be read from its place."""
    lengths = [s.clause.end - s.clause.start for s in standings]
    heard = sum(length for length, is_told in zip(lengths, told, strict=True) if is_told)
    parts = {part for part, is_told in zip(path, told, strict=True) if is_told}
    return len(parts) >= _FEWEST_TOLD and heard >= _TOLD_SHARE * sum(lengths)


def _best_path(
    parts: Sequence[Part],
    places: Mapping[Part, _Place],
    gains: Sequence[Mapping[Part, float]],
    clauses: Sequence[Clause],
) -> list[Part]:
    count = clauses[-1].end
    best = [0.0] * len(parts)
    origins: list[list[int]] = []
    for k, gain in enumerate(gains):
        place = (clauses[k].start + clauses[k].end) / 2 / count
        reached, origin = [], []
        for i, part in enumerate(parts):
            scores = [best[j] - _cost(j, i) * (k > 0) for j in range(len(parts))]
            j = max(range(len(parts)), key=scores.__getitem__)
            reached.append(scores[j] + gain.get(part, 0.0) + _place_gain(place, places[part]))
            origin.append(j)
        best = reached
        origins.append(origin)
    at = max(range(len(parts)), key=best.__getitem__)
    path = [at]
    for origin in reversed(origins[1:]):
        path.append(origin[path[-1]])
    return [parts[i] for i in reversed(path)]


def _place_gain(place: float, usual: _Place) -> float:
    """Return a multiple of the log of a normal density at `place`."""
    mean, deviation = usual
    return _PLACE_GAIN * (-(((place - mean) / deviation) ** 2) / 2 - math.log(deviation))


def _cost(before: int, after: int) -> float:
    if before == after:
        return 0.0
    return _CHANGE_COST + (_BACK_COST if after < before else 0.0)
