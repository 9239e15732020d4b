"""What a screen does that lets the user write notes on the words of an answer."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from functools import partial

from textual.binding import Binding, BindingType

from trainer.tui.screens.hearing import HearingScreen

NOTING_KEYS: tuple[BindingType, ...] = (
    Binding("o", "note", "Note", show=False, tooltip="Write a note on the chosen words"),
)
NO_WORDS = (
    "Choose the words first: the left and right keys choose a word, with Shift more of them. "
    "J and K choose a quote or a note."
)


class NotingScreen(HearingScreen):
    """Adds, changes and deletes notes on the chosen words of `shown_view`."""

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
        attempt_id, transcript_id = view.record.attempt.id, view.transcript.id
        notes = self.services.annotations

        def written(text: str | None) -> None:
            if text is None or (text == "" and there is None):
                return
            if there is None:
                self.change_here(
                    partial(notes.add_note, attempt_id, transcript_id, start, end, text)
                )
            elif text:
                self.change_here(partial(notes.change_note, there.id, text))
            else:
                self.change_here(partial(notes.delete_note, there.id))

        quote = view.transcript.transcript.quote(start, end)
        self.app.push_screen(NoteScreen(there.text if there else "", quote), written)
