"""The parts of a story over time: one line, each part with its letter, and what letters mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget
from textual.widgets import Static

from trainer.analysis.shape import find_times
from trainer.analysis.story import Story
from trainer.bank.types import Part
from trainer.coach.storyline import Storyline
from trainer.display import clock_time
from trainer.transcript.types import Transcript
from trainer.tui.widgets.flowing import flow

LETTERS: dict[Part, str] = {
    "situation": "S",
    "task": "T",
    "action": "A",
    "result": "R",
    "reflection": "L",  # what was learned: R is taken
}
MEANINGS: dict[Part, str] = {"reflection": "learned"}
"""What a part is called where its own name does not tell its letter."""
STYLES: dict[Part, str] = {
    "situation": "$secondary",
    "task": "$primary",
    "action": "$success",
    "result": "$accent",
    "reflection": "$foreground",
}
_FILL, _NOTHING = "━", "·"
_MOST_CELLS = 100
_GAP = 2  # cells between two entries of the legend

Stretch = tuple[Part, float, float]
"""A part with where it begins and ends, in seconds or words."""


class PartsBar(Widget):
    """Where each part is told, from the first word to the last.

    Every stretch of a part begins with its letter, so that colour never tells alone. What is too
    short for a cell of its own gives way to what fills more of the cell.
    """

    DEFAULT_CSS = "PartsBar { height: auto; }"

    def __init__(self, story: Story, transcript: Transcript, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._names = [part.name for part in story.parts]
        count = len(transcript.words) if story.words is None else story.words
        begin_s, end_s = find_times(transcript, 0, count)
        times = [(run.name, run.start_s, run.end_s) for run in story.runs]
        timed = [(name, a, b) for name, a, b in times if a is not None and b is not None]
        self._stretches: list[Stretch]
        if begin_s is None or end_s is None or story.parts[0].seconds is None:
            self._stretches = [(run.name, run.start, run.end) for run in story.runs]
            self._reach = (0.0, float(count))
            self._length = f"{count} words"
        else:
            self._stretches = timed
            self._reach = (begin_s, end_s)
            self._length = clock_time(end_s - begin_s)

    def render(self) -> Content:
        """Return the bar with its length, and what its letters mean."""
        label = f" {self._length}"
        width = min(_MOST_CELLS, self.size.width - len(label))
        pieces: list[tuple[str, str]] = []
        for name, same in groupby(lay_out(self._stretches, self._reach, max(1, width))):
            count = len(list(same))
            if name is None:
                pieces.append((_NOTHING * count, "$quiet"))
            else:
                pieces.append((LETTERS[name] + _FILL * (count - 1), f"bold {STYLES[name]}"))
        legend = Content("\n").join(
            Content(" " * _GAP).join(entries) for entries in self._legend_lines(self.size.width)
        )
        return Content.assemble(*pieces, (label, "$quiet"), "\n", legend)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the lines that it needs: a letter and its meaning stay together."""
        return 1 + len(self._legend_lines(width))

    def _legend_lines(self, width: int) -> list[list[Content]]:
        return flow([_entry(name) for name in self._names], width, _GAP)


def story_block(storyline: Storyline, transcript: Transcript) -> Iterator[Widget]:
    """Yield the bar, where the parts are known, and the story in words."""
    if storyline.story.parts:
        yield PartsBar(storyline.story, transcript)
    yield Static("\n".join(storyline.lines), markup=False)


def _entry(name: Part) -> Content:
    meaning = MEANINGS.get(name, name)
    return Content.assemble((LETTERS[name], f"bold {STYLES[name]}"), (f" {meaning}", "$quiet"))


def lay_out(
    stretches: Sequence[Stretch], reach: tuple[float, float], cells: int
) -> list[Part | None]:
    """Return for each of so many cells the part that fills most of it, None where none does."""
    begin, end = reach
    step = (end - begin) / cells
    row: list[Part | None] = []
    for cell in range(cells):
        left, right = begin + cell * step, begin + (cell + 1) * step
        filled: dict[Part, float] = {}
        for name, a, b in stretches:
            filled[name] = filled.get(name, 0.0) + max(0.0, min(right, b) - max(left, a))
        best = max(filled, key=filled.__getitem__, default=None)
        row.append(best if best and filled[best] >= step / 2 else None)
    return row
