"""The entry of the program: the commands, and how each error ends.

Click's standalone mode would end an interrupted command with 1 and print usage errors in a form
of its own, so it is off: every way out of a command is mapped here.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence

import click

from trainer import __version__
from trainer.cli import banks, doctor, history, practice, score
from trainer.cli.output import OutputClosedError, has_terminal, note, say_commands
from trainer.display import one_line
from trainer.errors import ExitCode, TrainerError


@click.group(
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, "-V", "--version", message="trainer %(version)s")
@click.pass_context
def cli(context: click.Context) -> ExitCode | None:
    """Practise residency interviews on this machine.

    Without a command this opens the application. Every answer stays on this machine.

    \b
    Examples:
      trainer                            open the application
      trainer practice --bank teamwork   practise questions of one bank
      trainer score answer.txt --rubric ownership
      trainer doctor                     see what works on this machine
    """
    if context.invoked_subcommand:
        return None
    return practice.open_application() if has_terminal() else say_commands(context)


cli.add_command(practice.practice)
cli.add_command(score.score)
cli.add_command(banks.banks)
cli.add_command(history.history)
cli.add_command(doctor.doctor)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code. Nothing that goes wrong shows a traceback."""
    _accept_any_character()
    try:
        code = cli.main(arguments, prog_name="trainer", standalone_mode=False)
    except (click.Abort, KeyboardInterrupt):
        return ExitCode.INTERRUPTED
    except OutputClosedError:
        sys.stdout = io.StringIO()  # or Python tries to flush the closed pipe at its end
        return ExitCode.FAILED
    except click.ClickException as error:
        return _explain(error)
    except TrainerError as error:
        note(one_line(error.message), one_line(error.hint))
        return error.exit_code
    except Exception as error:  # noqa: BLE001 - the last resort: a traceback helps nobody
        from trainer.log import record_crash

        note(f"Something went wrong inside the program. {one_line(record_crash(error))}")
        return ExitCode.FAILED
    return ExitCode.OK if code is None else int(code)


def _explain(error: click.ClickException) -> int:
    """Say what is wrong with the arguments, and where the right ones are told."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "trainer"
    note(one_line(error.format_message()), f"See: {command} --help")
    return error.exit_code


def _accept_any_character() -> None:
    """Let a terminal or pipe that is not UTF-8 show what it can, in place of an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
