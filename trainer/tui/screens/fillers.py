"""Go through the filled pauses of a spoken answer by ear, and count them right."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import ClassVar, Literal

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.validation import Integer
from textual.widgets import Input, Label, Static

from trainer.coach.fillers import Moment
from trainer.display import clock_time, one_line
from trainer.marking import MOST_FILLERS
from trainer.recall import AttemptView
from trainer.tui.screens.sounding import SOUND_KEYS, SoundingScreen
from trainer.tui.widgets.choice_table import ChoiceTable
from trainer.tui.widgets.key_line import KeyLine
from trainer.tui.widgets.player_bar import PlayerBar

AROUND_S = 1.0
"""So much before and after a moment is played with it: an "um" alone is hard to tell."""
UNSAVED = (
    "Leave without your count?",
    "The count before stays as it was.",
    "Leave",
)
NOTHING_FOUND = "Nothing was found in the sound. Play it with P, and press A when you hear one."
NO_SOUND = "The sound of this answer is gone. A listener's count can still be kept."


@dataclass(frozen=True, slots=True)
class Counted:
    """What is to be stored; `moments` as (start, end) in seconds, None for a listener's tally."""

    count: int
    moments: tuple[tuple[float, float], ...] | None
    rater: Literal["self", "peer"]


class MomentTable(ChoiceTable):
    """Its Enter is for hearing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select_cursor", "Hear", tooltip="Play the chosen moment"),
    ]


class FillersScreen(SoundingScreen, ModalScreen[tuple[Counted, ...]]):
    """Lists the moments of `view` that may be filled pauses. Dismissed with what was counted."""

    CSS_PATH = "../styles/fillers.tcss"
    HELP = """\
# Count the ums

The program looks for filled pauses ("um", "uh", "er") in the sound itself. It can be wrong, so
the report gives a range. Here you count them by ear.

Enter plays the chosen moment with a second before and after. Space counts it, or takes it out of
the count. P plays the whole answer from the chosen moment; press A when you hear an um that is not
in the list. - and + change the speed. S stops. Ctrl+S keeps your count.

Did somebody listen and count? Press T, type the number, and press Enter: it stands beside yours.
Both ways to keep a count keep the other one too, where you changed it.

Every count before is kept. A few ums are usual and nobody minds them.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "count", "Count", tooltip="Count this moment, or do not"),
        Binding("p", "play", "Play", tooltip="Play from the chosen moment, or stop"),
        Binding("a", "add", "Add", tooltip="Count what was heard just now"),
        Binding("t", "tally", "Listener", tooltip="Type what a listener counted"),
        *SOUND_KEYS,
        Binding("ctrl+s", "save", "Save", tooltip="Keep your count"),
        Binding("escape", "leave", "Back", tooltip="Go back to the report"),
        Binding("f1", "app.help", "Help"),  # a dialog's footer shows no keys of the application
    ]

    def __init__(self, view: AttemptView) -> None:
        super().__init__()
        self._view = view
        self._moments: list[Moment] = []
        self._before: tuple[Moment, ...] = ()

    def compose(self) -> ComposeResult:
        """Yield the count, the list, the player and the listener's number."""
        with Vertical(classes="dialog"):
            yield Static("", id="counted")
            yield MomentTable(self.action_hear, id="moments")
            yield Static("", id="nothing", classes="quiet", markup=False)
            if self._view.recording:
                yield PlayerBar(
                    self._view.recording_s or 0.0,
                    partial(self.services.open_player, self._view.recording),
                    self.trainer.closing.add,
                    "- + speed  S stop",
                )
            with Horizontal(id="tally"):
                yield Label("A listener counted")
                yield Input(
                    self._listener(),
                    type="integer",
                    validators=[Integer(0, MOST_FILLERS)],
                    max_length=3,
                    id="listener",
                )
                yield Label("(T, a number, Enter)", classes="quiet")
        yield KeyLine()

    def on_mount(self) -> None:
        """Show what was found."""
        self._before = self.services.moments(self._view)
        self._moments = list(self._before)
        table = self.query_one(ChoiceTable)
        for label in ("", "At", "Long", "Words around it"):
            table.add_column(label, key=label)
        self._fill()
        self.set_focus(table)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show only the keys that lead somewhere."""
        if action in ("play", "add", "stop", "speed"):
            return self._view.recording is not None
        if action in ("count", "save"):
            return bool(self._moments) or self._view.recording is not None
        return True

    # The list

    def _fill(self, at: int = 0) -> None:
        table = self.query_one(ChoiceTable)
        table.clear()
        for number, moment in enumerate(self._moments):
            table.add_row(*_row(moment), key=str(number))
        if self._moments:
            table.move_cursor(row=max(0, min(at, len(self._moments) - 1)))
        table.display = bool(self._moments)
        empty = NOTHING_FOUND if self._view.recording else NO_SOUND
        self.say("#nothing", "" if self._moments else empty)
        self._show_count()

    def _show_count(self) -> None:
        count = sum(moment.counted for moment in self._moments)
        times = "once" if count == 1 else f"{count} times"
        changed = "" if tuple(self._moments) == self._before else "  not kept yet: Ctrl+S"
        self.query_one("#counted", Static).update(
            Content.assemble((f'"um" {times}', "bold"), (changed, "$warning"))
        )

    @property
    def _at(self) -> int:
        return self.query_one(ChoiceTable).cursor_row

    def action_count(self) -> None:
        """Count the chosen moment, or take it out of the count."""
        if self._moments:
            at, moment = self._at, self._moments[self._at]
            self._moments[at] = replace(moment, counted=not moment.counted)
            self._fill(at)

    def action_add(self) -> None:
        """Count what was heard just now."""
        heard_s = self.query_one(PlayerBar).at_s
        if heard_s is None:
            self.notify("Play the sound first: press P. Press A when you hear one.")
            return
        moment = self.services.moment_heard(self._view, heard_s)
        self._moments = sorted((*self._moments, moment), key=lambda m: (m.start_s, m.end_s))
        self._fill(self._moments.index(moment))

    # The sound

    def action_hear(self) -> None:
        """Play the chosen moment with what is around it."""
        for bar in self.query(PlayerBar):
            if self._moments:
                moment = self._moments[self._at]
                bar.play(max(0.0, moment.start_s - AROUND_S), moment.end_s + AROUND_S)

    def action_play(self) -> None:
        """Play from the chosen moment on, or stop."""
        bar = self.query_one(PlayerBar)
        if bar.playing:
            bar.stop()
            return
        first_s = self._moments[self._at].start_s if self._moments else 0.0
        bar.play(max(0.0, first_s - AROUND_S))

    # The listener's count

    def action_tally(self) -> None:
        """Go to the listener's number."""
        self.set_focus(self.query_one("#listener"))

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Keep the listener's number, and beside it one's own count where that was changed."""
        tally = self._tally()
        if tally is None:
            self.notify(f"Type a whole number from 0 to {MOST_FILLERS}.")
        else:
            self._end((*self._own(), tally))

    def _tally(self) -> Counted | None:
        """Return the number in the listener's field, None where it is none."""
        field = self.query_one("#listener", Input)
        if field.value and field.is_valid:
            return Counted(int(field.value), None, "peer")
        return None

    def _listener(self) -> str:
        reviews = reversed(self._view.record.filler_reviews)
        return next((str(review.count) for review in reviews if review.rater == "peer"), "")

    # The end

    def action_save(self) -> None:
        """Hand the count back, to be stored, with a listener's number that was typed."""
        tally = self._tally() if self._tally_changed else None
        if self._tally_changed and tally is None:
            self.notify(f"Type a whole number from 0 to {MOST_FILLERS}.")
            self.action_tally()
            return
        self._end((*self._own(always=True), *((tally,) if tally else ())))

    def action_leave(self) -> None:
        """Go back, from the number to the list first; ask where a count would be lost."""
        table = self.query_one(ChoiceTable)
        if self.focused is self.query_one("#listener") and table.display:
            self.set_focus(table)
        elif tuple(self._moments) == self._before and not self._tally_changed:
            self._end(())
        else:
            self.confirm(*UNSAVED, lambda: self._end(()), stay="No, stay here")

    @property
    def _tally_changed(self) -> bool:
        return self.query_one("#listener", Input).value != self._listener()

    def _own(self, *, always: bool = False) -> tuple[Counted, ...]:
        """Return one's own count, where it was changed or is wanted `always`."""
        if tuple(self._moments) == self._before and not always:
            return ()
        moments = tuple((m.start_s, m.end_s) for m in self._moments if m.counted)
        return (Counted(len(moments), moments, "self"),)

    def _end(self, counted: tuple[Counted, ...]) -> None:
        self.action_stop()
        self.dismiss(counted)


def _row(moment: Moment) -> tuple[Text | str, ...]:
    state = Text("● counted" if moment.counted else "○ not counted")
    words = f"{moment.before} … {moment.after}".strip()
    sure = "" if moment.chance is not None else "  (added by you)"
    length = f"{moment.end_s - moment.start_s:.1f} s"
    return state, clock_time(moment.start_s), length, f"{one_line(words, 50)}{sure}"
