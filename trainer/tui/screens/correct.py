"""Correct the words of a transcript before they are rated again."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Footer, Static

from trainer.tui.widgets.editor import AnswerEditor


class CorrectScreen(ModalScreen[str | None]):
    """An editor over the words. Dismissed with the new text, or None to leave all as it was."""

    CSS_PATH = "../styles/correct.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save and rate"),
        Binding("escape", "cancel", "Leave as it was"),
    ]

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def compose(self) -> ComposeResult:
        """Yield the editor."""
        with Vertical(classes="dialog"):
            yield Static("Correct the words. The version before stays.", classes="section")
            yield AnswerEditor(self._text)
        yield Footer()

    def action_save(self) -> None:
        """Hand the corrected text back."""
        text = self.query_one(AnswerEditor).text
        if text.strip():
            self.dismiss(text)
        else:
            self.notify("There are no words left. Press Escape to leave all as it was.")

    def action_cancel(self) -> None:
        """Leave all as it was."""
        self.dismiss(None)
