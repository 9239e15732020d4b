"""A worked example: an answer to rate, and then the right marks beside one's own with reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from trainer.bank.types import Criterion, Rubric
from trainer.display import one_line, visible
from trainer.errors import TrainerError
from trainer.transcript.types import Transcript
from trainer.tui.screens.base import TrainerScreen
from trainer.tui.widgets.checklist import MARKS
from trainer.tui.widgets.key_line import KeyLine
from trainer.tui.widgets.rating_form import Marks, RatingForm

if TYPE_CHECKING:
    from trainer.bank.examples import ExampleMark, WorkedExample
    from trainer.services import Services

_NONE = "There is no worked example for this checklist."
_WHY = "An example, made up for this. Nothing that you mark here is kept."
_SAME, _DIFFERENT = "=", "≠"


def remember_offer(services: Services, rubric_id: str) -> None:
    """Remember that the example of a checklist was offered. Raises `ConfigError`."""
    settings = services.settings
    if rubric_id not in settings.examples_offered:
        offered = (*settings.examples_offered, rubric_id)
        services.change_settings(replace(settings, examples_offered=offered))


def find_examples(
    services: Services, rubric_id: str | None = None
) -> tuple[tuple[Rubric, WorkedExample], ...]:
    """Return all examples of this home's checklists, or that of one; to be called in a worker.

    Those that were not offered yet come first. Raises `TrainerError`.
    """
    offered = services.settings.examples_offered
    rubrics = services.library().rubrics.values()
    wanted = [one for one in rubrics if rubric_id in (None, one.id)]
    wanted.sort(key=lambda one: (one.id in offered, one.title))
    found = ((one, services.example(one)) for one in wanted)
    return tuple((rubric, example) for rubric, example in found if example)


class WorkedExampleScreen(TrainerScreen, Screen[None]):
    """Lets somebody rate an example by a checklist, and tells the reason for each right mark.

    Without a `rubric_id` there are the examples of all checklists, one after another.
    """

    CSS_PATH: ClassVar[list[str | PurePath]] = [
        "../../styles/rating_form.tcss",
        "../../styles/worked_example.tcss",
    ]
    HELP = """\
# A worked example

Read the answer, and give each point a mark: 1 if the answer says it fully, 2 if it says half of
it, 3 if it does not say it. B goes back to the point before. After the last point Enter shows your
marks beside those of the example, with the reason for each, and with what an interviewer could say.

= stands where the marks are the same, ≠ where they are not. It is no test: people who rate well do
not always agree. Read the reasons where your mark is another one.

A rates the example again, N goes to the example of another checklist. Escape goes back.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "again", "Again", tooltip="Rate this example again"),
        Binding("n", "next", "Next example", tooltip="The example of another checklist"),
        Binding("escape", "leave", "Back", tooltip="Go back"),
        Binding("question_mark", "app.help", "Help", show=False),
    ]

    @dataclass
    class Found(Message):
        """These examples are there."""

        examples: tuple[tuple[Rubric, WorkedExample], ...]

    @dataclass
    class Failed(Message):
        """They could not be read."""

        error: TrainerError

    def __init__(self, rubric_id: str | None = None) -> None:
        super().__init__()
        self._rubric_id = rubric_id
        self._examples: tuple[tuple[Rubric, WorkedExample], ...] = ()
        self._at = 0
        self._is_rated = False

    def compose(self) -> ComposeResult:
        """Yield the page; the example comes when it is read."""
        yield Static("A worked example", id="heading", classes="title-bar", markup=False)
        yield Static("", id="prompt", markup=False)
        yield Static(_WHY, id="why", classes="quiet", markup=False)
        yield Vertical(id="page")
        yield KeyLine()

    def on_mount(self) -> None:
        """Read the examples."""
        self.query_one("#prompt").display = self.query_one("#why").display = False
        self._find()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show the keys that lead somewhere."""
        if action == "next":
            return self._is_rated and len(self._examples) > 1
        return self._is_rated if action == "again" else True

    @work(thread=True, exclusive=True, group="examples", exit_on_error=False)
    def _find(self) -> None:
        try:
            self.post_message(self.Found(find_examples(self.services, self._rubric_id)))
        except TrainerError as error:
            self.post_message(self.Failed(error))

    async def on_worked_example_screen_found(self, message: Found) -> None:
        """Show the first example."""
        self._examples = message.examples
        if self._examples:
            await self._begin()
        else:
            await self._fill(Static(_NONE, classes="empty"))

    def on_worked_example_screen_failed(self, message: Failed) -> None:
        """Say why, and go back."""
        self.complain(message.error)
        self.once_on_top(self.action_leave)

    async def _begin(self) -> None:
        """Let the present example be rated."""
        rubric, example = self._examples[self._at]
        self._is_rated = False
        self.query_one("#prompt", Static).update(visible(example.question))
        self.query_one("#prompt").display = self.query_one("#why").display = True
        await self._fill(RatingForm(rubric.criteria, Transcript.typed(example.answer)))
        try:
            remember_offer(self.services, rubric.id)
        except TrainerError as error:
            self.complain(error)

    def on_rating_form_stepped(self, message: RatingForm.Stepped) -> None:
        """Say which point is shown."""
        self._head(message.where)

    async def on_rating_form_given(self, message: RatingForm.Given) -> None:
        """Lay the example's marks beside these."""
        rubric, example = self._examples[self._at]
        self._is_rated = True
        self._head("your marks beside the example's")
        self.query_one("#why").display = False
        page = VerticalScroll(*beside(rubric.criteria, example, message.marks), id="reasons")
        await self._fill(page)
        self.set_focus(page)

    async def action_again(self) -> None:
        """Rate the same example again."""
        await self._begin()

    async def action_next(self) -> None:
        """Rate the example of another checklist."""
        self._at = (self._at + 1) % len(self._examples)
        await self._begin()

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss()

    def _head(self, where: str) -> None:
        title = one_line(self._examples[self._at][0].title)
        self.say("#heading", f"Worked example · {title} · {where}")

    async def _fill(self, *widgets: Widget) -> None:
        page = self.query_one("#page")
        with self.app.batch_update():
            await page.remove_children()
            await page.mount(*widgets)
        self.refresh_bindings()


def beside(points: Sequence[Criterion], example: WorkedExample, own: Marks) -> list[Widget]:
    """Return one's own marks beside those of the example, with the reason for each."""
    same = sum(own[point.id] is example.marks[point.id].given for point in points)
    told = f"{same} of {len(points)} marks are the same. Where they are not, read the reason."
    if same == len(points):
        told = f"All {same} marks are the same."
    return [
        Static(told, classes="section", markup=False),
        *(Static(_point(point, example.marks[point.id], own), classes="point") for point in points),
    ]


def _point(point: Criterion, right: ExampleMark, own: Marks) -> Content:
    mine, theirs = MARKS[own[point.id]], MARKS[right.given]
    same = own[point.id] is right.given
    rows = [
        Content.assemble(
            (f"{_SAME if same else _DIFFERENT} ", "bold" if same else "bold $warning"),
            (visible(point.title), "bold"),
            ("  you: ", "$quiet"),
            (mine[0].rstrip(), mine[1]),
            ("  the example: ", "$quiet"),
            (theirs[0].rstrip(), theirs[1]),
        )
    ]
    if right.quote:
        rows.append(Content.styled(f"“{one_line(right.quote)}”", "italic"))
    rows.append(Content(visible(right.reason)))
    rows.append(Content.assemble(("You could say: ", "$quiet"), visible(right.say)))
    return Content("\n").join(rows)
