"""What a screen with words shares: they are kept as a draft, whatever happens."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock
from typing import Any

from textual import work
from textual.message import Message
from textual.screen import Screen

from trainer.errors import TrainerError
from trainer.log import record_crash
from trainer.store.types import Draft
from trainer.tui.screens.base import TrainerScreen

SAVE_EVERY_S = 1.0


class DraftingScreen(TrainerScreen):
    """Saves `current_draft()` every second while its text changes, and when asked to `keep` it.

    `saved_text` is what is known to be safe. Saving happens in threads, so a save that comes late
    could undo what came after it: each holds `saving`, and does nothing once the screen is
    `closed` or has another draft.
    """

    @dataclass
    class DraftSaved(Message):
        """A draft with this text is on disk, or `error` says why not."""

        text: str
        error: TrainerError | None = None

    def __init__(self, saved_text: str) -> None:
        super().__init__()
        self.saved_text = saved_text
        self.closed = False
        self.saving = Lock()
        self._under_way = False

    @property
    @abstractmethod
    def draft_id(self) -> str:
        """The id of the present draft."""

    @abstractmethod
    def current_draft(self) -> Draft:
        """Return the draft as it is now."""

    @abstractmethod
    def show_draft_state(self, error: TrainerError | None = None) -> None:
        """Say whether the words are safe."""

    def holds_something(self, draft: Draft) -> bool:
        """Whether the draft is worth a row: it has words, it had some, or there is sound."""
        return bool(draft.text.strip() or self.saved_text or draft.recording)

    def start_saving(self) -> None:
        """Begin to save; called once the words have their place on the screen."""
        self.set_interval(SAVE_EVERY_S, self.save_if_changed)

    def save_if_changed(self) -> None:
        """Save in a thread, unless nothing changed or the last save still runs."""
        draft = self.current_draft()
        if not self._under_way and not self.closed and draft.text != self.saved_text:
            self._under_way = True
            self._save(draft)

    def keep(self) -> bool:
        """Save now and for the last time, before the screen goes.

        Returns False where that failed: then the words are only on the screen, which stays open.
        """
        draft = self.current_draft()
        with self.saving:
            if self.closed or not self.holds_something(draft):
                return True
            try:
                self.services.save_draft(draft)
            except TrainerError as error:
                self.complain(error)
                self.show_draft_state(error)
                return False
            self.saved_text = draft.text
            self.closed = True
            return True

    @work(thread=True, group="draft", exit_on_error=False)
    def _save(self, draft: Draft) -> None:
        error = None
        with self.saving:
            if self.closed or draft.id != self.draft_id:
                self._under_way = False
                return
            try:
                self.services.save_draft(draft)
            except TrainerError as failure:
                error = failure
            except Exception as failure:  # noqa: BLE001 - it must be tried again, and be told
                error = TrainerError("Your words could not be saved.", record_crash(failure))
        self.post_message(self.DraftSaved(draft.text, error))

    def on_drafting_screen_draft_saved(self, message: DraftSaved) -> None:
        """Say that the words are safe, or that they are not and why."""
        self._under_way = False
        if message.error is None:
            self.saved_text = message.text
        self.show_draft_state(message.error)


def keep_all(screens: Iterable[Screen[Any]]) -> bool:
    """Keep the words of all screens; False where some could not be kept: then all of them stay.

    Each is asked, even after one that failed, and those that stay save their words as before.
    """
    asked = [screen for screen in screens if hasattr(screen, "keep")]
    saving = [one for one in asked if isinstance(one, DraftingScreen) and not one.closed]
    kept = [screen.keep() for screen in asked]
    if not all(kept):
        for screen in saving:
            screen.closed = False
    return all(kept)
