"""Which recognisers and models are on this machine, and which of them is used, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from trainer.config import Settings, load_settings
from trainer.errors import SoundError, UsageError
from trainer.paths import Home, expanded, shipped
from trainer.transcript.catalogue import Model, load_catalogue
from trainer.transcript.engines import Engine
from trainer.transcript.lookup import BUILTIN, find_engine, find_models, holds_model

_ANOTHER = "Choose another one with: trainer models use PATH, or: trainer models use auto"


@dataclass(frozen=True, slots=True)
class KnownModel:
    """A model of the catalogue. `folder` is where it lies here, complete or not; None: nowhere."""

    model: Model
    folder: Path | None
    complete: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """The recogniser that is used for a new answer, None where there is none, and why."""

    engine: Engine | None
    reason: str


def model_folders(home: Home) -> tuple[Path, Path]:
    """Return where models are looked for: the user's folder, then that beside the program."""
    return home.models, shipped("models")


def shipped_models() -> tuple[Model, ...]:
    """Return the models of the catalogue. Raises `TrainerError` where it cannot be read."""
    return load_catalogue(shipped("models") / "catalogue.yaml").models


def install_command(name: str | None = None) -> str:
    """Return the command that installs a model, by default the one that is recommended."""
    return f"trainer models install {name}" if name else "trainer models install"


def known_models(home: Home, models: Sequence[Model] | None = None) -> tuple[KnownModel, ...]:
    """Return where the models lie here; without `models` all that the catalogue names.

    Raises `TrainerError` where the catalogue cannot be read.
    """
    found = []
    for model in shipped_models() if models is None else models:
        places = [path for folder in model_folders(home) if (path := model.find(folder))]
        complete = [path for path in places if find_models([path])]
        place = next(iter(complete or places), None)
        found.append(KnownModel(model, place, bool(complete)))
    return tuple(found)


def other_models(home: Home, settings: Settings) -> tuple[Path, ...]:
    """Return the complete models that the catalogue does not know, with a chosen one elsewhere."""
    known = {model.model.name for model in known_models(home)}
    found = find_models(model_folders(home))
    chosen = choose(home, settings).engine
    more = (chosen.folder,) if chosen and chosen.folder and holds_model(chosen.folder) else ()
    places = dict.fromkeys((*found, *more))
    return tuple(path for path in places if not known & {path.name, path.parent.name})


def choose(home: Home, settings: Settings) -> Choice:
    """Return which recogniser is used. Nothing is loaded: it may still fail when it is tried."""
    engine = find_engine(model_folders(home), settings.model)
    if settings.model:
        folder = engine.folder if engine else None
        if folder and not holds_model(folder):
            return Choice(engine, f"You chose it, and it is not whole in {folder}. {_ANOTHER}")
        if folder is None and not package_version("pocketsphinx"):
            return Choice(engine, f"You chose it, and it is not installed. {_ANOTHER}")
        return Choice(engine, "You chose it.")
    if engine is None:
        return Choice(None, "There is no Vosk model, and PocketSphinx is not installed.")
    if engine.name == BUILTIN and not package_version("vosk"):
        return Choice(engine, "The package vosk is not installed.")
    if engine.name == BUILTIN:
        return Choice(engine, "There is no Vosk model.")
    return Choice(engine, "It is the first complete Vosk model that was found.")


def pick_engine(home: Home, name: str | None = None, model: str | None = None) -> Engine:
    """Return the recogniser that was asked for, else that of the settings or the first there is.

    `name` is an engine's, `model` the folder or name of a Vosk model. Raises `UsageError` for what
    does not fit together, and `SoundError` with the command that adds what is missing. Nothing is
    loaded.
    """
    chosen = load_settings(home)[0].model
    if model is not None:
        if name == BUILTIN:
            raise UsageError("The built-in recogniser takes no --model.", "Leave out one of them.")
        chosen = str(named_model(home, model))
    elif name == BUILTIN:
        chosen = BUILTIN
    elif name and chosen == BUILTIN:
        chosen = None
    engine = find_engine(model_folders(home), chosen)
    if engine is None or (name and engine.name != name):
        raise _missing(name)
    if not package_version("vosk" if engine.name == "vosk" else "pocketsphinx"):
        raise _missing(engine.name)
    return engine


def named_model(home: Home, name: str) -> Path:
    """Return the folder of the model of this path or name. Raises `UsageError`."""
    path = expanded(name)
    places = (path, *(folder / name for folder in model_folders(home)))
    found = next((place.absolute() for place in places if name and place.is_dir()), None)
    if found:
        return found
    if Path(name).is_file():
        raise UsageError(
            f"{name} is a file, and a model is a folder.",
            "Unpack the archive, and name the folder that was in it.",
        )
    raise UsageError(f"There is no model {name!r}.", "See: trainer models list")


def package_version(package: str) -> str | None:
    """Return the version of an installed Python package, None where there is none."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def _missing(name: str | None) -> SoundError:
    from trainer.system import package_hint

    if name == BUILTIN:
        message = "The built-in recogniser, PocketSphinx, is not installed."
        return SoundError(message, package_hint("pocketsphinx"))
    if name == "vosk" and not package_version("vosk"):
        return SoundError("The package vosk is not installed.", package_hint("vosk"))
    if name == "vosk":
        remedy = f"Run: {install_command()}"
        return SoundError("There is no Vosk model on this machine.", remedy)
    return SoundError(
        "There is no recogniser on this machine: no Vosk model, and no PocketSphinx.",
        f"Run: {install_command()}. Or add the built-in one. {package_hint('pocketsphinx')}",
    )
