"""Practice by voice: the question, the clock, the level, and the words as they are heard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Footer, Static

from trainer.capture.types import RecorderPhase, RecorderState
from trainer.display import clock_time
from trainer.errors import TrainerError
from trainer.log import record_crash
from trainer.session.answer import Event, Phase
from trainer.tui import spoken_lines
from trainer.tui.screens.asking import WAYS_ON, AskingScreen
from trainer.tui.spoken_take import SpokenTake
from trainer.tui.widgets.level import LevelMeter
from trainer.tui.widgets.live_words import LiveWords

if TYPE_CHECKING:
    from trainer.session.plan import Run
    from trainer.store.types import Draft
    from trainer.tui.screens.correct import Words

LOOK_EVERY_S = 1 / 20
LOOKS_PER_TICK = 5
OPEN_AFTER_S = 3.0
"""How long a microphone that is still being closed is waited for."""


class SpeakingScreen(AskingScreen):
    """Asks the run's present question and takes the answer by voice.

    `typed` is what was typed before the screen could open: it goes to the keyboard's screen, if
    that is asked for. One timer looks at recorder and recogniser; only what changed is drawn.
    """

    CSS_PATH: ClassVar[list[str | PurePath]] = ["../styles/asking.tcss", "../styles/speaking.tcss"]
    HELP = """\
# Practice by voice

The microphone is on while you read the question, so that nothing has to start when you do.
Nothing is kept until you press Space. "Speak now" comes when the first sound is on disk.

- Space: record; again to pause, and again to go on. A pause is cut out and counts no time
- Enter: finish. You see the words, can correct them, and then they are rated
- Hint (Ctrl+G): what a good answer holds, and what to avoid
- Redo (Ctrl+R): start over with a new take; the old one is kept until you save the new one
- Skip (Ctrl+N): the next question; what you said is kept as unfinished
- Type (Ctrl+E): go on by keyboard, with the words so far
- Sound check (Ctrl+L): try the microphone, or choose another one
- Leave (Esc): back; what you said is kept as unfinished

Words in italics may still change. Underlined words are not sure. Sound and words are kept every
second, so nothing is lost if the program or the machine stops. They stay on this machine.
"""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "record", "Record", tooltip="Keep what you say from now on"),
        Binding("space", "pause", "Pause", tooltip="Keep nothing until you go on"),
        Binding("enter", "finish", "Finish", tooltip="Stop, see the words, and have them rated"),
        Binding("ctrl+s", "finish", "Finish", show=False),
        Binding("r", "record", "Record", show=False),
        *WAYS_ON,
        Binding("ctrl+e", "type", "Type", tooltip="Type this answer, with the words so far"),
        Binding(
            "ctrl+l", "sound_check", "Sound check", show=False, tooltip="Try another microphone"
        ),
        Binding("question_mark", "app.help", "Help", show=False),
    ]

    @dataclass
    class Opened(Message):
        """The microphone is being opened for sound in `file`; or `error` says why not."""

        file: Path | None
        error: TrainerError | None = None

    @dataclass
    class NotBegun(Message):
        """The answer could not be saved, so nothing is recorded."""

        error: TrainerError

    class Heard(Message):
        """All words are there, and safe."""

    def __init__(
        self,
        run: Run,
        draft: Draft | None = None,
        typed: str = "",
        back: Callable[[], Screen[None]] | None = None,
    ) -> None:
        super().__init__(run, draft, back)
        self._typed = typed
        self._take = SpokenTake(draft)
        self._phase: RecorderPhase | None = None
        self._looks = 0
        self._asked = False
        """Space was pressed, and the recorder has not reported yet that it records."""
        self._told = False
        """The recorder was told so, or is about to be."""
        self._stopping = False
        """Enter was pressed, and the last words are waited for."""
        self._gathering = False
        """They are there, and are being put together."""
        self._handed_over = False
        """Another screen has the words."""

    def compose(self) -> ComposeResult:
        """Yield question, clock, what to do, level, words, hint and the state of the draft."""
        yield from self.question_widgets(starts="Space starts the clock")
        yield Static("", id="cue", markup=False)
        yield LevelMeter(id="level")
        yield Static("", id="surroundings", classes="quiet", markup=False)
        yield Static("", id="trouble", classes="notice", markup=False)
        with Horizontal(id="body"):
            with Vertical(id="speech"):
                yield Static("", id="consent", markup=False)
                yield LiveWords(id="words")
            yield self.hint_widget()
        yield Static("", id="draft-state", markup=False)
        yield Footer()

    def on_mount(self) -> None:
        """Open the microphone; an answer that was left is shown, paused."""
        self.take_up()
        assert self.draft is not None
        folder = self.services.home.recordings
        first = not any(folder.glob("*.wav"))
        self.query_one("#consent", Static).update(spoken_lines.consent(folder, first))
        words = self.query_one(LiveWords)
        words.show(self._take.words)
        self.set_class(self._take.recorded, "-recorded")
        self.set_focus(words)
        self.open(folder / self.draft.recording if self.draft.recording else None)
        self._tick()
        self._show(None)
        self.set_interval(LOOK_EVERY_S, self.look)
        self.start_saving()

    def on_unmount(self) -> None:
        """End the children, however the screen was left."""
        self.let_go()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let Space mean what it would do now."""
        if action in ("record", "pause"):
            return (action == "pause") == (self._phase is RecorderPhase.RECORDING)
        return True

    def take_key(self, character: str) -> bool:
        """Keep no letters: there is nothing to write in."""
        return False

    # Opening and closing

    def open(self, file: Path | None) -> None:
        """Open the microphone for this file; None is for a new one."""
        self._open(file, self._take.expect())

    @work(thread=True, group="open", exit_on_error=False)
    def _open(self, file: Path | None, turn: int) -> None:
        self.trainer.closing.wait(OPEN_AFTER_S)
        try:
            file = file or self.services.new_recording()
            spoken = self.services.open_spoken(file)
        except TrainerError as error:
            self.post_message(self.Opened(file, error))
            return
        except Exception as error:  # noqa: BLE001 - typing must stay possible whatever broke
            problem = "The microphone cannot be opened."
            self.post_message(self.Opened(file, TrainerError(problem, record_crash(error))))
            return
        if self._take.accept(spoken, turn):
            self.post_message(self.Opened(file))
        else:  # left, or opened anew, meanwhile
            spoken.close()

    def on_speaking_screen_opened(self, message: Opened) -> None:
        """Remember the file, or say why there is no sound."""
        self._take.file = message.file
        if message.error:
            self._take.opening = False
            self._asked = False
            self._show(message.error)
        else:
            self.look()

    def let_go(self) -> None:
        """End recorder and recogniser, without waiting for it."""
        spoken = self._take.release()
        if spoken:
            self.trainer.closing.add(spoken.close)
        self._phase = None
        self._told = False

    # Looking

    def look(self) -> None:
        """Show what recorder and recogniser tell; called twenty times a second."""
        before = self._take.hearing
        hearing = self._take.look()
        if hearing is None:
            return
        recorder = hearing.recorder
        if recorder.phase is not self._phase:
            self._enter(recorder)
        self._looks += 1
        if self._looks % LOOKS_PER_TICK == 0:
            self._tick()
        self._show_level(recorder)
        partial = hearing.recogniser.partial if hearing.recogniser else ""
        self.query_one(LiveWords).show(self._take.words, partial)
        if before is None or before != hearing:
            self._show(recorder.problem)
        is_on = recorder.phase in (RecorderPhase.READY, RecorderPhase.PAUSED)
        if self._asked and not self._told and is_on:
            self._begin()
        if self._stopping and not self._gathering and self._take.done:
            self._gathering = True
            self._gather()

    def _enter(self, recorder: RecorderState) -> None:
        """Let the clock go exactly as the recorder does."""
        self._phase = recorder.phase
        if recorder.phase is RecorderPhase.RECORDING:
            self._asked = self._told = False
            self.unsaved = None
            self.add_class("-recorded")
            self.send(Event.RESUME if self._clock.phase is Phase.PAUSED else Event.BEGIN)
            return
        if recorder.phase is RecorderPhase.ENDED:
            self._asked = self._told = False
        self.send(Event.PAUSE)
        if self._clock.phase is Phase.PAUSED and recorder.length_s > 0 and not self._stopping:
            self._clock = replace(self._clock, counted_s=recorder.length_s)
            self._tick()

    def _show_level(self, recorder: RecorderState) -> None:
        meter = self.query_one(LevelMeter)
        if recorder.phase in (RecorderPhase.OPENING, RecorderPhase.ENDED):
            meter.rest()
        else:
            now_s = self.services.clock()
            meter.hear(recorder.level_dbfs, recorder.peak_dbfs, recorder.clipped, now_s)

    # Recording

    def action_record(self) -> None:
        """Keep what is said from now on, in the same file if there is one."""
        if self.finishing or self._stopping or self._asked:
            return
        if self._take.text is not None:
            self.notify("You have corrected these words. Press Enter to save them first.")
            return
        self._asked = True
        if self._phase is RecorderPhase.ENDED or not (self._take.is_open or self._take.opening):
            self.let_go()
            self.open(self._take.file)
        self.look()
        self._show(None)

    def _begin(self) -> None:
        """Save the row that names the file, then record."""
        self._told = True
        if self._take.recorded:
            self._take.record()
        else:
            self._save_and_record(self._take.put_into(self.current_draft(), recorded=True))

    @work(thread=True, group="draft", exit_on_error=False)
    def _save_and_record(self, draft: Draft) -> None:
        try:
            with self.saving:
                if self.closed or draft.id != self.draft_id:
                    return
                self.services.save_draft(draft)
                self._take.recorded = True
                self._take.record()
        except TrainerError as error:
            self.post_message(self.NotBegun(error))
        except Exception as error:  # noqa: BLE001 - the screen must say that nothing is recorded
            problem = "Something went wrong, and nothing is recorded."
            self.post_message(self.NotBegun(TrainerError(problem, record_crash(error))))

    def on_speaking_screen_not_begun(self, message: NotBegun) -> None:
        """Say that nothing is recorded, and why."""
        self._asked = self._told = False
        self.complain(message.error)
        self.show_draft_state(message.error)

    def action_pause(self) -> None:
        """Keep nothing until Space is pressed again."""
        if not self._stopping:
            self._take.pause()

    def current_draft(self) -> Draft:
        """Return the present take with its time and the words so far."""
        assert self.draft is not None
        counted_s = self._clock.answer_elapsed_s(self.services.clock())
        return self._take.put_into(replace(self.draft, counted_s=counted_s))

    def save_if_changed(self) -> None:
        """Save, unless another screen has the words."""
        if not self._handed_over:
            super().save_if_changed()

    def keep(self) -> bool:
        """Save for the last time, and end the children."""
        kept = self._handed_over or super().keep()
        if kept:
            self.let_go()
        return kept

    # The end of an answer

    def action_finish(self) -> None:
        """Stop, wait for the last words, and show them."""
        if self.finishing or self._stopping:
            return
        if not self._take.recorded:
            self.notify("Nothing is recorded yet. Press Space and speak, or type with Ctrl+E.")
            return
        self._asked = False
        if not self._take.is_open:
            self._hand_over()
            return
        self._stopping = True
        self.send(Event.PAUSE)
        self._take.stop()
        self.look()

    @work(thread=True, group="draft", exit_on_error=False)
    def _gather(self) -> None:
        try:
            self._take.gather()
            draft = self._take.put_into(self.current_draft())
            with self.saving:
                if self.closed or draft.id != self.draft_id:
                    return
                self.services.save_draft(draft)
        except TrainerError as error:
            self.post_message(self.Failed(error))
        except Exception as error:  # noqa: BLE001 - the answer must stay where it is
            problem = "Something went wrong while your words were put together."
            self.post_message(self.Failed(TrainerError(problem, record_crash(error))))
        else:
            self.post_message(self.Heard())

    def on_speaking_screen_heard(self) -> None:
        """Show all words, to be corrected or accepted."""
        self._stopping = self._gathering = False
        self.let_go()
        self._hand_over()

    def _hand_over(self) -> None:
        from trainer.tui.screens.correct import CorrectScreen

        self._show(None)
        self._handed_over = True
        self.saved_text = ""  # what the other screen leaves is saved over, if it comes to that
        self.app.push_screen(CorrectScreen(self.current_draft()), self._corrected)

    def _corrected(self, words: Words | None) -> None:
        if words is None:
            self._handed_over = False
            self._show(None)
            return
        self._take.text = words.text
        self._store(words.accepted)

    def _store(self, accepted: bool) -> None:
        self.say("#cue", "Rating your answer …")
        self.store_answer(self.current_draft(), accepted)

    def on_asking_screen_failed(self, message: AskingScreen.Failed) -> None:
        """Take the words back."""
        self._handed_over = self._stopping = self._gathering = False
        self._show(None)

    def action_redo(self) -> None:
        """Set this take with its sound aside, and begin a new one."""
        if self.finishing or self._stopping or not self._take.recorded:
            return
        if not self.begin_new_take():
            return
        self.let_go()
        self._asked = False
        self._take.clear()
        self.remove_class("-recorded")
        self.query_one(LiveWords).show(())
        self._show(None)
        self.open(None)

    def action_type(self) -> None:
        """Go on by keyboard, with the words so far."""
        if self.finishing or self._stopping:
            return
        if self.has_class("-troubled") and not self._take.recorded:
            self.trainer.voice = False  # the next questions would meet the same
        draft = None
        if self._take.recorded or self._takes:
            draft = self._take.put_into(self.current_draft(), open_words=True)
        if self.keep():
            self.trainer.practise(
                self.run,
                draft=draft,
                typed=self._typed,
                back=self._back,
                switch=True,
                by_keyboard=True,
            )

    def action_sound_check(self) -> None:
        """Give the microphone to the sound check, and take it back after."""
        if self.finishing or self._stopping:
            return
        if self._asked or self._phase is RecorderPhase.RECORDING:
            self.notify("Pause first: press Space.")
            return
        from trainer.tui.screens.sound_check import SoundCheckScreen

        self.let_go()
        self.app.push_screen(SoundCheckScreen(), lambda _: self.open(self._take.file))

    # What is shown

    def state_text(self) -> str:
        """Say how much sound is on disk."""
        if not self._take.recorded:
            return ""
        return f"{clock_time(self._take.length_s)} on disk."

    def _show(self, problem: TrainerError | None) -> None:
        """Show what to do, what surrounds the microphone, and what went wrong."""
        hearing = self._take.hearing
        recorder = hearing.recorder if hearing else None
        self.say("#cue", spoken_lines.cue(recorder, self._asked))
        if hearing and self._stopping:
            self.say("#cue", spoken_lines.progress(hearing))
        self.set_class(self._phase is RecorderPhase.RECORDING, "-recording")
        if hearing:
            self.say("#surroundings", spoken_lines.surroundings(hearing))
        self.set_class(problem is not None, "-troubled")
        if problem:
            self.say("#trouble", spoken_lines.trouble(problem, self._take.length_s))
        self.show_draft_state(self.unsaved)
