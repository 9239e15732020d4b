"""Why a mark or a flag came out as it did: the cues that were found, and what became of them.

The rater keeps this only where somebody asks for it; a rating never holds it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

from trainer.analysis.cues import Evidence, Hit
from trainer.analysis.guards import Guard
from trainer.analysis.tokens import Reading
from trainer.analysis.types import Chances
from trainer.bank.types import Criterion, Flag, Mark

if TYPE_CHECKING:
    from trainer.encoder.types import Example


class Hold(StrEnum):
    """What a rubric asks for beside enough evidence, and did not get.

    The first four keep a criterion from `met`, the others a flag from being raised.
    """

    LATE = "late"
    LONG = "long"
    ALIKE = "alike"
    WITHOUT_NEEDED = "without_needed"
    EXCUSED = "excused"
    SHORT = "short"
    OUTWEIGHED = "outweighed"


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a criterion's cues come to: their own mark, and whether it is a guess.

    `partly` and `met` are the shares of what each level needs (0 and up; 1 is enough), `holds`
    what keeps the mark from `met` all the same.
    """

    mark: Mark
    near: bool
    partly: float
    met: float
    holds: tuple[Hold, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundCue:
    """A cue found in words `start` to `end` (half-open), and its weight after the guards.

    A weight of 0 means that the guards left nothing of it. A `general` cue speaks for `partly`
    only.
    """

    cue: str
    start: int
    end: int
    weight: float
    guards: tuple[Guard, ...] = ()
    general: bool = False


@dataclass(frozen=True, slots=True)
class Why:
    """How one mark or flag came about.

    `mark` is None for a flag, `raised` for a criterion. `cues` stand strongest first; `against`
    are those that speak against a flag. `reached` are the shares of what `partly` and `met` need
    that the cues come to, of a flag twice the share of its level; `holds` what the rubric asks for
    beside that; `most` the highest mark that the answer as a whole allows. `trained` is what the
    head alone gives, `chances` what head and cues come to, `needed` the chances from which the
    marks are given, `example` the closest answer that raters marked: all None where no head rates
    this. Of a flag both chances are that it is raised.
    """

    kind: Literal["criterion", "flag"]
    name: str
    mark: Mark | None
    raised: bool | None
    cues: tuple[FoundCue, ...]
    reached: tuple[float, float]
    trained: Chances | None = None
    chances: Chances | None = None
    needed: Chances | None = None
    example: Example | None = None
    holds: tuple[Hold, ...] = ()
    against: tuple[FoundCue, ...] = ()
    most: Mark = Mark.MET


def why_marked(
    reading: Reading,
    criterion: Criterion,
    mark: Mark,
    weighed: Weighed,
    found: Sequence[Evidence],
    left_out: Sequence[Hit],
    most: Mark = Mark.MET,
) -> Why:
    """Return why `criterion` got `mark`, from what was found and what guards took away wholly.

    `most` is the highest mark that the answer as a whole allows.
    """
    return Why(
        "criterion",
        criterion.id,
        mark,
        None,
        trace(reading, found, left_out),
        (weighed.partly, weighed.met),
        holds=weighed.holds,
        most=most,
    )


def why_flagged(
    reading: Reading,
    flag: Flag,
    raised: bool,
    holds: tuple[Hold, ...],
    found: Sequence[Evidence],
    left_out: Sequence[Hit],
    against: Sequence[Evidence],
) -> Why:
    """Return why `flag` is raised or not."""
    share = sum(item.mass for item in found) / flag.level
    return Why(
        "flag",
        flag.id,
        None,
        raised,
        trace(reading, found, left_out),
        (share, share),
        holds=holds,
        against=trace(reading, against),
    )


def trace(
    reading: Reading, found: Sequence[Evidence], left_out: Sequence[Hit] = ()
) -> tuple[FoundCue, ...]:
    """Return every cue with its words and what its guards left of it, strongest first."""
    counted = [
        _found(reading, hit, item.factor * hit.weight, item.guards)
        for item in found
        for hit in item.hits
    ]
    dropped = [_found(reading, hit, 0.0) for hit in left_out]
    return tuple(sorted((*counted, *dropped), key=lambda cue: (-cue.weight, cue.start, cue.end)))


def _found(reading: Reading, hit: Hit, weight: float, guards: tuple[Guard, ...] = ()) -> FoundCue:
    start, end = reading.words[hit.start], reading.words[hit.end - 1] + 1
    both = tuple(dict.fromkeys((*hit.guards, *guards)))
    return FoundCue(hit.cue, start, end, weight, both, hit.general)
