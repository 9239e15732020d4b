"""Two answers beside each other, or two ratings of one: what is gained, lost, added, dropped.

Everything is told from the first to the second, and turned round when they change places: what
is gained from A to B is lost from B to A.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Literal

from trainer.analysis.evidence import quotes
from trainer.analysis.shape import StoryPart
from trainer.analysis.story import Story, read_story
from trainer.analysis.types import Chances
from trainer.bank.types import Criterion, Mark, Part, Rubric
from trainer.review.facts import Fact, find_facts, missing_in
from trainer.review.figures import FigurePair, pair_figures
from trainer.review.same_words import are_near_verbatim, same_share
from trainer.review.sides import Side

Shared = Literal["same", "changed", "different", "none"]
"""How two checklists compare: the same one; one that has changed; two; none on a side."""


@dataclass(frozen=True, slots=True)
class PartPair:
    """One part of a story on either side; None where that side's rubric does not know it."""

    name: Part
    before: StoryPart | None
    after: StoryPart | None


@dataclass(frozen=True, slots=True)
class MarkPair:
    """The mark of one criterion on either side, with the words behind it, strongest first.

    `is_sure` is False where a mark that differs is not sure on a side: `chance` (0..1) is then how
    likely it is that raters would see the difference, None where a rating has no chances.
    """

    id: str
    title: str
    before: Mark
    after: Mark
    is_sure: bool
    chance: float | None
    quotes_before: tuple[str, ...]
    quotes_after: tuple[str, ...]

    @property
    def step(self) -> int:
        """How many marks are gained; below 0 where they are lost."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class FlagPair:
    """A flag that is raised on one side or both, with its words on either."""

    id: str
    title: str
    before: bool
    after: bool
    quotes_before: tuple[str, ...]
    quotes_after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that two sides show together, from `before` to `after`.

    `marks` and `flags` are of what both checklists have; `only_before` and `only_after` are titles
    of criteria that the other lacks. `scores` tells whether the two scores mean the same. `parts`
    is empty where neither of the `stories` has parts that could be told apart; `unclear` tells on
    which side they could not. `added` and `dropped` are facts, in the order in which they are
    said, and None where words are mostly guessed. `same` is the share (0..1) of the same words, and
    `is_rehearsed` tells that two takes are near-verbatim; never of two versions of one answer.
    `is_rerated` tells that only the rating differs, `is_other_scorer` that another version of the
    rater gave it.
    """

    before: Side
    after: Side
    checklists: Shared
    marks: tuple[MarkPair, ...]
    flags: tuple[FlagPair, ...]
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]
    scores: bool
    parts: tuple[PartPair, ...]
    stories: tuple[Story | None, Story | None]
    unclear: tuple[bool, bool]
    added: tuple[Fact, ...] | None
    dropped: tuple[Fact, ...] | None
    figures: tuple[FigurePair, ...]
    same: float
    is_rehearsed: bool
    is_rerated: bool
    is_other_scorer: bool

    @property
    def gained(self) -> tuple[MarkPair, ...]:
        """The criteria that have a better mark after."""
        return tuple(pair for pair in self.marks if pair.step > 0)

    @property
    def lost(self) -> tuple[MarkPair, ...]:
        """The criteria that have a worse mark after."""
        return tuple(pair for pair in self.marks if pair.step < 0)

    @property
    def has_two_raters(self) -> bool:
        """Whether the marks of the two sides are by different raters."""
        one, other = self.before.given_by, self.after.given_by
        return one is not None and other is not None and one != other

    @property
    def is_by_two(self) -> bool:
        """Whether two raters marked the same words: then nothing came before anything."""
        return self.is_rerated and self.has_two_raters

    @property
    def is_same_attempt(self) -> bool:
        """Whether both sides are of one answer."""
        return self.before.attempt_id == self.after.attempt_id


def compare(before: Side, after: Side, word_classes: Mapping[str, tuple[str, ...]]) -> Comparison:
    """Compare two sides by data only; `word_classes` are those of the lexicons.

    Never raises on any text.
    """
    checklists = _shared(before, after)
    same = same_share(before.transcript, after.transcript)
    one_attempt = before.attempt_id == after.attempt_id
    verbatim = are_near_verbatim(before.transcript, after.transcript, same)
    stories = _story(before), _story(after)
    added = dropped = None
    if not before.is_guessed and not after.is_guessed:
        told = find_facts(before.transcript, word_classes)
        other = find_facts(after.transcript, word_classes)
        added, dropped = missing_in(other, told), missing_in(told, other)
    marks = _pair_marks(before, after)
    kept = {pair.id for pair in marks}
    return Comparison(
        before=before,
        after=after,
        checklists=checklists,
        marks=marks,
        # People raise no flags, so one of theirs cannot be gone.
        flags=() if _is_by_person(before) or _is_by_person(after) else _pair_flags(before, after),
        only_before=_alone(before, after, kept),
        only_after=_alone(after, before, kept),
        scores=checklists == "same" and before.score is not None and after.score is not None,
        parts=_pair_parts(*stories),
        stories=stories,
        unclear=(_is_unclear(stories[0]), _is_unclear(stories[1])),
        added=added,
        dropped=dropped,
        figures=pair_figures(before, after),
        same=same,
        is_rehearsed=verbatim and not one_attempt,
        is_rerated=one_attempt and before.transcript == after.transcript,
        is_other_scorer=_scorer(before) != _scorer(after) and checklists != "none",
    )


def chance_of_more(
    low: Mark, low_chances: Chances | None, high: Mark, high_chances: Chances | None
) -> float:
    """Return how likely the second mark is above the first; a mark without chances is certain."""
    return sum(
        _chance(one, low, low_chances) * _chance(other, high, high_chances)
        for one, other in product(Mark, Mark)
        if other > one
    )


def _is_by_person(side: Side) -> bool:
    """Whether the marks of a side are not the machine's."""
    return side.rating is not None and side.rating.rater != "machine"


def _chance(mark: Mark, given: Mark, chances: Chances | None) -> float:
    return float(mark is given) if chances is None else max(chances.of(mark), 0.0)


def _shared(before: Side, after: Side) -> Shared:
    if not before.is_rated or not after.is_rated or not before.rubric or not after.rubric:
        return "none"
    if before.rubric.id != after.rubric.id:
        return "different"
    if _meaning(before.rubric) == _meaning(after.rubric):
        return "same"
    return "changed"


def _meaning(rubric: Rubric) -> object:
    """Return what of a checklist decides what its score means; its cues may differ."""
    criteria = tuple((c.id, c.weight, c.marks) for c in rubric.criteria)
    return criteria, tuple((f.id, f.penalty) for f in rubric.flags), rubric.scoring


def _pair_marks(before: Side, after: Side) -> tuple[MarkPair, ...]:
    if not before.is_rated or not after.is_rated or not before.rubric or not after.rubric:
        return ()
    one_rubric = before.rubric.id == after.rubric.id
    others = {criterion.id: criterion for criterion in after.rubric.criteria}
    return tuple(
        _pair_mark(criterion, before, after)
        for criterion in before.rubric.criteria
        if (other := others.get(criterion.id)) is not None
        and (one_rubric or criterion.marks == other.marks)
    )


def _pair_mark(criterion: Criterion, before: Side, after: Side) -> MarkPair:
    assert before.rating
    assert after.rating
    name = criterion.id
    first = before.rating.marks.get(name, Mark.MISSED)
    second = after.rating.marks.get(name, Mark.MISSED)
    open_before, open_after = name in before.rating.unsure, name in after.rating.unsure
    is_sure = first == second or not (open_before or open_after)
    chance = None
    if not is_sure:
        one = before.rating.chances.get(name) if open_before else None
        two = after.rating.chances.get(name) if open_after else None
        known = (one is not None or not open_before) and (two is not None or not open_after)
        if known and second > first:
            chance = chance_of_more(first, one, second, two)
        elif known:
            chance = chance_of_more(second, two, first, one)
    return MarkPair(
        name,
        criterion.title,
        first,
        second,
        is_sure,
        chance,
        _quotes(before, "criterion", name),
        _quotes(after, "criterion", name),
    )


def _pair_flags(before: Side, after: Side) -> tuple[FlagPair, ...]:
    if not before.is_rated or not after.is_rated or not before.rubric or not after.rubric:
        return ()
    assert before.rating
    assert after.rating
    known = {flag.id for flag in after.rubric.flags}
    return tuple(
        FlagPair(
            flag.id,
            flag.title,
            before.rating.flags.get(flag.id, False),
            after.rating.flags.get(flag.id, False),
            _quotes(before, "flag", flag.id),
            _quotes(after, "flag", flag.id),
        )
        for flag in before.rubric.flags
        if flag.id in known
        and (before.rating.flags.get(flag.id) or after.rating.flags.get(flag.id))
    )


def _quotes(side: Side, kind: Literal["criterion", "flag"], name: str) -> tuple[str, ...]:
    assert side.rating
    if kind == "flag" and not side.rating.flags.get(name):
        return ()
    return quotes(side.transcript, side.rating, kind, name)


def _alone(side: Side, other: Side, kept: set[str]) -> tuple[str, ...]:
    if not side.is_rated or not other.is_rated or side.rubric is None:
        return ()
    return tuple(c.title for c in side.rubric.criteria if c.id not in kept)


def _scorer(side: Side) -> str | None:
    return side.rating.scorer_version if side.rating else None


def _story(side: Side) -> Story | None:
    if not side.is_rated:
        return None
    return read_story(side.transcript, side.rubric, side.rating, side.prompt)


def _is_unclear(story: Story | None) -> bool:
    return story is not None and story.unclear


def _pair_parts(before: Story | None, after: Story | None) -> tuple[PartPair, ...]:
    first = {part.name: part for part in (before.parts if before else ())}
    second = {part.name: part for part in (after.parts if after else ())}
    names: Sequence[Part] = ("situation", "task", "action", "result", "reflection")
    return tuple(
        PartPair(name, first.get(name), second.get(name))
        for name in names
        if name in first or name in second
    )
