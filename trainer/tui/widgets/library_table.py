"""A table of as many rows as there are, which holds only those around what is seen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from trainer.tui.library_lines import Line

PAGE = 64
"""Rows that are asked for at once: more than most windows show."""

MOST_PAGES = 12
Draw = Callable[[Line | None, int, bool, bool], Text]
"""Draws a row in so many cells, as that of the cursor or not, as a chosen one or not."""


class LibraryTable(ScrollView, can_focus=True):
    """Rows by pages. What comes into view and is not here is asked for by a `Wanted` message.

    Only `MOST_PAGES` are held, or in a very tall window those around it, so that memory does not
    grow with the rows. Enter or a click on the row of the cursor calls `choose` at once.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"library-table--cursor"}
    DEFAULT_CSS = """
    LibraryTable { overflow-x: hidden; overflow-y: scroll; }
    LibraryTable > .library-table--cursor { text-style: bold; background: $panel; }
    LibraryTable:focus > .library-table--cursor { background: $primary 30%; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Open", tooltip="Open the chosen answer"),
        Binding("up,k", "move(-1)", "Up", show=False),
        Binding("down,j", "move(1)", "Down", show=False),
        Binding("pageup", "turn(-1)", "Page up", show=False),
        Binding("pagedown", "turn(1)", "Page down", show=False),
        Binding("home", "go(0)", "First row", show=False),
        Binding("end", "go(-1)", "Last row", show=False),
    ]

    cursor = reactive(0, repaint=False)
    """The row of the cursor, from 0; 0 for an empty table too."""

    @dataclass
    class Wanted(Message):
        """Pages that are seen, or soon will be, and are not here; what is seen comes first."""

        pages: tuple[int, ...]

    @dataclass
    class Moved(Message):
        """The cursor stands on another row, or its row has come or changed."""

    def __init__(self, draw: Draw, choose: Callable[[], None], *, id: str) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._draw = draw
        self._choose = choose
        self._total = 0
        self._pages: dict[int, Sequence[Line]] = {}
        self._marked: frozenset[str] = frozenset()

    # Rows

    @property
    def total(self) -> int:
        """How many rows there are."""
        return self._total

    @property
    def held(self) -> int:
        """How many pages are held."""
        return len(self._pages)

    def line(self, index: int) -> Line | None:
        """Return a row; None where there is none, or it is not here."""
        page = self._pages.get(index // PAGE, ())
        return page[index % PAGE] if index >= 0 and index % PAGE < len(page) else None

    @property
    def chosen(self) -> Line | None:
        """The row of the cursor; None where there is none, or it is not here."""
        return self.line(self.cursor)

    def fill(self, total: int, pages: Mapping[int, Sequence[Line]], cursor: int) -> None:
        """Show another list, with the cursor on a row that stands as high as the one before."""
        offset = self.cursor - round(self.scroll_y)
        self._total = total
        self._pages = dict(pages)
        self.virtual_size = Size(0, total)
        cursor = max(0, min(cursor, total - 1))
        self._scroll(cursor - max(0, offset))
        if cursor == self.cursor:
            self.post_message(self.Moved())
        self.cursor = cursor
        self._show_cursor()
        self.refresh()
        self._want()

    def supply(self, pages: Mapping[int, Sequence[Line]]) -> None:
        """Take in pages that were asked for."""
        self._pages.update(pages)
        if self.cursor // PAGE in pages:
            self.post_message(self.Moved())
        here, near = round(self.scroll_y) // PAGE, self._near()
        # What is wanted stays in the tallest window: else it would be asked for again, for ever.
        order = sorted(self._pages, key=lambda page: (page not in near, abs(page - here)))
        for page in order[max(MOST_PAGES, len(near)) :]:
            del self._pages[page]
        self.refresh()
        self._want()

    def mark(self, attempt_ids: frozenset[str]) -> None:
        """Show these as chosen."""
        self._marked = attempt_ids
        self.refresh()

    def _want(self) -> None:
        height = max(1, self.size.height)
        top = round(self.scroll_y)
        seen = _pages_of(top, top + height, self._total)
        wanted = dict.fromkeys((*seen, *self._near()))
        missing = tuple(page for page in wanted if page not in self._pages)
        if missing:
            self.post_message(self.Wanted(missing))

    def _near(self) -> range:
        """Return the pages of what is seen, and of a window's height above and below."""
        height, top = max(1, self.size.height), round(self.scroll_y)
        return _pages_of(top - height, top + 2 * height, self._total)

    # What is seen

    def render_line(self, y: int) -> Strip:
        """Return a line of the window."""
        width = self.scrollable_content_region.width
        index = round(self.scroll_y) + y
        if index >= self._total:
            return Strip.blank(width, self.rich_style)
        line = self.line(index)
        on_it = index == self.cursor
        marked = line is not None and line.row.attempt.id in self._marked
        text = self._draw(line, width, on_it, marked)
        style = self.rich_style
        if on_it:
            style += self.get_component_rich_style("library-table--cursor")
        return Strip(text.render(self.app.console), text.cell_len).apply_style(style)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Ask for what comes into view."""
        super().watch_scroll_y(old_value, new_value)
        self._want()

    def on_resize(self) -> None:
        """Ask for what a larger window shows."""
        self._show_cursor()
        self._want()

    # The cursor

    def validate_cursor(self, cursor: int) -> int:
        """Hold the cursor to the rows."""
        return max(0, min(cursor, self._total - 1))

    def watch_cursor(self, old: int, new: int) -> None:
        """Draw both rows again, and keep the new one in view."""
        self._show_cursor()
        for index in (old, new):
            y = index - round(self.scroll_y)
            self.refresh(Region(0, y, max(1, self.size.width), 1))
        self.post_message(self.Moved())

    def _show_cursor(self) -> None:
        height, top = max(1, self.size.height), round(self.scroll_y)
        if self.cursor < top:
            self._scroll(self.cursor)
        elif self.cursor >= top + height:
            self._scroll(self.cursor - height + 1)

    def _scroll(self, top: int) -> None:
        last = max(0, self._total - max(1, self.size.height))
        self.scroll_to(y=max(0, min(top, last)), animate=False, force=True)

    def action_move(self, step: int) -> None:
        """Go so many rows down."""
        self.cursor += step

    def action_turn(self, step: int) -> None:
        """Go a window's height down or up."""
        rows = step * max(1, self.size.height - 1)
        self._scroll(round(self.scroll_y) + rows)
        self.cursor += rows

    def action_go(self, index: int) -> None:
        """Go to the first row (0) or the last (-1)."""
        self.cursor = index if index >= 0 else self._total + index

    def action_choose(self) -> None:
        """Choose the row of the cursor."""
        self._choose()

    def on_click(self, event: events.Click) -> None:
        """Go to a row; a click on that of the cursor chooses it."""
        index = round(self.scroll_y) + event.y
        if index >= self._total:
            return
        if index == self.cursor:
            self._choose()
        self.cursor = index


def _pages_of(first: int, end: int, total: int) -> range:
    """Return the pages of the rows from `first` to `end`, which is excluded."""
    first, end = max(0, first), min(end, total)
    return range(first // PAGE, (end - 1) // PAGE + 1) if first < end else range(0)
