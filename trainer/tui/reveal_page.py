"""What the screen of a revealed round says: cells of marks, who marked what when, notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content

from trainer.coach.moments import MOMENT_SIGNS, MOMENT_WORDS, word_heard
from trainer.display import clock_time, one_line, visible
from trainer.meeting.revealing import RevealedRound, rows_by_person
from trainer.meeting.telling_reveal import PART_WORDS, tell_fillers
from trainer.peer.types import PersonId
from trainer.review.time_line import TimeRow, draw_time_line
from trainer.tui.agreement_lines import sign_of_step, tell_line
from trainer.tui.widgets.checklist import MARKS
from trainer.tui.widgets.plot import Draw

if TYPE_CHECKING:
    from trainer.peer.types import Moment
    from trainer.review.rated import Line

Names = Mapping[PersonId, str]
UNSURE = "? The machine is not sure of this mark."
SAME = "="
NO_MOMENTS = "Nobody marked a moment of this answer."
NO_NOTES = "Nobody wrote a note. O writes one."
_NOBODY = "Somebody"
_COLUMN_CELLS = 11
_LEAST_TITLE, _MOST_TITLE = 22, 48
_PADDING = 2  # cells beside each of a table
_BESIDE = 4 + _PADDING  # the margins of the page, and the titles' own padding
_NO_MARK = "no mark"
_WORDS_BEFORE, _WORDS_AFTER = 5, 2


@dataclass(frozen=True, slots=True)
class MarksTable:
    """Cells of marks: `heads` has one for each rater, a row has the title of its point before.

    `widths` are those of the raters' columns. A table that measures its cells does it too late
    where it is filled twice in a moment, and cuts them.
    `is_scrolled`: not all fit beside each other, and a scroll bar takes a line.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    title_cells: int
    widths: tuple[int, ...]
    is_scrolled: bool


def marks_table(revealed: RevealedRound, names: Names, width: int) -> MarksTable:
    """Return the marks side by side for a window of `width` cells; titles get what they leave."""
    heads = tuple(
        f"{one_line(names.get(one.id, _NOBODY), _COLUMN_CELLS)}\n{PART_WORDS[one.part]}"
        for one in revealed.columns
    )
    marks = [_marks(revealed, line) for line in revealed.lines]
    widths = tuple(widest(column) for column in zip(heads, *marks, strict=True))
    left = width - _BESIDE - sum(wide + _PADDING for wide in widths)
    title_cells = max(_LEAST_TITLE, min(_MOST_TITLE, left))
    rows = tuple(
        (f"{sign_of_step(line) or SAME:<3}{one_line(line.criterion.title, title_cells - 3)}", *row)
        for line, row in zip(revealed.lines, marks, strict=True)
    )
    return MarksTable(heads, rows, title_cells, widths, title_cells > left)


def widest(cells: Iterable[str]) -> int:
    """Return how many cells of the terminal the widest line of some texts takes."""
    return max(cell_len(line) for cell in cells for line in cell.split("\n"))


def _marks(revealed: RevealedRound, line: Line) -> tuple[str, ...]:
    row = []
    for column, mark in zip(revealed.columns, line.marks, strict=True):
        told = _NO_MARK if mark is None else MARKS[mark][0].rstrip()
        doubt = " ?" if mark is not None and line.criterion.id in column.unsure else ""
        row.append(told + doubt)
    return tuple(row)


def about_line(revealed: RevealedRound, line: Line, names: Names) -> str:
    """Return what is told of a chosen criterion: the words, who gave what, and what it asks."""
    told = list(tell_line([names.get(one.id, _NOBODY) for one in revealed.columns], line))
    told.append(f"The form asks: {one_line(line.criterion.asks)}")
    if any(line.criterion.id in one.unsure for one in revealed.columns):
        told.append(UNSURE)
    return visible("\n".join(told))


def time_line(revealed: RevealedRound, names: Names, most: int) -> Draw:
    """Draw the moments of at most so many people on one line of time, of those who marked most."""
    rows = [
        TimeRow(names.get(who, _NOBODY), tuple((m.at_s, MOMENT_SIGNS[m.kind]) for m in own))
        for who, own in rows_by_person(revealed)[:most]
    ]
    return lambda width: draw_time_line(rows, revealed.length_s, width)


def legend(revealed: RevealedRound, most: int) -> str:
    """Return what the signs mean that stand on the line of time, and whose are only in the list."""
    kinds = {one.kind for one in revealed.moments}
    signs = "  ".join(
        f"{MOMENT_SIGNS[kind]} {MOMENT_WORDS[kind]}" for kind in MOMENT_SIGNS if kind in kinds
    )
    if not signs:
        return NO_MOMENTS
    left = len(rows_by_person(revealed)) - most
    more = f"   {left} more in the list only" if left > 0 else ""
    return f"{signs}   a digit: so many{more}"


def moment_cells(revealed: RevealedRound, moment: Moment, names: Names) -> list[str]:
    """Return the cells of a moment: when, who, what, and what was written or said there."""
    about = one_line(moment.text) if moment.text.strip() else _said_at(revealed, moment.at_s)
    return [
        clock_time(moment.at_s),
        one_line(names.get(moment.participant_id, _NOBODY), _COLUMN_CELLS),
        f"{MOMENT_SIGNS[moment.kind]} {MOMENT_WORDS[moment.kind]}",
        about,
    ]


def notes(revealed: RevealedRound, names: Names) -> Content:
    """Return what each wrote, with who counted how many fillers."""
    pieces: list[Content] = []
    for who, told in _notes_by_person(revealed):
        pieces.append(Content.styled(names.get(who, _NOBODY), "bold $primary"))
        pieces += [Content(visible(one)) for one in told]
        pieces.append(Content(""))
    if not pieces:
        pieces = [Content(NO_NOTES), Content("")]
    fillers = tell_fillers(revealed.fillers, names)
    if fillers:
        pieces.append(Content(fillers))
    return Content("\n").join(pieces)


def _notes_by_person(revealed: RevealedRound) -> Iterator[tuple[PersonId, list[str]]]:
    told: dict[PersonId, list[str]] = {}
    for column in revealed.columns:
        if column.note.strip():
            told.setdefault(column.id, []).append(column.note.strip())
    for moment in revealed.moments:
        if moment.kind == "note" and moment.text.strip():
            at = f"{clock_time(moment.at_s)} " if moment.at_s else ""  # else it is about all of it
            line = at + one_line(moment.text)
            told.setdefault(moment.participant_id, []).append(line)
    yield from told.items()


def _said_at(revealed: RevealedRound, at_s: float) -> str:
    """Return the words around a second; empty where nobody knows them."""
    words = revealed.words
    at = word_heard(words, at_s) if words else None
    if words is None or at is None:
        return ""
    start, end = max(at - _WORDS_BEFORE, 0), min(at + 1 + _WORDS_AFTER, len(words.words))
    return f"“{one_line(words.quote(start, end))}”"
