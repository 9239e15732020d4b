"""One line that plays a recording: where it is, how long it is, how fast it goes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.timer import Timer

from trainer.display import clock_time
from trainer.errors import TrainerError
from trainer.playback.speeds import SPEEDS
from trainer.tui.widgets.changing_line import ChangingLine

if TYPE_CHECKING:
    from trainer.playback.player import Player

LOOKS_A_SECOND = 10
BAR_CELLS = 24
CELLS_WITH_BAR = 100

OpenPlayer = Callable[[float, float, float | None], "Player"]
"""From which second on, how fast, and to which second (None: the end); the sound begins at once.

Raises `TrainerError`.
"""


class PlayerBar(ChangingLine):
    """Plays by `open_player`; `keys` says how. Leaving the screen ends the sound.

    A player is a child process: it is asked ten times a second where it is, and closed by `close`,
    which gets what to call and may call it in a thread.
    """

    DEFAULT_CSS = "PlayerBar { height: 1; text-wrap: nowrap; text-overflow: ellipsis; }"

    @dataclass
    class Moved(Message):
        """The recording is heard at `at_s` seconds now; None: nothing is heard."""

        at_s: float | None

    @dataclass
    class Failed(Message):
        """The sound could not be played, or broke off."""

        error: TrainerError

    speed: reactive[float] = reactive(1.0)
    at_s: reactive[float | None] = reactive(None, repaint=False)
    keys: reactive[str] = reactive("")

    def __init__(
        self,
        length_s: float,
        open_player: OpenPlayer,
        close: Callable[[Callable[[], object]], None],
        keys: str,
    ) -> None:
        super().__init__()
        self._length_s = length_s
        self._open_player = open_player
        self._close = close
        self.set_reactive(PlayerBar.keys, keys)
        self._player: Player | None = None
        self._timer: Timer | None = None
        self._opening = False
        self._to_s: float | None = None
        self._again_s: float | None = None

    @property
    def playing(self) -> bool:
        """Whether a player is open."""
        return self._player is not None

    @property
    def looping(self) -> bool:
        """Whether a stretch is played again and again."""
        return self._again_s is not None

    def play(self, from_s: float = 0.0, to_s: float | None = None) -> None:
        """Play from one second of the recording to another, in place of what is played now.

        Without `to_s` it goes on to the end.
        """
        self.stop()
        self._open(from_s, to_s)

    def loop(self, from_s: float, to_s: float) -> None:
        """Play from one second to another, again and again, until something else is asked for."""
        self.stop()
        self._again_s = from_s
        self._open(from_s, to_s)

    def _open(self, from_s: float, to_s: float | None) -> None:
        self._to_s = to_s
        try:
            self._player = self._open_player(max(0.0, from_s), self.speed, to_s)
        except TrainerError as error:
            self._again_s = None
            self.post_message(self.Failed(error))
            return
        self._opening, self.at_s = True, from_s
        self._timer = self.set_interval(1 / LOOKS_A_SECOND, self._look)

    def stop(self) -> None:
        """End the sound; does nothing in silence."""
        self._again_s = None
        if self._player:
            self.post_message(self.Moved(None))
        self._end()

    def _end(self) -> None:
        if self._timer:
            self._timer.stop()
        if self._player:
            self._close(self._player.close)
        self._player = self._timer = self.at_s = None

    def change_speed(self, step: int) -> None:
        """Go to the next or previous speed; what is played goes on with it."""
        at = max(0, min(len(SPEEDS) - 1, SPEEDS.index(self.speed) + step))
        if SPEEDS[at] != self.speed:
            self.speed = SPEEDS[at]
            if self.at_s is not None:
                at_s = self.at_s
                self._end()
                self._open(at_s, self._to_s)

    def watch_at_s(self) -> None:
        """Draw another second."""
        self.redraw()

    def on_unmount(self) -> None:
        """End the sound with its screen."""
        self.stop()

    def _look(self) -> None:
        if self._player is None:
            return
        from trainer.playback.player import PlayerPhase

        state = self._player.state()
        if state.phase is PlayerPhase.ENDED:
            if self._again_s is not None and not state.problem:
                self._end()
                self._open(self._again_s, self._to_s)
                return
            self.stop()
            if state.problem:
                self.post_message(self.Failed(state.problem))
            return
        if state.phase is PlayerPhase.PLAYING and (self._opening or state.at_s != self.at_s):
            self._opening, self.at_s = False, state.at_s
            self.redraw()
            self.post_message(self.Moved(state.at_s))

    def line(self) -> Content:
        """Return the line."""
        speed = f"  speed {self.speed}"
        keys = ("   " + self.keys, "$quiet")
        if self.at_s is None:
            return Content.assemble(
                ("■ ", "$quiet"), "Sound ", clock_time(self._length_s), speed, keys
            )
        if self._again_s is not None and self._to_s is not None:
            reach = f"{clock_time(self._again_s)} to {clock_time(self._to_s)}"
            keys = ("   L or S ends it  - + speed", "$quiet")
            return Content.assemble(
                ("▶ ", "bold $primary"), f"{reach} again and again", speed, keys
            )
        bar = self._bar(self.at_s) if self.size.width >= CELLS_WITH_BAR else Content("")
        word = "opening" if self._opening else f"of {clock_time(self._length_s)}"
        return Content.assemble(
            ("▶ ", "bold $primary"), bar, clock_time(self.at_s), f" {word}", speed, keys
        )

    def _bar(self, at_s: float) -> Content:
        share = min(1.0, at_s / self._length_s) if self._length_s else 1.0
        filled = round(BAR_CELLS * share)
        return Content.assemble(
            ("━" * filled, "$primary"), ("─" * (BAR_CELLS - filled) + "  ", "$quiet")
        )
