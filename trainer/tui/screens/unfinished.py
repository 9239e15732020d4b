"""Answers that were left: take one up, or discard it."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Footer, OptionList, Static
from textual.widgets.option_list import Option

from trainer.display import clock_time, one_line
from trainer.errors import TrainerError
from trainer.store.types import Draft
from trainer.tui.screens.base import TrainerScreen
from trainer.tui.screens.confirm import ConfirmScreen


class UnfinishedScreen(TrainerScreen, ModalScreen[None]):
    """Lists the drafts, newest first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "discard", "Discard"),
        Binding("escape", "close", "Back"),
    ]

    def compose(self) -> ComposeResult:
        """Yield the list."""
        with Vertical(classes="dialog"):
            yield Static("Unfinished answers", classes="section")
            yield OptionList(id="drafts", markup=False)
            yield Static("", id="no-drafts", classes="quiet", markup=False)
        yield Footer()

    def on_mount(self) -> None:
        """Fill the list."""
        self._fill()

    def _fill(self) -> None:
        drafts = self.query_one(OptionList)
        drafts.clear_options()
        found = [draft for draft in self.services.unfinished() if draft.text.strip()]
        for draft in found:
            drafts.add_option(Option(_line(draft), id=draft.id))
        drafts.display = bool(found)
        self.query_one("#no-drafts", Static).update(
            "Enter takes the chosen answer up again."
            if found
            else "There is none. Answers that you leave without saving come here."
        )
        if found:
            drafts.highlighted = 0
            self.set_focus(drafts)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take the chosen draft up."""
        try:
            draft, run = self.services.resume(event.option.id or "")
        except TrainerError as error:
            self.complain(error)
            self._fill()
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

        def decided(yes: bool | None) -> None:
            if yes:
                try:
                    self.services.discard_draft(draft_id)
                except TrainerError as error:
                    self.complain(error)
                self._fill()

        self.app.push_screen(
            ConfirmScreen("Discard this answer?", "Its words are removed for good.", "Discard"),
            decided,
        )

    def action_close(self) -> None:
        """Go back."""
        self.dismiss()


def _line(draft: Draft) -> Content:
    kind = "Correction: " if draft.corrects else ""
    take = f"take {draft.take}, " if draft.take > 1 or draft.set_aside else ""
    words = len(draft.text.split())
    return Content.assemble(
        (f"{kind}{one_line(draft.prompt, 56)}\n", "bold"),
        (f"{take}{words} words, {clock_time(draft.counted_s)}: ", "$quiet"),
        one_line(draft.text, 40),
    )
