"""`trainer practice`."""

from __future__ import annotations

import click

from trainer.cli.application import open_application
from trainer.config import MOST_QUESTIONS
from trainer.errors import ExitCode, UsageError


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
@click.option("--voice", is_flag=True, help="Speak the answers. The settings hold the usual way.")
@click.option("--typed", is_flag=True, help="Type the answers.")
@click.option("--read-aloud", is_flag=True, help="Have the questions read to you.")
@click.option(
    "--drill", is_flag=True, help="Hear the questions only: their text is hidden until you ask."
)
def practice(
    bank_ids: tuple[str, ...],
    question_id: str | None,
    count: int | None,
    seed: int | None,
    voice: bool,
    typed: bool,
    read_aloud: bool,
    drill: bool,
) -> ExitCode:
    """Practise at once: open the application on its first question.

    Without options it asks questions of all banks, those you have answered least first.

    With --voice it ends with exit code 3 before a screen opens if this machine cannot record,
    and says what to install.

    \b
    Examples:
      trainer practice --bank teamwork --bank resilience --count 3
      trainer practice --question teamwork-nurse-noticed
      trainer practice --voice
      trainer practice --voice --drill
    """
    if bank_ids and question_id:
        raise UsageError("Give either --bank or --question.", "See: trainer practice --help")
    if voice and typed:
        raise UsageError("Give either --voice or --typed.", "See: trainer practice --help")
    if read_aloud and drill:
        raise UsageError("Give either --read-aloud or --drill.", "See: trainer practice --help")
    return open_application(
        lambda services: services.plan(
            bank_ids=bank_ids,
            question_ids=[question_id] if question_id else (),
            count=count,
            seed=seed,
        ),
        voice=voice if voice or typed else None,
        reading="drill" if drill else "read" if read_aloud else None,
    )
