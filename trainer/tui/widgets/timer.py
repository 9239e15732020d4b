"""The timing light: a word, the time, and a bar that shows where the good length lies."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive

from trainer.display import clock_time
from trainer.session.answer import AnswerClock, Light, Phase
from trainer.tui.widgets.changing_line import ChangingLine

BAR_CELLS = 24
CELLS_WITH_BAR = 74  # a narrower line leaves the bar out: the words say the same

_STYLES = {
    Light.TOO_SHORT: "$quiet",
    Light.GOOD: "$success",
    Light.NEAR_END: "$warning",
    Light.LONG: "$error",
    Light.TOO_LONG: "$error",
}


class TimerLine(ChangingLine):
    """One line about the time. `clock` and `now_s` are set by the screen a few times a second."""

    clock: reactive[AnswerClock | None] = reactive(None, repaint=False)
    now_s: reactive[float] = reactive(0.0, repaint=False)

    def __init__(self, starts: str) -> None:
        super().__init__()
        self._starts = starts

    def watch_clock(self) -> None:
        """Draw another phase."""
        self.redraw()

    def watch_now_s(self) -> None:
        """Draw another second."""
        self.redraw()

    def line(self) -> Content:
        """Return the line for the present phase."""
        clock = self.clock
        if clock is None:
            return Content("")
        if clock.phase is Phase.PREPARING:
            return self._preparation(clock)
        elapsed_s = clock.answer_elapsed_s(self.now_s)
        light = clock.light(self.now_s)
        paused = ("  Paused", "$warning bold") if clock.phase is Phase.PAUSED else ""
        return Content.assemble(
            ("Answer ", "bold"),
            clock_time(elapsed_s),
            "  ",
            _bar(clock, elapsed_s, _STYLES[light]) if self.size.width >= CELLS_WITH_BAR else "",
            "  " if self.size.width >= CELLS_WITH_BAR else "",
            (light.value, f"{_STYLES[light]} bold"),
            (f"  aim {clock_time(clock.lower_s)} to {clock_time(clock.upper_s)}", "$quiet"),
            paused,
        )

    def _preparation(self, clock: AnswerClock) -> Content:
        left_s = clock.preparation_left_s(self.now_s)
        state = (
            (f"{clock_time(left_s)} left", "bold") if left_s > 0 else ("Ready when you are", "bold")
        )
        aim = f"aim {clock_time(clock.lower_s)} to {clock_time(clock.upper_s)}"
        line = Content.assemble(("Prepare ", "bold $primary"), state)
        rest = f"  {self._starts}, {aim}"
        fits = line.cell_length + len(rest) <= self.size.width
        return Content.assemble(line, (rest if fits else f"  {aim}", "$quiet"))


def _bar(clock: AnswerClock, elapsed_s: float, style: str) -> Content:
    """Return a bar over the upper length; a tick marks the lower one."""
    filled = min(BAR_CELLS, round(BAR_CELLS * elapsed_s / clock.upper_s))
    tick = min(BAR_CELLS - 1, round(BAR_CELLS * clock.lower_s / clock.upper_s))
    cells = ["━"] * filled + ["─"] * (BAR_CELLS - filled)
    cells[tick] = "┿"
    return Content.assemble(("".join(cells[:filled]), style), ("".join(cells[filled:]), "$quiet"))
