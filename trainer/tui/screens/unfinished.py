"""Answers that were left: take one up, or discard it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from trainer.display import clock_time, one_line
from trainer.errors import TrainerError
from trainer.store.types import Draft
from trainer.tui.screens.base import TrainerScreen
from trainer.tui.widgets.key_line import KeyLine


class UnfinishedScreen(TrainerScreen, ModalScreen[None]):
    """Lists the drafts, newest first."""

    HELP = """\
# Unfinished answers

Answers that you left, and answers of a program that ended in the middle. Enter takes one up
again with its time; D discards it.
"""

    BINDINGS: ClassVar[list[BindingType]] = [
        # Enter before the list is there; with it, the list takes the key.
        Binding("enter,ctrl+j", "take_up_first", "Take up", show=False),
        Binding("d", "discard", "Discard", tooltip="Remove the chosen answer for good"),
        Binding("escape", "close", "Back", tooltip="Go back"),
        Binding("f1", "app.help", "Help"),  # a dialog's footer shows no keys of the application
    ]

    @dataclass
    class Found(Message):
        """The drafts that can be taken up, or why they cannot be read."""

        drafts: tuple[Draft, ...]
        error: TrainerError | None = None

    def __init__(self) -> None:
        super().__init__()
        self._takes_up_first = False
        """Enter was pressed before the drafts were read."""

    def compose(self) -> ComposeResult:
        """Yield the list, which takes no keys until it is read."""
        with Vertical(classes="dialog"):
            yield Static("Unfinished answers", classes="section")
            yield OptionList(id="drafts", markup=False, disabled=True)
            yield Static("", id="no-drafts", classes="quiet", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        """Fill the list."""
        self._read()

    @work(thread=True, exclusive=True, group="drafts", exit_on_error=False)
    def _read(self) -> None:
        try:
            self.post_message(self.Found(self.services.unfinished()))
        except TrainerError as error:
            self.post_message(self.Found((), error))

    def on_unfinished_screen_found(self, message: Found) -> None:
        """Show the drafts."""
        if message.error:
            self.complain(message.error)
        drafts = self.query_one(OptionList)
        drafts.clear_options()
        for draft in message.drafts:
            drafts.add_option(Option(_line(draft), id=draft.id))
        drafts.display = bool(message.drafts)
        drafts.disabled = False
        self.query_one("#no-drafts", Static).update(
            "Enter takes the chosen answer up again."
            if message.drafts
            else "There is none. Answers that you leave without saving come here."
        )
        if message.drafts:
            drafts.highlighted = 0
            self.set_focus(drafts)
        if self._takes_up_first and message.drafts:
            self._take_up(message.drafts[0].id)
        self._takes_up_first = False

    def action_take_up_first(self) -> None:
        """Take the first draft up as soon as it is known."""
        self._takes_up_first = self.query_one(OptionList).disabled

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take the chosen draft up."""
        self._take_up(event.option.id or "")

    def _take_up(self, draft_id: str) -> None:
        try:
            draft, run = self.services.resume(draft_id)
        except TrainerError as error:
            self.complain(error)
            self._read()
            return
        if draft.corrects is None or not self._go_on_correcting(draft, draft.corrects):
            self.trainer.practise(run, draft=draft, switch=True)

    def _go_on_correcting(self, draft: Draft, attempt_id: str) -> bool:
        """Open the correction over its report; return False where the attempt is gone."""
        from trainer.tui.screens.report import ReportScreen

        try:
            view = self.services.view(attempt_id)
        except TrainerError:
            return False
        self.app.switch_screen(ReportScreen(view, correction=draft))
        return True

    def action_discard(self) -> None:
        """Discard the chosen draft, after a question."""
        drafts = self.query_one(OptionList)
        if drafts.highlighted is None:
            return
        draft_id = drafts.get_option_at_index(drafts.highlighted).id or ""

        def discard() -> None:
            self.services.discard_draft(draft_id)
            self._read()

        self.confirm(
            "Discard this answer?",
            "Its words and its sound are removed for good.",
            "Discard",
            discard,
        )

    def action_close(self) -> None:
        """Go back."""
        self.dismiss()


def _line(draft: Draft) -> Content:
    kind = "Correction: " if draft.corrects else ""
    take = f"take {draft.take}, " if draft.take > 1 or draft.set_aside else ""
    count = len(draft.text.split())
    words = "1 word" if count == 1 else f"{count} words"
    if draft.recording:
        # Without words nothing is lost: they are read from the sound again.
        words = f"by voice, {words}" if count else "by voice"
    text = one_line(draft.text, 30)
    # A correction counts no time, nor do typed words of a program that was ended by force.
    time = f", {clock_time(draft.counted_s)}" if draft.counted_s >= 1 else ""
    return Content.assemble(
        (f"{kind}{one_line(draft.prompt, 52)}\n", "bold"),
        f"{take}{words}{time}{': ' if text else ''}{text}",
    )
