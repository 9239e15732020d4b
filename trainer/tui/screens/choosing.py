"""One of many things, found by typing a part of its name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from trainer.display import visible
from trainer.narrowing import Choice
from trainer.tui.widgets.key_line import KeyLine

_NOTHING = "Nothing is called so. Take a letter away."


class _Part(Input):
    """Its Enter stands in the footer."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Choose", tooltip="Take the marked line"),
    ]


class ChoosingScreen(ModalScreen[Choice]):
    """Offers `choices`, with the `chosen` one under the cursor. Dismissed with one, or None."""

    CSS_PATH = "../styles/filters.tcss"
    HELP = """\
# Choose

Type a part of the name to shorten the list. The up and down keys go through it, Enter chooses,
Escape leaves everything as it was. A number behind a name counts what there is of it.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move('cursor_up')", "Up", show=False),
        Binding("down", "move('cursor_down')", "Down", show=False),
        Binding("pageup", "move('page_up')", "Page up", show=False),
        Binding("pagedown", "move('page_down')", "Page down", show=False),
        Binding("escape", "leave", "Back", tooltip="Leave it as it was"),
        Binding("f1", "app.help", "Help"),  # a dialog's footer shows no keys of the application
    ]

    def __init__(self, title: str, choices: Sequence[Choice], chosen: Choice) -> None:
        super().__init__()
        self._title = title
        self._choices = tuple(choices)
        self._chosen = chosen
        self._shown: tuple[Choice, ...] = ()

    def compose(self) -> ComposeResult:
        """Yield the line to type in, and the list."""
        with Vertical(classes="dialog"):
            yield Static(self._title, classes="section", markup=False)
            yield _Part(placeholder="Type a part of the name", id="part", select_on_focus=False)
            yield OptionList(id="choices", markup=False, compact=True)
            yield Static("", id="none", classes="quiet", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        """Let the user type at once; the arrow keys go through the list all the same."""
        self.query_one(OptionList).can_focus = False
        self.set_focus(self.query_one(Input))
        self._show("")

    def on_input_changed(self, message: Input.Changed) -> None:
        """Show what the typed part is in."""
        self._show(message.value)

    def on_input_submitted(self) -> None:
        """Take the marked line."""
        self.action_choose()

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        """Take the line that was clicked."""
        self.dismiss(self._shown[message.option_index])

    def _show(self, part: str) -> None:
        words = part.casefold().split()
        self._shown = tuple(
            choice
            for choice in self._choices
            if all(word in choice.label.casefold() for word in words)
        )
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options([Option(_line(choice)) for choice in self._shown])
        if self._shown:
            on_it = self._chosen in self._shown and not words
            options.highlighted = self._shown.index(self._chosen) if on_it else 0
        options.display = bool(self._shown)
        self.query_one("#none", Static).update("" if self._shown else _NOTHING)

    def action_move(self, action: str) -> None:
        """Go through the list."""
        getattr(self.query_one(OptionList), f"action_{action}")()

    def action_choose(self) -> None:
        """Take the marked line."""
        at = self.query_one(OptionList).highlighted
        if self._shown and at is not None:
            self.dismiss(self._shown[at])

    def action_leave(self) -> None:
        """Leave it as it was."""
        self.dismiss(None)


def _line(choice: Choice) -> Content:
    times = "" if choice.times is None else f" ({choice.times})"
    return Content(f"{visible(choice.label)}{times}")
