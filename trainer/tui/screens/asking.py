"""What asking a question has in common, however it is answered: takes, hint, ways out, the end."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import TYPE_CHECKING

from textual import work
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from trainer.display import clock_time, visible
from trainer.errors import TrainerError
from trainer.log import record_crash
from trainer.session.answer import AnswerClock, Event
from trainer.tui.screens.audience import Alone, Audience
from trainer.tui.screens.reading import ReadingScreen
from trainer.tui.widgets.timer import TimerLine

if TYPE_CHECKING:
    from trainer.recall import AttemptView
    from trainer.session.hearing import Hearing
    from trainer.session.plan import Run
    from trainer.store.types import Draft


# None has priority: what was typed before a key must have arrived when the key counts.
WAYS_ON: tuple[BindingType, ...] = (
    Binding("ctrl+g", "hint", "Hint", tooltip="What a good answer holds"),
    Binding("ctrl+r", "redo", "Redo", tooltip="Start over. The old take is kept"),
    Binding("ctrl+n", "skip", "Skip", tooltip="Go to the next question"),
    Binding("escape", "leave", "Leave", tooltip="Go back. Your answer is kept"),
)


class AskingScreen(ReadingScreen, Screen[None]):
    """Asks the run's present question. `draft` takes up an answer that was left.

    `back` makes the screen that leaving goes to, if it is not the one below; `audience` hears how
    the answer goes, and leads on from it. `finishing` is set while the answer is rated and stored:
    then nothing else may happen to it.
    """

    @dataclass
    class Finished(Message):
        """The answer was rated and stored."""

        view: AttemptView

    @dataclass
    class Failed(Message):
        """The answer could not be stored; it is still on the screen."""

        error: TrainerError

    def __init__(
        self,
        run: Run,
        draft: Draft | None = None,
        back: Callable[[], Screen[None]] | None = None,
        hearing: Hearing | None = None,
        audience: Audience | None = None,
    ) -> None:
        super().__init__(run, draft.text if draft else "", hearing)
        self.draft = draft
        self.audience: Audience = audience or Alone()
        self._is_fresh = draft is None
        self.finishing = False
        self.unsaved: TrainerError | None = None
        """Why the draft is not safe; None where it is."""
        self._failure: TrainerError | None = None
        """Why the finished answer could not be stored."""
        self._back = back
        self._takes: tuple[Draft, ...] = ()
        self._clock = AnswerClock.start(0, run.item.answer_s, 0.0)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show no key for a hint that the audience keeps, nor to add to what is over."""
        if action == "hint":
            return self.audience.alone
        return action != "redo" or not self.audience.is_over

    def question_widgets(self, starts: str) -> Iterable[Widget]:
        """Yield the title, the question and the clock, which says what `starts` it."""
        self.expect_question(self._is_fresh)
        yield Static(self._title(), classes="title-bar", markup=False)
        yield Static(self.question_text(), id="question", markup=False)
        yield Static("", id="beside", markup=False)
        yield TimerLine(starts)

    def hint_widget(self) -> Widget:
        """Return the hint, which is hidden at first."""
        return VerticalScroll(Static(self._hint_text(), id="hint-text"), id="hint")

    def take_up(self) -> None:
        """Start the clock of this question, or take up the draft's, paused."""
        item, now_s = self.run.item, self.services.clock()
        prepare_s = item.prepare_s if self.services.settings.preparation else 0
        if self.draft is None:
            self.draft = self.services.new_draft(self.run)
            self._clock = AnswerClock.start(prepare_s, item.answer_s, now_s)
        else:
            self._clock = AnswerClock.resumed(prepare_s, item.answer_s, self.draft.counted_s, now_s)
            self._takes = self._earlier_takes(self.draft)
        self.audience.attend(self)
        self.audience.hear(self._clock.phase)
        self.ask_aloud(self._is_fresh)

    def _earlier_takes(self, draft: Draft) -> tuple[Draft, ...]:
        try:
            drafts = self.services.unfinished()
        except TrainerError as error:
            self.complain(error)
            return ()
        same = attrgetter("session_id", "question_id", "probe_of", "criterion_id")
        return tuple(d for d in drafts if d.set_aside and same(d) == same(draft))

    # The clock

    def send(self, event: Event) -> None:
        """Tell the clock what happened."""
        self._clock = self._clock.on(event, self.services.clock())
        self.audience.hear(self._clock.phase)
        self._tick()
        self.refresh_bindings()

    def hold_clock(self) -> None:
        """Keep the whole preparation time ahead: the question is still being asked."""
        self._clock = self._clock.held(self.services.clock())

    def _tick(self) -> None:
        timer = self.query_one(TimerLine)
        timer.now_s = self.services.clock()
        timer.clock = self._clock

    # The draft

    @property
    def draft_id(self) -> str:
        """The id of the present take's draft."""
        assert self.draft is not None
        return self.draft.id

    def show_draft_state(self, error: TrainerError | None = None) -> None:
        """Say which takes are kept, and whether the answer is safe."""
        self.unsaved = error
        failed = error is not None or self._failure is not None
        self.query_one("#draft-state").set_class(failed, "-failed")
        self.say("#draft-state", self._draft_state())

    def _draft_state(self) -> str:
        if self.unsaved is not None:
            return f"Not saved. {visible(str(self.unsaved))}"
        if self._failure is not None:
            return f"Not rated. {visible(str(self._failure))}"
        lines = [f"Take {take.take} is kept: {_extent(take)}." for take in self._takes]
        if self._takes:
            lines.append("It goes to the history with the next one.")
        lines.append(self.state_text())
        return " ".join(line for line in lines if line)

    @abstractmethod
    def state_text(self) -> str:
        """Say how the present take stands."""

    # The end of an answer

    def store_answer(self, draft: Draft, accepted: bool = True) -> None:
        """Rate the draft and store it; `Finished` or `Failed` follows."""
        self.finishing = True
        self._failure = None
        self._store_answer(draft, accepted)

    @work(thread=True, group="finish", exit_on_error=False)
    def _store_answer(self, draft: Draft, accepted: bool) -> None:
        takes = [take.id for take in self._takes]
        try:
            with self.saving:
                self.services.save_draft(draft)
                attempt_id = self.services.finish(draft, self.run.item, takes, accepted)
                self.closed = True
            self.post_message(self.Finished(self.services.view(attempt_id)))
        except TrainerError as error:
            self.post_message(self.Failed(error))
        except Exception as error:  # noqa: BLE001 - the answer must stay on the screen
            problem = "Something went wrong while your answer was stored."
            self.post_message(self.Failed(TrainerError(problem, record_crash(error))))

    def on_asking_screen_finished(self, message: Finished) -> None:
        """Lead on from here."""
        self.once_on_top(lambda: self.audience.follow(self, message.view))

    def on_asking_screen_failed(self, message: Failed) -> None:
        """Keep the answer on the screen and say what is wrong."""
        self.finishing = False
        self._failure = message.error
        self.complain(message.error)
        self.show_draft_state(self.unsaved)

    def whole_draft(self) -> Draft:
        """Return the present take as it is to be kept where nothing more will be heard of it."""
        return self.current_draft()

    def begin_new_take(self) -> bool:
        """Set this take aside and begin the next; return False where it could not be saved."""
        aside = replace(self.whole_draft(), set_aside=True)
        try:
            with self.saving:
                self.services.save_draft(aside)
                self.draft = self.services.new_draft(self.run, take=aside.take + 1)
        except TrainerError as error:
            self.complain(error)
            return False
        self._takes = (*self._takes, aside)
        self.saved_text = ""
        self.send(Event.REDO)
        self.query_one(".title-bar", Static).update(self._title())
        return True

    def action_skip(self) -> None:
        """Leave this question; what there is of the answer is kept as unfinished."""
        if not self.finishing:
            self.audience.skip(self)

    def action_leave(self) -> None:
        """Go back; what there is of this answer is kept as unfinished."""
        if not self.finishing:
            self.audience.leave(self)

    def leave(self) -> None:
        """Go back, once the answer is kept."""
        draft = self.current_draft()
        if draft.text.strip() or draft.recording:
            self.app.notify("Your answer is kept. Find it on home under Unfinished (u).")
        if self._back:
            self.app.switch_screen(self._back())
        else:
            self.dismiss()

    # What is shown

    @property
    def help_text(self) -> str:
        """The help of this screen, with what holds because of who listens."""
        return f"{self.HELP or ''}\n{self.audience.help}"

    def action_hint(self) -> None:
        """Show or hide what a good answer holds."""
        self.query_one("#hint").toggle_class("-shown")

    def show_reading(self) -> None:
        """Show the text, and the hint that goes with it, once they may be seen."""
        self.query_one(".title-bar", Static).update(self._title())
        self.query_one("#hint-text", Static).update(self._hint_text())

    def show_beside(self, text: str | Content) -> None:
        """Show what is said while the question is answered; without words its place goes."""
        self.say("#beside", text)
        self.query_one("#beside").set_class(bool(text), "-shown")

    def _title(self) -> str:
        run, take = self.run, self.draft.take if self.draft else 1
        kind = "Follow-up" if run.item.probe_of else f"Question {run.index + 1} of {len(run.items)}"
        kind = self.audience.title or kind
        takes = f" · take {take}" if take > 1 else ""
        # The bank's title alone can give a question away.
        about = visible(run.item.bank_title) if self.hearing.shows_text else "Listening drill"
        return f"{kind} · {about}{takes}"

    def _hint_text(self) -> Content:
        if not self.audience.alone:
            return Content()
        if not self.hearing.shows_text:
            return self.hidden_hint()
        question = self.run.item.question
        rubric = self.services.rubric_for(question.rubric, self.run.item.criterion_id)
        pieces: list[str | tuple[str, str]] = [
            ("What they want to know\n", "bold $primary"),
            f"{visible(question.intent)}\n",
        ]
        if rubric:
            pieces.append(("\nA good answer holds\n", "bold $primary"))
            pieces += [f"· {visible(c.title)}: {visible(c.asks)}\n" for c in rubric.criteria]
        pieces.append(("\nTake care\n", "bold $primary"))
        pieces += [f"· {visible(pitfall)}\n" for pitfall in question.pitfalls]
        return Content.assemble(*pieces)


def _extent(take: Draft) -> str:
    count = len(take.text.split())
    words = "1 word" if count == 1 else f"{count} words"
    if take.recording is None:
        return words
    # Without words nothing is lost: the sound has them.
    return f"{clock_time(take.counted_s)} of sound{f', {words}' if count else ''}"
