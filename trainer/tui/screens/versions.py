"""All versions of an answer's words and all ratings of them: one to show, or two to compare."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from trainer.display import one_line, visible
from trainer.errors import TrainerError
from trainer.lines.attempts import when
from trainer.recall import AttemptView
from trainer.review.versions import Version, tell_rater, tell_score, tell_scorer, tell_words
from trainer.tui.opening import open_comparison
from trainer.tui.screens.base import TrainerScreen
from trainer.tui.widgets.choice_table import ChoiceTable
from trainer.tui.widgets.key_line import KeyLine

COMPARED = 2
_CHOSEN = "●"
_COLUMNS = ("", "Words", "Rated", "Score", "By")
_MOST_WORDS_SHOWN = 400
_MOST_COMMENT = 160


class VersionTable(ChoiceTable):
    """Its Enter shows a version."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select_cursor", "Show", tooltip="Show these words with this rating"),
    ]


class VersionsScreen(TrainerScreen, Screen[AttemptView | None]):
    """Lists the versions and ratings of `view`. Dismissed with the one to show, None for none."""

    CSS_PATH = "../styles/versions.tcss"
    HELP = """\
# Versions and ratings

Every version of your words is kept, and every rating of them. The newest stands first.

"Words" is the number of the version, and where its words come from. "By" is who rated them: the
trained reader or the keyword check, you yourself, or a listener. Below the list stand the score in
a word, and the version of the rater and of its checklist.

Enter shows the words with that rating. C compares it with the line below, which is older. To
compare two others, choose each of them with Space, and press C.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "choose", "Choose", tooltip="Choose this line, or choose it no more"),
        Binding("c", "compare", "Compare", tooltip="Compare the two chosen lines"),
        Binding("escape,v", "leave", "Back", key_display="esc", tooltip="Go back to the report"),
        Binding("question_mark", "app.help", "Help", show=False),
        Binding("q", "app.quit", "Quit", show=False),
    ]

    @dataclass
    class Ready(Message):
        """A version is ready to show."""

        view: AttemptView

    @dataclass
    class Failed(Message):
        """It could not be read."""

        error: TrainerError

    def __init__(self, view: AttemptView) -> None:
        super().__init__()
        self._view = view
        self._versions: tuple[Version, ...] = ()
        self._chosen: list[int] = []

    def compose(self) -> ComposeResult:
        """Yield the list, and below it the words of the line under the cursor."""
        bank = visible(self._view.record.attempt.bank_title)
        yield Static(f"Versions and ratings · {bank}", classes="title-bar", markup=False)
        yield Static(one_line(self._view.record.attempt.prompt), id="question", markup=False)
        yield VersionTable(self.action_show, id="versions")
        yield Static("", id="words", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        """Fill the list and begin at what the report shows."""
        self._versions = self.services.versions(self._view)
        table = self.query_one(ChoiceTable)
        for label in _COLUMNS:
            table.add_column(label, key=label or "chosen")
        for number, version in enumerate(self._versions):
            table.add_row(*_cells(version), key=str(number))
        shown = [self._is_shown(version) for version in self._versions]
        table.move_cursor(row=shown.index(True) if any(shown) else 0)
        self.set_focus(table)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show only the keys that lead somewhere."""
        return len(self._versions) >= COMPARED or action not in ("choose", "compare")

    def on_data_table_row_highlighted(self) -> None:
        """Tell more of the line, and show its words."""
        if self._versions:
            version = self._versions[self._at]
            by = tell_rater(version) if version.stored else "These words are not rated"
            score = tell_score(version) if version.stored else ""
            shown = "shown in the report" if self._is_shown(version) else ""
            comment = one_line(version.stored.comment, _MOST_COMMENT) if version.stored else ""
            told = " · ".join(filter(None, (by, score, tell_scorer(version), shown, comment)))
            text = one_line(version.side.transcript.text, _MOST_WORDS_SHOWN)
            self.query_one("#words", Static).update(f"{visible(told)}\n{text}")

    @property
    def _at(self) -> int:
        return self.query_one(ChoiceTable).cursor_row

    def _is_shown(self, version: Version) -> bool:
        name = version.name
        return (name.version, name.rating) == (self._view.version, self._view.rating_number)

    # What is done with them

    def action_choose(self) -> None:
        """Choose the line, or choose it no more; of three the first one goes."""
        at = self._at
        if at in self._chosen:
            self._chosen.remove(at)
        else:
            self._chosen = [*self._chosen, at][-COMPARED:]
        table = self.query_one(ChoiceTable)
        for number in range(len(self._versions)):
            table.update_cell(
                str(number), "chosen", Text(_CHOSEN if number in self._chosen else " ")
            )

    def action_compare(self) -> None:
        """Compare the two chosen lines, or the one under the cursor with the one below it."""
        pair = {*self._chosen, self._at} if len(self._chosen) < COMPARED else {*self._chosen}
        if len(pair) < COMPARED:
            at = min(self._at, len(self._versions) - COMPARED)
            pair = {at, at + 1}
        newer, older = sorted(pair)
        open_comparison(self, self._versions[older].name, self._versions[newer].name)

    def action_show(self) -> None:
        """Show the words with this rating."""
        if self._versions:
            self._read(self._versions[self._at])

    @work(thread=True, exclusive=True, group="view", exit_on_error=False)
    def _read(self, version: Version) -> None:
        name = version.name
        try:
            view = self.services.view(name.attempt_id, name.version, name.rating)
            self.post_message(self.Ready(view))
        except TrainerError as error:
            self.post_message(self.Failed(error))

    def on_versions_screen_ready(self, message: Ready) -> None:
        """Hand it to the report."""
        self.once_on_top(lambda: self.dismiss(message.view))

    def on_versions_screen_failed(self, message: Failed) -> None:
        """Say what went wrong."""
        self.complain(message.error)

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss(None)


def _cells(version: Version) -> tuple[Text, ...]:
    texts = (
        " ",
        tell_words(version),
        when(version.created_at),
        tell_score(version, in_figures=True),  # its word stands below: all must fit 80 columns
        tell_rater(version),
    )
    return tuple(Text(visible(text)) for text in texts)
