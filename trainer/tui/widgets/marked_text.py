"""The words of an answer with all that is known of them, their legend, and a cursor."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.geometry import Spacing

from trainer.analysis.types import Rating, Span
from trainer.coach.hesitations import Hesitations
from trainer.transcript.types import Transcript
from trainer.tui.widgets.drawn_words import WordLines
from trainer.tui.widgets.flowing import Flow
from trainer.tui.widgets.legend import NOTE_SIGN, legend
from trainer.tui.widgets.word_lines import SideNote, place_numbers

_AROUND = 2
"""So many lines stand around a word that is in view."""


class MarkedText(Vertical):
    """The words of an answer with their bands, marks, margin and legend.

    `parts` are the spans of the parts, `unsure` indices of words that the recogniser was not
    sure of. A cursor lies on the chosen words, and the word that is heard is lit.
    """

    DEFAULT_CSS = """
    MarkedText { height: auto; }
    MarkedText .legend { margin-top: 1; }
    """

    def __init__(
        self,
        transcript: Transcript,
        rating: Rating | None,
        unsure: Sequence[int] = (),
        parts: Sequence[Span] = (),
        hesitations: Hesitations = Hesitations(),  # noqa: B008 - it is frozen
        notes: Sequence[SideNote] = (),
    ) -> None:
        super().__init__()
        self._hesitations = hesitations
        self._notes = tuple(notes)
        self._places = [place for place, _ in place_numbers(notes)]
        self.lines = WordLines(transcript, rating, unsure, parts, hesitations, notes)

    def compose(self) -> ComposeResult:
        """Yield the words, and the legend where anything is marked."""
        yield self.lines
        lines = self.lines
        entries = tuple(
            legend(
                marks=bool(lines.evidence),
                flags=bool(lines.flagged),
                unsure=bool(lines.unsure),
                notes=any(note.sign == NOTE_SIGN for note in self._notes),
                heard=self._hesitations,
                colourless=lines.colourless,
            )
        )
        if entries:
            yield Flow(entries, classes="legend")

    def choose(self, start: int, end: int) -> None:
        """Put the cursor on these words."""
        self.lines.choose(start, end)

    def next_place(self, chosen: tuple[int, int] | None, step: int) -> tuple[int, int] | None:
        """Return the words of the next side note, or of the one before; None without any."""
        places = sorted(self._places)
        if not places:
            return None
        if chosen is None:
            return places[0 if step > 0 else -1]
        after = [place for place in places if place > chosen]
        before = [place for place in places if place < chosen]
        if step > 0:
            return after[0] if after else places[-1]
        return before[-1] if before else places[0]

    def show_playing(self, index: int | None) -> None:
        """Light the word that is heard, and follow it where the one before was in view."""
        before = self.lines.playing
        if before == index:
            return
        self.lines.play(index)
        if before is not None and index is not None and self._is_seen(before):
            self.show_word(index)

    def show_word(self, index: int) -> None:
        """Bring a word into view, with the words after it, where it is not."""
        page = self._page
        if page and self.lines.size.width and not self._is_seen(index, _AROUND):
            around = Spacing(_AROUND, 0, max(_AROUND, page.size.height // 2), 0)
            line = self.lines.line_on(index, page)
            page.scroll_to_region(line, spacing=around, animate=False, immediate=True)

    def _is_seen(self, index: int, around: int = 0) -> bool:
        page = self._page
        if page is None:
            return True
        y = self.lines.line_on(index, page).y - round(page.scroll_y)
        return around <= y < page.size.height - around

    @property
    def _page(self) -> VerticalScroll | None:
        return next((up for up in self.ancestors if isinstance(up, VerticalScroll)), None)
