"""A question that only a typed word answers with yes: for what takes everything away."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from trainer.tui.widgets.key_line import KeyLine


class TypedConfirmScreen(ModalScreen[bool]):
    """Dismissed with True only when the word was typed; Escape says no."""

    CSS_PATH = "../styles/typed_confirm.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "No, keep it", tooltip="Go back. Nothing is deleted"),
    ]

    def __init__(self, question: str, consequence: str, word: str) -> None:
        super().__init__()
        self._question = question
        self._consequence = consequence
        self._word = word

    def compose(self) -> ComposeResult:
        """Yield the question, what follows from a yes, and the field."""
        with Vertical(classes="dialog"):
            yield Static(self._question, classes="section", markup=False)
            yield VerticalScroll(Static(self._consequence, markup=False), id="consequence")
            yield Static(self._asks, id="asks", markup=False)
            yield Input(id="word", select_on_focus=False)
        yield KeyLine()

    @property
    def _asks(self) -> str:
        return f"Type {self._word} and press Enter. Escape goes back, and nothing is deleted."

    def on_mount(self) -> None:
        """Wait for the word."""
        self.set_focus(self.query_one(Input))

    def take_key(self, character: str) -> bool:
        """Take a letter that was typed before the field had the focus."""
        self.query_one(Input).insert_text_at_cursor(character)
        return True

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Say yes by the word; anything else is no answer."""
        if message.value.strip().casefold() == self._word.casefold():
            self.dismiss(True)
        else:
            self.query_one("#asks", Static).update(f"That was another word. {self._asks}")

    def action_leave(self) -> None:
        """Say no."""
        self.dismiss(False)
