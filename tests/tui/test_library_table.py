"""The table of the history by itself: which pages it holds and asks for."""

from __future__ import annotations

from rich.text import Text
from textual.app import App, ComposeResult

from trainer.tui.library_lines import Line
from trainer.tui.widgets.library_table import MOST_PAGES, LibraryTable

ROWS = 4000


class Window(App[None]):
    """Answers what the table wants, with pages of rows that are not drawn."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[int] = []

    def compose(self) -> ComposeResult:
        yield LibraryTable(draw, lambda: None, id="attempts")

    def on_library_table_wanted(self, message: LibraryTable.Wanted) -> None:
        self.asked += message.pages
        assert len(self.asked) < 4 * ROWS, "it asks without an end"
        self.query_one(LibraryTable).supply(dict.fromkeys(message.pages, ()))


def draw(line: Line | None, width: int, cursor: bool, chosen: bool) -> Text:
    return Text("." * width)


async def test_the_tallest_window_gets_its_pages_and_asks_for_no_more() -> None:
    app = Window()
    async with app.run_test(size=(20, 400)) as pilot:
        table = app.query_one(LibraryTable)
        table.fill(ROWS, {}, ROWS // 2)
        for _ in range(3):
            await pilot.pause()
        asked = len(app.asked)
        for _ in range(3):
            await pilot.pause()
        assert len(app.asked) == asked
        assert MOST_PAGES < table.held < 2 * MOST_PAGES + 1
