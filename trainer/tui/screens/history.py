"""The history: every answer, found by its words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from rich.text import Text
from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Footer, Input, Static

from trainer.display import clock_time, one_line, visible
from trainer.errors import TrainerError
from trainer.recall import AttemptView
from trainer.store.types import AttemptSummary
from trainer.tui.screens.base import TrainerScreen
from trainer.tui.screens.confirm import DELETE
from trainer.tui.widgets.choice_table import ChoiceTable

MOST_ROWS = 200
_EMPTY = (
    "No answers yet. Every answer that you finish comes here with its words and its rating. "
    "Press Escape, then Enter on home, to answer the first question."
)


class HistoryScreen(TrainerScreen, Screen[None]):
    """A table of attempts with a search line above it."""

    CSS_PATH = "../styles/history.tcss"
    HELP = """\
# History

Type in the line at the top to search the questions and your words. Press Enter or the
down arrow to reach the list, Enter on a row to open it, D to delete it.
"""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "search", "Search", tooltip="Search questions and answers"),
        Binding("d", "delete", "Delete", tooltip="Delete the chosen answer for good"),
        Binding("escape", "leave", "Back", tooltip="Go back"),
        Binding("question_mark", "app.help", "Help", show=False),
        Binding("q", "app.quit", "Quit", show=False),
    ]

    @dataclass
    class Found(Message):
        """The rows for a search; `request` tells late answers from the last one."""

        request: int
        rows: tuple[AttemptSummary, ...]
        words: dict[str, str]
        total: int

    @dataclass
    class ViewReady(Message):
        """An attempt is ready to open."""

        view: AttemptView

    @dataclass
    class Failed(Message):
        """The history could not be read."""

        error: TrainerError

    def __init__(self) -> None:
        super().__init__()
        self._request = 0
        self._shown = 0
        """The request whose rows the table shows."""
        self._opens_next = False
        """Enter was pressed before the rows of the newest search were here."""
        self._rows: tuple[AttemptSummary, ...] = ()

    def compose(self) -> ComposeResult:
        """Yield the search line and the table."""
        yield Static("History", classes="title-bar")
        yield Input(
            placeholder="Search your answers and the questions", id="search", select_on_focus=False
        )
        yield ChoiceTable(self.action_open, id="attempts")
        yield Static("", id="preview", markup=False)
        yield Static("", id="count", markup=False)
        yield Footer()

    def on_mount(self) -> None:
        """Set the columns up; the rows come with each return to this screen."""
        table = self.query_one(ChoiceTable)
        for label, key in (("When", "when"), ("Rating", "rating"), ("Length", "length")):
            table.add_column(label, key=key)
        table.add_column("Question and answer", key="text")
        self.set_focus(table)

    def on_screen_resume(self) -> None:
        """Read again."""
        self._search()

    def take_key(self, character: str) -> bool:
        """Take a letter that was typed on its way to the search line."""
        search = self.query_one(Input)
        on_its_way = self.focused is search
        if on_its_way:
            search.insert_text_at_cursor(character)
        return on_its_way

    def on_input_changed(self) -> None:
        """Search while typing."""
        self._search()

    def on_input_submitted(self) -> None:
        """Go to the list; a second Enter that was already on its way opens the row."""
        table = self.query_one(ChoiceTable)
        if self.focused is table:
            self.action_open()
        else:
            self.set_focus(table)

    def _search(self) -> None:
        self._request += 1
        self._read(self._request, self.query_one(Input).value)

    @work(thread=True, exclusive=True, group="history")
    def _read(self, request: int, search: str) -> None:
        try:
            rows = self.services.history(search, limit=MOST_ROWS)
            words = {row.attempt.id: self.services.band_word(row) for row in rows}
            total = self.services.count_history(search)
            self.post_message(self.Found(request, rows, words, total))
        except TrainerError as error:
            self.post_message(self.Failed(error))

    def on_history_screen_found(self, message: Found) -> None:
        """Show the rows of the newest search."""
        if message.request != self._request:
            return
        table = self.query_one(ChoiceTable)
        row_before = table.cursor_row
        self._rows, self._shown = message.rows, message.request
        table.clear()
        for row in message.rows:
            table.add_row(*_cells(row, message.words[row.attempt.id]), key=row.attempt.id)
        table.move_cursor(row=min(row_before, max(0, table.row_count - 1)))
        self.query_one("#count", Static).update(self._count(len(message.rows), message.total))
        self.on_data_table_row_highlighted()
        if self._opens_next:
            self.action_open()

    def on_data_table_row_highlighted(self) -> None:
        """Show the chosen question and answer at more length."""
        chosen = self.query_one(ChoiceTable).chosen()
        row = next((row for row in self._rows if row.attempt.id == chosen), None)
        text = f"{one_line(row.attempt.prompt)}\n{one_line(row.excerpt)}" if row else ""
        if row and row.attempt.origin:
            text = f"{text}\nImported from {one_line(row.attempt.origin, 120)}"
        self.query_one("#preview", Static).update(text)

    def _count(self, shown: int, total: int) -> str:
        if total == 0:
            return "Nothing holds these words." if self.query_one(Input).value else _EMPTY
        if shown < total:
            return f"The newest {shown} of {total}. Search to narrow them down."
        return "1 answer" if total == 1 else f"{total} answers"

    def on_history_screen_failed(self, message: Failed) -> None:
        """Say what went wrong; Enter takes the rows that are there."""
        self._opens_next, self._shown = False, self._request
        self.complain(message.error)

    def action_open(self) -> None:
        """Open the chosen attempt, as soon as the rows are those of the newest search."""
        self._opens_next = self._shown != self._request
        if self._opens_next:
            return
        attempt_id = self.query_one(ChoiceTable).chosen()
        if attempt_id:
            self._open(attempt_id)

    @work(thread=True, exclusive=True, group="open")
    def _open(self, attempt_id: str) -> None:
        try:
            self.post_message(self.ViewReady(self.services.view(attempt_id)))
        except TrainerError as error:
            self.post_message(self.Failed(error))

    def on_history_screen_view_ready(self, message: ViewReady) -> None:
        """Show the report."""
        from trainer.tui.screens.report import ReportScreen

        if isinstance(self.app.screen, ReportScreen):
            return  # Enter was pressed twice
        self.app.push_screen(ReportScreen(message.view))

    def action_search(self) -> None:
        """Go to the search line."""
        self.set_focus(self.query_one(Input))

    def action_delete(self) -> None:
        """Delete the chosen attempt, after a question."""
        attempt_id = self.query_one(ChoiceTable).chosen()
        if attempt_id is None:
            return

        def delete() -> None:
            self.services.delete(attempt_id)
            self._search()

        self.confirm(*DELETE, delete)

    def action_leave(self) -> None:
        """Clear the search, or go back."""
        search = self.query_one(Input)
        if search.has_focus and search.value:
            search.value = ""
        else:
            self.dismiss()


def _cells(row: AttemptSummary, word: str) -> tuple[Text, ...]:
    attempt = row.attempt
    when = datetime.fromisoformat(attempt.started_at).astimezone()
    length = clock_time(row.answer_s) if row.answer_s is not None else "-"
    kind = "Follow-up: " if attempt.probe_of else ""
    take = f" (take {attempt.take})" if attempt.superseded or attempt.take > 1 else ""
    imported = "Imported: " if attempt.origin else ""
    text = Text.assemble(
        (f"{imported}{kind}{one_line(attempt.prompt, 70)}{take}", "bold"),
        "  ",
        one_line(row.excerpt, 120),
    )
    return Text(when.strftime("%d %b %H:%M")), Text(visible(word)), Text(length), text
