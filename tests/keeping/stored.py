"""Stored answers with sound, as the tests of this room need them."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, replace
from pathlib import Path

from tests.playback.recordings import noise
from tests.store.samples import attempt, draft, transcript
from trainer.audio.reading import FLAC, WAV
from trainer.capture import files
from trainer.keeping.choosing import DAY_S
from trainer.paths import Home
from trainer.store.database import Store
from trainer.transcript.types import Source, Transcript

PCM = noise(1.5)


def key(number: int) -> str:
    """Return the name of a recording without its ending."""
    return f"{number:032x}"


@dataclass
class Stock:
    """Puts answers and drafts with sound into a home."""

    home: Home
    store: Store

    def wav(self, number: int = 1) -> Path:
        return self.home.recordings / f"{key(number)}{WAV}"

    def flac(self, number: int = 1) -> Path:
        return self.home.recordings / f"{key(number)}{FLAC}"

    def record(self, number: int = 1, pcm: bytes = PCM, days: float = 0.0) -> Path:
        """Write a recording with notes, made so many days ago."""
        file = self.wav(number)
        with files.open_for_sound(file) as sound:
            sound.write(pcm)
        files.mend(file)
        files.write_notes(file, files.Notes(device="mic"))
        then = time.time() - days * DAY_S
        os.utime(file, (then, then))
        return file

    def answer(
        self,
        number: int = 1,
        text: str = "I did it.",
        source: Source = "vosk",
        pcm: bytes = PCM,
        days: float = 0.0,
    ) -> str:
        """Store an answer with sound, given so many days ago; return its id."""
        name = self.record(number, pcm, days).name
        started = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - days * DAY_S))
        made = attempt(f"attempt-{number}", recording=name, started_at=started)
        words = replace(Transcript.typed(text), source=source)
        self.store.save_attempt(made, transcript(made, words), None)
        return made.id

    def draft(self, number: int = 1) -> None:
        """Store a draft that names a recording."""
        name = self.wav(number).name
        self.store.save_draft(draft(f"draft-{number}", recording=name))

    def named(self, number: int = 1) -> str | None:
        """Return the name of the recording that the row of an answer has."""
        record = self.store.attempt(f"attempt-{number}")
        assert record
        return record.attempt.recording

    def left(self) -> list[str]:
        """Return the endings of the files in the folder of recordings."""
        return sorted(path.name.partition(".")[2] for path in self.home.recordings.iterdir())
