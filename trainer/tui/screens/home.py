"""Home: what to practise, what is ready, what is missing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import events, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from trainer.display import visible
from trainer.errors import TrainerError
from trainer.tui import home_lines
from trainer.tui.screens.base import TrainerScreen
from trainer.tui.widgets.choice_table import ChoiceTable
from trainer.tui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from trainer.bank.glance import Glance
    from trainer.services import Overview

ALL_BANKS = "*"
TITLE_CELLS = 36
_WELCOME = (
    "Practise one question at a time. Type your answer, or speak it. "
    "You see what an interviewer could hear, with your own words as proof. "
    "Nothing leaves this machine."
)


class HomeScreen(TrainerScreen, Screen[None]):
    """The first screen. `seen` is shown at once; the banks are loaded in a thread after that."""

    HELP = """\
# Home

Choose a bank and press Enter to practise. "All banks" mixes questions and asks first
what you have answered least. Your history, the questions themselves and the settings
are one key away: see the line at the bottom.

V changes between typing and speaking. What is recorded, and when, stands on the screen before
anything is kept. M is a sound check: it tries the microphone and keeps nothing.

I imports a recording from elsewhere, such as a video call or a phone: it is written down, rated and
kept like an answer that you speak here. It takes transcripts and exported histories too.

P shows your progress: what keeps recurring, and what changes over your answers.

W is practice with a friend: one asks, the other answers, and all rate with the same form.

D shows your data: what is stored, where, and how to delete it.
"""

    BINDINGS: ClassVar[list[BindingType]] = [
        # Enter before the table has the focus; ctrl+j is Enter before the terminal is ours.
        Binding("enter,ctrl+j", "start", "Practise", show=False),
        Binding("u", "unfinished", "Unfinished", tooltip="Take up an answer that you left"),
        Binding("h", "history", "History", tooltip="Your earlier answers"),
        Binding("p", "progress", "Progress", tooltip="See what changes over your answers"),
        Binding("b", "banks", "Questions", tooltip="Read the questions and why they are asked"),
        Binding("s", "settings", "Settings", tooltip="Theme, length of a practice, preparation"),
        # The first line about the state names this key.
        Binding("v", "voice(True)", "Speak", show=False, tooltip="Answer by voice from now on"),
        Binding("v", "voice(False)", "Type", show=False, tooltip="Answer by keyboard from now on"),
        Binding(
            "m", "sound_check", "Sound check", show=False, tooltip="Try or choose the microphone"
        ),
        Binding(
            "i",
            "import",
            "Import",
            show=False,
            tooltip="Take in a recording, a transcript or a history",
        ),
        Binding("d", "data", "Your data", show=False, tooltip="What is stored, and deleting it"),
        Binding("w", "peer", "With a friend", show=False, tooltip="Practise with other people"),
        Binding("question_mark", "app.help", "Help", show=False),
        Binding("q", "app.quit", "Quit", tooltip="Leave. Everything is kept"),
    ]

    @dataclass
    class Preparing(Message):
        """A long history is prepared: so much of it (0..1) is done."""

        share: float

    @dataclass
    class OverviewReady(Message):
        """The banks were read and the history was counted."""

        overview: Overview

    @dataclass
    class RaterReady(Message):
        """The rater was made; it `is_full` where it lacks nothing."""

        is_full: bool

    @dataclass
    class OverviewFailed(Message):
        """The history could not be read."""

        error: TrainerError

    @dataclass
    class OpeningFailed(Message):
        """The home or the history cannot be used: there is nothing that the program could do."""

        error: TrainerError

    def __init__(self, seen: Sequence[Glance] = ()) -> None:
        super().__init__()
        self._seen = seen
        self._overview: Overview | None = None
        self._rates_fully = True
        self._is_open = False
        self._next_screen: Callable[[], Screen[None]] | None = None
        """What was asked for before it could open; the keys after it are its own."""
        self._keys_ahead: list[events.Key] = []
        self._typed_ahead: str | None = None
        """What was typed after an Enter that came before the banks were read; None without."""
        self._bank_ahead = ALL_BANKS

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer unfinished answers only where there are any, and with v the other way alone."""
        if action == "voice":
            return self._is_open and parameters != (self.trainer.answers_by_voice,)
        if action == "unfinished":
            return self._overview is not None and self._overview.unfinished > 0
        return True

    def compose(self) -> ComposeResult:
        """Yield the frame; its figures follow with `OverviewReady`."""
        yield Static(self.app.TITLE or "", classes="title-bar")
        yield Static(_WELCOME, id="welcome", classes="quiet")
        yield Static(id="unfinished", classes="notice", markup=False)
        with Horizontal(id="body"):
            yield ChoiceTable(self.action_start, id="banks")
            yield VerticalScroll(Static(id="about-text"), id="about", can_focus=False)
        yield VerticalScroll(Static(id="state-text"), id="state")
        yield KeyLine()

    def on_mount(self) -> None:
        """Show the row that Enter starts at once; the banks follow."""
        table = self.query_one(ChoiceTable)
        table.add_column("What to practise", key="title", width=TITLE_CELLS)
        table.add_column("Questions", key="questions")
        table.add_column("Answered", key="answered")
        self._fill([(visible(g.title), g.questions, None, g.id) for g in self._seen])
        self.set_focus(table)
        self.query_one("#state-text", Static).update(home_lines.opening())

    def on_screen_resume(self) -> None:
        """Count again whenever home comes back."""
        self._read()

    @work(thread=True, exclusive=True, group="overview", exit_on_error=False)
    def _read(self) -> None:
        try:
            services = self.services
        except TrainerError as error:
            self.post_message(self.OpeningFailed(error))
            return
        try:
            overview = services.overview()
        except TrainerError as error:
            self.post_message(self.OverviewFailed(error))
            return
        self.post_message(self.OverviewReady(overview))
        self.post_message(self.RaterReady(services.rater().shortfall is None))

    def on_home_screen_preparing(self, message: Preparing) -> None:
        """Say why the history takes so long to open, and how far it is."""
        if not self._is_open and message.share < 1:
            told = f"preparing your history, once after an update. {message.share:.0%} is done."
            opening = home_lines.opening(told, self.size.width)
            self.query_one("#state-text", Static).update(opening)

    def on_home_screen_opening_failed(self, message: OpeningFailed) -> None:
        """End, and say why; whoever has left meanwhile needs no reason."""
        if self.app.is_running:
            self.trainer.leave_with(str(message.error))

    def on_home_screen_overview_ready(self, message: OverviewReady) -> None:
        """Fill in the table and the lines about the state; start if Enter came first."""
        self._overview = overview = message.overview
        self._fill([(home_lines.title(b), b.questions, b.answered, b.id) for b in overview.banks])
        self._show_state(overview)
        self.refresh_bindings()
        self._now_open()
        self.trainer.tidying.soon()
        if self._typed_ahead is not None:
            self.once_on_top(self._start_ahead)

    def on_home_screen_rater_ready(self, message: RaterReady) -> None:
        """Say it where this install rates differently from a full one."""
        self._rates_fully = message.is_full
        if self._overview and not message.is_full:
            self._show_state(self._overview)

    def on_home_screen_overview_failed(self, message: OverviewFailed) -> None:
        """Say what is wrong in place of the figures; Enter tries again."""
        self._typed_ahead = None
        self._now_open()
        self.refresh_bindings()
        self.query_one("#state-text", Static).update(Content(visible(str(message.error))))

    def on_data_table_row_highlighted(self) -> None:
        """Say what the chosen bank is about."""
        self._show_about()

    def on_key(self, event: events.Key) -> None:
        """Keep the keys for the screen that was asked for, as long as it is still to open."""
        if self._next_screen:
            event.stop()
            self._keys_ahead.append(events.Key(event.key, event.character))

    def take_key(self, character: str) -> bool:
        """Keep what is typed while the practice is still to open; tell whether it was kept."""
        if self._typed_ahead is None:
            return False
        self._typed_ahead += character
        return True

    def action_start(self) -> None:
        """Practise the chosen bank, as soon as the banks are read."""
        if self._overview:
            self._start(self._chosen(), "")
        elif self._typed_ahead is None and not self._next_screen:
            self._typed_ahead, self._bank_ahead = "", self._chosen()
            if self._is_open:
                self._read()

    def _start_ahead(self) -> None:
        typed, self._typed_ahead = self._typed_ahead, None
        self._start(self._bank_ahead, typed or "")

    def _start(self, chosen: str, typed: str) -> None:
        try:
            run = self.services.plan(bank_ids=[] if chosen == ALL_BANKS else [chosen])
        except TrainerError as error:
            self.complain(error)
            return
        self.trainer.practise(run, typed=typed)

    def action_unfinished(self) -> None:
        """List the answers that were left."""
        from trainer.tui.screens.unfinished import UnfinishedScreen

        self.app.push_screen(UnfinishedScreen())

    def action_history(self) -> None:
        """Open the history."""
        from trainer.tui.screens.library import LibraryScreen

        self._go_to(LibraryScreen)

    def action_progress(self) -> None:
        """Open what all answers show together."""
        from trainer.tui.screens.progress import ProgressScreen

        self._go_to(ProgressScreen)

    def action_peer(self) -> None:
        """Practise with other people."""
        from trainer.tui.screens.peer.opening import PeerScreen

        self._go_to(PeerScreen)

    def action_banks(self) -> None:
        """Open the questions."""
        from trainer.tui.screens.banks import BanksScreen

        self._go_to(BanksScreen)

    def action_settings(self) -> None:
        """Open the settings."""
        from trainer.tui.screens.settings import SettingsScreen

        self._go_to(SettingsScreen)

    def action_sound_check(self) -> None:
        """Try the microphone."""
        from trainer.tui.screens.sound_check import SoundCheckScreen

        self._go_to(SoundCheckScreen)

    def action_import(self) -> None:
        """Make an answer of a sound file."""
        from trainer.tui.screens.importing import ImportScreen

        self._go_to(ImportScreen)

    def action_data(self) -> None:
        """Open the page with all that is stored."""
        from trainer.tui.screens.data import DataScreen

        self._go_to(DataScreen)

    def action_voice(self, voice: bool) -> None:
        """Answer by voice or by keyboard from now on."""
        try:
            self.trainer.answer_by_voice(voice)
        except TrainerError as error:
            self.complain(error)
        if self._overview:
            self._show_state(self._overview)
        self.refresh_bindings()

    def _chosen(self) -> str:
        return self.query_one(ChoiceTable).chosen() or ALL_BANKS

    def _fill(self, banks: Sequence[tuple[str, int, int | None, str]]) -> None:
        """Show rows of title, questions, answered (None where it is not known yet) and id."""
        table = self.query_one(ChoiceTable)
        chosen = self._chosen()
        table.clear()
        known = [answered for _, _, answered, _ in banks if answered is not None]
        total = sum(known) if len(known) == len(banks) else None
        everything = ("All banks, mixed", sum(row[1] for row in banks), total, ALL_BANKS)
        for title, questions, answered, key in (everything, *banks):
            done = "…" if answered is None else str(answered or "-")
            table.add_row(Text(title), str(questions), done, key=key)
        if chosen in {row[3] for row in banks}:
            table.move_cursor(row=table.get_row_index(chosen))

    def _go_to(self, screen: Callable[[], Screen[None]]) -> None:
        """Open a screen, as soon as there is something that it could show."""
        if self._is_open:
            self.app.push_screen(screen())
        elif self._typed_ahead is None and not self._next_screen:
            self._next_screen = screen

    def _now_open(self) -> None:
        self._is_open = True
        if self._next_screen:
            self.once_on_top(self._open_next)

    def _open_next(self) -> None:
        screen, self._next_screen = self._next_screen, None
        keys, self._keys_ahead = self._keys_ahead, []
        if screen:
            self.app.push_screen(screen())
            for key in keys:
                self.app.post_message(key)

    def _show_about(self) -> None:
        if self._overview is None:
            return
        loaded = self.services.library().bank(self._chosen())
        text = home_lines.about(loaded.bank if loaded else None, self.services.settings.questions)
        self.query_one("#about-text", Static).update(text)

    def _show_state(self, overview: Overview) -> None:
        self._show_about()
        waiting = home_lines.waiting(overview)
        self.query_one("#unfinished", Static).update(waiting)
        self.query_one("#unfinished").set_class(bool(waiting), "-shown")
        state = home_lines.state(
            overview,
            self.size.width,
            by_voice=self.trainer.answers_by_voice,
            rates_fully=self._rates_fully,
        )
        self.query_one("#state-text", Static).update(state)

    def on_resize(self) -> None:
        """Break the lines about the state anew."""
        if self._overview:
            self._show_state(self._overview)
