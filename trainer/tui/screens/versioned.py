"""What a screen does that shows versions and ratings of an answer, and has it rated again."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass

from textual import work
from textual.binding import Binding, BindingType
from textual.message import Message

from trainer.errors import TrainerError
from trainer.recall import AttemptView
from trainer.review.sides import SideName
from trainer.tui.screens.noting import NotingScreen

VERSION_KEYS: tuple[BindingType, ...] = (
    Binding("r", "rate_again", "Rate again", tooltip="Rate by today's checklist and rater"),
    Binding("v", "versions", "Versions", tooltip="All versions and ratings"),
    Binding("left_square_bracket", "version(-1)", "Older version", show=False),
    Binding("right_square_bracket", "version(1)", "Newer version", show=False),
)


class VersionedScreen(NotingScreen):
    """Lists the versions of `shown_view`, and rates its newest words by today's means."""

    @dataclass
    class ViewReady(Message):
        """Another version is ready to show."""

        view: AttemptView

    @dataclass
    class Outdated(Message):
        """Whether today's rater or checklist would rate the words of `view` anew."""

        view: AttemptView
        holds: bool

    @dataclass
    class RatedAgain(Message):
        """The newest words were rated again; `before` is the rating that they had, if any."""

        view: AttemptView
        before: SideName | None

    @dataclass
    class Failed(Message):
        """Something could not be read or stored."""

        error: TrainerError

    def __init__(self) -> None:
        super().__init__()
        self._outdated = False
        self._rates = False
        """The answer is being rated again: a second R does nothing."""

    @abstractmethod
    async def show(self, view: AttemptView) -> None:
        """Fill the page with another version or rating."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show only the keys that lead somewhere."""
        view = self.shown_view
        if action == "version":
            return view.versions > 1
        if action == "versions":
            return view.versions > 1 or len(view.record.ratings) > 1
        if action == "rate_again":
            return self._outdated
        return super().check_action(action, parameters)

    def action_version(self, step: int) -> None:
        """Show an older or newer version of the words."""
        number = self.shown_view.version + step
        if 1 <= number <= self.shown_view.versions:
            self._load(number)

    @work(thread=True, exclusive=True, group="view", exit_on_error=False)
    def _load(self, number: int) -> None:
        try:
            view = self.services.view(self.shown_view.record.attempt.id, number)
            self.post_message(self.ViewReady(view))
        except TrainerError as error:
            self.post_message(self.Failed(error))

    async def on_versioned_screen_view_ready(self, message: ViewReady) -> None:
        """Fill the page with another version."""
        await self.show(message.view)

    def on_versioned_screen_failed(self, message: Failed) -> None:
        """Say what went wrong; the page stays as it was."""
        self._rates = False
        self.complain(message.error)

    def action_versions(self) -> None:
        """List all versions and ratings, and show the one that is chosen there."""
        from trainer.tui.screens.versions import VersionsScreen

        def chosen(view: AttemptView | None) -> None:
            if view is not None:
                self.post_message(self.ViewReady(view))

        self.app.push_screen(VersionsScreen(self.shown_view), chosen)

    # Rating again

    def ask_whether_outdated(self) -> None:
        """Find out in a thread whether R leads somewhere: the rater may have to be loaded."""
        self._outdated = False
        self._compare_with_today(self.shown_view)

    @work(thread=True, exclusive=True, group="outdated", exit_on_error=False)
    def _compare_with_today(self, view: AttemptView) -> None:
        try:
            self.post_message(self.Outdated(view, self.services.is_outdated(view)))
        except TrainerError as error:
            self.post_message(self.Failed(error))

    def on_versioned_screen_outdated(self, message: Outdated) -> None:
        """Offer to rate again, or do so no more."""
        if message.view is self.shown_view:
            self._outdated = message.holds
            self.query_one("#outdated").display = message.holds
            self.refresh_bindings()

    def action_rate_again(self) -> None:
        """Rate the newest words by today's rater and checklist, and show what changed."""
        if not self._rates:
            self._rates = True
            self._rate_again(self.shown_view.record.attempt.id)

    @work(thread=True, group="change", exit_on_error=False)
    def _rate_again(self, attempt_id: str) -> None:
        try:
            before = self.services.view(attempt_id)
            self.services.rate_again(attempt_id)
            rated = SideName(attempt_id, before.version, before.rating_number)
            had = rated if before.rating_number else None
            self.post_message(self.RatedAgain(self.services.view(attempt_id), had))
        except TrainerError as error:
            self.post_message(self.Failed(error))

    async def on_versioned_screen_rated_again(self, message: RatedAgain) -> None:
        """Show the new rating, and on top of it what it changed."""
        from trainer.tui.opening import open_comparison

        self._rates = False
        await self.show(message.view)
        if message.before:
            open_comparison(self, message.before, message.view.record.attempt.id)
