"""One keyboard for all: handing it over, and the interviewer's screen while somebody speaks."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Center, Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from trainer.display import visible
from trainer.peer.types import Phase, SessionView
from trainer.session.hearing import Hearing, Sounding
from trainer.tui.screens.peer.answer import AnswerScene, change_way
from trainer.tui.screens.peer.answer_page import Step
from trainer.tui.screens.peer.console_keys import (
    CONSOLE_ACTIONS,
    CONSOLE_HELP,
    CONSOLE_KEYS,
    ConsoleKeys,
)
from trainer.tui.screens.peer.console_panel import ConsolePanel
from trainer.tui.screens.peer.listeners import consent
from trainer.tui.screens.peer.scene import SceneScreen, name_of
from trainer.tui.screens.reading import READING_ACTIONS
from trainer.tui.screens.speaking import SpeakingScreen
from trainer.tui.widgets.key_line import KeyLine
from trainer.tui.widgets.level import LevelMeter
from trainer.tui.widgets.live_words import LiveWords
from trainer.tui.widgets.timer import TimerLine
from trainer.tui.widgets.write_line import WriteLine

if TYPE_CHECKING:
    from trainer.meeting.types import Meeting, Place
    from trainer.session.plan import Run
    from trainer.store.types import Draft

# The interviewer reads the question aloud.
_READ_BY_A_PERSON = Hearing(state=Sounding.OVER, since_s=-1.0)


class HandoverScreen(SceneScreen):
    """Hides what the person before has seen, until the next one takes the keyboard."""

    CSS_PATH: ClassVar[list[str | PurePath]] = [
        *SceneScreen.CSS_PATH,
        "../../styles/peer_together.tcss",
    ]
    HELP = """\
# Give the keyboard to somebody else

You share one keyboard, and what comes next is for one of you only. Give the keyboard to the person
who is named. The others look away from the screen. T takes the keyboard. Enter does not: one
too many would show what is not for you. Escape asks whether to leave.

V changes how answers are given. Spoken ones are recorded by the interviewer, who marks on the same
screen. Typed ones are written by whoever answers.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "take", "Take", tooltip="You are the one who is named: take the keyboard"),
        Binding("v", "change_way", "Voice or keyboard", tooltip="How the answers are given"),
    ]

    def compose(self) -> ComposeResult:
        """Yield who gets the keyboard, and what for."""
        yield from self.bars()
        with Vertical(id="handover"):
            for name in ("to-whom", "what-for", "way"):
                with Center():
                    yield Static("", id=name, markup=False)
        yield KeyLine()

    def see(self, view: SessionView) -> None:
        """Show who is next."""
        name = visible(name_of(view, self.place.you))
        self.say("#to-whom", f"Give the keyboard to {name}.\n{name}: press T.")
        self.say("#what-for", what_for(view))
        by = "spoken" if self.trainer.answers_by_voice else "typed"
        self.say("#way", f"Answers are {by}. V changes that." if self._before_the_answer else "")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let it be changed how answers are given as long as none has begun."""
        return action != "change_way" or self._before_the_answer

    @property
    def _before_the_answer(self) -> bool:
        current = self.view.round
        return current is not None and current.phase in (Phase.PLANNED, Phase.ASKING)

    def action_change_way(self) -> None:
        """Let answers be spoken from now on, or typed."""
        change_way(self)
        self.see(self.view)
        if self.frame:
            self.frame.steer()

    def action_take(self) -> None:
        """Show what is for this person only."""
        if self.frame:
            self.frame.take_keyboard(self.place.you)


def what_for(view: SessionView) -> str:
    """Return what `view.you` does with the keyboard, and who should look away."""
    current = view.round
    if current is None:
        return ""
    if view.you != current.candidate_id:
        candidate = visible(name_of(view, current.candidate_id))
        if current.phase in (Phase.PLANNED, Phase.ASKING, Phase.ANSWERING, Phase.PAUSED):
            return (
                f"You ask. {candidate}, look away from the screen: it shows what you must not see."
            )
        return f"You rate what {candidate} said. The others look away: everybody rates alone."
    if current.phase in (Phase.ANSWERED, Phase.RATING):
        return "You see your words, correct them, and rate your answer. The others look away."
    asker = visible(name_of(view, current.interviewer_id))
    return f"You type your answer to what {asker} asks."


class TogetherScene(AnswerScene):
    """Lets somebody answer by voice, on a screen that the interviewer holds.

    The words are for whoever spoke: they are corrected on a scene of their own.
    """

    def __init__(self, meeting: Meeting, place: Place) -> None:
        """Take the place of who asks."""
        current = place.view.round
        speaker = next(
            (one for one in meeting.places if current and one.you == current.candidate_id), place
        )
        super().__init__(meeting, speaker)
        self._asker = place

    def see(self, view: SessionView) -> None:
        """Show the interviewer what they marked and asked."""
        super().see(view)
        screen = self.listeners.screen
        if isinstance(screen, TogetherScreen) and screen.is_mounted:
            screen.show_view(self._asker.view)

    def open_answer(self, run: Run, draft: Draft | None) -> None:
        """Open the screen with the microphone and the console; what was typed is typed on."""
        if draft and draft.text.strip() and draft.recording is None:
            self.type_instead()
            return
        self.app.push_screen(TogetherScreen(run, draft, self, self._asker))

    def take(self, draft: Draft) -> None:
        """Leave the words to whoever spoke."""
        self.step = Step.OVER
        self._steer()

    def type_instead(self) -> None:
        """Let the answer be typed, by whoever gives it."""
        self.trainer.voice = False
        self._steer()

    def beside(self) -> Content:
        """Return what is to be told to whoever speaks; the panel shows the rest."""
        current = self.current
        told = consent(self, current) if current and current.phase is Phase.ASKING else ""
        return Content(f"Tell {name_of(self.view, self.place.you)}: “{told}”" if told else "")


class TogetherScreen(ConsoleKeys, SpeakingScreen):
    """Records whoever speaks, while the interviewer marks, notes and asks further."""

    CSS_PATH: ClassVar[list[str | PurePath]] = [
        "../../styles/asking.tcss",
        "../../styles/speaking.tcss",
        "../../styles/console.tcss",
        "../../styles/peer_together.tcss",
    ]
    AUTO_FOCUS = None
    HELP = f"""\
# The interviewer's screen on one keyboard

Only the interviewer looks at it. Read the question aloud. Space records what is said and starts
the clock; Space again pauses. Enter ends the answer. Then the keyboard goes to whoever spoke: they
correct their words, and everybody rates.

Ctrl+R begins the answer again: what you marked goes. Ctrl+N gives the round up. Without a
microphone Ctrl+E lets the answer be typed. Ctrl+L tries the microphone.

{CONSOLE_HELP}"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "finish", "End", tooltip="End the answer, and hand the keyboard over"),
        Binding("ctrl+s", "finish", "End", show=False),
        Binding("ctrl+r", "redo", "Redo", show=False, tooltip="Begin the answer again"),
        Binding("ctrl+n", "skip", "Give up", show=False, tooltip="Give this round up"),
        Binding("ctrl+e", "type", "Type", show=False, tooltip="Let the answer be typed"),
        *CONSOLE_KEYS,
    ]

    def __init__(self, run: Run, draft: Draft | None, scene: TogetherScene, asker: Place) -> None:
        super().__init__(run, draft, hearing=_READ_BY_A_PERSON, audience=scene.listeners)
        self._scene = scene
        self._asker = asker

    def compose(self) -> ComposeResult:
        """Yield the microphone and the clock over the panel; the words are not shown here."""
        yield Static(self._title(), classes="title-bar", markup=False)
        with Vertical(id="sound"):
            yield Static("", id="beside", markup=False)
            yield Static("", id="cue", markup=False)
            yield TimerLine("Space starts the clock")
            yield LevelMeter(id="level")
            yield Static("", id="surroundings", classes="quiet", markup=False)
            yield Static("", id="trouble", classes="notice", markup=False)
        yield ConsolePanel(self._asker, self.answer_s, has_light=False)
        with Horizontal(id="unseen"):
            yield Static("", id="consent", markup=False)
            yield LiveWords(id="words")
            yield self.hint_widget()
        yield Static("", id="draft-state", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        """Show the round."""
        self.show_view(self._asker.view)

    def answer_s(self) -> float:
        """Return the seconds of the answer at this moment."""
        return self._clock.answer_elapsed_s(self.services.clock())

    def show_view(self, view: SessionView) -> None:
        """Show what the interviewer may see."""
        self.panel.see(view)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what leads somewhere: nothing is read aloud here."""
        if action in CONSOLE_ACTIONS:
            return bool(self.query(ConsolePanel)) and self.panel.allows(action, parameters)
        if action in READING_ACTIONS:
            return False
        return super().check_action(action, parameters)

    def keep(self) -> bool:
        """Send the note that is being written too."""
        return all([self.panel.keep(), super().keep()])

    def take_key(self, character: str) -> bool:
        """Take a letter that was typed before the line for a note had the focus."""
        line = self.query_one(WriteLine)
        if line.is_open:
            line.insert_text_at_cursor(character)
        return line.is_open

    def on_console_panel_closed(self) -> None:
        """Let no focus stay where nothing is written any more."""
        self.set_focus(None)

    def action_type(self) -> None:
        """Let the answer be typed, by whoever gives it: the keyboard is handed over for that."""
        if self.finishing or self._stopping:
            return
        if self.keep():
            self._scene.type_instead()


def handover_scene(meeting: Meeting, place: Place) -> HandoverScreen:
    """Return what hides the screen until the participant of `place` has the keyboard."""
    return HandoverScreen(meeting, place)


def together_scene(meeting: Meeting, place: Place) -> TogetherScene:
    """Return the scene of an answer by voice on one keyboard; `place` is that of who asks."""
    return TogetherScene(meeting, place)
