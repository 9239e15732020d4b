"""Which recognisers and models are on this machine, and which of them is used, and why."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from trainer.config import Settings
from trainer.paths import Home, shipped
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


def known_models(home: Home) -> tuple[KnownModel, ...]:
    """Return the models of the catalogue. Raises `TrainerError` where it cannot be read."""
    found = []
    for model in load_catalogue(shipped("models") / "catalogue.yaml").models:
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


def named_model(home: Home, name: str) -> Path | None:
    """Return the folder of that path, or that name among the models; None where there is none."""
    path = Path(name).expanduser()
    places = (path, *(folder / name for folder in model_folders(home)))
    return next((place.absolute() for place in places if name and place.is_dir()), None)


def package_version(package: str) -> str | None:
    """Return the version of an installed Python package, None where there is none."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None
