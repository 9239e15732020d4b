"""What `--plain` opens: services and a console over standard input and output."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from trainer.cli.opening import services_opened
from trainer.cli.output import say_text
from trainer.errors import ExitCode

if TYPE_CHECKING:
    from trainer.keeping.types import Tidied
    from trainer.plain.console import Console
    from trainer.services import Services


def converse(talk: Callable[[Services, Console], object]) -> ExitCode:
    """Open the services and let `talk` meet the user; the end of the input ends it.

    Interrupting it raises `KeyboardInterrupt` once everything is kept.
    """
    from trainer.plain.console import Console
    from trainer.plain.reader import InputEndedError, LineReader
    from trainer.system import ending_by_exception
    from trainer.terminal import taking_keys
    from trainer.tidying import Tidying

    tidied: list[Tidied] = []  # told at the end: somebody may be speaking before
    stdin = sys.stdin
    with ending_by_exception(), taking_keys(stdin) as by_key, services_opened() as services:
        console = Console(LineReader(stdin, by_key), say_text)
        tidying = Tidying(lambda: services, _later, tidied.append)
        tidying.soon()
        try:
            talk(services, console)
        except InputEndedError:
            console.say("The input has ended. All that you answered is kept.")
        finally:
            tidying.end()
        for done in tidied:
            _tell(console, done)
    return ExitCode.OK


def _later(seconds: float, begin: Callable[[], object]) -> None:
    timer = threading.Timer(seconds, begin)
    timer.daemon = True
    timer.start()


def _tell(console: Console, done: Tidied) -> None:
    from trainer.keeping.saying import number

    if done.deleted.count:
        deleted = number(done.deleted.count)
        console.say(f"Deleted, as your settings say: {deleted}. The words stay.")
    if done.problem:
        console.complain(done.problem)
