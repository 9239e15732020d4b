"""The editor for an answer: several lines, undo, paste; what is pasted is text and nothing else."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import TextArea

from trainer.display import visible


class AnswerEditor(TextArea):
    """A text area without line numbers. Tab moves the focus, as everywhere in the program."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+home", "text_start", "To the beginning", show=False),
        Binding("ctrl+end", "text_end", "To the end", show=False),
    ]

    def __init__(self, text: str = "", *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(
            visible(text), id=id, soft_wrap=True, tab_behavior="focus", show_line_numbers=False
        )

    def action_text_start(self) -> None:
        """Put the cursor before the first letter."""
        self.move_cursor((0, 0))

    def action_text_end(self) -> None:
        """Put the cursor behind the last letter."""
        self.move_cursor(self.document.end)

    def on_resize(self) -> None:
        """Draw all lines anew: the text area wraps its text after it was drawn at the new size."""
        self.refresh()
