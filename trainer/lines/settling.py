"""What `trainer history settle` makes of its arguments, and what it says afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from trainer.bank.types import Mark
from trainer.display import one_line
from trainer.errors import UsageError
from trainer.lines.ratings import MARK_WORDS, band, quoted
from trainer.lines.text import wrapped

if TYPE_CHECKING:
    from trainer.analysis.settling import Decision
    from trainer.recall import AttemptView
    from trainer.services import Services

_MARKS = {word: mark for mark, word in MARK_WORDS.items()}
_LONGEST_SHOWN = 80


def decision(
    services: Services, view: AttemptView, criterion: str, word: str, quote: str | None
) -> Decision:
    """Return the decision that the arguments tell. Raises `UsageError` where words are missing.

    Whether the criterion can be settled at all is left to the services.
    """
    from trainer.analysis.settling import Decision

    mark = _MARKS[word]
    if quote is None:
        if mark is not Mark.MISSED:
            _need_words(services, view, criterion)
        return Decision(mark)
    if mark is Mark.MISSED:
        raise UsageError("A missed point has no words that show it.", "Leave out --quote.")
    place = services.locate(view, quote)
    if place is None:
        raise UsageError(
            f"These words do not stand in the answer: {one_line(quote, _LONGEST_SHOWN)}",
            f"Copy them from: trainer history show {view.record.attempt.id}",
        )
    return Decision(mark, place)


def settled_lines(view: AttemptView, criterion: str) -> Iterator[str]:
    """Yield the mark as it is now, its words, and the score."""
    for line in view.report.lines:
        if line.id == criterion:
            yield from wrapped(f"{line.title}: {MARK_WORDS[line.mark]}, settled by you")
            if line.quotes:
                yield from wrapped(quoted(line.quotes, line.doubts), "  ")
    if view.report.score:
        yield f"Score: {band(view.report.score)}"
    elif view.report.unmeasurable:
        yield from wrapped(view.report.unmeasurable, "Score: ", "  ")
    left = [line.id for line in view.report.lines if line.unsure]
    if left:
        yield from wrapped(", ".join(left), "Still not sure: ", "  ")


def _need_words(services: Services, view: AttemptView, criterion: str) -> None:
    """Raise `UsageError` where the machine has no words for a mark above missed."""
    asked = (*services.doubts(view), *services.doubts(view, settled=True))
    for doubt in asked:
        if doubt.criterion_id == criterion and doubt.mark is Mark.MISSED:
            near = doubt.found or doubt.others
            raise UsageError(
                "This mark needs the words that show it.",
                'Add them: --quote "..." with words of your answer'
                + (f", such as: {one_line(near[0].quote, _LONGEST_SHOWN)}" if near else "."),
            )
