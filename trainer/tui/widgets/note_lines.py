"""The notes on an answer: each with the words that it is about."""

from __future__ import annotations

from collections.abc import Iterator

from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from trainer.display import visible
from trainer.recall import AttemptView
from trainer.store.types import SpanNote
from trainer.tui.widgets.checklist import QuoteLine

_HINT = "  J K choose one, O changes it"


def notes_of(view: AttemptView) -> tuple[SpanNote, ...]:
    """Return the notes on the words that are shown, in the order of the words."""
    count = len(view.transcript.transcript.words)
    return tuple(
        note
        for note in view.record.notes
        if note.transcript_id == view.transcript.id and 0 <= note.start < note.end <= count
    )


def note_on(view: AttemptView, start: int, end: int) -> SpanNote | None:
    """Return the user's newest note on exactly these words; None where there is none."""
    exact = (n for n in notes_of(view) if (n.start, n.end, n.rater) == (start, end, "self"))
    return max(exact, key=lambda note: note.created_at, default=None)


def note_block(view: AttemptView) -> Iterator[Widget]:
    """Yield the notes on these words, and how many stand on other versions of them."""
    notes = notes_of(view)
    others = len(view.record.notes) - len(notes)
    if not view.record.notes:
        return
    hint = (_HINT, "not bold $quiet") if notes else ""
    yield Static(Content.assemble("Your notes", hint), classes="section")
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
