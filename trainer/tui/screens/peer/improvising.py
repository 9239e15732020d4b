"""A question that the interviewer writes, and what its answer is rated by."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from trainer.display import one_line
from trainer.peer.planning import asked_freely
from trainer.peer.types import Asked
from trainer.tui.screens.base import TrainerScreen
from trainer.tui.widgets.editor import AnswerEditor
from trainer.tui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from trainer.bank.types import Library

LONGEST = 600
"""Characters: what is longer nobody keeps in mind who hears it once."""

_UNSAVED = ("Leave without your question?", "What you typed here is not kept.", "Leave")
_NOTES_ONLY = "Notes only, no marks"
_EMPTY = "Write the question first."
_LONG = f"This question has more than {LONGEST} characters. Make it shorter."


class ImproviseScreen(TrainerScreen, ModalScreen[Asked | None]):
    """Dismissed with a question of the user's own, or None."""

    CSS_PATH = "../../styles/console.tcss"
    HELP = """\
# A question of your own

Write it as you will say it. Tab goes to the list of checklists: the up and down keys choose one.
Everybody rates the answer by the points of that checklist. With "Notes only" all write a note and
nobody gives marks.

Ctrl+S takes the question, and so does Enter in the list. The candidate sees it when you ask it.
Escape goes back.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "take", "Take it", tooltip="Take this question"),
        Binding("tab", "app.focus_next", "Checklist", tooltip="Go to the checklists, and back"),
        Binding("escape", "leave", "Back", tooltip="Go back without a question"),
        Binding("f1", "app.help", "Help"),  # a dialog's footer shows no keys of the application
    ]

    def __init__(self, library: Library) -> None:
        super().__init__()
        self._rubrics = sorted(library.rubrics.values(), key=lambda one: one.title.casefold())

    def compose(self) -> ComposeResult:
        """Yield the editor and the checklists."""
        with Vertical(classes="dialog"):
            yield Static("A question of your own", classes="section")
            yield AnswerEditor(id="question-text")
            yield Static("Rated by", classes="section")
            titles = [
                one_line(f"{one.title} ({len(one.criteria)} points)") for one in self._rubrics
            ]
            options = [Option(title) for title in (_NOTES_ONLY, *titles)]
            yield RubricList(*options, id="rubrics", markup=False, compact=True)
        yield KeyLine()

    def on_mount(self) -> None:
        """Let the user write at once."""
        self.query_one(OptionList).highlighted = 0
        self.set_focus(self.query_one(AnswerEditor))

    def take_key(self, character: str) -> bool:
        """Take a letter that was typed before the editor had the focus."""
        self.query_one(AnswerEditor).insert(character)
        return True

    def on_option_list_option_selected(self) -> None:
        """Take the question, with the checklist that was chosen."""
        self.action_take()

    def action_take(self) -> None:
        """Hand the question over, or say what it lacks."""
        text = self._text
        if not text or len(text) > LONGEST:
            self.notify(_LONG if text else _EMPTY, markup=False)
            self.set_focus(self.query_one(AnswerEditor))
            return
        at = self.query_one(OptionList).highlighted or 0
        self.dismiss(asked_freely(text, self._rubrics[at - 1] if at else None))

    def action_leave(self) -> None:
        """Go back; ask where something was written."""
        if self._text:
            self.confirm(*_UNSAVED, self._leave, stay="No, stay here")
        else:
            self.dismiss(None)

    def _leave(self) -> None:
        self.dismiss(None)

    @property
    def _text(self) -> str:
        return " ".join(self.query_one(AnswerEditor).text.split())


class RubricList(OptionList):
    """Its Enter does what Ctrl+S does, which stands in the footer."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Take", show=False, tooltip="Take the question with this one"),
    ]
