"""`trainer models install`, `verify` and `remove`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from trainer.cli.model_lists import used_lines, verdict_json, verdict_lines
from trainer.cli.output import note, say, say_json, stdin_is_terminal
from trainer.errors import ExitCode, UsageError
from trainer.lines.text import wrapped

if TYPE_CHECKING:
    from trainer.config import Settings
    from trainer.installing.installing import Models
    from trainer.paths import Home
    from trainer.transcript.catalogue import Model
    from trainer.transcript.choosing import KnownModel

_NOBODY = "Without a terminal nobody can be asked."


@click.command()
@click.argument("name", required=False)
@click.option(
    "--from",
    "archive",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Install from this zip file, without a network.",
)
@click.option("--yes", is_flag=True, help="Download without asking. Needed without a terminal.")
def install(name: str | None, archive: Path | None, yes: bool) -> ExitCode:
    """Install a speech model.

    Without NAME it is the one that is recommended for you.

    Nothing is downloaded before you have said yes. A download that breaks off, or that you stop
    with Ctrl+C, is kept, and the same command goes on from there. The file is checked, unpacked and
    tried before it counts as a model; where any of that fails, nothing has changed.

    With --from a zip file on this machine is installed. The checksum shows which model it is, so
    NAME is not needed. A zip file of another Vosk model can be installed too: then no checksum is
    known, and you trust the place where you got it. NAME gives it a name.

    \b
    Examples:
      trainer models install
      trainer models install vosk-model-small-en-in-0.4
      trainer models install --from vosk-model-small-en-us-0.15.zip
    """
    from trainer.config import load_settings
    from trainer.installing.installing import Models
    from trainer.paths import find_home

    home = find_home()
    settings, _ = load_settings(home)
    models = Models(home)
    models.check_engine()
    if archive is None:
        known = _wanted(home, models, settings, name)
        name = known.model.name
        if known.complete and _is_good(models, name):
            say(*wrapped(f"{name} is installed already, in {known.folder}"))
            return ExitCode.OK
        if not _agreed(home, known.model, models.partial_bytes(name), yes):
            note("Nothing was downloaded.")
            return ExitCode.FAILED
    return _install(home, models, name, archive)


@click.command()
@click.argument("name", required=False)
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def verify(name: str | None, as_json: bool) -> ExitCode:
    """Tell whether installed models are whole.

    Without NAME all of them are looked at.

    The files are compared with those that were installed. A model that you unpacked yourself is
    tried on a short test sentence. The exit code is 3 where one is damaged.

    In JSON: schema_version and models, each with name, folder, good, by (checksums, or trial),
    damaged (files and what is wrong with them), message, and hint (null where all is well).
    """
    from trainer.installing.installing import Models
    from trainer.paths import find_home

    models = Models(find_home())
    names = (name,) if name else models.installed()
    verdicts = [models.verify(each) for each in names]
    if as_json:
        say_json({"models": [verdict_json(verdict) for verdict in verdicts]})
    elif verdicts:
        say(*(line for verdict in verdicts for line in verdict_lines(verdict)))
    else:
        say("There is no speech model on this machine.", "Run: trainer models install")
    good = all(verdict.good for verdict in verdicts)
    return ExitCode.OK if good else ExitCode.NO_AUDIO_OR_MODEL


@click.command()
@click.argument("name")
@click.option("--yes", is_flag=True, help="Remove without asking. Needed without a terminal.")
def remove(name: str, yes: bool) -> ExitCode:
    """Remove a speech model.

    What is kept of its download goes too.

    Only a model in the folder models of your data is removed. One that you put elsewhere is yours
    to delete.
    """
    from trainer.config import load_settings, save_settings
    from trainer.installing.installing import Models
    from trainer.installing.problems import megabytes
    from trainer.paths import find_home
    from trainer.transcript.choosing import choose

    home = find_home()
    models = Models(home)
    size = megabytes(models.removable_bytes(name))
    if not yes:
        if not stdin_is_terminal():
            raise UsageError(_NOBODY, "Add --yes to remove it.")
        note(f"{name}, {size}, in {home.models}")
        if not click.confirm("Remove it?", err=True):
            note("Nothing was removed.")
            return ExitCode.FAILED
    settings, _ = load_settings(home)
    chosen = models.chosen(name, settings)
    freed = models.remove(name)
    say(f"{name} is removed: {megabytes(freed)} are free again.")
    if chosen:
        settings = replace(settings, model=None)
        save_settings(home, settings)
        say(*wrapped("It was the model that you had chosen. No model is chosen now."))
    say(*used_lines(choose(home, settings)))
    return ExitCode.OK


def _wanted(home: Home, models: Models, settings: Settings, name: str | None) -> KnownModel:
    from trainer.installing.recognisers import Recognisers

    if name is not None:
        known = models.find(name)
        if known is None:
            raise UsageError(f"The catalogue has no model {name!r}.", "See: trainer models list")
        return known
    recommended = Recognisers(home, models).look(settings).recommended
    if recommended.model is None:
        raise UsageError(
            f"{recommended.name} is recommended for you, and it is here already.",
            "To install another one, name it. See: trainer models list",
        )
    note(*wrapped(f"Recommended: {recommended.name}. {recommended.reason}"))
    return recommended.model


def _is_good(models: Models, name: str) -> bool:
    verdict = models.verify(name)
    if not verdict.good:
        note(*verdict_lines(replace(verdict, hint="")))
    return verdict.good


def _agreed(home: Home, model: Model, kept: int, yes: bool) -> bool:
    """Ask whether a model may be downloaded. True where nothing is left to download."""
    from trainer.installing.problems import megabytes
    from trainer.lines.models import download_lines

    if yes or kept == model.bytes:
        return True
    if not stdin_is_terminal():
        raise UsageError(
            _NOBODY, f"Add --yes to download {megabytes(model.bytes)} from {model.url}"
        )
    note(*download_lines(model, home.models, kept))
    return click.confirm("Download it?", err=True)


def _install(home: Home, models: Models, name: str | None, archive: Path | None) -> ExitCode:
    from trainer.cli.model_progress import ProgressLines
    from trainer.config import load_settings
    from trainer.installing.problems import megabytes
    from trainer.system import ending_by_exception
    from trainer.transcript.choosing import choose

    lines = ProgressLines()
    try:
        with ending_by_exception(), lines:
            folder = models.install(name, lines.show, lambda: False, archive)
    except KeyboardInterrupt:
        kept = models.partial_bytes(name) if name else 0
        if kept:
            note(f"Stopped. {megabytes(kept)} are kept. To go on, run the same command again.")
        else:
            note("Stopped. Nothing was installed.")
        return ExitCode.INTERRUPTED
    say(*wrapped(f"{folder.name} is installed in {folder}"), *_checked(models.find(folder.name)))
    choice = choose(home, load_settings(home)[0])
    say(*used_lines(choice))
    if choice.engine is None or choice.engine.folder != folder.absolute():
        say(f"To use the new one, run: trainer models use {folder.name}")
    return ExitCode.OK


def _checked(known: KnownModel | None) -> list[str]:
    if known is None:
        return wrapped(
            "No checksum of it is known: it works on a test sentence, and whether it is what its "
            "maker published, nobody has checked."
        )
    if known.model.checksum.kind == "md5":
        return wrapped(
            "Its MD5 checksum fits: it arrived undamaged. That does not prove that nobody changed "
            "it on purpose."
        )
    return ["Its SHA-256 checksum fits: it is the published file."]
