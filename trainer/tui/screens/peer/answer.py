"""The candidate's part in a round: from waiting for the question until the words are handed in."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from trainer.errors import TrainerError
from trainer.log import record_crash
from trainer.meeting.course import is_over, left_of, practice_of
from trainer.peer import events
from trainer.peer.types import Phase, RoundView, SessionView
from trainer.store.types import LibraryQuery
from trainer.tui.screens.peer.answer_page import AnswerPage, Step
from trainer.tui.screens.peer.listeners import Listeners, consent, told_beside
from trainer.tui.screens.peer.scene import SceneScreen, name_of, standing_line
from trainer.tui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from trainer.meeting.types import Meeting, Place
    from trainer.session.plan import Item, Run
    from trainer.store.types import Draft, LibraryRow
    from trainer.tui.screens.correct import Words

CHECKLIST_AFTER_S = 5.0
"""How long a stored answer waits for its checklist, which the host shows when the answer is over.

Without it the checklist is the one that our own banks name for the question.
"""

_SKIP = (
    "Give this round up?",
    "Nothing of it is shown to anybody. What you said is kept as unfinished.",
    "Give it up",
)


class AnswerScene(SceneScreen):
    """Waits for the question, lets it be answered on a screen over this one, and hands it in.

    What a program that was killed left of the answer is taken up again, wherever it stood: as a
    draft, as whole words, or stored and not handed in.
    """

    CSS_PATH: ClassVar[list[str | PurePath]] = [
        *SceneScreen.CSS_PATH,
        "../../styles/peer_answer.tcss",
    ]
    HELP = """\
# You answer

Wait here until the interviewer asks the question: then it comes by itself. You answer as you
practise alone, by voice or by keyboard; V changes that before the question comes. When you have
finished you see your words and can correct them. Then they go to the others, and everybody rates.

Your answer is saved all the time. If this program or the machine stops, come back to the session,
and you go on where you were. Escape asks whether to leave.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go_on", "Go on", tooltip="See the words, or try again"),
        Binding("g", "go_without", "Go on without", tooltip="Rate, though your words stay here"),
        Binding("v", "change_way", "Voice or keyboard", tooltip="Answer by voice, or by keyboard"),
    ]

    @dataclass
    class Left(Message):
        """What there is of this answer; `stored`: it is in the history, and not handed in."""

        draft: Draft | None
        stored: LibraryRow | None
        error: TrainerError | None = None

    @dataclass
    class Stored(Message):
        """The answer is in the history, or not, and why."""

        attempt_id: str
        error: TrainerError | None = None

    @dataclass
    class HandedIn(Message):
        """The session has the words and the machine's rating, or not, and why."""

        error: TrainerError | None = None

    def __init__(self, meeting: Meeting, place: Place) -> None:
        super().__init__(meeting, place)
        current = place.view.round
        self._number = current.number if current else 0
        self.listeners = Listeners(self)
        self.step = Step.WAITING
        self._draft: Draft | None = None
        self._accepted = True
        self._gathered = False
        """All words of the present draft were read from its sound, as far as they can be."""
        self._attempt_id: str | None = None
        self._problem: TrainerError | None = None

    def compose(self) -> ComposeResult:
        """Yield the page that is seen while nothing stands over it."""
        yield from self.bars()
        with VerticalScroll(id="waiting", can_focus=False):
            yield Static("", id="page")
        yield KeyLine()

    def on_mount(self) -> None:
        """Keep the line about the host true, on the screen over this one too."""
        self.set_interval(1.0, self.listeners.show)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the keys only where they lead somewhere."""
        if action == "go_on":
            return self.step in (Step.OVER, Step.FAILED, Step.KEPT_HERE)
        if action == "go_without":
            return self.step in (Step.FAILED, Step.KEPT_HERE)
        return action != "change_way" or self.step is Step.WAITING

    @property
    def may_go(self) -> bool:
        """Whether the answer is safe."""
        return self.step is not Step.STORING

    @property
    def current(self) -> RoundView | None:
        """The round that is answered, also when the session has gone on from it."""
        return next((one for one in self.view.rounds if one.number == self._number), None)

    @property
    def practice_id(self) -> str:
        """Under which id drafts and the attempt of this round are kept."""
        assert self.current
        return practice_of(self.meeting.session_id, self.current)

    def see(self, view: SessionView) -> None:
        """Go on where the session goes on."""
        current = self.current
        if current is None:
            return
        if self.step is Step.WAITING and current.phase not in (Phase.PLANNED, Phase.SKIPPED):
            self._enter(Step.LOOKING)
            self._look()
        elif self.step is Step.STORING and self._draft and is_over(current.phase):
            self._store_now()
        self.listeners.show()
        self._show()

    def on_scene_screen_sent(self, message: SceneScreen.Sent) -> None:
        """Tell the session anew how the answer stands, where it had another idea of it."""
        if isinstance(message.error, TrainerError) and self.listeners.tell_anew():
            message.prevent_default()

    # What is left of an answer

    @work(thread=True, exclusive=True, group="looking", exit_on_error=False)
    def _look(self) -> None:
        try:
            draft, _ = left_of(self.services.unfinished(), self.practice_id)
            if draft:
                draft, _ = self.services.resume(draft.id)
            given = self.services.answers(LibraryQuery(session_id=self.practice_id))
            stored = [one for one in given if one.attempt.session_id == self.practice_id]
        except TrainerError as error:
            self.post_message(self.Left(None, None, error))
        else:
            self.post_message(self.Left(draft, stored[0] if stored and not draft else None))

    def on_answer_scene_left(self, message: Left) -> None:
        """Take the answer up where it stands."""
        if message.error:
            self.complain(message.error)
        self._draft, stored = message.draft, message.stored
        if stored:
            self._attempt_id = stored.attempt.id
            self.listeners.hear_end(stored.answer_s or 0.0)
            self._hand_in_now()
        elif not self.listeners.is_over:
            self._ask(self._draft)
        else:
            self._enter(Step.OVER)
            self.once_on_top(self._show_words)

    # The answer

    def _ask(self, draft: Draft | None) -> None:
        self._enter(Step.ANSWERING)
        self.once_on_top(lambda: self.open_answer(self._run(), draft))

    def open_answer(self, run: Run, draft: Draft | None) -> None:
        """Open the screen that takes the answer."""
        typed = not (self.listeners.is_over or self.trainer.answers_by_voice)
        self.trainer.practise(
            run,
            draft=draft,
            by_keyboard=typed and self.meeting.on_one_keyboard,
            audience=self.listeners,
        )

    def _run(self) -> Run:
        assert self.current
        assert self.current.asked
        return self.services.meetings.run_of(self.current.asked, self.practice_id)

    def beside(self) -> Content:
        """Return what stands under the question."""
        current = self.current
        if current is None:
            return Content()
        notes = [standing_line(self.meeting.standing, time.time())]
        if current.phase is Phase.ASKING:
            notes.append(consent(self, current))
        return told_beside(name_of(self.view, current.interviewer_id), current.probes, notes)

    def skip_round(self, screen: Screen[None]) -> None:
        """Give the round up, after a question. The frame keeps the words."""
        if not self.listeners.is_over:
            self.confirm(*_SKIP, lambda: self.do(events.RoundSkipped(*self.place.stamp())))
        else:
            self.notify("Your answer is over. The interviewer can skip the round.")

    # Its words

    def take(self, draft: Draft) -> None:
        """Go on with a whole answer, which is kept as this draft."""
        self._draft, self._gathered = draft, True
        self._enter(Step.OVER)
        self.once_on_top(self._show_words)

    def _show_words(self) -> None:
        draft = self._draft
        if self.step is not Step.OVER or self.app.screen is not self:
            return
        if draft is None:
            self._show()
        elif draft.recording is None:
            self._store(draft, accepted=True)
        elif self._gathered or (draft.heard and draft.heard.sound is not None):
            from trainer.tui.screens.correct import CorrectScreen

            self.app.push_screen(CorrectScreen(draft), self._corrected)
        else:  # a killed program has not read all of its sound
            self._ask(draft)

    def _corrected(self, words: Words | None) -> None:
        if words and self._draft:
            self._store(replace(self._draft, text=words.text), words.accepted)

    def _store(self, draft: Draft, accepted: bool) -> None:
        self._draft, self._accepted = draft, accepted
        self._enter(Step.STORING)
        if self.current and is_over(self.current.phase):
            self._store_now()
        else:
            self.set_timer(CHECKLIST_AFTER_S, self._store_now)

    def _store_now(self) -> None:
        draft, self._draft = self._draft, None
        if draft:
            self._store_answer(draft, self._run(), self._accepted)

    @work(thread=True, group="storing", exit_on_error=False)
    def _store_answer(self, draft: Draft, run: Run, accepted: bool) -> None:
        error = TrainerError("", "")
        try:
            self.services.save_draft(draft)
            _, takes = left_of(self.services.unfinished(), draft.session_id)
            ids = [take.id for take in takes]
            attempt_id = self.services.finish(draft, self._rated(run.item), ids, accepted)
        except TrainerError as failure:
            error = failure
        except Exception as failure:  # noqa: BLE001 - the answer must be tried again
            problem = "Something went wrong while your answer was stored."
            error = TrainerError(problem, record_crash(failure))
        else:
            self.post_message(self.Stored(attempt_id))
            return
        self._draft = draft
        self.post_message(self.Stored("", error))

    def _rated(self, item: Item) -> Item:
        """Return the item with a checklist, though the host may be away that would name it."""
        current = self.current
        found = self.services.library().find(item.question.id)
        if not found or (current and is_over(current.phase)):
            return item
        return replace(item, question=replace(item.question, rubric=found[1].rubric))

    def on_answer_scene_stored(self, message: Stored) -> None:
        """Hand the words in; an answer that could not be stored can be tried again."""
        if message.error:
            self._fail(Step.FAILED, message.error)
            return
        self._attempt_id = message.attempt_id
        self._hand_in_now()
        self._steer()

    def _hand_in_now(self) -> None:
        assert self._attempt_id
        self._enter(Step.HANDING)
        self._hand_in(self._attempt_id)

    @work(thread=True, group="handing", exit_on_error=False)
    def _hand_in(self, attempt_id: str) -> None:
        try:
            self.services.meetings.hand_in(self.place, attempt_id)
        except TrainerError as error:
            self.post_message(self.HandedIn(error))
        else:
            self.post_message(self.HandedIn())

    def on_answer_scene_handed_in(self, message: HandedIn) -> None:
        """Give way to what follows, or say what hinders it."""
        if message.error:
            self._fail(Step.KEPT_HERE, message.error)
        else:
            self._steer()

    # Keys

    def action_go_on(self) -> None:
        """Show the words again, or try once more what failed."""
        if self.step is Step.KEPT_HERE:
            self.listeners.end_again()
            self._hand_in_now()
        elif self.step is Step.FAILED and self._draft:
            self._store(self._draft, self._accepted)
        elif self._draft is None:
            self._type_instead()
        else:
            self._show_words()

    def action_go_without(self) -> None:
        """Leave the others without the words."""
        self.listeners.end_again()
        if self.frame:
            self.frame.finish_answering()

    def action_change_way(self) -> None:
        """Answer by voice from now on, or by keyboard."""
        change_way(self)
        self._show()

    def _type_instead(self) -> None:
        self._enter(Step.ANSWERING)
        self.trainer.practise(self._run(), by_keyboard=True, audience=self.listeners)

    def _steer(self) -> None:
        if self.frame:
            self.frame.steer()

    def _fail(self, step: Step, error: TrainerError) -> None:
        self._problem = error
        self._enter(step)

    # What is shown

    def _enter(self, step: Step) -> None:
        self.step = step
        self.refresh_bindings()
        if self.is_mounted:
            self._show()

    def _show(self) -> None:
        current = self.current
        if current:
            page = AnswerPage(
                self.step,
                name_of(self.view, current.interviewer_id),
                consent(self, current),
                self.trainer.answers_by_voice,
                self._draft is not None,
                self._attempt_id is not None,
                self._problem,
            )
            self.say("#page", page.draw())


def change_way(scene: SceneScreen) -> None:
    """Let answers be spoken from now on, or typed, as V on home does."""
    try:
        scene.trainer.answer_by_voice(not scene.trainer.answers_by_voice)
    except TrainerError as error:
        scene.complain(error)


def answer_scene(meeting: Meeting, place: Place) -> AnswerScene:
    """Return the scene of who answers in the present round."""
    return AnswerScene(meeting, place)
