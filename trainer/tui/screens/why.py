"""Why each mark of a report came out as it did."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from trainer.coach.why import Explained, Explanation
from trainer.display import one_line, visible
from trainer.errors import TrainerError
from trainer.recall import AttemptView
from trainer.tui.screens.base import TrainerScreen
from trainer.tui.widgets.checklist import MARKS
from trainer.tui.widgets.key_line import KeyLine

_WAITING = "Your words are read once more."
_CHOSEN = "-chosen"


class WhyScreen(TrainerScreen, Screen[None]):
    """Lists the marks and flags of one version of an attempt, each with its reasons.

    They are worked out anew in a thread: with the encoder that takes about half a second.
    """

    CSS_PATH = "../styles/why.tcss"
    HELP = """\
# Why

Every mark and flag of the checklist, with what led to it.

"Found" are words of yours that often carry the point, with the name of the group that they belong
to. What "counted little" or "did not count" was found too; behind it stands why. "The trained
reader" is a small network that has read answers which raters marked. It says how likely they would
give at least partly, and met. A mark is given from the numbers that are named.

The closest answer that raters marked is one of those that it learned from. It is not yours.

J and the right key go to the next point, K and the left key to the one before. The up and down
keys scroll.
"""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,right", "go(1)", "Next", key_display="J", tooltip="Go to the next point"),
        Binding("k,left", "go(-1)", "Before", key_display="K", tooltip="Go to the point before"),
        Binding("escape,y", "leave", "Back", key_display="esc", tooltip="Go back to the report"),
        Binding("question_mark", "app.help", "Help", show=False),
        Binding("q", "app.quit", "Quit", show=False),
    ]

    @dataclass
    class Ready(Message):
        """The reasons are there."""

        explained: Explained

    @dataclass
    class Failed(Message):
        """They could not be worked out."""

        error: TrainerError

    def __init__(self, view: AttemptView) -> None:
        super().__init__()
        self._view = view

    def compose(self) -> ComposeResult:
        """Yield the page, which is filled when the reasons are there."""
        attempt = self._view.record.attempt
        yield Static(f"Why · {visible(attempt.bank_title)}", classes="title-bar", markup=False)
        with VerticalScroll(id="page"):
            yield Static(_WAITING, id="waiting", classes="quiet")
        yield KeyLine()

    def on_mount(self) -> None:
        """Work the reasons out."""
        self.set_focus(self.query_one("#page"))
        self._explain()

    @work(thread=True, exclusive=True, group="why", exit_on_error=False)
    def _explain(self) -> None:
        try:
            self.post_message(self.Ready(self.services.why(self._view)))
        except TrainerError as error:
            self.post_message(self.Failed(error))

    async def on_why_screen_ready(self, message: Ready) -> None:
        """Show the reasons."""
        page = self.query_one("#page")
        await page.remove_children()
        await page.mount_all(_blocks(message.explained))

    def on_why_screen_failed(self, message: Failed) -> None:
        """Say what went wrong."""
        self.query_one("#waiting", Static).update("This could not be explained.")
        self.complain(message.error)

    def action_go(self, step: int) -> None:
        """Choose the next point, or the one before."""
        points = list(self.query(".point"))
        if not points:
            return
        now = next((at for at, point in enumerate(points) if point.has_class(_CHOSEN)), None)
        first = 0 if step > 0 else len(points) - 1
        at = first if now is None else max(0, min(len(points) - 1, now + step))
        for number, point in enumerate(points):
            point.set_class(number == at, _CHOSEN)
        points[at].scroll_visible(animate=False, top=True)

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss()


def _blocks(explained: Explained) -> Iterator[Widget]:
    if explained.note:
        yield Static(explained.note, classes="note", markup=False)
    for kind, title in (("criterion", "Checklist"), ("flag", "Could sound like")):
        lines = [line for line in explained.lines if line.why.kind == kind]
        if lines:
            yield Static(title, classes="section")
        yield from map(_point, lines)


def _point(line: Explanation) -> Widget:
    """Return one mark or flag: what it is, the words behind it, and the reasons."""
    if line.mark is not None:
        head = Content.assemble(MARKS[line.mark], "  ", (visible(line.title), "bold"))
    else:
        state = ("! raised", "bold $warning") if line.raised else ("· not raised", "$quiet")
        head = Content.assemble(state, "  ", (visible(line.title), "bold"))
    said = [
        Static(Content.styled(f"“{one_line(quote)}”", "italic"), classes="said")
        for quote in line.quotes[:1]
    ]
    return Vertical(Static(head), *said, *map(_reason, line.sentences), classes="point")


def _reason(sentence: str) -> Widget:
    """Return a sentence whose further lines stand below its first."""
    return Horizontal(Static("·"), Static(sentence, markup=False), classes="reason")
