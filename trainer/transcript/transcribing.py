"""A whole recording to words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from trainer.audio.reading import present
from trainer.capture.files import length_s
from trainer.errors import SoundError
from trainer.transcript.engines import Engine, RecogniserPhase
from trainer.transcript.recogniser import Recogniser
from trainer.transcript.types import HeardWord

PROGRESS_EVERY_S = 0.1


def transcribe(
    file: Path, engine: Engine, on_progress: Callable[[float], object] | None = None
) -> tuple[HeardWord, ...]:
    """Return the words of a recording of ours in either form, read to its end by a child process.

    `on_progress` is called with the share that was read, 0..1, some times a second. Raises
    `SoundError` when the file is missing or the recogniser fails; what it raises by itself, such
    as on Ctrl+C, ends the child.
    """
    if not present(file).is_file():
        raise SoundError(f"The recording {file} is missing.", "Check its name and folder.")
    whole_s = length_s(file)
    recogniser = Recogniser(file, engine)
    try:
        recogniser.finish()
        while True:
            state = recogniser.wait(PROGRESS_EVERY_S)
            if state.problem:
                raise state.problem
            done = state.phase is RecogniserPhase.DONE
            if on_progress:
                on_progress(1.0 if done or not whole_s else min(1.0, state.read_s / whole_s))
            if done:
                return state.words
    finally:
        recogniser.close()
