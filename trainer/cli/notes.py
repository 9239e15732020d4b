"""`trainer history note`: what the user notes about words of an answer."""

from __future__ import annotations

import click

from trainer.cli.opening import services_opened
from trainer.cli.output import note as tell
from trainer.cli.output import say, say_json
from trainer.display import one_line
from trainer.errors import UsageError

_LONGEST_SHOWN = 80


@click.command()
@click.argument("attempt_id", metavar="ID")
@click.option("--quote", metavar="TEXT", help="Words of the answer that the note is about.")
@click.option("--number", type=int, metavar="N", help="Change the note of this number.")
@click.option("--say", "text", metavar="TEXT", help="What the note says.")
@click.option("--delete", type=int, metavar="N", help="Delete the note of this number for good.")
@click.option("--version", type=int, metavar="N", help="The version of the words; the newest.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def note(
    attempt_id: str,
    quote: str | None,
    number: int | None,
    text: str | None,
    delete: int | None,
    version: int | None,
    as_json: bool,
) -> None:
    """List your notes on words of an answer, or write one.

    With --quote and --say a note is added, or the one on just these words is changed. With
    --number and --say the note of that number is changed, and with --delete it is deleted. The
    notes are then listed. A note stands wherever its words stand, whichever version it was written
    on. In the application O on chosen words does the same.

    In JSON: schema_version, version (of the words), notes (each with number, id, start and end in
    words, quote, text, by you or listener, the listener's name, and created_at) and
    on_other_versions, the count of those whose words stand in other versions only.

    \b
    Examples:
      trainer history note 3f2a9c1b
      trainer history note 3f2a9c1b --quote "a daily log" --say "How long?"
      trainer history note 3f2a9c1b --delete 1
    """
    from trainer.lines.notes import note_lines, note_named, notes_json

    _refuse(quote, number, text, delete)
    with services_opened() as services:
        view = services.view(services.find_attempt(attempt_id), version)
        notes, found = services.annotations, view.record.attempt.id
        if delete is not None:
            notes.delete_note(note_named(view, delete).id)
        elif number is not None and text is not None:
            notes.change_note(note_named(view, number).id, text)
        elif quote is not None and text is not None:
            place = services.locate(view, quote)
            if place is None:
                raise UsageError(
                    f"These words do not stand in the answer: {one_line(quote, _LONGEST_SHOWN)}",
                    f"Copy them from: trainer history show {found[:8]}",
                )
            there = view.note_on(*place)
            if there:
                notes.change_note(there.id, text)
            else:
                notes.add_note(found, view.transcript.id, *place, text)
        view = services.view(found, view.version)
    if as_json:
        say_json(notes_json(view))
    elif lines := tuple(note_lines(view)):
        say(*lines)
    else:
        tell("There are no notes on this answer.")


def _refuse(quote: str | None, number: int | None, text: str | None, delete: int | None) -> None:
    """Raise `UsageError` for options that do not go together."""
    named = sum(option is not None for option in (quote, number, delete))
    if named > 1:
        raise UsageError(
            "Only one of --quote, --number and --delete can be given.", "Give one of them."
        )
    if (text is not None) != (quote is not None or number is not None):
        raise UsageError(
            "What a note says, and which words it is about, belong together.",
            "Give --say with --quote or with --number.",
        )
