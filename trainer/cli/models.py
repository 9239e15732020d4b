"""`trainer models`: the speech models that there are, and which one is used."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from trainer.cli.output import note, say, say_commands, say_json, wrapped
from trainer.errors import ExitCode, SoundError

if TYPE_CHECKING:
    from pathlib import Path

    from trainer.paths import Home
    from trainer.transcript.choosing import Choice, KnownModel
    from trainer.transcript.engines import Engine

AUTO = "auto"
_INDENT = "  "


@click.group(invoke_without_command=True)
@click.pass_context
def models(context: click.Context) -> ExitCode | None:
    """Show the speech models, and choose the one that is used."""
    return None if context.invoked_subcommand else say_commands(context)


@models.command("list")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def list_models(as_json: bool) -> ExitCode:
    """Show which recogniser is used and why, and which models there are.

    Nothing is downloaded: where a model is not on this machine, the command that gets it stands
    beside it. It goes into the folder models of your data.

    In JSON: schema_version, used, builtin, models, others and folders. What is used has engine,
    model, folder and reason; engine is null where there is none. The builtin recogniser has
    package, version and install. A model has name, accent, licence, url, bytes (of the download),
    word_error_rates (its maker's figures in percent, by test set), folder (null where it is not
    here), complete, and download (the command). The others are folders of models that the trainer
    does not know by name. Models are looked for in folders.
    """
    from trainer.config import load_settings
    from trainer.paths import find_home
    from trainer.transcript.choosing import choose, known_models, other_models

    home = find_home()
    settings, complaint = load_settings(home)
    if complaint:
        note(complaint)
    choice, known = choose(home, settings), known_models(home)
    others = other_models(home, settings)
    if as_json:
        say_json(_json(home, choice, known, others))
    else:
        say(*_lines(home, choice, known, others))
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
        say(*_used_lines(choose(home, settings)))
        return ExitCode.OK
    engine = pick_engine(home, *((BUILTIN, None) if model == BUILTIN else ("vosk", model)))
    _try(engine)
    settings = replace(settings, model=str(engine.folder or BUILTIN))
    save_settings(home, settings)
    say(*_used_lines(choose(home, settings)))
    return ExitCode.OK


def _try(engine: Engine) -> None:
    """Raise `SoundError` where the recogniser does not work."""
    from trainer.transcript.lookup import try_engine

    problem = try_engine(engine)
    if problem:
        raise SoundError(f"{problem.message} The choice stays as it was.", problem.hint)


def _json(
    home: Home, choice: Choice, known: Sequence[KnownModel], others: Sequence[Path]
) -> dict[str, object]:
    from trainer.system import download_hint, package_hint
    from trainer.transcript.choosing import model_folders, package_version

    engine = choice.engine
    return {
        "used": {
            "engine": engine.name if engine else None,
            "model": engine.model if engine else None,
            "folder": str(engine.folder) if engine and engine.folder else None,
            "reason": choice.reason,
        },
        "builtin": {
            "package": "pocketsphinx",
            "version": package_version("pocketsphinx"),
            "install": package_hint("pocketsphinx"),
        },
        "models": [
            {
                "name": found.model.name,
                "accent": found.model.accent,
                "licence": found.model.licence,
                "url": found.model.url,
                "bytes": found.model.bytes,
                "word_error_rates": dict(found.model.word_error_rates),
                "folder": str(found.folder) if found.folder else None,
                "complete": found.complete,
                "download": download_hint(found.model.url, home.models),
            }
            for found in known
        ],
        "others": [str(folder) for folder in others],
        "folders": [str(folder) for folder in model_folders(home)],
    }


def _lines(
    home: Home, choice: Choice, known: Sequence[KnownModel], others: Sequence[Path]
) -> Iterator[str]:
    from trainer.system import download_hint

    yield from _used_lines(choice)
    yield ""
    yield from _builtin_lines()
    for found in known:
        model = found.model
        yield ""
        yield model.name
        size = f"{model.bytes / 1e6:.0f} MB to download"
        yield from wrapped(f"{model.accent}, {size}, {model.licence}", _INDENT)
        if model.word_error_rates:
            rates = ", ".join(
                f"{rate} % in {name}" for name, rate in model.word_error_rates.items()
            )
            yield from wrapped(f"Wrong words, by its maker: {rates}", _INDENT)
        if found.complete:
            yield from wrapped(f"Installed in {found.folder}", _INDENT)
            continue
        absent = f"Not complete in {found.folder}" if found.folder else "Not installed"
        yield from wrapped(absent, _INDENT)
        yield f"{_INDENT}{download_hint(model.url, home.models)}"  # whole, so that it can be copied
    for folder in others:
        yield ""
        yield folder.name
        yield from wrapped(f"Not in the catalogue, installed in {folder}", _INDENT)


def _used_lines(choice: Choice) -> Iterator[str]:
    if choice.engine is None:
        yield from wrapped(f"Used now: none. {choice.reason}")
        yield from wrapped("Answers can be recorded and played, without words.")
        return
    engine = choice.engine
    where = f" from {engine.folder}" if engine.folder else ""
    yield from wrapped(f"Used now: {engine.model} ({engine.name}){where}. {choice.reason}")


def _builtin_lines() -> Iterator[str]:
    from trainer.system import package_hint
    from trainer.transcript.choosing import package_version

    version = package_version("pocketsphinx")
    yield "builtin"
    about = "PocketSphinx with its own model: American English, nothing to download. Its words "
    about += "are rough, about two in five are wrong: an answer is rated only when you have "
    yield from wrapped(f"{about}corrected or accepted them.", _INDENT)
    if version:
        yield f"{_INDENT}Installed: pocketsphinx {version}"
    else:
        yield f"{_INDENT}Not installed"
        yield f"{_INDENT}{package_hint('pocketsphinx')}"
