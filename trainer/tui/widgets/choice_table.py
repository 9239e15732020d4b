"""A table of rows to choose from; its footer says that Enter chooses."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.widgets import DataTable


class ChoiceTable(DataTable[Text | str]):
    """A data table whose cursor is a row. Enter posts `DataTable.RowSelected`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select_cursor", "Choose", tooltip="Open or practise the chosen row"),
    ]

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, cursor_type="row")

    def chosen(self) -> str | None:
        """Return the key of the row under the cursor; None for an empty table."""
        if not self.row_count:
            return None
        return self.coordinate_to_cell_key(self.cursor_coordinate).row_key.value
