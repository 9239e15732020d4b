"""One reading under way: a recorder into a private folder that goes as soon as it was measured."""

from __future__ import annotations

from collections.abc import Sequence

from trainer.calibration.calibrating import (
    LONGEST_S,
    Measured,
    OnProgress,
    measure_recording,
)
from trainer.calibration.readings import Reading
from trainer.capture.recorder import Recorder
from trainer.capture.types import RecorderState
from trainer.scratch import Scratch
from trainer.transcript.engines import Engine


class Take:
    """Opens the microphone (`device`, None for the default one) at once.

    Nothing is kept before `record`, and nothing of the sound after `close`.
    """

    def __init__(self, device: str | None, engines: Sequence[Engine]) -> None:
        self._engines = tuple(engines)
        self._scratch = Scratch()
        self._recording = self._scratch.folder / "reading.wav"
        self._recorder = Recorder(self._recording, device, longest_s=LONGEST_S)

    def record(self) -> None:
        """Keep the sound from now on."""
        self._recorder.record()

    def stop(self) -> None:
        """End the recording after half a second more."""
        self._recorder.stop()

    def state(self) -> RecorderState:
        """Return how the recorder stood a moment ago."""
        return self._recorder.state()

    def measure(self, reading: Reading, on_progress: OnProgress) -> Measured:
        """Let every recogniser hear what was recorded, and delete it, whatever happens.

        See `measure_recording`; what `on_progress` raises ends it.
        """
        try:
            device = self._recorder.state().device or None
            return measure_recording(
                self._recording, (reading,), self._engines, on_progress, device
            )
        finally:
            self.close()

    def close(self) -> None:
        """End the recorder and delete the sound. Takes up to some seconds; again, it is nothing."""
        self._recorder.close()
        self._scratch.close()
