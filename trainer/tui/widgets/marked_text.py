"""A transcript with the parts of the story named beside it and the evidence marked in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.content import Span as Painted
from textual.geometry import Region, Spacing
from textual.message import Message
from textual.style import Style
from textual.widget import Widget
from textual.widgets import Static

from trainer.analysis.types import Rating, Span
from trainer.display import visible
from trainer.transcript.types import Transcript

# Each must be seen without colour, and beside the others: a word can be all three. Underlined words
# are unsure on every screen. Many terminals draw no italics, so that no mark rests on them.
EVIDENCE_STYLE = "bold $success"
FLAG_STYLE = "bold reverse $warning"
UNSURE_STYLE = "underline $warning"
CHOSEN_STYLE = "$background on $foreground"
PLAYING_STYLE = "bold $background on $primary"

_WORD = "word"  # the name under which a click finds the word's index


class WordRun(Static):
    """Words `start` to `end` of a transcript, in styles."""

    def __init__(self, start: int, end: int, paint: WordPainter) -> None:
        self.start, self.end = start, end
        self._paint = paint
        super().__init__(paint.words(start, end), classes="part-words")

    def repaint(self) -> None:
        """Draw the words anew: none changed its length."""
        self.update(self._paint.words(self.start, self.end), layout=False)

    @property
    def page(self) -> VerticalScroll | None:
        """What scrolls it."""
        return next((up for up in self.ancestors if isinstance(up, VerticalScroll)), None)

    def is_seen(self, index: int) -> bool:
        """Whether a word stands in the part of the page that is shown."""
        page = self.page
        return page is None or 0 <= self._line(index, page).y - page.scroll_y < page.size.height

    def bring_into_view(self, index: int) -> None:
        """Scroll to a word."""
        page = self.page
        if page:
            around = Spacing(2, 0, 2, 0)
            page.scroll_to_region(
                self._line(index, page), spacing=around, animate=False, immediate=True
            )

    def _line(self, index: int, page: VerticalScroll) -> Region:
        """Return about where a word stands on its page: text wraps evenly enough for that."""
        words = self._paint.transcript.words
        first, last = words[self.start].start, words[self.end - 1].end
        share = (words[index].start - first) / max(1, last - first)
        line = Region(0, int(share * self.size.height), max(1, self.size.width), 1)
        for widget in self.ancestors_with_self:  # none between it and the page scrolls
            if widget is page or not isinstance(widget, Widget):
                break
            line = line.translate(widget.virtual_region.offset)
        return line


@dataclass
class WordPainter:
    """What is known about the words of a transcript, and how that looks."""

    transcript: Transcript
    spans: tuple[Span, ...]
    unsure: frozenset[int]
    clickable: bool
    chosen: range = range(0)
    playing: int | None = None

    def words(self, start: int, end: int) -> Content:
        """Return the words from `start` to `end` with their styles."""
        text, words = self.transcript.text, self.transcript.words
        styles = [self._styles(at) for at in range(start, end)]
        pieces: list[str] = []
        painted: list[Painted] = []
        length = 0
        for at in range(start, end):
            word = visible(text[words[at].start : words[at].end])
            gap = visible(text[words[at].end : words[at + 1].start]) if at + 1 < end else ""
            own = styles[at - start]
            following = styles[at + 1 - start] if at + 1 < end else ()
            for style in own:
                reach = len(gap) if style in following else 0
                painted.append(Painted(length, length + len(word) + reach, style))
            if self.clickable:
                meta = Style.from_meta({_WORD: at})
                painted.append(Painted(length, length + len(word), meta))
            pieces += (word, gap)
            length += len(word) + len(gap)
        return Content("".join(pieces), painted)

    def _styles(self, at: int) -> tuple[str, ...]:
        kinds = {span.kind for span in self.spans if span.start <= at < span.end}
        return tuple(
            style
            for holds, style in (
                (at in self.unsure, UNSURE_STYLE),
                ("criterion" in kinds, EVIDENCE_STYLE),
                ("flag" in kinds, FLAG_STYLE),
                (at in self.chosen, CHOSEN_STYLE),
                (at == self.playing, PLAYING_STYLE),
            )
            if holds
        )


class MarkedText(Vertical):
    """One row for each part of the story: its name, then its words.

    `parts` are the spans of the parts, `unsure` indices of words that the recogniser was not
    sure of. With `clickable`, a click on a word tells so. A cursor lies on the chosen words, and
    the word that is heard is lit.
    """

    @dataclass
    class Clicked(Message):
        """A word was clicked."""

        index: int

    def __init__(
        self,
        transcript: Transcript,
        rating: Rating | None,
        unsure: Sequence[int] = (),
        clickable: bool = False,
        parts: Sequence[Span] = (),
    ) -> None:
        super().__init__()
        spans = rating.spans if rating and not rating.remark else ()
        self._parts = parts
        # A candidate earned nothing: it is only asked about.
        marks = tuple(span for span in spans if span.kind in ("criterion", "flag"))
        self._paint = WordPainter(transcript, marks, frozenset(unsure), clickable)

    def compose(self) -> ComposeResult:
        """Yield a row for each run of words, and the legend where anything is marked."""
        for name, start, end in _runs(self._parts, len(self._paint.transcript.words)):
            with Horizontal(classes="part-row"):
                if self._parts:
                    yield Static(visible(name), classes="part-name", markup=False)
                yield WordRun(start, end, self._paint)
        legend = self._legend()
        if legend:
            yield Static(legend, classes="legend")

    def choose(self, start: int, end: int) -> None:
        """Put the cursor on these words."""
        before, self._paint.chosen = self._paint.chosen, range(start, end)
        self._repaint({*before, *self._paint.chosen})

    def show_playing(self, index: int | None) -> None:
        """Light the word that is heard, and follow it where the one before was in view."""
        before, self._paint.playing = self._paint.playing, index
        if before == index:
            return
        self._repaint({at for at in (before, index) if at is not None})
        if before is not None and index is not None and self._run(before).is_seen(before):
            self.show_word(index)

    def show_word(self, index: int) -> None:
        """Bring a word into view."""
        self._run(index).bring_into_view(index)

    def on_click(self, event: events.Click) -> None:
        """Tell which word was clicked."""
        index = event.style.meta.get(_WORD)
        if index is not None:
            self.post_message(self.Clicked(index))

    def _run(self, index: int) -> WordRun:
        return next(run for run in self.query(WordRun) if run.start <= index < run.end)

    def _repaint(self, words: set[int]) -> None:
        for run in self.query(WordRun):
            if any(run.start <= at < run.end for at in words):
                run.repaint()

    def _legend(self) -> Content | None:
        kinds = {span.kind for span in self._paint.spans}
        lines = (
            ("criterion" in kinds or "flag" in kinds, "bold", EVIDENCE_STYLE, "earned a mark"),
            ("criterion" in kinds or "flag" in kinds, "reversed", FLAG_STYLE, "could sound wrong"),
            (bool(self._paint.unsure), "underlined", UNSURE_STYLE, "unsure"),
        )
        shown = [
            Content.assemble((word, style), (f": {meaning}", "$quiet"))
            for holds, word, style, meaning in lines
            if holds
        ]
        return Content("   ").join(shown) if shown else None


def _runs(parts: Sequence[Span], words: int) -> list[tuple[str, int, int]]:
    """Return (part, start, end) that cover all words in order; words of no part have no name."""
    names = [""] * words
    for span in parts:
        names[span.start : span.end] = [span.name] * (span.end - span.start)
    runs: list[tuple[str, int, int]] = []
    for at, name in enumerate(names):
        if runs and runs[-1][0] == name:
            runs[-1] = (name, runs[-1][1], at + 1)
        else:
            runs.append((name, at, at + 1))
    return runs
