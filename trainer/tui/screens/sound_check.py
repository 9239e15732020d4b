"""Sound check: say a sentence, see whether it can be used, and choose the microphone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import PurePath
from threading import Lock
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from trainer.capture.types import RecorderPhase
from trainer.display import one_line, visible
from trainer.errors import TrainerError
from trainer.tui.screens.base import TrainerScreen
from trainer.tui.widgets.key_line import KeyLine
from trainer.tui.widgets.level import LevelMeter

if TYPE_CHECKING:
    from trainer.capture.devices import SoundCheck
    from trainer.capture.judgement import Judgement
    from trainer.capture.recorder import Recorder

LOOK_EVERY_S = 1 / 20
JUDGE_EVERY_LOOKS = 10
MOST_BLOCKS = 200
"""What is judged: the last ten seconds. A sentence and the room around it are in them."""
OPEN_AFTER_S = 3.0
SYSTEM = "system"


class SoundCheckScreen(TrainerScreen, Screen[None]):
    """A level meter with a verdict, and the microphones. What is heard is kept nowhere."""

    CSS_PATH: ClassVar[list[str | PurePath]] = ["../styles/sound_check.tcss"]
    HELP = """\
# Sound check

Say a sentence as you would answer. The line below the meter says whether your answers can be
heard well, and what helps. Nothing of it is kept.

The list holds the microphones of this machine. Enter chooses one, and it is used from then on.
R looks for microphones again, after you have connected one, and listens again.

V goes on to your voice: you read a text aloud, and see how well each recogniser hears you.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "look_again", "Look again", tooltip="Look for microphones again"),
        Binding("v", "voice", "Your voice", tooltip="See how well each recogniser hears you"),
        Binding("escape", "leave", "Back", tooltip="Go back"),
        Binding("question_mark", "app.help", "Help", show=False),
    ]

    @dataclass
    class Found(Message):
        """The microphones of this machine."""

        found: SoundCheck

    def __init__(self) -> None:
        super().__init__()
        self._lock = Lock()
        self._turn = 0
        self._recorder: Recorder | None = None
        self._blocks: list[tuple[float, float, bool]] = []
        self._looks = 0

    def compose(self) -> ComposeResult:
        """Yield what to do, the meter, the verdict and the microphones."""
        yield Static("Sound check", classes="title-bar")
        yield Static(
            "Say a sentence, as loud as you would answer. Nothing of it is kept.", id="task"
        )
        yield LevelMeter()
        yield Static("", id="using", classes="quiet", markup=False)
        yield Static("", id="verdict", classes="notice", markup=False)
        yield Static("Microphones", classes="section", id="list-title")
        yield OptionList(id="devices", markup=False)
        yield Static("", id="list-state", classes="quiet", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        """Listen to the chosen microphone, and look for others."""
        self.set_focus(self.query_one(OptionList))
        self._listen()
        self.action_list()
        self.set_interval(LOOK_EVERY_S, self.look)

    def on_unmount(self) -> None:
        """End the recorder."""
        self._let_go()

    # The level

    def _listen(self) -> None:
        self._let_go()
        self._blocks.clear()
        self.query_one(LevelMeter).rest()
        self.say("#using", "The microphone is being opened …")
        self.say("#verdict", "One moment.")
        self._open(self.services.settings.device, self._turn)

    @work(thread=True, group="meter", exit_on_error=False)
    def _open(self, device: str | None, turn: int) -> None:
        self.trainer.closing.wait(OPEN_AFTER_S)
        recorder = self.services.open_meter(device)
        with self._lock:
            wanted = turn == self._turn
            if wanted:
                self._recorder = recorder
        if not wanted:
            recorder.close()

    def _let_go(self) -> None:
        with self._lock:
            self._turn += 1
            recorder, self._recorder = self._recorder, None
        if recorder:
            self.trainer.closing.add(recorder.close)

    def look(self) -> None:
        """Show the level, and from time to time what to think of it."""
        if self._recorder is None:
            return
        state = self._recorder.state()
        meter = self.query_one(LevelMeter)
        if state.phase is RecorderPhase.ENDED:
            meter.rest()
            if state.problem:
                self.say("#verdict", _problem(state.problem))
                self.query_one("#verdict").remove_class("-good")
                self.say("#using", "No microphone is open. R tries again.")
            return
        if state.phase is RecorderPhase.OPENING:
            return
        name = one_line(state.device, 60) or "the system's"
        self.say("#using", f"Microphone: {name}")
        meter.hear(state.level_dbfs, state.peak_dbfs, state.clipped, self.services.clock())
        if not self._blocks:
            self.say("#verdict", "Speak for some seconds.")
        self._blocks.append((state.level_dbfs, state.peak_dbfs, state.clipped))
        del self._blocks[:-MOST_BLOCKS]
        self._looks += 1
        if self._looks % JUDGE_EVERY_LOOKS == 0:
            self._judge()

    def _judge(self) -> None:
        judgement = self.services.judge_level(self._blocks)
        if judgement:
            self.say("#verdict", _verdict(judgement))
            self.query_one("#verdict").set_class(judgement.verdict.value == "good", "-good")

    # The microphones

    def action_look_again(self) -> None:
        """Look for microphones again; listen again where none is open."""
        if self._recorder and self._recorder.state().phase is RecorderPhase.ENDED:
            self._listen()
        self.action_list()

    def action_list(self) -> None:
        """Look for microphones."""
        self.say("#list-state", "Looking for microphones …")
        self._find()

    @work(thread=True, exclusive=True, group="devices", exit_on_error=False)
    def _find(self) -> None:
        self.post_message(self.Found(self.services.find_microphones()))

    def on_sound_check_screen_found(self, message: Found) -> None:
        """Fill the list; the chosen one is marked, also where it is not there now."""
        chosen = self.services.settings.device
        names = [device.name for device in message.found.devices]
        default = message.found.default
        devices = self.query_one(OptionList)
        at = devices.highlighted
        devices.clear_options()
        usual = f"The system's choice ({one_line(default.name, 40)})" if default else ""
        rows = [(SYSTEM, usual or "The system's choice", chosen is None)]
        rows += [(f"={name}", one_line(name, 60), name == chosen) for name in dict.fromkeys(names)]
        if chosen is not None and chosen not in names:
            rows.append((f"={chosen}", f"{one_line(chosen, 48)} (not there now)", True))
        for key, title, is_chosen in rows:
            mark = ("● ", "bold") if is_chosen else "○ "
            devices.add_option(Option(Content.assemble(mark, title), id=key))
        now = next(at for at, row in enumerate(rows) if row[2])
        devices.highlighted = now if at is None else min(at, len(rows) - 1)
        self.say("#list-state", _count(len(names)))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Use the chosen microphone from now on."""
        key = event.option.id or SYSTEM
        device = None if key == SYSTEM else key[1:]
        try:
            self.services.change_settings(replace(self.services.settings, device=device))
        except TrainerError as error:
            self.complain(error)
        self._listen()
        self.action_list()

    def action_voice(self) -> None:
        """Let a text be read aloud, with the microphone to itself; then listen again."""
        from trainer.tui.screens.calibration import CalibrationScreen

        self._let_go()
        self.app.push_screen(CalibrationScreen(), lambda _: self._listen())

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss()


def _problem(error: TrainerError) -> Content:
    return Content.assemble((visible(error.message), "bold"), f" {visible(error.hint)}")


def _verdict(judgement: Judgement) -> Content:
    word = judgement.verdict.value.capitalize()
    return Content.assemble(
        (f"{word}. ", "bold"), f"{visible(judgement.message)}\n{visible(judgement.remedy)}"
    )


def _count(found: int) -> str:
    if not found:
        return "None was found. Connect one, then press R to look again."
    microphones = "1 microphone was" if found == 1 else f"{found} microphones were"
    return f"{microphones} found. Enter chooses; R looks again."
