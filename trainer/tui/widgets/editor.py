"""The editor for an answer: several lines, undo, paste; what is pasted is text and nothing else."""

from __future__ import annotations

from textual import events
from textual.widgets import TextArea

from trainer.display import visible


class AnswerEditor(TextArea):
    """A text area without line numbers. Tab moves the focus, as everywhere in the program."""

    def __init__(self, text: str = "", *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(
            visible(text), id=id, soft_wrap=True, tab_behavior="focus", show_line_numbers=False
        )

    def on_paste(self, event: events.Paste) -> None:
        """Make control characters visible before the text area inserts the text."""
        event.text = visible(event.text)

    def on_resize(self) -> None:
        """Draw all lines anew: the text area wraps its text after it was drawn at the new size."""
        self.refresh()
