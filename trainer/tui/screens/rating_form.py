"""A checklist filled in by a person: one point at a time, one key for each mark."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from trainer.bank.types import Criterion, Mark, Rubric
from trainer.display import visible
from trainer.transcript.types import Transcript
from trainer.tui.screens.base import TrainerScreen
from trainer.tui.widgets.checklist import MARKS
from trainer.tui.widgets.key_line import KeyLine

Marks = dict[str, Mark]

_KEYS = {Mark.MET: "1", Mark.PARTLY: "2", Mark.MISSED: "3"}
_OPEN = "·"
_ALL_MARKED = "Every point has a mark. Press Enter to keep them, or B to go back."
_NO_MARK = "This point has no mark yet: press 1, 2 or 3. Escape leaves without marks."
_NO_WORDS = "There are no written words of this answer."


class RatingFormScreen(TrainerScreen, Screen[Marks | None]):
    """Asks for a mark of every criterion of a rubric. Nothing of any other rating is shown.

    Dismissed with the marks by criterion once there is one for each, else with None. `heading`
    says whose marks they are, and `why` what they are for.
    """

    CSS_PATH = "../styles/rating_form.tcss"
    HELP = """\
# Marks by hand

Each point shows what an interviewer would ask, and what every mark means. Press 1 if the answer
says it fully, 2 if it says half of it, 3 if it does not say it. B goes back to the point before,
Enter goes on where a point has its mark. After the last point you see all marks, and Enter keeps
them.

The up and down keys scroll the words of the answer. Escape leaves the form without any marks.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "mark(2)", "Met", tooltip="The answer says it fully"),
        Binding("2", "mark(1)", "Partly", tooltip="The answer says half of it"),
        Binding("3", "mark(0)", "Missed", tooltip="The answer does not say it"),
        Binding("b", "back", "Back one", tooltip="Go to the point before"),
        Binding("enter", "go_on", "Go on", tooltip="Go on; after the last point keep the marks"),
        Binding("escape", "leave", "Skip", tooltip="Leave without marks"),
        Binding("question_mark", "app.help", "Help", show=False),
    ]

    def __init__(
        self,
        rubric: Rubric,
        transcript: Transcript,
        prompt: str,
        heading: str = "Marks by hand",
        why: str = "",
    ) -> None:
        super().__init__()
        self._criteria = rubric.criteria
        self._transcript = transcript
        self._prompt = prompt
        self._heading = heading
        self._why = why
        self._at = 0
        self._marks: Marks = {}

    def compose(self) -> ComposeResult:
        """Yield the question, the point with its marks, and the words of the answer."""
        yield Static("", id="heading", classes="title-bar", markup=False)
        yield Static(visible(self._prompt), id="prompt", markup=False)
        if self._why:
            yield Static(visible(self._why), id="why", classes="quiet", markup=False)
        with Horizontal(id="columns"):
            with VerticalScroll(id="point", can_focus=False):
                yield Static("", id="asks")
                yield Static("", id="meanings")
            with Vertical(id="answer"):
                yield Static("The answer", classes="section")
                with VerticalScroll(id="words"):
                    words = self._transcript.text.strip()
                    yield Static(visible(words or _NO_WORDS), markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        """Show the first point; the arrow keys scroll the words."""
        self.set_focus(self.query_one("#words"))
        self._show()

    def conclude(self, marks: Marks | None) -> None:
        """End with the marks of all points, or with None."""
        self.dismiss(marks)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the keys of marks while a point is shown, and ways only where they lead."""
        if action == "mark":
            return self._criterion is not None
        return bool(self._at) if action == "back" else True

    @property
    def marks(self) -> Marks | None:
        """The marks that were given; None until every point has one."""
        return dict(self._marks) if len(self._marks) == len(self._criteria) else None

    @property
    def _criterion(self) -> Criterion | None:
        """The point that is shown; None where all have been."""
        return self._criteria[self._at] if self._at < len(self._criteria) else None

    def action_mark(self, value: int) -> None:
        """Give the point that is shown a mark, and go on."""
        if self._criterion:
            self._marks[self._criterion.id] = Mark(value)
            self._step(1)

    def action_back(self) -> None:
        """Go to the point before."""
        if self._at:
            self._step(-1)

    def action_go_on(self) -> None:
        """Go on where the point has a mark; after the last one end with all of them."""
        if self._criterion is None:
            self.conclude(self.marks)
        elif self._criterion.id in self._marks:
            self._step(1)
        else:
            self.notify(_NO_MARK)

    def action_leave(self) -> None:
        """End without marks."""
        self.conclude(None)

    def _step(self, step: int) -> None:
        self._at += step
        self._show()
        self.query_one("#point").scroll_home(animate=False)
        self.refresh_bindings()

    def _show(self) -> None:
        criterion, count = self._criterion, len(self._criteria)
        at = f"point {self._at + 1} of {count}" if criterion else "all points"
        self.query_one("#heading", Static).update(f"{self._heading} · {at}")
        if criterion is None:
            self.query_one("#asks", Static).update(Content.styled(_ALL_MARKED, "bold"))
            rows = [
                Content.assemble(self._sign(one), " ", (visible(one.title), "bold"))
                for one in self._criteria
            ]
        else:
            signs = Content(" ").join(self._sign(one) for one in self._criteria)
            self.query_one("#asks", Static).update(
                Content.assemble(
                    signs,
                    "\n",
                    (visible(criterion.title), "bold"),
                    ("\nAn interviewer would ask: ", "$quiet"),
                    visible(criterion.asks),
                )
            )
            given = self._marks.get(criterion.id)
            rows = [_meaning(mark, criterion, mark is given) for mark in reversed(Mark)]
        self.query_one("#meanings", Static).update(Content("\n").join(rows))

    def _sign(self, criterion: Criterion) -> Content:
        mark = self._marks.get(criterion.id)
        sign, style = MARKS[mark] if mark is not None else (_OPEN, "$quiet")
        here = " underline" if criterion is self._criterion else ""
        return Content.assemble((sign[:1] if here or self._criterion else sign, style + here))


def _meaning(mark: Mark, criterion: Criterion, given: bool) -> Content:
    sign, style = MARKS[mark]
    return Content.assemble(
        (f"{_KEYS[mark]} ", "bold"),
        (sign, style),
        "  ",
        (visible(criterion.marks.of(mark)), "bold underline" if given else ""),
    )
