"""One line that says how much of a rating is not sure, and what can be done about it."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from trainer.recall import AttemptView


def doubted(view: AttemptView) -> int:
    """Return how many points can be settled: those of the newest words that are not sure."""
    return sum(line.unsure for line in view.report.lines) if view.is_newest else 0


def settled(view: AttemptView) -> int:
    """Return how many points can be settled again: those settled, once nothing is not sure."""
    newest = view.is_newest and not doubted(view)
    return sum(line.settled for line in view.report.lines) if newest else 0


def sureness_lines(view: AttemptView) -> tuple[Static, ...]:
    """Return the line, or nothing where every mark is the machine's and sure."""
    if count := doubted(view):
        wider = ", so the band is wider" if view.report.score else ""
        told = Content.assemble(
            (f"{_points(count)} not sure", "$warning"), (f"{wider} (press U)", "$quiet")
        )
    elif count := settled(view):
        told = Content.styled(f"{_points(count)} settled by you (press U to change)", "$quiet")
    else:
        return ()
    return (Static(told, id="sureness"),)


def _points(count: int) -> str:
    return "1 point is" if count == 1 else f"{count} points are"
