"""A question that can be read aloud, and whose text a listening drill hides until asked for."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from trainer.display import visible
from trainer.errors import TrainerError
from trainer.reading import RESTATE, at_other_speed
from trainer.session.hearing import Hearing, Sounding
from trainer.tui.screens.drafting import DraftingScreen

if TYPE_CHECKING:
    from trainer.reading import Voice
    from trainer.session.plan import Run

WATCH_EVERY_S = 1 / 20
READING_ACTIONS = frozenset({"hear", "show_text", "reading_speed"})


class ReadingScreen(DraftingScreen):
    """Reads the run's present question aloud, if that is wanted, and says when it is over.

    `hearing` is how the question was taken in so far; one that is handed in goes on. A loudspeaker
    and a recording at once would put the question into the answer: see `lets_record`. Nothing
    here waits.
    """

    HEAR_KEY: ClassVar[str]
    """The key that reads the question again, as users read it."""
    SHOW_KEY: ClassVar[str]
    """The key that shows its text."""

    def __init__(self, run: Run, saved_text: str, hearing: Hearing | None) -> None:
        super().__init__(saved_text)
        self.run = run
        self.hearing = hearing or Hearing()
        if self.hearing.reading:  # on the screen before, and broken off there
            self.hearing = replace(self.hearing, state=Sounding.NONE)
        self._is_new = hearing is None
        self._voice: Voice | None = None
        self._leaving: list[Voice] = []
        self._watching: Timer | None = None
        self._first = False

    def on_unmount(self) -> None:
        """End the voice with the screen."""
        self._let_voice_go()

    @abstractmethod
    def hold_clock(self) -> None:
        """Keep the whole preparation time ahead: the question is still being asked."""

    @abstractmethod
    def show_reading(self) -> None:
        """Show that the voice began or ended, or that the text is shown now."""

    @property
    def may_not_hear(self) -> str | None:
        """Why the question cannot be read just now, in words for the user; None where it can."""
        return None

    def expect_question(self, fresh: bool) -> None:
        """Decide whether the text is hidden; called before anything is shown.

        `fresh`: it is not an answer that was left and is taken up, whose question is known.
        """
        if self._is_new and fresh and self.trainer.reading == "drill":
            hidden = self.services.reading.available() is None
            self.hearing = replace(self.hearing, hidden=hidden)

    def ask_aloud(self, fresh: bool) -> None:
        """Read the question, if that is wanted and it was not read before."""
        self._watching = self.set_interval(WATCH_EVERY_S, self.follow_voice, pause=True)
        if fresh and self.trainer.reading != "off" and self.hearing.state is Sounding.NONE:
            self._first = True
            self.read_aloud()

    # The voice

    def read_aloud(self) -> None:
        """Read the question from its beginning; a reading under way is replaced."""
        self._let_voice_go()
        try:
            speed = self.services.settings.reading_speed
            self._voice = self.services.reading.begin(self.run.item.wording, speed)
        except TrainerError as error:
            self._tell_unread(error)
            return
        self.hearing = self.hearing.read()
        if self._watching:
            self._watching.resume()
        self.follow_voice()
        self.show_reading()

    def keep(self) -> bool:
        """End the voice before anything else that leaving needs."""
        self.stop_reading()
        return super().keep()

    def stop_reading(self) -> None:
        """Let the voice end at once. `hearing` says a moment later that it has."""
        if self._voice:
            self._voice.stop()

    @property
    def lets_record(self) -> bool:
        """Whether a recording that begins now holds nothing of the question."""
        from trainer.playback.reading import ReadingPhase

        self._leaving = [v for v in self._leaving if v.state().phase is not ReadingPhase.ENDED]
        return not self._leaving and self.hearing.lets_record(self.services.clock())

    def follow_voice(self) -> None:
        """Take note of how far the voice is; called twenty times a second while there is one."""
        from trainer.playback.reading import ReadingPhase

        if self._voice is None:
            return
        if self._first:
            self.hold_clock()
        state = self._voice.state()
        if state.sounded:
            self.hearing = self.hearing.sounds()
        if state.phase is not ReadingPhase.ENDED:
            return
        self._let_voice_go()
        self.hearing = self.hearing.end(self.services.clock())
        self._first = False
        if self._watching:
            self._watching.pause()
        if state.problem:
            self._tell_unread(state.problem)
        self.show_reading()

    def _let_voice_go(self) -> None:
        voice, self._voice = self._voice, None
        if voice:
            voice.stop()
            self._leaving.append(voice)  # it may take a moment, whatever follows it
            self.trainer.closing.add(voice.close)

    def _tell_unread(self, error: TrainerError) -> None:
        """Say once why nothing is heard, and show the text."""
        if error.message not in self.trainer.told_unread:
            self.trainer.told_unread.add(error.message)
            self.complain(error)
        if not self.hearing.shows_text:
            self._show_text()

    # Keys

    def action_hear(self) -> None:
        """Read the question again."""
        reason = self.may_not_hear
        if reason:
            self.notify(reason)
        else:
            self.trainer.told_unread.clear()  # who asks is told again
            self.read_aloud()

    def action_show_text(self) -> None:
        """Show the text of the question that was hidden."""
        if not self.hearing.shows_text:
            self._show_text()

    def action_reading_speed(self, step: int) -> None:
        """Read slower or faster, from now on."""
        settings, told = at_other_speed(self.services.settings, step)
        self.notify(told)
        if settings is self.services.settings:
            return
        try:
            self.services.change_settings(settings)
        except TrainerError as error:
            self.complain(error)
        if self.hearing.reading and self._voice:
            self.read_aloud()

    def _show_text(self) -> None:
        self.hearing = self.hearing.show()
        self.query_one("#question", Static).update(self.question_text())
        self.refresh_bindings()
        self.show_reading()

    # What is shown

    def question_text(self) -> str:
        """Return the question, or how it can be had while it is hidden."""
        if self.hearing.shows_text:
            return visible(self.run.item.wording)
        keys = f"{self.SHOW_KEY} shows it, {self.HEAR_KEY} reads it again."
        return f"The question is read to you. {keys}\n{RESTATE}"

    def hidden_hint(self) -> Content:
        """Return what stands in the hint's place while it would give the question away."""
        return Content.assemble(
            ("Listening drill\n", "bold $primary"),
            f"{RESTATE} It gives you time, and shows that you heard it.\n\n",
            f"The hint would give the question away. {self.SHOW_KEY} shows the question; "
            "the hint stands here then.",
        )

    def reading_key_works(self, action: str) -> bool:
        """Whether a key of the reading means anything now."""
        if self.trainer.reading == "off":
            return False
        return action != "show_text" or not self.hearing.shows_text
