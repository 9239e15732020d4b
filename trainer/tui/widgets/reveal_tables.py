"""The tables of a revealed round: marks side by side, and marks in time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from trainer.meeting.revealing import RevealedRound
from trainer.tui import reveal_page
from trainer.tui.widgets.choice_table import ChoiceTable

_HEADS = ("Time", "Who", "What", "Words")


class MarksTable(ChoiceTable):
    """Marks side by side: the cursor goes through criteria and raters."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select_cursor", "Play", tooltip="Play the words of this point"),
        Binding("pageup", "screen.scroll_about(-1)", "Page up", show=False),
        Binding("pagedown", "screen.scroll_about(1)", "Page down", show=False),
    ]

    def __init__(self, choose: Callable[[], None], *, id: str) -> None:  # noqa: A002 - Textual's name
        super().__init__(choose, id=id)
        self.cursor_type = "cell"
        self.header_height = 2

    def fill(self, revealed: RevealedRound, names: Mapping[str, str], width: int) -> None:
        """Show the marks of a round in a window of `width` cells; the cursor stays where it is."""
        at = self.cursor_coordinate
        marks = reveal_page.marks_table(revealed, names, width)
        self.clear(columns=True)
        self.add_column("\nPoint", width=marks.title_cells)
        for head, cells in zip(marks.heads, marks.widths, strict=True):
            self.add_column(Text(head), width=cells)
        self.fixed_columns = 1
        for line, row in zip(revealed.lines, marks.rows, strict=True):
            self.add_row(*map(Text, row), key=line.criterion.id)
        self.move_cursor(row=at.row, column=at.column)
        self.display = bool(revealed.lines and revealed.columns)
        self.styles.height = self.row_count + self.header_height + marks.is_scrolled

    def on_data_table_cell_selected(self) -> None:
        """Play what was clicked."""
        self._choose()


class MomentsTable(ChoiceTable):
    """Marks in time, one a row."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select_cursor", "Play", tooltip="Play what led to this mark"),
    ]

    def fill(self, revealed: RevealedRound, names: Mapping[str, str]) -> None:
        """Show the moments of a round; the cursor stays where it is."""
        at = self.cursor_row
        self.clear(columns=True)
        rows = [reveal_page.moment_cells(revealed, one, names) for one in revealed.moments]
        for head, *cells in zip(_HEADS, *rows, strict=True):
            self.add_column(head, width=reveal_page.widest((head, *cells)))
        for moment, row in zip(revealed.moments, rows, strict=True):
            self.add_row(*map(Text, row), key=moment.id)
        self.move_cursor(row=min(at, max(self.row_count - 1, 0)))
        self.display = bool(revealed.moments)
