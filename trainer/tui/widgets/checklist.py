"""The lines of a checklist: the mark, the words that earned it, and what to make of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from textual import events
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from trainer.analysis.types import Span
from trainer.bank.types import Mark
from trainer.coach.report import CriterionLine, FlagLine
from trainer.display import one_line, visible
from trainer.transcript.types import Transcript
from trainer.tui.widgets.legend import UNSURE_STYLE

MARKS = {
    Mark.MET: ("● met   ", "bold $success"),
    Mark.PARTLY: ("◐ partly", "bold $warning"),
    Mark.MISSED: ("○ missed", "bold $error"),
}
MOST_QUOTES = 2


class QuoteLine(Static):
    """Quoted words, `start` to `end` of the transcript's. The cursor can be put on it.

    `doubt` names the words in it that the recogniser was not sure of.
    """

    DEFAULT_CSS = """
    QuoteLine { border-left: blank; padding-left: 1; }
    QuoteLine.-chosen { border-left: thick $accent; background: $panel; text-style: bold; }
    """

    @dataclass
    class Clicked(Message):
        """The quote was clicked."""

        line: QuoteLine

    def __init__(self, quote: str, doubt: str, start: int, end: int) -> None:
        self.start, self.end = start, end
        super().__init__(
            Content.assemble(
                (f"“{one_line(quote)}”", "italic"),
                ("  unsure: " if doubt else "", "$warning"),
                (one_line(doubt), UNSURE_STYLE),
            )
        )

    def choose(self, chosen: bool) -> None:
        """Put the cursor on it, or take it away."""
        self.set_class(chosen, "-chosen")

    def on_click(self, event: events.Click) -> None:
        """Tell that it was clicked, and nobody that its block was."""
        event.stop()
        self.post_message(self.Clicked(self))


class Quoted(Vertical):
    """A criterion or flag with its quotes: a click on it leads to the first of them."""

    @dataclass
    class Clicked(Message):
        """The line was clicked, and not one of its quotes."""

        block: Quoted

    def on_click(self) -> None:
        """Tell that it was clicked."""
        self.post_message(self.Clicked(self))


def criterion_block(
    line: CriterionLine,
    spans: Sequence[Span],
    words: Transcript,
    own: Mark | None = None,
    speaker: str = "",
) -> Widget:
    """Return a criterion: its mark, what that means, the quotes, and a comment.

    `spans` are the rating's for this criterion: the quotes' words. `own` is the speaker's mark,
    who is called `speaker` where that is not the user.
    """
    symbol, style = MARKS[line.mark]
    head = Content.assemble(
        (symbol, style),
        "  ",
        (visible(line.title), "bold"),
        ("  not sure" if line.unsure else "", "$warning"),
        ("  settled by you" if line.settled else "", "$quiet"),
        *_own(own, speaker),
        (f"\n{visible(line.meaning)}", "$quiet"),
    )
    quotes = _quote_lines(line.quotes, line.doubts, spans, words)
    said = () if line.comment == line.meaning else (Static(visible(line.comment), markup=False),)
    caution = _caution(line.caution)
    return Quoted(Static(head), *quotes, *caution, *said, classes="criterion")


def flag_block(line: FlagLine, spans: Sequence[Span], words: Transcript) -> Widget:
    """Return a raised flag and its quotes."""
    head = Content.assemble(
        ("! ", "bold $warning"),
        (visible(line.title), "bold"),
        f"\nThis could sound like {visible(line.says)}",
    )
    quotes = _quote_lines(line.quotes, line.doubts, spans, words)
    return Quoted(Static(head), *quotes, *_caution(line.caution), classes="criterion")


def _own(own: Mark | None, speaker: str) -> tuple[str | tuple[str, str], ...]:
    if own is None:
        return ()
    sign, style = MARKS[own]
    return ((f"  {speaker or 'you'}: ", "$quiet"), (sign.rstrip(), style))


def _caution(text: str) -> tuple[Static, ...]:
    return (Static(Content.styled(text, "$warning")),) if text else ()


def _quote_lines(
    quotes: Sequence[str], doubts: Sequence[str], spans: Sequence[Span], words: Transcript
) -> Iterator[QuoteLine]:
    for at, quote in enumerate(quotes[:MOST_QUOTES]):
        start, end = _place(quote, spans, words)
        yield QuoteLine(quote, doubts[at] if at < len(doubts) else "", start, end)


def _place(quote: str, spans: Sequence[Span], words: Transcript) -> tuple[int, int]:
    """Return which words a quote shows: the beginning of a span, or all of it."""
    for span in spans:
        first = words.words[span.start].start
        if words.text.startswith(quote, first):
            last = first + len(quote)
            end = next(
                (at for at in range(span.start, span.end) if words.words[at].end >= last), span.end
            )
            return span.start, end + 1
    return 0, 0
