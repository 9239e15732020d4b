"""The notes on an answer, each with the words that it is about, and what listeners marked."""

from __future__ import annotations

from collections.abc import Iterator

from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from trainer.coach.moments import count_kinds, word_heard
from trainer.coach.people import tell_by
from trainer.display import visible
from trainer.recall import AttemptView
from trainer.tui.widgets.checklist import QuoteLine
from trainer.tui.widgets.heard_words import moment_lines

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
        by = (f"  {tell_by(note.rater, note.rater_name)}", "$quiet") if note.rater == "peer" else ""
        told = Content.assemble(visible(note.text), by)
        yield Vertical(
            QuoteLine(quote, "", note.start, note.end), Static(told), classes="criterion"
        )
    if others:
        count = "1 note stands" if others == 1 else f"{others} notes stand"
        where = f"{count} on other versions of your words (V)."
        yield Static(where, classes="quiet", markup=False)


def moment_block(view: AttemptView) -> Iterator[Widget]:
    """Yield what listeners marked: how much, and where the words have no times, each mark."""
    moments = view.record.moments
    if not moments:
        return
    yield Static("Marked while listening", classes="section")
    yield Static(count_kinds(moments).capitalize(), markup=False)
    words = view.transcript.transcript
    left = [one for one in moments if word_heard(words, one.at_s) is None]
    if left:
        yield Static(moment_lines((one, one.rater_name) for one in left), markup=False)
