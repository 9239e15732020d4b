"""The form of the import screen: which file, which part of it, and which question it answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from trainer.display import one_line
from trainer.errors import TrainerError
from trainer.importing import Piece, path_of, seconds_of
from trainer.recall import asked_item
from trainer.tui.screens.base import TrainerScreen

if TYPE_CHECKING:
    from trainer.bank.types import Library
    from trainer.session.plan import Item

_FROM_BANK, _OWN = "bank:", "own:"


def questions_found(library: Library, search: str) -> list[tuple[str, str]]:
    """Return the questions that hold all words of a search, each as its id and its line.

    Those that begin with the search come first; the others stand as in the banks.
    """
    wanted = search.casefold().split()
    found = []
    for loaded in library.banks:
        for question in loaded.bank.questions:
            text = f"{loaded.bank.title} · {question.prompt}"
            if all(word in f"{text} {question.id}".casefold() for word in wanted):
                later = question.prompt.casefold().split()[: len(wanted)] != wanted
                found.append((later, question.id, text))
    found.sort(key=lambda one: one[0])
    return [(name, text) for _, name, text in found]


class ImportForm(TrainerScreen):
    """Reads what the form says. Its fields are `path`, `from`, `to`, `search` and `questions`."""

    library: Library | None = None
    """The banks, once they are read."""

    def list_questions(self) -> None:
        """Show the questions that hold all words of the search, and the search as a question."""
        if self.library is None:
            return
        search = self.query_one("#search", Input).value
        wanted = search.casefold().split()
        found = questions_found(self.library, search)
        options = [_option(f"{_FROM_BANK}{name}", text) for name, text in found]
        if wanted:
            asked = " ".join(search.split())
            for rubric in self.library.rubrics.values():
                text = f"Your own, rated by {rubric.title}: “{asked}”"
                options.append(_option(f"{_OWN}{rubric.id}", text))
            options.append(_option(_OWN, f"Your own, time and delivery only: “{asked}”"))
        questions = self.query_one(OptionList)
        questions.clear_options()
        questions.add_options(options)
        questions.highlighted = 0 if options and wanted else None  # nothing is chosen unasked

    def piece(self) -> Piece:
        """Return the file and its part. Raises `TrainerError` where the form does not say it."""
        path = self.query_one("#path", Input).value
        if not path.strip():
            self.set_focus(self.query_one("#path", Input))
            raise TrainerError("Which file?", "Type its path, or drop it on this window.")
        from_s, to_s = self._time("from") or 0.0, self._time("to")
        if to_s is not None and to_s <= from_s:
            raise TrainerError("The part ends before it begins.", "Change one of the two times.")
        return Piece(path_of(path), from_s, to_s)

    def _time(self, name: str) -> float | None:
        field = self.query_one(f"#{name}", Input)
        if not field.value.strip():
            return None
        try:
            return seconds_of(field.value)
        except ValueError:
            self.set_focus(field)
            raise TrainerError(
                f"“{one_line(field.value, 20)}” is no time.", "Write it as 1:15, or as 75."
            ) from None

    def chosen(self) -> Item:
        """Return the question. Raises `TrainerError` where none is chosen."""
        questions = self.query_one(OptionList)
        at = questions.highlighted
        if at is None:
            self.set_focus(self.query_one("#search", Input))
            raise TrainerError(
                "Which question does it answer?", "Search for it, or type it if it is your own."
            )
        chosen = questions.get_option_at_index(at).id or ""
        if chosen.startswith(_OWN):
            asked = " ".join(self.query_one("#search", Input).value.split())
            return asked_item(asked, chosen.removeprefix(_OWN) or None)
        return self.services.plan(question_ids=[chosen.removeprefix(_FROM_BANK)]).item


def _option(name: str, text: str) -> Option:
    return Option(Content(one_line(text, 200)), id=name)
