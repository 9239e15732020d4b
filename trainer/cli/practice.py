"""`trainer practice`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

import click

from trainer.cli.application import check_microphone, open_application
from trainer.config import MOST_QUESTIONS
from trainer.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from trainer.plain.console import Console
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
@click.option("--voice", is_flag=True, help="Speak the answers. The settings hold the usual way.")
@click.option("--typed", is_flag=True, help="Type the answers.")
@click.option("--read-aloud", is_flag=True, help="Have the questions read to you.")
@click.option(
    "--drill", is_flag=True, help="Hear the questions only: their text is hidden until you ask."
)
@click.option(
    "--plain", is_flag=True, help="Line by line, for a screen reader, a simple terminal or a pipe."
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
    plain: bool,
) -> ExitCode:
    """Practise at once: open the application on its first question.

    Without options it asks questions of all banks, those you have answered least first.

    With --plain nothing is drawn and nothing moves: questions, answers and reports are lines. Every
    prompt says which letters it takes. Without --bank, --question, --count and --seed you choose
    a bank there.

    With --voice it ends with exit code 3 before a screen opens if this machine cannot record,
    and says what to install.

    \b
    Examples:
      trainer practice --bank teamwork --bank resilience --count 3
      trainer practice --question teamwork-nurse-noticed
      trainer practice --voice
      trainer practice --voice --drill
      trainer practice --plain --bank teamwork
    """
    if bank_ids and question_id:
        raise UsageError("Give either --bank or --question.", "See: trainer practice --help")
    if voice and typed:
        raise UsageError("Give either --voice or --typed.", "See: trainer practice --help")
    if read_aloud and drill:
        raise UsageError("Give either --read-aloud or --drill.", "See: trainer practice --help")
    reading: Literal["read", "drill"] | None = "drill" if drill else "read" if read_aloud else None

    def choose(services: Services) -> Run:
        return services.plan(
            bank_ids=bank_ids,
            question_ids=[question_id] if question_id else (),
            count=count,
            seed=seed,
        )

    if plain:
        named = bool(bank_ids or question_id or count or seed is not None)
        return _practise_plainly(
            choose if named else None, voice if voice or typed else None, reading
        )
    return open_application(choose, voice=voice if voice or typed else None, reading=reading)


def _practise_plainly(
    choose: Callable[[Services], Run] | None,
    voice: bool | None,
    reading: Literal["read", "drill"] | None,
) -> ExitCode:
    from trainer.cli.conversation import converse
    from trainer.plain.practice import Practice

    def talk(services: Services, console: Console) -> None:
        settings = services.settings
        by_voice = settings.answer == "voice" if voice is None else voice
        practice = Practice(services, console, by_voice, reading or settings.reading)
        if choose:
            practice.go(choose(services))
        else:
            practice.choose()

    if voice:
        check_microphone()
    return converse(talk)
