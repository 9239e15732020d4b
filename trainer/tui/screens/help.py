"""Help: what the program does, and the keys of the screen that is open."""

from __future__ import annotations

from inspect import cleandoc
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from trainer.tui.widgets.help_text import draw_help
from trainer.tui.widgets.key_line import KeyLine

_ABOUT = """\
# How this works

1. You are asked a question, as in an interview.
2. You type your answer as you would speak it, or you speak it: v on home changes that. A light
   says if it is too short, good, or long.
3. You see a checklist. Every mark stands beside your own words that earned it.
4. You get one thing to change, and the follow-up that an interviewer could ask.
5. You answer again, or go on. Every answer is kept in the history on this machine.

The marks are given by a **trained reader**, a small program that learned from made-up answers and
their marks, and by keywords. It does not understand an answer as a person does, and it can be
wrong: read the quotes, and judge for yourself. It never sends anything anywhere.

What you type or say is saved every second. If the program or the machine stops, home offers the
answer again. Your voice is recorded only after you press Space, and its sound stays here too.
"""


class HelpScreen(ModalScreen[None]):
    """The help of the screen below, then how the program works."""

    CSS_PATH = "../styles/help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f1,q,question_mark", "close", "Close", key_display="esc"),
    ]

    def __init__(self, below: Screen[Any]) -> None:
        super().__init__()
        self._own = cleandoc(getattr(below, "help_text", below.HELP) or "")
        self._keys = _keys(below)

    def compose(self) -> ComposeResult:
        """Yield the texts."""
        with Vertical(classes="dialog"), VerticalScroll():
            heading = f"bold {self.app.theme_variables['primary']}"
            yield Static(draw_help(f"{self._own}\n\n{self._keys}\n\n{_ABOUT}", heading))
        yield KeyLine()

    def on_mount(self) -> None:
        """Let the arrow keys scroll."""
        self.set_focus(self.query_one(VerticalScroll))

    def action_close(self) -> None:
        """Go back."""
        self.dismiss()


def _keys(screen: Screen[Any]) -> str:
    rows = [
        f"- `{screen.app.get_key_display(active.binding)}` {active.binding.description}: "
        f"{active.binding.tooltip}"
        for active in screen.active_bindings.values()
        if active.node in (screen, screen.app) and active.binding.tooltip and active.enabled
    ]
    return "\n".join(("## Keys", "", *rows))
