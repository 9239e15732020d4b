"""What a screen with players does by the same keys: it stops them, and changes their speed."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from trainer.tui.screens.base import TrainerScreen
from trainer.tui.widgets.player_bar import PlayerBar

SOUND_KEYS: tuple[BindingType, ...] = (
    Binding("s", "stop", "Stop", show=False, tooltip="Stop the sound"),
    Binding("minus,less_than_sign", "speed(-1)", "Slower", show=False, tooltip="Play slower"),
    Binding(
        "plus,greater_than_sign,equals_sign",
        "speed(1)",
        "Faster",
        show=False,
        tooltip="Play faster",
    ),
)


class SoundingScreen(TrainerScreen):
    """Has one player or more. Its keys are those of `SOUND_KEYS`, if it takes them over."""

    def action_stop(self) -> None:
        """End the sound."""
        for bar in self.query(PlayerBar):
            bar.stop()

    def action_speed(self, step: int) -> None:
        """Play slower or faster."""
        for bar in self.query(PlayerBar):
            bar.change_speed(step)

    def on_screen_suspend(self) -> None:
        """End the sound when another screen comes on top: its keys are not these."""
        self.action_stop()

    def on_player_bar_failed(self, message: PlayerBar.Failed) -> None:
        """Say why nothing is heard."""
        self.complain(message.error)
