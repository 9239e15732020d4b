"""The rows of the settings about questions that are read aloud."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, cast

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Label, Select, Static

from trainer.config import Settings
from trainer.display import visible
from trainer.errors import TrainerError
from trainer.reading import WORDS_A_MINUTE, Speed

_READINGS = [("Off", "off"), ("Yes", "read"), ("Listening drill", "drill")]
DRILL = "In a listening drill the text is hidden until you ask for it."


class ReadingRows(Vertical):
    """Whether questions are read, and how fast. `problem` says why they cannot be here."""

    @dataclass
    class Changed(Message):
        """Something else was chosen."""

        reading: Literal["off", "read", "drill"]
        speed: Speed

    def __init__(self, settings: Settings, problem: TrainerError | None) -> None:
        super().__init__(id="reading-rows")
        self._settings = settings
        self._problem = problem

    def compose(self) -> ComposeResult:
        """Yield the rows, and what is missing or what a drill is."""
        settings = self._settings
        with Horizontal(classes="setting"):
            yield Label("Read the question aloud")
            yield Select(_READINGS, value=settings.reading, allow_blank=False, id="reading")
            problem = self._problem
            note = f"{problem.message} {problem.hint}" if problem else DRILL
            yield Static(visible(note), classes="remark", markup=False)
        with Horizontal(classes="setting"):
            yield Label("Speed")
            yield Select(
                [(speed.capitalize(), speed) for speed in WORDS_A_MINUTE],
                value=settings.reading_speed,
                allow_blank=False,
                id="reading-speed",
            )
            paces = ", ".join(f"{speed} {words}" for speed, words in WORDS_A_MINUTE.items())
            yield Static(f"Words a minute: {paces}.", classes="remark", markup=False)

    def on_select_changed(self, message: Select.Changed) -> None:
        """Tell both choices."""
        message.stop()
        reading = self.query_one("#reading", Select).value
        speed = self.query_one("#reading-speed", Select).value
        self.post_message(
            self.Changed(
                cast("Literal['off', 'read', 'drill']", str(reading)), cast("Speed", str(speed))
            )
        )
