"""A checklist filled in by a person, as a screen of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Static

from trainer.bank.types import Mark
from trainer.display import visible
from trainer.transcript.types import Transcript
from trainer.tui.screens.base import TrainerScreen
from trainer.tui.widgets.key_line import KeyLine
from trainer.tui.widgets.rating_form import FormPoint, Marks, RatingForm

__all__ = ["Marks", "RatingFormScreen"]


class RatingFormScreen(TrainerScreen, Screen[Marks | None]):
    """Asks for a mark of every point of a checklist. Nothing of any other rating is shown.

    Dismissed with the marks by point once there is one for each, else with None. `heading` says
    whose marks they are, and `why` what they are for. `begun` are marks to go on with.
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
        Binding("escape", "leave", "Skip", tooltip="Leave without marks"),
        Binding("question_mark", "app.help", "Help", show=False),
    ]

    def __init__(
        self,
        points: Sequence[FormPoint],
        transcript: Transcript,
        prompt: str,
        heading: str = "Marks by hand",
        why: str = "",
        begun: Mapping[str, Mark] | None = None,
    ) -> None:
        super().__init__()
        self._prompt = prompt
        self._heading = heading
        self._why = why
        self._form = RatingForm(points, transcript, given=begun)

    def compose(self) -> ComposeResult:
        """Yield the question, the point with its marks, and the words of the answer."""
        yield Static("", id="heading", classes="title-bar", markup=False)
        yield Static(visible(self._prompt), id="prompt", markup=False)
        if self._why:
            yield Static(visible(self._why), id="why", classes="quiet", markup=False)
        yield self._form
        yield KeyLine()

    @property
    def begun(self) -> Marks:
        """The marks that were given so far."""
        return self._form.begun

    @property
    def marks(self) -> Marks | None:
        """The marks that were given; None until every point has one."""
        return self._form.marks

    def conclude(self, marks: Marks | None) -> None:
        """End with the marks of all points, or with None."""
        self.dismiss(marks)

    def on_rating_form_stepped(self, message: RatingForm.Stepped) -> None:
        """Say which point is shown."""
        self.query_one("#heading", Static).update(f"{self._heading} · {message.where}")

    def on_rating_form_given(self, message: RatingForm.Given) -> None:
        """End with these marks."""
        self.conclude(message.marks)

    def action_leave(self) -> None:
        """End without marks."""
        self.conclude(None)
