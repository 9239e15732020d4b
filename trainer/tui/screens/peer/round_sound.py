"""What a screen of a session does that lets an answer be heard where its sound is."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual import work
from textual.containers import Vertical
from textual.message import Message

from trainer.errors import TrainerError, UsageError
from trainer.tui.holding import Holding
from trainer.tui.screens.peer.scene import SceneScreen
from trainer.tui.screens.sounding import SoundingScreen
from trainer.tui.widgets.player_bar import PlayerBar

if TYPE_CHECKING:
    from trainer.meeting.types import Meeting, Place

NO_SECOND = "It is not known where this is in the sound."


class RoundSoundScreen(SoundingScreen, SceneScreen):
    """Plays an answer of this home. It yields a `Vertical` with the id `player`.

    Other programs of a session have no sound: `why_silent` says with whom it is.
    """

    @dataclass
    class Found(Message):
        """The sound of the answer is here, and so long."""

        file: Path
        length_s: float

    @dataclass
    class Unread(Message):
        """The history could not be read."""

        error: TrainerError

    def __init__(self, meeting: Meeting, place: Place) -> None:
        super().__init__(meeting, place)
        self._holding = Holding()

    @abstractmethod
    def why_silent(self) -> str:
        """Return why nothing can be heard here."""

    @work(thread=True, exclusive=True, group="sound", exit_on_error=False)
    def look_for_sound(self, attempt_id: str) -> None:
        """Find the sound in a thread and hold it, so that nobody deletes it meanwhile."""
        try:
            view = self.services.view(attempt_id)
        except UsageError:
            return  # the answer of another home
        except TrainerError as error:
            self.post_message(self.Unread(error))
            return
        recording = view.record.attempt.recording
        if view.recording and recording:
            self._holding.hold(self.services.sounds, recording)
            self.post_message(self.Found(view.recording, view.recording_s or 0.0))

    async def on_round_sound_screen_found(self, message: Found) -> None:
        """Offer the sound."""
        opened = partial(self.services.open_player, message.file)
        bar = PlayerBar(message.length_s, opened, self.trainer.closing.add, "S stop  - + speed")
        await self.query_one("#player", Vertical).mount(bar)
        self.refresh_bindings()

    def on_round_sound_screen_unread(self, message: Unread) -> None:
        """Say what went wrong."""
        self.complain(message.error)

    def on_unmount(self) -> None:
        """Give the sound back to whoever tidies."""
        self._holding.let_go()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what changes sound where there is some."""
        if action in ("stop", "speed"):
            return bool(self.query(PlayerBar))
        return True

    def play(self, from_s: float | None) -> None:
        """Play from a second on, or say why that cannot be; None: nobody knows the second."""
        if not self.query(PlayerBar):
            self.notify(self.why_silent(), markup=False)
        elif from_s is None:
            self.notify(NO_SECOND)
        else:
            self.query_one(PlayerBar).play(max(0.0, from_s))
