"""A line that opens to write in, and knows when its first letter came."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.events import Key
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

MOST_WRITTEN = 500


class WriteLine(Input):
    """Hidden until `open`. Enter hands over what is written, Escape closes and leaves it there.

    `now_s` is asked at the first letter; while the line is open the focus is here.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Keep", tooltip="Keep what is written"),
        Binding("tab,shift+tab", "stay", show=False),  # letters would mark while the line is open
        Binding("escape", "close", "Close", tooltip="Close the line; what is written stays in it"),
    ]

    @dataclass
    class Written(Message):
        """Something was written; its first letter came at `at_s`."""

        text: str
        at_s: float

    class Closed(Message):
        """The line was closed."""

    def __init__(self, now_s: Callable[[], float]) -> None:
        super().__init__(id="write", max_length=MOST_WRITTEN, select_on_focus=False)
        self.display = False
        self.begun_s = 0.0
        self._now_s = now_s
        self._focus_before: Widget | None = None
        self._had_text = False

    @property
    def is_open(self) -> bool:
        """Whether it can be written in now."""
        return self.display

    def open(self, what: str) -> None:
        """Show the line; `what` says what belongs into it."""
        self.placeholder = what
        if not self.display:
            self._focus_before = self.screen.focused
            self.display = True
        self.screen.set_focus(self)

    def take(self) -> str:
        """Return what is written, and leave nothing in the line."""
        text = self.value.strip()
        self._had_text = False
        self.value = ""
        return text

    def watch_value(self, value: str) -> None:
        """Note the time of the first letter."""
        if value and not self._had_text:
            self.begun_s = self._now_s()
        self._had_text = bool(value)

    async def action_submit(self) -> None:
        """Hand over what is written, if anything is, and close."""
        text = self.take()
        if text:
            self.post_message(self.Written(text, self.begun_s))
        self.action_close()

    async def _on_key(self, event: Key) -> None:
        if not self.is_open:  # pressed right behind Enter: no letter of this line any more
            event.prevent_default()
        elif event.key in ("enter", "escape"):  # at once: what follows is for the screen
            event.stop()
            event.prevent_default()
            if event.key == "enter":
                await self.action_submit()
            else:
                self.action_close()

    def action_stay(self) -> None:
        """Do nothing."""

    def action_close(self) -> None:
        """Hide the line; what is written waits in it."""
        self.display = False
        self.screen.set_focus(self._focus_before)
        self.post_message(self.Closed())
