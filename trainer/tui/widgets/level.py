"""The level meter: a bar in decibels with its word, and a mark where the sound was loudest."""

from __future__ import annotations

from dataclasses import dataclass, replace

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

FLOOR_DBFS = -60.0
MOST_CELLS = 48
LABEL = "Level "
WORD_CELLS = 10  # the longest word and two spaces: the bar never jumps

HOLD_S = 1.5
FALL_DB_S = 20.0
CALM_S = 1.0
"""How long a picture stays where motion is reduced; that sound is cut off is shown at once."""
# Peaks of speech. Under -45 dBFS lie rooms and far voices. The sound check calls a voice good until
# it clips; so does this, but for the last decibel, where the next loud word clips.
QUIET_DBFS, GOOD_DBFS, LOUD_DBFS = -45.0, -30.0, -1.0

_STYLES = {
    "no sound": "$quiet",
    "silent": "$quiet",
    "quiet": "$warning",
    "good": "$success",
    "loud": "$warning",
    "clipping": "$error",
}


@dataclass(frozen=True, slots=True)
class HeldPeak:
    """The loudest that was heard lately: it stays for `HOLD_S` seconds, then it falls.

    `peak_dbfs` is what it was at `since_s`; `clipped` whether the sound was cut off then.
    """

    peak_dbfs: float = FLOOR_DBFS
    since_s: float = 0.0
    clipped: bool = False

    def on(self, peak_dbfs: float, clipped: bool, now_s: float) -> HeldPeak:
        """Return the peak after one more block of sound."""
        if clipped or peak_dbfs >= self.at(now_s):
            return HeldPeak(peak_dbfs, now_s, clipped)
        if self.clipped and now_s - self.since_s > HOLD_S:
            return replace(self, clipped=False)
        return self

    def at(self, now_s: float) -> float:
        """Return where the mark stands, in dBFS."""
        fallen_s = max(0.0, now_s - self.since_s - HOLD_S)
        return max(FLOOR_DBFS, self.peak_dbfs - FALL_DB_S * fallen_s)

    def word(self, now_s: float) -> str:
        """Return what to think of this peak, in a word."""
        peak_dbfs = self.at(now_s)
        if self.clipped:
            return "clipping"
        for floor_dbfs, word in ((LOUD_DBFS, "loud"), (GOOD_DBFS, "good"), (QUIET_DBFS, "quiet")):
            if peak_dbfs >= floor_dbfs:
                return word
        return "silent"


class LevelMeter(Widget):
    """One line, drawn at each `hear`: a steady picture shows that the program has not stopped.

    Where motion is reduced it is drawn every `CALM_S` seconds, with the loudest for the level.
    """

    DEFAULT_CSS = "LevelMeter { height: 1; }"

    _drawn: reactive[tuple[float, float, str]] = reactive(
        (FLOOR_DBFS, FLOOR_DBFS, "no sound"), layout=False
    )
    """The level and the mark in dBFS, and the word. In cells they would outlast the width."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._held = HeldPeak()
        self._drawn_s = -CALM_S

    @property
    def word(self) -> str:
        """What is thought of the level, in a word."""
        return self._drawn[2]

    def hear(self, level_dbfs: float, peak_dbfs: float, clipped: bool, now_s: float) -> None:
        """Show a block's level. All levels in dBFS; `now_s` are steadily growing seconds."""
        self._held = self._held.on(peak_dbfs, clipped, now_s)
        held_dbfs, word = self._held.at(now_s), self._held.word(now_s)
        if self.app.animation_level == "none":
            newly_cut = word == "clipping" != self.word
            if now_s - self._drawn_s < CALM_S and not newly_cut:
                return
            level_dbfs = held_dbfs
        self._drawn_s = now_s
        self._drawn = (level_dbfs, held_dbfs, word)
        self.refresh()

    def rest(self) -> None:
        """Show that no sound comes."""
        self._held = HeldPeak()
        self._drawn_s = -CALM_S
        self._drawn = (FLOOR_DBFS, FLOOR_DBFS, "no sound")

    def render(self) -> Content:
        """Return the bar with its mark, and the word."""
        level_dbfs, held_dbfs, word = self._drawn
        style = _STYLES[word]
        length = self._cells
        filled, mark = _cells(level_dbfs, length), min(length - 1, _cells(held_dbfs, length))
        cells = ["━"] * filled + ["─"] * (length - filled)
        if mark > 0:
            cells[mark] = "┃"
        ahead = cells[filled:]
        tail = mark - filled
        pieces: list[str | tuple[str, str]] = [(LABEL, "bold"), ("".join(cells[:filled]), style)]
        if tail >= 0 and mark > 0:
            pieces += [
                ("".join(ahead[:tail]), "$quiet"),
                (ahead[tail], style),
                ("".join(ahead[tail + 1 :]), "$quiet"),
            ]
        else:
            pieces.append(("".join(ahead), "$quiet"))
        return Content.assemble(*pieces, "  ", (word, f"{style} bold"))

    @property
    def _cells(self) -> int:
        return max(1, min(MOST_CELLS, self.size.width - len(LABEL) - WORD_CELLS))


def _cells(dbfs: float, cells: int) -> int:
    share = (dbfs - FLOOR_DBFS) / -FLOOR_DBFS
    return round(cells * min(1.0, max(0.0, share)))
