"""An answer by voice, line by line: Enter begins it, Enter ends it, and nothing is said meanwhile.

A screen reader reads what is written, and the microphone would hear it: so as long as sound is
kept, only trouble is told.
"""

from __future__ import annotations

from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING

from trainer.capture.types import RecorderPhase, RecorderState
from trainer.display import one_line
from trainer.errors import TrainerError
from trainer.keeping.saying import choice
from trainer.log import record_crash
from trainer.plain.console import Console, Letter
from trainer.plain.correcting import Correcting
from trainer.plain.drafting import Drafting, Way
from trainer.plain.question import hint_lines
from trainer.plain.reader import InputEndedError
from trainer.plain.timing import tell_light, tell_span
from trainer.spoken_take import SpokenTake
from trainer.voice import engine_name

if TYPE_CHECKING:
    from trainer.recall import AttemptView
    from trainer.services import Services
    from trainer.session.answer import AnswerClock
    from trainer.session.hearing import Hearing
    from trainer.store.types import Draft

_RECORD = Letter("", "records on", "Go on with your answer. Speak when it says so.")
_AGAIN = Letter("", "tries again", "Try the microphone again.")
_END = Letter(".", "ends your answer", "End your answer, see its words, and have them rated.")
_TYPE = Letter("k", "type it", "Go on by keyboard, with the words so far.")
_HINT = Letter("h", "hint", "Tell what a good answer holds, and what to avoid.")
_WORDS = Letter("w", "words so far", "Tell the words that were heard so far.")
_REDO = Letter("r", "starts over", "Start over with a new take. The old one is kept.")
_SKIP = Letter("s", "skip", "Go to the next question. What you said is kept.")
_LEAVE = Letter("q", "leave", "Go back. What you said is kept.")

_BETTER = "A speech model hears better. To get one run: trainer models install"
_LOOK_S = 0.05
_SAVE_EVERY_S = 1.0
_PROGRESS_EVERY_S = 5.0


class SpokenTurn:
    """Takes one answer by voice. Its clock is the length of the sound on disk."""

    def __init__(
        self,
        services: Services,
        console: Console,
        drafting: Drafting,
        clock: AnswerClock,
        hearing: Hearing,
    ) -> None:
        self._services = services
        self._console = console
        self._drafting = drafting
        self._clock = clock
        self._hearing = hearing
        self._take = SpokenTake(drafting.draft)
        self._problem: TrainerError | None = None
        self._saved: Draft | None = None

    def take(self) -> AttemptView | Way:
        """Return the report's view of the answer, or how the question was left."""
        self._tell_consent()
        try:
            with self._drafting.kept(self._whole):
                # An answer that is taken up is first shown: nobody has begun to speak.
                if self._take.recorded and self._open():
                    self._console.say("Nothing more is recorded yet.")
                else:
                    self._record()
                while True:
                    way = self._go_on()
                    if way is not None:
                        return way
        finally:
            self._close()

    def _tell_consent(self) -> None:
        if self._services.sounds.any_spoken:
            return
        folder = self._services.home.recordings
        self._console.tell(
            f"Your voice is recorded from the line “Speak now” until you press Enter. Sound and "
            f"words stay on this machine, in {folder}. {choice(self._services.settings)} Deleting "
            "an answer deletes its sound."
        )

    # The microphone

    def _open(self) -> bool:
        """Open the microphone, and wait until it is on; say why where it cannot be."""
        self._problem = None
        self._console.say("The microphone is being opened.")
        turn, name = self._take.expect(), self._drafting.draft.recording
        try:
            folder = self._services.home.recordings
            file = folder / name if name else self._services.new_recording()
            spoken = self._services.open_spoken(file)
        except TrainerError as error:
            return self._fail(error)
        except Exception as error:  # noqa: BLE001 - typing must stay possible whatever broke
            problem = TrainerError("The microphone cannot be opened.", record_crash(error))
            return self._fail(problem)
        self._take.accept(spoken, turn, file)
        while (recorder := self._look()).phase is RecorderPhase.OPENING:
            self._wait()
        if recorder.phase is RecorderPhase.ENDED:
            return self._fail(recorder.problem)
        engine = self._services.engine()
        name = one_line(recorder.device, 60) or "the system's"
        better = "" if engine and engine.folder else f" {_BETTER}"
        self._console.tell(f"Microphone: {name}. Words by: {engine_name(engine)}.{better}")
        return True

    def _fail(self, error: TrainerError | None) -> bool:
        self._problem = error or TrainerError("The recording has ended.", "Try again.")
        self._close()
        return False

    def _close(self) -> None:
        spoken = self._take.release()
        if spoken:
            spoken.close()

    def _look(self) -> RecorderState:
        state = self._take.look()
        return state.recorder if state else RecorderState(RecorderPhase.ENDED)

    def _wait(self) -> str | None:
        """Let a moment pass; return a line that was typed meanwhile."""
        return self._console.glance(_LOOK_S)

    # Recording

    def _record(self) -> None:
        """Record until Enter. What went wrong is left in `_problem`."""
        if self._take.text is not None:
            self._console.say("You have corrected these words. End your answer with a dot first.")
            return
        if self._look().phase is RecorderPhase.ENDED:
            self._close()
            if not self._open():
                return
        if not self._take.recorded:
            draft = self._take.put_into(self._current(), recorded=True)
            if not self._drafting.save(draft):
                self._problem = TrainerError("Nothing is recorded.", "Free some space, then retry.")
                return
            self._take.recorded = True
        self._take.record()
        self._follow()
        recorder = self._look()
        self._problem = recorder.problem if recorder.phase is RecorderPhase.ENDED else None
        self._save()

    def _follow(self) -> None:
        is_told, saved_s = False, monotonic()
        while (recorder := self._look()).phase is not RecorderPhase.ENDED:
            if recorder.phase is RecorderPhase.RECORDING and not is_told:
                is_told = True
                self._console.say("Speak now. Enter ends it.")
            try:
                ends = self._wait() is not None and is_told
            except InputEndedError:  # the next prompt tells whether more can come
                ends = True
            if ends:
                self._take.pause()
                break
            if monotonic() - saved_s >= _SAVE_EVERY_S:
                saved_s = monotonic()
                self._save()
        while self._look().phase is RecorderPhase.RECORDING:
            self._wait()

    def _save(self) -> None:
        draft = self._current()
        if draft != self._saved and self._drafting.save(draft):
            self._saved = draft

    def _current(self) -> Draft:
        counted_s = self._take.length_s if self._take.recorded else 0.0
        return self._take.put_into(replace(self._drafting.draft, counted_s=counted_s))

    def _whole(self) -> Draft:
        self._look()
        return self._take.put_open_words_into(self._current())

    # Between recordings

    def _go_on(self) -> AttemptView | Way | None:
        """Ask what comes next while nothing is recorded."""
        self._console.say("")
        if self._problem:
            self._console.complain(self._problem)
        if self._take.recorded:
            clock = replace(self._clock, counted_s=self._take.length_s)
            self._console.tell(f"Your sound is on disk. {tell_light(clock, 0.0)}")
        key, _ = self._console.choose(self._letters())
        if key == _RECORD.key:
            self._record()
        elif key == _END.key:
            return self._end()
        elif key == _HINT.key:
            self._console.say(*hint_lines(self._services, self._drafting.run.item))
        elif key == _WORDS.key:
            heard = self._take.heard
            said = heard.text if heard else ""
            self._console.tell(said or "No words were heard so far.", "  ")
        elif key == _TYPE.key:
            self._drafting.draft = self._take.put_into(self._current(), open_words=True)
            if self._take.recorded:
                self._drafting.save(self._drafting.draft)
            return Way.OTHER
        elif key == _REDO.key:
            return self._redo()
        else:
            self._drafting.leave(self._whole())
            return Way.SKIPPED if key == _SKIP.key else Way.LEFT
        return None

    def _letters(self) -> list[Letter]:
        letters = [_AGAIN if self._problem else _RECORD]
        if self._take.recorded:
            letters = [_END, *letters, _WORDS, _REDO]
        letters.append(_TYPE)
        if self._hearing.shows_text:
            letters.append(_HINT)
        return [*letters, _SKIP, _LEAVE]

    def _redo(self) -> Way | None:
        return Way.REDO if self._drafting.redo(self._whole()) else None

    # The end of an answer

    def _end(self) -> AttemptView | None:
        """Wait for the last words, show them, and rate what the speaker makes of them."""
        self._gather()
        draft = self._current()
        if not self._drafting.save(draft):
            return None
        words = self._services.words_of(draft)
        console = self._console
        console.say("", "Are these your words?")

        def save(text: str) -> None:
            self._take.text = text
            self._save()

        made = Correcting(self._services, console, draft, words, save).correct()
        if made is None:
            self._take.text = None
            self._save()
            return None
        self._take.text = made.text
        self._drafting.draft = self._current()
        return self._drafting.finish(made.accepted)

    def _gather(self) -> None:
        if not self._take.is_open:
            return
        self._take.stop()
        self._console.say("Waiting for the last words.")
        told_s = monotonic()
        while not self._take.done:
            self._take.look()
            self._wait()
            hearing = self._take.hearing
            if monotonic() - told_s >= _PROGRESS_EVERY_S and hearing and hearing.recogniser:
                told_s = monotonic()
                read, length = hearing.recogniser.read_s, hearing.recorder.length_s
                self._console.say(f"Reading your words: {tell_span(read)} of {tell_span(length)}.")
        self._take.look()
        recogniser = self._take.hearing.recogniser if self._take.hearing else None
        if recogniser and recogniser.problem:
            self._console.complain(recogniser.problem)
        self._take.gather()
        self._close()
