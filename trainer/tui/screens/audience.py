"""Who listens while a question is answered, and where the answer leads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from trainer.session.answer import Phase

if TYPE_CHECKING:
    from trainer.recall import AttemptView
    from trainer.tui.screens.asking import AskingScreen


class Audience(Protocol):
    """What a screen that asks tells of its answer, and where it leads from there.

    Nothing here may wait: all of it is called by the screen. One audience may see several screens,
    as an answer can go on by keyboard.
    """

    @property
    def title(self) -> str | None:
        """What stands over the question; None: its place in the practice."""

    @property
    def help(self) -> str:
        """What the help of the screen says beside its own."""

    @property
    def alone(self) -> bool:
        """Whether nobody hears: then the speaker may see what a good answer holds."""

    @property
    def is_over(self) -> bool:
        """Whether the answer was ended, so that its words can be corrected and nothing added."""

    def attend(self, screen: AskingScreen) -> None:
        """Turn to a screen that has just come up."""

    def hear(self, phase: Phase) -> None:
        """Take note of where the clock stands now: not begun (again), running or paused."""

    def hear_end(self, answer_s: float) -> None:
        """Take note that nothing more is said; `answer_s` is how long it took. May come twice."""

    def take(self, screen: AskingScreen) -> bool:
        """Take the whole answer from a screen, to go on with it; False leaves it there.

        Then the screen itself lets its words be corrected, stores them and calls `follow`.
        """

    def follow(self, screen: AskingScreen, view: AttemptView) -> None:
        """Lead on from an answer that the screen has stored."""

    def skip(self, screen: AskingScreen) -> None:
        """Lead on from a question that is not answered now."""

    def leave(self, screen: AskingScreen) -> None:
        """Lead back, as the speaker wants to leave."""


class Alone:
    """Nobody listens: the report follows, or the next question of the practice."""

    title: str | None = None
    help = ""
    alone = True
    is_over = False

    def attend(self, screen: AskingScreen) -> None:
        """Do nothing."""

    def hear(self, phase: Phase) -> None:
        """Do nothing."""

    def hear_end(self, answer_s: float) -> None:
        """Do nothing."""

    def take(self, screen: AskingScreen) -> bool:
        """Leave the answer where it is."""
        return False

    def follow(self, screen: AskingScreen, view: AttemptView) -> None:
        """Show the report in the screen's place; before it the form, if the settings say so."""
        from trainer.tui.screens.report import ReportScreen
        from trainer.tui.screens.self_rating import revealing

        run, heard = screen.run, screen.hearing
        shown = revealing(
            screen.services, view, lambda view: ReportScreen(view, run, hearing=heard)
        )
        screen.app.switch_screen(shown)

    def skip(self, screen: AskingScreen) -> None:
        """Go to the next question; what there is of this answer is kept as unfinished."""
        if not screen.keep():
            return
        if screen.run.is_last:
            screen.notify("That was the last question.")
            screen.leave()
        else:
            screen.trainer.practise(screen.run.next(), switch=True)

    def leave(self, screen: AskingScreen) -> None:
        """Go back; what there is of this answer is kept as unfinished."""
        if screen.keep():
            screen.leave()
