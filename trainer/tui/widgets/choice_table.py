"""A table of rows to choose from; its footer says that Enter chooses."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.widgets import DataTable


class ChoiceTable(DataTable[Text | str]):
    """A data table whose cursor is a row. Enter or a click on the chosen row calls `choose`.

    Enter calls it at once and posts no message: a key typed after Enter must find what Enter
    opened, however slow the machine is.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select_cursor", "Choose", tooltip="Open or practise the chosen row"),
        Binding("home", "scroll_top", "First row", show=False),
        Binding("end", "scroll_bottom", "Last row", show=False),
    ]

    def __init__(self, choose: Callable[[], None], *, id: str) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, cursor_type="row")
        self._choose = choose

    def action_select_cursor(self) -> None:
        """Choose the row under the cursor."""
        self._choose()

    def on_data_table_row_selected(self) -> None:
        """Choose the row that was clicked."""
        self._choose()

    def chosen(self) -> str | None:
        """Return the key of the row under the cursor; None for an empty table."""
        if not self.row_count:
            return None
        return self.coordinate_to_cell_key(self.cursor_coordinate).row_key.value
