"""The editor over words that were heard: it keeps their times and leads to the unsure ones.

It leads to suggestions, too, and puts one in the place of heard words when a key asks for it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar, cast

from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.document._document import Document
from textual.message import Message
from textual.widgets.text_area import Selection

from trainer.display import one_line
from trainer.transcript.likely import Likely
from trainer.transcript.offers import Offers
from trainer.transcript.types import Transcript, Word
from trainer.tui.widgets.editor import AnswerEditor

Align = Callable[[str], Transcript]
Unsure = Callable[[Transcript], Sequence[int]]


class WordsEditor(AnswerEditor):
    """An answer's words; Enter accepts them all, Tab and Shift+Tab go through the unsure ones.

    `align` gives a changed text the times of what was heard, `unsure` says which words are still
    unsure. The word that is heard from the loudspeaker is shown by `show_playing`. Suggestions
    come with `offer`, and are marked by one line under all of their words.
    """

    DEFAULT_CSS = """
    WordsEditor > .words-editor--unsure { color: $warning; text-style: underline; }
    WordsEditor > .words-editor--likely {
        color: $warning; background: $panel; text-style: underline;
    }
    WordsEditor > .words-editor--playing {
        background: $primary; color: $background; text-style: bold;
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "words-editor--unsure",
        "words-editor--likely",
        "words-editor--playing",
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,ctrl+s", "accept", "Accept all", tooltip="Take these words and rate them"),
        Binding("tab", "jump(1)", "Next unsure", tooltip="Select the next unsure word"),
        Binding(
            "shift+tab",
            "jump(-1)",
            "Previous unsure",
            show=False,
            tooltip="Select the unsure word before",
        ),
        Binding("f8", "suggest", "Perhaps", tooltip="Select the words of the next suggestion"),
        Binding(
            "ctrl+y",
            "take",
            "Take suggestion, or redo",
            show=False,
            tooltip="Write the suggestion; elsewhere redo what was undone",
        ),
        Binding(
            "f9",
            "decline",
            "No suggestion here",
            show=False,
            tooltip="Do not show this suggestion again",
        ),
    ]

    @dataclass
    class Accepted(Message):
        """Enter was pressed: all words are right."""

    @dataclass
    class OffersChanged(Message):
        """There are other suggestions now."""

    def __init__(self, text: str, align: Align, unsure: Unsure) -> None:
        super().__init__(text)
        self.highlight_cursor_line = False  # the answer is one line: all of it would be lit
        self._align = align
        self._find_unsure = unsure
        self._aligned: Transcript | None = None
        self._unsure: tuple[Word, ...] = ()
        self._playing: int | None = None
        self._offers = Offers()
        self._suggestions: tuple[Likely, ...] = ()

    @property
    def transcript(self) -> Transcript:
        """The words as they are now, with their times."""
        text = self.text
        if self._aligned is None or self._aligned.text != text:
            self._aligned = self._align(text)
            words = self._aligned.words
            self._unsure = tuple(words[at] for at in self._find_unsure(self._aligned))
            offered = bool(self._suggestions)
            self._suggestions = self._offers.standing(self._aligned)
            if offered != bool(self._suggestions):
                self.call_later(self.refresh_bindings)
        return self._aligned

    @property
    def unsure(self) -> tuple[Word, ...]:
        """The words that are still unsure, in order."""
        assert self.transcript is not None
        return self._unsure

    @property
    def suggestions(self) -> tuple[Likely, ...]:
        """The suggestions that are open, in order; spans of words of `transcript`."""
        assert self.transcript is not None
        return self._suggestions

    @property
    def suggestion_at_cursor(self) -> Likely | None:
        """The suggestion whose words the cursor or selection begins in or right behind, or None."""
        at = self._begin
        for likely in self.suggestions:
            start, end = self._span(likely)
            if start <= at <= end:
                return likely
        return None

    @property
    def next_suggestion(self) -> Likely | None:
        """The suggestion that comes after the cursor, round the end; None without any."""
        at = self._begin + self._chosen
        after = (likely for likely in self.suggestions if self._span(likely)[0] >= at)
        return next(after, next(iter(self.suggestions), None))

    def offer(self, offers: Offers) -> None:
        """Show suggestions."""
        self._offers = offers
        self._tell_offers()

    @property
    def word_at_cursor(self) -> Word | None:
        """The word that the cursor or selection begins in, else the one before; None without."""
        at, found = self._begin, None
        for word in self.transcript.words:
            if found is not None and word.start > at:
                break
            found = word
            if word.end > at:
                break
        return found

    def show_playing(self, index: int | None) -> None:
        """Show which word is heard now."""
        if index != self._playing:
            self._playing = index
            self.notify_style_update()
            self.refresh()

    def action_jump(self, step: int) -> None:
        """Select the next or previous unsure word, round the ends."""
        if not self.unsure:
            return
        at = self._begin
        if step > 0:
            after = [w for w in self.unsure if w.start > at or (w.start == at and not self._chosen)]
            word = (after or self.unsure)[0]
        else:
            word = ([w for w in self.unsure if w.start < at] or self.unsure)[-1]
        locate = self._document.get_location_from_index
        self.selection = Selection(locate(word.start), locate(word.end))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show the key of suggestions only where there are any."""
        return action != "suggest" or bool(self.suggestions)

    def action_suggest(self) -> None:
        """Select the words of the next suggestion, round the end."""
        likely = self.next_suggestion
        if likely is not None:
            start, end = map(self._document.get_location_from_index, self._span(likely))
            self.selection = Selection(start, end)

    def action_take(self) -> None:
        """Put the suggestion at the cursor in the place of its words; without one, redo."""
        likely = self.suggestion_at_cursor
        if likely is None:
            self.action_redo()
            return
        start, end = map(self._document.get_location_from_index, self._span(likely))
        self.history.checkpoint()
        self.replace(one_line(likely.text), start, end, maintain_selection_offset=False)
        self.history.checkpoint()

    def action_decline(self) -> None:
        """Do not offer the suggestion at the cursor again."""
        likely = self.suggestion_at_cursor
        if likely is not None:
            self._offers.decline(self.transcript, likely)
            self._tell_offers()

    def action_accept(self) -> None:
        """Tell that all words are right."""
        self.post_message(self.Accepted())

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter":  # before the text area begins a new line
            event.stop()
            event.prevent_default()
            self.action_accept()

    def get_line(self, line_index: int) -> Text:
        """Return a line with the unsure words and the one that is heard."""
        line = super().get_line(line_index)
        first = self._document.get_index_from_location((line_index, 0))
        style = self.get_component_rich_style("words-editor--unsure")
        for word in self.unsure:
            _paint(line, word.start, word.end, first, style)
        style = self.get_component_rich_style("words-editor--likely")
        for likely in self.suggestions:
            _paint(line, *self._span(likely), first, style)
        words = self.transcript.words
        if self._playing is not None and self._playing < len(words):
            style = self.get_component_rich_style("words-editor--playing")
            word = words[self._playing]
            _paint(line, word.start, word.end, first, style)
        return line

    def _span(self, likely: Likely) -> tuple[int, int]:
        """Return the characters that a suggestion would replace (half-open)."""
        words = self.transcript.words
        return words[likely.start].start, words[likely.end - 1].end

    def _tell_offers(self) -> None:
        self._aligned = None
        self.notify_style_update()
        self.refresh()
        self.post_message(self.OffersChanged())

    @property
    def _document(self) -> Document:
        return cast(Document, self.document)  # always one: words have no syntax

    @property
    def _chosen(self) -> bool:
        return self.selection.start != self.selection.end

    @property
    def _begin(self) -> int:
        return self._document.get_index_from_location(min(self.selection))


def _paint(line: Text, start: int, end: int, first: int, style: Style) -> None:
    """Paint what of characters `start` to `end` lies on the line that begins at `first`."""
    start, end = max(0, start - first), min(len(line.plain), end - first)
    if start < end:
        line.stylize(style, start, end)
