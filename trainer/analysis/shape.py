"""How long each part of a story is, against the shape that stories in interviews usually have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from trainer.analysis.parts import PARTS
from trainer.analysis.types import Rating
from trainer.bank.types import Part, Rubric
from trainer.transcript.types import Transcript


class Verdict(StrEnum):
    """How long a part is against the usual shape."""

    SHORT = "short"
    AS_USUAL = "as usual"
    LONG = "long"
    NOT_HEARD = "not heard"


@dataclass(frozen=True, slots=True)
class Usual:
    """What is advised for some parts together, and what is usual: `least` to `most` (each 0..1)."""

    parts: tuple[Part, ...]
    advised: float
    least: float
    most: float


SHAPE = (
    Usual(("situation", "task"), 0.20, 0.10, 0.45),
    Usual(("action",), 0.60, 0.20, 0.80),
    Usual(("result", "reflection"), 0.20, 0.10, 0.40),
)
"""About 20 % situation and task, 60 % action, 20 % result and reflection is what coaches advise
(the row "shape" of the notes on interviews). Few keep to it: in the 103 answers of
`corpus/development.jsonl` that were rated 4 or better and had their parts found by heads trained
on others, the three have 39, 35 and 28 % in the middle. So a part is called short or long only
outside of `least` and `most`: there 83, 94 and 95 % of those answers lie inside, and 44, 63 and
81 % of all others.
"""

_FEWEST_WORDS = 30  # a story in fewer has no shape to speak of
_FEWEST_PARTS = 2
_LEAST_COVERED = 0.5  # of the words; where less has a part, too little is known
_ROUNDING_S = 1e-6


@dataclass(frozen=True, slots=True)
class Run:
    """Words `start` to `end` (half-open) that tell one part without a break.

    `start_s` and `end_s` are seconds from the start of the sound, None where words have no times.
    """

    name: Part
    start: int
    end: int
    start_s: float | None
    end_s: float | None

    @property
    def words(self) -> int:
        """How many words it has."""
        return self.end - self.start

    @property
    def seconds(self) -> float | None:
        """How long it lasts."""
        timed = self.start_s is not None and self.end_s is not None
        return self.end_s - self.start_s if timed else None  # type: ignore[operator]


@dataclass(frozen=True, slots=True)
class StoryPart:
    """One part of the rubric's story, all its runs together.

    `share` (0..1) is of the answer's time where words have times (`seconds`), else of its words.
    `start` is the first word and `end` behind the last, None where it was not heard; `start_s`
    and `end_s` are their times. `verdict` compares with `usual`, which may hold for two parts
    together: of a pair that is too long, only a part over half of what is advised is called so.
    """

    name: Part
    words: int
    seconds: float | None
    share: float
    start: int | None
    end: int | None
    start_s: float | None
    end_s: float | None
    verdict: Verdict
    usual: Usual


def tells_story(rubric: Rubric) -> bool:
    """Tell whether a rubric's parts are those of a story: something happened, and it ended.

    What one would do in a case that is made up has parts too, but not the shape of a story.
    """
    acted = [c for c in rubric.criteria if c.part == "action"]
    names = {c.part for c in rubric.criteria}
    return bool(acted) and {"situation", "result"} <= names and all(c.factual for c in acted)


def find_runs(transcript: Transcript, rating: Rating) -> tuple[Run, ...]:
    """Return the rating's part spans in order, those of one part that touch joined."""
    names: list[Part | None] = [None] * len(transcript.words)
    for span in rating.spans:
        part = next((part for part in PARTS if part == span.name), None)
        if span.kind == "part" and part is not None:
            for at in range(max(span.start, 0), min(span.end, len(names))):
                names[at] = part
    runs = []
    for name, places in groupby(range(len(names)), key=names.__getitem__):
        if name is not None:
            start, *rest = places
            end = rest[-1] + 1 if rest else start + 1
            runs.append(Run(name, start, end, *find_times(transcript, start, end)))
    return tuple(runs)


def find_times(transcript: Transcript, start: int, end: int) -> tuple[float | None, float | None]:
    """Return when words `start` to `end` begin and end; None where none of them has a time."""
    words = transcript.words[start:end]
    begins = [word.start_s for word in words if word.start_s is not None]
    ends = [word.end_s for word in words if word.end_s is not None]
    return (min(begins), max(ends)) if begins and ends else (None, None)


def is_clear(transcript: Transcript, runs: Sequence[Run]) -> bool:
    """Tell whether enough of an answer has a part to speak of its shape."""
    count = len(transcript.words)
    return (
        count >= _FEWEST_WORDS
        and len({run.name for run in runs}) >= _FEWEST_PARTS
        and sum(run.words for run in runs) >= _LEAST_COVERED * count
    )


def measure_parts(
    transcript: Transcript, rubric: Rubric, runs: Sequence[Run]
) -> tuple[StoryPart, ...]:
    """Return the rubric's parts in the order of a story, also those that were not heard."""
    known = {criterion.part for criterion in rubric.criteria}
    total_s = _total_s(transcript, runs)
    shares: dict[Part, float] = {}
    for name in PARTS:
        own = [run for run in runs if run.name == name]
        if name not in known and not own:
            continue
        if total_s is None:
            shares[name] = sum(run.words for run in own) / len(transcript.words)
        else:
            shares[name] = _seconds(own) / total_s
    return tuple(_part(name, runs, shares, total_s is not None) for name in shares)


def _part(name: Part, runs: Sequence[Run], shares: Mapping[Part, float], timed: bool) -> StoryPart:
    own = [run for run in runs if run.name == name]
    usual = next(usual for usual in SHAPE if name in usual.parts)
    words = sum(run.words for run in own)
    first, last = (own[0], own[-1]) if own else (None, None)
    return StoryPart(
        name=name,
        words=words,
        seconds=_seconds(own) if timed else None,
        share=shares[name],
        start=first.start if first else None,
        end=last.end if last else None,
        start_s=first.start_s if first and timed else None,
        end_s=last.end_s if last and timed else None,
        verdict=_judge(name, words, shares, usual),
        usual=usual,
    )


def _judge(name: Part, words: int, shares: Mapping[Part, float], usual: Usual) -> Verdict:
    together = sum(shares.get(part, 0.0) for part in usual.parts)
    if not words:
        return Verdict.NOT_HEARD
    if together < usual.least:
        return Verdict.SHORT
    if together > usual.most and shares[name] > usual.advised / 2:
        return Verdict.LONG
    return Verdict.AS_USUAL


def _total_s(transcript: Transcript, runs: Sequence[Run]) -> float | None:
    """Return the time from the first word to the last; None where times cannot be relied on."""
    begin_s, end_s = find_times(transcript, 0, len(transcript.words))
    lengths = [run.seconds for run in runs]
    if begin_s is None or end_s is None or any(s is None or s < 0 for s in lengths):
        return None
    total_s = end_s - begin_s
    return total_s if total_s > 0 and _seconds(runs) <= total_s + _ROUNDING_S else None


def _seconds(runs: Iterable[Run]) -> float:
    return sum(run.seconds or 0.0 for run in runs)
