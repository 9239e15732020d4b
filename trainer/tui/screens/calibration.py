"""Your voice: read a text aloud, and see how well each recogniser hears you."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import PurePath
from threading import Event, Lock
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from trainer.capture.types import RecorderPhase
from trainer.display import one_line
from trainer.errors import TrainerError
from trainer.log import record_crash
from trainer.tui import calibration_lines
from trainer.tui.screens.base import TrainerScreen
from trainer.tui.widgets.key_line import KeyLine
from trainer.tui.widgets.level import LevelMeter
from trainer.voice import absent_model, engine_name

if TYPE_CHECKING:
    from trainer.calibration.calibrating import Measured, Progress
    from trainer.calibration.readings import Reading
    from trainer.calibration.taking import Take
    from trainer.calibration.types import Calibration
    from trainer.transcript.engines import Engine

LOOK_EVERY_S = 1 / 20
OPEN_AFTER_S = 3.0
ROOMY_LINES = 40
"""So many lines show each sentence of a text as a paragraph of its own."""


class _StoppedError(Exception):
    """The user has stopped the measuring."""


class CalibrationScreen(TrainerScreen, Screen[None]):
    """One take at a time: opened, recorded, measured in children, deleted. Figures are kept."""

    CSS_PATH: ClassVar[list[str | PurePath]] = ["../styles/calibration.tcss"]
    HELP = """\
# Your voice

Read the text aloud, about one minute, as fast as you usually speak. Then each recogniser of this
machine writes down what it hears, and the words are compared with the text. So you see how well
each of them hears you, and which suits you. This is about the recognisers, and not about your
English. The pace of your reading is kept too: reports compare your answers with it.

- Space begins, and Space ends when you have read the text. You can stop early or repeat a sentence
- T shows another text, before you begin
- U uses the recommended recogniser from now on, after a short try
- F forgets the figures
- Esc stops what goes on, then goes back

The sound is deleted as soon as it was measured. Only the figures are kept.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "record", "Begin / end", tooltip="Begin to read, or end"),
        Binding("t", "text", "Other text", tooltip="Show another text"),
        Binding("u", "use", "Use recommended", tooltip="Use the recommended recogniser"),
        Binding("f", "forget", "Forget", tooltip="Forget the figures, after a question"),
        Binding("escape", "leave", "Back", tooltip="Stop what goes on, or go back"),
        Binding("question_mark", "app.help", "Help", show=False),
    ]

    @dataclass
    class Ready(Message):
        """The texts and the last figures are here, and a microphone is being opened."""

        readings: tuple[Reading, ...]
        stored: Calibration | None
        error: TrainerError | None = None

    @dataclass
    class Moved(Message):
        """The measuring came further."""

        progress: Progress
        turn: int

    @dataclass
    class Done(Message):
        """The measuring is over. `better` is a model that may hear this voice better."""

        turn: int
        measured: Measured | None = None
        better: str | None = None
        error: TrainerError | None = None

    @dataclass
    class Proved(Message):
        """The recommended recogniser works, or not."""

        engine: Engine | None
        error: TrainerError | None = None

    def __init__(self) -> None:
        super().__init__()
        self.take: Take | None = None
        self.measured: Measured | None = None
        self.measuring = False
        self.trying = False
        self._readings: tuple[Reading, ...] = ()
        self._at = 0
        self._better: str | None = None
        self._used = False
        self._stored: Calibration | None = None
        self._stop = Event()
        self._turn = 0
        self._told = False
        self._lock = Lock()

    def compose(self) -> ComposeResult:
        """Yield what to do, the text or what was measured, the meter, and what becomes of it."""
        yield Static("Your voice", classes="title-bar")
        yield Static("One moment …", id="cue", markup=False)
        yield VerticalScroll(Static("", id="text", markup=False), id="page")
        yield LevelMeter()
        yield Static("", id="using", classes="quiet", markup=False)
        yield Static("", id="remark", classes="notice", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        """Open the microphone, and read the texts."""
        self.set_focus(self.query_one("#page"))
        self._begin()
        self.set_interval(LOOK_EVERY_S, self.look)

    def on_unmount(self) -> None:
        """End what goes on; the sound is deleted."""
        self._let_go()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show the keys that do something now."""
        if action == "record":
            return not self.measuring and not self.trying
        if action == "text":
            return not self._busy and self.measured is None and len(self._readings) > 1
        if action == "use":
            return self.measured is not None and not self.trying and not self._used
        if action == "forget":
            return not self._busy and self._stored is not None
        return True

    @property
    def _busy(self) -> bool:
        """Whether something goes on that Esc stops."""
        return self._told or self.measuring or self.trying

    # The microphone

    def _begin(self) -> None:
        """Open a take, in place of what was there."""
        self._let_go()
        self.measured = None
        self._show_text()
        self.say("#cue", calibration_lines.cue(None))
        self._open(self._turn)

    @work(thread=True, group="open", exit_on_error=False)
    def _open(self, turn: int) -> None:
        self.trainer.closing.wait(OPEN_AFTER_S)
        take: Take | None = None
        ready = self.Ready(self._readings, None)
        try:
            calibrations = self.services.calibrations
            ready.stored = calibrations.stored()
            ready.readings = ready.readings or calibrations.readings()
            take = calibrations.open_take()
        except TrainerError as error:
            ready.error = error
        except Exception as error:  # noqa: BLE001 - the screen must not wait for ever
            ready.error = TrainerError("The microphone cannot be opened.", record_crash(error))
        with self._lock:
            wanted = turn == self._turn
            if wanted:
                self.take = take
        if wanted:
            self.post_message(ready)
        elif take:
            take.close()

    def on_calibration_screen_ready(self, message: Ready) -> None:
        """Show the text, or why nothing can be measured."""
        self._readings, self._stored = message.readings, message.stored
        self._show_text()
        self.say("#remark", calibration_lines.remark(message.stored))
        if message.error:
            self._show_trouble(message.error)
        self.refresh_bindings()

    def _let_go(self) -> None:
        with self._lock:
            self._turn += 1
            take, self.take = self.take, None
        self._stop.set()
        if take:
            self.trainer.closing.add(take.close)
        self.measuring = self._told = False

    def look(self) -> None:
        """Show the level and what to do; measure what was recorded once it has ended."""
        if self.take is None or self.measuring:
            return
        state, meter = self.take.state(), self.query_one(LevelMeter)
        if state.phase is RecorderPhase.ENDED:
            self._end(state.problem, state.length_s)
            return
        if state.phase is not RecorderPhase.OPENING:
            name = one_line(state.device, 60) or "the system's"
            self.say("#using", f"Microphone: {name}")
            meter.hear(state.level_dbfs, state.peak_dbfs, state.clipped, self.services.clock())
        self.say("#cue", calibration_lines.cue(state))

    def _end(self, problem: TrainerError | None, length_s: float) -> None:
        """Measure the recording, or say why there is none."""
        self.query_one(LevelMeter).rest()
        if problem or not length_s:
            self._let_go()
            nothing = TrainerError("Nothing was recorded.", "Press Space to try again.")
            self._show_trouble(problem or nothing)
            return
        assert self.take
        take, self.take = self.take, None
        self.measuring, self._told = True, False
        self._stop = Event()
        self.say("#cue", "Measuring. The sound is deleted afterwards.")
        self.say("#using", "")
        self.refresh_bindings()
        self._measure(take, self._readings[self._at], self._turn, self._stop)

    # Measuring

    @work(thread=True, group="measure", exit_on_error=False)
    def _measure(self, take: Take, reading: Reading, turn: int, stop: Event) -> None:
        def tell(progress: Progress) -> None:
            if stop.is_set():
                raise _StoppedError
            self.post_message(self.Moved(progress, turn))

        try:
            measured = take.measure(reading, tell)
            if stop.is_set():
                return
            self.services.calibrations.keep(measured.calibration)
            better = absent_model(self.services.home, self.services.settings)
            done = self.Done(turn, measured, better)
        except _StoppedError:
            return
        except TrainerError as error:
            done = self.Done(turn, error=error)
        except Exception as error:  # noqa: BLE001 - the screen must not wait for ever
            problem = TrainerError("The reading could not be measured.", record_crash(error))
            done = self.Done(turn, error=problem)
        self.post_message(done)

    def on_calibration_screen_moved(self, message: Moved) -> None:
        """Show how far it is."""
        if message.turn == self._turn:
            self.say("#using", calibration_lines.progress_line(message.progress))

    def on_calibration_screen_done(self, message: Done) -> None:
        """Show what was measured, or why nothing was."""
        if message.turn != self._turn:
            return
        self.measuring = False
        self.say("#using", "")
        if message.error:
            self._show_trouble(message.error)
        if message.measured:
            self.measured, self._better = message.measured, message.better
            self._stored = message.measured.calibration
            self.say("#cue", "Done. The sound is deleted, and the figures are kept.")
            self._show_results()
            more = "" if self._used else "U uses the recommended recogniser. "
            self.say("#remark", f"{more}Space reads once more.")
        self.refresh_bindings()

    # What is shown

    def on_resize(self) -> None:
        """Show the text as the room allows."""
        if self.measured is None:
            self._show_text()

    def _show_text(self) -> None:
        if self._readings:
            reading = self._readings[self._at]
            roomy = self.size.height >= ROOMY_LINES
            self.say("#text", calibration_lines.text_of(reading, roomy=roomy))
        self.set_class(False, "-measured")

    def _show_results(self) -> None:
        assert self.measured
        engine = self.services.engine()
        used = engine.model if engine else None
        self._used = used == self.measured.engines[0].model
        self.say("#text", calibration_lines.results_of(self.measured, used, self._better))
        self.set_class(True, "-measured")
        self.query_one("#page", VerticalScroll).scroll_home(animate=False)

    def _show_trouble(self, error: TrainerError) -> None:
        self.say("#cue", "Nothing was measured. Space opens the microphone again, Esc goes back.")
        self.say("#using", "")
        self.say("#remark", calibration_lines.trouble(error))
        self.refresh_bindings()

    # Keys

    def action_record(self) -> None:
        """Begin to read, end, or try again."""
        if self.take is None:
            self._begin()
            return
        phase = self.take.state().phase
        if phase is RecorderPhase.READY and not self._told and self._readings:
            self._told = True
            self.take.record()
            self.say("#remark", calibration_lines.remark(None))
        elif phase is RecorderPhase.RECORDING:
            self.take.stop()
        self.refresh_bindings()

    def action_text(self) -> None:
        """Show the next text."""
        self._at = (self._at + 1) % len(self._readings)
        self._show_text()

    def action_use(self) -> None:
        """Try the recommended recogniser, then use it."""
        assert self.measured
        engine = self.measured.engines[0]
        self.trying = True
        self.say("#remark", Content(f"Trying {_short(engine)} …"))
        self.refresh_bindings()
        self._prove("builtin" if engine.folder is None else str(engine.folder))

    @work(thread=True, group="prove", exit_on_error=False)
    def _prove(self, name: str) -> None:
        try:
            proved = self.Proved(self.services.recognisers.prove(name))
        except TrainerError as error:
            proved = self.Proved(None, error)
        except Exception as error:  # noqa: BLE001 - the screen must not wait for ever
            problem = TrainerError("Something went wrong with this model.", record_crash(error))
            proved = self.Proved(None, problem)
        self.post_message(proved)

    def on_calibration_screen_proved(self, message: Proved) -> None:
        """Use it from now on, or say why not."""
        self.trying = False
        engine, error = message.engine, message.error
        if engine:
            try:
                model = str(engine.folder or engine.name)
                self.services.change_settings(replace(self.services.settings, model=model))
            except TrainerError as failure:
                error = failure
            else:
                self.say("#remark", Content(f"It works. Answers are heard by {_short(engine)}."))
                if self.measured:
                    self._show_results()
        if error:
            self.say("#remark", calibration_lines.trouble(error))
        self.refresh_bindings()

    def action_forget(self) -> None:
        """Delete the figures, after a question."""

        def forget() -> None:
            self.services.calibrations.forget()
            self._begin()

        self.confirm(
            "Forget the figures of your voice?",
            "Your recogniser stays as it is. You can read a text again at any time.",
            "Forget",
            forget,
        )

    def action_leave(self) -> None:
        """Stop what goes on; without it, go back."""
        if self.measuring or self._told:
            self._begin()
            self.app.notify("Stopped. The sound is deleted, and nothing was kept.")
            return
        self.dismiss()


def _short(engine: Engine) -> str:
    return engine_name(engine).partition(":")[0]
