"""Practice line by line: which questions, one after another, each with its report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from trainer.errors import TrainerError
from trainer.lines.text import counted
from trainer.plain.asking import Asking
from trainer.plain.console import NUMBER, Console, Letter, number_in
from trainer.plain.drafting import Way, extent
from trainer.plain.report import Reporting
from trainer.plain.settling import rate_own

if TYPE_CHECKING:
    from trainer.recall import AttemptView
    from trainer.services import Services
    from trainer.session.plan import Item, Run
    from trainer.store.types import Draft

_ALL = Letter("", "asks from all banks", "Ask questions of all banks, the least answered first.")
_UNFINISHED = Letter("u", "unfinished answers", "Take up an answer that you left.")
_QUIT = Letter("q", "quit", "End the trainer.")
_DISCARD = Letter(
    "d",
    "and a number discards",
    "Remove an unfinished answer for good: d and its number.",
    takes_more=True,
)
_BACK = Letter("q", "back", "Go back.")


class Practice:
    """Asks the questions of a practice. `by_voice` and `reading` are how it begins."""

    def __init__(
        self,
        services: Services,
        console: Console,
        by_voice: bool,
        reading: Literal["off", "read", "drill"],
    ) -> None:
        self._services = services
        self._console = console
        self._asking = Asking(services, console, by_voice, reading)
        self._reporting = Reporting(services, console)

    def choose(self) -> None:
        """Let the user choose a bank and practise it, again and again until they quit."""
        while True:
            overview = self._services.overview()
            self._console.say("", f"Interview trainer. {overview.questions} questions.")
            for missing in overview.missing:
                self._console.tell(missing)
            for at, bank in enumerate(overview.banks, 1):
                yours = ", yours" if bank.yours else ""
                answered = f"{bank.answered} of {bank.questions} answered{yours}"
                self._console.tell(f"{bank.title} ({answered})", f"{at:>2}  ")
            letters = [_ALL, *([_UNFINISHED] if overview.unfinished else []), _QUIT]
            if overview.unfinished:
                self._console.say(f"{counted(overview.unfinished)} unfinished.")
            if overview.half_marked:
                self._console.tell(f"Your marks are half done: {overview.half_marked[0]}")
                self._console.say("To go on, open that answer in: trainer review --plain")
            self._console.say("Give the number of a bank.")
            key, number = self._console.choose(letters, len(overview.banks))
            if key == _QUIT.key:
                return
            if key == _UNFINISHED.key:
                self.take_up()
                continue
            banks = [overview.banks[int(number) - 1].id] if key == NUMBER else []
            try:
                self.go(self._services.plan(bank_ids=banks))
            except TrainerError as error:
                self._console.complain(error)

    def ask(self, item: Item) -> None:
        """Ask one question, and what follows it."""
        self.go(self._services.run_of(item))

    def go(self, run: Run, draft: Draft | None = None) -> None:
        """Ask the run's questions, from the present one on, until the last or until left."""
        shown: tuple[AttemptView, Run] | None = None
        while True:
            result = self._asking.ask(run, draft)
            draft = None
            if result is Way.LEFT and shown is None:
                return
            if result is Way.SKIPPED:
                if not (following := self._following(run)):
                    return
                run, shown = following, None
                continue
            hearing = None
            if not isinstance(result, Way):
                if self._services.settings.self_rating:
                    result = rate_own(self._services, self._console, result)
                shown, hearing = (result, run), self._asking.hearing
            assert shown
            run = shown[1]
            onward = self._reporting.show(shown[0], run, hearing)
            shown = (self._reporting.view, run) if self._reporting.view else None
            if onward == "back":
                return
            if onward != "next":
                run = run.with_item(onward)
            elif following := self._following(run):
                run, shown = following, None
            else:
                return

    def _following(self, run: Run) -> Run | None:
        if run.is_last:
            self._console.say("That was the last question. Your answers are in the history.")
            return None
        return run.next()

    # Answers that were left

    def take_up(self) -> None:
        """Let the user take up an answer that was left, or discard it."""
        while drafts := self._services.unfinished():
            self._console.say("", "Unfinished answers")
            for number, draft in enumerate(drafts, 1):
                kind = "Correction: " if draft.corrects else ""
                self._console.tell(f"{kind}{draft.prompt} ({extent(draft)})", f"{number:>2}  ")
            self._console.say("Give the number of an answer to take it up.")
            key, rest = self._console.choose([_DISCARD, _BACK], len(drafts))
            if key == _BACK.key:
                return
            if key == _DISCARD.key:
                self._discard(drafts, rest)
                continue
            try:
                draft, run = self._services.resume(drafts[int(rest) - 1].id)
            except TrainerError as error:
                self._console.complain(error)
                continue
            if draft.corrects is None or not self._go_on_correcting(draft, draft.corrects):
                self.go(run, draft)
            return
        self._console.say("There is no unfinished answer.")

    def _go_on_correcting(self, draft: Draft, attempt_id: str) -> bool:
        try:
            view = self._services.view(attempt_id)
        except TrainerError:
            return False  # the answer is gone: its words are one themselves now
        self.report(view, draft)
        return True

    def report(self, view: AttemptView, correction: Draft | None = None) -> None:
        """Show a stored answer, and ask what is chosen there; own marks that were begun first."""
        if self._services.begun_marks(view):
            view = rate_own(self._services, self._console, view)
        while True:
            onward = self._reporting.show(view, None, None, correction)
            correction = None
            if onward == "next" or onward == "back":
                return
            self.ask(onward)
            if self._reporting.view is None:
                return
            view = self._reporting.view

    def _discard(self, drafts: tuple[Draft, ...], number: str) -> None:
        at = number_in(number, len(drafts))
        if at is None:
            self._console.say("Write d and the number of the answer, such as: d 1")
            return
        draft = drafts[at - 1]
        self._console.tell(draft.prompt)
        if self._console.agree("Remove its words and its sound for good?"):
            self._services.discard_draft(draft.id)
