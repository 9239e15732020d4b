"""A shared answer for whoever marks it: heard, marked, commented on, and sent back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from trainer.display import visible
from trainer.errors import TrainerError, UsageError
from trainer.exchange.share_document import MOST_SAID
from trainer.importing import path_of
from trainer.lines.shares import kept_line
from trainer.recall import AttemptView
from trainer.tui import mentor_page
from trainer.tui.screens.hearing import HEARING_KEYS, HearingScreen
from trainer.tui.screens.notes import NoteScreen
from trainer.tui.screens.rating_form import Marks, RatingFormScreen
from trainer.tui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from trainer.bank.types import Rubric
    from trainer.exchange.desk import Desk

_NO_WORDS = "Choose the words first: the left and right keys, with Shift more of them."
_WHY = "What others gave stays hidden until your marks are there."
_UNKEPT = (
    "Leave without what you gave?",
    "It could not be written. X writes it to another file.",
    "Leave",
)
_REVEAL = (
    "Show what others gave?",
    "Marks that are given first are freer. You can give yours afterwards, too.",
    "Show",
)
_TAKE_BACK = (
    "Take your marks back?",
    "Your marks and what you said of the whole go from the file.",
    "Take back",
)
_AGAIN = "You opened this answer before. What you gave is here."


class SaidScreen(NoteScreen):
    """Takes what a mentor says."""

    NEW = OLD = "What you say"
    HELP = """\
# What you say

Write it for whoever gave the answer: what helped, what you missed, what they could say instead.
Ctrl+S keeps it in the file that you send back. Ctrl+D takes it back.

What you type is in that file within a second. Escape goes back and leaves it as it was.
"""
    UNSAVED = ("Leave without these words?", "What you typed here is not kept.", "Leave")

    def action_save(self) -> None:
        """Keep what is written where a file can hold it."""
        if len(self.written) > MOST_SAID:
            self.notify(f"These are more than {MOST_SAID} characters. Shorten them a little.")
        else:
            super().action_save()


class MarkingScreen(RatingFormScreen):
    """Takes a mentor's marks; quitting keeps them too where every point has one."""

    HELP = f"""\
{RatingFormScreen.HELP}
Your marks go into the file that you send back. What others gave is shown when yours are there.
"""

    def __init__(self, desk: Desk, rubric: Rubric) -> None:
        view = desk.view()
        words, prompt = view.transcript.transcript, view.record.attempt.prompt
        super().__init__(rubric.criteria, words, prompt, "Your marks", _WHY if desk.hides else "")
        self._desk = desk

    def keep(self) -> bool:
        """Give the marks, because the program ends. False where that failed."""
        try:
            if self.marks:
                self._desk.rate(self.marks)
        except TrainerError as error:
            self.complain(error)
            return False
        return True


class MentorScreen(HearingScreen, Screen[None]):
    """Shows a shared answer. What is given to it is in a file at once: see `Desk`."""

    CSS_PATH: ClassVar[list[str | PurePath]] = ["../styles/mentor.tcss"]
    HELP = """\
# An answer that was shared with you

Read the question and the answer. R asks for a mark for each point of the checklist: first yours,
then you see what others gave.

O writes a comment on words. Choose them before: the left and right keys choose a word, with Shift
more of them; drawing over words with the mouse does so too. O on words with a comment of yours
changes it, and Ctrl+D there takes it back. J and K go through the comments; a full stop goes to
the next words with one, a comma back. N says something of the whole.

Where its sound is in the file, P or Enter plays from the chosen words, or from the beginning; P
again or S stops. L plays the chosen words again and again. - and + change the speed.

What you give is in a file at once, and the last line says in which. Send that file back; the one
that you were sent stays as it is. The sound is left out, as whoever spoke has it. X chooses
another file. If you open the file that you were sent again, you can go on.

V shows marks and comments of others before you gave yours. B compares your marks with the
machine's, or with those of another person. Z takes your marks back.

Nothing of this comes into your own history.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "rate", "Marks", tooltip="Give a mark for each point"),
        Binding("o", "comment", "Comment", tooltip="Say something of the chosen words"),
        Binding("n", "whole", "Whole", tooltip="Say something of the whole answer"),
        Binding("v", "reveal", "Others", tooltip="Show what others gave"),
        Binding("x", "write", "File", tooltip="Write what you gave to another file"),
        Binding("z", "take_back", "Take back", show=False, tooltip="Take your marks back"),
        Binding("b", "compare", "Compare", show=False, tooltip="Your marks beside another's"),
        *HEARING_KEYS,
        Binding("escape", "leave", "Back", tooltip="Go back; what you gave is in its file"),
        Binding("question_mark", "app.help", "Help", show=False),
        Binding("q", "app.quit", "Quit", show=False),
    ]

    @dataclass
    class Given(Message):
        """Something was given, or could not be written."""

        error: TrainerError | None = None

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._view = desk.view()

    def compose(self) -> ComposeResult:
        """Yield the page, the player, and the line that says where everything is."""
        yield Static("A shared answer", classes="title-bar", markup=False)
        with VerticalScroll(id="page"):
            yield Vertical(*mentor_page.head(self._desk), id="head")
            with Horizontal(id="columns"):
                yield Vertical(*mentor_page.words_side(self._desk), id="words")
                yield Vertical(*mentor_page.marks_side(self._desk), id="marks")
        yield from self.player_bars()
        yield Static(visible(kept_line(self._desk)), id="kept", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        """Let the arrow keys scroll at once."""
        self.set_focus(self.query_one("#page"))
        if self._desk.goes_on:
            self.notify(_AGAIN)

    def on_unmount(self) -> None:
        """Delete the sound that was written out, once the player is gone."""
        self.trainer.closing.add(self._desk.close)

    def keep(self) -> bool:
        """Try once more what could not be written, because the program ends."""
        try:
            self._desk.keep()
        except TrainerError as error:
            self.complain(error)
            return False
        return True

    @property
    def shown_view(self) -> AttemptView:
        """The shared answer."""
        return self._view

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show only the keys that lead somewhere."""
        desk = self._desk
        if action == "rate":
            return self._view.rubric is not None
        if action == "reveal":
            return desk.hides
        if action == "take_back":
            return desk.own is not None
        if action == "compare":
            return desk.compares_with is not None
        return super().check_action(action, parameters)

    # What is given

    def action_rate(self) -> None:
        """Ask for the marks."""
        rubric = self._view.rubric
        if rubric is None:
            return

        def given(marks: Marks | None) -> None:
            if marks:
                self._give(lambda: self._desk.rate(marks))

        self._as_somebody(lambda: self.app.push_screen(MarkingScreen(self._desk, rubric), given))

    def action_whole(self) -> None:
        """Say something of the whole."""
        before = self._desk.own.note if self._desk.own else ""
        self._ask(self._desk.say, before)

    def action_comment(self) -> None:
        """Say something of the chosen words, or change what was said of them."""
        if self.chosen is None:
            self.notify(_NO_WORDS)
            return
        start, end = self.chosen
        there = self._desk.own_comment(start, end)
        quote = self._view.transcript.transcript.quote(start, end)
        put = partial(self._desk.put_comment, start, end)
        self._ask(put, there.text if there else "", quote)

    def _ask(self, put: Callable[[str], None], before: str, quote: str = "") -> None:
        """Let something be said, which stood there `before`; it is `put` while it is typed."""
        from trainer.annotations import OpenText

        opened = OpenText(put, before)

        def said(text: str | None) -> None:
            if text is not None or opened.is_touched:
                self._give(lambda: opened.finish(text))

        screen = SaidScreen(before, quote, opened.keep)
        self._as_somebody(lambda: self.app.push_screen(screen, said))

    def action_take_back(self) -> None:
        """Take the marks back, after a question."""
        self.confirm(*_TAKE_BACK, lambda: self._give(self._desk.take_marks_back))

    def action_reveal(self) -> None:
        """Show what others gave, after a question."""
        self.confirm(*_REVEAL, lambda: self._give(self._desk.reveal), stay="No, not yet")

    def action_compare(self) -> None:
        """Lay the own marks beside another's."""
        from trainer.tui.screens.comparison import ComparisonScreen

        sides, view = self._desk.beside(), self._view
        if sides:
            sound = (view.recording, view.recording_s or 0.0) if view.recording else None
            self.app.push_screen(ComparisonScreen(*sides, sound))

    def _as_somebody(self, act: Callable[[], object]) -> None:
        """Ask for a name where there is none, then act."""
        from trainer.tui.screens.peer.line import LineScreen

        desk = self._desk
        if desk.name:
            act()
            return

        def named(name: str | None) -> None:
            if name:
                desk.call(name)
                self._remember(name)
                act()

        about = "Whoever gave the answer sees it beside what you give."
        self.app.push_screen(LineScreen("Your name", about), named)

    @work(thread=True, group="name", exit_on_error=False)
    def _remember(self, name: str) -> None:
        try:
            self.services.remember_name(name)
        except TrainerError as error:
            self.post_message(self.Given(error))

    def _give(self, act: Callable[[], object]) -> None:
        """Give something in a thread: a file is written."""
        self._give_there(act)

    @work(thread=True, group="give", exit_on_error=False)
    def _give_there(self, act: Callable[[], object]) -> None:
        try:
            act()
            self.post_message(self.Given())
        except TrainerError as error:
            self.post_message(self.Given(error))

    async def on_mentor_screen_given(self, message: Given) -> None:
        """Show what is there now, and where it is."""
        desk, chosen = self._desk, self.chosen
        self._view = desk.view()
        self.begin_anew()
        for side, widgets in (
            ("#words", mentor_page.words_side(desk)),
            ("#marks", mentor_page.marks_side(desk)),
        ):
            column = self.query_one(side)
            await column.remove_children()
            await column.mount_all(widgets)
        self.say("#kept", visible(kept_line(desk)))
        self.refresh_bindings()
        if chosen:
            self.call_after_refresh(self.choose, *chosen)
        if message.error:
            self.complain(message.error)

    # The file that goes back

    def action_write(self) -> None:
        """Ask for a file, and write there; over another only after a yes."""
        from trainer.tui.screens.peer.line import LineScreen

        def named(name: str | None) -> None:
            if name:
                self.ask_to_write(path_of(name), self._write)

        about = "Where is what you give to be written? Later changes go there, too."
        proposed = str(self._desk.target or self._desk.file.with_name("reviewed.json"))
        if visible(proposed) != proposed:  # a line to write in shows what is in it as it is
            proposed = ""
        self.app.push_screen(LineScreen("Another file", about, proposed), named)

    def _write(self, file: Path, replaces: bool) -> None:
        def write() -> None:
            try:
                self._desk.write(file, replaces=replaces)
            except UsageError as error:  # its remedy is a command's
                raise TrainerError(error.message, "Press X and name another file.") from error

        self._give(write)

    def action_leave(self) -> None:
        """Go back; ask where something is in no file."""
        if self._desk.is_kept:
            self.dismiss()
        else:
            self.confirm(*_UNKEPT, self._leave, stay="No, stay here")

    def _leave(self) -> None:
        self.dismiss()
