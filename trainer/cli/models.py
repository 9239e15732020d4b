"""`trainer models`: the speech models that there are, and which one is used."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from trainer.cli import model_installing
from trainer.cli.model_lists import standing_json, standing_lines, used_lines
from trainer.cli.output import note, say, say_commands, say_json
from trainer.errors import ExitCode, SoundError

if TYPE_CHECKING:
    from trainer.transcript.engines import Engine

AUTO = "auto"


@click.group(invoke_without_command=True)
@click.pass_context
def models(context: click.Context) -> ExitCode | None:
    """Show the speech models, get them, and choose one."""
    return None if context.invoked_subcommand else say_commands(context)


@models.command("list")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def list_models(as_json: bool) -> ExitCode:
    """Show which recogniser is used and why, and all models.

    Nothing is downloaded: where a model is not on this machine, the command that installs it
    stands beside it. It goes into the folder models of your data.

    In JSON: schema_version, used, recommended, builtin, models, others and folders. What is used
    has engine, model, folder and reason; engine is null where there is none. The recommended one
    has name and reason. The builtin recogniser has package, version and install. A model has name,
    accent, licence, url, bytes (of the download), word_error_rates (its maker's figures in percent,
    by test set), folder (null where it is not here), complete, partial_bytes (kept of a download
    that broke off), and install (the command). The others are folders of models that the trainer
    does not know by name. Models are looked for in folders.
    """
    from trainer.config import load_settings
    from trainer.installing.installing import Models
    from trainer.installing.recognisers import Recognisers
    from trainer.paths import find_home

    home = find_home()
    settings, complaint = load_settings(home)
    if complaint:
        note(complaint)
    standing = Recognisers(home, Models(home)).look(settings)
    if as_json:
        say_json(standing_json(home, standing))
    else:
        say(*standing_lines(standing))
    return ExitCode.OK


@models.command("use")
@click.argument("model", metavar="PATH|builtin|auto")
def use_model(model: str) -> ExitCode:
    """Choose the recogniser, after a try on a short test sentence.

    PATH is the folder of a Vosk model, or the name of one that trainer models list shows. With
    builtin it is the built-in recogniser, with auto again the first model that is found, else the
    built-in one. A recogniser that does not work is not taken: the exit code is 3, and the choice
    stays as it was.
    """
    from trainer.config import load_settings, save_settings
    from trainer.paths import find_home
    from trainer.transcript.choosing import choose, pick_engine
    from trainer.transcript.lookup import BUILTIN

    home = find_home()
    settings, _ = load_settings(home)
    if model == AUTO:
        settings = replace(settings, model=None)
        save_settings(home, settings)
        say(*used_lines(choose(home, settings)))
        return ExitCode.OK
    engine = pick_engine(home, *((BUILTIN, None) if model == BUILTIN else ("vosk", model)))
    _try(engine)
    settings = replace(settings, model=str(engine.folder or BUILTIN))
    save_settings(home, settings)
    say(*used_lines(choose(home, settings)))
    return ExitCode.OK


models.add_command(model_installing.install)
models.add_command(model_installing.verify)
models.add_command(model_installing.remove)


def _try(engine: Engine) -> None:
    """Raise `SoundError` where the recogniser does not work."""
    from trainer.transcript.lookup import try_engine

    problem = try_engine(engine)
    if problem:
        raise SoundError(f"{problem.message} The choice stays as it was.", problem.hint)
