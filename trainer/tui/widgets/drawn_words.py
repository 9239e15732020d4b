"""The words of an answer drawn in lines, with bands, marks and a margin, and clicked.

Everything is told without colour too: see the legend.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from textual import events
from textual.containers import VerticalScroll
from textual.content import Content
from textual.content import Span as Painted
from textual.geometry import Region, Size
from textual.message import Message
from textual.selection import Selection
from textual.strip import Strip
from textual.style import Style
from textual.visual import Visual
from textual.widget import Widget

from trainer.analysis.shape import find_times
from trainer.analysis.types import Rating, Span
from trainer.coach.hesitations import Hesitations
from trainer.display import clock_time, visible
from trainer.transcript.types import Transcript
from trainer.tui.looks import is_colourless
from trainer.tui.widgets.legend import (
    CHOSEN_STYLE,
    EVIDENCE_STYLE,
    FLAG_STYLE,
    PLAYING_STYLE,
    SIGN_STYLE,
    UNSURE_STYLE,
)
from trainer.tui.widgets.parts_bar import LETTERS, MEANINGS
from trainer.tui.widgets.parts_bar import STYLES as PART_STYLES
from trainer.tui.widgets.word_lines import (
    Line,
    Page,
    Piece,
    Run,
    SideNote,
    lay_out,
    word_at,
)
from trainer.tui.widgets.word_signs import find_runs, find_signs

_BAND, _PLAYING, _CHOSEN = "▌", "▶", "▸"
_GUTTER, _RULE = 2, " │ "
_FEWEST_CELLS = 56
"""In fewer cells the side notes stand below the words."""
_LEAST_MARGIN, _MOST_MARGIN = 24, 36


class WordLines(Widget):
    """The lines themselves. Only those in view are drawn, and only those that change again."""

    DEFAULT_CSS = "WordLines { height: auto; }"

    @dataclass
    class Clicked(Message):
        """Words `start` to `end` (excluded) were clicked, themselves or in the margin."""

        start: int
        end: int

    @dataclass
    class Dragged(Message):
        """The mouse was drawn over words `start` to `end` (excluded)."""

        start: int
        end: int

    def __init__(
        self,
        transcript: Transcript,
        rating: Rating | None,
        unsure: Sequence[int],
        parts: Sequence[Span],
        hesitations: Hesitations,
        notes: Sequence[SideNote],
    ) -> None:
        super().__init__()
        self.transcript = transcript
        words = transcript.words
        self._texts = [visible(transcript.text[word.start : word.end]) for word in words]
        self._gaps = [transcript.text[a.end : b.start] for a, b in pairwise(words)] + [""]
        self._runs = find_runs(parts, len(words))
        self._notes = tuple(notes)
        spans = rating.spans if rating and not rating.remark else ()
        # A candidate earned nothing: it is only asked about.
        self.evidence = _covered(spans, "criterion")
        self.flagged = _covered(spans, "flag")
        self.colourless = is_colourless()
        signed = self.flagged if self.colourless else ()
        self._signs = find_signs(hesitations, self._notes, signed)
        self.unsure = frozenset(unsure)
        self.chosen = range(0)
        self.playing: int | None = None
        self._pages: dict[int, Page] = {}

    def page(self, width: int) -> Page:
        """Return the lines for so many cells."""
        if width not in self._pages:
            margin = 0
            if self._notes and width >= _FEWEST_CELLS:
                margin = max(_LEAST_MARGIN, min(_MOST_MARGIN, width * 2 // 5 - 3))
            words = max(8, width - _GUTTER - (margin + len(_RULE) if margin else 0))
            self._pages.clear()
            self._pages[width] = lay_out(
                self._texts, self._gaps, self._runs, self._signs, self._notes, words, margin
            )
        return self._pages[width]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return how many lines there are."""
        return len(self.page(width).lines)

    def render_line(self, y: int) -> Strip:
        """Return one line as it is drawn."""
        page, style = self.page(self.size.width), self.visual_style
        if y >= len(page.lines):
            return Strip.blank(self.size.width, style.rich_style)
        content = self._paint(page, page.lines[y])
        selection = self.text_selection
        reach = selection.get_span(y) if selection else None
        if reach:
            behind = _GUTTER + max((piece.end for piece in page.lines[y].pieces), default=0)
            end = behind if reach[1] == -1 else min(reach[1], behind)
            lit = Style.from_styles(self.screen.get_component_styles("screen--selection"))
            content = content.stylize_before(lit, max(_GUTTER, reach[0]), end)
        width = self.size.width
        strips = Visual.to_strips(self, content, width, 1, style, apply_selection=False, pad=True)
        return (strips[0] if strips else Strip.blank(width, style.rich_style)).apply_offsets(0, y)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Return what the mouse selected of the words, without their margin."""
        page = self.page(self.size.width)
        lines = ("".join(self._words_of(line)).rstrip() for line in page.lines)
        gutter = "\n" + " " * _GUTTER
        return selection.extract("\n".join(lines)).replace(gutter, "\n"), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        """Draw what is selected."""
        self.refresh()

    # What changes

    def choose(self, start: int, end: int) -> None:
        """Put the cursor on these words."""
        before, self.chosen = self.chosen, range(start, end)
        self._refresh_words({*before, *self.chosen})

    def play(self, index: int | None) -> None:
        """Light a word."""
        before, self.playing = self.playing, index
        self._refresh_words({at for at in (before, index) if at is not None})

    def _refresh_words(self, words: set[int]) -> None:
        page = self.page(self.size.width)
        for y in {page.line_of[at] for at in words if at < len(page.line_of)}:
            self.refresh(Region(0, y, self.size.width, 2))  # a long word goes on below

    def line_on(self, index: int, page: VerticalScroll) -> Region:
        """Return the line of a word on the page that scrolls it."""
        y = self.page(self.size.width).line_of[index]
        line = Region(0, y, max(1, self.size.width), 1)
        for widget in self.ancestors_with_self:  # none between it and the page scrolls
            if widget is page or not isinstance(widget, Widget):
                break
            line = line.translate(widget.virtual_region.offset)
        return line

    def on_click(self, event: events.Click) -> None:
        """Tell which words were clicked, or drawn over."""
        event.prevent_default()  # a second click would select the whole answer
        dragged = self._dragged()
        if dragged:
            self.post_message(self.Dragged(dragged.start, dragged.stop))
            return
        at = event.get_content_offset(self)
        page = self.page(self.size.width)
        if at is None or at.y >= len(page.lines):
            return
        line = page.lines[at.y]
        margin = line.margin and at.x >= (_GUTTER + page.words_width if page.margin_width else 0)
        if margin and line.margin:
            self.post_message(self.Clicked(line.margin.note.start, line.margin.note.end))
        elif (word := word_at(line, at.x - _GUTTER)) is not None:
            self.post_message(self.Clicked(word, word + 1))

    def _dragged(self) -> range:
        """Return the words that the mouse has selected."""
        selection = self.text_selection
        found = [
            piece.left
            for y, line in enumerate(self.page(self.size.width).lines if selection else ())
            if selection and (reach := selection.get_span(y))
            for piece in line.pieces
            if piece.kind == "word"
            and piece.end > reach[0] - _GUTTER
            and (reach[1] == -1 or piece.x < reach[1] - _GUTTER)
        ]
        return range(found[0], found[-1] + 1) if found else range(0)

    # How it looks

    def _paint(self, page: Page, line: Line) -> Content:
        gutter = self._gutter(line)
        if line.heading:
            assert line.run is not None
            body = self._heading(self._runs[line.run], page.words_width)
        else:
            body = Content.assemble(*self._painted(line.pieces))
        if line.margin is None and not page.margin_width:
            return Content.assemble(gutter, body)
        margin = Content("")
        if line.margin:
            row, note = line.margin, line.margin.note
            at_cursor = self.chosen == range(note.start, note.end)
            text_style = "bold" if at_cursor else ""
            margin = Content.assemble(
                (row.number, "$quiet"), " ", (row.sign, note.style), " ", (row.text, text_style)
            )
        if not page.margin_width:
            return Content.assemble(gutter, body, margin)
        body = body.pad_right(page.words_width - body.cell_length)
        return Content.assemble(gutter, body, (_RULE, "$panel"), margin)

    def _gutter(self, line: Line) -> Content:
        words = {at for piece in line.pieces if piece.kind == "word" for at in (piece.left,)}
        name = self._runs[line.run].name if line.run is not None else ""
        style = f"bold {_part_style(name)}"
        if self.playing in words:
            return Content.assemble((_PLAYING, "bold $primary"), " ")
        if self.chosen and self.chosen[0] in words:
            return Content.assemble((_CHOSEN, "bold"), " ")
        return Content.assemble((_BAND if name else " ", style), " ")

    def _heading(self, run: Run, width: int) -> Content:
        name = MEANINGS.get(run.name, run.name)  # type: ignore[call-overload]
        letter = LETTERS.get(run.name, "")  # type: ignore[call-overload]
        begin_s, end_s = find_times(self.transcript, run.start, run.end)
        if begin_s is None or end_s is None:
            count = run.end - run.start
            length = "1 word" if count == 1 else f"{count} words"
        else:
            length = f"{clock_time(begin_s)}  {max(1, round(end_s - begin_s))} s"
        style = _part_style(run.name)
        title = f"{letter} {visible(name)}" if letter else visible(name)
        between = " " * max(1, width - len(title) - len(length))
        return Content.assemble(
            (title, f"bold {style}"), between, (length, "$quiet")
        ).stylize_before("on $surface")

    def _words_of(self, line: Line) -> Iterator[str]:
        if line.heading and line.run is not None:
            yield " " * _GUTTER + self._runs[line.run].name
        elif line.pieces:
            yield " " * _GUTTER
            yield from (piece.text for piece in line.pieces)

    def _painted(self, pieces: Sequence[Piece]) -> Iterator[Content]:
        for piece in pieces:
            styles = self._styles(piece)
            length = len(piece.text)
            yield Content(piece.text, [Painted(0, length, style) for style in styles])

    def _styles(self, piece: Piece) -> list[str]:
        left, right = piece.left, piece.right
        chosen = left in self.chosen and right in self.chosen
        if piece.kind == "number":
            inside = left in self.chosen and left + 1 in self.chosen
            return ["bold $quiet", *([CHOSEN_STYLE] if inside else [])]
        if piece.kind in ("sign", "break"):
            return [SIGN_STYLE, *([CHOSEN_STYLE] if chosen else [])]
        styles = []
        if left in self.unsure and right in self.unsure:
            styles.append(UNSURE_STYLE)
        if left in self.evidence and right in self.evidence:
            styles.append(EVIDENCE_STYLE)
        if left == right == self.playing:
            return [*styles, PLAYING_STYLE]
        if chosen:
            return [*styles, CHOSEN_STYLE]
        if left in self.flagged and right in self.flagged and not self.colourless:
            styles.append(FLAG_STYLE)  # under the cursor, reversing twice would show nothing
        return styles


def _part_style(name: str) -> str:
    return PART_STYLES.get(name, "$accent")  # type: ignore[call-overload,no-any-return]


def _covered(spans: Sequence[Span], kind: str) -> frozenset[int]:
    return frozenset(
        at for span in spans if span.kind == kind for at in range(span.start, span.end)
    )
