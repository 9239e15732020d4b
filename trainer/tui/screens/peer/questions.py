"""The banks in a session: read beside the screen, and a question of them chosen by its words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual import work
from textual.message import Message

from trainer.bank.types import Library
from trainer.display import one_line
from trainer.errors import TrainerError
from trainer.narrowing import Choice
from trainer.peer.planning import asked_of
from trainer.peer.types import Asked
from trainer.tui.screens.choosing import ChoosingScreen
from trainer.tui.screens.peer.scene import SceneScreen

if TYPE_CHECKING:
    from textual.app import App

_TITLE = "Which question?"


class BankScene(SceneScreen):
    """A scene that needs the banks, which take a moment to read."""

    @dataclass
    class BanksRead(Message):
        """The banks, or why there are none."""

        then: Callable[[Library], object]
        found: Library | TrainerError

    @work(thread=True, exclusive=True, group="library", exit_on_error=False)
    def read_banks(self, then: Callable[[Library], object]) -> None:
        """Go on with the banks; what `then` raises as a `TrainerError` is told."""
        try:
            self.post_message(self.BanksRead(then, self.services.library()))
        except TrainerError as error:
            self.post_message(self.BanksRead(then, error))

    def on_bank_scene_banks_read(self, message: BanksRead) -> None:
        """Go on, or tell what is wrong."""

        def go_on() -> None:
            try:
                if isinstance(message.found, TrainerError):
                    raise message.found
                message.then(message.found)
            except TrainerError as error:
                self.complain(error)

        self.once_on_top(go_on)


def choose_question(app: App[Any], library: Library, take: Callable[[Asked], object]) -> None:
    """Let the user choose a question of all banks; leaving takes none."""
    choices = [
        Choice(
            one_line(f"{loaded.bank.title} · {question.prompt}"),
            {"bank": loaded.bank, "question": question},
        )
        for loaded in library.banks
        for question in loaded.bank.questions
    ]

    def chosen(choice: Choice | None) -> None:
        if choice is not None:
            bank, question = choice.sets["bank"], choice.sets["question"]
            take(asked_of(bank, question, library.rubrics.get(question.rubric or "")))

    if choices:
        app.push_screen(ChoosingScreen(_TITLE, choices, choices[0]), chosen)
