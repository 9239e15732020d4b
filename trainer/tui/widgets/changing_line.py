"""A line about something that goes on, such as a clock: looked at often, drawn when it changes."""

from __future__ import annotations

from abc import abstractmethod

from textual.content import Content
from textual.widgets import Static


class ChangingLine(Static):
    """Draws `line` only where it is another one: a terminal that draws slowly does not flicker.

    Reactives of it need `repaint=False` and a watcher that calls `redraw`.
    """

    def __init__(self) -> None:
        super().__init__()
        self._drawn = Content("")

    @abstractmethod
    def line(self) -> Content:
        """Return the line as it is now."""

    def render(self) -> Content:
        """Return the line, and remember it."""
        self._drawn = self.line()
        return self._drawn

    def redraw(self) -> None:
        """Draw the line if it is another one than the one that stands there."""
        if not self.line().is_same(self._drawn):
            self.refresh()
