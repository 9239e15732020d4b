"""The tags of an answer: words of the user's own, known ones offered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from trainer.display import visible
from trainer.errors import TrainerError
from trainer.store.types import MOST_TAG_CHARACTERS
from trainer.tui.screens.base import TrainerScreen
from trainer.tui.widgets.key_line import KeyLine

_HAS, _HAS_NOT = "[x]", "[ ]"
_NONE = "There are no tags yet. Type a word above and press Enter."


class TagsScreen(TrainerScreen, ModalScreen[tuple[str, ...]]):
    """Changes the `tags` of an answer. Dismissed with those it is to have, None for no change."""

    CSS_PATH = "../styles/filters.tcss"
    HELP = """\
# Tags

Tags are words of yours, such as "my best" or "for Boston". The filter of the history lists the
answers of a tag.

Type a new tag and press Enter. The down key goes to the tags that you have already: there Space or
Enter gives the answer a tag, or takes it away. Ctrl+S keeps the tags, and so does Enter where
nothing is typed. Escape leaves them as they were.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "app.focus_next", "To the list", show=False),
        Binding("ctrl+s", "save", "Keep", tooltip="Keep the tags"),
        Binding("escape", "leave", "Back", tooltip="Leave the tags as they were"),
        Binding("f1", "app.help", "Help"),  # a dialog's footer shows no keys of the application
    ]

    @dataclass
    class Known(Message):
        """The tags of all answers, with how many have each."""

        times: dict[str, int]

    @dataclass
    class Failed(Message):
        """They could not be read."""

        error: TrainerError

    def __init__(self, tags: Sequence[str]) -> None:
        super().__init__()
        self._times: dict[str, int] = {}
        self._names = sorted(tags, key=str.casefold)
        self._has = set(tags)

    def compose(self) -> ComposeResult:
        """Yield the line for a new tag, and the known ones."""
        with Vertical(classes="dialog"):
            yield Static("Tags of this answer", classes="section")
            yield Input(
                placeholder="A new tag, then Enter", max_length=MOST_TAG_CHARACTERS, id="part"
            )
            yield TagList(id="choices", markup=False, compact=True)
            yield Static(_NONE, id="none", classes="quiet", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        """Let the user type at once; the tags of other answers come."""
        self.set_focus(self.query_one(Input))
        self._show(0)
        self._look()

    @work(thread=True, group="tags", exit_on_error=False)
    def _look(self) -> None:
        try:
            self.post_message(self.Known(self.services.annotations.tag_counts()))
        except TrainerError as error:
            self.post_message(self.Failed(error))

    def on_tags_screen_known(self, message: Known) -> None:
        """Offer them."""
        self._times = message.times
        self._names = sorted({*self._names, *self._times}, key=str.casefold)
        self._show(0)

    def on_tags_screen_failed(self, message: Failed) -> None:
        """Say what went wrong; tags can be typed all the same."""
        self.complain(message.error)

    def _show(self, at: int) -> None:
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options([Option(self._line(name)) for name in self._names])
        options.highlighted = at if self._names else None
        options.display = bool(self._names)
        self.query_one("#none").display = not self._names

    def _line(self, name: str) -> Content:
        times = f" ({self._times[name]})" if name in self._times else ""
        has = name in self._has
        return Content.assemble(
            f"{_HAS if has else _HAS_NOT} ",
            (visible(name), "bold" if has else ""),
            times,
        )

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        """Give the answer a tag, or take it away."""
        self._has ^= {self._names[message.option_index]}
        self._show(message.option_index)

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Add a new tag; an empty line keeps what is chosen."""
        name = " ".join(message.value.split())
        if not name:
            self.action_save()
            return
        same = (known for known in self._names if known.casefold() == name.casefold())
        name = next(same, name)
        if name not in self._names:
            self._names = sorted((*self._names, name), key=str.casefold)
        self._has.add(name)
        message.input.value = ""
        self._show(self._names.index(name))

    def action_save(self) -> None:
        """Hand the tags back, with one that was typed and not added yet."""
        typed = " ".join(self.query_one(Input).value.split())
        self.dismiss(tuple(sorted({*self._has, *([typed] if typed else [])})))

    def action_leave(self) -> None:
        """Leave the tags as they were."""
        self.dismiss(None)


class TagList(OptionList):
    """Its Space does what Enter does."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,enter", "select", "On or off", tooltip="Give the tag, or take it away"),
    ]
