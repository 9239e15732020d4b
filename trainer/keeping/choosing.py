"""Which sound goes, which is compressed and which waits: a pure function of rows and settings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from trainer.config import Settings
from trainer.keeping.types import KeptSound, Plan

DAY_S = 86_400.0


def choose(sounds: Iterable[KeptSound], settings: Settings, now_s: float) -> Plan:
    """Return what is to be done with the sound of stored answers.

    What a draft names is never touched. Sound whose words are not safe is never deleted here: it
    may be all that there is of an answer.
    """
    delete, compress, waiting = [], [], []
    for sound in sounds:
        if sound.named.in_draft:
            continue
        unwanted = settings.sound == "transcript" or is_older(sound, settings.sound_days, now_s)
        if unwanted and sound.named.written:
            delete.append(sound)
            continue
        if unwanted:
            waiting.append(sound)
        if sound.is_plain:
            compress.append(sound)
    return Plan(tuple(delete), tuple(compress), tuple(waiting))


def is_older(sound: KeptSound, days: int | None, now_s: float) -> bool:
    """Tell whether sound came here more than so many days ago; never without a number."""
    return days is not None and came_here(sound) < now_s - days * DAY_S


def came_here(sound: KeptSound) -> float:
    """Return when sound came here, in seconds since 1970.

    The later of its answer and its file counts: an answer of last year may have been imported
    today.
    """
    try:
        answered = datetime.fromisoformat(sound.named.started_at).timestamp()
    except (ValueError, OverflowError, OSError):
        return sound.came_at
    return max(answered, sound.came_at)
