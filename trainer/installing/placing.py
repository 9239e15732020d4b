"""From an open archive to a model in its place: examined, unpacked aside, tried, renamed."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from trainer.display import one_line
from trainer.installing import manifest
from trainer.installing.archives import examine, opened, top_folder
from trainer.installing.checksums import explain_misfit, fits
from trainer.installing.manifest import Manifest
from trainer.installing.meter import Meter
from trainer.installing.places import SPARE_BYTES, Place, is_name
from trainer.installing.problems import megabytes
from trainer.installing.types import InstallError
from trainer.installing.unpacking import unpack
from trainer.installing.verifying import trial
from trainer.transcript.catalogue import Model
from trainer.transcript.lookup import find_models

_OTHERWISE = (
    "If you packed it yourself and trust it, give it another name: "
    "trainer models install OTHER-NAME --from FILE.zip"
)


@dataclass(frozen=True, slots=True)
class Source:
    """What an archive is installed as; `checked` is the kind of the checksum that it fitted."""

    name: str
    checked: str | None


def identify(
    file: io.BufferedReader, shown: str, name: str | None, models: Sequence[Model], meter: Meter
) -> Model | None:
    """Return the model of the catalogue that an open archive is by its checksum, or None.

    `name` is what the user calls it, None for nothing; `shown` is the file's own name. Raises
    `InstallError` where the name is one of the catalogue and the file is not that model.
    """
    length = file.seek(0, os.SEEK_END)
    named = next((model for model in models if model.name == name), None)
    if named and length != named.bytes:
        raise _explain_length(named, shown, length)
    if named:
        if fits(file, named.checksum, meter):
            return named
        raise explain_misfit(named, shown, _OTHERWISE)
    if name is not None:
        return None
    alike = (model for model in models if model.bytes == length)
    return next((model for model in alike if fits(file, model.checksum, meter)), None)


def proper_name(file: io.BufferedReader, stem: str, models: Sequence[Model]) -> str:
    """Return the name for an unknown archive: that of its one folder, else its own.

    Raises `InstallError` where the name is one of the catalogue, whose checksum it has not.
    """
    length = file.seek(0, os.SEEK_END)
    by_stem = next((model for model in models if model.name == stem), None)
    if by_stem and length < by_stem.bytes:
        raise _explain_length(by_stem, f"{stem}.zip", length)
    with opened(file) as archive:
        name = top_folder(examine(archive, length, sys.maxsize)) or stem
    for model in models:
        if model.name in (name, stem):
            raise explain_misfit(model, f"{stem}.zip", _OTHERWISE)
    if not is_name(name):
        raise InstallError(
            f"{one_line(name, 60)!r} cannot be the name of a model.",
            "Give it a name: trainer models install NAME --from FILE.zip",
        )
    return name


def place_model(file: io.BufferedReader, source: Source, place: Place, meter: Meter) -> Path:
    """Unpack an archive aside, try the model in it, and put it into its place; return the folder.

    Nothing of it is left where that fails. Raises `InstallError`, `CancelledError` and `OSError`.
    """
    length = file.seek(0, os.SEEK_END)
    try:
        folder = place.make_unpacked()
        with opened(file) as archive:
            files = examine(archive, length, place.free_bytes() - SPARE_BYTES)
            kept = unpack(archive, files, folder, meter)
        model = _only_model(folder)
        inside = model.relative_to(folder).as_posix()
        manifest.write(model, Manifest(manifest.relative_to(kept, inside), source.checked))
        _try(source, model, meter)
        meter.check()
        return place.put(model)
    finally:
        place.clear_unpacked()


def _only_model(folder: Path) -> Path:
    found = find_models([folder])
    if not found:
        raise InstallError("This archive holds no speech model for Vosk.", "Nothing was installed.")
    if len(found) > 1:
        names = ", ".join(one_line(path.name, 40) for path in found[:3])
        raise InstallError(
            f"This archive holds more than one speech model: {names}.",
            "Nothing was installed. Take an archive with one.",
        )
    return found[0]


def _try(source: Source, model: Path, meter: Meter) -> None:
    meter.begin("trying")
    problem = trial(source.name, model, lambda: meter.cancelled)
    meter.check()
    if problem:
        what = problem.message.replace(str(model), source.name)
        kept = " What was downloaded is kept." if source.checked else ""
        raise InstallError(
            f"{source.name} does not work here. {what}",
            f"Nothing was installed.{kept} Close other programs and try again, or take another "
            "model: trainer models list",
        )


def _explain_length(model: Model, shown: str, length: int) -> InstallError:
    told = megabytes(length)
    exact = told == megabytes(model.bytes)
    has, needs = (
        (f"{length} bytes", f"{model.bytes} bytes") if exact else (told, megabytes(model.bytes))
    )
    what = "is not whole" if length < model.bytes else "is another file"
    return InstallError(
        f"{shown} {what}: it has {has}, and the archive of {model.name} has {needs}.",
        f"Nothing was installed. The published file is {model.url} {_OTHERWISE}",
    )
