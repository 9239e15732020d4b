"""What reading a known text aloud tells of a voice."""

from __future__ import annotations

from dataclasses import dataclass

from trainer.transcript.engines import EngineName


@dataclass(frozen=True, slots=True)
class EngineResult:
    """How one recogniser heard the reading: its word error rate, as a share of the words read.

    `low` to `high` is the interval in which the rate of other speech of this voice is expected.
    `work` is how many seconds the recogniser needed for a second of sound, None if not measured.
    """

    engine: EngineName
    model: str
    errors: float
    low: float
    high: float
    work: float | None = None


@dataclass(frozen=True, slots=True)
class Baseline:
    """The speaker's own pace while reading, in words a minute, with and without pauses."""

    pace_wpm: float
    articulation_wpm: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """One reading: when (ISO 8601, UTC), with which microphone (None: the system's choice).

    In `results` the recommended one stands first, the others by errors. `baseline` is None where
    the voice could not be measured.
    """

    read_at: str
    device: str | None
    words: int
    results: tuple[EngineResult, ...]
    baseline: Baseline | None
