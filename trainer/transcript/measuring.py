"""What the sound of a recording tells by itself: where the voice is, and what it does there."""

from __future__ import annotations

from pathlib import Path

from trainer.transcript.types import Sound
from trainer.transcript.voice_activity import find_voice


def measure_sound(file: Path) -> Sound:
    """Return what can be measured in a recording of ours. Raises `OSError` where it is unreadable.

    A file that is not there holds no voice.
    """
    return Sound(find_voice(file))
