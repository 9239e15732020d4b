"""Words while they are heard: final ones stay, what is still open is dimmed and may change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.events import Resize
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from trainer.display import one_line
from trainer.transcript.correction import UNSURE_BELOW
from trainer.transcript.types import HeardWord

Piece = tuple[str, str]
"""A word and how it is drawn: "", "unsure" or "partial"."""


class LiveWords(ScrollView, can_focus=True):
    """Words in lines, drawn line by line: a new word costs its own line, however many there are.

    It follows the newest words unless the reader has scrolled back.
    """

    DEFAULT_CSS = """
    LiveWords { overflow-x: hidden; }
    LiveWords > .live-words--partial { color: $quiet; text-style: italic; }
    LiveWords > .live-words--unsure { color: $warning; text-style: underline; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"live-words--partial", "live-words--unsure"}

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._words: tuple[HeardWord, ...] = ()
        self._partial = ""
        self._lines: list[list[Piece]] = []
        self._open: list[list[Piece]] = []
        """The lines from the last final one on, as they are with the partial words in them."""

    @property
    def text(self) -> str:
        """The words shown, the open ones too."""
        return " ".join([*(word.word for word in self._words), self._partial]).strip()

    def show(self, words: Sequence[HeardWord], partial: str = "") -> None:
        """Show these words; does nothing where nothing changed."""
        now = tuple(words)
        if now == self._words and partial == self._partial:
            return
        known = len(self._words)
        if now[:known] != self._words:
            self._lines, known = [], 0
        for word in now[known:]:
            _add(self._lines, _piece(word), self._width)
        self._words, self._partial = now, partial
        self._lay_out()

    def on_resize(self, event: Resize) -> None:
        """Break the lines anew for another width."""
        self._lines = []
        for word in self._words:
            _add(self._lines, _piece(word), self._width)
        self._lay_out()

    def render_line(self, y: int) -> Strip:
        """Return one line of the part that is seen."""
        at = self.scroll_offset.y + y
        final = max(0, len(self._lines) - 1)
        lines = self._lines if at < final else self._open
        at -= 0 if at < final else final
        if not 0 <= at < len(lines):
            return Strip.blank(self.size.width, self.rich_style)
        styles = {
            "": self.rich_style,
            "partial": self.get_component_rich_style("live-words--partial"),
            "unsure": self.get_component_rich_style("live-words--unsure"),
        }
        segments: list[Segment] = []
        for word, kind in lines[at]:
            if segments:
                segments.append(Segment(" ", self.rich_style))
            segments.append(Segment(word, styles[kind]))
        return Strip(segments).adjust_cell_length(self.size.width, self.rich_style)

    @property
    def _width(self) -> int:
        return max(1, self.scrollable_content_region.width or self.size.width)

    def _lay_out(self) -> None:
        at_end = self.scroll_offset.y >= self.max_scroll_y
        self._open = [list(self._lines[-1])] if self._lines else []
        for word in one_line(self._partial).split():
            _add(self._open, (word, "partial"), self._width)
        height = max(0, len(self._lines) - 1) + len(self._open)
        size = Size(self._width, height)
        if size != self.virtual_size:
            self.virtual_size = size
        if at_end:
            self.scroll_end(animate=False)
        self.refresh()


def _piece(word: HeardWord) -> Piece:
    return one_line(word.word), "unsure" if word.confidence < UNSURE_BELOW else ""


def _add(lines: list[list[Piece]], piece: Piece, width: int) -> None:
    """Put a word behind the last one, or on a line of its own."""
    if lines:
        used = sum(cell_len(word) + 1 for word, _ in lines[-1])
        if used + cell_len(piece[0]) <= width:
            lines[-1].append(piece)
            return
    lines.append([piece])
