"""What is told of the sound that is kept, and of what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from trainer.errors import TrainerError
from trainer.store.sounds import NamedSound


@dataclass(frozen=True, slots=True)
class Amount:
    """So many recordings, and the room that they take on the disk."""

    count: int = 0
    bytes: int = 0

    @classmethod
    def of(cls, sizes: Iterable[int]) -> Self:
        """Return the amount of recordings of these sizes."""
        found = tuple(sizes)
        return cls(len(found), sum(found))


@dataclass(frozen=True, slots=True)
class Count:
    """What is in the folder of recordings.

    Each recording is in `whole` and in one of `wav` and `flac` (one that lies there in both forms
    counts as WAV). `unfinished` are those that drafts name, and `stray` those that nothing does.
    `oldest` is when the first of the stored answers with sound was given (ISO 8601, UTC).
    """

    whole: Amount
    wav: Amount
    flac: Amount
    unfinished: Amount
    stray: Amount
    oldest: str | None


@dataclass(frozen=True, slots=True)
class KeptSound:
    """The sound of stored answers as it lies on the disk: `bytes` in all its forms."""

    named: NamedSound
    bytes: int
    is_plain: bool
    came_at: float
    """When it came here, in seconds since 1970."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What tidying would do: what it deletes, what it compresses.

    `waiting` is sound that the settings would delete, and that stays because its words are not
    safe yet: nobody has written or accepted them.
    """

    delete: tuple[KeptSound, ...] = ()
    compress: tuple[KeptSound, ...] = ()
    waiting: tuple[KeptSound, ...] = ()


@dataclass(frozen=True, slots=True)
class Tidied:
    """What tidying did. `problem` is why it stopped early.

    `is_busy`: another program was tidying, so nothing was done here. `left` counts what could not
    be touched because it is shown, or was changed meanwhile.
    """

    deleted: Amount = Amount()
    compressed: Amount = Amount()
    saved_bytes: int = 0
    left: int = 0
    is_busy: bool = False
    problem: TrainerError | None = None


def amount(sounds: Iterable[KeptSound]) -> Amount:
    """Return how many recordings these are, and their size."""
    return Amount.of(sound.bytes for sound in sounds)
