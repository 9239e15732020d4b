"""The history: every answer, found by its words, narrowed down, sorted, starred and tagged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import ClassVar

from rich.text import Text
from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input, Static

from trainer import narrowing
from trainer.errors import TrainerError
from trainer.store.types import LibraryQuery
from trainer.tui import library_changes, library_lines
from trainer.tui.library_changes import Change
from trainer.tui.library_lines import Line
from trainer.tui.library_reading import Asked, Course, Found, read
from trainer.tui.opening import open_answer, open_comparison
from trainer.tui.screens.base import TrainerScreen
from trainer.tui.widgets.key_line import KeyLine
from trainer.tui.widgets.library_table import LibraryTable

COMPARED = 2
_CHOOSE_TWO = "Choose two answers with Space, then press C."


class LibraryScreen(TrainerScreen, Screen[None]):
    """A table of attempts with a search line above it."""

    CSS_PATH = "../styles/library.tcss"
    HELP = """\
# History

Type in the line at the top to search the questions and your words. Press Enter or the
down arrow to reach the list, Enter on a row to open it. What was found is underlined below the
list, in its context.

F filters: by bank, question, checklist, mark, warning, score, date, practice, tag, star and more.
O changes the order, and Shift+O goes back. Escape takes a search or a filter away.

The star key (*) stars an answer, T gives it tags: words of yours. Space chooses an answer; of two
that are chosen C shows what changed. X writes the chosen answers into a file, or all that are
listed. E writes one answer into a file for a mentor. P shows your progress.

D deletes an answer with its sound and its follow-ups. Z brings it back, until you leave the
trainer. Then it is gone for good.
"""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "search", "Search", tooltip="Search questions and answers"),
        Binding("f", "filter", "Filter", tooltip="List only some answers"),
        Binding("o", "order(1)", "Order", tooltip="Sort in another way"),
        Binding("O", "order(-1)", "Order before", show=False, tooltip="Sort as before"),
        Binding(
            "asterisk",
            "star",
            "Star",
            key_display="*",
            show=False,
            tooltip="Star the answer, or take its star away",
        ),
        Binding("t", "tags", "Tags", show=False, tooltip="Give the answer words of yours"),
        Binding("space", "choose", "Choose", show=False, tooltip="Choose it for a comparison"),
        Binding("c", "compare", "Compare", show=False, tooltip="Compare the two chosen answers"),
        Binding("x", "write", "File", show=False, tooltip="Write the answer or the list to a file"),
        Binding("e", "share", "For a mentor", show=False, tooltip="Let somebody else mark it"),
        Binding("p", "progress", "Progress", show=False, tooltip="See your answers over time"),
        Binding("d", "delete", "Delete", tooltip="Delete the answer; Z brings it back"),
        Binding("z", "undo", "Undo", tooltip="Bring back what was deleted last"),
        Binding("escape", "leave", "Back", tooltip="Go back"),
        Binding("question_mark", "app.help", "Help", show=False),
        Binding("q", "app.quit", "Quit", show=False),
    ]

    @dataclass
    class Read(Message):
        """Rows were read."""

        asked: Asked
        found: Found

    @dataclass
    class ReadingFailed(Message):
        """A list could not be read."""

        asked: Asked
        error: TrainerError

    @dataclass
    class Changed(Message):
        """Something was stored."""

        change: Change

    @dataclass
    class NotChanged(Message):
        """It could not be stored."""

        error: TrainerError

    def __init__(self, query: LibraryQuery | None = None) -> None:
        super().__init__()
        self._query = query or LibraryQuery()
        self._course = Course(self._read)
        self._changing = False
        self._opens_next = False
        """Enter was pressed before the rows of the newest list were here."""
        self._picked: list[str] = []
        self._said = ""
        self._words = ""
        """What the query has chosen, in words."""

    def compose(self) -> ComposeResult:
        """Yield the search line and the table."""
        yield Static("History", classes="title-bar")
        yield Input(
            self._query.search,
            placeholder="Search your answers and the questions",
            id="search",
            select_on_focus=False,
        )
        yield Static("", id="columns", markup=False)
        yield LibraryTable(self._draw, self.action_open, id="attempts")
        yield Static("", id="preview")
        yield Static("", id="state", markup=False)
        yield Static("", id="said", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        """Let the arrow keys go through the rows; they come with each return to this screen."""
        self.set_focus(self.query_one(LibraryTable))

    def on_screen_resume(self) -> None:
        """Read again: the cursor stays on its answer."""
        self._read_anew(self._chosen_id)

    def on_resize(self) -> None:
        """Give the columns their places."""
        self.call_after_refresh(self._lay_out)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show the key that undoes while there is something to bring back."""
        return action != "undo" or self.services.can_undo_delete

    # The list

    @property
    def is_reading(self) -> bool:
        """Whether rows, or something that is stored, are on their way."""
        return self._course.is_busy or self._changing

    def _draw(self, line: Line | None, width: int, cursor: bool, chosen: bool) -> Text:
        return library_lines.draw(line, width, cursor=cursor, chosen=chosen)

    @property
    def _chosen_id(self) -> str | None:
        line = self.query_one(LibraryTable).chosen
        return line.row.attempt.id if line else None

    def _list(self, query: LibraryQuery, at: str | None = None) -> None:
        """List what a query chooses, from its first row on or around an attempt."""
        self._query, self._said = query, ""
        self._course.ask_anew(query, at)

    def _read_anew(self, at: str | None) -> None:
        """Read what is listed again; the cursor goes to that attempt, or stays in its row."""
        self._course.ask_anew(self._query, at, self.query_one(LibraryTable).cursor)

    def on_library_table_wanted(self, message: LibraryTable.Wanted) -> None:
        """Read the pages that come into view."""
        self._course.ask_more(self._query, message.pages)

    @work(thread=True, group="list", exit_on_error=False)
    def _read(self, asked: Asked) -> None:
        try:
            self.post_message(self.Read(asked, read(self.services, asked)))
        except TrainerError as error:
            self.post_message(self.ReadingFailed(asked, error))

    def on_library_screen_read(self, message: Read) -> None:
        """Show what was read, if it still belongs to the newest list."""
        found, table = message.found, self.query_one(LibraryTable)
        if self._course.end(message.asked):
            if message.asked.fresh:
                table.fill(found.total, found.pages, found.cursor)
                if found.is_gone and not self._said and self.services.can_undo_delete:
                    self._said = library_lines.deleted(1)  # on the report of the answer
                self._tell()
            else:
                table.supply(found.pages)
        if self._opens_next:
            self.action_open()

    def on_library_screen_reading_failed(self, message: ReadingFailed) -> None:
        """Say what went wrong; Enter takes the rows that are there."""
        if self._course.end(message.asked):
            self._opens_next = False
        self.complain(message.error)

    # What is said

    def _lay_out(self) -> None:
        table = self.query_one(LibraryTable)
        width = table.scrollable_content_region.width
        self.say("#columns", library_lines.heading(width))
        self._preview()

    def on_library_table_moved(self) -> None:
        """Show the chosen answer at more length."""
        self._preview()

    def _preview(self) -> None:
        place = self.query_one("#preview", Static)
        line = self.query_one(LibraryTable).chosen
        size = place.content_size
        place.update(library_lines.preview(line, size.width, size.height), layout=False)

    def _tell(self) -> None:
        table = self.query_one(LibraryTable)
        self.say("#state", library_lines.state(self._query, self._words, table.total))
        picked = len(self._picked)
        chosen = f"{picked} of {COMPARED} chosen. " + (
            "C compares them." if picked == COMPARED else "Choose another one with Space."
        )
        said = "  ".join(filter(None, (self._said, chosen if picked else "")))
        self.say("#said", said)
        self.query_one("#said").display = bool(said)
        table.mark(frozenset(self._picked))
        self.refresh_bindings()

    def _say(self, said: str) -> None:
        self._said = said
        self._tell()

    # Searching and narrowing down

    def on_input_changed(self, message: Input.Changed) -> None:
        """Search while typing."""
        self.search_for(message.value)

    def search_for(self, text: str) -> None:
        """List what holds these words."""
        if text != self._query.search:
            self._list(replace(self._query, search=text))

    def on_input_submitted(self) -> None:
        """Go to the list; a second Enter that was already on its way opens the row."""
        table = self.query_one(LibraryTable)
        if self.focused is table:
            self.action_open()
        else:
            self.set_focus(table)

    def action_search(self) -> None:
        """Go to the search line."""
        self.set_focus(self.query_one(Input))

    def action_order(self, step: int) -> None:
        """Sort in the next way; the cursor goes to the first row."""
        self._list(narrowing.reordered(self._query, step))

    def action_filter(self) -> None:
        """Choose what is listed."""
        from trainer.tui.screens.filters import Filtered, FilterScreen

        def chosen(filtered: Filtered | None) -> None:
            if filtered is not None and filtered.query != self._query:
                self._words = filtered.words
                self._list(filtered.query)

        self.app.push_screen(FilterScreen(self._query), chosen)

    # One answer

    def action_open(self) -> None:
        """Open the chosen attempt, as soon as the rows are those of the newest list."""
        self._opens_next = not self._course.is_listed
        if self._opens_next:
            return
        attempt_id = self._chosen_id
        if attempt_id:
            open_answer(self, attempt_id)
        else:
            self._opens_next = self.query_one(LibraryTable).total > 0

    def action_star(self) -> None:
        """Star the chosen attempt, or take its star away."""
        line = self.query_one(LibraryTable).chosen
        if line:
            self._change(partial(library_changes.star, self.services, line.row.attempt))

    def action_tags(self) -> None:
        """Give the chosen attempt tags."""
        from trainer.tui.screens.tags import TagsScreen

        line = self.query_one(LibraryTable).chosen
        if line is None:
            return
        attempt = line.row.attempt

        def chosen(names: tuple[str, ...] | None) -> None:
            if names is not None and names != attempt.tags:
                self._change(partial(library_changes.tag, self.services, attempt.id, names))

        self.app.push_screen(TagsScreen(attempt.tags), chosen)

    def action_delete(self) -> None:
        """Delete the chosen attempt. Nothing is asked: it can be undone."""
        attempt_id = self._chosen_id
        if attempt_id and self._course.is_listed:
            if attempt_id in self._picked:
                self._picked.remove(attempt_id)
            self._change(partial(library_changes.delete, self.services, attempt_id))

    def action_undo(self) -> None:
        """Bring back what was deleted last, and go there."""
        self._change(partial(library_changes.undo, self.services))

    def _change(self, change: Callable[[], Change]) -> None:
        """Store something, unless that is just done: a second key meets the rows as they are."""
        if not self._changing:
            self._changing = True
            self._store(change)

    @work(thread=True, group="change", exit_on_error=False)
    def _store(self, change: Callable[[], Change]) -> None:
        try:
            self.post_message(self.Changed(change()))
        except TrainerError as error:
            self.post_message(self.NotChanged(error))

    def on_library_screen_changed(self, message: Changed) -> None:
        """Say it, and read again."""
        self._changing = False
        self._say(message.change.said)
        self._read_anew(message.change.at)

    def on_library_screen_not_changed(self, message: NotChanged) -> None:
        """Say what went wrong."""
        self._changing = False
        self.complain(message.error)

    # More than one answer

    def action_choose(self) -> None:
        """Choose the row for a comparison, or choose it no more; of three the first one goes."""
        attempt_id = self._chosen_id
        if attempt_id in self._picked:
            self._picked.remove(attempt_id)
        elif attempt_id:
            self._picked = [*self._picked, attempt_id][-COMPARED:]
        self._tell()

    def action_compare(self) -> None:
        """Compare the two chosen answers, or the chosen one with the row of the cursor."""
        here = self._chosen_id
        pair = list(self._picked)
        if len(pair) < COMPARED and here and here not in pair:
            pair.append(here)
        if len(pair) < COMPARED:
            self._say(_CHOOSE_TWO)
        else:
            open_comparison(self, *pair)

    def action_write(self) -> None:
        """Write what is chosen, or all that is listed, into a file."""
        from trainer.tui.screens.exporting import ExportScreen

        if self._picked or self.query_one(LibraryTable).total:
            self.app.push_screen(ExportScreen(tuple(self._picked) or self._query))

    def action_share(self) -> None:
        """Write the chosen answer into a file for a mentor."""
        from trainer.tui.screens.sharing import ShareScreen

        if self._chosen_id:
            self.app.push_screen(ShareScreen(self._chosen_id))

    def action_progress(self) -> None:
        """Show the answers over time."""
        from trainer.tui.screens.progress import ProgressScreen

        self.app.push_screen(ProgressScreen())

    def action_leave(self) -> None:
        """Take the search and the filter away, or go back; the cursor stays on its answer."""
        search = self.query_one(Input)
        if search.value or self._query.search or narrowing.is_narrowed(self._query):
            self._words = ""
            self._list(replace(narrowing.cleared(self._query), search=""), self._chosen_id)
            search.value = ""
            self.set_focus(self.query_one(LibraryTable))
        else:
            self.dismiss()
