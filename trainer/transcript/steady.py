"""Steady stretches of a voice: what could be a filled pause, and what is told of each.

A stretch grows from a core, in which the sound repeats, the pitch stays and the envelope hardly
changes; cores of one voice that follow at once, as the vowel and the nasal of "um", are one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trainer.transcript.voicing import HOP_S, Frames

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Flags = NDArray[np.bool_]

SHORTEST_S = 0.17
LONGEST_S = 1.6
# A frame is voiced when its sound repeats so well, stands so far above the noise, and is not
# more than this much softer than the voice is when it is loud.
_STRENGTH = 0.55
_ABOVE_NOISE_DB = -6.0
_SOFTER_DB = 28.0
# The envelope and the pitch are compared over this many frames to both sides.
_REACH = 4
_LARGEST_CHANGE = 0.4
_LARGEST_STEP = 1.1  # semitones
_SHORTEST_CORE = 4
_LONGEST_BRIDGE = 14
# A core grows to its sides while the envelope stays so near to that at its end, up to this far.
_LARGEST_DISTANCE = 0.6
_FURTHEST = 7
_BESIDE = 15

NAMES = (
    "length", "change", "jump", "wander", "fall", "low", "level", "unsteady", "silent_before",
    "silent_after", "neutral", "longer", "strength", "core",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stretch:
    """Frames `first` to `last` (half-open), and a value for each of `NAMES`."""

    first: int
    last: int
    features: tuple[float, ...]

    @property
    def start_s(self) -> float:
        """Where it begins."""
        return round((self.first + 1.5) * HOP_S, 3)

    @property
    def end_s(self) -> float:
        """Where it ends."""
        return round((self.last + 1.5) * HOP_S, 3)


def find_stretches(frames: Frames) -> list[Stretch]:
    """Return every steady stretch that is neither too short nor too long, in order."""
    import numpy as np

    voiced = _voiced(frames)
    if not voiced.any():
        return []
    cepstra = _smooth(frames.cepstra)
    change = _change(cepstra)
    step = _step(frames.semitones)
    steady = voiced & (change < _LARGEST_CHANGE) & (step < _LARGEST_STEP)
    cores = [(a, b) for a, b in _runs(steady) if b - a >= _SHORTEST_CORE]
    joined = _join(cores, voiced, frames.semitones)
    grown = [(*_grow(first, last, cepstra, voiced), core) for first, last, core in joined]
    grown = [
        (first, last, core)
        for first, last, core in grown
        if SHORTEST_S <= (last - first) * HOP_S <= LONGEST_S
    ]
    if not grown:
        return []
    typical = _Typical(
        float(np.median(frames.semitones[voiced])),
        float(np.median(frames.clear_db[voiced])),
        np.mean(cepstra[voiced], axis=0),
        float(np.median([last - first for first, last, _ in grown])),
    )
    described = [
        Stretch(a, b, _describe(a, b, core, frames, cepstra, change, typical))
        for a, b, core in grown
    ]
    return described


@dataclass(frozen=True, slots=True)
class _Typical:
    """What is usual for this voice."""

    semitones: float
    level_db: float
    cepstrum: Floats
    length: float


def _voiced(frames: Frames) -> Flags:
    import numpy as np

    repeats = frames.strength > _STRENGTH
    clear = frames.clear_db - frames.level_db > _ABOVE_NOISE_DB
    heard = repeats & clear & (frames.clear_db > -90)
    if not heard.any():
        return heard
    loud = np.quantile(frames.clear_db[heard], 0.9)
    voiced: Flags = heard & (frames.clear_db > loud - _SOFTER_DB)
    return voiced


def _smooth(cepstra: Floats) -> Floats:
    import numpy as np

    padded = np.pad(cepstra, ((1, 1), (0, 0)), mode="edge")
    return ((padded[:-2] + padded[1:-1] + padded[2:]) / 3).astype(np.float32)


def _change(cepstra: Floats) -> Floats:
    """Return how far the envelope moves around each frame."""
    import numpy as np

    padded = np.pad(cepstra, ((_REACH, _REACH), (0, 0)), mode="edge")
    moved = padded[2 * _REACH :] - padded[: -2 * _REACH]
    return np.sqrt(np.sum(moved**2, axis=1)).astype(np.float32)


def _step(semitones: Floats) -> Floats:
    """Return how far the pitch moves around each frame."""
    import numpy as np

    padded = np.pad(semitones, _REACH, mode="edge")
    moved = padded[2 * _REACH :] - padded[: -2 * _REACH]
    return np.abs(_folded(moved))


def _folded(moved: Floats) -> Floats:
    """Take a jump to a multiple of the pitch, or from one, for the mistake that it is."""
    import numpy as np

    size = np.abs(moved)
    nearest = np.array((0, 12, 19, 24), np.float32)[
        np.argmin(np.abs(size[..., None] - np.array((0, 12, 19, 24))), axis=-1)
    ]
    folded: Floats = (moved - np.sign(moved) * nearest).astype(np.float32)
    return folded


def _runs(flags: Flags) -> list[tuple[int, int]]:
    """Return the runs of true as (first, last), half-open."""
    import numpy as np

    edges = np.flatnonzero(np.diff(flags.astype(np.int8), prepend=0, append=0))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _join(
    cores: list[tuple[int, int]], voiced: Flags, semitones: Floats
) -> list[tuple[int, int, int]]:
    """Join cores that follow at once in one voice; the third value is how many frames are cores."""
    import numpy as np

    joined: list[tuple[int, int, int]] = []
    for first, last in cores:
        if joined:
            begin, end, core = joined[-1]
            gap = first - end
            moved = abs(
                float(np.median(semitones[end - 3 : end]))
                - float(np.median(semitones[first : first + 3]))
            )
            if (
                gap <= _LONGEST_BRIDGE
                and int(np.sum(~voiced[end:first])) <= 1
                and moved < 1.5
                and (last - begin) * HOP_S <= LONGEST_S
            ):
                joined[-1] = (begin, last, core + last - first)
                continue
        joined.append((first, last, last - first))
    return joined


def _grow(first: int, last: int, cepstra: Floats, voiced: Flags) -> tuple[int, int]:
    import numpy as np

    begin, end = first, last
    head = cepstra[first : first + 3].mean(axis=0)
    tail = cepstra[last - 3 : last].mean(axis=0)
    while begin > max(0, first - _FURTHEST) and voiced[begin - 1]:
        if np.sqrt(np.sum((cepstra[begin - 1] - head) ** 2)) > _LARGEST_DISTANCE:
            break
        begin -= 1
    while end < min(len(voiced), last + _FURTHEST) and voiced[end]:
        if np.sqrt(np.sum((cepstra[end] - tail) ** 2)) > _LARGEST_DISTANCE:
            break
        end += 1
    return begin, end


def _describe(
    first: int,
    last: int,
    core: int,
    frames: Frames,
    cepstra: Floats,
    change: Floats,
    typical: _Typical,
) -> tuple[float, ...]:
    import numpy as np

    inside = slice(first + 2, last - 2)
    pitch = frames.semitones[inside]
    middle = float(np.median(pitch))
    pitch = _folded(pitch - middle)
    at = np.arange(len(pitch)) * HOP_S
    slope = float(np.polyfit(at, pitch, 1)[0]) if len(pitch) > 2 else 0.0
    rest = pitch - np.polyval(np.polyfit(at, pitch, 1), at)
    level = frames.clear_db[inside]
    level_middle = float(np.median(level))
    before = frames.clear_db[max(0, first - _BESIDE) : first]
    after = frames.clear_db[last : last + _BESIDE]
    whole = cepstra[inside]
    moves = change[inside]
    lowest = level_middle - 15
    return (
        float(np.log((last - first) * HOP_S)),
        float(np.log(np.quantile(moves, 0.35) + 0.02)),
        float(np.quantile(moves, 0.9)),
        float(np.quantile(rest, 0.9) - np.quantile(rest, 0.1)),
        float(np.clip(abs(slope), 0, 30)),
        float(np.clip(middle - typical.semitones, -10, 10)),
        float(np.clip(level_middle - typical.level_db, -20, 20)),
        float(np.std(level)),
        float(np.mean(before < lowest)) if len(before) else 1.0,
        float(np.mean(after < lowest)) if len(after) else 1.0,
        float(np.min(np.sqrt(np.sum((whole - typical.cepstrum) ** 2, axis=1)))),
        float(np.log((last - first) / typical.length)),
        float(np.median(frames.strength[inside])),
        core / (last - first),
    )
