"""Sound files as words: what a recogniser hears in one. Nothing is stored."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from trainer.transcript.engines import Engine
from trainer.transcript.lookup import BUILTIN
from trainer.transcript.types import HeardWord, Sound, Transcript


@dataclass(frozen=True, slots=True)
class Heard:
    """What was heard in a sound file of `length_s` seconds; `sound` as in `Transcript`.

    `damaged` says that the file goes on after that and cannot be read there.
    """

    engine: Engine
    words: tuple[HeardWord, ...]
    length_s: float
    damaged: bool
    sound: Sound

    @property
    def is_rough(self) -> bool:
        """Whether too many words are wrong to rate them."""
        return self.engine.name == BUILTIN

    def transcript(self) -> Transcript:
        """Return the words as they were heard."""
        return Transcript.heard(self.words, self.engine.name, self.sound)

    def with_figures(self) -> Transcript:
        """Return the words with figures in the place of spoken ones."""
        from trainer.analysis.figures import with_figures

        return with_figures(self.transcript())


def hear(file: Path, engine: Engine, on_progress: Callable[[float], object]) -> Heard:
    """Convert a sound file in a private folder and recognise its words.

    `on_progress` is called with the share that was heard, 0..1. The folder is gone afterwards,
    and so is every child, whatever happens. Raises `UsageError` where the file holds no sound
    that can be read, and `SoundError` where the recogniser fails.
    """
    from trainer.capture.sound_files import convert
    from trainer.scratch import Scratch
    from trainer.system import ending_by_exception
    from trainer.transcript.measuring import measure_sound
    from trainer.transcript.transcribing import transcribe

    with ending_by_exception(), Scratch() as scratch:
        recording = scratch.folder / "sound.wav"
        converted = convert(file, recording)
        words = transcribe(recording, engine, on_progress)
        measured = measure_sound(recording)
    return Heard(engine, words, converted.length_s, converted.damaged, measured)
