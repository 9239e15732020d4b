"""A note of the user's own on some words of an answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Static

from trainer.display import one_line, visible
from trainer.errors import TrainerError
from trainer.tui.screens.base import TrainerScreen
from trainer.tui.screens.drafting import SAVE_EVERY_S
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

    `quote` are the words that the note is about, `text` is what it said before. `store` keeps what
    it says so far: every second while that changes, and when the program ends. Without it, whoever
    quits is asked. The one that opened it stores what it is dismissed with.
    """

    CSS_PATH = "../styles/notes.tcss"
    HELP = """\
# A note

Write what you want to remember about these words. Ctrl+S keeps it. Only you see it: it changes no
mark. Ctrl+D deletes it.

What you type is saved every second. Escape goes back and leaves the note as it was.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Keep", tooltip="Keep the note"),
        Binding("escape", "leave", "Back", tooltip="Leave the note as it was"),
        Binding("f1", "app.help", "Help"),  # a dialog's footer shows no keys of the application
    ]

    NEW, OLD = "A new note", "Your note"
    UNSAVED = ("Leave without your note?", "What you typed here is not kept.", "Leave")

    @dataclass
    class NotStored(Message):
        """What it says so far could not be stored."""

        error: TrainerError

    def __init__(
        self, text: str = "", quote: str = "", store: Callable[[str], object] | None = None
    ) -> None:
        super().__init__()
        self._text = text
        self._quote = quote
        self._store = store
        self._stored = visible(text).strip()
        self._complained = False

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
        if self._store:
            self.set_interval(SAVE_EVERY_S, self.store_if_changed)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A new note cannot be deleted."""
        return action != "delete" or bool(self._text)

    def take_key(self, character: str) -> bool:
        """Take a letter that was typed before the editor had the focus."""
        self.query_one(AnswerEditor).insert(character)
        return True

    # While it is written

    def store_if_changed(self) -> None:
        """Store what it says so far in a thread."""
        if self.written != self._stored:
            self._stored = self.written
            self._store_there(self.written)

    @work(thread=True, group="note", exit_on_error=False)
    def _store_there(self, text: str) -> None:
        try:
            if self._store:
                self._store(text)
        except TrainerError as error:
            self.post_message(self.NotStored(error))

    def on_note_screen_not_stored(self, message: NotStored) -> None:
        """Say so once; it is tried again."""
        self._stored = visible(self._text).strip()
        if not self._complained:
            self._complained = True
            self.complain(message.error)

    def keep(self) -> bool:
        """Store what it says, because the program ends. False where it would be lost."""
        before = visible(self._text).strip()
        if self.written == self._stored == before:
            return True
        if self._store is None:
            return False
        try:
            self._store(self.written)
        except TrainerError as error:
            self.complain(error)
            return False
        return True

    # The end

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
