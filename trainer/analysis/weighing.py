"""What cues come to by themselves: their own mark, and how far they reach.

Which words speak for a criterion, how much they weigh and how much is enough is all in the
rubric's file; this module adds up and compares.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from trainer.analysis.cues import Evidence
from trainer.analysis.explaining import Hold, Weighed
from trainer.analysis.guards import Standing
from trainer.bank.types import Criterion, Flag, Mark

UNSURE_SHARE = 0.4
"""Evidence that reaches this share of a level, and not the level, leaves the mark unsure.

Fitted on 75 answers by one author, where such marks were right in 4 of 10 cases and all others in
8 of 10 (7 and 8 of 10 on the 60 answers that the cues were written on). Marks just above a level
were no worse than others. It was not measured on answers that were kept apart.
"""

_EARLY_WORDS = 20  # an answer's first words are early, however short it is
_STRONG_SHARE = 0.5  # of the level `partly`: weaker clauses do not count as a beginning


def strength(item: Evidence) -> tuple[float, int]:
    """Return the key that sorts evidence: strongest first, then by place."""
    return -item.solid - 0.5 * item.mass, item.start


def weigh(
    criterion: Criterion, found: Sequence[Evidence], standings: Sequence[Standing], count: int
) -> Weighed:
    """Return the mark by cues, and how far they reach."""
    best = sorted(found, key=strength)[: criterion.best]
    mass = sum(item.mass for item in best)
    solid = sum(item.solid for item in best)
    levels = criterion.levels
    reached = mass / levels.partly, solid / levels.met
    if mass < levels.partly:
        return Weighed(Mark.MISSED, mass >= UNSURE_SHARE * levels.partly, *reached)
    holds = _holds(criterion, found, best, standings, count)
    if solid >= levels.met and not holds:
        return Weighed(Mark.MET, False, *reached)
    return Weighed(Mark.PARTLY, solid >= UNSURE_SHARE * levels.met, *reached, holds)


def _holds(
    criterion: Criterion,
    found: Sequence[Evidence],
    best: Sequence[Evidence],
    standings: Sequence[Standing],
    count: int,
) -> tuple[Hold, ...]:
    """Return what `met` asks for beside enough evidence and does not get."""
    cues = {cue for item in best for cue in item.solid_cues}
    fails = {
        Hold.ALIKE: len(cues) < criterion.distinct,
        Hold.WITHOUT_NEEDED: bool(criterion.met_needs) and cues.isdisjoint(criterion.met_needs),
        Hold.LATE: not _is_early(criterion, best, count),
        Hold.LONG: not _is_short(criterion, found, standings, count),
    }
    return tuple(hold for hold, fail in fails.items() if fail)


def enough(criterion: Criterion, mark: Mark, best: Sequence[Evidence]) -> list[Evidence]:
    """Return the first clauses, as many as the mark needs: further ones prove nothing."""
    shown: list[Evidence] = []
    mass, cues = 0.0, set[str]()
    for item in best:
        shown.append(item)
        mass += item.solid if mark is Mark.MET else item.mass
        cues.update(item.solid_cues)
        level = criterion.levels.met if mark is Mark.MET else criterion.levels.partly
        if mass >= level and (mark is Mark.PARTLY or len(cues) >= criterion.distinct):
            break
    return shown


def _is_early(criterion: Criterion, best: Sequence[Evidence], count: int) -> bool:
    if criterion.within is None:
        return True
    enough = _STRONG_SHARE * criterion.levels.partly
    return any(item.mass >= enough and starts_early(criterion, item, count) for item in best)


def starts_early(criterion: Criterion, item: Evidence, count: int) -> bool:
    """Tell whether evidence begins as early as the criterion asks, in `count` words."""
    within = 1.0 if criterion.within is None else criterion.within
    return item.start < max(within * count, min(_EARLY_WORDS, count))


def _is_short(
    criterion: Criterion, found: Sequence[Evidence], standings: Sequence[Standing], count: int
) -> bool:
    return criterion.max_share is None or _words(found, standings) <= criterion.max_share * count


def _words(found: Sequence[Evidence], standings: Sequence[Standing]) -> int:
    """Return how many words the clauses with evidence hold."""
    clauses = [standings[item.clause].clause for item in found]
    return sum(clause.end - clause.start for clause in clauses)


def flag_holds(
    flag: Flag,
    found: Sequence[Evidence],
    against: Sequence[Evidence],
    marks: Mapping[str, Mark],
    standings: Sequence[Standing],
    count: int,
) -> tuple[Hold, ...]:
    """Return what keeps a flag down, however much evidence there is for it."""
    holds = []
    if any(marks.get(name, Mark.MISSED) is Mark.MET for name in flag.unless_met) or any(
        marks.get(name, Mark.MISSED) > Mark.MISSED for name in flag.unless_partly
    ):
        holds.append(Hold.EXCUSED)
    if flag.min_share is not None and _words(found, standings) < flag.min_share * count:
        holds.append(Hold.SHORT)
    mass, contrary = (sum(item.mass for item in side) for side in (found, against))
    if flag.against and mass < flag.min_ratio * (mass + contrary):
        holds.append(Hold.OUTWEIGHED)
    return tuple(holds)
