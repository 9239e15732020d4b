"""What a screen does that lets the user write notes on the words of an answer."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from functools import partial

from textual.binding import Binding, BindingType

from trainer.store.types import SpanNote
from trainer.tui.screens.hearing import HearingScreen

NOTING_KEYS: tuple[BindingType, ...] = (
    Binding("o", "note", "Note", show=False, tooltip="Write a note on the chosen words"),
)
NO_WORDS = (
    "Choose the words first: the left and right keys choose a word, with Shift more of them. "
    "J and K choose a quote or a note."
)

Place = tuple[str, int, int]
"""Words of a version of the answer: its id, and from which word to which."""


class NotingScreen(HearingScreen):
    """Adds, changes and deletes notes on the chosen words of `shown_view`."""

    def __init__(self) -> None:
        super().__init__()
        self._unkept: dict[Place, str] = {}
        """What was written and could not be stored: O on the same words shows it again."""

    @abstractmethod
    def change_here(self, change: Callable[[], object]) -> None:
        """Store a change in a thread, and show the same words and rating as they are then."""

    def action_note(self) -> None:
        """Write a note on the chosen words, or change the one that stands there."""
        from trainer.tui.screens.notes import NoteScreen

        if self.chosen is None:
            self.notify(NO_WORDS, markup=False)
            return
        view, (start, end) = self.shown_view, self.chosen
        there = view.note_on(start, end)
        place = view.transcript.id, start, end

        def written(text: str | None) -> None:
            if text is not None and (text or there):
                self._unkept[place] = text
                self.change_here(partial(self._keep, view.record.attempt.id, place, there))

        before = self._unkept.get(place) or (there.text if there else "")
        quote = view.transcript.transcript.quote(start, end)
        self.app.push_screen(NoteScreen(before, quote), written)

    def _keep(self, attempt_id: str, place: Place, there: SpanNote | None) -> None:
        """Store what was written on words; where that fails it waits for the next try."""
        notes, text = self.services.annotations, self._unkept[place]
        if there is None:
            notes.add_note(attempt_id, *place, text)
        elif text:
            notes.change_note(there.id, text)
        else:
            notes.delete_note(there.id)
        del self._unkept[place]
