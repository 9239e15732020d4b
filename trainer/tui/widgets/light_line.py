"""The timing light as listeners see it."""

from __future__ import annotations

from textual.content import Content

from trainer.display import clock_time
from trainer.meeting.lights import Signal, length_of, signal_at
from trainer.peer.types import Asked, Phase
from trainer.tui.widgets.changing_line import ChangingLine

_STYLES = {
    "off": "$quiet",
    "green": "bold $success",
    "yellow": "bold $warning",
    "red": "bold $error",
}
_STANDS = {Phase.PAUSED: "paused  ", Phase.ANSWERED: "ended  ", Phase.RATING: "ended  "}


class LightLine(ChangingLine):
    """The light of an answer: colour, sign and word, the seconds, and when it changes."""

    def __init__(self) -> None:
        super().__init__()
        self.id = "light"
        self._aim = ""
        self._shown: tuple[Phase, float, Signal | None] = (Phase.PLANNED, 0.0, None)

    def show(self, phase: Phase, elapsed_s: float, asked: Asked | None) -> None:
        """Show the light at a second of the answer."""
        length = length_of(asked) if asked else None
        signal = signal_at(elapsed_s, length) if length else None
        self._shown = (phase, elapsed_s, signal)
        self._aim = f"aim {clock_time(length[0])} to {clock_time(length[1])}" if length else ""
        self.redraw()

    def line(self) -> Content:
        """Return the line."""
        phase, elapsed_s, signal = self._shown
        if phase is Phase.PLANNED or signal is None:
            return Content.assemble(("Not asked yet  ", "bold"), (self._aim, "$quiet"))
        if phase is Phase.ASKING:
            return Content.assemble(
                ("Asked. The answer has not begun.  ", "bold"), (self._aim, "$quiet")
            )
        colour = "" if signal.colour == "off" else f" {signal.colour}"
        paused = _STANDS.get(phase, "")
        follows = f"· {signal.follows}" if signal.follows else ""
        return Content.assemble(
            (f"{signal.sign}{colour}  ", _STYLES[signal.colour]),
            (f"{clock_time(elapsed_s)}  ", "bold"),
            (paused, "bold $warning"),
            f"{signal.says} ",
            (follows, "$quiet"),
        )
