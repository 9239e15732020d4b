"""Speech models: what there is, what is used, and getting, trying or removing one."""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from trainer.tui import model_lines
from trainer.tui.screens.installing import WORKING_KEYS, InstallingScreen
from trainer.tui.widgets.choice_table import ChoiceTable
from trainer.tui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from trainer.installing.recognisers import Standing
    from trainer.installing.types import Verdict
    from trainer.transcript.engines import Engine

BUILTIN = "builtin"
COLUMNS = (("Model", 17), ("English", 8), ("Download", 8), ("Wrong words", 11), ("Here", 23))
"""Titles and widths in cells: all fit into 80 columns."""
_IDLE = ("install", "verify", "remove", "file")


class _Table(ChoiceTable):
    """The table, whose Enter says what it does here."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select_cursor", "Use", tooltip="Use the chosen one, after a short try"),
    ]


class ModelsScreen(InstallingScreen):
    """A table of recognisers with all about the chosen one. One of them is worked on at a time."""

    CSS_PATH: ClassVar[list[str | PurePath]] = ["../styles/models.tcss"]
    HELP = """\
# Speech models

A speech model writes down what you say. The table shows those that the trainer knows, models of
your own, and the built-in recogniser. "Wrong words" is what a model's maker measured with clear
speech; with your voice it can be more. The recommended one fits your English (see Settings), the
memory of this machine, and your reading, once you have read a text aloud for it.

- Enter uses the chosen one from now on, after a short try
- I installs it: the file is downloaded after you have said yes, and checked
- C or Esc stops a download. What came is kept, and it goes on from there another time
- F installs from a zip file on this machine, for machines without a network
- V verifies that an installed model is whole
- D removes it from this machine

Only the file of the model is asked for. Nothing that you say or write is ever sent.
"""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("i", "install", "Install", tooltip="Download the chosen model, after a question"),
        Binding("f", "file", "File", tooltip="Install from a zip file on this machine"),
        Binding("v", "verify", "Verify", tooltip="Look whether the chosen model is whole"),
        Binding("d", "remove", "Remove", tooltip="Remove the chosen model, after a question"),
        *WORKING_KEYS,
        Binding("escape", "leave", "Back", tooltip="Go back"),
        Binding("question_mark", "app.help", "Help", show=False),
    ]

    def compose(self) -> ComposeResult:
        """Yield what is used, the table, all about the chosen row, and the line about the work."""
        yield Static("Speech models", classes="title-bar")
        yield Static("One moment …", id="used", markup=False)
        yield _Table(self.action_use, id="models")
        yield VerticalScroll(Static(id="about-text", markup=False), id="about", can_focus=False)
        yield from self.work_widgets()
        yield KeyLine()

    def on_mount(self) -> None:
        """Look what there is."""
        table = self.query_one(ChoiceTable)
        for title, cells in COLUMNS:
            table.add_column(title, width=cells, key=title)
        self.show_work("")
        self.close_path()
        self.set_focus(table)
        self.look()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show the keys that do something now."""
        if action == "cancel":
            return self.working is not None
        if action in _IDLE:
            return self.working is None
        return True

    def show_standing(self, standing: Standing) -> None:
        """Fill the table; the cursor begins at the recommended row, and stays where it is after."""
        self.say("#used", model_lines.used_line(standing))
        table = self.query_one(ChoiceTable)
        before = table.chosen()
        keys = model_lines.row_keys(standing)
        table.clear()
        for key in keys:
            table.add_row(*(Text(cell) for cell in model_lines.row(key, standing)), key=key)
        chosen = before if before in keys else model_lines.recommended_key(standing)
        if chosen in keys:
            table.move_cursor(row=keys.index(chosen))
        self._show_about()

    def on_data_table_row_highlighted(self) -> None:
        """Say all about the chosen row."""
        self._show_about()

    def _show_about(self) -> None:
        key = self.query_one(ChoiceTable).chosen()
        if key and self.standing:
            text = model_lines.about(key, self.standing)
            self.query_one("#about-text", Static).update(text)

    def focus_first(self) -> None:
        """Give the focus to the table."""
        self.set_focus(self.query_one(ChoiceTable))

    # Keys

    def action_use(self) -> None:
        """Use the chosen recogniser, once it has heard a short clip."""
        key, standing = self._chosen()
        if standing is None or self.working is not None:
            return
        known = standing.find(key)
        if known and not known.complete:
            self.show_work("This model is not installed. Press I to install it, F for a zip file.")
            return

        def used(engine: Engine) -> None:
            self.use(str(engine.folder or BUILTIN))
            self.show_work(f"It works. New answers are heard by {_name(key)}.")

        name = str(known.folder) if known else key
        self.begin(f"Trying {_name(key)}", lambda: self.services.recognisers.prove(name), used)

    def action_install(self) -> None:
        """Install the chosen model, after a question."""
        key, standing = self._chosen()
        if standing is None:
            return
        known = standing.find(key)
        if known is None:
            self.show_work("There is nothing to install here. Choose a model of the table.")
        elif known.complete:
            self.show_work("This model is installed. Enter uses it, V verifies it.")
        else:
            asked, consequence = model_lines.question(known.model, standing)
            self.confirm(asked, consequence, "Install", lambda: self.install(key), "No")

    def installed(self, folder: Path) -> None:
        """Say so, and whether it is used."""
        engine = self.services.engine()
        used = engine is not None and engine.folder in (folder, folder / folder.name)
        then = "New answers are heard by it." if used else "Enter uses it."
        self.show_work(f"{_name(folder.name)} is installed, and it works. {then}")

    def action_verify(self) -> None:
        """Look whether the chosen model is whole."""
        key, standing = self._chosen()
        if standing is None:
            return
        if key == BUILTIN:
            self.show_work("The built-in recogniser has no files of its own. Enter tries it.")
            return

        known = standing.find(key)
        if known and known.folder is None:
            self.show_work("This model is not installed. Press I to install it, F for a zip file.")
            return

        def verified(verdict: Verdict) -> None:
            self.show_work(model_lines.verdict_line(verdict), failed=not verdict.good)

        name = _full_name(key)
        self.begin(f"Verifying {_name(key)}", lambda: self.services.models.verify(name), verified)

    def action_remove(self) -> None:
        """Remove the chosen model, after a question."""
        key, standing = self._chosen()
        if standing is None:
            return
        known = standing.find(key)
        if key == BUILTIN:
            self.show_work("The built-in recogniser is a part of the program and stays.")
            return
        if known and known.folder is None and not standing.kept.get(key):
            self.show_work("Nothing of this model is on this machine.")
            return
        name = _full_name(key)
        self.confirm(
            f"Remove {_name(key)}?",
            "Its files and what is kept of a download are removed from this machine. Your answers "
            "and their words stay.",
            "Remove",
            lambda: self._remove(name),
        )

    def _remove(self, name: str) -> None:
        was_chosen = self.services.models.chosen(name, self.services.settings)

        def removed(freed: int) -> None:
            self.show_work(f"{_name(name)} is removed: {model_lines.megabytes(freed)} are free.")
            if was_chosen:
                self.use(None)

        self.begin(f"Removing {_name(name)}", lambda: self.services.models.remove(name), removed)

    def _chosen(self) -> tuple[str, Standing | None]:
        """Return the chosen row and how things stand; None until that is known."""
        key = self.query_one(ChoiceTable).chosen()
        return key or "", self.standing if key else None


def _name(key: str) -> str:
    return "the built-in recogniser" if key == BUILTIN else model_lines.short_name(_full_name(key))


def _full_name(key: str) -> str:
    """Return the name of a model: that of the catalogue, or of its folder."""
    return Path(key).name
