"""Entries beside each other, as many as fit on a line; none is broken."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget


def flow(entries: Sequence[Content], width: int, gap: int) -> list[list[Content]]:
    """Return the entries line by line, with `gap` cells between two of them."""
    lines: list[list[Content]] = []
    left = 0
    for entry in entries:
        cells = entry.cell_length + gap
        if not lines or cells > left + gap:
            lines.append([])
            left = width
        lines[-1].append(entry)
        left -= cells
    return lines


class Flow(Widget):
    """Shows such entries."""

    DEFAULT_CSS = "Flow { height: auto; }"
    GAP = 3

    def __init__(self, entries: Sequence[Content], *, classes: str | None = None) -> None:
        super().__init__(classes=classes)
        self._entries = tuple(entries)

    def render(self) -> Content:
        """Return all lines."""
        gap = Content(" " * self.GAP)
        return Content("\n").join(
            gap.join(line) for line in flow(self._entries, self.size.width, self.GAP)
        )

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return how many lines there are."""
        return len(flow(self._entries, width, self.GAP))
