"""Lines of text of a readable width: folded sentences and aligned tables."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from textwrap import fill

from trainer.display import one_line, visible

_WIDEST, _NARROWEST = 78, 40
_MARGIN = 2
_GAP = "  "
_NARROWEST_COLUMN = 20


def width() -> int:
    """Return how many columns a line takes at most: 78, or what a narrower terminal has room for.

    A pipe, a file and a terminal that does not tell its size have room for all.
    """
    try:
        columns = os.get_terminal_size(sys.stdout.fileno()).columns
    except (OSError, ValueError, AttributeError):  # no terminal, closed, or there is none
        return _WIDEST
    return max(_NARROWEST, min(columns - _MARGIN, _WIDEST)) if columns else _WIDEST


def wrapped(text: str, first: str = "", later: str | None = None) -> list[str]:
    """Return `text` as lines of at most `width()` columns.

    `first` begins the first line and `later` the others, by default with as many spaces. Line
    breaks of the text stay. A word, path or address that is longer stays whole.
    """
    indent = " " * len(first) if later is None else later
    most = width()
    lines: list[str] = []
    for paragraph in visible(text).splitlines() or [""]:
        start = indent if lines else first
        folded = fill(
            paragraph,
            most,
            initial_indent=start,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
        lines += folded.split("\n") if folded else [start.rstrip()]
    return lines


def counted(count: int) -> str:
    """Return a number of answers as the beginning of a sentence about them."""
    return "1 answer is" if count == 1 else f"{count} answers are"


def deletion(count: int) -> str:
    """Return what to say after an answer was deleted, `count` with those that follow it up."""
    if count < 2:
        return "Deleted."
    return f"Deleted, with {count - 1} {'follow-up' if count == 2 else 'follow-ups'}."


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return rows under their header as aligned lines; the last column is cut to fit."""
    cells = [[one_line(cell) for cell in row] for row in (header, *rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)][:-1]
    rest = max(width() - sum(widths) - len(_GAP) * len(widths), _NARROWEST_COLUMN)
    return [
        _GAP.join([*map(str.ljust, row, widths), one_line(row[-1], rest)]).rstrip() for row in cells
    ]
