"""The interviewer's console; who watches has the same without the keys that lead the round."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from trainer.bank.types import Library
from trainer.meeting.timing import FollowedClock
from trainer.peer import events
from trainer.peer.types import Asked, Phase, RoundView, SessionView
from trainer.tui.screens.peer.console_keys import (
    CONSOLE_ACTIONS,
    CONSOLE_HELP,
    CONSOLE_KEYS,
    ConsoleKeys,
)
from trainer.tui.screens.peer.console_panel import ConsolePanel
from trainer.tui.screens.peer.questions import BankScene, choose_question
from trainer.tui.screens.peer.scene import SceneScreen, name_of
from trainer.tui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from trainer.meeting.types import Meeting, Place

TICK_EVERY_S = 0.25
_RUNS = (Phase.ANSWERING, Phase.PAUSED)
_SKIP = ("Give this question up?", "Nothing of it is revealed. The candidate keeps the words.")
_SKIP_VERB, _STAY = "Give it up", "No, go on"
_END = (
    "End the answer?",
    "The program of {name} is not here. All who listened can rate then; the words may still come.",
)
_ENDED_MEANWHILE = "The answer has ended meanwhile. It was not given up."
_BEFORE_RATING = (Phase.PLANNED, Phase.ASKING, *_RUNS, Phase.ANSWERED)


class ConsoleScreen(ConsoleKeys, BankScene):
    """For the interviewer and for who watches, until the answer is over."""

    CSS_PATH: ClassVar[list[str | PurePath]] = [
        "../../styles/peer.tcss",
        "../../styles/console.tcss",
    ]
    AUTO_FOCUS = None
    HELP = f"""\
# The interviewer's console

You see the question, why it is asked, what goes wrong often, and what you can ask further. The
candidate sees none of it. Enter asks the question: from then on the candidate sees its words. Read
it aloud as well, if you hear each other.

C chooses another question before that, I lets you write one of your own. Where there is none yet,
Enter lets you choose. Ctrl+N gives this question up and begins the next round. Ctrl+K gives it up
and goes back to the lobby.

{CONSOLE_HELP}
Who only watches has the same keys for marks and notes, and none that lead.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "ask", "Ask it", tooltip="Put the question to the candidate"),
        Binding("enter", "choose_first", "Choose", show=False, tooltip="Choose a question first"),
        Binding("c", "choose", "Choose", tooltip="Choose another question from the banks"),
        Binding("i", "improvise", "Write one", tooltip="Write a question of your own"),
        *CONSOLE_KEYS,
        Binding("ctrl+e", "end_answer", "End", tooltip="End the answer of somebody who is gone"),
        Binding("ctrl+n", "next", "Next", tooltip="Give this question up, begin the next round"),
        Binding("ctrl+k", "skip", "Give up", show=False, tooltip="Give this question up"),
    ]

    def __init__(self, meeting: Meeting, place: Place) -> None:
        super().__init__(meeting, place)
        self._clock = FollowedClock(0.0 if meeting.is_host else None)
        self._led: tuple[int, Phase] | None = None
        """Where the round stood when it was led on from there."""

    def compose(self) -> ComposeResult:
        """Yield the title and the panel."""
        yield from self.bars()
        yield ConsolePanel(self.place, self.elapsed_s)
        yield KeyLine()

    def on_mount(self) -> None:
        """Let the seconds go on."""
        self.set_interval(TICK_EVERY_S, self._tick)

    def elapsed_s(self) -> float:
        """Return the seconds of the answer at this moment, as the host counts them."""
        return self._clock.elapsed_s(self.services.clock())

    @property
    def may_go(self) -> bool:
        """Whether nothing is being written."""
        return not self.panel.is_writing

    def keep(self) -> bool:
        """Send the note that is being written, because the screen goes."""
        return self.panel.keep()

    def see(self, view: SessionView) -> None:
        """Show a view."""
        self._follow(view.round)
        self.panel.see(view)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what leads to the interviewer alone, and each key where it does something."""
        if not self.is_mounted:
            return True
        panel = self.panel
        if action in CONSOLE_ACTIONS:
            return panel.allows(action, parameters)
        if action in ("ask", "choose", "choose_first", "improvise"):
            has_question = panel.round is not None and panel.round.asked is not None
            fits = has_question == (action == "ask") or action in ("choose", "improvise")
            return fits and panel.leads and panel.phase is Phase.PLANNED
        if action in ("next", "skip"):
            return panel.leads and panel.phase in _BEFORE_RATING
        if action == "end_answer":
            current = panel.round
            gone = current is not None and not panel.has(current.candidate_id)
            return gone and panel.leads and panel.phase in _RUNS
        return True

    def on_console_panel_closed(self) -> None:
        """Let the session go on where it waited for what was written."""
        if self.frame:
            self.frame.steer()

    # Leading

    def action_ask(self) -> None:
        """Put the question to the candidate."""
        self._lead(events.QuestionAsked(*self.place.stamp()))

    def action_choose(self) -> None:
        """Choose another question from the banks."""
        self.read_banks(self._choose)

    def action_choose_first(self) -> None:
        """Choose a question where there is none yet: Enter leads to the asking."""
        self.action_choose()

    def action_improvise(self) -> None:
        """Write a question."""
        self.read_banks(self._improvise)

    def action_next(self) -> None:
        """Give the round up and begin the next."""
        self._give_up(self._begin)

    def action_skip(self) -> None:
        """Give the round up."""
        self._give_up(None)

    def action_end_answer(self) -> None:
        """End the answer of a candidate whose program is gone."""
        current = self.panel.round
        if current is None:
            return
        what = _END[1].replace("{name}", name_of(self.view, current.candidate_id))
        answer_s = round(self.elapsed_s(), 2)
        self.confirm(
            _END[0],
            what,
            "End it",
            lambda: self._lead(events.AnswerEnded(*self.place.stamp(), answer_s)),
            _STAY,
        )

    def _give_up(self, then: Callable[[], None] | None) -> None:
        current = self.panel.round
        running = current is not None and current.phase in _RUNS

        def skip() -> None:
            now = self.view.round
            if running and now and now.phase not in _RUNS:
                self.app.notify(_ENDED_MEANWHILE)
            else:
                self._lead(events.RoundSkipped(*self.place.stamp()), then)

        if running or self.panel.phase is Phase.ANSWERED:
            self.confirm(*_SKIP, _SKIP_VERB, skip, _STAY)
        else:
            skip()

    def _lead(self, event: events.Event, then: Callable[[], None] | None = None) -> None:
        """Send what leads the round on, and not twice: the host may be slow."""
        current = self.panel.round
        stands = (current.number, current.phase) if current else None
        if stands != self._led:
            self._led = stands
            self.do(event, then)

    def on_scene_screen_sent(self, message: SceneScreen.Sent) -> None:
        """Let what was refused be tried again."""
        if message.error:
            self._led = None

    def _begin(self) -> None:
        self.do(events.RoundBegun(*self.place.stamp()))

    def _choose(self, library: Library) -> None:
        choose_question(self.app, library, self._take)

    def _improvise(self, library: Library) -> None:
        from trainer.tui.screens.peer.improvising import ImproviseScreen

        self.app.push_screen(ImproviseScreen(library), self._take)

    def _take(self, asked: Asked | None) -> None:
        if asked is not None:
            self.do(events.QuestionChosen(*self.place.stamp(), asked))

    # Looking

    def _tick(self) -> None:
        self._follow(self.panel.round)
        self.panel.tick()

    def _follow(self, current: RoundView | None) -> None:
        if current:
            now = self.place.stamp()[1]
            self._clock = self._clock.see(current.clock, self.services.clock(), now)
