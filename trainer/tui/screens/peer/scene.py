"""What all screens of a session share: the view, sending events, the title, and the way out."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.events import Key
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from trainer.display import clock_time, one_line, visible
from trainer.errors import TrainerError
from trainer.peer.events import SeatTaken
from trainer.peer.tries import CLOSED_S
from trainer.peer.types import MACHINE, Phase, SessionView
from trainer.tui.screens.base import TrainerScreen

if TYPE_CHECKING:
    from textual.app import App

    from trainer.meeting.types import Meeting, Place
    from trainer.peer.events import Event
    from trainer.peer.held import Told
    from trainer.peer.joining import Standing
    from trainer.tui.screens.peer.frame import MeetingScreen

_SHOWN_NAME = 18
_NEWS_S = 8.0
_AGAIN_S = 5.0
_BACK = "The same code leads back in."
_TAKE_OVER = "Ctrl+T: ask in their place."
_AWAY = "What you do waits, and is not lost."


class SceneScreen(TrainerScreen, Screen[None]):
    """A screen of a session: shows what `place` may see, and sends what its user does.

    A scene yields `bars()` first and a `KeyLine` last, draws itself in `see`, and changes nothing
    but by `do`. `MeetingScreen` opens it and takes it away when the session goes on; while
    `may_go` is False, or something stands over it, that waits.
    """

    CSS_PATH: ClassVar[list[str | PurePath]] = ["../../styles/peer.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave_meeting", "Leave", tooltip="Leave the session, or stay"),
        Binding("question_mark", "app.help", "Help", show=False),
    ]

    @dataclass
    class Sent(Message):
        """An event is kept, or was refused."""

        error: BaseException | None
        then: Callable[[], object] | None

    def __init__(self, meeting: Meeting, place: Place) -> None:
        super().__init__()
        self.meeting = meeting
        self.place = place
        self._is_ready = False
        self._complained = ("", 0.0)

    @property
    def view(self) -> SessionView:
        """The newest view of this place."""
        return self.place.view

    @property
    def may_go(self) -> bool:
        """Whether the session may take this screen away now."""
        return True

    @property
    def frame(self) -> MeetingScreen | None:
        """What steers the session on this program's screens."""
        return frame_of(self.app)

    def see(self, view: SessionView) -> None:
        """Show a view; called once when the screen is mounted, and then for each change."""

    def heading(self, view: SessionView) -> str:
        """Return what the title bar says."""
        return title_of(view, one_keyboard=self.meeting.on_one_keyboard)

    def bars(self) -> Iterator[Widget]:
        """Yield the title, and the line that tells when the host is away."""
        yield Static("", id="scene-title", classes="title-bar", markup=False)
        yield Static("", id="standing", classes="notice", markup=False)

    def do(self, event: Event, then: Callable[[], object] | None = None) -> None:
        """Send an event; `then` is called once it is kept. A refusal is told."""

        def tell(done: Future[None]) -> None:
            error = None if done.cancelled() else done.exception()
            self.post_message(SceneScreen.Sent(error, then))

        self.place.send(event).add_done_callback(tell)

    def on_mount(self) -> None:
        """Show what there is, after what the scene itself does; and look at the host."""
        self._is_ready = True
        self.look_again()
        self.set_interval(1.0, self._show_standing)

    def look_again(self) -> None:
        """Show the newest view: something has changed."""
        if not self._is_ready:
            return
        view = self.view
        self.say("#scene-title", self.heading(view))
        self._show_standing()
        self.see(view)

    def on_scene_screen_sent(self, message: Sent) -> None:
        """Tell of a refusal, or go on."""
        error = message.error
        if isinstance(error, TrainerError):
            self._complain_once(error)
        elif error is not None:
            raise error
        elif message.then:
            message.then()

    def _complain_once(self, error: TrainerError) -> None:
        """Tell of an error that is not on the screen already: held down, a key is refused often."""
        said, at_s = self._complained
        now_s = time.monotonic()
        if str(error) != said or now_s > at_s + _AGAIN_S:
            self._complained = str(error), now_s
            self.complain(error)

    def on_key(self, event: Key) -> None:
        """Let somebody who watches go on for an interviewer who is gone: the notice tells the key.

        It is no binding, because it means nothing but then.
        """
        if event.key == "ctrl+t" and may_take_over(self.view):
            event.stop()
            self.do(SeatTaken(*self.place.stamp(), "interviewer"))

    def action_leave_meeting(self) -> None:
        """Ask whether to leave."""
        frame = self.frame
        if frame:
            frame.ask_to_leave()

    def _show_standing(self) -> None:
        view, now_s = self.view, time.time()
        line = (
            standing_line(self.meeting.standing, now_s)
            or absent_line(view)
            or door_line(self.meeting.at_door, view, now_s)
        )
        self.query_one("#standing").set_class(bool(line), "-shown")
        self.say("#standing", line)


def door_line(told: Told | None, view: SessionView, now_s: float) -> str:
    """Return what happened just now at the door of a session that this program holds."""
    if told is None or told.participant == view.you:
        return ""
    shown_s = CLOSED_S if told.kind == "door closed" else _NEWS_S
    if now_s - told.at >= shown_s:
        return ""
    match told.kind:
        case "came":
            return f"{name_of(view, told.participant)} has come."
        case "back":
            return f"{name_of(view, told.participant)} is back."
        case "left":
            return f"{name_of(view, told.participant)} is gone."
        case "wrong code":
            return "Somebody tried a wrong code."
        case "door closed":
            return "Too many wrong codes: nobody new gets in for a minute. Who is in stays in."
    return ""


def frame_of(app: App[object]) -> MeetingScreen | None:
    """Return the frame of the session that is open in a program, also for other screens of it."""
    from trainer.tui.screens.peer.frame import MeetingScreen

    return next((one for one in app.screen_stack if isinstance(one, MeetingScreen)), None)


def name_of(view: SessionView, participant_id: str) -> str:
    """Return somebody's name, safe to show and short enough for a line."""
    if participant_id == MACHINE:
        return "the program"
    found = next((one for one in view.participants if one.id == participant_id), None)
    return one_line(found.name, _SHOWN_NAME) if found else "somebody"


def session_title(view: SessionView) -> str:
    """Return what the session is called."""
    return one_line(view.title, 60) or "With a friend"


def title_of(view: SessionView, *, one_keyboard: bool) -> str:
    """Return the round and who does what in it, from where `view.you` sits."""
    current = view.round
    if current is None or current.phase is Phase.SKIPPED:
        return session_title(view)
    past = current.phase is Phase.REVEALED

    def who(participant_id: str, verb: str) -> str:
        if participant_id == view.you and not one_keyboard:
            return f"you {verb}{'ed' * past}"
        return f"{name_of(view, participant_id)} {verb}{'ed' if past else 's'}"

    line = f"Round {current.number} · {who(current.candidate_id, 'answer')}"
    line += f", {who(current.interviewer_id, 'ask')}"
    watches = view.you not in (current.candidate_id, current.interviewer_id) and not one_keyboard
    return f"{line}, you {'watched' if past else 'watch'}" if watches else line


def absent_line(view: SessionView) -> str:
    """Return who of the round under way is not here; nothing where both are."""
    current = view.round
    if current is None or current.phase.is_over:
        return ""
    away = [
        name_of(view, one.id)
        for one in view.participants
        if one.id in (current.candidate_id, current.interviewer_id) and not one.here
    ]
    if not away:
        return ""
    line = f"{' and '.join(away)} left or lost the connection. {_BACK}"
    return f"{line} {_TAKE_OVER}" if may_take_over(view) else line


def may_take_over(view: SessionView) -> bool:
    """Whether this participant watches a round whose interviewer is not here."""
    current = view.round
    if current is None or current.phase.is_over:
        return False
    here = {one.id for one in view.participants if one.here}
    seated = (current.candidate_id, current.interviewer_id)
    return current.interviewer_id not in here and view.you not in seated


def standing_line(standing: Standing, now_s: float) -> str:
    """Return what to say of the connection to the host; nothing while it is there."""
    if standing.kind == "away":
        away = clock_time(max(0.0, now_s - standing.since))
        return f"The host has been away for {away}. {_AWAY}"
    if standing.kind == "over":
        trouble = standing.trouble
        told = f"{trouble.message} {trouble.hint}" if trouble else "You have left this session."
        return f"{visible(told)} Escape goes back."
    return ""
