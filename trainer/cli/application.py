"""Opening the application."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Literal

from trainer.bank.glance import look
from trainer.cli.opening import closing_told, open_told
from trainer.cli.output import has_terminal, note
from trainer.config import load_settings
from trainer.errors import ExitCode, UsageError
from trainer.paths import find_home, shipped

if TYPE_CHECKING:
    from textual.screen import Screen

    from trainer.services import Services
    from trainer.session.plan import Run
    from trainer.tui.app import TrainerApp

_NO_TERMINAL = "Run it in a terminal, or line by line: trainer {} --plain"


def open_application(
    choose: Callable[[Services], Run] | None = None,
    voice: bool | None = None,
    reading: Literal["read", "drill"] | None = None,
    screen: Callable[[Services], Screen[Any]] | None = None,
) -> ExitCode:
    """Open the application, on the practice that `choose` or the screen that `screen` returns.

    `voice` says how answers are given, and `reading` whether questions are read aloud; None leaves
    it to the settings. What was chosen is checked first, so that a wrong id or a machine that
    cannot record is told without a screen.
    """
    with ExitStack() as stack:
        app: TrainerApp | None = None

        def tell(share: float) -> None:
            if app:
                app.tell_prepared(share)

        def start() -> Services:
            from trainer.services import open_services  # 60 ms: home asks after its first paint

            return stack.enter_context(closing_told(open_services(tell=tell)))

        services = stack.enter_context(closing_told(open_told())) if choose or screen else None
        if services and services.store.notice:
            note(services.store.notice)
        run = choose(services) if choose and services else None
        opened = screen(services) if screen and services and has_terminal() else None
        if voice:
            check_microphone()
        if not has_terminal():
            instead = _NO_TERMINAL.format("review" if screen else "practice")
            raise UsageError("The application needs a terminal.", instead)
        from trainer.tui import app as application  # textual: 250 ms

        home = find_home()
        settings, _ = load_settings(home)
        seen = look(shipped("question_banks"))  # 3 ms
        app = application.TrainerApp(
            lambda: services or start(), settings, run, seen, voice, reading, opened
        )
        app.run()
        app.end()
        return ExitCode.FAILED if app.return_code else ExitCode.OK


def check_microphone() -> None:
    """Raise `SoundError` where this machine cannot record. Takes 0.4 s, in a child."""
    from trainer.doctor.sound import obstacle

    problem = obstacle()
    if problem:
        raise problem
