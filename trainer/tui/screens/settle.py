"""Settle what is not sure: one mark at a time, by one key, with the words that show it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from trainer.analysis.settling import Decision
from trainer.bank.types import Mark
from trainer.coach.doubts import Doubt
from trainer.display import visible
from trainer.errors import TrainerError
from trainer.tui.screens.base import TrainerScreen
from trainer.tui.widgets.checklist import MARKS
from trainer.tui.widgets.key_line import KeyLine
from trainer.tui.widgets.word_choices import WordChoices

Decisions = dict[str, Decision]

CHOOSE_FIRST = "Choose the words that say it first: press the down arrow, then the number."
_SAID = {
    Mark.MET: "I said it fully",
    Mark.PARTLY: "I said half of it",
    Mark.MISSED: "I did not say it",
}
_KEYS = {Mark.MET: "1", Mark.PARTLY: "2", Mark.MISSED: "3"}
_GUESSES = {
    Mark.MET: "I think that you said it fully, in these words:",
    Mark.PARTLY: "I think that you said half of it, in these words:",
}
_DECIDED = {
    Mark.MET: "You settled it: you said it fully.",
    Mark.PARTLY: "You settled it: you said half of it.",
    Mark.MISSED: "You settled it: you did not say it.",
}
_NEAREST = "I did not hear it. The nearest words:"
_NOTHING_NEAR = "I did not hear it. If you said it, choose the words with the arrow keys:"


class SettleScreen(TrainerScreen, ModalScreen[Decisions]):
    """Goes through the `doubts` about one version of an answer.

    Dismissed with what was decided, by criterion; whoever opened it stores that. Quitting in the
    middle stores it too.
    """

    CSS_PATH = "../styles/settle.tcss"
    HELP = """\
# Settle what is not sure

The rating is not sure of these points, so it asks you: you know best what you said. Your answer
counts in full, and the band of the score becomes narrower.

Read what the point means, and the words in the list. The up and down keys choose other words.
Then press 1 if you said it fully, 2 if you said half of it, 3 if you did not say it. Enter leaves
the point not sure. B goes back to the point before. Escape ends; what you have settled is kept.

A point that you settled can be settled again, and every rating before it is kept.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "decide(2)", "Fully", tooltip="I said it fully"),
        Binding("2", "decide(1)", "Half", tooltip="I said half of it"),
        Binding("3", "decide(0)", "Not said", tooltip="I did not say it"),
        Binding("enter", "skip", "Skip", tooltip="Leave it as it is"),
        Binding("b", "back", "Back one", show=False, tooltip="Go to the point before"),
        Binding("escape", "leave", "End", tooltip="End; what you have settled is kept"),
        Binding("f1", "app.help", "Help"),  # a dialog's footer shows no keys of the application
    ]

    def __init__(self, attempt_id: str, transcript_id: str, doubts: Sequence[Doubt]) -> None:
        super().__init__()
        self._attempt_id = attempt_id
        self._transcript_id = transcript_id
        self._doubts = tuple(doubts)
        self._at = 0
        self._decisions: Decisions = {}

    def compose(self) -> ComposeResult:
        """Yield the question, the words to choose from, and what each key means."""
        with Vertical(classes="dialog"):
            yield Static("", id="point", markup=False)
            with VerticalScroll(id="question", can_focus=False):
                yield Static("", id="asks", markup=False)
            yield Static("", id="heard", markup=False)
            yield WordChoices(id="words")
            with VerticalScroll(id="meanings", can_focus=False):
                yield Static("", id="marks")
        yield KeyLine()

    def on_mount(self) -> None:
        """Show the first point."""
        self.set_focus(self.query_one(WordChoices))
        self._show()

    def keep(self) -> bool:
        """Store what was decided, because the program ends. False where that failed."""
        try:
            self.services.settle(self._attempt_id, self._decisions, self._transcript_id)
        except TrainerError as error:
            self.complain(error)
            return False
        return True

    @property
    def _doubt(self) -> Doubt:
        return self._doubts[self._at]

    def _show(self) -> None:
        doubt = self._doubt
        decided = self._decisions.get(doubt.criterion_id)
        state = "Settled by you" if doubt.settled or decided else "Not sure"
        before = "  (B: the point before)" if self._at else ""
        count = f"{state}: point {self._at + 1} of {len(self._doubts)}{before}"
        self.query_one("#point", Static).update(
            Content.assemble((visible(doubt.title), "bold"), (f"\n{count}", "$quiet"))
        )
        self.query_one("#asks", Static).update(
            Content.assemble(("An interviewer would ask: ", "$quiet"), visible(doubt.asks))
        )
        self.query_one("#heard", Static).update(_heard(doubt, decided))
        self.query_one("#marks", Static).update(_marks(doubt))
        span = decided.span if decided else None
        self.query_one(WordChoices).offer(doubt.found, doubt.others, span)

    def action_decide(self, value: int) -> None:
        """Take the speaker's answer, and go on."""
        mark, doubt = Mark(value), self._doubt
        choice = self.query_one(WordChoices).chosen
        if mark is Mark.MISSED:
            decision = Decision(mark)
        elif choice is None:
            self.notify(CHOOSE_FIRST)
            return
        elif doubt.mark is not Mark.MISSED and choice == doubt.found[0]:
            decision = Decision(mark)  # all words that the machine has quoted stay
        else:
            decision = Decision(mark, (choice.start, choice.end))
        self._decisions[doubt.criterion_id] = decision
        self._go_on()

    def action_skip(self) -> None:
        """Leave the point as it is, and go on."""
        self._decisions.pop(self._doubt.criterion_id, None)
        self._go_on()

    def action_back(self) -> None:
        """Go to the point before."""
        if self._at:
            self._at -= 1
            self._show()

    def action_leave(self) -> None:
        """End with what was decided so far."""
        self.dismiss(self._decisions)

    def _go_on(self) -> None:
        if self._at + 1 < len(self._doubts):
            self._at += 1
            self._show()
        else:
            self.dismiss(self._decisions)


def _heard(doubt: Doubt, decided: Decision | None) -> Content:
    """Say what the mark rests on now: the machine's guess, or what the speaker has decided."""
    if decided or doubt.settled:
        return Content(_DECIDED[decided.mark if decided else doubt.mark])
    if doubt.mark is Mark.MISSED:
        return Content(_NEAREST if doubt.found else _NOTHING_NEAR)
    return Content(_GUESSES[doubt.mark])


def _marks(doubt: Doubt) -> Content:
    rows = []
    for mark in (Mark.MET, Mark.PARTLY, Mark.MISSED):
        symbol, style = MARKS[mark]
        rows.append(
            Content.assemble(
                (f"{_KEYS[mark]} ", "bold"),
                (symbol[:1], style),
                (f" {_SAID[mark]}. ", "bold"),
                (visible(doubt.meanings.of(mark)), "$quiet"),
            )
        )
    return Content("\n").join(rows)
