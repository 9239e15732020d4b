"""A yes-or-no question, with No as the safe default."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Static

DELETE = (
    "Delete this answer?",
    "Its words, sound, ratings and follow-ups go. Z in the history brings them back until you "
    "leave the trainer.",
    "Delete",
)


class ConfirmScreen(ModalScreen[bool]):
    """Asks before something is gone for good. Dismissed with True only by a clear yes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", "Yes"),
        Binding("n,escape", "answer(False)", "No"),
    ]

    def __init__(
        self, question: str, consequence: str, verb: str, stay: str = "No, keep it"
    ) -> None:
        super().__init__()
        self._question = question
        self._consequence = consequence
        self._verb = verb
        self._stay = stay

    def compose(self) -> ComposeResult:
        """Yield the question and two buttons."""
        with Vertical(classes="dialog"):
            yield Static(self._question, classes="section", markup=False)
            yield Static(self._consequence, markup=False)
            with Horizontal(classes="buttons"):
                yield Button(f"{self._stay} (n)", id="no")
                yield Button(f"{self._verb} (y)", id="yes", variant="error")

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Answer by button."""
        self.dismiss(event.button.id == "yes")

    def action_answer(self, yes: bool) -> None:
        """Answer by key."""
        self.dismiss(yes)
