"""The speaker's own marks of an answer, asked for before anything of its rating is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Any

from textual import work
from textual.message import Message
from textual.screen import Screen

from trainer.bank.types import Rubric
from trainer.errors import TrainerError
from trainer.recall import AttemptView
from trainer.services import Services
from trainer.tui.screens.rating_form import Marks, RatingFormScreen

__all__ = ["Marks", "RatingFormScreen", "SelfRatingScreen", "going_on", "revealing"]

HEADING = "Your own marks"
WHY = "Your own marks come first. They never change the rating."

TAKEN_UP = "You began to mark this answer. Your marks are here: go on."

Reveal = Callable[[AttemptView], Screen[Any]]
"""Makes the screen that shows the rating."""


def revealing(services: Services, view: AttemptView, reveal: Reveal) -> Screen[Any]:
    """Return the screen that follows a finished answer: the form where it is wanted, or `reveal`'s.

    The answer is stored by then, so that it waits for nobody's marks.
    """
    has_answer = view.transcript.transcript.words or view.recording
    if not services.settings.self_rating or not has_answer:
        return reveal(view)
    return _asking(services, view, reveal, {})


def going_on(services: Services, view: AttemptView, begun: Marks, reveal: Reveal) -> Screen[Any]:
    """Return the screen that opens an answer: the form where marks were `begun`, or `reveal`'s."""
    return _asking(services, view, reveal, begun) if begun else reveal(view)


def _asking(services: Services, view: AttemptView, reveal: Reveal, begun: Marks) -> Screen[Any]:
    rubric = services.checklist_of(view.record, view.transcript.id)
    return SelfRatingScreen(rubric, view, reveal, begun) if rubric else reveal(view)


class SelfRatingScreen(RatingFormScreen):
    """Stores the marks of a finished answer, then gives way to its report.

    Until every point has one they are kept as begun, from the first on: `begun` are those of
    before. Quitting stores them where every point has one.
    """

    HELP = f"""\
{RatingFormScreen.HELP}
Your marks are kept beside the rating and never change it. Over time "Progress" shows how far the
two lie apart. You see nothing of the rating before, so that your eye is your own. Your answer is
stored already. If the program ends before you are done, open this answer in the history: your marks
are there, and you go on. The settings switch this form off and on.
"""

    @dataclass
    class Stored(Message):
        """The marks are in the history."""

        view: AttemptView

    @dataclass
    class Failed(Message):
        """The marks could not be stored."""

        error: TrainerError

    def __init__(
        self, rubric: Rubric, view: AttemptView, reveal: Reveal, begun: Marks | None = None
    ) -> None:
        words, prompt = view.transcript.transcript, view.record.attempt.prompt
        super().__init__(rubric.criteria, words, prompt, HEADING, WHY, begun)
        self._view = view
        self._reveal = reveal
        self._storing = Lock()
        self._is_over = False
        """The marks are stored, or the form was left: nothing is begun any more."""

    def on_mount(self) -> None:
        """Say that marks of before are here."""
        if self.begun:
            self.notify(TAKEN_UP)

    def keep(self) -> bool:
        """Store the marks, because the program ends. False where that failed."""
        try:
            if self.marks is not None:
                self._rate(self.marks)
            elif self.begun:
                self._begin()
        except TrainerError as error:
            self.complain(error)
            return False
        return True

    def conclude(self, marks: Marks | None) -> None:
        """Store the marks if there are any, and show the report."""
        if marks is None and not self.begun:
            self.app.switch_screen(self._reveal(self._view))
        else:
            self._store(marks)

    def on_rating_form_changed(self) -> None:
        """Keep what there is, so that a program that ends takes no mark with it."""
        self._keep_begun()

    @work(thread=True, group="begun-marks", exit_on_error=False)
    def _keep_begun(self) -> None:
        try:
            self._begin()
        except TrainerError as error:
            self.post_message(self.Failed(error))

    def _begin(self) -> None:
        with self._storing:
            if not self._is_over:
                self.services.begin_marks(self._view, self.begun)

    def _rate(self, marks: Marks) -> None:
        view = self._view
        with self._storing:
            if not self._is_over:
                self.services.rate_self(view.record.attempt.id, marks, view.transcript.id)
                self._is_over = True

    def _forget(self) -> None:
        with self._storing:
            self._is_over = True
            self.services.begin_marks(self._view, {})

    @work(thread=True, exclusive=True, group="own-marks", exit_on_error=False)
    def _store(self, marks: Marks | None) -> None:
        try:
            if marks is None:
                self._forget()
            else:
                self._rate(marks)
            self.post_message(self.Stored(self.services.view(self._view.record.attempt.id)))
        except TrainerError as error:
            self.post_message(self.Failed(error))
            if marks is None:  # who leaves gets the report, whatever becomes of what was begun
                self.post_message(self.Stored(self._view))

    def on_self_rating_screen_stored(self, message: Stored) -> None:
        """Show the report with both."""
        self.once_on_top(lambda: self.app.switch_screen(self._reveal(message.view)))

    def on_self_rating_screen_failed(self, message: Failed) -> None:
        """Say why; the marks stay on the screen."""
        self.complain(message.error)
