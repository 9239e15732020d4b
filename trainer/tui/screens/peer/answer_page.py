"""What stands on the page of who answers, while no question stands over it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from textual.content import Content

from trainer.display import visible
from trainer.errors import TrainerError


class Step(StrEnum):
    """Where the answer stands at this program."""

    WAITING = "waiting"
    LOOKING = "looking"
    ANSWERING = "answering"
    OVER = "over"
    STORING = "storing"
    FAILED = "failed"
    HANDING = "handing"
    KEPT_HERE = "kept here"


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """Where the answer stands, for its page.

    `asker` is the name of who asks, `consent` who keeps what. `is_here`: something of the answer is
    at this program; `is_stored`: it is in the history.
    """

    step: Step
    asker: str
    consent: str = ""
    by_voice: bool = False
    is_here: bool = True
    is_stored: bool = False
    problem: TrainerError | None = None

    def draw(self) -> Content:
        """Return the text."""
        asker = visible(self.asker)
        if self.step is Step.WAITING:
            by = "by voice" if self.by_voice else "by keyboard"
            return Content.assemble(
                (f"Wait for the question of {asker}\n", "bold"),
                f"\nIt comes here as soon as {asker} asks it. You answer {by}; V changes that.\n",
                (f"\n{visible(self.consent)}", "$quiet"),
            )
        if self.step is Step.OVER and not self.is_here:
            return Content(
                "Your answer was ended while you were away, and there is nothing of it here. "
                f"Enter lets you type it. {asker} can let all rate without your words, or skip."
            )
        if self.problem and self.step in (Step.FAILED, Step.KEPT_HERE):
            problem = f"{visible(self.problem.message)} {visible(self.problem.hint)}"
            kept = "Your answer is in your history." if self.is_stored else "Your words are kept."
            return Content.assemble(
                (problem, "bold"),
                f"\n\n{kept} Enter tries again. G goes on: the others rate what they heard.",
            )
        return Content(_TOLD.get(self.step, "One moment …"))


_TOLD = {
    Step.OVER: "Your answer is over. Enter shows its words: correct them, and hand them in.",
    Step.STORING: "Rating your answer …",
    Step.HANDING: "Your words go to the others …",
}
