"""Words of an answer to choose from: those that were found first, then the others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from trainer.coach.doubts import Choice
from trainer.display import one_line
from trainer.tui.widgets.legend import UNSURE_STYLE

OTHERS = "Other words of your answer:"
_CHOSEN, _OPEN = "▸ ", "  "


class WordChoices(OptionList, inherit_bindings=False):
    """A list whose cursor is the choice. Enter is left to the screen; a click moves the cursor.

    The chosen words have a sign before them, so that colour alone never tells.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "cursor_up", "Words before", show=False),
        Binding("down", "cursor_down", "Next words", show=False),
        Binding("home", "first", "First words", show=False),
        Binding("end", "last", "Last words", show=False),
        Binding("pageup", "page_up", "Page up", show=False),
        Binding("pagedown", "page_down", "Page down", show=False),
    ]

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, markup=False)
        self._choices: dict[str, Choice] = {}
        self._signed: str | None = None

    def offer(
        self, found: Sequence[Choice], others: Sequence[Choice], chosen: tuple[int, int] | None
    ) -> None:
        """Show these words; the cursor stands on those that are `chosen`, else on the first found.

        Where nothing was found nothing is chosen: which words are meant is not for us to guess.
        """
        self._signed = None
        self.clear_options()
        self._choices = {str(at): choice for at, choice in enumerate((*found, *others))}
        options = [Option(_line(choice, _OPEN), id=name) for name, choice in self._choices.items()]
        if found and others:
            options.insert(len(found), Option(Content.styled(OTHERS, "$quiet"), disabled=True))
        self.add_options(options)
        wanted = next(
            (name for name, c in self._choices.items() if (c.start, c.end) == chosen),
            "0" if found else None,
        )
        self.highlighted = None if wanted is None else self.get_option_index(wanted)
        self._sign()

    @property
    def chosen(self) -> Choice | None:
        """The words under the cursor; None where there is no cursor yet."""
        name = self._chosen_name
        return None if name is None else self._choices[name]

    def watch_highlighted(self, highlighted: int | None) -> None:
        """Move the sign with the cursor."""
        super().watch_highlighted(highlighted)
        self._sign()

    @property
    def _chosen_name(self) -> str | None:
        if self.highlighted is None or self.highlighted >= self.option_count:
            return None
        return self.get_option_at_index(self.highlighted).id

    def _sign(self) -> None:
        name = self._chosen_name
        if name == self._signed:
            return
        for changed, sign in ((self._signed, _OPEN), (name, _CHOSEN)):
            if changed is not None:
                self.replace_option_prompt(changed, _line(self._choices[changed], sign))
        self._signed = name


def _line(choice: Choice, sign: str) -> Content:
    return Content.assemble(
        f"{sign}“{one_line(choice.quote)}”",
        ("  unsure: " if choice.unsure else "", "$warning"),
        (one_line(choice.unsure), UNSURE_STYLE),
    )
