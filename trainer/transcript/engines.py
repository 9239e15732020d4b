"""The recognisers that there can be, and what one of them tells while it reads."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Literal

from trainer.errors import SoundError
from trainer.transcript.types import HeardWord

EngineName = Literal["vosk", "builtin"]


@dataclass(frozen=True, slots=True)
class Engine:
    """A recogniser that can be tried: `vosk` with the folder of a model, or `builtin` without.

    `model` is what screens and JSON call its model: the folder's name, or the built-in one's.
    """

    name: EngineName
    model: str
    folder: Path | None = None


class RecogniserPhase(StrEnum):
    """Where a recogniser stands. In `READING` it follows the file."""

    STARTING = "starting"
    READING = "reading"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class RecogniserState:
    """A recogniser as it was a moment ago.

    `words` are final, `partial` is what it takes the speech after them for. `read_s` is how much
    sound it has read. `FAILED` comes with a `problem`; the words until then stay.
    """

    phase: RecogniserPhase = RecogniserPhase.STARTING
    words: tuple[HeardWord, ...] = ()
    partial: str = ""
    read_s: float = 0.0
    problem: SoundError | None = None

    @property
    def over(self) -> bool:
        """Whether no more words come."""
        return self.phase in (RecogniserPhase.DONE, RecogniserPhase.FAILED)
