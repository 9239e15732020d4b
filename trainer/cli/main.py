"""The entry of the program: every way out of it is mapped to an exit code here."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence

from trainer.cli.output import OutputClosedError, has_terminal, note
from trainer.display import one_line
from trainer.errors import ExitCode, TrainerError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code. Nothing that goes wrong shows a traceback."""
    _accept_any_character()
    try:
        return _run(sys.argv[1:] if arguments is None else arguments)
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED
    except OutputClosedError:
        sys.stdout = io.StringIO()  # or Python tries to flush the closed pipe at its end
        return ExitCode.FAILED
    except TrainerError as error:
        note(one_line(error.message), one_line(error.hint))
        return error.exit_code
    except Exception as error:  # noqa: BLE001 - the last resort: a traceback helps nobody
        from trainer.log import record_crash

        note(f"Something went wrong inside the program. {one_line(record_crash(error))}")
        return ExitCode.FAILED


def _run(arguments: Sequence[str]) -> int:
    if not arguments and has_terminal():
        from trainer.cli.application import open_application

        return open_application()  # click: 27 ms that the first paint need not wait for
    from trainer.cli.commands import run

    return run(arguments)


def _accept_any_character() -> None:
    """Let a terminal or pipe that is not UTF-8 show what it can, in place of an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
