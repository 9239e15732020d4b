"""What every screen of the program can do."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from textual.widgets import Static

from trainer.display import visible
from trainer.errors import TrainerError

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

    @property
    def trainer(self) -> TrainerApp:
        """The application."""
        return cast("TrainerApp", self.app)

    @property
    def services(self) -> Services:
        """Everything below the screens."""
        return self.trainer.services

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

    def say(self, where: str, what: str | Content) -> None:
        """Show a text in its place; one that stands there already costs nothing."""
        place = self.query_one(where, Static)
        before = place.content
        if before != what:
            # Seconds that pass need no new layout: that would cost several pictures of a meter.
            place.update(what, layout=len(str(before)) != len(str(what)))

    def complain(self, error: TrainerError) -> None:
        """Show an error with its remedy until the user has had time to read it."""
        self.app.notify(
            f"{visible(error.message)}\n{visible(error.hint)}",
            title="That did not work",
            severity="error",
            timeout=12,
            markup=False,
        )
