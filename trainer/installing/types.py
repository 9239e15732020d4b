"""What installing tells while it goes on, and what it ends with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from trainer.errors import ExitCode, TrainerError

Phase = Literal["waiting", "downloading", "checking", "unpacking", "trying"]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an installation is. `done` and `whole` are bytes of this phase.

    `whole` is None where it is not known. In the phase `waiting` another program installs the same
    model; there, and in `trying`, no bytes are counted.
    """

    phase: Phase
    done: int
    whole: int | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be said about an installed model.

    `folder` is where it lies, None where it is not on this machine. `by` tells what it was compared
    with: the checksums that were kept when it was installed, or, where there are none, a trial with
    a short clip. `damaged` names its files that are missing, changed or were added, each with what
    is wrong. `message` says it in a sentence, `hint` what to do; it is empty where all is well.
    """

    name: str
    folder: Path | None
    good: bool
    by: Literal["checksums", "trial"]
    damaged: tuple[str, ...]
    message: str
    hint: str


class InstallError(TrainerError):
    """A model could not be installed or removed. What was there before is still there."""


class CancelledError(InstallError):
    """The installation was cancelled. What was downloaded is kept for the next time."""

    exit_code = ExitCode.INTERRUPTED
