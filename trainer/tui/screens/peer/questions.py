"""A question of the banks, chosen by a part of its words, as it is asked in a session."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from trainer.display import one_line
from trainer.narrowing import Choice
from trainer.peer.planning import asked_of
from trainer.peer.types import Asked
from trainer.tui.screens.choosing import ChoosingScreen

if TYPE_CHECKING:
    from textual.app import App

    from trainer.bank.types import Library

_TITLE = "Which question?"


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
