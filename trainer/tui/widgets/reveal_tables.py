"""The tables of a revealed round: marks side by side, and marks in time."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from trainer.tui.widgets.choice_table import ChoiceTable


class MarksTable(ChoiceTable):
    """Marks side by side: the cursor goes through criteria and raters."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select_cursor", "Play", tooltip="Play the words of this point"),
        Binding("pageup", "screen.scroll_about(-1)", "Page up", show=False),
        Binding("pagedown", "screen.scroll_about(1)", "Page down", show=False),
    ]

    def on_data_table_cell_selected(self) -> None:
        """Play what was clicked."""
        self._choose()


class MomentsTable(ChoiceTable):
    """Marks in time, one a row."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select_cursor", "Play", tooltip="Play what led to this mark"),
    ]
