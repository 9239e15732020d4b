"""Opening the comparison of two answers from any screen."""

from __future__ import annotations

import asyncio

from trainer.errors import TrainerError
from trainer.review.sides import Side, SideName
from trainer.tui.screens.base import TrainerScreen


def open_comparison(screen: TrainerScreen, before: SideName | str, after: SideName | str) -> None:
    """Read two sides in a thread and open their comparison on top of `screen`.

    A text is the id of an answer: its newest words with their newest rating. Of two different
    answers the older one stands before the newer one, whichever was named first. What goes wrong
    is told; where the user has gone elsewhere meanwhile, nothing is opened.
    """
    names = [SideName(name) if isinstance(name, str) else name for name in (before, after)]

    def read() -> tuple[Side, Side]:
        side = screen.services.reviewing.side
        one, other = (side(name.attempt_id, name.version, name.rating) for name in names)
        if one.attempt_id != other.attempt_id and other.started_at < one.started_at:
            one, other = other, one
        return one, other

    async def show() -> None:
        try:
            sides = await asyncio.to_thread(read)
        except TrainerError as error:
            screen.complain(error)
            return
        if screen.is_current:
            from trainer.tui.screens.comparison import ComparisonScreen

            screen.app.push_screen(ComparisonScreen(*sides))

    screen.run_worker(show(), group="comparison", exclusive=True, exit_on_error=False)
