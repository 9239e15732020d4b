"""The calibrations of one home: what screens and commands ask for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from trainer.calibration.storing import (
    forget_calibration,
    load_calibration,
    save_calibration,
)
from trainer.calibration.types import Calibration
from trainer.config import Settings
from trainer.paths import Home

if TYPE_CHECKING:
    from trainer.calibration.calibrating import Measured, OnProgress
    from trainer.calibration.readings import Reading
    from trainer.calibration.taking import Take
    from trainer.transcript.engines import Engine


class Calibrations:
    """Reads, measures, keeps and forgets. Safe to call from worker threads."""

    def __init__(self, home: Home, settings: Callable[[], Settings]) -> None:
        self._home = home
        self._settings = settings

    def readings(self) -> tuple[Reading, ...]:
        """Return the texts to read aloud. Raises `TrainerError` where their file is damaged."""
        from trainer.calibration.readings import load_readings  # pydantic: 60 ms

        return load_readings()

    def engines(self) -> tuple[Engine, ...]:
        """Return every recogniser of this machine. Lists folders, and loads nothing."""
        from trainer.calibration.calibrating import installed_engines

        return installed_engines(self._home, self._settings())

    def stored(self) -> Calibration | None:
        """Return what was measured last; None where nothing was, or its file is damaged."""
        return load_calibration(self._home)

    def open_take(self) -> Take:
        """Open the chosen microphone for a reading; close what is returned.

        Raises `SoundError` where there is no recogniser that could hear it.
        """
        from trainer.calibration.calibrating import no_engine
        from trainer.calibration.taking import Take

        engines = self.engines()
        if not engines:
            raise no_engine()
        return Take(self._settings().device, engines)

    def measure_file(
        self, file: Path, reading: Reading | None, on_progress: OnProgress
    ) -> Measured:
        """Let every recogniser hear a sound file. Without a text it is the one that fits best.

        What is made of it on the way is gone afterwards, and so is every child. Raises
        `UsageError` where the file holds no sound that can be read, else as `measure_recording`.
        """
        from trainer.calibration.calibrating import measure_recording
        from trainer.capture.sound_files import convert
        from trainer.scratch import Scratch
        from trainer.system import ending_by_exception

        readings = (reading,) if reading else self.readings()
        with ending_by_exception(), Scratch() as scratch:
            recording = scratch.folder / "reading.wav"
            convert(file, recording)
            return measure_recording(recording, readings, self.engines(), on_progress)

    def keep(self, calibration: Calibration) -> None:
        """Store the figures in the place of those before. Raises `ConfigError`."""
        save_calibration(self._home, calibration)

    def forget(self) -> bool:
        """Delete the stored figures; return whether there were any. Raises `ConfigError`."""
        return forget_calibration(self._home)
