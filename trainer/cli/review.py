"""`trainer review`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from trainer.cli.application import open_application
from trainer.errors import ExitCode

if TYPE_CHECKING:
    from textual.screen import Screen

    from trainer.plain.console import Console
    from trainer.services import Services


@click.command(short_help="Go through your answers.")
@click.argument("attempt_id", metavar="[ID]", required=False)
@click.option(
    "--plain", is_flag=True, help="Line by line, for a screen reader, a simple terminal or a pipe."
)
def review(attempt_id: str | None, plain: bool) -> ExitCode:
    """Go through your answers: open the application on the history, or on one answer.

    With --plain nothing is drawn and nothing moves: the list, the reports and all that can be done
    with an answer are lines. Every prompt says which letters it takes.

    \b
    Examples:
      trainer review
      trainer review 3f2a9c1b
      trainer review --plain
    """
    if plain:
        return _review_plainly(attempt_id)

    def screen(services: Services) -> Screen[Any]:
        from trainer.tui.screens.library import LibraryScreen
        from trainer.tui.screens.report import ReportScreen

        if attempt_id is None:
            return LibraryScreen()
        return ReportScreen(services.view(services.find_attempt(attempt_id)))

    return open_application(screen=screen)


def _review_plainly(attempt_id: str | None) -> ExitCode:
    from trainer.cli.conversation import converse
    from trainer.plain.practice import Practice
    from trainer.plain.review import Review

    def talk(services: Services, console: Console) -> None:
        settings = services.settings
        by_voice, reading = settings.answer == "voice", settings.reading
        listed = Review(services, console, Practice(services, console, by_voice, reading))
        if attempt_id:
            listed.open(services.find_attempt(attempt_id))
        listed.go()

    return converse(talk)
