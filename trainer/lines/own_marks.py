"""The speaker's own marks as text: the points to mark, the marks as arguments, both beside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from trainer.bank.types import Mark, Rubric
from trainer.coach.own_marks import describe_own, own_heading
from trainer.display import one_line
from trainer.errors import UsageError
from trainer.lines.ratings import MARK_WORDS
from trainer.lines.text import wrapped

if TYPE_CHECKING:
    from trainer.recall import AttemptView

_MARKS = {word: mark for mark, word in MARK_WORDS.items()}
_LONGEST_SHOWN = 64


def read_marks(given: Sequence[str]) -> dict[str, Mark]:
    """Return the marks of arguments such as `change=met`. Raises `UsageError`."""
    marks: dict[str, Mark] = {}
    for one in given:
        name, _, word = one.partition("=")
        if word not in _MARKS:
            raise UsageError(
                f"{one_line(one, _LONGEST_SHOWN)!r} is no mark of a point.",
                f"Write POINT=MARK. Marks: {', '.join(_MARKS)}",
            )
        if name in marks:
            raise UsageError(
                f"{one_line(name, _LONGEST_SHOWN)!r} has two marks.", "Give each point one mark."
            )
        marks[name] = _MARKS[word]
    return marks


def points_lines(rubric: Rubric, text: str) -> Iterator[str]:
    """Yield an answer's text, and each point with its id and what every mark means.

    Nothing of any rating is in them.
    """
    yield from wrapped(text, "  ")
    for criterion in rubric.criteria:
        yield ""
        yield from wrapped(f"{criterion.id}: {criterion.title}. {criterion.asks}")
        for mark in reversed(Mark):
            yield from wrapped(criterion.marks.of(mark), f"  {MARK_WORDS[mark]:<7} ")


def points_json(rubric: Rubric) -> list[dict[str, object]]:
    """Return each point with its id, its question and the meanings of its marks."""
    return [
        {
            "id": criterion.id,
            "title": criterion.title,
            "asks": criterion.asks,
            "meanings": {MARK_WORDS[mark]: criterion.marks.of(mark) for mark in reversed(Mark)},
        }
        for criterion in rubric.criteria
    ]


def own_lines(view: AttemptView) -> Iterator[str]:
    """Yield how far the speaker's marks lie from those that are shown; nothing without any."""
    if view.own:
        label = f"{own_heading(view.speaker)}: "
        for number, line in enumerate(describe_own(view.own, view.speaker)):
            yield from wrapped(line, label if number == 0 else "  ", "  ")
