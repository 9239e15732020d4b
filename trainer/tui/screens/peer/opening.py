"""With a friend: the ways to sit together, and sessions that can be gone on with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from trainer.display import one_line
from trainer.errors import TrainerError
from trainer.meeting.types import KeptSession, Meeting
from trainer.narrowing import Choice
from trainer.tui.screens.base import TrainerScreen
from trainer.tui.screens.peer.line import LineScreen
from trainer.tui.screens.peer.opening_lines import (
    code_problem,
    kept_lines,
    name_problem,
    names_in,
    names_problem,
    option,
)
from trainer.tui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from trainer.peer.types import Role

_WELCOME = (
    "One of you asks, the other answers; more can watch. Everybody rates the answer with the same "
    "form, without seeing the others' marks. Then you compare them."
)
_WAYS = (
    ("together", "Share this keyboard", "One machine. Before each turn it says who looks away."),
    ("host", "Open a session", "Others join with a code, in terminals of this machine or by ssh."),
    ("join", "Join with a code", "Somebody has opened a session on this machine."),
)
_ROLES: tuple[tuple[Role, str], ...] = (
    ("candidate", "Answer questions. You can swap later"),
    ("interviewer", "Ask questions. You can swap later"),
    ("observer", "Watch, and rate what you hear"),
)
_ASK_NAME = ("What are you called?", "The others see this name. It is asked once; N changes it.")
_ASK_CODE = ("The code", "Eight letters and digits, as the host's screen shows them.")
_FORGET = (
    "Delete this session?",
    "Nobody can go on with it then. Your history stays as it is. What somebody has not kept is "
    "gone.",
    "Delete",
)
_ASK_NAMES = ("Who is with you?", "One name, or several with commas. The first one asks first.")


class _Ways(OptionList):
    """The ways, of which Enter chooses one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Choose", tooltip="Take the marked line"),
    ]


class PeerScreen(TrainerScreen, Screen[None]):
    """Begins a session, joins one, or goes on with one."""

    CSS_PATH: ClassVar[list[str | PurePath]] = ["../../styles/peer.tcss"]
    HELP = """\
# With a friend

- Share this keyboard: one machine for all. Before each turn the screen says who takes the keyboard,
  and hides what the others must not see
- Open a session: others join with a code, each in a terminal of their own on this machine. A friend
  elsewhere comes to this machine by ssh; talk on a call meanwhile. Sound stays with who answers
- Join with a code: somebody has opened a session on this machine
- A session that was left, or whose program ended, stands below. Enter goes on with it, X deletes it

N changes your name. Nobody needs an account, and nothing leaves this machine but by your own ssh.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "name", "Name", tooltip="Change the name that others see"),
        Binding("x,delete", "forget", "Delete", tooltip="Delete the marked session that was left"),
        Binding("escape", "leave", "Back", tooltip="Go back to home"),
        Binding("question_mark", "app.help", "Help", show=False),
    ]

    @dataclass
    class Found(Message):
        """The sessions that can be gone on with."""

        sessions: tuple[KeptSession, ...]
        error: TrainerError | None = None

    @dataclass
    class Opened(Message):
        """A session is there."""

        meeting: Meeting

    @dataclass
    class Failed(Message):
        """There is no session, and why."""

        error: TrainerError

    def __init__(self) -> None:
        super().__init__()
        self._sessions: tuple[KeptSession, ...] = ()
        self._opening = False

    def compose(self) -> ComposeResult:
        """Yield the ways; sessions that were left follow."""
        yield Static("With a friend", classes="title-bar")
        yield Static(_WELCOME, id="welcome", classes="quiet")
        yield _Ways(id="ways", markup=False)
        yield Static("", id="state", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        """Show the ways at once."""
        self._fill()
        self.set_focus(self.query_one(_Ways))
        self._show_name()
        self._read()

    @work(thread=True, exclusive=True, group="kept", exit_on_error=False)
    def _read(self) -> None:
        try:
            self.post_message(self.Found(self.services.meetings.kept()))
        except TrainerError as error:
            self.post_message(self.Found((), error))

    def on_peer_screen_found(self, message: Found) -> None:
        """Show what can be gone on with."""
        if message.error:
            self.complain(message.error)
        self._sessions = message.sessions
        self._fill()

    def _fill(self) -> None:
        ways = self.query_one(_Ways)
        at = ways.highlighted or 0
        ways.clear_options()
        for way, title, about in _WAYS:
            ways.add_option(Option(option(title, about), id=way))
        for kept in self._sessions:
            ways.add_option(Option(option(*kept_lines(kept)), id=kept.session_id))
        ways.highlighted = at

    def _show_name(self) -> None:
        name = one_line(self.services.settings.name)
        self.say("#state", f"You are called {name}." if name else "")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Ask what is still to know, then open the session."""
        if self._opening:
            return
        way = event.option.id or ""
        begin = {"together": self._together, "host": self._host, "join": self._join}.get(way)
        if begin:
            self._with_name(begin)
        else:
            self._open(lambda: self.services.meetings.resume(way))

    def action_name(self) -> None:
        """Change one's own name."""
        self._ask_name(lambda: None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to delete only what was left."""
        return action != "forget" or (self.is_mounted and self._marked() is not None)

    def on_option_list_option_highlighted(self) -> None:
        """Offer the keys that fit the marked line."""
        self.refresh_bindings()

    def action_forget(self) -> None:
        """Delete the marked session, after a question."""
        kept = self._marked()
        if kept and not self._opening:

            def forget() -> None:
                self._forget(kept.session_id)

            self.confirm(*_FORGET, forget)

    def _marked(self) -> KeptSession | None:
        at = (self.query_one(_Ways).highlighted or 0) - len(_WAYS)
        return self._sessions[at] if 0 <= at < len(self._sessions) else None

    @work(thread=True, group="forget", exit_on_error=False)
    def _forget(self, session_id: str) -> None:
        try:
            self.services.meetings.forget(session_id)
        except TrainerError as error:
            self.post_message(self.Failed(error))
        else:
            self._read()

    def action_leave(self) -> None:
        """Go back to home."""
        self.dismiss()

    # What has to be known first

    def _with_name(self, then: Callable[[], None]) -> None:
        if self.services.settings.name:
            then()
        else:
            self._ask_name(then)

    def _ask_name(self, then: Callable[[], None]) -> None:
        def written(name: str | None) -> None:
            if name is None:
                return
            try:
                self.services.change_settings(replace(self.services.settings, name=name))
            except TrainerError as error:
                self.complain(error)
                return
            self._show_name()
            then()

        dialog = LineScreen(*_ASK_NAME, self.services.settings.name, problem=name_problem)
        self.app.push_screen(dialog, written)

    def _ask_role(self, then: Callable[[Role], None]) -> None:
        from trainer.tui.screens.choosing import ChoosingScreen

        offered = [Choice(words, {"role": role}) for role, words in _ROLES]

        def chosen(choice: Choice | None) -> None:
            if choice is not None:
                then(choice.sets["role"])

        self.app.push_screen(ChoosingScreen("What do you do first?", offered, offered[0]), chosen)

    def _together(self) -> None:
        def written(line: str | None) -> None:
            if line is not None:
                names = [self.services.settings.name, *names_in(line)]
                self._open(lambda: self.services.meetings.together(names))

        self.app.push_screen(LineScreen(*_ASK_NAMES, problem=names_problem), written)

    def _host(self) -> None:
        name = self.services.settings.name
        self._ask_role(lambda role: self._open(lambda: self.services.meetings.host(name, role)))

    def _join(self) -> None:
        name = self.services.settings.name

        def written(code: str | None) -> None:
            if code is not None:
                self._ask_role(
                    lambda role: self._open(lambda: self.services.meetings.join(code, name, role))
                )

        self.app.push_screen(LineScreen(*_ASK_CODE, problem=code_problem), written)

    # Opening

    def _open(self, make: Callable[[], Meeting]) -> None:
        self._opening = True
        self.say("#state", "One moment …")
        self._make(make)

    @work(thread=True, group="open", exit_on_error=False)
    def _make(self, make: Callable[[], Meeting]) -> None:
        try:
            meeting = make()
        except TrainerError as error:
            self.post_message(self.Failed(error))
            return
        if not self.post_message(self.Opened(meeting)):
            meeting.close()  # the user did not wait for it

    def on_peer_screen_opened(self, message: Opened) -> None:
        """Show the session in this screen's place."""
        from trainer.tui.screens.peer.frame import MeetingScreen

        self.once_on_top(lambda: self.app.switch_screen(MeetingScreen(message.meeting)))

    def on_peer_screen_failed(self, message: Failed) -> None:
        """Say why there is no session."""
        self._opening = False
        self._show_name()
        self.complain(message.error)
        self._read()
