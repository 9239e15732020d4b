"""The notes on an answer, as JSON and as lines of text; which of them is named."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from trainer.coach.people import tell_by
from trainer.display import one_line
from trainer.errors import UsageError
from trainer.lines.text import wrapped

if TYPE_CHECKING:
    from trainer.recall import AttemptView
    from trainer.store.types import SpanNote

_LONGEST_QUOTE = 200


def notes_json(view: AttemptView) -> dict[str, object]:
    """Return the notes as `trainer history note --help` tells."""
    return {
        "version": view.version,
        "notes": [
            {
                "number": number,
                "id": note.id,
                "start": note.start,
                "end": note.end,
                "quote": view.transcript.transcript.quote(note.start, note.end),
                "text": note.text,
                "by": "you" if note.rater == "self" else "listener",
                "name": note.rater_name,
                "created_at": note.created_at,
            }
            for number, note in enumerate(view.notes, start=1)
        ],
        "on_other_versions": len(view.record.notes) - len(view.notes),
    }


def note_lines(view: AttemptView, *, commands: bool = True) -> Iterator[str]:
    """Yield the notes on these words, each with its number, and where others stand.

    `commands`: with the option that shows those.
    """
    for number, note in enumerate(view.notes, start=1):
        quote = view.transcript.transcript.quote(note.start, note.end)
        by = f" ({tell_by(note.rater, note.rater_name)})" if note.rater == "peer" else ""
        yield from wrapped(f'{number}. "{one_line(quote, _LONGEST_QUOTE)}"{by}', "", "   ")
        yield from wrapped(one_line(note.text), "   ", "   ")
    others = len(view.record.notes) - len(view.notes)
    if others:
        stands = "1 note stands" if others == 1 else f"{others} notes stand"
        name = " Name one with --version." if commands else ""
        yield f"{stands} on other versions of these words.{name}"


def note_named(view: AttemptView, number: int) -> SpanNote:
    """Return the note of that number. Raises `UsageError` where there is none."""
    notes = view.notes
    if not 1 <= number <= len(notes):
        raise UsageError(
            f"There is no note {number} on these words.",
            f"Notes: 1 to {len(notes)}" if notes else "There are no notes on them.",
        )
    return notes[number - 1]
