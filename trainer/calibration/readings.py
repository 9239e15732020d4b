"""The texts that are read aloud: what they are, and their strict loading."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from annotated_types import MinLen

from trainer.bank.types import Identifier, Text
from trainer.errors import TrainerError, UsageError
from trainer.paths import shipped


@dataclass(frozen=True, slots=True)
class Reading:
    """A text of about one minute. Its errors are counted sentence by sentence."""

    id: Identifier
    title: Text
    sentences: Annotated[tuple[Text, ...], MinLen(1)]

    @property
    def text(self) -> str:
        """The whole text in one line."""
        return " ".join(self.sentences)


@dataclass(frozen=True, slots=True)
class Readings:
    """The content of `models/readings.yaml`."""

    schema: Literal[1]
    readings: Annotated[tuple[Reading, ...], MinLen(1)]


def load_readings(path: Path | None = None) -> tuple[Reading, ...]:
    """Return the texts of a file, by default of the shipped one.

    Raises `TrainerError` with every mistake in it, by line.
    """
    from trainer.bank.document import Claims
    from trainer.bank.strict_yaml import read_file
    from trainer.bank.validation import validate

    document = read_file(path or shipped("models") / "readings.yaml")
    readings: Readings | None = None
    if document.whole:
        # It works for every dataclass; its bound names only the banks' files.
        readings = validate(document, Readings)
    claims = Claims()
    for at, reading in enumerate(readings.readings if readings else ()):
        claims.claim(reading.id, document, ("readings", at, "id"), "this id")
    if readings is None or document.bad:
        mistakes = "\n".join(str(complaint) for complaint in document.complaints)
        raise TrainerError(mistakes, "Install the trainer again.")
    return readings.readings


def find_reading(readings: tuple[Reading, ...], name: str) -> Reading:
    """Return the text of this id. Raises `UsageError`."""
    found = next((reading for reading in readings if reading.id == name), None)
    if found is None:
        known = ", ".join(reading.id for reading in readings)
        raise UsageError(f"There is no text {name!r}.", f"Choose one of these: {known}")
    return found
