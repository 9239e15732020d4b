"""Asking one question: its preparation, then the answer by keyboard or by voice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from trainer.errors import TrainerError
from trainer.plain.console import Console, Letter
from trainer.plain.drafting import Drafting, Way
from trainer.plain.question import (
    change_speed,
    earlier_takes,
    hint_lines,
    question_lines,
    read_question,
)
from trainer.plain.timing import tell_prepared, tell_times
from trainer.plain.typed import TypedAnswer
from trainer.session.answer import AnswerClock, Event
from trainer.session.hearing import Hearing, Sounding

if TYPE_CHECKING:
    from trainer.recall import AttemptView
    from trainer.services import Services
    from trainer.session.plan import Run
    from trainer.store.types import Draft

_BEGIN = Letter("", "begins your answer", "Begin your answer. The clock starts then.")
_GO_ON = Letter("", "goes on with your answer", "Go on with this answer. Its clock goes on.")
_VOICE = Letter("v", "speak it", "Answer by voice. Nothing is recorded before you say so.")
_KEYBOARD = Letter("k", "type it", "Answer by keyboard.")
_HINT = Letter("h", "hint", "Tell what a good answer holds, and what to avoid.")
_HEAR = Letter("l", "listen", "Have the question read aloud.")
_SLOWER = Letter("-", "slower", "Have questions read slower from now on.")
_FASTER = Letter("+", "faster", "Have questions read faster from now on.")
_TEXT = Letter("t", "text", "Show the text of the question.")
_SKIP = Letter("s", "skip", "Go to the next question. What there is of this answer is kept.")
_LEAVE = Letter("q", "leave", "Go back. What there is of this answer is kept.")


class Asking:
    """Asks questions one after another. `by_voice` is how answers begin, as it was used last."""

    def __init__(
        self,
        services: Services,
        console: Console,
        by_voice: bool,
        reading: Literal["off", "read", "drill"],
    ) -> None:
        self._services = services
        self._console = console
        self._by_voice = by_voice
        self._reading = reading
        self.hearing = Hearing()
        """How the question was taken in that was asked last."""

    def ask(self, run: Run, draft: Draft | None = None) -> AttemptView | Way:
        """Ask the run's present question until it is answered, skipped or left.

        `draft` takes up an answer that was left. Raises `InputEndedError`; then, and where the
        program is told to end, what there is of the answer is kept.
        """
        drafting = self._begin(run, draft)
        fresh = draft is None
        if fresh and self._by_voice:
            self._offer_model(run)
        way = self._prepare_and_answer(drafting, fresh)
        while way in (Way.REDO, Way.OTHER):
            if way is Way.REDO:
                way = self._prepare_and_answer(drafting, fresh=True)
            else:
                self._by_voice = not self._by_voice
                way = self._answer(drafting)
        return way

    def _begin(self, run: Run, draft: Draft | None) -> Drafting:
        services = self._services
        by_voice = draft is not None and draft.recording is not None
        if draft:
            self._by_voice = by_voice
        takes: tuple[Draft, ...] = ()
        try:
            takes = earlier_takes(services, draft) if draft else ()
        except TrainerError as error:
            self._console.complain(error)
        self.hearing = Hearing()
        if draft is None and self._reading == "drill":
            self.hearing = Hearing(hidden=services.reading.available() is None)
        return Drafting(services, self._console, run, draft or services.new_draft(run), takes)

    def _prepare_and_answer(self, drafting: Drafting, fresh: bool) -> AttemptView | Way:
        services, run = self._services, drafting.run
        self._console.say(*question_lines(run, drafting.draft.take, self.hearing))
        prepare_s = run.item.prepare_s if services.settings.preparation and fresh else 0
        if fresh and self._reading != "off" and self.hearing.state is Sounding.NONE:
            self.hearing = read_question(services, self._console, run.item, self.hearing)
            if self.hearing.looked and self.hearing.hidden:
                self._console.say(*question_lines(run, drafting.draft.take, self.hearing))
        self._console.tell(tell_times(run.item, prepare_s))
        if not fresh:
            drafting.tell_extent()
        start_s = services.clock()
        way = self._prepare(drafting, _BEGIN if fresh else _GO_ON, prepare_s)
        if way is not None:
            return way
        prepared = tell_prepared(services.clock() - start_s, prepare_s)
        if prepared:
            self._console.say(prepared)
        return self._answer(drafting)

    def _answer(self, drafting: Drafting) -> AttemptView | Way:
        services, now_s = self._services, self._services.clock()
        answer_s, counted_s = drafting.run.item.answer_s, drafting.draft.counted_s
        clock = AnswerClock.resumed(0, answer_s, counted_s, now_s)
        if self._by_voice:
            from trainer.plain.speaking import SpokenTurn

            return SpokenTurn(services, self._console, drafting, clock, self.hearing).take()
        return TypedAnswer(services, self._console, drafting, clock.on(Event.RESUME, now_s)).take()

    def _prepare(self, drafting: Drafting, begins: Letter, prepare_s: int) -> Way | None:
        """Wait for the begin of the answer; return where else to go."""
        alarm = "The preparation time is over. Begin when you are ready."
        alarm_s: float | None = float(prepare_s) or None
        with drafting.kept(lambda: drafting.draft):
            while True:
                key, _ = self._console.choose(self._letters(begins), alarm_s=alarm_s, alarm=alarm)
                alarm_s = None
                if key == _BEGIN.key:
                    return None
                if key in (_VOICE.key, _KEYBOARD.key):
                    self._by_voice = key == _VOICE.key
                    if key == _VOICE.key and not drafting.holds_something:
                        self._offer_model(drafting.run)
                    return None
                if key == _SKIP.key:
                    drafting.leave()
                    return Way.SKIPPED
                if key == _LEAVE.key:
                    drafting.leave()
                    return Way.LEFT
                self._tell(drafting, key)

    def _offer_model(self, run: Run) -> None:
        if run.item.probe_of is None:
            from trainer.plain.offering import offer_model

            offer_model(self._services, self._console)

    def _letters(self, begins: Letter) -> list[Letter]:
        other = _KEYBOARD if self._by_voice else _VOICE
        letters = [begins, other]
        if self.hearing.shows_text:
            letters.append(_HINT)
        else:
            letters.append(_TEXT)
        if self._services.reading.available() is None:
            letters += [_HEAR, _SLOWER, _FASTER]
        return [*letters, _SKIP, _LEAVE]

    def _tell(self, drafting: Drafting, key: str) -> None:
        item = drafting.run.item
        if key == _HINT.key:
            self._console.say(*hint_lines(self._services, item))
        elif key == _TEXT.key:
            self.hearing = self.hearing.show()
            self._console.say(*question_lines(drafting.run, drafting.draft.take, self.hearing))
        elif key == _HEAR.key:
            self.hearing = read_question(self._services, self._console, item, self.hearing)
        else:
            change_speed(self._services, self._console, 1 if key == _FASTER.key else -1)
