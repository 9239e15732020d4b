"""The commands, and how an error in their arguments ends.

Click's standalone mode would end an interrupted command with 1 and print usage errors in a form
of its own, so it is off.
"""

from __future__ import annotations

from collections.abc import Sequence

import click

from trainer import __version__
from trainer.cli import (
    banks,
    calibrate,
    data,
    doctor,
    evaluate,
    history,
    imports,
    models,
    peer,
    practice,
    profile,
    review,
    score,
    sharing,
    sound,
    transcribe,
)
from trainer.cli.application import open_application
from trainer.cli.output import has_terminal, note, say_commands
from trainer.display import one_line
from trainer.errors import ExitCode


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
      trainer practice --voice           speak the answers
      trainer practice --plain           line by line, for a screen reader
      trainer review                     go through your answers
      trainer peer host                  practise with a friend
      trainer score answer.txt --rubric ownership
      trainer transcribe answer.wav      write down what is said in it
      trainer import call.m4a --question low-score-step1-direct
      trainer doctor                     see what works on this machine
    """
    if context.invoked_subcommand:
        return None
    return open_application() if has_terminal() else say_commands(context)


cli.add_command(practice.practice)
cli.add_command(review.review)
cli.add_command(peer.peer)
cli.add_command(score.score)
cli.add_command(transcribe.transcribe)
cli.add_command(imports.import_sound)
cli.add_command(sharing.share)
cli.add_command(evaluate.evaluate)
cli.add_command(banks.banks)
cli.add_command(history.history)
cli.add_command(models.models)
cli.add_command(profile.profile)
cli.add_command(calibrate.calibrate)
cli.add_command(sound.sound)
cli.add_command(data.data)
cli.add_command(doctor.doctor)


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code. Errors of the program itself go through."""
    try:
        code = cli.main(list(arguments), prog_name="trainer", standalone_mode=False)
    except click.Abort:
        return ExitCode.INTERRUPTED
    except click.ClickException as error:
        return _explain(error)
    return ExitCode.OK if code is None else int(code)


def _explain(error: click.ClickException) -> int:
    """Say what is wrong with the arguments, and where the right ones are told."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "trainer"
    note(one_line(error.format_message()), f"See: {command} --help")
    return error.exit_code
