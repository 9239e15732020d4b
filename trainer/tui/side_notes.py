"""What the margin beside the words of an answer says: marks, flags, notes, marks in time."""

from __future__ import annotations

from collections.abc import Iterator

from trainer.recall import AttemptView
from trainer.tui.widgets.checklist import MARKS
from trainer.tui.widgets.heard_words import moment_note
from trainer.tui.widgets.legend import FLAG_SIGN, FLAG_SIGN_STYLE, NOTE_SIGN, NOTE_STYLE
from trainer.tui.widgets.word_lines import SideNote


def side_notes(view: AttemptView) -> Iterator[SideNote]:
    """Yield what each marked stretch of the shown words earned, and the notes on them."""
    titles = {line.id: line for line in view.report.lines}
    flags = {line.id: line.title for line in view.report.flags}
    for span in view.rating.spans if view.rating and titles else ():
        if span.kind == "criterion" and span.name in titles:
            line = titles[span.name]
            sign, style = MARKS[line.mark]
            unsure = ", not sure" if line.unsure else ""
            yield SideNote(span.start, span.end, sign[:1], style, f"{line.title}{unsure}")
        elif span.kind == "flag" and span.name in flags:
            yield SideNote(span.start, span.end, FLAG_SIGN, FLAG_SIGN_STYLE, flags[span.name])
    for note in view.notes:
        by = "" if note.rater == "self" else f"{note.rater_name or 'A listener'}: "
        yield SideNote(note.start, note.end, NOTE_SIGN, NOTE_STYLE, f"{by}{note.text}")
    for moment in view.record.moments:
        if placed := moment_note(moment, view.transcript.transcript, moment.rater_name):
            yield placed
