"""A note of the user's own on some words of an answer."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from trainer.display import one_line, visible
from trainer.tui.screens.base import TrainerScreen
from trainer.tui.widgets.editor import AnswerEditor
from trainer.tui.widgets.key_line import KeyLine

_LONGEST_QUOTE = 200


class NoteEditor(AnswerEditor):
    """Its Ctrl+D deletes the note, not a letter."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+d", "screen.delete", "Delete", tooltip="Delete the note"),
    ]


class NoteScreen(TrainerScreen, ModalScreen[str | None]):
    """Takes a note. Dismissed with its text, "" where it is to be deleted, None for no change.

    `quote` are the words that the note is about, `text` is what it said before.
    """

    CSS_PATH = "../styles/notes.tcss"
    HELP = """\
# A note

Write what you want to remember about these words. Ctrl+S keeps it. Only you see it: it changes no
mark. Ctrl+D deletes it.

Escape goes back and leaves the note as it was.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Keep", tooltip="Keep the note"),
        Binding("escape", "leave", "Back", tooltip="Leave the note as it was"),
        Binding("f1", "app.help", "Help"),  # a dialog's footer shows no keys of the application
    ]

    NEW, OLD = "A new note", "Your note"
    UNSAVED = ("Leave without your note?", "What you typed here is not kept.", "Leave")

    def __init__(self, text: str = "", quote: str = "") -> None:
        super().__init__()
        self._text = text
        self._quote = quote

    def compose(self) -> ComposeResult:
        """Yield the words, and the editor."""
        with Vertical(classes="dialog"):
            yield Static(self.OLD if self._text else self.NEW, classes="section")
            if self._quote:
                quote = one_line(self._quote, _LONGEST_QUOTE)
                yield Static(f"“{quote}”", id="quote", markup=False)
            yield NoteEditor(self._text, id="note")
        yield KeyLine()

    def on_mount(self) -> None:
        """Let the user type at the end of the note."""
        editor = self.query_one(AnswerEditor)
        editor.move_cursor(editor.document.end)
        self.set_focus(editor)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A new note cannot be deleted."""
        return action != "delete" or bool(self._text)

    def take_key(self, character: str) -> bool:
        """Take a letter that was typed before the editor had the focus."""
        self.query_one(AnswerEditor).insert(character)
        return True

    def action_save(self) -> None:
        """Keep what is written."""
        self.dismiss(self.written)

    def action_delete(self) -> None:
        """Delete the note."""
        self.dismiss("")

    def action_leave(self) -> None:
        """Go back; ask where something was written."""
        if self.written == visible(self._text).strip():
            self.dismiss(None)
        else:
            self.confirm(*self.UNSAVED, self._leave, stay="No, stay here")

    @property
    def written(self) -> str:
        """What stands in the editor."""
        return self.query_one(AnswerEditor).text.strip()

    def _leave(self) -> None:
        self.dismiss(None)
