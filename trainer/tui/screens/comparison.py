"""Two answers beside each other, or two ratings of one."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Footer, Static

from trainer.review.sides import Side
from trainer.tui.screens.base import TrainerScreen


class ComparisonScreen(TrainerScreen, Screen[None]):
    """Shows what two sides differ in, told from `before` to `after`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back", tooltip="Go back"),
    ]

    def __init__(self, before: Side, after: Side) -> None:
        super().__init__()
        self._before, self._after = before, after

    def compose(self) -> ComposeResult:
        """Yield the page."""
        yield Static("Compare", classes="title-bar", markup=False)
        yield VerticalScroll(id="page")
        yield Footer()

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss()
