"""Your data: what is stored and where, and deleting it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import ClassVar, Literal

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from trainer.care import Survey
from trainer.care_words import ELSEWHERE, HEADER, WORD, outcome, privacy, rows, staying
from trainer.display import visible
from trainer.erasing import Erased
from trainer.errors import TrainerError
from trainer.keeping.saying import choice, recordings, size
from trainer.keeping.saying import outcome as sound_outcome
from trainer.keeping.types import Plan, Tidied
from trainer.keeping.types import amount as sound_amount
from trainer.lines.text import table
from trainer.log import record_crash
from trainer.store.types import LibraryQuery
from trainer.tui.screens.base import TrainerScreen
from trainer.tui.widgets.key_line import KeyLine

_DOING = ("write", "words_only", "delete_sound", "delete_copies", "delete_everything")


class DataScreen(TrainerScreen, Screen[None]):
    """A page with all that is stored, and keys to delete some of it, or everything."""

    CSS_PATH: ClassVar[list[str | PurePath]] = ["../styles/data.tcss"]
    HELP = """\
# Your data

Everything that the trainer keeps lies in one folder on this machine. This page says what there is,
how much, and where. The command "trainer data" says the same.

- X writes all answers into a file of your own. Do this first if you want to keep them
- W keeps only the words of new answers from now on, or their sound again. Sound that is there is
  deleted too once its words are safe: you are asked first
- S deletes the sound of all stored answers. Words and marks stay
- C deletes backups and damaged files of the history. They may hold answers that you have deleted
- D deletes everything: answers, sound, names, settings, models. You type a word first. Your own
  files in the folder stay and are named. Then the trainer ends, and its next start is the first
"""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x", "write", "Write", tooltip="Write all answers into a file of your own"),
        Binding("w", "words_only(True)", "Words only", tooltip="Keep no sound from now on"),
        Binding("w", "words_only(False)", "Keep sound", tooltip="Keep sound from now on"),
        Binding("s", "delete_sound", "Delete sound", tooltip="Delete the sound of all answers"),
        Binding(
            "c", "delete_copies", "Delete copies", show=False, tooltip="Backups, damaged files"
        ),
        Binding("d", "delete_everything", "Delete all", tooltip="Delete everything, for good"),
        Binding("escape", "leave", "Back", tooltip="Go back"),
        Binding("question_mark", "app.help", "Help", show=False),
    ]

    @dataclass
    class Surveyed(Message):
        """What there is."""

        survey: Survey

    @dataclass
    class Planned(Message):
        """What keeping words only would delete at once."""

        plan: Plan

    @dataclass
    class SoundDeleted(Message):
        """What became of the sound."""

        done: Tidied

    @dataclass
    class CopiesDeleted(Message):
        """What became of the copies."""

        done: Erased

    @dataclass
    class EverythingDeleted(Message):
        """What became of everything."""

        done: Erased

    @dataclass
    class Failed(Message):
        """Something was not done, or could not be read."""

        error: TrainerError

    def __init__(self) -> None:
        super().__init__()
        self._survey: Survey | None = None
        self._working = False

    def compose(self) -> ComposeResult:
        """Yield the page; what stands on it follows with `Surveyed`."""
        yield Static("Your data", classes="title-bar")
        yield VerticalScroll(Static("One moment …", id="page-text", markup=False), id="page")
        yield Static("", id="state", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        """Let the arrows move the page."""
        self.set_focus(self.query_one("#page"))

    def on_screen_resume(self) -> None:
        """Look what there is, whenever this page comes back."""
        if not self._working:
            self._look()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show the keys that do something now."""
        if action == "leave":
            return not self._working
        survey = self._survey
        if survey is None or self._working:
            return action not in _DOING
        if action == "write":
            return survey.answers > 0
        if action == "words_only":
            return parameters != (self.services.settings.sound == "transcript",)
        if action == "delete_sound":
            return survey.sound.whole.count > 0
        return bool(survey.copies) if action == "delete_copies" else True

    @work(thread=True, exclusive=True, group="data", exit_on_error=False)
    def _look(self) -> None:
        self._do(lambda: self.Surveyed(self.services.care.survey()))

    def _do(self, act: Callable[[], Message]) -> None:
        """Do it in a worker's thread, and tell what came of it."""
        try:
            self.post_message(act())
        except TrainerError as error:
            self.post_message(self.Failed(error))
        except Exception as error:  # noqa: BLE001 - the screen must not wait for ever
            problem = "Something went wrong inside the program."
            self.post_message(self.Failed(TrainerError(problem, record_crash(error))))

    def on_data_screen_surveyed(self, message: Surveyed) -> None:
        """Show what there is."""
        self._survey = message.survey
        self._show()

    def _show(self) -> None:
        survey = self._survey
        if survey is None:
            return
        head, *stored = table(HEADER, rows(survey, self.services.home))
        lines = [
            Content.assemble(("Folder  ", "bold $primary"), visible(str(survey.folder))),
            Content(visible(privacy(survey))),
            Content(""),
            Content.styled(head, "bold $primary"),
            *map(Content, stored),
            Content.styled(f"In all {size(survey.bytes)}", "bold"),
            Content(""),
            Content.assemble(("Sound  ", "bold $primary"), choice(self.services.settings)),
        ]
        if survey.copies:
            lines += [Content(""), Content.styled("Backups and damaged files", "bold $primary")]
            lines.append(Content("They may hold answers that you have deleted. C deletes them."))
            lines += [
                Content(visible(f"  {one.path.name} ({size(one.bytes)})")) for one in survey.copies
            ]
        own = [Content(visible(line)) for line in staying(survey.own, survey.links)]
        lines += [Content(""), *own] if own else []
        lines += [Content(""), Content(ELSEWHERE)]
        self.query_one("#page-text", Static).update(Content("\n").join(lines))
        self.refresh_bindings()

    # What is done

    def _begin(self, what: str) -> None:
        self._working = True
        self.say("#state", what)
        self.refresh_bindings()

    def _end(self, said: str) -> None:
        self._working = False
        self.say("#state", visible(said))
        self._look()

    def on_data_screen_failed(self, message: Failed) -> None:
        """Say why; nothing else has changed."""
        self._working = False
        self.say("#state", "")
        self.refresh_bindings()
        self.complain(message.error)

    def action_write(self) -> None:
        """Write all answers into a file."""
        from trainer.tui.screens.exporting import ExportScreen

        self.app.push_screen(ExportScreen(LibraryQuery()))

    def action_words_only(self, words_only: bool) -> None:
        """Keep only words from now on, or sound again; where that deletes sound, after a yes."""
        if words_only:
            self._begin("Looking what this would delete …")
            self._plan()
        else:
            self._keep("flac")

    @work(thread=True, exclusive=True, group="data", exit_on_error=False)
    def _plan(self) -> None:
        settings = replace(self.services.settings, sound="transcript")
        self._do(lambda: self.Planned(self.services.sounds.plan(settings)))

    def on_data_screen_planned(self, message: Planned) -> None:
        """Ask where it would delete sound."""
        self._end("")
        plan = message.plan
        if not plan.delete:
            self._keep("transcript")
            return
        waiting = len(plan.waiting)
        stays = f" Kept for now: {waiting}, whose words are not safe yet." if waiting else ""
        self.confirm(
            f"Keep only words, and delete {recordings(sound_amount(plan.delete))}?",
            f"Sound that is there is deleted now, for good. Words and ratings stay.{stays}",
            "Delete",
            lambda: self._keep("transcript", tidies=True),
        )

    def _keep(self, sound: Literal["flac", "transcript"], *, tidies: bool = False) -> None:
        try:
            self.services.change_settings(replace(self.services.settings, sound=sound))
        except TrainerError as error:
            self.complain(error)
        self._show()
        if tidies:
            self._begin("Deleting …")
            self._delete_sound(lambda: self.services.sounds.tidy(most=0))

    def action_delete_sound(self) -> None:
        """Delete the sound of all answers, after a question."""
        assert self._survey
        self.confirm(
            f"Delete the sound of your answers: {recordings(self._survey.sound.whole)}?",
            "It is deleted for good. Words and ratings stay; the sound of unfinished answers too. "
            "Where words are not written down or accepted yet, the sound may be all there is.",
            "Delete",
            self._begin_sound,
        )

    def _begin_sound(self) -> None:
        self._begin("Deleting …")
        self._delete_sound(lambda: self.services.sounds.delete(None))

    @work(thread=True, exclusive=True, group="data", exit_on_error=False)
    def _delete_sound(self, act: Callable[[], Tidied]) -> None:
        self._do(lambda: self.SoundDeleted(act()))

    def on_data_screen_sound_deleted(self, message: SoundDeleted) -> None:
        """Say what went."""
        if message.done.problem:
            self.complain(message.done.problem)
        self._end(" ".join(sound_outcome(message.done)))

    def action_delete_copies(self) -> None:
        """Delete backups and damaged files, after a question."""
        assert self._survey
        count = len(self._survey.copies)
        self.confirm(
            "Delete this file?" if count == 1 else f"Delete these {count} files?",
            "Backups and damaged files of the history are deleted for good. Your history stays. "
            "A damaged file can hold answers that could not be read out of it.",
            "Delete",
            self._begin_copies,
        )

    def _begin_copies(self) -> None:
        self._begin("Deleting …")
        self._delete_copies()

    @work(thread=True, exclusive=True, group="data", exit_on_error=False)
    def _delete_copies(self) -> None:
        self._do(lambda: self.CopiesDeleted(self.services.care.delete_copies()))

    def on_data_screen_copies_deleted(self, message: CopiesDeleted) -> None:
        """Say what went."""
        self._end("\n".join(outcome(message.done)))

    def action_delete_everything(self) -> None:
        """Delete everything, after a typed word."""
        from trainer.tui.screens.typed_confirm import TypedConfirmScreen

        assert self._survey
        survey = self._survey

        def decided(yes: bool | None) -> None:
            if yes:
                self._begin("Deleting everything …")
                self._delete_everything()

        stays = "\n".join(staying(survey.own, survey.links))
        consequence = (
            "All answers with their sound, marks and notes, your names, settings and speech "
            "models are deleted. Nobody can bring them back. Then the trainer ends."
        )
        self.app.push_screen(
            TypedConfirmScreen(
                "Delete everything?", "\n\n".join(filter(None, (consequence, stays))), WORD
            ),
            decided,
        )

    @work(thread=True, exclusive=True, group="data", exit_on_error=False)
    def _delete_everything(self) -> None:
        self._do(self._deleted)

    def _deleted(self) -> Message:
        self.trainer.tidying.stop()
        try:
            return self.EverythingDeleted(self.services.care.delete_everything())
        except BaseException:
            self.trainer.tidying.go_on()
            raise

    def on_data_screen_everything_deleted(self, message: EverythingDeleted) -> None:
        """End, as there is nothing left to show, and say what became of it."""
        told = [*outcome(message.done), ELSEWHERE]
        self.trainer.leave_with("\n".join(told), failed=bool(message.done.left))

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss()
