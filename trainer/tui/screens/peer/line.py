"""A dialog with one line to write: a name, a code, a number."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from trainer.display import visible
from trainer.errors import TrainerError
from trainer.tui.widgets.key_line import KeyLine


class _Line(Input):
    """Its Enter stands in the footer."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Go on", tooltip="Take what is written"),
    ]


class LineScreen(ModalScreen[str]):
    """Asks for one line. Dismissed with what was written, None where the user went back.

    `problem` tells what is wrong with a line, or returns "" where nothing is; it may raise a
    `TrainerError` too. `about` says what the line is for.
    """

    CSS_PATH = "../../styles/peer.tcss"
    HELP = """\
# One line

Write it and press Enter. Escape goes back, and nothing is changed.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back", tooltip="Go back. Nothing is changed"),
        Binding("f1", "app.help", "Help"),  # a dialog's footer shows no keys of the application
    ]

    def __init__(
        self,
        title: str,
        about: str,
        text: str = "",
        *,
        problem: Callable[[str], str] = lambda line: "" if line else "Write something first.",
    ) -> None:
        super().__init__()
        self._title = title
        self._about = about
        self._text = text
        self._problem = problem

    def compose(self) -> ComposeResult:
        """Yield the question and the line."""
        with Vertical(classes="dialog"):
            yield Static(self._title, classes="section", markup=False)
            yield Static(self._about, markup=False)
            yield _Line(visible(self._text), id="line", select_on_focus=False)
            yield Static("", id="problem", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        """Let the user write at once."""
        line = self.query_one(Input)
        self.set_focus(line)
        line.cursor_position = len(line.value)

    def take_key(self, character: str) -> bool:
        """Take a letter that was typed before the line had the focus."""
        self.query_one(Input).insert_text_at_cursor(character)
        return True

    def on_input_changed(self) -> None:
        """Say nothing of what was wrong with another line."""
        self.query_one("#problem", Static).update("")

    def on_input_submitted(self) -> None:
        """Take the line."""
        self.action_take()

    def action_take(self) -> None:
        """Take the line, or say what is wrong with it."""
        line = self.query_one(Input).value.strip()
        try:
            problem = self._problem(line)
        except TrainerError as error:
            problem = f"{error.message} {error.hint}"
        if problem:
            self.query_one("#problem", Static).update(visible(problem))
        else:
            self.dismiss(line)

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss(None)


def number_problem(most: int) -> Callable[[str], str]:
    """Return what tells a line that is no whole number from 1 to `most`."""

    def problem(line: str) -> str:
        good = line.isascii() and line.isdigit() and 1 <= int(line[:6]) <= most
        return "" if good else f"Write a whole number from 1 to {most}."

    return problem
