"""What of the history is listed: one line for each way to narrow it down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from trainer.display import one_line
from trainer.errors import TrainerError
from trainer.narrowing import Choice, Narrowing, cleared, in_words, is_narrowed
from trainer.store.contents import Contents
from trainer.store.types import LibraryQuery
from trainer.tui.screens.base import TrainerScreen
from trainer.tui.widgets.key_line import KeyLine

_NAME_CELLS = 12
_SIGN = "●"


@dataclass(frozen=True, slots=True)
class Filtered:
    """A query, and what it has chosen in words."""

    query: LibraryQuery
    words: str


class FilterScreen(TrainerScreen, ModalScreen[Filtered]):
    """Narrows a query down, among what the history holds. Dismissed with what it is then."""

    CSS_PATH = "../styles/filters.tcss"
    HELP = """\
# Filter

Each line narrows the list down, and they work together. Enter on a line shows what can be chosen.
Backspace takes the choice of a line back, A those of all lines. A dot stands before every line that
leaves answers out. Escape goes back to the list, which then shows what fits.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("backspace,delete", "any", "Any", tooltip="Take the choice of this line back"),
        Binding("a", "all", "All answers", tooltip="Take all choices back"),
        Binding("escape,f", "leave", "Done", key_display="esc", tooltip="List what fits"),
        Binding("f1", "app.help", "Help"),  # a dialog's footer shows no keys of the application
    ]

    @dataclass
    class Looked(Message):
        """What the history holds is known."""

        contents: Contents

    @dataclass
    class Counted(Message):
        """How many answers fit a query."""

        query: LibraryQuery
        count: int

    @dataclass
    class Failed(Message):
        """They could not be counted."""

        error: TrainerError

    def __init__(self, query: LibraryQuery) -> None:
        super().__init__()
        self._contents = Contents()
        self._query = query
        self._ways: tuple[Narrowing, ...] = ()

    def compose(self) -> ComposeResult:
        """Yield the lines, and how many answers fit."""
        with Vertical(classes="dialog"):
            yield Static("Which answers are listed", classes="section")
            yield WayList(id="ways", markup=False, compact=True)
            yield Static("", id="fits", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        """Show what is chosen so far, as soon as the history was looked through."""
        self.set_focus(self.query_one(OptionList))
        self.say("#fits", "Looking through the history …")
        self._look()

    @work(thread=True, group="contents", exit_on_error=False)
    def _look(self) -> None:
        try:
            self.services.library()  # read here, before its words are asked for on the screen
            self.post_message(self.Looked(self.services.contents()))
        except TrainerError as error:
            self.post_message(self.Failed(error))

    def on_filter_screen_looked(self, message: Looked) -> None:
        """Show what can be chosen."""
        self._contents = message.contents
        self._show()

    def _show(self) -> None:
        options = self.query_one(OptionList)
        at = options.highlighted or 0
        self._ways = self.services.narrowings(self._contents, self._query)
        options.clear_options()
        options.add_options([Option(_line(way, self._query)) for way in self._ways])
        options.highlighted = at
        self._count(self._query)

    @work(thread=True, exclusive=True, group="count", exit_on_error=False)
    def _count(self, query: LibraryQuery) -> None:
        try:
            self.post_message(self.Counted(query, self.services.count_answers(query)))
        except TrainerError as error:
            self.post_message(self.Failed(error))

    def on_filter_screen_counted(self, message: Counted) -> None:
        """Say how many fit."""
        if message.query == self._query:
            count = message.count
            fits = "1 answer fits." if count == 1 else f"{count} answers fit."
            searched = f' The search is "{one_line(self._query.search, 30)}".'
            self.say("#fits", fits + (searched if self._query.search else ""))

    def on_filter_screen_failed(self, message: Failed) -> None:
        """Say what went wrong."""
        self.complain(message.error)

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        """Show what can be chosen in a line."""
        from trainer.tui.screens.choosing import ChoosingScreen

        way = self._ways[message.option_index]

        def chosen(choice: Choice | None) -> None:
            if choice is not None:
                self._query = way.narrow(self._query, choice)
                self._show()

        self.app.push_screen(ChoosingScreen(way.name, way.choices, way.chosen(self._query)), chosen)

    def action_any(self) -> None:
        """Take the choice of a line back."""
        if not self._ways:
            return
        way = self._ways[self.query_one(OptionList).highlighted or 0]
        self._query = way.narrow(self._query, way.choices[0])
        self._show()

    def action_all(self) -> None:
        """Take all choices back."""
        if self._ways and is_narrowed(self._query):
            self._query = cleared(self._query)
            self._show()

    def action_leave(self) -> None:
        """Go back to the list."""
        self.dismiss(Filtered(self._query, in_words(self._query, self._ways)))


class WayList(OptionList):
    """Its Enter stands in the footer."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Choose", tooltip="Show what can be chosen here"),
    ]


def _line(way: Narrowing, query: LibraryQuery) -> Content:
    choice = way.chosen(query)
    narrowed = choice != way.choices[0]
    sign = _SIGN if narrowed else " "
    return Content.assemble(
        f"{sign} {way.name.ljust(_NAME_CELLS)}",
        (one_line(choice.label, 48), "bold" if narrowed else ""),
    )
