"""`trainer review`: one's own answers, or an answer that somebody shared."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from trainer.cli.application import open_application
from trainer.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from textual.screen import Screen

    from trainer.exchange.desk import Desk
    from trainer.plain.console import Console
    from trainer.services import Services


@click.command(short_help="Go through your answers, or mark one that was shared.")
@click.argument("named", metavar="[ID|FILE]", required=False)
@click.option("--name", metavar="NAME", help="Who marks a shared answer. Else you are asked once.")
@click.option(
    "--plain", is_flag=True, help="Line by line, for a screen reader, a simple terminal or a pipe."
)
def review(named: str | None, name: str | None, plain: bool) -> ExitCode:
    """Go through your answers: open the application on the history, or on one answer.

    With a FILE that somebody made with "trainer share", give marks to the answer in it and comment
    on its words. What you give is at once in a file beside it, named after it with -reviewed:
    send that one back. The file that you were sent is never changed, and nothing of it comes into
    your history.

    With --plain nothing is drawn and nothing moves: the list, the reports and all that can be done
    with an answer are lines. Every prompt says which letters it takes.

    \b
    Examples:
      trainer review
      trainer review 3f2a9c1b
      trainer review answer-3f2a9c1b.json
      trainer review answer-3f2a9c1b.json --plain --name "Dr. Okoro"
    """
    file = _file_of(named)
    if file:
        return _mark(file, name, plain)
    if name is not None:
        raise UsageError(
            "A name is given to a shared answer.", "Name its file, or leave out --name."
        )
    if plain:
        return _review_plainly(named)

    def screen(services: Services) -> Screen[Any]:
        from trainer.tui.screens.library import LibraryScreen
        from trainer.tui.screens.report import ReportScreen
        from trainer.tui.screens.self_rating import going_on

        if named is None:
            return LibraryScreen()
        view = services.view(services.find_attempt(named))
        return going_on(services, view, services.begun_marks(view), ReportScreen)

    return open_application(screen=screen)


def _file_of(named: str | None) -> Path | None:
    """Return the file that is meant; None for an answer. An id has neither a dot nor a slash."""
    if named is None:
        return None
    from trainer.exchange.share_reading import holds_share
    from trainer.importing import path_of

    file = path_of(named)
    is_path = any(sign in named for sign in {"/", ".", os.sep})
    return file if is_path or holds_share(file) else None


def _mark(file: Path, name: str | None, plain: bool) -> ExitCode:
    from trainer.cli.output import has_terminal
    from trainer.exchange.desk import Desk

    with closing(Desk(file, name or "")) as desk:  # a bad file is told before anything is opened
        if plain:
            return _mark_plainly(desk)
        if not has_terminal():
            raise UsageError(
                "The application needs a terminal.", "Add --plain, or run it in a terminal."
            )

        def screen(services: Services) -> Screen[Any]:
            from trainer.tui.screens.mentor import MentorScreen

            desk.call(desk.name or services.settings.name)
            return MentorScreen(desk)

        return open_application(screen=screen)


def _mark_plainly(desk: Desk) -> ExitCode:
    from trainer.cli.conversation import converse
    from trainer.plain.mentoring import Mentoring

    def talk(services: Services, console: Console) -> None:
        desk.call(desk.name or services.settings.name)
        Mentoring(services, console, desk).go()

    return converse(talk)


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
