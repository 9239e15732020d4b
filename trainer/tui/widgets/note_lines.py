"""The notes on an answer: each with the words that it is about."""

from __future__ import annotations

from collections.abc import Iterator

from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from trainer.display import visible
from trainer.recall import AttemptView
from trainer.tui.widgets.checklist import QuoteLine

_HINT = "  J K choose one, O changes it"
_HOW = "  choose words with ← →, then press O"


def note_block(view: AttemptView) -> Iterator[Widget]:
    """Yield the notes on these words, and how many stand on other versions of them."""
    notes = view.notes
    others = len(view.record.notes) - len(notes)
    if not view.transcript.transcript.words:
        return
    hint = _HINT if notes else _HOW
    yield Static(Content.assemble("Your notes", (hint, "not bold $quiet")), classes="section")
    for note in notes:
        quote = view.transcript.transcript.quote(note.start, note.end)
        by = ("  by a listener", "$quiet") if note.rater == "peer" else ""
        told = Content.assemble(visible(note.text), by)
        yield Vertical(
            QuoteLine(quote, "", note.start, note.end), Static(told), classes="criterion"
        )
    if others:
        count = "1 note stands" if others == 1 else f"{others} notes stand"
        where = f"{count} on other versions of your words (V)."
        yield Static(where, classes="quiet", markup=False)
