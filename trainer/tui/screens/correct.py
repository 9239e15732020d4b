"""Correct the words of a transcript before they are rated again."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Footer, Static

from trainer.display import visible
from trainer.errors import TrainerError
from trainer.store.types import Draft
from trainer.tui.screens.drafting import DraftingScreen
from trainer.tui.widgets.editor import AnswerEditor


class CorrectScreen(DraftingScreen, ModalScreen[str | None]):
    """An editor over the words. Dismissed with the new text, or None to leave all as it was.

    `draft` names the attempt that it corrects. It is on disk only once its text was changed.
    """

    CSS_PATH = "../styles/correct.tcss"
    HELP = """\
# Correct the words

Change what is wrong and press Ctrl+S: the new words are rated, and the version before stays.
What you change is saved every second.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save and rate", tooltip="Keep the new words and rate them"),
        Binding("escape", "cancel", "Leave as it was", tooltip="Throw these changes away"),
    ]

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft.text)
        self._draft = draft

    def compose(self) -> ComposeResult:
        """Yield the editor."""
        with Vertical(classes="dialog"):
            yield Static("Correct the words. The version before stays.", classes="section")
            yield AnswerEditor(self._draft.text)
            yield Static("", id="draft-state", classes="quiet", markup=False)
        yield Footer()

    def on_mount(self) -> None:
        """Begin to save what is changed."""
        self.start_saving()

    @property
    def draft_id(self) -> str:
        """The id of the draft of these words."""
        return self._draft.id

    def current_draft(self) -> Draft:
        """Return the words as they are now."""
        return replace(self._draft, text=self.query_one(AnswerEditor).text)

    def show_draft_state(self, error: TrainerError | None = None) -> None:
        """Say whether the changes are safe."""
        text = f"Not saved. {visible(str(error))}" if error else "Changes kept."
        self.query_one("#draft-state", Static).update(text)

    def action_save(self) -> None:
        """Hand the corrected text back."""
        text = self.query_one(AnswerEditor).text
        if text.strip():
            self._close(text)
        else:
            self.notify("There are no words left. Press Escape to leave all as it was.")

    def action_cancel(self) -> None:
        """Leave all as it was."""
        self._close(None)

    def _close(self, text: str | None) -> None:
        with self.saving:
            self.closed = True
        if text is None:
            self._discard()
        self.dismiss(text)

    def _discard(self) -> None:
        try:
            self.services.discard_draft(self._draft.id)
        except TrainerError as error:
            self.complain(error)
