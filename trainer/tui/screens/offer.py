"""The offer of a speech model, once, before the first answer by voice."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from trainer.errors import TrainerError
from trainer.installing.types import CancelledError
from trainer.tui import model_lines
from trainer.tui.screens.installing import WORKING_KEYS, InstallingScreen
from trainer.tui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from trainer.installing.recognisers import Standing
    from trainer.session.plan import Run


class OfferScreen(InstallingScreen):
    """Says what a speech model would change, and installs the recommended one by one key.

    After it `run` is asked by voice, with or without a model. `typed` is what was typed before
    the screen could open.
    """

    CSS_PATH: ClassVar[list[str | PurePath]] = ["../styles/models.tcss"]
    HELP = """\
# Before you speak

This is shown once. A speech model writes down what you say far better than the built-in
recogniser. It is a file that is downloaded once, from its maker, and only if you press I.

- I installs the recommended model, and the practice begins with it
- N goes on without it: nothing is downloaded. Enter does nothing here, so that a second Enter on
  home skips nothing
- E changes what you say of your English. It only helps to choose a model
- F installs from a zip file on this machine, for machines without a network
- A shows all models
- C or Esc stops a download. What came is kept, and it goes on from there another time

You can do all of this later: Settings, Recogniser.
"""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("i", "install", "Install", tooltip="Download the recommended model"),
        Binding("n", "go_on", "Not now", tooltip="Practise without a speech model"),
        Binding("e", "english", "English", tooltip="Say which English is yours"),
        Binding("f", "file", "File", tooltip="Install from a zip file on this machine"),
        Binding("a", "models", "All", tooltip="See all models, and choose another one"),
        *WORKING_KEYS,
        Binding("escape", "leave", "Back", tooltip="Go back. It is not offered again"),
        Binding("question_mark", "app.help", "Help", show=False),
    ]

    def __init__(self, run: Run, typed: str = "") -> None:
        super().__init__()
        self._run = run
        self._typed = typed

    def compose(self) -> ComposeResult:
        """Yield the offer and the line about the work."""
        yield Static("Before you speak", classes="title-bar")
        with VerticalScroll(id="offer"):
            yield Static("One moment …", id="offer-text", markup=False)
        yield from self.work_widgets()
        yield Static(
            "I: install it now.  N: go on without.  Later: Settings, Recogniser.", id="ways"
        )
        yield KeyLine()

    def on_mount(self) -> None:
        """Remember that this was offered, and look what is recommended."""
        self.show_work("")
        self.close_path()
        self.focus_first()
        try:
            self.services.change_settings(replace(self.services.settings, model_offered=True))
        except TrainerError as error:
            self.complain(error)

    def on_screen_resume(self) -> None:
        """Look what is recommended now: another screen may have changed it."""
        self.look()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show the keys that do something now."""
        if action == "cancel":
            return self.working is not None
        if action in ("install", "go_on", "english", "file", "models"):
            return self.working is None
        return True

    def show_standing(self, standing: Standing) -> None:
        """Show the offer; go on where a model was installed on another screen."""
        engine = standing.choice.engine
        if engine and engine.folder:
            self.action_go_on()
            return
        text = model_lines.offer(standing, self.services.settings.accent)
        self.query_one("#offer-text", Static).update(text)

    def show_problem(self, error: TrainerError) -> None:
        """Say what went wrong, and the ways on."""
        super().show_problem(error)
        if not isinstance(error, CancelledError):
            line = model_lines.problem_line(error)
            text = Content.assemble(line, f"\n{model_lines.ALL_THE_SAME}")
            self.show_work(text, failed=True)

    def focus_first(self) -> None:
        """Let the arrow keys scroll."""
        self.set_focus(self.query_one("#offer"))

    # Keys

    def action_install(self) -> None:
        """Install the recommended model: this key is the yes, once its address is shown."""
        known = self.standing.recommended.model if self.standing else None
        if known:
            self.install(known.model.name)

    def installed(self, folder: Path) -> None:
        """Begin the practice with it."""
        try:
            self.use(str(folder))
        except TrainerError as error:
            self.complain(error)
        name = model_lines.short_name(folder.name)
        self.app.notify(f"{name} is installed and used.", markup=False)
        self.action_go_on()

    def action_go_on(self) -> None:
        """Ask the question by voice, with what there is."""
        if self.app.screen is self:
            self.trainer.practise(self._run, typed=self._typed, switch=True)

    def action_english(self) -> None:
        """Take the next English; the recommendation follows."""
        values = [value for _, value in model_lines.ENGLISHES]
        settings = self.services.settings
        accent = values[(values.index(settings.accent) + 1) % len(values)]
        try:
            self.services.change_settings(replace(settings, accent=accent))
        except TrainerError as error:
            self.complain(error)
        self.look()

    def action_models(self) -> None:
        """Show all models."""
        from trainer.tui.screens.models import ModelsScreen

        self.app.push_screen(ModelsScreen())
