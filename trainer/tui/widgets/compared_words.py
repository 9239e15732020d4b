"""What either side of a comparison says: blocks to choose, quotes to click, words that are lit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby

from textual import events
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from trainer.display import visible
from trainer.review.aligning import Places, Range
from trainer.review.facts import Fact
from trainer.transcript.types import Transcript
from trainer.tui.widgets.legend import PLAYING_STYLE, UNSURE_STYLE

NOT_HEARD = "not heard"


@dataclass(frozen=True, slots=True)
class Said:
    """Words as they are drawn. A run is its first word, the word behind it, and where it begins."""

    content: Content
    runs: tuple[tuple[int, int, int], ...]


class Stop(Vertical):
    """Something that the cursor can be put on: it knows where it was said on either side."""

    def __init__(self, *children: Widget, places: Places, classes: str = "") -> None:
        super().__init__(*children, classes=f"stop {classes}".rstrip())
        self.places = places


class Quoted(Static):
    """What one side says there, 0 for the first; a click asks for its sound."""

    @dataclass
    class Clicked(Message):
        """It was clicked."""

        place: Stop
        side: int

    def __init__(self, content: Content, side: int) -> None:
        super().__init__(content, classes="one")
        self.side = side

    def on_click(self, event: events.Click) -> None:
        """Tell which side is asked for."""
        stop = next((up for up in self.ancestors if isinstance(up, Stop)), None)
        if stop:
            self.post_message(self.Clicked(stop, self.side))


class SaidWords(Quoted):
    """All words of one side in one part; the one that is heard can be lit."""

    def __init__(
        self,
        label: str,
        transcript: Transcript,
        said: Said | None,
        side: int,
        *,
        is_for_both: bool = False,
    ) -> None:
        self._drawn = labelled(label, said.content if said else None)
        self.is_for_both = is_for_both
        """Both sides say just this, and it stands here once."""
        super().__init__(self._drawn, side)
        self._transcript = transcript
        self._runs = said.runs if said else ()
        self._skipped = len(self._drawn) - len(said.content) if said else 0
        self._lit: int | None = None

    def light(self, index: int | None) -> bool:
        """Light the word that is heard, None for none; tell whether it is one of these."""
        run = None if index is None else next((r for r in self._runs if r[0] <= index < r[1]), None)
        lit = index if run else None
        if lit != self._lit:
            self._lit, drawn = lit, self._drawn
            if run and lit is not None:
                end = self._skipped + run[2] + len(visible(self._transcript.quote(run[0], lit + 1)))
                word = len(visible(self._transcript.quote(lit, lit + 1)))
                drawn = drawn.stylize(PLAYING_STYLE, end - word, end)
            self.update(drawn, layout=False)  # the same letters
        return run is not None


def draw_said(
    transcript: Transcript,
    ranges: Sequence[Range],
    facts: Sequence[Fact],
    sign: tuple[str, str],
    guessed: frozenset[int],
) -> Said | None:
    """Return the words of one side with the facts that the other lacks; None where it has none."""
    if not ranges:
        return None
    inside = {at for fact in facts for at in range(fact.start, fact.end)}
    begins = {fact.start for fact in facts}
    pieces: list[str | tuple[str, str]] = []
    runs: list[tuple[int, int, int]] = []
    for start, end in ranges:
        if pieces:
            pieces.append(("  …  ", "$quiet"))
        for style, places in groupby(
            range(start, end), lambda at: (at in begins and at + 1, at in inside, at in guessed)
        ):
            at = list(places)
            begin, fact, unsure = style
            if begin:
                pieces.append((sign[0], sign[1]))
            styles = [sign[1]] * fact + [UNSURE_STYLE] * unsure
            runs.append((at[0], at[-1] + 1, len(pieces)))
            pieces.append((visible(transcript.quote(at[0], at[-1] + 1)), " ".join(styles)))
            pieces.append(" ")
    lengths = (len(piece if isinstance(piece, str) else piece[0]) for piece in pieces)
    begin_at = [0, *accumulate(lengths)]
    placed = ((first, behind, begin_at[piece]) for first, behind, piece in runs)
    return Said(Content.assemble(*pieces), tuple(placed))


def labelled(label: str, content: Content | None) -> Content:
    """Return what a side says behind its name: in one column nothing else tells them apart."""
    return Content.assemble(
        (f"{label}  " if label else "", "$quiet"), content or (NOT_HEARD, "$quiet")
    )
