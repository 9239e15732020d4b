"""Practice: one question, an editor, and the clock. A draft is kept while one types."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Footer, Static, TextArea

from trainer.display import visible
from trainer.errors import TrainerError
from trainer.log import record_crash
from trainer.recall import AttemptView
from trainer.session.answer import AnswerClock, Event, Phase
from trainer.session.plan import Run
from trainer.store.types import Draft
from trainer.tui.screens.drafting import DraftingScreen
from trainer.tui.widgets.editor import AnswerEditor
from trainer.tui.widgets.timer import TimerLine

TICK_S = 0.25


class PracticeScreen(DraftingScreen, Screen[None]):
    """Asks the run's present question. `draft` takes up an answer that was left."""

    CSS_PATH = "../styles/practice.tcss"
    HELP = """\
# Practice

Read the question. Type your answer as you would speak it. The clock starts with the
first letter. What you type is saved every second, so nothing is lost if the program or
the machine stops.

- Finish (Ctrl+S): rate the answer
- Pause (Ctrl+T): stop the clock; again to go on
- Hint (Ctrl+G): what a good answer holds, and what to avoid
- Redo (Ctrl+R): start over with a new take; the old one is kept until you save the new one
- Skip (Ctrl+N): the next question; what you typed is kept as unfinished
- Leave (Esc): back; what you typed is kept as unfinished

In the editor Enter begins a new line, Ctrl+Z takes the last change back, and Ctrl+Y brings it
again.
"""

    # None has priority: what was typed before a key must be in the editor when the key counts.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "finish", "Finish", tooltip="Rate this answer"),
        Binding("ctrl+t", "pause", "Pause", tooltip="Stop the clock, or go on"),
        Binding("ctrl+g", "hint", "Hint", tooltip="What a good answer holds"),
        Binding("ctrl+r", "redo", "Redo", tooltip="Start over. The old take is kept"),
        Binding("ctrl+n", "skip", "Skip", tooltip="Go to the next question"),
        Binding("escape", "leave", "Leave", tooltip="Go back. Your words are kept"),
    ]

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
        typed: str = "",
        back: Callable[[], Screen[None]] | None = None,
    ) -> None:
        super().__init__(draft.text if draft else "")
        self._run = run
        self._typed = typed
        self._back = back
        self._draft = draft
        self._takes: tuple[Draft, ...] = ()
        self._clock = AnswerClock.start(0, run.item.answer_s, 0.0)
        self._finishing = False

    def compose(self) -> ComposeResult:
        """Yield question, clock, editor, hint and the state of the draft."""
        yield Static(self._title(), classes="title-bar", markup=False)
        yield Static(visible(self._run.item.wording), id="question", markup=False)
        yield TimerLine()
        with Horizontal(id="body"):
            yield AnswerEditor(self.saved_text, id="answer")
            yield VerticalScroll(Static(self._hint_text(), id="hint-text"), id="hint")
        yield Static("", id="draft-state", markup=False)
        yield Footer()

    def on_mount(self) -> None:
        """Start the clock of this question, or take up the draft's, paused."""
        item, now_s = self._run.item, self.services.clock()
        prepare_s = item.prepare_s if self.services.settings.preparation else 0
        if self._draft is None:
            self._draft = self.services.new_draft(self._run)
            self._clock = AnswerClock.start(prepare_s, item.answer_s, now_s)
        else:
            self._clock = AnswerClock.resumed(
                prepare_s, item.answer_s, self._draft.counted_s, now_s
            )
            self._takes = self._earlier_takes(self._draft)
        editor = self.query_one(AnswerEditor)
        editor.move_cursor(editor.document.end)
        self.set_focus(editor)
        editor.insert(self._typed)
        self.show_draft_state()
        self._tick()
        self.set_interval(TICK_S, self._tick)
        self.start_saving()

    def _earlier_takes(self, draft: Draft) -> tuple[Draft, ...]:
        try:
            drafts = self.services.unfinished()
        except TrainerError as error:
            self.complain(error)
            return ()
        same = attrgetter("session_id", "question_id", "probe_of", "criterion_id")
        return tuple(d for d in drafts if d.set_aside and same(d) == same(draft))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show the key for a pause only while the clock of the answer runs or rests."""
        if action == "pause":
            return self._clock.allows(Event.PAUSE) or self._clock.allows(Event.RESUME)
        return True

    def take_key(self, character: str) -> bool:
        """Take a letter that was typed before the editor had the focus."""
        editors = self.query(AnswerEditor)
        if editors:
            editors.first().insert(character)
        else:
            self._typed += character
        return True

    # The clock

    def on_text_area_changed(self, message: TextArea.Changed) -> None:
        """Start the answer's clock with the first letter; go on when a paused answer goes on."""
        if self._clock.phase is Phase.PREPARING and message.text_area.text.strip():
            self._send(Event.BEGIN)
        elif self._clock.phase is Phase.PAUSED and message.text_area.text != self.saved_text:
            self._send(Event.RESUME)

    def action_pause(self) -> None:
        """Stop the clock, or go on."""
        self._send(Event.RESUME if self._clock.phase is Phase.PAUSED else Event.PAUSE)
        self.show_draft_state()

    def _send(self, event: Event) -> None:
        self._clock = self._clock.on(event, self.services.clock())
        self._tick()
        self.refresh_bindings()

    def _tick(self) -> None:
        timer = self.query_one(TimerLine)
        timer.now_s = self.services.clock()
        timer.clock = self._clock

    # The draft

    @property
    def draft_id(self) -> str:
        """The id of the present take's draft."""
        assert self._draft is not None
        return self._draft.id

    def current_draft(self) -> Draft:
        """Return the present take with its time."""
        assert self._draft is not None
        counted_s = self._clock.answer_elapsed_s(self.services.clock())
        return replace(self._draft, text=self.query_one(AnswerEditor).text, counted_s=counted_s)

    # The end of an answer

    def action_finish(self) -> None:
        """Rate and store the answer."""
        if self._finishing:
            return
        if not self.query_one(AnswerEditor).text.strip():
            self.notify("There are no words yet. Type your answer first, or skip with Ctrl+N.")
            return
        draft = self.current_draft()
        self._send(Event.PAUSE)
        self._finishing = True
        self.query_one(AnswerEditor).read_only = True
        self.query_one("#draft-state", Static).update("Rating your answer …")
        self._finish(draft)

    @work(thread=True, group="finish")
    def _finish(self, draft: Draft) -> None:
        takes = [take.id for take in self._takes]
        try:
            with self.saving:
                self.services.save_draft(draft)
                attempt_id = self.services.finish(draft, self._run.item, takes)
                self.closed = True
            self.post_message(self.Finished(self.services.view(attempt_id)))
        except TrainerError as error:
            self.post_message(self.Failed(error))
        except Exception as error:  # noqa: BLE001 - the words must stay on the screen
            problem = "Something went wrong while your answer was stored."
            self.post_message(self.Failed(TrainerError(problem, record_crash(error))))

    def on_practice_screen_finished(self, message: Finished) -> None:
        """Show the report in this screen's place."""
        from trainer.tui.screens.report import ReportScreen

        self.app.switch_screen(ReportScreen(message.view, self._run))

    def on_practice_screen_failed(self, message: Failed) -> None:
        """Keep the answer on the screen and say what is wrong."""
        self._finishing = False
        self.query_one(AnswerEditor).read_only = False
        self.complain(message.error)
        self.show_draft_state(message.error)

    def action_redo(self) -> None:
        """Set this take aside and begin a new one."""
        editor = self.query_one(AnswerEditor)
        if self._finishing or not editor.text.strip():
            return
        aside = replace(self.current_draft(), set_aside=True)
        try:
            with self.saving:
                self.services.save_draft(aside)
                self._draft = self.services.new_draft(self._run, take=aside.take + 1)
        except TrainerError as error:
            self.complain(error)
            return
        self._takes = (*self._takes, aside)
        self.saved_text = ""
        self._send(Event.REDO)
        editor.load_text("")
        self.set_focus(editor)
        self.query_one(".title-bar", Static).update(self._title())
        self.show_draft_state()

    def action_skip(self) -> None:
        """Go to the next question; what was typed is kept as unfinished."""
        if self._finishing or not self.keep():
            return
        if self._run.is_last:
            self.notify("That was the last question.")
            self._leave()
        else:
            self.trainer.practise(self._run.next(), switch=True)

    def action_leave(self) -> None:
        """Go back; what was typed is kept as unfinished."""
        if not self._finishing and self.keep():
            self._leave()

    def _leave(self) -> None:
        if self.query_one(AnswerEditor).text.strip():
            self.app.notify("Your answer is kept. Find it on home under Unfinished (u).")
        if self._back:
            self.app.switch_screen(self._back())
        else:
            self.dismiss()

    # What is shown

    def action_hint(self) -> None:
        """Show or hide what a good answer holds."""
        self.query_one("#hint").toggle_class("-shown")

    def _title(self) -> str:
        run, take = self._run, self._draft.take if self._draft else 1
        kind = "Follow-up" if run.item.probe_of else f"Question {run.index + 1} of {len(run.items)}"
        takes = f" · take {take}" if take > 1 else ""
        return f"{kind} · {visible(run.item.bank_title)}{takes}"

    def show_draft_state(self, error: TrainerError | None = None) -> None:
        """Say which takes are kept, and whether the words are safe."""
        state = self.query_one("#draft-state", Static)
        state.set_class(error is not None, "-failed")
        if error is not None:
            state.update(f"Not saved. {visible(error.message)} {visible(error.hint)}")
            return
        lines = [
            f"Take {take.take} is kept: {len(take.text.split())} words." for take in self._takes
        ]
        if self._takes:
            lines.append("It goes to the history with the next one.")
        if self._clock.phase is Phase.PAUSED:
            lines.append("Paused. Type to go on, or press Ctrl+T.")
        elif self.saved_text:
            lines.append("Draft saved.")
        state.update(" ".join(lines))

    def _hint_text(self) -> Content:
        question = self._run.item.question
        rubric = self.services.rubric_for(question.rubric, self._run.item.criterion_id)
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
