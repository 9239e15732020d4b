"""A screen with a microphone: opened and closed in threads, and its rows written in time."""

from __future__ import annotations

import gc
from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from textual import work
from textual.message import Message
from textual.screen import Screen

from trainer.capture.types import RecorderPhase
from trainer.errors import TrainerError
from trainer.log import record_crash
from trainer.spoken_take import SpokenTake
from trainer.tui.screens.asking import AskingScreen

if TYPE_CHECKING:
    from trainer.session.hearing import Hearing
    from trainer.session.plan import Run
    from trainer.store.types import Draft
    from trainer.tui.screens.audience import Audience

OPEN_AFTER_S = 3.0
"""How long a microphone that is still being closed is waited for."""


class RecordingScreen(AskingScreen):
    """Holds a take by voice. Nothing here waits: what takes time happens in threads.

    `phase` is the recorder's, as far as the screen has acted on it. `asked`: Space was pressed,
    and nothing is on disk yet; `told`: the recorder knows, or will as soon as the row is saved.
    While another screen has the words, they are `handed_over` and nothing is saved here.
    """

    @dataclass
    class Opened(Message):
        """The microphone is being opened, or `error` says why not."""

        error: TrainerError | None

    @dataclass
    class NotBegun(Message):
        """The answer could not be saved, so nothing is recorded."""

        error: TrainerError

    def __init__(
        self,
        run: Run,
        draft: Draft | None = None,
        back: Callable[[], Screen[None]] | None = None,
        hearing: Hearing | None = None,
        audience: Audience | None = None,
    ) -> None:
        super().__init__(run, draft, back, hearing, audience)
        self.take = SpokenTake(draft)
        self.phase: RecorderPhase | None = None
        self.asked = False
        self.told = False
        self.handed_over = False

    def on_unmount(self) -> None:
        """End the children, however the screen was left."""
        self.let_go()
        gc.unfreeze()

    @abstractmethod
    def show_opened(self, error: TrainerError | None) -> None:
        """Show that the microphone is being opened, or why it cannot be."""

    # Opening and closing

    def open(self, file: Path | None) -> None:
        """Open the microphone for this file; None is for a new one."""
        self._open(file, self.take.expect())

    @work(thread=True, group="open", exit_on_error=False)
    def _open(self, file: Path | None, turn: int) -> None:
        self.trainer.closing.wait(OPEN_AFTER_S)
        spoken, failure = None, None
        try:
            file = file or self.services.new_recording()
            spoken = self.services.open_spoken(file)
        except TrainerError as error:
            failure = error
        except Exception as error:  # noqa: BLE001 - typing must stay possible whatever broke
            failure = TrainerError("The microphone cannot be opened.", record_crash(error))
        if self.take.accept(spoken, turn, file):
            self.post_message(self.Opened(failure))
        elif spoken:  # left, or opened anew, meanwhile
            spoken.close()

    def on_recording_screen_opened(self, message: Opened) -> None:
        """Show how things stand, or why there is no sound."""
        if message.error:
            self.asked = False
        self.show_opened(message.error)

    def let_go(self) -> None:
        """End recorder and recogniser, without waiting for it."""
        spoken = self.take.release()
        if spoken:
            self.trainer.closing.add(spoken.close)
        self.phase = None
        self.told = False

    # Recording

    def begin(self) -> None:
        """Save the row that names the file, then record."""
        self.told = True
        # Looking through everything that was loaded for garbage takes 50 to 120 ms: a picture or
        # two of the meter. Until the screen is left only what is new is looked through.
        gc.freeze()
        if self.take.recorded:
            self.take.record()
        else:
            self._save_and_record(self.take.put_into(self.current_draft(), recorded=True))

    @work(thread=True, group="draft", exit_on_error=False)
    def _save_and_record(self, draft: Draft) -> None:
        try:
            with self.saving:
                if self.closed or draft.id != self.draft_id:
                    return
                self.services.save_draft(draft)
                self.take.recorded = True
                self.take.record()
        except TrainerError as error:
            self.post_message(self.NotBegun(error))
        except Exception as error:  # noqa: BLE001 - the screen must say that nothing is recorded
            problem = "Something went wrong, and nothing is recorded."
            self.post_message(self.NotBegun(TrainerError(problem, record_crash(error))))

    def on_recording_screen_not_begun(self, message: NotBegun) -> None:
        """Say that nothing is recorded, and why."""
        self.asked = self.told = False
        self.complain(message.error)
        self.show_draft_state(message.error)

    # The draft

    def current_draft(self) -> Draft:
        """Return the present take with its time and the words so far."""
        assert self.draft is not None
        counted_s = self._clock.answer_elapsed_s(self.services.clock())
        return self.take.put_into(replace(self.draft, counted_s=counted_s))

    def whole_draft(self) -> Draft:
        """Return the present take with the words too that are not final yet."""
        return self.take.put_open_words_into(self.current_draft())

    def save_if_changed(self) -> None:
        """Save, unless another screen has the words."""
        if not self.handed_over:
            super().save_if_changed()

    def keep(self) -> bool:
        """Save for the last time, and end the children."""
        kept = self.handed_over or super().keep()
        if kept:
            self.let_go()
        return kept
