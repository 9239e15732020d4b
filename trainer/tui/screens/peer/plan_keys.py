"""What the keys of the lobby do to the plan: dialogs first, then one event."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from trainer.display import one_line
from trainer.errors import TrainerError, UsageError
from trainer.meeting import drawing
from trainer.narrowing import Choice
from trainer.peer import events
from trainer.tui.screens.peer.line import LineScreen, number_problem
from trainer.tui.screens.peer.questions import BankScene
from trainer.tui.screens.peer.scene import name_of

if TYPE_CHECKING:
    from trainer.bank.types import Library
    from trainer.peer.types import Planned

ALL_BANKS = ""
MOST_DRAWN = 20


class PlanKeys(BankScene):
    """The part of the lobby that plans."""

    def action_add(self) -> None:
        """Add a question that the user chooses: they ask it then, and another one answers."""

        self._choose_bank("Choose a bank", self._choose_question, mixed=False)

    def action_draw(self) -> None:
        """Add several at random, answered in turn by the two who sit in the seats."""

        def bank_chosen(library: Library, bank_id: str) -> None:
            about = "Nobody sees these questions before they are asked, but who asks them."
            self._ask_number(
                "How many questions?", about, 4, lambda n: self._draw(library, bank_id, n)
            )

        self._choose_bank("Draw from which bank?", bank_chosen)

    def action_day(self) -> None:
        """Add an interview day: one candidate, and all others ask in turn."""

        def candidate_chosen(candidate: str) -> None:
            about = "Each of the others asks so many, one after the other."
            self._ask_number(
                "How many questions from each?",
                about,
                3,
                lambda n: self.read_banks(lambda library: self._day(library, candidate, n)),
            )

        self.choose_person("Whose interview day is it?", candidate_chosen)

    def action_open_round(self) -> None:
        """Add a round whose question the interviewer chooses when it begins."""
        self.add_rounds([drawing.open_round()])

    def add_rounds(self, rounds: Sequence[Planned]) -> None:
        """Put rounds at the end of the plan."""
        if rounds:
            self.do(events.PlanAdded(*self.place.stamp(), entries=tuple(rounds)))

    def choose(
        self, title: str, choices: Sequence[tuple[str, str]], take: Callable[[str], object]
    ) -> None:
        """Let the user choose one of (words, what is taken)."""
        from trainer.tui.screens.choosing import ChoosingScreen

        offered = [Choice(one_line(words, 120), {"taken": taken}) for words, taken in choices]

        def chosen(choice: Choice | None) -> None:
            if choice is not None:
                self._try(lambda: take(choice.sets["taken"]))

        if offered:
            self.app.push_screen(ChoosingScreen(title, offered, offered[0]), chosen)

    def choose_person(self, title: str, take: Callable[[str], object]) -> None:
        """Let the user choose one of those who are here."""
        view = self.view
        here = [(name_of(view, one.id), one.id) for one in view.participants if one.here]
        self.choose(title, here, take)

    def _choose_bank(
        self, title: str, take: Callable[[Library, str], None], *, mixed: bool = True
    ) -> None:
        def show(library: Library) -> None:
            banks = [
                (f"{loaded.bank.title} ({len(loaded.bank.questions)} questions)", loaded.bank.id)
                for loaded in library.banks
            ]
            offered = [("All banks, mixed", ALL_BANKS)] * mixed + banks
            self.choose(title, offered, lambda bank_id: take(library, bank_id))

        self.read_banks(show)

    def _choose_question(self, library: Library, bank_id: str) -> None:
        loaded = library.bank(bank_id)
        questions = loaded.bank.questions if loaded else ()

        def take(question_id: str) -> None:
            candidate, interviewer = self._seats()
            you = self.place.you
            if you == candidate:  # who has read it cannot be surprised by it
                candidate, interviewer = interviewer, you
            self.add_rounds([drawing.one_round(library, question_id, candidate, interviewer)])

        title = "Choose a question. You ask it then"
        self.choose(title, [(one.prompt, one.id) for one in questions], take)

    def _draw(self, library: Library, bank_id: str, count: int) -> None:
        first, second = self._seats()
        run = self.services.plan(bank_ids=[bank_id] if bank_id else [], count=count)
        self.add_rounds(drawing.turns(library, run.items, first, second))

    def _day(self, library: Library, candidate: str, each: int) -> None:
        others = [one.id for one in self.view.participants if one.here and one.id != candidate]
        if not others:
            raise UsageError("Nobody else is here to ask.", "Wait until somebody has joined.")
        run = self.services.plan(count=each * len(others))
        self.add_rounds(drawing.day(library, run.items, candidate, others, each))

    def _ask_number(
        self, title: str, about: str, usual: int, take: Callable[[int], object]
    ) -> None:
        def written(line: str | None) -> None:
            if line is not None:
                self._try(lambda: take(int(line)))

        dialog = LineScreen(title, about, str(usual), problem=number_problem(MOST_DRAWN))
        self.app.push_screen(dialog, written)

    def _seats(self) -> tuple[str, str]:
        """Return who answers and who asks from the next round on. Raises `UsageError`."""
        view = self.view
        if view.candidate_id is None or view.interviewer_id is None:
            raise UsageError("One of the seats is empty.", "T takes a seat, or wait for somebody.")
        return view.candidate_id, view.interviewer_id

    def _try(self, act: Callable[[], object]) -> None:
        try:
            act()
        except TrainerError as error:
            self.complain(error)
