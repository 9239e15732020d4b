"""The speaker's own marks beside the machine's: how far they lie apart, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from trainer.analysis.types import Rating
from trainer.bank.types import Mark, Rubric

NOTHING_BESIDE = "There is no sure mark of the rating to lay beside them."


@dataclass(frozen=True, slots=True)
class OwnMark:
    """What the speaker gave one criterion, and what the machine gave it.

    `judged` is None where the machine gave no mark, is not sure of it, or where the speaker has
    settled it: then there is nothing of another to compare with.
    """

    id: str
    title: str
    mark: Mark
    judged: Mark | None

    @property
    def above(self) -> int:
        """How many marks the speaker's lies above the machine's (-2..2); 0 without one."""
        return 0 if self.judged is None else int(self.mark) - int(self.judged)


def lay_beside(rubric: Rubric, own: Rating, machine: Rating | None) -> tuple[OwnMark, ...]:
    """Return the speaker's marks in the order of the rubric, each with the machine's."""
    open_to = machine if machine and not machine.remark else None
    judged = dict(open_to.marks) if open_to else {}
    for name in (*open_to.unsure, *open_to.settled) if open_to else ():
        judged.pop(name, None)
    return tuple(
        OwnMark(one.id, one.title, own.marks[one.id], judged.get(one.id))
        for one in rubric.criteria
        if one.id in own.marks
    )


def own_heading(name: str = "") -> str:
    """Return what stands above the speaker's own marks; `name` is theirs, if not the user."""
    return f"{name}'s own marks" if name else "Your own marks"


def describe_own(marks: Sequence[OwnMark], name: str = "") -> tuple[str, ...]:
    """Return sentences on how far the marks lie apart; `name` is the speaker's, if not the user."""
    who = name or "You"
    compared = [one for one in marks if one.judged is not None]
    if not compared:
        return (f"{who} gave: {_list(marks)}.", NOTHING_BESIDE)
    same = sum(one.above == 0 for one in compared)
    lines = [_agreement(who, same, len(compared))]
    for word, apart in (
        ("Higher", [one for one in compared if one.above > 0]),
        ("Lower", [one for one in compared if one.above < 0]),
    ):
        if apart:
            lines.append(f"{word} than the rating: {_pairs(apart, name or 'you')}.")
    if left := [one for one in marks if one.judged is None]:
        lines.append(f"Not compared, as the rating has no sure mark of its own: {_list(left)}.")
    return tuple(lines)


def _agreement(who: str, same: int, count: int) -> str:
    if count == 1:
        return f"{who} gave the one point to compare {'the same' if same else 'another'} mark."
    if same == count:
        return f"{who} gave all {count} points to compare the same mark as the rating."
    return f"{who} gave {same} of {count} points to compare the same mark as the rating."


def _pairs(marks: Iterable[OwnMark], who: str) -> str:
    return "; ".join(
        f"{one.title} ({who}: {word_of(one.mark)}, the rating: {word_of(one.judged)})"
        for one in marks
        if one.judged is not None
    )


def _list(marks: Iterable[OwnMark]) -> str:
    return "; ".join(f"{one.title} ({word_of(one.mark)})" for one in marks)


def word_of(mark: Mark) -> str:
    """Return the word of a mark: met, partly or missed."""
    return mark.name.lower()
