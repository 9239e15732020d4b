"""The frame of a session: hears of each change, and shows the scene that fits."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from trainer.errors import TrainerError
from trainer.meeting.course import owed_attempt
from trainer.peer.types import Phase, SessionView
from trainer.tui.screens.base import TrainerScreen
from trainer.tui.screens.drafting import DraftingScreen, keep_all
from trainer.tui.screens.peer.console_keys import ConsoleKeys
from trainer.tui.screens.peer.scene import SceneScreen
from trainer.tui.screens.peer.scenes import Local, Scene, SceneKind, scene_of, scene_together
from trainer.tui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from trainer.meeting.types import Meeting, Place

KEEP_AGAIN_S = 5.0
_LEAVE = "Leave the session?"
_ON_ONE_KEYBOARD = "Everything is kept. Go on with it from home: press w there."
_AS_HOST = (
    "The others see that the host is away, until you go on with the session: press w on home. "
    "Nothing is lost."
)
_AS_GUEST = "Your seat waits for you. Join again with the same code. Nothing is lost."
_KEPT = "This round was given up. Your answer is kept: home has it under Unfinished (u)."
_WENT_ON = "The session went on. Close this to see it."
_WENT_ON_MEANWHILE = "The session went on. Enter keeps the note, and you see it."


class MeetingScreen(TrainerScreen, Screen[None]):
    """Stands above home while a session is open, and below its scenes; closes it when left.

    Words are never thrown away: a screen that holds some is left only when they are kept, and what
    the user opened over a scene stays until they close it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave_meeting", "Leave", tooltip="Leave the session, or stay"),
    ]

    class Changed(Message):
        """A view or the standing is another one."""

    @dataclass
    class RoundsKept(Message):
        """Rounds are in the history now, or could not be put there."""

        attempt_ids: tuple[str, ...]
        error: TrainerError | None = None

    def __init__(self, meeting: Meeting) -> None:
        super().__init__()
        self.meeting = meeting
        self._local = Local()
        self._scene: Scene | None = None
        self._told_of: Scene | None = None
        """The scene that something on the screen keeps back, once the user knows of it."""
        self._complained = ""
        self._news = self._keeping = self._keep_again = self._leaving = False

    def compose(self) -> ComposeResult:
        """Yield what is seen for a moment, before the first scene."""
        yield Static("With a friend", classes="title-bar")
        yield Static("One moment …", classes="empty")
        yield KeyLine()

    def on_mount(self) -> None:
        """Listen, and show where the session stands."""
        self.meeting.listen(self._hear)
        self.app.screen_change_signal.subscribe(self, self._other_screen)
        self._on_news()
        self._hand_in_rest()

    def on_unmount(self) -> None:
        """Leave the session, also when the program ends."""
        self.meeting.listen(None)
        self.trainer.closing.add(self.meeting.close)

    # What scenes ask for

    def ask_to_leave(self) -> None:
        """Ask whether to leave the session; where it is over there is nothing to ask."""
        if self.meeting.standing.kind == "over" or self.meeting.place.view.ended:
            self.leave()
            return
        what = _AS_HOST if self.meeting.is_host else _AS_GUEST
        if self.meeting.on_one_keyboard:
            what = _ON_ONE_KEYBOARD
        self.confirm(_LEAVE, what, "Leave", self.leave, "No, stay")

    def leave(self) -> None:
        """Go back to where the session was opened, once all words are kept."""
        if not self._keep_above():
            return
        self._leaving = True
        self._take_away(0)
        self.dismiss()

    def go_to_lobby(self) -> None:
        """Go on from the reveal of the present round: plan the next, or end the session."""
        current = self.meeting.place.view.round
        if current and current.phase is Phase.REVEALED:
            self._change(left=current.number)

    def go_to_reveal(self) -> None:
        """Look at the last reveal again."""
        self._change(left=0)

    def finish_answering(self) -> None:
        """Go on from the answer, although the session could not take its words."""
        current = self.meeting.place.view.round
        if current:
            self._change(answered=current.number)

    def take_keyboard(self, participant_id: str) -> None:
        """Let somebody have the keyboard that all share."""
        self._change(holder=participant_id)

    def steer(self) -> None:
        """Show the scene that fits now, unless it is shown or something must not be left yet."""
        if self._leaving or not self.is_attached:
            return
        above = self._above()
        scene = self._wanted()
        if scene == self._scene and above:
            self._told_of = None
            return
        if not all(_may_go(screen) for screen in above):
            self._tell_of(scene)
            return
        held = any(_holds_words(screen) for screen in above)
        if not self._keep_above():
            return
        if held and self._scene and self._scene.number != scene.number:
            self.app.notify(_KEPT, markup=False)
        if self._scene and self._scene.kind == "reveal" and scene.kind != "lobby":
            self.app.notify(f"Round {scene.number} has begun.", timeout=3)
        self._scene, self._told_of = scene, None
        if scene.kind in ("lobby", "reveal"):  # all look at it: the next turn is handed over
            self._local = replace(self._local, holder="")
        made = self._made(scene)
        if above:
            self._take_away(1)
            self.app.switch_screen(made)
        else:
            self.app.push_screen(made)

    # What happens

    def _hear(self) -> None:
        """Note a change, in another thread; several are looked at together."""
        if not self._news:
            self._news = True
            self.post_message(self.Changed())

    def on_meeting_screen_changed(self) -> None:
        """Show what is new, and keep what was revealed."""
        self._news = False
        self._on_news()

    def _on_news(self) -> None:
        self.steer()
        for screen in self._above():
            if isinstance(screen, SceneScreen):
                screen.look_again()
        self._keep_soon()

    def _other_screen(self, _: Screen[Any]) -> None:
        """Go on where something that stood over a scene is closed."""
        self.call_later(self.steer)

    def _change(self, **changes: Any) -> None:
        self._local = replace(self._local, **changes)
        self.steer()

    def action_leave_meeting(self) -> None:
        """Ask whether to leave."""
        self.ask_to_leave()

    # Scenes

    def _wanted(self) -> Scene:
        words = any(_holds_words(screen) for screen in self._above())
        local = replace(self._local, holds_words=words)
        if not self.meeting.on_one_keyboard:
            return scene_of(self.meeting.place.view, local)
        local = replace(local, spoken=self.trainer.answers_by_voice)
        return scene_together(self._views(), local)

    def _views(self) -> tuple[SessionView, ...]:
        return tuple(place.view for place in self.meeting.places)

    def _made(self, scene: Scene) -> Screen[Any]:
        places = {place.you: place for place in self.meeting.places}
        return make(scene, self.meeting, places[scene.participant_id])

    def _above(self) -> list[Screen[Any]]:
        stack = self.app.screen_stack
        return stack[stack.index(self) + 1 :] if self in stack else []

    def _keep_above(self) -> bool:
        """Keep the words of all screens above; False where some could not be kept."""
        return keep_all(self._above())

    def _take_away(self, left: int) -> None:
        for _ in self._above()[left:]:
            self.app.pop_screen()

    def _tell_of(self, scene: Scene) -> None:
        if scene != self._told_of:
            self._told_of = scene
            writes = isinstance(self.app.screen, ConsoleKeys) and self.app.screen.panel.is_writing
            self.app.notify(_WENT_ON_MEANWHILE if writes else _WENT_ON, markup=False)

    # The history

    @work(thread=True, group="handing", exit_on_error=False)
    def _hand_in_rest(self) -> None:
        """Hand in what a program that was killed has left undone."""
        for place in self.meeting.places:
            with suppress(TrainerError):  # the others can do without the machine's marks
                attempt_id = owed_attempt(place.view)
                if attempt_id:
                    self.services.meetings.hand_in(place, attempt_id)

    def _keep_soon(self) -> None:
        if self._leaving or all(place.view.unkept is None for place in self.meeting.places):
            return
        if self._keeping:
            self._keep_again = True
        else:
            self._keeping = True
            self._keep_rounds()

    @work(thread=True, group="keeping", exit_on_error=False)
    def _keep_rounds(self) -> None:
        error: TrainerError | None = None
        kept: tuple[str, ...] = ()
        try:
            kept = self.services.meetings.keep_rounds(self.meeting)
        except TrainerError as failure:
            error = failure
        self.post_message(self.RoundsKept(kept, error))

    def on_meeting_screen_rounds_kept(self, message: RoundsKept) -> None:
        """Tell what was kept, and what hindered it once."""
        self._keeping = False
        if message.error is None:
            self._complained = ""
        elif str(message.error) != self._complained:
            self._complained = str(message.error)
            self.complain(message.error)
        if message.error:
            self.set_timer(KEEP_AGAIN_S, self._keep_soon)
        if self._keep_again:
            self._keep_again = False
            self._keep_soon()


def make(scene: Scene, meeting: Meeting, place: Place) -> Screen[Any]:
    """Return a new screen for a scene."""
    return _MAKERS[scene.kind](meeting, place)


def _lobby(meeting: Meeting, place: Place) -> Screen[Any]:
    from trainer.tui.screens.peer.lobby import LobbyScreen

    return LobbyScreen(meeting, place)


def _console(meeting: Meeting, place: Place) -> Screen[Any]:
    from trainer.tui.screens.peer.console import ConsoleScreen

    return ConsoleScreen(meeting, place)


def _answer(meeting: Meeting, place: Place) -> Screen[Any]:
    from trainer.tui.screens.peer.answer import answer_scene

    return answer_scene(meeting, place)


def _rating(meeting: Meeting, place: Place) -> Screen[Any]:
    from trainer.tui.screens.peer.rating import PeerRatingScreen

    return PeerRatingScreen(meeting, place)


def _reveal(meeting: Meeting, place: Place) -> Screen[Any]:
    from trainer.tui.screens.peer.reveal import RevealScreen

    return RevealScreen(meeting, place)


def _handover(meeting: Meeting, place: Place) -> Screen[Any]:
    from trainer.tui.screens.peer.together import handover_scene

    return handover_scene(meeting, place)


def _together(meeting: Meeting, place: Place) -> Screen[Any]:
    from trainer.tui.screens.peer.together import together_scene

    return together_scene(meeting, place)


_MAKERS: dict[SceneKind, Callable[[Meeting, Place], Screen[Any]]] = {
    "lobby": _lobby,
    "console": _console,
    "answer": _answer,
    "rating": _rating,
    "reveal": _reveal,
    "handover": _handover,
    "together": _together,
}


def _may_go(screen: Screen[Any]) -> bool:
    if isinstance(screen, SceneScreen):
        return screen.may_go
    return isinstance(screen, DraftingScreen) and not getattr(screen, "finishing", False)


def _holds_words(screen: Screen[Any]) -> bool:
    if not isinstance(screen, DraftingScreen) or screen.closed:
        return False
    with suppress(AssertionError):  # before it has a draft it holds nothing
        return screen.holds_something(screen.current_draft())
    return False
