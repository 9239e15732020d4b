"""What capture tells of sound, and the state of a recorder."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from trainer.errors import SoundError

BLOCK_S = 0.05
SILENCE_DBFS = -96.0
"""The level of digital silence in 16 bits; nothing is reported as quieter."""


class RecorderPhase(StrEnum):
    """Where a recorder stands. What comes before `RECORDING` and in `PAUSED` is not kept."""

    OPENING = "opening"
    READY = "ready"
    RECORDING = "recording"
    PAUSED = "paused"
    STOPPING = "stopping"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Cut:
    """A pause: at `at_s` of the sound on disk, `paused_s` seconds were not kept."""

    at_s: float
    paused_s: float


@dataclass(frozen=True, slots=True)
class RecorderState:
    """A recorder as it was a moment ago.

    `length_s` is the sound on disk. `level_dbfs` (root mean square) and `peak_dbfs` are of the
    last block, in `SILENCE_DBFS`..0, also while nothing is kept; `clipped` says whether a sample
    of it was at the limit. `behind_s` is how late blocks come. `device` is the microphone's name.
    A recorder that `ENDED` with a `problem` ended by itself: the problem says what happened and
    what was kept.
    """

    phase: RecorderPhase = RecorderPhase.OPENING
    length_s: float = 0.0
    level_dbfs: float = SILENCE_DBFS
    peak_dbfs: float = SILENCE_DBFS
    clipped: bool = False
    behind_s: float = 0.0
    device: str = ""
    problem: SoundError | None = None
