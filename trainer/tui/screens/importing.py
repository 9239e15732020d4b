"""Import from elsewhere: which file, which part, and which question it answers."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import PurePath
from threading import Event, Lock
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input, Label, OptionList, Static

from trainer.bank.types import Library
from trainer.display import clock_time, visible
from trainer.errors import TrainerError
from trainer.importing import (
    LONG_S,
    Imported,
    LeftError,
    Piece,
    Stopped,
    path_of,
)
from trainer.log import record_crash
from trainer.recall import AttemptView
from trainer.tui.screens.import_form import ImportForm
from trainer.tui.screens.text_import import TextImport, is_history, is_share, is_transcript
from trainer.tui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from collections.abc import Callable

    from trainer.session.plan import Item, Run
    from trainer.store.types import Draft
    from trainer.tui.screens.correct import Words

_WHICH = "Choose the question that it answers, and press Enter. Type to search, or type your own."
_KEPT = "Your import is kept. Find it on home under Unfinished (u)."


class ImportScreen(ImportForm, TextImport, Screen[None]):
    """A form, then the progress, then the words to correct, then the report.

    `draft` is an import that was left, with the `run` that asks its question: then there is no
    form. Cancelling leaves nothing, or a draft with the sound.
    """

    CSS_PATH: ClassVar[list[str | PurePath]] = ["../styles/importing.tcss"]
    HELP = """\
# Import

Type or paste the path of a sound file, or drop the file on the terminal: wav, flac, ogg or mp3.
With the program ffmpeg also m4a, mp4 and others. The file stays where it is; its sound is copied.

A transcript of another program (txt, vtt, srt, sbv) becomes an answer too: where several people
speak, you are asked who answers. A history that the trainer has written (json) is added to yours:
it needs no question. Answers that are there already stay as they are. An answer that a mentor sends
back brings their marks and comments; one that somebody shared with you can be marked.

Say which part you want if it holds more than one answer, such as a whole call: 12:30 to 14:05.
Leave both empty for all of it.

Then choose the question that it answers. Type to search, and use the down arrow to reach the list.
A question that is in no bank you type in full; at the end of the list you choose how it is rated.
Enter imports.

The words are written down on this machine, and you can correct them before they are rated. Escape
stops: then nothing is kept, or the sound as an unfinished answer.
"""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "start", "Import", tooltip="Import for the chosen question"),
        Binding("down", "to_list", "To the list", show=False),
        Binding("escape", "stop", "Stop", tooltip="Stop the import"),
        Binding("escape", "leave", "Back", tooltip="Go back"),
    ]

    @dataclass
    class LibraryReady(Message):
        """The banks were read."""

        library: Library

    @dataclass
    class Progressed(Message):
        """How far it is: `share` in 0..1, None where nobody can tell."""

        what: str
        share: float | None

    @dataclass
    class Taken(Message):
        """The sound and its words are safe."""

        imported: Imported

    @dataclass
    class Finished(Message):
        """The answer is stored."""

        view: AttemptView

    @dataclass
    class Failed(Message):
        """It did not work, or was stopped (no error). `kept`: it can be taken up again."""

        error: TrainerError | None
        kept: bool = False

    def __init__(self, run: Run | None = None, draft: Draft | None = None) -> None:
        super().__init__()
        self._draft = draft
        self._item: Item | None = run.item if run else None
        self._stopping = Event()
        self._storing = Lock()
        self._working = False

    def compose(self) -> ComposeResult:
        """Yield the form, and the line that says what happens."""
        yield Static("Import a recording, a transcript or a history", classes="title-bar")
        with Vertical(id="form"):
            with Horizontal(classes="row"):
                yield Label("File")
                yield Input(id="path", placeholder="Type its path, or drop the file here")
            with Horizontal(classes="row"):
                yield Label("Only a part")
                yield Input(id="from", placeholder="from 0:00")
                yield Input(id="to", placeholder="to its end")
            with Horizontal(classes="row"):
                yield Label("Question")
                yield Input(id="search", placeholder="Search, or type your own question")
            yield OptionList(id="questions", markup=False)
        yield Static("", id="state", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        """Read the banks; or go on with the draft."""
        if self._draft:
            self.add_class("-resumed")
            self._go_on(self._draft)
            return
        self.set_focus(self.query_one("#path", Input))
        self.say("#state", _WHICH)
        self._read()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let Escape mean what it would do now."""
        if action in ("stop", "leave"):
            return (action == "stop") == self._working
        if action in ("start", "to_list"):
            return not self._working and self._draft is None
        return True

    def keep(self) -> bool:
        """Stop, because the program ends; what is on the disk can be taken up again."""
        self._stopping.set()
        with self._storing:
            return True

    # The form

    @work(thread=True, exit_on_error=False)
    def _read(self) -> None:
        self.post_message(self.LibraryReady(self.services.library()))

    def on_import_screen_library_ready(self, message: LibraryReady) -> None:
        """Fill the list."""
        self.library = message.library
        self.list_questions()

    def on_input_changed(self, message: Input.Changed) -> None:
        """Search, or take the complaint about what was changed away."""
        if message.input.id == "search":
            self.list_questions()
        self._complain("")

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Go to the next field, and from the last one to the list, unless there is no such file."""
        if message.input.id == "path" and message.value.strip():
            file = path_of(message.value)
            if not os.path.isfile(file):  # noqa: PTH113 - False, not an error, for what is no path
                self._complain(f"There is no file {file}. Check its name and folder.")
                return
            if is_history(file):  # it knows its questions
                self.action_start()
                return
        fields = list(self.query(Input))
        at = fields.index(message.input) + 1
        if at < len(fields):
            self.set_focus(fields[at])
        else:
            self.action_to_list()

    def on_option_list_option_selected(self) -> None:
        """Import for the chosen question."""
        self.action_start()

    def action_to_list(self) -> None:
        """Go to the list of questions."""
        questions = self.query_one(OptionList)
        self.set_focus(questions)
        if questions.highlighted is None and questions.option_count:
            questions.highlighted = 0

    def action_start(self) -> None:
        """Import, if the form is filled in."""
        if self._working or self._draft:
            return
        try:
            piece = self.piece()
            share = is_share(piece.file)
            item = None if share or is_history(piece.file) else self.chosen()
        except TrainerError as error:
            self._complain(str(error))
            return
        self._item = item
        self._begin()
        if share:
            self.take_share(piece.file)
        elif item is None:
            self.take_history(piece.file)
        elif is_transcript(piece.file):
            self.take_transcript(piece, item)
        else:
            self._take_in(piece, item)

    # The work

    def _begin(self) -> None:
        self._working = True
        self._stopping.clear()
        self._complain("")
        self.query_one("#form").disabled = True
        self.refresh_bindings()

    def _rest(self) -> None:
        self._working = False
        self.query_one("#form").disabled = False
        self.refresh_bindings()

    def _go_on(self, draft: Draft) -> None:
        """Take an import up where it was left."""
        if draft.heard is not None:
            self._correct(draft)
            return
        self._begin()
        self._listen(draft)

    @work(thread=True, group="import", exit_on_error=False)
    def _take_in(self, piece: Piece, item: Item) -> None:
        self.work_on(
            lambda: self.Taken(
                self.services.importing.take_in(
                    piece, item, self.services.engine(), self._report, self._stopping.is_set
                )
            )
        )

    @work(thread=True, group="import", exit_on_error=False)
    def _listen(self, draft: Draft) -> None:
        self.work_on(
            lambda: self.Taken(
                self.services.importing.listen(
                    draft, self.services.engine(), self._report, self._stopping.is_set
                )
            )
        )

    def work_on(self, act: Callable[[], Message]) -> None:
        """Do it in a worker's thread, and tell what came of it."""
        try:
            self.post_message(act())
        except LeftError:
            self.post_message(self.Failed(None, kept=True))
        except Stopped:
            self.post_message(self.Failed(None))
        except TrainerError as error:
            self.post_message(self.Failed(error))
        except Exception as error:  # noqa: BLE001 - the screen must not wait for ever
            problem = "Something went wrong while the file was imported."
            self.post_message(self.Failed(TrainerError(problem, record_crash(error))))

    def _report(self, what: str, share: float | None) -> None:
        self.post_message(self.Progressed(what, share))

    def on_import_screen_progressed(self, message: Progressed) -> None:
        """Say how far it is."""
        if self._working:
            share = "" if message.share is None else f": {message.share:.0%}"
            self.say("#state", f"{message.what}{share} … Esc stops.")

    def on_import_screen_taken(self, message: Taken) -> None:
        """Say what is odd, and show the words."""
        imported = message.imported
        self._rest()
        for remark in _remarks(imported):
            self.notify(remark, timeout=12, markup=False)
        self._correct(imported.draft)

    def on_import_screen_failed(self, message: Failed) -> None:
        """Say why; the form stays as it was."""
        self._rest()
        if message.kept:
            if message.error:
                self.complain(message.error)
            self.notify(_KEPT)
            self.once_on_top(self.dismiss)
        elif message.error:
            self._complain(str(message.error))
            self.set_focus(self.query_one("#path", Input))
        else:
            self.rest("Stopped. Nothing was kept.")

    def action_stop(self) -> None:
        """Stop the import."""
        self._stopping.set()
        self.say("#state", "Stopping …")

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss()

    # The end

    def _correct(self, draft: Draft) -> None:
        from trainer.tui.screens.correct import CorrectScreen

        def corrected(words: Words | None) -> None:
            if words is None:
                self.notify(_KEPT)
                self.once_on_top(self.dismiss)
            else:
                self._begin()
                self.say("#state", "Rating your answer …")
                self._store(replace(draft, text=words.text), words.accepted)

        self.app.push_screen(CorrectScreen(draft), corrected)

    @work(thread=True, group="import", exit_on_error=False)
    def _store(self, draft: Draft, accepted: bool) -> None:
        assert self._item
        try:
            with self._storing:
                self.services.save_draft(draft)
                attempt_id = self.services.finish(draft, self._item, accepted=accepted)
            self.post_message(self.Finished(self.services.view(attempt_id)))
        except TrainerError as error:
            self.post_message(self.Failed(error, kept=True))
        except Exception as error:  # noqa: BLE001 - as above
            problem = "Something went wrong while your answer was stored."
            failure = TrainerError(problem, record_crash(error))
            self.post_message(self.Failed(failure, kept=True))

    def on_import_screen_finished(self, message: Finished) -> None:
        """Show the report."""
        self.show_report(message.view)

    def rest(self, said: str) -> None:
        """Give the form back, and say something in its line."""
        self._rest()
        self.say("#state", said)
        self.set_focus(self.query_one("#path", Input))

    def show_report(self, view: AttemptView) -> None:
        """Show the report in this screen's place; before it the form, if the settings say so."""
        from trainer.tui.screens.report import ReportScreen
        from trainer.tui.screens.self_rating import revealing

        self.once_on_top(
            lambda: self.app.switch_screen(revealing(self.services, view, ReportScreen))
        )

    def _complain(self, text: str) -> None:
        """Show what is wrong in its place, or what to do."""
        self.query_one("#state").set_class(bool(text), "-failed")
        self.say("#state", visible(text) if text or self._draft else _WHICH)


def _remarks(imported: Imported) -> list[str]:
    """Return what the user should know before the words are corrected."""
    found = []
    length = clock_time(imported.length_s)
    if imported.problem:
        found.append(f"The words were not written down. {visible(str(imported.problem))}")
    if imported.damaged:
        found.append(f"The file is damaged after {length}. What comes later is lost.")
    if imported.length_s > LONG_S:
        found.append(f"This is {length} long. Import several answers one by one.")
    return found
