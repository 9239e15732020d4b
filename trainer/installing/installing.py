"""Installing, verifying and removing speech models in the home's folder of models."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from trainer.config import Settings
from trainer.errors import SoundError, UsageError
from trainer.installing.types import InstallError, Progress, Verdict
from trainer.paths import Home, expanded
from trainer.transcript import choosing
from trainer.transcript.catalogue import Model
from trainer.transcript.choosing import KnownModel, install_command, known_models, model_folders
from trainer.transcript.lookup import find_models

if TYPE_CHECKING:
    import io

    from trainer.installing.meter import Meter
    from trainer.installing.places import Place

_SEE = "See: trainer models list"


class Models:
    """The speech models of a home. Safe to call from worker threads, and for two processes.

    `catalogue` are the models that are known, by default those of the shipped file; addresses
    must begin with one of `schemes`, also where a server sends on. A server may be silent for
    `stall_s` seconds; None for the usual time.
    """

    def __init__(
        self,
        home: Home,
        catalogue: Sequence[Model] | None = None,
        *,
        schemes: Collection[str] = ("https",),
        stall_s: float | None = None,
    ) -> None:
        self._home = home
        self._catalogue = tuple(catalogue) if catalogue is not None else None
        self._schemes = schemes
        self._stall_s = stall_s

    def known(self) -> tuple[KnownModel, ...]:
        """Return the models of the catalogue, and where they lie. Raises `TrainerError`."""
        if self._catalogue is None:
            self._catalogue = choosing.shipped_models()
        return known_models(self._home, self._catalogue)

    def find(self, name: str) -> KnownModel | None:
        """Return a model of the catalogue by name."""
        return next((known for known in self.known() if known.model.name == name), None)

    def check_engine(self) -> None:
        """Raise `SoundError` where the package is missing that all models are for."""
        if not choosing.package_version("vosk"):
            from trainer.system import package_hint  # asyncio: 30 ms

            raise SoundError("The package vosk is not installed.", package_hint("vosk"))

    def install(
        self,
        name: str | None,
        on_progress: Callable[[Progress], object],
        cancelled: Callable[[], bool],
        archive: Path | None = None,
    ) -> Path:
        """Install a model and return its folder; one that is here and good is left as it is.

        `archive` is a zip file on this machine, else the model of the catalogue is downloaded: who
        calls this has asked the user. Without a `name` the archive tells it. `on_progress` is
        called in this thread, at most some ten times a second; `cancelled` is asked as often.

        Raises `UsageError` for an unknown name, `SoundError` where Vosk is missing, `InstallError`
        and `CancelledError`: nothing has changed then, but what was downloaded is kept.
        """
        from trainer.installing.meter import Meter
        from trainer.installing.problems import explain_disk

        self.check_engine()
        meter = Meter(on_progress, cancelled)
        try:
            if archive is not None:
                return self._install_file(name, expanded(str(archive)), meter)
            return self._install_download(name, meter)
        except OSError as error:
            raise explain_disk(error, self._home.models) from error

    def verify(self, name: str) -> Verdict:
        """Tell whether an installed model is whole; takes seconds. Raises `UsageError`."""
        from trainer.installing.verifying import judge

        known = self.find(name)
        folder = known.folder if known else self._other(name)
        if folder is None:
            hint = f"Run: {install_command(name)}" if known else _SEE
            raise UsageError(f"There is no model {name!r} on this machine.", hint)
        return judge(name, folder, self._remedy(name, folder))

    def installed(self) -> tuple[str, ...]:
        """Return the names of all models on this machine, whole or not; as `verify` takes them."""
        known = [known.model.name for known in self.known() if known.folder]
        return tuple(dict.fromkeys((*known, *self._others())))

    def remove(self, name: str) -> int:
        """Remove a model and what is kept of a download from the home; return the bytes freed.

        Whoever calls this resets the choice in the settings where `chosen` was True before.
        Raises `UsageError` where there is nothing, `InstallError` for a model that lies elsewhere.
        """
        from trainer.installing.problems import explain_disk

        place = self._removable(name)
        with place.locked(lambda: None, wait=False):
            try:
                return place.take_away()
            except OSError as error:
                raise explain_disk(error, place.target) from error

    def removable_bytes(self, name: str) -> int:
        """Return how many bytes `remove` would free; raises what `remove` would raise."""
        return self._removable(name).used_bytes()

    def chosen(self, name: str, settings: Settings) -> bool:
        """Whether the settings name the model that `remove` would remove."""
        if not settings.model:
            return False
        target, folder = self._home.models / name, expanded(settings.model).absolute()
        return target.absolute() in (folder, *folder.parents)

    def partial_bytes(self, name: str) -> int:
        """Return how many bytes of a broken-off download are kept, 0 for none."""
        known = self.find(name)
        return self._place(name).partial.kept(known.model) if known else 0

    # Installing

    def _install_download(self, name: str | None, meter: Meter) -> Path:
        from trainer.installing.placing import Source, place_model

        known = self.find(name) if name else None
        if known is None:
            raise UsageError(f"The catalogue has no model {name!r}.", _SEE)
        model, place = known.model, self._place(known.model.name)
        with place.locked(lambda: meter.begin("waiting")):
            if good := self._good(model.name, meter):
                return good
            place.check_target()
            self._download(model, place, meter)
            with place.partial.file.open("rb") as file:
                folder = place_model(file, Source(model.name, model.checksum.kind), place, meter)
            place.partial.discard()
        return folder

    def _download(self, model: Model, place: Place, meter: Meter) -> None:
        """Have the checked archive in the place's partial file."""
        from trainer.installing.checksums import explain_misfit, fits
        from trainer.installing.downloading import download
        from trainer.installing.fetching import STALL_S

        while True:
            place.check_space(model.bytes, place.partial.kept(model))
            resumed = download(
                model,
                place.partial,
                meter,
                schemes=self._schemes,
                stall_s=STALL_S if self._stall_s is None else self._stall_s,
            )
            with place.partial.file.open("rb") as file:
                if fits(file, model.checksum, meter):
                    return
            place.partial.discard()
            if not resumed:  # what was kept from before may have been of another file
                raise explain_misfit(model, "What was downloaded")

    def _install_file(self, name: str | None, archive: Path, meter: Meter) -> Path:
        from trainer.installing.placing import Source, identify, place_model, proper_name

        with _open_archive(archive) as file:
            models = [known.model for known in self.known()]
            model = identify(file, archive.name, name, models, meter)
            if model:
                name = model.name
            elif name is None:
                name = proper_name(file, archive.stem, models)
            source = Source(name, model.checksum.kind if model else None)
            place = self._place(name)
            with place.locked(lambda: meter.begin("waiting")):
                if model and (good := self._good(name, meter)):
                    return good
                place.check_target()
                if model is None and place.target.exists():
                    again = f"{install_command('NAME')} --from {archive.name}"
                    raise InstallError(
                        f"There is a model {name} already.", f"Give this one another name: {again}"
                    )
                folder = place_model(file, source, place, meter)
                if model:
                    place.partial.discard()
        return folder

    def _good(self, name: str, meter: Meter) -> Path | None:
        """Return where the model already lies and is good."""
        from trainer.installing.verifying import judge

        known = self.find(name)
        folder = known.folder if known else None
        if known is None or folder is None or not known.complete:
            return None
        verdict = judge(name, folder, "", lambda count: meter.check(), lambda: meter.cancelled)
        meter.check()
        return folder if verdict.good else None

    # Places

    def _place(self, name: str) -> Place:
        from trainer.installing.places import Place

        return Place(self._home, name)

    def _others(self) -> dict[str, Path]:
        """Return the folders of models that the catalogue does not know, by name."""
        known = {known.model.name for known in self.known()}
        found: dict[str, Path] = {}
        for folder in model_folders(self._home):
            with suppress(OSError):
                for inside in sorted(folder.iterdir()):
                    hidden = inside.name.startswith(".")
                    if not hidden and inside.name not in known and find_models([inside]):
                        found.setdefault(inside.name, inside)
        return found

    def _other(self, name: str) -> Path | None:
        return self._others().get(name)

    def _remedy(self, name: str, folder: Path) -> str:
        if self.find(name):
            return f"Run: {install_command(name)}"
        return f"Install it again from its zip file, or delete {folder}"

    def _removable(self, name: str) -> Place:
        place, known = self._place(name), self.find(name)
        lies_elsewhere = known.folder if known else self._other(name)
        if place.target.is_symlink() or self._home.models.is_symlink():
            raise InstallError(
                f"{place.target} leads to another place by a link: it is not removed.",
                "Delete the link or the folder yourself.",
            )
        is_model = place.target.is_dir() and (known is not None or self._other(name) is not None)
        if is_model or place.partial.file.exists():
            return place
        if lies_elsewhere:
            raise InstallError(
                f"{name} lies outside your data, in {lies_elsewhere}: it is not removed.",
                "Delete the folder yourself.",
            )
        raise UsageError(f"There is no model {name!r} in {self._home.models}.", _SEE)


def _open_archive(archive: Path) -> io.BufferedReader:
    if archive.is_dir():
        hint = f"If it is a model, use it as it is: trainer models use {archive}"
        raise UsageError(f"{archive} is a folder, not a zip file.", hint)
    if not archive.is_file():
        raise UsageError(f"There is no file {archive}.", "Check the name of the zip file.")
    try:
        return archive.open("rb")
    except OSError as error:
        message = f"{archive} cannot be read: {error.strerror}."
        raise UsageError(message, "Check your rights to the file.") from error
