"""A plot of lines of text that is drawn anew for each width; its signs have colours besides."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from trainer.review import plots
from trainer.tui.widgets.checklist import MARKS

Draw = Callable[[int], Sequence[str]]
"""Returns the lines for a width in cells; none is wider."""

_MOST_CELLS = 140  # a line of dots that is longer is followed with the head and not with the eyes
_STYLES = {
    **dict.fromkeys(plots.SHADES + plots.STEPS, "$primary"),
    **dict.fromkeys(plots.TOP + plots.REACH + plots.BOTTOM, "$secondary"),
    **dict.fromkeys(plots.EMPTY + plots.GRID, "$quiet 60%"),
    **dict.fromkeys(plots.EDGE + plots.TICK + plots.CORNER + plots.FLOOR + plots.MARK, "$quiet"),
    plots.DOT: "bold $primary",
}
MARK_SIGNS = {mark: sign[0] for mark, (sign, _) in MARKS.items()}
MARK_STYLES = {sign[0]: style for sign, style in MARKS.values()}
"""Signs of marks in the colours that they have in a report."""


class Plot(Widget):
    """Shows what a function draws."""

    DEFAULT_CSS = "Plot { height: auto; width: 1fr; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._draw: Draw = lambda _: ()
        self._signs = _STYLES
        self._drawn: tuple[int, Sequence[str]] | None = None

    def show(self, draw: Draw, signs: dict[str, str] | None = None) -> None:
        """Draw this from now on; `signs` are styles of single signs, before the usual ones."""
        self._draw, self._signs, self._drawn = draw, {**_STYLES, **(signs or {})}, None
        self.refresh(layout=True)

    def render(self) -> Content:
        """Return the lines, each sign in its style."""
        return Content("\n").join(
            Content.assemble(
                *(
                    ("".join(same), style)
                    for style, same in groupby(line, lambda sign: self._signs.get(sign, ""))
                )
            )
            for line in self._lines(self.size.width)
        )

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the number of lines."""
        return len(self._lines(width))

    def _lines(self, width: int) -> Sequence[str]:
        room = min(width, _MOST_CELLS)
        if self._drawn is None or self._drawn[0] != room:
            self._drawn = room, self._draw(room)
        return self._drawn[1]
