"""The notes on an answer, each with the words that it is about, and what listeners marked."""

from __future__ import annotations

from collections.abc import Iterator

from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from trainer.coach.moments import count_kinds, word_heard
from trainer.coach.people import tell_by
from trainer.display import one_line, visible
from trainer.recall import AttemptView
from trainer.store.types import SpanNote
from trainer.tui.widgets.checklist import QuoteLine
from trainer.tui.widgets.heard_words import moment_lines

_HINT = "  J K choose one, O changes it"
_HOW = "  choose words with ← →, then press O"
_ELSEWHERE = "On words that were changed. V shows the versions; O changes the note there."
_LOST = "Its words cannot be read any more."


def note_block(view: AttemptView) -> Iterator[Widget]:
    """Yield the notes on these words, and those whose words stand in another version only."""
    if not view.transcript.transcript.words:
        return
    hint = _HINT if view.notes else _HOW
    yield Static(Content.assemble("Your notes", (hint, "not bold $quiet")), classes="section")
    for note in view.notes:
        quote = view.transcript.transcript.quote(note.start, note.end)
        yield Vertical(QuoteLine(quote, "", note.start, note.end), _told(note), classes="criterion")
    if view.notes_elsewhere:
        yield Static(_ELSEWHERE, classes="quiet", markup=False)
    for left in view.notes_elsewhere:
        quoted = f"“{one_line(left.quote)}”  version {left.number}" if left.number else _LOST
        yield Vertical(
            Static(quoted, classes="quiet", markup=False), _told(left.note), classes="criterion"
        )


def _told(note: SpanNote) -> Static:
    by = (f"  {tell_by(note.rater, note.rater_name)}", "$quiet") if note.rater == "peer" else ""
    return Static(Content.assemble(visible(note.text), by))


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
