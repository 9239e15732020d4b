"""The application: themes, the way between screens, and a clean end."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from threading import Lock
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from rich.text import Text
from textual import events
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget

from trainer.config import Settings
from trainer.display import visible
from trainer.errors import TrainerError
from trainer.log import record_crash
from trainer.system import on_termination
from trainer.terminal import watch_terminal
from trainer.tidying import Tidying
from trainer.tui.closing import Closing
from trainer.tui.commands import screen_commands
from trainer.tui.looks import animation_level, is_colourless
from trainer.tui.screens.home import HomeScreen
from trainer.tui.themes import THEMES

if TYPE_CHECKING:
    from trainer.bank.glance import Glance
    from trainer.keeping.types import Tidied as TidyingDone
    from trainer.services import Services
    from trainer.session.hearing import Hearing
    from trainer.session.plan import Run
    from trainer.store.types import Draft
    from trainer.tui.screens.audience import Audience


LEAVING_S = 3.0
# Quit and Help come with the screen's own keys, the theme stands in the settings, and a picture
# of an answer would land outside the user's private folder.
LEFT_OUT = ("Quit", "Theme", "Screenshot")


@dataclass
class Tidied(Message):
    """The sound that is kept was tidied."""

    done: TidyingDone


class TrainerApp(App[None]):
    """The trainer. Screens get everything from `services`.

    `run_first` is practised at once, or `opened_first` shown over home. `seen` is what a first look
    at the banks found: home shows it until they are loaded. `voice` says how answers are given, in
    place of the settings. What runs children is ended through `closing`. `reading` says whether
    questions are read aloud, in place of the settings; `told_unread` holds why some were not, each
    told once.
    """

    TITLE = "Interview trainer"
    CSS_PATH: ClassVar[list[str | PurePath] | None] = [
        "styles/base.tcss",
        "styles/home.tcss",  # of the first screen; the others bring their own
    ]
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - Textual types it as an instance variable
        (0, "-tiny"),
        (12, "-narrow"),
        (110, "-wide"),
    ]
    VERTICAL_BREAKPOINTS = [  # noqa: RUF012 - as above
        (0, "-low"),
        (24, "-high"),
    ]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "help", "Help", tooltip="What this program does and its keys", priority=True),
        Binding(
            "ctrl+q", "quit", "Quit", tooltip="Leave. Everything is kept", show=False, priority=True
        ),
        Binding(
            "ctrl+p",
            "command_palette",
            "Commands",
            tooltip="Find a command by its name",
            show=False,
            priority=True,
        ),
    ]

    def __init__(
        self,
        make_services: Callable[[], Services],
        settings: Settings,
        run_first: Run | None = None,
        seen: Sequence[Glance] = (),
        voice: bool | None = None,
        reading: Literal["read", "drill"] | None = None,
        opened_first: Screen[Any] | None = None,
    ) -> None:
        self.voice = voice
        self.told_unread: set[str] = set()
        self.asked_reading = reading
        self.closing = Closing()
        self.tidying = Tidying(
            lambda: self.services, self.set_timer, lambda done: self.post_message(Tidied(done))
        )
        self._make_services = make_services
        self._services: Services | None = None
        self._failure: TrainerError | None = None
        self._opening = Lock()
        self._run_first = run_first
        self._opened_first = opened_first
        self._seen = tuple(seen)
        self._theme_choice = settings.theme
        # With the terminal's own colours Textual leaves all others out; else it would show greys.
        super().__init__(ansi_color=True if is_colourless() else None)
        for theme in THEMES.values():
            self.register_theme(theme)
        self.apply_looks(settings)

    @property
    def services(self) -> Services:
        """Everything below the screens, made when it is first asked for.

        Home asks from a thread after the first paint. Raises `TrainerError` where the home or the
        history cannot be used.
        """
        with self._opening:
            if self._failure:
                raise self._failure
            if self._services is None:
                try:
                    self._services = self._make_services()
                except TrainerError as error:
                    self._failure = error
                    raise
            return self._services

    def get_default_screen(self) -> HomeScreen:
        """Begin at home, so that not even the first key is typed at an empty screen."""
        return HomeScreen(self._seen)

    def on_mount(self) -> None:
        """Begin the practice that was asked for on the command line."""
        on_termination(self._end)
        if not self.is_headless:
            loop = asyncio.get_running_loop()
            watch_terminal(lambda: loop.call_soon_threadsafe(self._end), LEAVING_S)
        if self._run_first:
            self.practise(self._run_first)
        if self._opened_first:
            self.push_screen(self._opened_first)

    def on_tidied(self, message: Tidied) -> None:
        """Say which sound was deleted by the settings, and what hindered it."""
        deleted = message.done.deleted
        if deleted.count:
            was = "recording was" if deleted.count == 1 else "recordings were"
            self.notify(f"{deleted.count} {was} deleted, as your settings say. The words stay.")
        problem = message.done.problem
        if problem:
            self.notify(visible(str(problem)), severity="warning", timeout=12, markup=False)

    def end(self) -> None:
        """Put away what is left to do when the screens are gone."""
        if self._services:
            self.tidying.end()

    def tell_prepared(self, share: float) -> None:
        """Let home show what share (0..1) of a long history is prepared; from any thread.

        Raises `TrainerError` once the program ends, so that nobody waits for the rest to leave.
        """
        if not self.is_running:
            raise TrainerError("The history is not prepared.", "The next start begins it anew.")
        self.screen_stack[0].post_message(HomeScreen.Preparing(share))

    def apply_looks(self, settings: Settings) -> None:
        """Use the theme of these settings, and move no more than they say."""
        self._theme_choice = settings.theme
        self.theme = THEMES[settings.theme].name
        self.animation_level = animation_level(settings)
        for screen in self.screen_stack if self.is_running else ():
            for editor in screen.query("Input, TextArea"):
                self._steady(editor)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Let the cursor of an editor stand still where nothing may move."""
        self._steady(event.widget)

    def _steady(self, editor: Widget) -> None:
        if hasattr(editor, "cursor_blink"):  # importing what has one would delay the first paint
            editor.cursor_blink = self.animation_level != "none"

    def practise(
        self,
        run: Run,
        *,
        draft: Draft | None = None,
        typed: str = "",
        back: Callable[[], Screen[None]] | None = None,
        switch: bool = False,
        by_keyboard: bool = False,
        hearing: Hearing | None = None,
        audience: Audience | None = None,
    ) -> None:
        """Ask the run's present question, on top of or in place of the open screen.

        `draft` is an answer to take up, `typed` what was typed before the screen could open, and
        `back` makes the screen that leaving goes to, if it is not the one below. `by_keyboard`
        is for an answer that is typed whatever was chosen, and `hearing` tells how its question
        was taken in so far. `audience` is who listens, and leads on from the answer.
        """
        spoken = self.answers_by_voice if draft is None else _is_speech(draft)
        screen: Screen[None]
        if draft and draft.corrects is None and self.services.origin_of(draft):
            from trainer.tui.screens.importing import ImportScreen

            screen = ImportScreen(run, draft)
        elif not spoken or by_keyboard:
            from trainer.tui.screens.practice import PracticeScreen

            screen = PracticeScreen(run, draft, typed, back, hearing, audience)
        elif draft is None and back is None and audience is None and self.services.lacks_model():
            from trainer.tui.screens.offer import OfferScreen

            screen = OfferScreen(run, typed)
        else:
            from trainer.tui.screens.speaking import SpeakingScreen

            screen = SpeakingScreen(run, draft, typed, back, hearing, audience)
        if switch:
            self.switch_screen(screen)
        else:
            self.push_screen(screen)

    @property
    def answers_by_voice(self) -> bool:
        """Whether the next answer is spoken."""
        if self.voice is not None:
            return self.voice
        return self.services.settings.answer == "voice"

    def answer_by_voice(self, voice: bool) -> None:
        """Let answers be spoken from now on, or typed. Raises `TrainerError`."""
        self.voice = None
        answer: Literal["voice", "typed"] = "voice" if voice else "typed"
        self.services.change_settings(replace(self.services.settings, answer=answer))

    @property
    def reading(self) -> Literal["off", "read", "drill"]:
        """Whether questions are read aloud, in a drill with their text hidden."""
        return self.asked_reading or self.services.settings.reading

    async def on_event(self, event: events.Event) -> None:
        """Let lines and editors take plain text only, and what deletes in it as it was pressed."""
        if isinstance(event, events.Paste):
            event.text = visible(event.text)
        if not isinstance(event, events.Key) or not self._delete(event):
            await super().on_event(event)

    def _delete(self, event: events.Key) -> bool:
        """Give a line or editor its key that deletes behind the letters before it; tell whether.

        Textual puts letters in at once, and lets other keys go up to the application first: what
        is typed quickly behind Backspace would come before it, and be what it deletes.
        """
        from textual.widgets import Input, TextArea

        line = self.focused
        if event.is_forwarded or event.is_printable or not isinstance(line, (Input, TextArea)):
            return False
        active = self.screen.active_bindings.get(event.key)
        if active is None or active.node is not line or not active.enabled:
            return False
        action = active.binding.action
        return action.startswith("delete_") and line.call_later(line.run_action, action)

    def on_key(self, event: events.Key) -> None:
        """Give letters that no widget took, because the focus was on its way, to where they go."""
        if event.is_printable and event.character and self._take(event.character):
            event.prevent_default()

    def _take(self, character: str) -> bool:
        """Give a letter to the screen, or else to the line that has the focus by now."""
        take = getattr(self.screen, "take_key", None)
        if take:
            return bool(take(character))
        from textual.widgets import Input

        line = self.focused
        if isinstance(line, Input):
            line.replace(character, *line.selection)
        return isinstance(line, Input)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Name the colours that our styles use beyond Textual's own."""
        return dict(THEMES[self._theme_choice].variables)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Yield the screen's own keys first, then Textual's commands."""
        yield from screen_commands(self, screen)
        yield from (
            command
            for command in super().get_system_commands(screen)
            if command.title not in LEFT_OUT
        )

    def action_help_quit(self) -> None:
        """Say how to leave: many try Ctrl+C first."""
        self.notify("Press Ctrl+Q to leave. Everything is kept.")

    def action_help(self) -> None:
        """Open the help, once."""
        from trainer.tui.screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(self.screen))

    async def action_quit(self) -> None:
        """Leave, once the letters that were typed before this key are in their editor."""
        (self.focused or self.screen).call_later(self._quit)

    def _quit(self) -> None:
        """Keep what is being typed, then leave; where it cannot be kept, ask first."""
        if self._keep_all():
            self.exit()
            return
        from trainer.tui.screens.confirm import ConfirmScreen

        def decided(yes: bool | None) -> None:
            if yes:
                self.exit()

        self.push_screen(
            ConfirmScreen(
                "Your words could not be saved. Quit all the same?",
                "What you typed last would be lost. You can copy it first, or free some space.",
                "Quit",
            ),
            decided,
        )

    def _fatal_error(self) -> None:
        """Say where the details are, in place of Textual's traceback.

        That one shows local variables, and those hold answers.
        """
        where = record_crash(self._exception) if self._exception else ""
        try:
            kept = self._keep_all()
        except Exception:  # noqa: BLE001 - whatever broke may be what keeping needs
            kept = False
        words = "Your words are kept." if kept else "What you typed last may be lost."
        self.leave_with(f"Something went wrong inside the program. {words} {where}")

    def leave_with(self, message: str, *, failed: bool = True) -> None:
        """End, and say why after the screen is gone."""
        self.exit(return_code=int(failed), message=Text(visible(message)))

    def _end(self) -> None:
        """Keep everything and leave, because the system or the terminal says so."""
        self._keep_all()
        self.exit()

    def _keep_all(self) -> bool:
        from trainer.tui.screens.drafting import keep_all

        return keep_all(self.screen_stack)


def _is_speech(draft: Draft) -> bool:
    """Whether a draft is an answer by voice whose words nobody has changed by hand yet."""
    heard = draft.heard.text if draft.heard else ""
    return draft.recording is not None and draft.text == heard
