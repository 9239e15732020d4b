"""Opening an answer, its words to correct, or the comparison of two, from any screen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from trainer.errors import TrainerError
from trainer.review.sides import Side, SideName
from trainer.tui.screens.base import TrainerScreen

if TYPE_CHECKING:
    from textual.screen import Screen

    from trainer.recall import AttemptView
    from trainer.store.types import Draft
    from trainer.transcript.types import Transcript
    from trainer.tui.screens.correct import Words
    from trainer.tui.widgets.rating_form import Marks

Found = TypeVar("Found")


def open_answer(
    screen: TrainerScreen, attempt_id: str, words: tuple[int, int] | None = None
) -> None:
    """Read an answer in a thread and open its report on top of `screen`.

    Where own marks of it were begun, the form comes first, as it did then. `words` are chosen in
    the report where the answer has them, so that Enter plays them. What goes wrong is told; where
    the user has gone elsewhere meanwhile, nothing is opened.
    """
    services = screen.services

    def read() -> tuple[AttemptView, Marks]:
        view = services.view(attempt_id)
        return view, services.begun_marks(view)

    def report(view: AttemptView) -> Screen[Any]:
        from trainer.tui.screens.report import ReportScreen

        there = words and words[1] <= len(view.transcript.transcript.words)
        return ReportScreen(view, words=words if there else None)

    def answer(found: tuple[AttemptView, Marks]) -> Screen[Any]:
        from trainer.tui.screens.self_rating import going_on

        return going_on(services, *found, report)

    _open(screen, "answer", read, answer)


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

    def comparison(sides: tuple[Side, Side]) -> Screen[Any]:
        from trainer.tui.screens.comparison import ComparisonScreen

        return ComparisonScreen(*sides)

    _open(screen, "comparison", read, comparison)


def open_correction(
    screen: TrainerScreen,
    attempt_id: str,
    left: Draft | None,
    corrected: Callable[[Draft, Words | None], None],
) -> None:
    """Read the newest words of an answer in a thread and open them to be corrected.

    `left` is a correction that is taken up. `corrected` gets the draft and what came of it.
    """
    services = screen.services

    def read() -> tuple[Draft, Transcript]:
        draft = left or services.correction_draft(attempt_id)
        return draft, services.words_of(draft)

    def correction(found: tuple[Draft, Transcript]) -> Screen[Any]:
        from trainer.tui.screens.correct import CorrectScreen

        return CorrectScreen(found[0], words=found[1])

    _open(screen, "correction", read, correction, lambda found, words: corrected(found[0], words))


def _open(
    screen: TrainerScreen,
    group: str,
    read: Callable[[], Found],
    show: Callable[[Found], Screen[Any]],
    closed: Callable[[Found, Any], None] = lambda found, result: None,
) -> None:
    async def course() -> None:
        try:
            found = await asyncio.to_thread(read)
        except TrainerError as error:
            screen.complain(error)
        else:
            if screen.app.screen is screen:  # is_current is true of the screen below the top too
                screen.app.push_screen(show(found), lambda result: closed(found, result))

    screen.run_worker(course(), group=group, exclusive=True, exit_on_error=False)
