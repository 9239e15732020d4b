"""What `--plain` opens: services and a console over standard input and output."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from trainer.cli.opening import services_opened
from trainer.cli.output import say_text
from trainer.errors import ExitCode

if TYPE_CHECKING:
    from trainer.plain.console import Console
    from trainer.services import Services


def converse(talk: Callable[[Services, Console], object]) -> ExitCode:
    """Open the services and let `talk` meet the user; the end of the input ends it.

    Interrupting it raises `KeyboardInterrupt` once everything is kept.
    """
    from trainer.plain.console import Console, InputEndedError, LineReader
    from trainer.system import ending_by_exception

    with ending_by_exception(), services_opened() as services:
        console = Console(LineReader(sys.stdin), say_text)
        try:
            talk(services, console)
        except InputEndedError:
            console.say("The input has ended. All that you answered is kept.")
        finally:
            services.sounds.tidy(lambda: True, most=0)
    return ExitCode.OK
