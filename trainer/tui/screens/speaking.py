"""Practice by voice: the question, the clock, the level, and the words as they are heard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from trainer.capture.types import RecorderPhase, RecorderState
from trainer.display import clock_time
from trainer.errors import TrainerError
from trainer.log import record_crash
from trainer.session.answer import Event, Phase
from trainer.tui import spoken_lines
from trainer.tui.screens.asking import WAYS_ON, AskingScreen
from trainer.tui.screens.reading import READING_ACTIONS
from trainer.tui.screens.recording import RecordingScreen
from trainer.tui.widgets.key_line import KeyLine
from trainer.tui.widgets.level import LevelMeter
from trainer.tui.widgets.live_words import LiveWords

if TYPE_CHECKING:
    from trainer.session.hearing import Hearing
    from trainer.session.plan import Run
    from trainer.store.types import Draft
    from trainer.tui.screens.audience import Audience
    from trainer.tui.screens.correct import Words

LOOK_EVERY_S = 1 / 20
LOOKS_PER_TICK = 5


class SpeakingScreen(RecordingScreen):
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
- Redo (Ctrl+R): start over with a new take; the old one goes to the history with it
- Skip (Ctrl+N): the next question; what you said is kept as unfinished
- Type (Ctrl+E): go on by keyboard, with the words so far
- Sound check (Ctrl+L): try the microphone, or choose another one
- Leave (Esc): back; what you said is kept as unfinished

If the settings say so, the question is read to you: L reads it again, - slower, + faster. Space
stops the reading, and nothing of it is recorded. The preparation time begins when the first
reading has ended, as in an interview; hearing the question again takes from it. In a listening
drill the text is hidden: T shows it. Begin by restating the question in your own words; the
report tells if you did.

Paler words, in italics, may still change. The recogniser was not sure of underlined words. Sound
and words are kept every second, so nothing is lost if the program or the machine stops. They stay
on this machine.
"""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "record", "Record", tooltip="Keep what you say from now on"),
        Binding("space", "pause", "Pause", tooltip="Keep nothing until you go on"),
        Binding("enter", "finish", "Finish", tooltip="Stop, see the words, and have them rated"),
        Binding("ctrl+s", "finish", "Finish", show=False),
        Binding("r", "record_on", "Record on", show=False, tooltip="Go on after a failure"),
        *WAYS_ON,
        Binding("ctrl+e", "type", "Type", tooltip="Type this answer, with the words so far"),
        Binding(
            "ctrl+l", "sound_check", "Sound check", show=False, tooltip="Try another microphone"
        ),
        Binding("l", "hear", "Hear", show=False, tooltip="Have the question read again"),
        Binding("t", "show_text", "Text", show=False, tooltip="Show the question's text"),
        Binding(
            "minus,less_than_sign", "reading_speed(-1)", "Slower", show=False, tooltip="Read slower"
        ),
        Binding(
            "plus,greater_than_sign,equals_sign",
            "reading_speed(1)",
            "Faster",
            show=False,
            tooltip="Read faster",
        ),
        Binding("question_mark", "app.help", "Help", show=False),
    ]
    HEAR_KEY, SHOW_KEY = "L", "T"

    class Heard(Message):
        """All words are there, and safe."""

    def __init__(
        self,
        run: Run,
        draft: Draft | None = None,
        typed: str = "",
        back: Callable[[], Screen[None]] | None = None,
        hearing: Hearing | None = None,
        audience: Audience | None = None,
    ) -> None:
        super().__init__(run, draft, back, hearing, audience)
        self._typed = typed
        self._looks = 0
        self._stopping = False
        """Enter was pressed, and the last words are waited for."""
        self._gathering = False
        """They are there, and are being put together."""

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
        yield KeyLine()

    def on_mount(self) -> None:
        """Open the microphone; an answer that was left is shown, paused."""
        self.take_up()
        assert self.draft is not None
        folder = self.services.home.recordings
        first = not self.services.sounds.any_spoken
        alone = self.audience.alone
        consent = spoken_lines.consent(folder, first, self.services.settings, alone=alone)
        self.query_one("#consent", Static).update(consent)
        words = self.query_one(LiveWords)
        words.show(self.take.words)
        self.set_class(self.take.recorded, "-recorded")
        self.set_focus(words)
        self.open(folder / self.draft.recording if self.draft.recording else None)
        self._tick()
        self._show(None)
        self.set_interval(LOOK_EVERY_S, self.look)
        self.start_saving()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let Space mean what it would do now."""
        if action in ("record", "pause"):
            return (action == "pause") == (self.phase is RecorderPhase.RECORDING)
        if action == "record_on":  # else a letter that was meant for an editor would record
            return self.has_class("-troubled")
        if action in READING_ACTIONS:
            return self.reading_key_works(action)
        return super().check_action(action, parameters)

    @property
    def may_not_hear(self) -> str | None:
        """Why the question cannot be read just now: it would be in the recording."""
        recording = self.phase in (RecorderPhase.RECORDING, RecorderPhase.STOPPING)
        if self.asked or self.told or recording:
            return "You are recording. Pause first: press Space."
        return None

    def take_key(self, character: str) -> bool:
        """Keep no letters: there is nothing to write in."""
        return False

    def show_opened(self, error: TrainerError | None) -> None:
        """Show how things stand, or why there is no sound."""
        if error:
            self._show(error)
            return
        self.look()
        if self.audience.is_over and self.take.recorded:
            self.action_finish()

    # Looking

    def look(self) -> None:
        """Show what recorder and recogniser tell; called twenty times a second."""
        before = self.take.hearing
        hearing = self.take.look()
        if hearing is None:
            return
        recorder = hearing.recorder
        if recorder.phase is not self.phase:
            self._enter(recorder)
        self._looks += 1
        if self._looks % LOOKS_PER_TICK == 0:
            self._tick()
        self._show_level(recorder)
        partial = hearing.recogniser.partial if hearing.recogniser else ""
        self.query_one(LiveWords).show(self.take.words, partial)
        if before is None or before != hearing:
            self._show(recorder.problem)
        is_on = recorder.phase in (RecorderPhase.READY, RecorderPhase.PAUSED)
        if self.asked and not self.told and is_on and self.lets_record:
            self.begin()
        if self._stopping and not self._gathering and self.take.done:
            self._gathering = True
            self._gather()

    def _enter(self, recorder: RecorderState) -> None:
        """Let the clock go exactly as the recorder does."""
        self.phase = recorder.phase
        if recorder.phase is RecorderPhase.RECORDING:
            self.asked = self.told = False
            self.unsaved = None
            self.add_class("-recorded")
            self.send(Event.RESUME if self._clock.phase is Phase.PAUSED else Event.BEGIN)
            return
        if recorder.phase is RecorderPhase.ENDED:
            self.asked = self.told = False
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
        if self.finishing or self._stopping or self.asked:
            return
        if self.take.text is not None:
            self.notify("You have corrected these words. Press Enter to save them first.")
            return
        if self.audience.is_over:
            self.notify(spoken_lines.OVER)
            return
        self.asked = True
        self.stop_reading()  # what is kept begins a moment after the voice has ended
        if self.phase is RecorderPhase.ENDED or not (self.take.is_open or self.take.opening):
            self.let_go()
            self.open(self.take.file)
        self.look()
        self._show(None)

    def action_record_on(self) -> None:
        """Go on after a failure."""
        self.action_record()

    def action_pause(self) -> None:
        """Keep nothing until Space is pressed again."""
        if not self._stopping:
            self.take.pause()

    # The end of an answer

    def action_finish(self) -> None:
        """Stop, wait for the last words, and show them."""
        if self.finishing or self._stopping:
            return
        if not self.take.recorded:
            self.notify("Nothing is recorded yet. Press Space and speak, or type with Ctrl+E.")
            return
        self.asked = False
        self.stop_reading()
        if not self.take.is_open:
            self._hand_over()
            return
        self._stopping = True
        self.send(Event.PAUSE)
        self.take.stop()
        self.look()

    @work(thread=True, group="draft", exit_on_error=False)
    def _gather(self) -> None:
        try:
            self.take.gather()
            draft = self.take.put_into(self.current_draft())
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
        self.audience.hear_end(self.take.length_s)
        if self.audience.take(self):
            return
        self.handed_over = True
        self.saved_text = ""  # what the other screen leaves is saved over, if it comes to that
        title = None if self.hearing.shows_text else "Listening drill"
        self.app.push_screen(CorrectScreen(self.current_draft(), title), self._corrected)

    def _corrected(self, words: Words | None) -> None:
        if words is None:
            self.handed_over = False
            self._show(None)
            return
        self.take.text = words.text
        self._store(words.accepted)

    def _store(self, accepted: bool) -> None:
        self.say("#cue", "Rating your answer …")
        self.store_answer(self.current_draft(), accepted)

    def on_asking_screen_failed(self, message: AskingScreen.Failed) -> None:
        """Take the words back."""
        self.handed_over = self._stopping = self._gathering = False
        self._show(None)

    def action_redo(self) -> None:
        """Set this take with its sound aside, and begin a new one."""
        if self.finishing or self._stopping or not self.take.recorded:
            return
        if not self.begin_new_take():
            return
        self.let_go()
        self.asked = False
        self.take.clear()
        self.remove_class("-recorded")
        self.query_one(LiveWords).show(())
        self._show(None)
        self.open(None)

    def action_type(self) -> None:
        """Go on by keyboard, with the words so far."""
        if self.finishing or self._stopping:
            return
        if self.has_class("-troubled") and not self.take.recorded:
            self.trainer.voice = False  # the next questions would meet the same
        draft = None
        if self.take.recorded or self._takes:
            draft = self.take.put_into(self.current_draft(), open_words=True)
        if self.keep():
            self.trainer.practise(
                self.run,
                draft=draft,
                typed=self._typed,
                back=self._back,
                switch=True,
                by_keyboard=True,
                hearing=self.hearing,
                audience=self.audience,
            )

    def action_sound_check(self) -> None:
        """Give the microphone to the sound check, and take it back after."""
        if self.finishing or self._stopping:
            return
        if self.asked or self.phase is RecorderPhase.RECORDING:
            self.notify("Pause first: press Space.")
            return
        from trainer.tui.screens.sound_check import SoundCheckScreen

        self.stop_reading()
        self.let_go()
        self.app.push_screen(SoundCheckScreen(), lambda _: self.open(self.take.file))

    # What is shown

    def show_reading(self) -> None:
        """Say that the question is read, or that it is over."""
        super().show_reading()
        hearing = self.take.hearing
        self._show(hearing.recorder.problem if hearing else None)

    def state_text(self) -> str:
        """Say how much sound is on disk."""
        if not self.take.recorded:
            return ""
        return f"{clock_time(self.take.length_s)} on disk."

    def _show(self, problem: TrainerError | None) -> None:
        """Show what to do, what surrounds the microphone, and what went wrong."""
        hearing = self.take.hearing
        recorder = hearing.recorder if hearing else None
        reading = self.hearing.reading
        self.say("#cue", spoken_lines.cue(recorder, self.asked, problem is not None, reading))
        if hearing and self._stopping:
            self.say("#cue", spoken_lines.progress(hearing))
        elif self.audience.is_over:
            self.say("#cue", spoken_lines.OVER)
        self.set_class(self.phase is RecorderPhase.RECORDING, "-recording")
        if hearing:
            self.say("#surroundings", spoken_lines.surroundings(hearing))
        self.set_class(problem is not None, "-troubled")
        if problem:
            self.say("#trouble", spoken_lines.trouble(problem, self.take.length_s))
        self.show_draft_state(self.unsaved)
