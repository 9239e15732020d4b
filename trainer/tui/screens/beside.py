"""What a screen does that lays the shown answer beside the one before."""

from __future__ import annotations

from dataclasses import dataclass

from textual import work
from textual.binding import Binding, BindingType
from textual.message import Message

from trainer.errors import TrainerError
from trainer.review.sides import SideName
from trainer.tui.opening import open_comparison
from trainer.tui.screens.hearing import HearingScreen

BESIDE_KEYS: tuple[BindingType, ...] = (
    Binding("b", "compare", "Compare", tooltip="Compare it with the answer before"),
)


class BesideScreen(HearingScreen):
    """Looks in a thread for an earlier answer to the question of `shown_view`, and opens both."""

    @dataclass
    class Found(Message):
        """The id of the answer before, None without one."""

        earlier: str | None

    @dataclass
    class Unread(Message):
        """It could not be looked for."""

        error: TrainerError

    def __init__(self) -> None:
        super().__init__()
        self.earlier: str | None = None

    def on_mount(self) -> None:
        """Look for the answer before."""
        self._look_back(self.shown_view.record.attempt.id)

    @work(thread=True, group="earlier", exit_on_error=False)
    def _look_back(self, attempt_id: str) -> None:
        try:
            self.post_message(self.Found(self.services.reviewing.earlier(attempt_id)))
        except TrainerError as error:
            self.post_message(self.Unread(error))

    def on_beside_screen_found(self, message: Found) -> None:
        """Offer the comparison where there is an answer before."""
        self.earlier = message.earlier
        if message.earlier:
            self.show_title()
            self.refresh_bindings()

    def on_beside_screen_unread(self, message: Unread) -> None:
        """Say what went wrong."""
        self.complain(message.error)

    def show_title(self) -> None:
        """Show the title anew: there is an answer before."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show only the keys that lead somewhere."""
        if action == "compare":
            return self.earlier is not None
        return super().check_action(action, parameters)

    def action_compare(self) -> None:
        """Lay what is shown beside the answer before."""
        view = self.shown_view
        if self.earlier:
            shown = SideName(view.record.attempt.id, view.version, view.rating_number)
            open_comparison(self, self.earlier, shown)
