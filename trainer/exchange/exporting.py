"""Answers in the form that was asked for, whole and ready to be written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from trainer.errors import UsageError

if TYPE_CHECKING:
    from trainer.exchange.exchanging import Exchange, Form
    from trainer.recall import AttemptView

LeftOut = Callable[[int], object]
"""Takes how many answers had no words that could be shown."""


def export(
    exchange: Exchange,
    show: Callable[[str], AttemptView],
    attempt_ids: Sequence[str],
    form: Form,
    left_out: LeftOut = lambda count: None,
) -> str:
    """Return answers as a text in this form; `show` gives each as it is to be shown.

    Subtitles are of the first answer. Raises `TrainerError` where one cannot be read.
    """
    return "".join(_pieces(exchange, show, attempt_ids, form, left_out))


def _pieces(
    exchange: Exchange,
    show: Callable[[str], AttemptView],
    attempt_ids: Sequence[str],
    form: Form,
    left_out: LeftOut,
) -> Iterator[str]:
    if form == "json":
        yield from exchange.history_file(attempt_ids)
    elif form == "md":
        from trainer.exchange.markdown import write_markdown

        yield from write_markdown(_views(show, attempt_ids, left_out))
    elif form == "html":
        from trainer.exchange.page import write_page

        yield from write_page(_views(show, attempt_ids, left_out))
    elif form == "csv":
        from trainer.exchange.sheet import write_sheet

        yield write_sheet(_views(show, attempt_ids, left_out))
    else:
        from trainer.exchange.subtitles import write_subtitles

        yield write_subtitles(show(attempt_ids[0]).transcript.transcript, form)


def _views(
    show: Callable[[str], AttemptView], attempt_ids: Sequence[str], left_out: LeftOut
) -> Iterator[AttemptView]:
    """Yield answers that can be shown; damage may have left one without any words."""
    left = 0
    for attempt_id in attempt_ids:
        try:
            yield show(attempt_id)
        except UsageError:
            left += 1
    if left:
        left_out(left)


def export_to(text: str, form: Form) -> str:
    """Return an exported text as it stands in a file: spreadsheets want a mark at its beginning."""
    from trainer.exchange.sheet import MARK_OF_ORDER

    return MARK_OF_ORDER + text if form == "csv" else text
