"""An answer by keyboard, line by line; what is typed is on disk within a second."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from trainer.errors import TrainerError
from trainer.plain.console import HELP, Console, Letter, listed
from trainer.plain.drafting import Drafting, Way
from trainer.plain.question import hint_lines
from trainer.plain.reader import InputEndedError
from trainer.plain.timing import tell_light
from trainer.session.answer import AnswerClock, Event, Light, Phase

if TYPE_CHECKING:
    from trainer.recall import AttemptView
    from trainer.services import Services
    from trainer.store.types import Draft

END = "."
_PAUSE = Letter(".p", "pauses", "Stop the clock. The next line goes on, and so does .p again.")
_TIME = Letter(".t", "time", "Tell how long your answer is so far.")
_WORDS = Letter(".w", "words so far", "Tell what you have written.")
_UNDO = Letter(".u", "takes back the last line", "Take back the last line that you wrote.")
_HINT = Letter(".h", "hint", "Tell what a good answer holds, and what to avoid.")
_REDO = Letter(".r", "starts over", "Start over with a new take. The old one is kept.")
_VOICE = Letter(".v", "speak on", "Go on by voice. Only for an answer that has no words yet.")
_SKIP = Letter(".s", "skip", "Go to the next question. What you wrote is kept.")
_LEAVE = Letter(".q", "leave", "Go back. What you wrote is kept.")
_HELP = Letter(f".{HELP.key}", "help", "Explain these letters.")
_LETTERS = (_PAUSE, _TIME, _WORDS, _UNDO, _HINT, _REDO, _VOICE, _SKIP, _LEAVE, _HELP)
_PROMPT = "Answer: "


class TypedAnswer:
    """Takes the lines of one answer. What stands alone on a line after a dot is no part of it."""

    def __init__(
        self, services: Services, console: Console, drafting: Drafting, clock: AnswerClock
    ) -> None:
        self._services = services
        self._console = console
        self._drafting = drafting
        self._clock = clock
        self._light = Light.TOO_SHORT
        self._has_ended = False
        self._half = ""
        text = drafting.draft.text
        self._lines = text.split("\n") if text else []

    def take(self) -> AttemptView | Way:
        """Return the report's view of the answer, or how the question was left."""
        self._console.tell(
            "Type your answer as you would speak it. Each line is safe once you press Enter. One "
            "dot alone on a line ends the answer."
        )
        letters = (f"{letter.key} {letter.word}" for letter in _LETTERS)
        self._console.say(*listed(letters, "Also alone on a line, each with its dot: "))
        if self._drafting.draft.recording:
            self._console.say("Your sound is kept with this answer.")
        with self._drafting.kept(self._current):
            while True:
                way = self._take_line()
                if way is not None:
                    return way

    def _take_line(self) -> AttemptView | Way | None:
        try:
            line = self._console.line_kept(_PROMPT, self._keep_half)
        except InputEndedError:
            # A terminal goes on after Ctrl+D; where no line came since the last end, none comes.
            if self._has_ended or not self._has_words:
                raise
            self._has_ended = True
            return self._finish()
        self._has_ended = False
        half, self._half = self._half, ""
        key = line.strip().casefold()
        is_order = key in (END, HELP.key) or any(key == letter.key for letter in _LETTERS)
        if half and (is_order or not key):
            self._drafting.save(self._current())  # what was kept of this line was taken back
        if is_order:
            return self._finish() if key == END else self._obey(key)
        self._send(Event.RESUME)
        if line.strip() or self._lines:
            self._lines.append(line)
            self._drafting.save(self._current())
        longest = self._console.longest
        if longest and len(line.encode()) >= longest - 1:
            self._console.tell(
                "That line was as long as a terminal takes. Its end may be missing: see .w, and "
                "press Enter more often."
            )
        self._tell_new_light()
        return None

    def _keep_half(self, half: str) -> None:
        """Put what is typed of a line on disk; a failure is told with the whole line."""
        self._half = _words_of(half)
        with suppress(TrainerError):
            self._services.save_draft(self._current())

    def _obey(self, key: str) -> AttemptView | Way | None:
        if key == _PAUSE.key:
            self._send(Event.RESUME if self._clock.phase is Phase.PAUSED else Event.PAUSE)
            paused = self._clock.phase is Phase.PAUSED
            self._console.say("Paused. The next line goes on." if paused else "The clock goes on.")
        elif key == _TIME.key:
            self._console.say(tell_light(self._clock, self._now_s))
        elif key == _WORDS.key:
            self._console.tell("\n".join(self._lines) or "There are no words yet.", "  ")
        elif key == _UNDO.key:
            self._undo()
        elif key == _HINT.key:
            self._console.say(*hint_lines(self._services, self._drafting.run.item))
        elif key == _REDO.key:
            if self._has_words and self._drafting.redo(self._current()):
                return Way.REDO
        elif key == _VOICE.key:
            if not self._has_words:
                return Way.OTHER
            self._console.say("This answer has words already. End it, or start over with .r first.")
        elif key in (_SKIP.key, _LEAVE.key):
            self._drafting.leave(self._current())
            return Way.SKIPPED if key == _SKIP.key else Way.LEFT
        else:
            for letter in _LETTERS:
                self._console.tell(letter.about, f"{letter.key}: ")
        return None

    def _undo(self) -> None:
        if self._lines:
            gone = self._lines.pop()
            self._drafting.save(self._current())
            self._console.tell(gone or "an empty line", "Taken back: ", "  ")
        else:
            self._console.say("There is no line to take back.")

    def _finish(self) -> AttemptView | None:
        if not self._has_words:
            self._console.say("There are no words yet. Type your answer first, or skip with .s.")
            return None
        self._send(Event.PAUSE)
        self._drafting.draft = self._current()
        view = self._drafting.finish()
        if view is None:
            self._console.say("Your words stay. End again with one dot, or leave with .q.")
        return view

    @property
    def _has_words(self) -> bool:
        return any(line.strip() for line in self._lines)

    @property
    def _now_s(self) -> float:
        return self._services.clock()

    def _send(self, event: Event) -> None:
        # Typing does not move the clock of a recording: its time is that of the speech.
        if self._drafting.draft.recording is None or event is Event.PAUSE:
            self._clock = self._clock.on(event, self._now_s)

    def _current(self) -> Draft:
        counted_s = self._clock.answer_elapsed_s(self._now_s)
        if self._drafting.draft.recording:
            counted_s = self._drafting.draft.counted_s
        lines = [*self._lines, self._half] if self._half else self._lines
        text = "\n".join(lines).strip("\n")
        return replace(self._drafting.draft, text=text, counted_s=counted_s)

    def _tell_new_light(self) -> None:
        light = self._clock.light(self._now_s)
        if light is not self._light:
            self._light = light
            self._console.say(tell_light(self._clock, self._now_s))


def _words_of(half: str) -> str:
    """Return what is typed of a line as words of the answer; none where it may become an order."""
    return "" if half.strip() in ("", HELP.key) or half.lstrip().startswith(END) else half
