"""Steady stretches of a voice: what could be a filled pause, and what is told of each.

A stretch grows from a core, in which the sound repeats, the pitch stays and the envelope hardly
changes; cores of one voice that follow at once, as the vowel and the nasal of "um", are one.
"""

from __future__ import annotations

from collections.abc import Mapping
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
_LARGEST_STEP = 0.8  # semitones
# A stretch whose pitch rises or falls further than this as a whole is no filled pause. A choice:
# it costs next to nothing on the tuning part, where few words glide.
_LARGEST_FALL = 3.5  # semitones
# The pitch is told as two, three or four times what it is, or the other way round, by mistake.
_MISTAKEN_FOR = (0, 12, 19, 24)
_SHORTEST_CORE = 4
# Cores are of one sound if so few frames lie between, and the pitch goes on.
_LONGEST_BRIDGE = 20
_LARGEST_JUMP = 1.5  # semitones
# A core grows to its sides while the envelope stays so near to that at its end, up to this far.
_LARGEST_DISTANCE = 0.6
_FURTHEST = 7
_BESIDE = 15

# At its ends a stretch is not softer than this below its middle.
_FADED_DB = 10.0
# How calm the envelope is: the change that this share of its frames stays under, so that the step
# from the vowel to the nasal does not count.
_CALM_SHARE = 0.35
_USUAL_SHARE = 0.1
_LIVELY_SHARE = 0.75
_LEAST_CHANGE = 0.02
_STEEPEST = 30.0  # semitones a second
_SILENT_DB = 15.0

NAMES = (
    "length",  # the logarithm of its seconds
    "change",  # the logarithm of the envelope's change over the calm frames of this speaker
    "lively",  # the logarithm of how the envelope changes in this speaker's lively frames
    "core",  # the share of its frames in which nothing changes
    "slope",  # by how many semitones a second the pitch falls or rises
    "higher",  # by how many semitones it is higher than the speaker's voice
    "louder",  # by how many dB it is louder than that
    "silence",  # how much of the 0.15 s before it is silent
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Frames `first` to `last` (half-open), and what is told of them under each of `NAMES`."""

    first: int
    last: int
    features: Mapping[str, float]

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
    voice = _Voice(frames, _change(cepstra))
    steady = voiced & (voice.change < _LARGEST_CHANGE)
    steady &= _step(frames.semitones) < _LARGEST_STEP
    cores = [(first, last) for first, last in _runs(steady) if last - first >= _SHORTEST_CORE]
    found = []
    for first, last, core in _join(cores, voiced, frames.semitones):
        ends = _trim(*_grow(first, last, cepstra, voiced), frames.clear_db)
        if SHORTEST_S <= (ends[1] - ends[0]) * HOP_S <= LONGEST_S:
            found.append((*ends, core))
    if not found:
        return []
    typical = _Typical(
        float(np.median(frames.semitones[voiced])),
        float(np.median(frames.clear_db[voiced])),
        float(np.quantile(voice.change[voiced], _USUAL_SHARE)),
        float(np.quantile(voice.change[voiced], _LIVELY_SHARE)),
    )
    described = (
        Stretch(first, last, _describe(first, last, core, voice, typical))
        for first, last, core in found
    )
    return [each for each in described if _is_flat(each)]


@dataclass(frozen=True, slots=True)
class _Voice:
    """Frames, and how far their envelopes move."""

    frames: Frames
    change: Floats


@dataclass(frozen=True, slots=True)
class _Typical:
    """What is usual for this voice, in the units of the frames."""

    semitones: float
    level_db: float
    change: float
    lively: float


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
    change: Floats = np.sqrt(np.sum(moved**2, axis=1)).astype(np.float32)
    return change


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
    jumps = np.array(_MISTAKEN_FOR, np.float32)
    nearest = jumps[np.argmin(np.abs(size[:, None] - jumps), axis=1)]
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
                and moved < _LARGEST_JUMP
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


def _trim(first: int, last: int, level_db: Floats) -> tuple[int, int]:
    """Take away frames at the ends of which most lies outside the sound, or in its fading."""
    import numpy as np

    limit = float(np.median(level_db[first:last])) - _FADED_DB
    while first < last and level_db[first] < limit:
        first += 1
    while first < last and level_db[last - 1] < limit:
        last -= 1
    return first, last


def _is_flat(stretch: Stretch) -> bool:
    return stretch.features["slope"] * (stretch.last - stretch.first) * HOP_S <= _LARGEST_FALL


def _describe(
    first: int, last: int, core: int, voice: _Voice, typical: _Typical
) -> dict[str, float]:
    """Return a value for each of `NAMES`."""
    import numpy as np

    frames = voice.frames
    inside = slice(first + 2, last - 2)
    pitch = frames.semitones[inside]
    middle = float(np.median(pitch))
    at_s = np.arange(len(pitch)) * HOP_S
    slope = float(np.polyfit(at_s, _folded(pitch - middle), 1)[0])
    level = float(np.median(frames.clear_db[inside]))
    before = frames.clear_db[max(0, first - _BESIDE) : first]
    change = float(np.quantile(voice.change[inside], _CALM_SHARE))
    values = (
        float(np.log((last - first) * HOP_S)),
        float(np.log((change + _LEAST_CHANGE) / (typical.change + _LEAST_CHANGE))),
        float(np.log(typical.lively + _LEAST_CHANGE)),
        min(1.0, core / (last - first)),
        min(abs(slope), _STEEPEST),
        float(np.clip(middle - typical.semitones, -12, 12)),
        float(np.clip(level - typical.level_db, -20, 20)),
        float(np.mean(before < level - _SILENT_DB)) if len(before) else 1.0,
    )
    return dict(zip(NAMES, values, strict=True))
