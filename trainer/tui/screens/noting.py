"""What a screen does that lets the user write notes on the words of an answer."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.binding import Binding, BindingType

from trainer.tui.screens.hearing import HearingScreen

if TYPE_CHECKING:
    from trainer.annotations import OpenNote

NOTING_KEYS: tuple[BindingType, ...] = (
    Binding("o", "note(True)", "Note", tooltip="Write a note on the chosen words"),
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
        self._unkept: dict[Place, tuple[OpenNote, str]] = {}
        """What was written and could not be stored: O on the same words shows it again."""

    @abstractmethod
    def change_here(self, change: Callable[[], object]) -> None:
        """Store a change in a thread, and show the same words and rating as they are then."""

    def action_note(self, chosen: bool = False) -> None:
        """Write a note on the chosen words, or change the one that stands there."""
        from trainer.annotations import OpenNote
        from trainer.tui.screens.notes import NoteScreen

        if self.chosen is None:
            self.notify(NO_WORDS, markup=False)
            return
        view, (start, end) = self.shown_view, self.chosen
        there = view.note_on(start, end)
        place = view.transcript.id, start, end
        note, before = self._unkept.get(place) or (
            OpenNote(self.services.annotations, view.record.attempt.id, place, there),
            there.text if there else "",
        )

        def written(text: str | None) -> None:
            if text is None and not note.is_touched:
                return
            if text is not None:
                self._unkept[place] = note, text
            self.change_here(lambda: self._finish(place, note, text))

        quote = view.transcript.transcript.quote(start, end)
        self.app.push_screen(NoteScreen(before, quote, note.keep), written)

    def _finish(self, place: Place, note: OpenNote, text: str | None) -> None:
        """Store what was written on words; where that fails it waits for the next try."""
        note.finish(text)
        self._unkept.pop(place, None)
