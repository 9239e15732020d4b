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
        "on_other_versions": len(view.notes_elsewhere),
    }


def note_lines(view: AttemptView, *, commands: bool = True) -> Iterator[str]:
    """Yield the notes on these words, each with its number, and those on words of other versions.

    `commands`: with the option that leads to those.
    """
    for number, note in enumerate(view.notes, start=1):
        quote = view.transcript.transcript.quote(note.start, note.end)
        yield from _told(f"{number}. ", quote, note, "")
    if view.notes_elsewhere:
        name = " --version leads to them." if commands else ""
        yield f"On words that were changed:{name}"
    for left in view.notes_elsewhere:
        where = f", version {left.number}" if left.number else ", words that are lost"
        yield from _told("-  ", left.quote, left.note, where)


def _told(sign: str, quote: str, note: SpanNote, where: str) -> Iterator[str]:
    by = f" ({tell_by(note.rater, note.rater_name)})" if note.rater == "peer" else ""
    yield from wrapped(f'{sign}"{one_line(quote, _LONGEST_QUOTE)}"{where}{by}', "", "   ")
    yield from wrapped(one_line(note.text), "   ", "   ")


def note_named(view: AttemptView, number: int) -> SpanNote:
    """Return the note of that number. Raises `UsageError` where there is none."""
    notes = view.notes
    if not 1 <= number <= len(notes):
        raise UsageError(
            f"There is no note {number} on these words.",
            f"Notes: 1 to {len(notes)}" if notes else "There are no notes on them.",
        )
    return notes[number - 1]
