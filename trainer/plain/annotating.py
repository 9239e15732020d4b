"""What the user says of an answer: star, tags, and notes on some of its words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from trainer.annotations import OpenNote, OpenText
from trainer.errors import TrainerError
from trainer.lines.notes import note_lines
from trainer.lines.text import wrapped
from trainer.plain.console import HELP, Console, Letter, number_in

if TYPE_CHECKING:
    from trainer.recall import AttemptView
    from trainer.services import Services
    from trainer.store.types import SpanNote

_ADD = Letter("a", "add", "Add a note on some words of the answer.")
_CHANGE = Letter("c", "and a number changes", "Change a note, such as: c 1", takes_more=True)
_DELETE = Letter(
    "d", "and a number deletes", "Delete a note for good, such as: d 1", takes_more=True
)
_BACK = Letter("q", "back", "Go back.")
_TAGS = (
    "Write all its tags with commas between them. Enter leaves them as they are. A minus takes all "
    "away."
)
_NOTE = "Write what you want to remember about these words. Enter alone keeps nothing new."
ON_WHICH = "On which words of the answer (? explains)"
WORDS = "Write some words as they stand in the answer, one after another. Enter alone goes back."


def ask_kept(console: Console, opened: OpenText, prompt: str, about: str) -> str:
    """Ask for a text that is stored while it is typed; return it, to be given to `finish`.

    It is "" where nothing was written, and then is as it was before.
    """

    def keep(half: str) -> None:
        with suppress(TrainerError):  # a failure is told with the whole text
            opened.keep("" if half.strip() == HELP.key else half)

    text = console.ask(prompt, about, keep)
    if not text:
        opened.finish(None)
    return text


class Annotating:
    """Stars, tags and notes of the answer in one version that is shown."""

    def __init__(self, services: Services, console: Console, view: AttemptView) -> None:
        self._services = services
        self._console = console
        self._view = view

    def lines(self) -> Iterator[str]:
        """Yield what the user has said of the answer so far."""
        attempt, notes = self._view.record.attempt, tuple(note_lines(self._view, commands=False))
        if attempt.starred or attempt.tags or notes:
            yield ""
        if attempt.starred:
            yield "Starred."
        if attempt.tags:
            yield from wrapped(", ".join(attempt.tags), "Tags: ")
        if notes:
            yield "Notes"
            yield from notes

    def star(self) -> None:
        """Star the answer, or take its star away."""
        attempt = self._view.record.attempt
        self._services.annotations.star(attempt.id, starred=not attempt.starred)
        self._console.say("The star is taken away." if attempt.starred else "Starred.")

    def set_tags(self) -> None:
        """Ask for the tags in place of those that there are."""
        attempt = self._view.record.attempt
        known = self._services.annotations.tag_counts()
        if known:
            self._console.tell(", ".join(known), "Tags that you use: ", "  ")
        self._console.tell(", ".join(attempt.tags) or "none", "Tags of this answer: ", "  ")
        self._console.tell(_TAGS)
        typed = self._console.ask("Tags", _TAGS)
        if not typed:
            return
        names = [] if typed == "-" else [name.strip() for name in typed.split(",")]
        kept = self._services.annotations.set_tags(attempt.id, names)
        self._console.tell(", ".join(kept) or "none", "Tags of this answer: ", "  ")

    # Notes

    def go_through_notes(self) -> None:
        """List the notes on these words; add, change and delete some."""
        while True:
            notes = self._view.notes
            self._console.say("", *note_lines(self._view, commands=False))
            if not notes:
                self._console.say("There are no notes on these words.")
            letters = [_ADD, *([_CHANGE, _DELETE] if notes else []), _BACK]
            key, rest = self._console.choose(letters)
            if key == _BACK.key:
                return
            if key == _ADD.key:
                self._add()
            else:
                self._alter(key, notes, rest)
            self._view = self._services.view(self._view.record.attempt.id, self._view.version)

    def _add(self) -> None:
        words = self._console.ask(ON_WHICH, WORDS)
        if not words:
            return
        place = self._services.locate(self._view, words)
        if place is None:
            self._console.say("These words do not stand in the answer. Nothing was added.")
            return
        note = self._open((self._view.transcript.id, *place))
        is_written = self._write(note, "The note (? explains)")
        self._console.say("The note is kept." if is_written else "Nothing was added.")

    def _open(self, place: tuple[str, int, int], there: SpanNote | None = None) -> OpenNote:
        attempt = self._view.record.attempt
        return OpenNote(self._services.annotations, attempt.id, place, there)

    def _write(self, note: OpenNote, prompt: str) -> bool:
        """Ask what a note says, and store it; tell whether anything was written."""
        text = ask_kept(self._console, note, prompt, _NOTE)
        if text:
            note.finish(text)
        return bool(text)

    def _alter(self, key: str, notes: tuple[SpanNote, ...], number: str) -> None:
        at = number_in(number, len(notes))
        if at is None:
            self._console.say(f"Write {key} and the number of a note, such as: {key} 1")
            return
        note = notes[at - 1]
        if key == _DELETE.key:
            if self._console.agree("Delete this note for good?"):
                self._services.annotations.delete_note(note.id)
                self._console.say("The note is deleted.")
            return
        self._console.tell(note.text, "Now: ")
        place = note.transcript_id, note.start, note.end
        if self._write(self._open(place, note), "The note (Enter leaves it)"):
            self._console.say("The note is changed.")
