"""Practice by keyboard: one question, an editor, and the clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.screen import Screen
from textual.widgets import Static, TextArea

from trainer.session.answer import Event, Phase
from trainer.tui.screens.asking import WAYS_ON, AskingScreen
from trainer.tui.screens.reading import READING_ACTIONS
from trainer.tui.widgets.editor import AnswerEditor
from trainer.tui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from trainer.session.hearing import Hearing
    from trainer.session.plan import Run
    from trainer.store.types import Draft
    from trainer.tui.screens.audience import Audience

TICK_S = 0.25


class PracticeScreen(AskingScreen):
    """Asks the run's present question and takes the answer by keyboard.

    `typed` is what was typed before the screen could open. A draft with a recording keeps the
    time that the speech took: typing does not move its clock.
    """

    CSS_PATH: ClassVar[list[str | PurePath]] = ["../styles/asking.tcss", "../styles/practice.tcss"]
    HELP = """\
# Practice

Read the question. Type your answer as you would speak it. The clock starts with the
first letter. What you type is saved every second, so nothing is lost if the program or
the machine stops.

- Finish (Ctrl+S): rate the answer
- Pause (Ctrl+T): stop the clock; again to go on
- Hint (Ctrl+G): what a good answer holds, and what to avoid
- Redo (Ctrl+R): start over with a new take; the old one goes to the history with it
- Skip (Ctrl+N): the next question; what you typed is kept as unfinished
- Leave (Esc): back; what you typed is kept as unfinished

If the settings say so, the question is read to you: Ctrl+L reads it again, F3 slower, F4
faster. The preparation time begins when the first reading has ended. In a listening drill the
text is hidden: Ctrl+O shows it. Begin by restating the question in your own words; the report
tells if you did.

In the editor Enter begins a new line, Ctrl+Z takes the last change back, and Ctrl+Y brings it
again. To speak your answers instead, press v on home.
"""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "finish", "Finish", tooltip="Rate this answer"),
        Binding("ctrl+t", "pause", "Pause", tooltip="Stop the clock, or go on"),
        *WAYS_ON,
        Binding("ctrl+l", "hear", "Hear", show=False, tooltip="Have the question read again"),
        Binding("ctrl+o", "show_text", "Text", show=False, tooltip="Show the question's text"),
        Binding("f3", "reading_speed(-1)", "Slower", show=False, tooltip="Read slower"),
        Binding("f4", "reading_speed(1)", "Faster", show=False, tooltip="Read faster"),
    ]
    HEAR_KEY, SHOW_KEY = "Ctrl+L", "Ctrl+O"

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

    def compose(self) -> ComposeResult:
        """Yield question, clock, editor, hint and the state of the draft."""
        yield from self.question_widgets(starts="Typing starts the clock")
        with Horizontal(id="body"):
            yield AnswerEditor(self.saved_text, id="answer")
            yield self.hint_widget()
        yield Static("", id="draft-state", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        """Start the clock of this question, or take up the draft's, paused."""
        self.take_up()
        editor = self.query_one(AnswerEditor)
        editor.move_cursor(editor.document.end)
        self.set_focus(editor)
        editor.insert(self._typed)
        self.show_draft_state()
        self._tick()
        self.set_interval(TICK_S, self._tick)
        self.start_saving()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show the key for a pause only while the clock of the answer runs or rests."""
        if action in READING_ACTIONS:
            return self.reading_key_works(action)
        if action == "pause":
            return not self._was_spoken and (
                self._clock.allows(Event.PAUSE) or self._clock.allows(Event.RESUME)
            )
        return super().check_action(action, parameters)

    def take_key(self, character: str) -> bool:
        """Take a letter that was typed before the editor had the focus."""
        editors = self.query(AnswerEditor)
        if editors:
            editors.first().insert(character)
        else:
            self._typed += character
        return True

    @property
    def _was_spoken(self) -> bool:
        return self.draft is not None and self.draft.recording is not None

    # The clock

    def on_text_area_changed(self, message: TextArea.Changed) -> None:
        """Start the answer's clock with the first letter; go on when a paused answer goes on."""
        text, phase = message.text_area.text, self._clock.phase
        if phase is Phase.PREPARING and text.strip():
            self.send(Event.BEGIN)
        elif phase is Phase.PAUSED and text != self.saved_text and not self._was_spoken:
            self.send(Event.RESUME)

    def action_pause(self) -> None:
        """Stop the clock, or go on."""
        self.send(Event.RESUME if self._clock.phase is Phase.PAUSED else Event.PAUSE)
        self.show_draft_state()

    # The draft

    def current_draft(self) -> Draft:
        """Return the present take with its time."""
        assert self.draft is not None
        counted_s = self._clock.answer_elapsed_s(self.services.clock())
        editors = self.query(AnswerEditor)
        text = editors.first().text if editors else self.saved_text
        return replace(self.draft, text=text, counted_s=counted_s)

    def state_text(self) -> str:
        """Say whether the clock rests, else whether the words are saved."""
        if self._was_spoken:
            return "Your sound is kept with this answer. Ctrl+S rates the words above."
        if self._clock.phase is Phase.PAUSED:
            return "Paused. Type to go on, or press Ctrl+T."
        if self.hearing.reading:
            return "The question is read to you."
        return "Draft saved." if self.saved_text else ""

    def show_reading(self) -> None:
        """Show whether the question is being read."""
        super().show_reading()
        self.show_draft_state(self.unsaved)

    # The end of an answer

    def action_finish(self) -> None:
        """Rate and store the answer."""
        if self.finishing:
            return
        if not self.query_one(AnswerEditor).text.strip():
            self.notify("There are no words yet. Type your answer first, or skip with Ctrl+N.")
            return
        draft = self.current_draft()
        self.send(Event.PAUSE)
        self.audience.hear_end(draft.counted_s)
        if self.audience.take(self):
            return
        self.query_one(AnswerEditor).read_only = True
        self.query_one("#draft-state", Static).update("Rating your answer …")
        self.store_answer(draft)

    def on_asking_screen_failed(self, message: AskingScreen.Failed) -> None:
        """Let the words be changed again."""
        self.query_one(AnswerEditor).read_only = False

    def action_redo(self) -> None:
        """Set this take aside and begin a new one."""
        editor = self.query_one(AnswerEditor)
        if self.finishing or not editor.text.strip() or not self.begin_new_take():
            return
        editor.load_text("")
        self.set_focus(editor)
        self.show_draft_state()
