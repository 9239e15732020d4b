"""The keys by which who listens marks, notes and asks further, for every screen with a panel."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from trainer.peer.types import MomentKind
from trainer.tui.console_lines import MARK_KEYS, NUMBERED
from trainer.tui.screens.base import TrainerScreen
from trainer.tui.screens.peer.console_panel import ConsolePanel

_TOOLTIPS: dict[MomentKind, tuple[str, str]] = {
    "good": ("Good", "Mark a good moment"),
    "filler": ("Filler", 'Mark a filler, such as "um" or "you know"'),
    "unclear": ("Unclear", "Mark what you could not follow"),
    "blame": ("Blame", "Mark that others get the blame"),
    "long": ("Too long", "Mark that this takes too long"),
}

CONSOLE_KEYS: list[BindingType] = [
    *(
        Binding(key, f"mark_moment('{kind}')", _TOOLTIPS[kind][0], show=False, tooltip=tooltip)
        for kind, key in MARK_KEYS.items()
        for tooltip in [_TOOLTIPS[kind][1]]
    ),
    Binding("p", "ask_probe", "Ask further", tooltip="Ask the follow-up under the cursor"),
    *(  # the help tells of all nine at once
        Binding(f"{number}", f"ask_probe({number})", "Ask further", show=False)
        for number in range(1, NUMBERED + 1)
    ),
    Binding("o", "ask_own", "Own words", show=False, tooltip="Ask further in your own words"),
    Binding(
        "n", "write_note", "Note", tooltip="Write a note; its time is that of its first letter"
    ),
    Binding("z", "take_back", "Undo", tooltip="Take your last mark or note back"),
    Binding("y", "show_why", "Why", tooltip="See why it is asked, or your marks again"),
    Binding("up", "step_probe(-1)", "Up", show=False, tooltip="The follow-up before"),
    Binding("down", "step_probe(1)", "Down", show=False, tooltip="The next follow-up"),
    Binding("pageup", "scroll_about(-1)", "Page up", show=False),
    Binding("pagedown", "scroll_about(1)", "Page down", show=False),
]
CONSOLE_ACTIONS = frozenset(
    {"mark_moment", "take_back", "write_note", "ask_probe", "ask_own", "show_why"}
)
"""Those of which `ConsolePanel.allows` tells whether they do something now."""

CONSOLE_HELP = """\
Press a key at the moment you hear it, and go on listening:

- G: a good moment
- F: a filler, such as "um", "like", "you know"
- U: unclear, you could not follow
- B: others get the blame
- L: this takes too long
- Z takes the last one back
- N opens a line for a note. Its time is that of its first letter. Enter keeps it

The list of follow-ups tells what to ask when something is missing. Press its number, or choose it
with the up and down keys and press P. The words appear on the candidate's screen too. O lets you
ask in your own words. Y shows why the question is asked.

The light is green where the answer has a good length, yellow near its end, and red when it takes
too long. Each has its own sign and word. Nobody sees your marks and notes before the reveal. One
that "waits" is not with the host yet: it goes there as soon as the host is back.
"""


class ConsoleKeys(TrainerScreen):
    """What `CONSOLE_KEYS` do, on a screen that yields a `ConsolePanel`."""

    @property
    def panel(self) -> ConsolePanel:
        """The panel of this screen."""
        return self.query_one(ConsolePanel)

    def action_mark_moment(self, kind: MomentKind) -> None:
        """Mark this moment."""
        self.panel.mark(kind)

    def action_take_back(self) -> None:
        """Take the last mark back."""
        self.panel.take_back()

    def action_write_note(self) -> None:
        """Open the line for a note."""
        self.panel.write_note()

    def action_ask_own(self) -> None:
        """Open the line for a follow-up in own words."""
        self.panel.write_probe()

    def action_ask_probe(self, number: int | None = None) -> None:
        """Ask the follow-up of that number, else the one under the cursor."""
        self.panel.ask_probe(number)

    def action_step_probe(self, step: int) -> None:
        """Move the cursor of the follow-ups."""
        self.panel.step_probe(step)

    def action_scroll_about(self, step: int) -> None:
        """Scroll what is known about the question."""
        self.panel.scroll_about(step)

    def action_show_why(self) -> None:
        """Show why the question is asked, or the marks."""
        self.panel.show_why()
