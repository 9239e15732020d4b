"""One answer into a file for a mentor: with its sound or without, with marks or without."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input, Label, Static, Switch

from trainer.display import clock_time, one_line, visible
from trainer.errors import TrainerError
from trainer.importing import path_of
from trainer.lines.attempts import SHORT_ID
from trainer.log import record_crash
from trainer.recall import AttemptView
from trainer.tui.screens.base import TrainerScreen
from trainer.tui.widgets.key_line import KeyLine

_WHERE = "Enter writes it, for you alone. Nothing is sent: that is yours to do."
_NO_MARKS = "No. Whoever sees no marks first rates more freely."
_MARKS = "Yes: the machine's and yours."
_NO_SOUND = "There is no sound of this answer."
_WORDS = "In it: the newest words, the question and the checklist. Nothing else of your history."
_NAMES = "Names that you said are in the words. Read them first."
_LARGE_BYTES = 20_000_000


class ShareScreen(TrainerScreen, Screen[None]):
    """Writes one answer into a file that a mentor opens, marks and sends back."""

    CSS_PATH: ClassVar[list[str | PurePath]] = ["../styles/sharing.tcss"]
    HELP = """\
# An answer for a mentor

This writes one answer into a file. Send the file to somebody whose opinion you want. They open it
with their own trainer: trainer review FILE. They give marks, comment on words, and send a file
back. Take that one in with Import (I on home): their marks and comments then stand with your
answer, under their name.

In the file are the newest words, the question and the checklist as text. The sound is in it only if
you want it, and so are marks. No other answer, no date, tag or note, and no name of this computer.

Tab goes from one choice to the next, Space changes it. Enter in the last line writes the file.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "app.focus_next", "Next", tooltip="Go to the next choice"),
        Binding("shift+tab", "app.focus_previous", "Before", show=False),
        Binding("ctrl+s", "write", "Write", tooltip="Write the file"),
        Binding("escape", "leave", "Back", tooltip="Go back. Nothing is written"),
        Binding("f1", "app.help", "Help"),
    ]

    @dataclass
    class Ready(Message):
        """The answer was read."""

        view: AttemptView

    @dataclass
    class Written(Message):
        """The file is there."""

        file: Path
        is_large: bool

    @dataclass
    class Failed(Message):
        """It could not be read or written."""

        error: TrainerError

    def __init__(self, attempt_id: str) -> None:
        super().__init__()
        self._attempt_id = attempt_id
        self._working = False
        self._length_s: float | None = None

    def compose(self) -> ComposeResult:
        """Yield what is shared, the two choices, the name of the file, and what happens."""
        yield Static("An answer for a mentor", classes="title-bar")
        with VerticalScroll(id="form", can_focus=False):
            yield Static("", id="what", markup=False)
            yield Static(_WORDS, markup=False)
            yield Static(_NAMES, classes="quiet", markup=False)
            with Horizontal(classes="row"):
                yield Label("Its sound")
                yield Switch(id="sound", disabled=True)
                yield Static("", id="sound-note", classes="quiet", markup=False)
            with Horizontal(classes="row"):
                yield Label("Its marks")
                yield Switch(id="ratings")
                yield Static(_NO_MARKS, id="ratings-note", classes="quiet", markup=False)
            yield Label("File", classes="section")
            yield Input(self._proposed(), id="path", placeholder="Type where it is to be written")
        yield Static(_WHERE, id="state", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        """Read the answer; the file has a name already, so that Enter writes it."""
        line = self.query_one("#path", Input)
        self.set_focus(line)
        self._read()

    def _proposed(self) -> str:
        return str(Path.home() / f"answer-{self._attempt_id[:SHORT_ID]}.json")

    @work(thread=True, group="share", exit_on_error=False)
    def _read(self) -> None:
        try:
            self.post_message(self.Ready(self.services.view(self._attempt_id)))
        except TrainerError as error:
            self.post_message(self.Failed(error))

    def on_share_screen_ready(self, message: Ready) -> None:
        """Say which answer it is, and offer its sound where there is some."""
        view = message.view
        self.say("#what", visible(view.record.attempt.prompt))
        self._length_s = view.recording_s
        self.query_one("#sound", Switch).disabled = view.recording_s is None
        self._tell()

    def on_switch_changed(self) -> None:
        """Say in words what was chosen: colours alone may not tell."""
        self._tell()

    def _tell(self) -> None:
        sound = self.query_one("#sound", Switch).value
        if self._length_s is None:
            told = _NO_SOUND
        elif sound:
            told = f"Yes, {clock_time(self._length_s)}. Your voice is in the file then."
        else:
            told = f"No. There are {clock_time(self._length_s)} of it."
        self.say("#sound-note", told)
        marks = self.query_one("#ratings", Switch).value
        self.say("#ratings-note", _MARKS if marks else _NO_MARKS)

    def on_input_changed(self) -> None:
        """Take a complaint about what was changed away."""
        self._complain("")

    def on_input_submitted(self) -> None:
        """Write."""
        self.action_write()

    def action_write(self) -> None:
        """Write; where there is such a file already, only after a yes."""
        if self._working:
            return
        value = self.query_one("#path", Input).value
        if not value.strip():
            self._complain("Where to? Type the name of a file.")
            self.set_focus(self.query_one("#path", Input))
            return
        self.ask_to_write(path_of(value), self._begin)

    def _begin(self, file: Path, replaces: bool) -> None:
        self._working = True
        self._complain("")
        self.say("#state", "Writing …")
        sound = self.query_one("#sound", Switch).value
        ratings = self.query_one("#ratings", Switch).value
        self._write(file, sound, ratings, replaces)

    @work(thread=True, group="share", exit_on_error=False)
    def _write(self, file: Path, sound: bool, ratings: bool, replaces: bool) -> None:
        from trainer.exchange.exchanging import write_file

        try:
            exchange = self.services.exchange
            text = exchange.share(self._attempt_id, sound=sound, ratings=ratings)
            write_file(file, text, replaces=replaces)
            self.post_message(self.Written(file.absolute(), len(text) > _LARGE_BYTES))
        except TrainerError as error:
            self.post_message(self.Failed(error))
        except Exception as error:  # noqa: BLE001 - the screen must not wait for ever
            problem = "Something went wrong while the file was written."
            self.post_message(self.Failed(TrainerError(problem, record_crash(error))))

    def on_share_screen_written(self, message: Written) -> None:
        """Say where it is and what comes next, and go back."""
        told = [
            f"The answer is written to {one_line(str(message.file))}",
            "When it comes back: I on home takes it in.",
        ]
        if message.is_large:
            told.append("It is large for a mail: send it another way, or leave the sound out.")
        self.app.notify("\n".join(told), timeout=12, markup=False)
        self.once_on_top(self.dismiss)

    def on_share_screen_failed(self, message: Failed) -> None:
        """Say why; the form stays as it was."""
        self._working = False
        self._complain(str(message.error))

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss()

    def _complain(self, text: str) -> None:
        """Show what is wrong in its place, or what Enter does."""
        self.query_one("#state").set_class(bool(text), "-failed")
        self.say("#state", visible(text) if text else _WHERE)
