"""The others of a session as the audience of an answer: they hear how it goes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from trainer.display import visible
from trainer.meeting.course import is_over, steps_between
from trainer.peer.types import Phase, RoundView
from trainer.session.answer import Phase as AnswerPhase
from trainer.tui.screens.peer.scene import name_of, title_of

if TYPE_CHECKING:
    from trainer.recall import AttemptView
    from trainer.tui.screens.asking import AskingScreen
    from trainer.tui.screens.peer.answer import AnswerScene

_AS_IN_A_SESSION: dict[AnswerPhase, Phase] = {
    AnswerPhase.PREPARING: Phase.ASKING,
    AnswerPhase.ANSWERING: Phase.ANSWERING,
    AnswerPhase.PAUSED: Phase.PAUSED,
}
_SHOWN_PROBES = 2

_HELP = """## In a session with others

The others see how long you speak, and the words once you have corrected them. Your sound stays
here. What the interviewer asks further is shown under the question. A pause stops the clock for
all; Redo begins again, and what the others marked so far goes. Why the question is asked, and what
a good answer holds, you see with the ratings.
"""


class Listeners:
    """Tells a session how the answer goes, and hands the whole answer to its scene."""

    alone = False
    help = _HELP

    def __init__(self, scene: AnswerScene) -> None:
        self._scene = scene
        self._told: Phase | None = None
        """Where the session will stand when it has taken what was sent; None: as it stands."""
        self._wanted: tuple[Phase, float] | None = None
        """What it was told last, until it was told that anew."""
        self._ended_s: float | None = None
        self.screen: AskingScreen | None = None
        """The screen that asks at the moment."""

    @property
    def title(self) -> str | None:
        """The round, and who does what in it."""
        scene = self._scene
        return title_of(scene.view, one_keyboard=scene.meeting.on_one_keyboard)

    @property
    def is_over(self) -> bool:
        """Whether the session takes nothing more of this answer."""
        return is_over(self._known)

    def attend(self, screen: AskingScreen) -> None:
        """Speak to this screen from now on."""
        self.screen = screen
        self.show()

    def hear(self, phase: AnswerPhase) -> None:
        """Let the clock of the session go as the speaker's."""
        self._go_to(_AS_IN_A_SESSION[phase])

    def hear_end(self, answer_s: float) -> None:
        """Let the answer end for all."""
        self._ended_s = answer_s
        self._go_to(Phase.ANSWERED, answer_s)

    def end_again(self) -> None:
        """Tell once more that the answer is over, where the session could not write that down."""
        if self._ended_s is not None:
            self._go_to(Phase.ANSWERED, self._ended_s)

    def tell_anew(self) -> bool:
        """Tell once more where the answer stands, as something was refused; False: it was in vain.

        The session may have lost what it had not written down.
        """
        wanted, self._wanted, self._told = self._wanted, None, None
        return wanted is not None and self._send(*wanted)

    def take(self, screen: AskingScreen) -> bool:
        """Take the whole answer away from the screen, once it is kept."""
        draft = screen.current_draft()
        if screen.keep():
            self.screen = None
            self._scene.take(draft)
            screen.once_on_top(screen.dismiss)
        return True

    def follow(self, screen: AskingScreen, view: AttemptView) -> None:
        """Do nothing: the scene stores the answer."""

    def skip(self, screen: AskingScreen) -> None:
        """Give the round up, after a question."""
        self._scene.skip_round(screen)

    def leave(self, screen: AskingScreen) -> None:
        """Ask whether to leave the session."""
        self._scene.action_leave_meeting()

    def show(self) -> None:
        """Show what is asked further, and how the session stands."""
        screen = self.screen
        if screen is not None and screen.is_mounted:
            screen.show_beside(self._scene.beside())

    @property
    def _known(self) -> Phase:
        current = self._scene.current
        phase = current.phase if current else Phase.SKIPPED
        return phase if is_over(phase) or self._told is None else self._told

    def _go_to(self, wanted: Phase, answer_s: float = 0.0) -> None:
        if self._send(wanted, answer_s):
            self._wanted = (wanted, answer_s)

    def _send(self, wanted: Phase, answer_s: float) -> bool:
        told = steps_between(self._known, wanted, self._scene.place.stamp(), answer_s)
        for event in told:
            self._scene.do(event)
            self._told = wanted
        return bool(told)


def told_beside(asked: str, probes: Sequence[str], notes: Sequence[str]) -> Content:
    """Return what stands under the question: notes, then what was asked further, newest last.

    `asked` is the name of who asks.
    """
    lines = [Content.styled(visible(note), "$quiet") for note in notes if note]
    lines += [
        Content.assemble((f"{visible(asked)} asks: ", "$quiet"), (visible(probe), "bold"))
        for probe in probes[-_SHOWN_PROBES:]
    ]
    return Content("\n").join(lines)


def consent(scene: AnswerScene, current: RoundView) -> str:
    """Return who keeps what of an answer: said before the first one that they keep, and once."""
    view, one_keyboard = scene.view, scene.meeting.on_one_keyboard
    told = any(
        one.answer
        and one.number < current.number
        and one.candidate_id == scene.place.you
        and (one_keyboard or one.interviewer_id == current.interviewer_id)
        for one in view.rounds
    )
    if told:
        return ""
    if one_keyboard:
        owner = scene.meeting.place.you
        if scene.place.you == owner:
            return ""
        return f"Your answers are kept in the history of {name_of(view, owner)} on this computer."
    who = name_of(view, current.interviewer_id)
    return f"The history of {who} keeps the words of your answers too, without sound."
