"""What every screen of the program can do."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from textual.widgets import Static
from textual.worker import Worker, WorkerState

from trainer.display import visible
from trainer.errors import TrainerError
from trainer.log import record_crash

if TYPE_CHECKING:
    from textual.content import Content
    from textual.screen import Screen

    from trainer.services import Services
    from trainer.tui.app import TrainerApp

    _Base = Screen[Any]
else:
    _Base = object


class TrainerScreen(_Base):
    """Reaches the application and its services, and says what went wrong."""

    _waiting: Callable[[], object] | None = None

    @property
    def trainer(self) -> TrainerApp:
        """The application."""
        return cast("TrainerApp", self.app)

    @property
    def services(self) -> Services:
        """Everything below the screens."""
        return self.trainer.services

    def on_compose(self) -> None:
        """Know the size of the window before there is anything in it.

        Textual tells it when all is laid out and drawn, and then does both once more.
        """
        app = self.trainer
        for length, points in (
            (app.size.width, app.HORIZONTAL_BREAKPOINTS),
            (app.size.height, app.VERTICAL_BREAKPOINTS),
        ):
            self.add_class(max(point for point in points if point[0] <= length)[1])

    def confirm(
        self,
        question: str,
        consequence: str,
        verb: str,
        act: Callable[[], None],
        stay: str = "No, keep it",
    ) -> None:
        """Ask, and on yes call `act`; an error of it is shown. `stay` is what no says."""
        from trainer.tui.screens.confirm import ConfirmScreen

        def decided(yes: bool | None) -> None:
            if not yes:
                return
            try:
                act()
            except TrainerError as error:
                self.complain(error)

        self.app.push_screen(ConfirmScreen(question, consequence, verb, stay), decided)

    def ask_to_write(self, file: Path, write: Callable[[Path, bool], None]) -> None:
        """Call `write` with a file and whether one is replaced by it, which is asked before."""
        if os.path.lexists(file) and not file.is_dir():
            self.confirm(
                "Replace this file?",
                f"{visible(str(file))} is there already. What is in it would be lost.",
                "Replace",
                lambda: write(file, True),
            )
        else:
            write(file, False)

    def once_on_top(self, act: Callable[[], object]) -> None:
        """Call `act` as soon as nothing stands over this screen, such as the help.

        What leads elsewhere would take the place of that, and this screen would stay.
        """
        self._waiting = act
        self._act_on_top()

    def on_screen_resume(self) -> None:
        """Do what waited for what stood over this screen."""
        self._act_on_top()

    def _act_on_top(self) -> None:
        if self._waiting and self.app.screen is self:
            act, self._waiting = self._waiting, None
            act()

    def say(self, where: str, what: str | Content) -> None:
        """Show a text in its place; one that stands there already costs nothing."""
        place = self.query_one(where, Static)
        before = place.content
        if before != what:
            # Seconds that pass need no new layout: that would cost several pictures of a meter.
            place.update(what, layout=len(str(before)) != len(str(what)))

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Tell of what broke in a thread of this screen and was not foreseen there.

        Else the screen would wait for it, and nobody would know why.
        """
        error = event.worker.error
        if event.state is WorkerState.ERROR and error:
            problem = "Something went wrong inside the program. What you see may not be complete."
            self.complain(TrainerError(problem, record_crash(error)))

    def complain(self, error: TrainerError) -> None:
        """Show an error with its remedy until the user has had time to read it."""
        self.app.notify(
            f"{visible(error.message)}\n{visible(error.hint)}",
            title="That did not work",
            severity="error",
            timeout=12,
            markup=False,
        )
