"""One spoken answer: a recorder and a recogniser, two children on one file."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path

from trainer.capture.recorder import Recorder
from trainer.capture.types import RecorderPhase, RecorderState
from trainer.transcript.engines import Engine, RecogniserState
from trainer.transcript.measuring import measure_sound
from trainer.transcript.recogniser import Recogniser
from trainer.transcript.types import Transcript

_LOOK_EVERY_S = 1.0


@dataclass(frozen=True, slots=True)
class SpokenState:
    """A spoken answer as it was a moment ago. `engine` and `recogniser` are None together."""

    recorder: RecorderState
    recogniser: RecogniserState | None = None
    engine: Engine | None = None


class SpokenAnswer:
    """Sound that goes to `file`, and its words as they are heard.

    The microphone (`device`, None for the default one) is opened at once, and nothing is kept
    until `record`. A file that is there already is heard from its beginning and continued. Without
    an `engine` there is sound and no words. The recorder stops for its own reasons too (see
    `RecorderState`); however it ends, the recogniser reads what is on disk to its end.
    """

    def __init__(self, file: Path, device: str | None = None, engine: Engine | None = None) -> None:
        self._file = file
        self._engine = engine
        self._closed = False
        self._recorder = Recorder(file, device)
        self._recogniser = Recogniser(file, engine) if engine else None
        if self._recogniser:
            threading.Thread(target=self._finish_reading, daemon=True).start()

    def record(self) -> None:
        """Keep the sound from now on."""
        self._recorder.record()

    def pause(self) -> None:
        """Keep nothing until the next `record`."""
        self._recorder.pause()

    def stop(self) -> None:
        """End the recording after half a second more. The last words follow: see `done`."""
        self._recorder.stop()

    def state(self) -> SpokenState:
        """Return how things stand; cheap enough to be asked for every picture."""
        recogniser = self._recogniser.state() if self._recogniser else None
        return SpokenState(self._recorder.state(), recogniser, self._engine)

    @property
    def done(self) -> bool:
        """Whether the recording has ended and every word that can be heard is there."""
        now = self.state()
        ended = now.recorder.phase is RecorderPhase.ENDED
        return ended and (now.recogniser is None or now.recogniser.over)

    def transcript(self) -> Transcript:
        """Return the words so far, and what the sound on disk tells by itself."""
        now = self.state()
        sound = measure_sound(self._file)
        if now.engine is None or now.recogniser is None:
            return Transcript("", (), "unheard", sound)
        return Transcript.heard(now.recogniser.words, now.engine.name, sound)

    def close(self) -> None:
        """End both children, whatever they do. What is on disk stays. Takes up to some seconds."""
        self._closed = True
        closing = [threading.Thread(target=self._recorder.close)]
        if self._recogniser:
            closing.append(threading.Thread(target=self._recogniser.close))
        for thread in closing:
            thread.start()
        for thread in closing:
            thread.join()

    def _finish_reading(self) -> None:
        assert self._recogniser
        while self._recorder.wait(_LOOK_EVERY_S).phase is not RecorderPhase.ENDED:
            if self._closed:
                return
        self._recogniser.finish()
