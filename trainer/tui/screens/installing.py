"""What the screens of speech models have in common: one thing at a time, in a thread, cancelled."""

from __future__ import annotations

import os
from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input, Static

from trainer.errors import TrainerError
from trainer.installing.types import CancelledError, Progress
from trainer.log import record_crash
from trainer.tui import model_lines
from trainer.tui.screens.base import TrainerScreen

if TYPE_CHECKING:
    from trainer.installing.recognisers import Standing

WORKING_KEYS: tuple[BindingType, ...] = (
    Binding("c", "cancel", "Cancel", tooltip="Stop the download. What came is kept"),
)


class InstallingScreen(TrainerScreen, Screen[None]):
    """Shows how recognisers stand, and works on one of them at a time.

    `standing` is None until the catalogue was read. `working` says what is going on, None without.
    What a subclass shows has a place for the line about the work (`work_widgets`).
    """

    @dataclass
    class Looked(Message):
        """How recognisers stand, or why nobody can tell."""

        standing: Standing | None
        error: TrainerError | None = None

    @dataclass
    class Moved(Message):
        """An installation came further."""

        progress: Progress

    @dataclass
    class Ended(Message):
        """The work is over; `then` is called with what came of it, unless there was an error."""

        then: Callable[[Any], None]
        outcome: Any = None
        error: TrainerError | None = None

    def __init__(self) -> None:
        super().__init__()
        self.standing: Standing | None = None
        self.working: str | None = None
        self._cancel = Event()
        self._leaving = False
        self._archive = ""
        """What was typed as the path of the archive that is being installed."""

    def work_widgets(self) -> ComposeResult:
        """Yield the place for the path of a file, and the line about the work."""
        yield Input(placeholder="The zip file of a model: its path, then Enter", id="path")
        yield Static("", id="work", classes="notice", markup=False)

    def on_unmount(self) -> None:
        """End what is going on: nobody could see it any more."""
        self._cancel.set()

    # How things stand

    @work(thread=True, exclusive=True, group="standing", exit_on_error=False)
    def look(self) -> None:
        """Read how recognisers stand now."""
        try:
            standing = self.services.recognisers.look(self.services.settings)
        except TrainerError as error:
            self.post_message(self.Looked(None, error))
        else:
            self.post_message(self.Looked(standing))

    def on_installing_screen_looked(self, message: Looked) -> None:
        """Show it."""
        if message.error:
            self.show_problem(message.error)
        if message.standing:
            self.standing = message.standing
            self.show_standing(message.standing)

    @abstractmethod
    def show_standing(self, standing: Standing) -> None:
        """Show how things stand; what a subclass has to say."""

    # The work

    def begin(self, what: str, act: Callable[[], Any], then: Callable[[Any], None]) -> None:
        """Say `what`, call `act` in a thread and then, on the screen, `then` with what it returned.

        Nothing happens while something else goes on.
        """
        if self.working is not None:
            return
        self.working = what
        self._cancel = Event()
        self.set_class(True, "-working")
        self.show_work(f"{what} …")
        self.refresh_bindings()
        self._act(act, then)

    @work(thread=True, group="model", exit_on_error=False)
    def _act(self, act: Callable[[], Any], then: Callable[[Any], None]) -> None:
        try:
            outcome = act()
        except TrainerError as error:
            self.post_message(self.Ended(then, error=error))
        except Exception as error:  # noqa: BLE001 - the screen must not wait for ever
            problem = TrainerError("Something went wrong with this model.", record_crash(error))
            self.post_message(self.Ended(then, error=problem))
        else:
            self.post_message(self.Ended(then, outcome))

    def install(self, name: str | None, archive: Path | None = None) -> None:
        """Install a model: from this archive, or from where its maker publishes it.

        Whoever calls this has asked the user.
        """
        models = self.services.models

        def act() -> Path:
            return models.install(
                name,
                lambda progress: self.post_message(self.Moved(progress)),
                self._cancel.is_set,
                archive,
            )

        self.begin("Installing", act, self.installed)

    def installed(self, folder: Path) -> None:
        """Go on after an installation; what a subclass does then."""
        raise NotImplementedError

    def on_installing_screen_moved(self, message: Moved) -> None:
        """Show how far the installation is."""
        if self.working is not None and not self._cancel.is_set():
            self.show_work(model_lines.progress_line(message.progress))

    def on_installing_screen_ended(self, message: Ended) -> None:
        """Go on, or say what went wrong."""
        self.working = None
        self.set_class(False, "-working")
        self.refresh_bindings()
        if self._leaving:
            self.dismiss()
            return
        error = message.error
        if error is None:
            self.show_work("")
            try:
                message.then(message.outcome)
            except TrainerError as failure:
                error = failure
        if error is not None:
            self.show_problem(error)
        self._offer_archive_again(error)
        self.look()

    def use(self, model: str | None) -> None:
        """Let new answers be heard by this recogniser. Raises `ConfigError`: it is not saved."""
        self.services.change_settings(replace(self.services.settings, model=model))

    def show_work(self, what: str | Content, *, failed: bool = False) -> None:
        """Say what goes on, or what came of it."""
        place = self.query_one("#work", Static)
        place.set_class(failed, "-failed")
        place.display = bool(str(what))
        place.update(what)

    def show_problem(self, error: TrainerError) -> None:
        """Say what went wrong, in its place, with what to do."""
        stopped = isinstance(error, CancelledError)
        self.show_work(model_lines.problem_line(error), failed=not stopped)

    def _offer_archive_again(self, error: TrainerError | None) -> None:
        """Give the path of an archive that did not work back, so that it can be mended."""
        written, self._archive = self._archive, ""
        if written and error is not None and not isinstance(error, CancelledError):
            self.action_file()
            self.query_one("#path", Input).value = written

    # Keys

    def action_cancel(self) -> None:
        """Stop the installation; what was downloaded is kept."""
        if self.working is not None:
            self._cancel.set()
            self.show_work("Stopping. What came is kept …")

    def action_file(self) -> None:
        """Ask for the path of a zip file on this machine."""
        path = self.query_one("#path", Input)
        path.display = True
        self.set_focus(path)

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Install the model of this zip file."""
        from trainer.importing import path_of

        if not message.value.strip():
            self.close_path()
            return
        file = path_of(message.value)
        if not os.path.isfile(file):  # noqa: PTH113 - False, not an error, for what is no path
            self.show_problem(
                TrainerError(f"There is no file {file}.", "Write its whole path, then Enter.")
            )
            return
        self.close_path()
        self.install(None, file)
        self._archive = message.value

    @property
    def path_is_open(self) -> bool:
        """Whether the path of a zip file is being written."""
        return any(path.display for path in self.query("#path"))

    def close_path(self) -> bool:
        """Put the line for a path away; return whether it was there."""
        path = self.query_one("#path", Input)
        was_open = self.path_is_open
        path.display = False
        path.value = ""
        if was_open:
            self.focus_first()
        return was_open

    def focus_first(self) -> None:
        """Give the focus to what has it usually; what a subclass decides."""
        raise NotImplementedError

    def action_leave(self) -> None:
        """Go back; while something goes on, ask first."""
        if self.close_path():
            return
        if self.working is None:
            self.dismiss()
            return

        def leave() -> None:
            if self.working is None:
                self.dismiss()
            else:
                self._leaving = True
                self.action_cancel()

        self.confirm(
            "Stop and go back?",
            "What was downloaded is kept, and the download goes on from there another time.",
            "Stop",
            leave,
            "No, go on",
        )
