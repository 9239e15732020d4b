"""Write answers into a file: which form, and where."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from threading import Event
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input, Label, OptionList, Static
from textual.widgets.option_list import Option

from trainer.display import one_line, visible
from trainer.errors import TrainerError
from trainer.importing import Stopped, path_of
from trainer.log import record_crash
from trainer.store.types import LibraryQuery
from trainer.tui import report_page
from trainer.tui.screens.base import TrainerScreen
from trainer.tui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from trainer.exchange.exchanging import Form
    from trainer.recall import AttemptView

FORMS: dict[Form, str] = {
    "html": "A page to read and to print. It needs no network",
    "md": "Text to read and to paste: words, marks, quotes, delivery, notes",
    "csv": "Figures for a spreadsheet, one row an answer",
    "json": "Everything but the sound, to keep or to import again",
    "srt": "Subtitles of this answer",
    "vtt": "Subtitles of this answer for the web",
}
_SHARE = "share"
_FOR_A_MENTOR = "share A file for a mentor, who marks it and sends it back"
_SUBTITLES: tuple[Form, ...] = ("srt", "vtt")
_WHERE = "Enter twice writes it, for you alone. It holds your words: think before you send it."
_TOLD_EACH = 25


class _Forms(OptionList):
    """The list of forms, whose Enter goes to the name of the file."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Choose", tooltip="Go on to the name of the file"),
    ]


class ExportScreen(TrainerScreen, Screen[None]):
    """Writes answers: those with these ids, or all that a query chooses.

    Of an only answer `shown` is the version and the rating to write, by default the newest.
    """

    CSS_PATH: ClassVar[list[str | PurePath]] = ["../styles/exporting.tcss"]
    HELP = """\
# Write to a file

Choose a form, then say where the file is to be. Enter writes it. If there is such a file already,
you are asked before it is replaced.

- html is a page that you can open in a browser and print
- md is text for notes or a mail
- csv has one row for each answer, for a spreadsheet
- json holds everything but the sound; the trainer can import it again
- srt and vtt are subtitles of one spoken answer
- share opens another form: one answer for a mentor, who marks it and sends it back

The file is readable by you alone. It holds your words: think before you send it. Sound is not
written: it lies in the folder of recordings, see Your data (D on home).
"""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "write", "Write", tooltip="Write the file"),
        Binding("escape", "stop", "Stop", tooltip="Stop. Nothing is written"),
        Binding("escape", "leave", "Back", tooltip="Go back. Nothing is written"),
    ]

    @dataclass
    class Counted(Message):
        """How many answers this is about."""

        count: int

    @dataclass
    class Progressed(Message):
        """So many answers of so many are done."""

        done: int
        count: int

    @dataclass
    class Written(Message):
        """The file is there. `left_out` answers had no words that could be shown."""

        count: int
        left_out: int
        file: Path
        is_large: bool

    @dataclass
    class Failed(Message):
        """It could not be written, or was stopped (no error)."""

        error: TrainerError | None

    def __init__(
        self, chosen: Sequence[str] | LibraryQuery, shown: AttemptView | None = None
    ) -> None:
        super().__init__()
        self._version = shown
        self._chosen = chosen if isinstance(chosen, LibraryQuery) else tuple(chosen)
        self._working = False
        self._stopping = Event()
        self._proposed = ""
        self._told = ""
        """How many answers these are, once they are counted."""

    @property
    def _one(self) -> str | None:
        """The id of the only answer; None where these are several."""
        chosen = self._chosen
        return None if isinstance(chosen, LibraryQuery) or len(chosen) != 1 else chosen[0]

    @property
    def _forms(self) -> tuple[Form, ...]:
        return tuple(form for form in FORMS if self._one or form not in _SUBTITLES)

    @property
    def _shares(self) -> bool:
        """Whether the line of the file for a mentor is chosen."""
        return self.query_one(OptionList).highlighted == len(self._forms)

    def compose(self) -> ComposeResult:
        """Yield the forms, the name of the file, and the line that says what happens."""
        yield Static("Write to a file", classes="title-bar")
        with Vertical(id="form"):
            yield Static("", id="what", markup=False)
            yield Label("Form", classes="section")
            yield _Forms(
                *(Option(f"{form:<5} {FORMS[form]}", id=form) for form in self._forms),
                *([Option(_FOR_A_MENTOR, id=_SHARE)] if self._one else []),
                id="forms",
                markup=False,
            )
            yield Label("File", classes="section")
            yield Input(id="path", placeholder="Type where it is to be written")
        yield Static(_WHERE, id="state", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        """Propose the first form and a name, and count."""
        forms = self.query_one(OptionList)
        forms.highlighted = 0
        self._propose()
        self.set_focus(forms)
        self._count()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let Escape mean what it would do now."""
        if action in ("stop", "leave"):
            return (action == "stop") == self._working
        return not self._working if action == "write" else True

    def keep(self) -> bool:
        """Stop, because the program ends; a file is written whole or not at all."""
        self._stopping.set()
        return True

    # The form

    @work(thread=True, group="export-count", exit_on_error=False)
    def _count(self) -> None:
        try:
            chosen = self._chosen
            query = isinstance(chosen, LibraryQuery)
            count = self.services.count_answers(chosen) if query else len(chosen)  # type: ignore[arg-type]
            self.post_message(self.Counted(count))
        except TrainerError as error:
            self.post_message(self.Failed(error))

    def on_export_screen_counted(self, message: Counted) -> None:
        """Say how many answers these are."""
        self._told = "1 answer" if message.count == 1 else f"{message.count} answers"
        self._tell()

    def _tell(self) -> None:
        """Say how many answers these are, and which version of an only one is written."""
        if self._told:
            which = report_page.which(self._version) if self._version else ""
            if which and self._shares:
                which = ", the newest words"
            elif which and self._form() == "json":
                which = ", all versions and ratings"
            self.say("#what", f"{self._told}{which}.")

    def on_option_list_option_highlighted(self) -> None:
        """Let the name of the file end as its form does, and say what that form writes."""
        if not self._shares:
            self._propose()
        self._tell()

    def on_option_list_option_selected(self) -> None:
        """Go on to the name of the file; of one for a mentor more is to be said."""
        if self._shares:
            self._share()
            return
        self.set_focus(self.query_one("#path", Input))

    def on_input_changed(self, message: Input.Changed) -> None:
        """Let the form follow the ending, and take a complaint about what was changed away."""
        ending = os.path.splitext(message.value.rstrip(" '\""))[1].removeprefix(".")  # noqa: PTH122
        if ending in self._forms:
            self.query_one(OptionList).highlighted = [*self._forms].index(ending)
        self._complain("")

    def on_input_submitted(self) -> None:
        """Write."""
        self.action_write()

    def _form(self) -> Form:
        return self._forms[self.query_one(OptionList).highlighted or 0]

    def _share(self) -> None:
        from trainer.tui.screens.sharing import ShareScreen

        if self._one:
            self.app.switch_screen(ShareScreen(self._one))

    def _propose(self) -> None:
        """Propose a name; one that the user typed gets another ending, if it has one of ours."""
        field, form = self.query_one("#path", Input), self._form()
        if field.value in ("", self._proposed):
            today = self.services.today()
            self._proposed = str(Path.home() / f"interview-answers-{today}.{form}")
            field.value = self._proposed
            return
        name, ending = os.path.splitext(field.value)  # noqa: PTH122 - it may be no path yet
        if ending.removeprefix(".") in FORMS:
            field.value = f"{name}.{form}"

    # The work

    def action_write(self) -> None:
        """Write; where there is such a file already, only after a yes."""
        if self._working:
            return
        if self._shares:
            self._share()
            return
        value = self.query_one("#path", Input).value
        if not value.strip():
            self._complain("Where to? Type the name of a file.")
            self.set_focus(self.query_one("#path", Input))
            return
        self.ask_to_write(path_of(value), self._begin)

    def _begin(self, file: Path, replaces: bool) -> None:
        self._working = True
        self._stopping.clear()
        self._complain("")
        self.say("#state", "Writing … Esc stops.")
        self.query_one("#form").disabled = True
        self.refresh_bindings()
        self._write(file, self._form(), replaces)

    @work(thread=True, group="export", exit_on_error=False)
    def _write(self, file: Path, form: Form, replaces: bool) -> None:
        try:
            self.post_message(self._written(file, form, replaces))
        except Stopped:
            self.post_message(self.Failed(None))
        except TrainerError as error:
            self.post_message(self.Failed(error))
        except Exception as error:  # noqa: BLE001 - the screen must not wait for ever
            problem = "Something went wrong while the file was written."
            self.post_message(self.Failed(TrainerError(problem, record_crash(error))))

    def _written(self, file: Path, form: Form, replaces: bool) -> Written:
        from trainer.exchange.document import MOST_BYTES
        from trainer.exchange.exchanging import write_file
        from trainer.exchange.exporting import export, export_to

        exchange, chosen = self.services.exchange, self._chosen
        ids = exchange.chosen(chosen) if isinstance(chosen, LibraryQuery) else chosen
        if not ids:
            raise TrainerError("There are no such answers.", "Nothing was written.")
        left_out: list[int] = []
        text = export(exchange, self._shown(len(ids)), ids, form, left_out.append)
        if self._stopping.is_set():
            raise Stopped
        write_file(file, export_to(text, form), replaces=replaces)
        large = form == "json" and len(text) > MOST_BYTES
        return self.Written(len(ids), sum(left_out), file, large)

    def _shown(self, count: int) -> Callable[[str], AttemptView]:
        """Return what gives each answer, tells how far it is, and stops when that is wanted."""
        done = 0

        def show(attempt_id: str) -> AttemptView:
            nonlocal done
            if self._stopping.is_set():
                raise Stopped
            if done % _TOLD_EACH == 0:
                self.post_message(self.Progressed(done, count))
            done += 1
            if self._version:
                shown = self._version
                return self.services.view(attempt_id, shown.version, shown.rating_number)
            return self.services.view(attempt_id)

        return show

    def on_export_screen_progressed(self, message: Progressed) -> None:
        """Say how far it is."""
        if self._working and not self._stopping.is_set():
            self.say("#state", f"Writing: {message.done} of {message.count} … Esc stops.")

    def on_export_screen_written(self, message: Written) -> None:
        """Say where it is, and go back."""
        count = message.count - message.left_out
        answers = "1 answer is" if count == 1 else f"{count} answers are"
        told = [f"{answers} written to {one_line(str(message.file.absolute()))}"]
        if message.left_out:
            told.append(f"Left out, as they have no words: {message.left_out}.")
        if message.is_large:
            told.append(
                "The file is too large to be imported again. Filter, and write it in parts."
            )
        self.app.notify("\n".join(told), timeout=12, markup=False)
        self.dismiss()

    def on_export_screen_failed(self, message: Failed) -> None:
        """Say why; the form stays as it was."""
        self._working = False
        self.query_one("#form").disabled = False
        self.refresh_bindings()
        self._complain(str(message.error) if message.error else "Stopped. Nothing was written.")
        self.set_focus(self.query_one("#path", Input))

    def action_stop(self) -> None:
        """Stop writing."""
        self._stopping.set()
        self.say("#state", "Stopping …")

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss()

    def _complain(self, text: str) -> None:
        """Show what is wrong in its place, or what Enter does."""
        self.query_one("#state").set_class(bool(text), "-failed")
        self.say("#state", visible(text) if text else _WHERE)
