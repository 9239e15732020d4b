"""The rows of the settings that tell what sound is kept: which form, how long, and its size."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Label, Select, Static

from trainer.config import Settings

KEPT: tuple[tuple[str, str], ...] = (("Sound and words", "flac"), ("Words only", "transcript"))
DAYS = (7, 30, 90, 180, 365)
NEVER = 0
"""What stands for no limit: a choice needs a value."""


class SoundRows(Vertical):
    """Two choices and a line. `Changed` follows what the user chooses, and not `take_back`."""

    @dataclass
    class Changed(Message):
        """What the rows say now."""

        sound: Literal["flac", "transcript"]
        days: int | None

    def __init__(self, settings: Settings) -> None:
        super().__init__(id="sound-rows")
        self._shown = (settings.sound, settings.sound_days)

    def compose(self) -> ComposeResult:
        """Yield the rows."""
        sound, days = self._shown
        with Horizontal(classes="setting"):
            yield Label("Keep of a spoken answer")
            yield Select(list(KEPT), value=sound, allow_blank=False, id="keep-sound")
            yield Static("", id="sound-size", classes="remark", markup=False)
        with Horizontal(classes="setting"):
            yield Label("Delete sound after")
            yield Select(_lengths(days), value=days or NEVER, allow_blank=False, id="sound-days")
            yield Static("The words stay.", classes="remark")

    def show_size(self, size: Content | str) -> None:
        """Say how much sound there is."""
        self.query_one("#sound-size", Static).update(size)

    def take_back(self, settings: Settings) -> None:
        """Show these settings again."""
        self._shown = (settings.sound, settings.sound_days)
        self.query_one("#keep-sound", Select).value = settings.sound
        self.query_one("#sound-days", Select).value = settings.sound_days or NEVER

    def on_select_changed(self, message: Select.Changed) -> None:
        """Tell the screen, which may have to ask first."""
        message.stop()
        kept = self.query_one("#keep-sound", Select).value
        days = self.query_one("#sound-days", Select).value
        sound: Literal["flac", "transcript"] = "transcript" if kept == "transcript" else "flac"
        now = sound, days if isinstance(days, int) and days != NEVER else None
        if now != self._shown:
            self._shown = now
            self.post_message(self.Changed(*now))


def _lengths(days: int | None) -> list[tuple[str, int]]:
    """Return the choices; one that somebody wrote into the settings file stays one."""
    known = sorted({*DAYS, *((days,) if days else ())})
    lengths = [("1 day" if one == 1 else f"{one} days", one) for one in known]
    return [("Never", NEVER), *lengths]
