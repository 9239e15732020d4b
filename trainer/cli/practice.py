"""`trainer practice`, and opening the application."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from typing import TYPE_CHECKING

import click

from trainer.cli.output import has_terminal
from trainer.config import MOST_QUESTIONS
from trainer.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from trainer.services import Services
    from trainer.session.plan import Run


@click.command()
@click.option(
    "--bank",
    "bank_ids",
    metavar="ID",
    multiple=True,
    help="Ask questions of this bank. Give it again for further banks.",
)
@click.option(
    "--question", "question_id", metavar="ID", help="Ask this question. It needs no bank."
)
@click.option(
    "--count",
    type=click.IntRange(1, MOST_QUESTIONS),
    metavar="N",
    help="Ask this many questions. The settings hold the usual number.",
)
@click.option(
    "--seed",
    type=int,
    metavar="N",
    help="Draw the same questions again. The same number and history give the same questions.",
)
def practice(
    bank_ids: tuple[str, ...], question_id: str | None, count: int | None, seed: int | None
) -> ExitCode:
    """Practise at once: open the application on its first question.

    Without options it asks questions of all banks, those you have answered least first.

    \b
    Examples:
      trainer practice --bank teamwork --bank resilience --count 3
      trainer practice --question teamwork-nurse-noticed
    """
    if bank_ids and question_id:
        raise UsageError("Give either --bank or --question.", "See: trainer practice --help")
    return open_application(
        lambda services: services.plan(
            bank_ids=bank_ids,
            question_ids=[question_id] if question_id else (),
            count=count,
            seed=seed,
        )
    )


def open_application(choose: Callable[[Services], Run] | None = None) -> ExitCode:
    """Open the application, on the practice that `choose` returns if it is given.

    What was chosen is checked first, so that a wrong id is told without a screen.
    """
    from trainer.services import open_services

    with closing(open_services()) as services:
        run = choose(services) if choose else None
        if not has_terminal():
            raise UsageError("The application needs a terminal.", "Run it in a terminal.")
        from trainer.tui.app import TrainerApp  # textual: 250 ms

        app = TrainerApp(services, run_first=run)
        app.run()
        return ExitCode.FAILED if app.return_code else ExitCode.OK
