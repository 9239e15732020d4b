"""Which recognisers there are on this machine, which is used, and which suits the user."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from trainer.calibration.storing import load_calibration
from trainer.config import Settings
from trainer.errors import SoundError
from trainer.installing.installing import Models
from trainer.installing.recommending import Recommendation, recommend
from trainer.paths import Home
from trainer.system import memory_bytes
from trainer.transcript.choosing import (
    Choice,
    KnownModel,
    choose,
    model_folders,
    other_models,
    package_version,
    pick_engine,
)
from trainer.transcript.lookup import BUILTIN, BUILTIN_MODEL, find_models

if TYPE_CHECKING:
    from trainer.transcript.engines import Engine


@dataclass(frozen=True, slots=True)
class Standing:
    """How recognisers and models stand.

    `known` are the models of the catalogue, `others` the folders of complete models that it does
    not know. `kept` tells by name how many bytes of a broken-off download are there. `vosk` and
    `builtin` are the versions of the packages of the two engines, None where one is not installed.
    `folder` is where models are installed.
    """

    choice: Choice
    known: tuple[KnownModel, ...]
    others: tuple[Path, ...]
    kept: Mapping[str, int]
    recommended: Recommendation
    vosk: str | None
    builtin: str | None
    folder: Path

    def find(self, name: str) -> KnownModel | None:
        """Return a model of the catalogue by name."""
        return next((known for known in self.known if known.model.name == name), None)


class Recognisers:
    """The recognisers of a machine and a home. Safe to call from worker threads."""

    def __init__(self, home: Home, models: Models) -> None:
        self._home = home
        self._models = models

    def look(self, settings: Settings) -> Standing:
        """Return how things stand by these settings. Raises `TrainerError` for the catalogue.

        It reads the catalogue and lists folders: not for a thread that draws.
        """
        known, others = self._models.known(), other_models(self._home, settings)
        builtin = package_version("pocketsphinx")
        names = [folder.name for folder in others] + ([BUILTIN_MODEL] if builtin else [])
        calibration = load_calibration(self._home)
        return Standing(
            choose(self._home, settings),
            known,
            others,
            {one.model.name: self._models.partial_bytes(one.model.name) for one in known},
            recommend(known, settings.accent, memory_bytes(), calibration, names),
            package_version("vosk"),
            builtin,
            self._home.models,
        )

    def lacks_model(self) -> bool:
        """Whether Vosk is here and no model for it is. Lists folders, and loads nothing."""
        return package_version("vosk") is not None and not find_models(model_folders(self._home))

    def prove(self, name: str) -> Engine:
        """Return the recogniser of this name, after it has heard a short clip in a child.

        `name` is a model's, its folder, or "builtin". Raises `SoundError` where it does not work,
        and `UsageError` where there is none. Takes seconds.
        """
        from trainer.transcript.lookup import try_engine

        engine = pick_engine(self._home, *((BUILTIN, None) if name == BUILTIN else ("vosk", name)))
        problem = try_engine(engine)
        if problem:
            raise SoundError(problem.message, problem.hint)
        return engine
