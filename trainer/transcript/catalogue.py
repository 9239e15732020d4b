"""The speech models that the trainer knows, and whether one is on this machine."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal

from annotated_types import Gt, MinLen

from trainer.bank.types import Matching, Text
from trainer.errors import TrainerError

SAFE_ADDRESS = Matching("^https://[^/]")


@dataclass(frozen=True, slots=True)
class Checksum:
    """The published checksum of an archive, in hexadecimal digits."""

    kind: Literal["sha256", "md5"]
    value: Text


@dataclass(frozen=True, slots=True)
class Model:
    """A speech model as its maker publishes it: a zip file of `bytes` bytes with one folder.

    `word_error_rates` are the maker's figures in percent, by test set.
    """

    name: Text
    accent: Text
    licence: Text
    url: Annotated[Text, SAFE_ADDRESS]
    bytes: Annotated[int, Gt(0)]
    checksum: Checksum
    word_error_rates: dict[Text, Annotated[float, Gt(0)]] = field(default_factory=dict)

    def find(self, folder: Path) -> Path | None:
        """Return where this model lies in a folder of models, or None."""
        found = folder / self.name
        return found if found.is_dir() else None


@dataclass(frozen=True, slots=True)
class ModelCatalogue:
    """The content of `models/catalogue.yaml`."""

    schema: Literal[1]
    models: Annotated[tuple[Model, ...], MinLen(1)]


def load_catalogue(path: Path) -> ModelCatalogue:
    """Read the catalogue. Raises `TrainerError` with every mistake in it."""
    from trainer.bank.strict_yaml import read_file
    from trainer.bank.validation import validate

    document = read_file(path)
    catalogue: ModelCatalogue | None = None
    if document.whole:
        catalogue = validate(document, ModelCatalogue)
    if catalogue is None or document.bad:
        mistakes = "\n".join(str(complaint) for complaint in document.complaints)
        raise TrainerError(mistakes, "Install the trainer again.")
    return catalogue
