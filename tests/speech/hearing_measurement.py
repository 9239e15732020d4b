"""How well filled pauses and pauses are found in hesitant speech, which is all synthetic.

The speakers, texts and filled pauses of the tuning part are for choosing and fitting, those of the
held-out part for measuring only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Literal, Protocol

from tests.speech.fillers import (
    HELD_OUT_KINDS,
    HELD_OUT_SPEAKERS,
    TUNING_KINDS,
    TUNING_SPEAKERS,
    Hesitant,
    Span,
    as_pcm,
    hesitate,
)
from tests.speech.hesitant_texts import HELD_OUT, TUNING
from tests.speech.noise import KINDS, Kind, add_noise
from tests.speech.voices import write_wav

Part = Literal["tuning", "held-out"]
_MATERIAL = {
    "tuning": (TUNING, TUNING_SPEAKERS, TUNING_KINDS, 100),
    "held-out": (HELD_OUT, HELD_OUT_SPEAKERS, HELD_OUT_KINDS, 900),
}
PAUSE_S = 0.4


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Noise of a kind so many dB below the voice, or none."""

    noise: Kind | None = None
    snr_db: float = 99.0

    def __str__(self) -> str:
        return f"{self.noise} noise at {self.snr_db:.0f} dB" if self.noise else "quiet"


QUIET = Surroundings()
ALL = (QUIET, *(Surroundings(kind, snr_db) for snr_db in (20.0, 10.0) for kind in KINDS))


class _Timed(Protocol):
    @property
    def start_s(self) -> float: ...
    @property
    def end_s(self) -> float: ...


@dataclass(frozen=True, slots=True)
class Found:
    """How many there are, how many were found, how many of each have a partner in the other."""

    true: int = 0
    hit: int = 0
    told: int = 0
    right: int = 0
    seconds: float = 0.0
    errors_s: tuple[float, ...] = ()

    def __add__(self, other: Found) -> Found:
        return Found(
            self.true + other.true,
            self.hit + other.hit,
            self.told + other.told,
            self.right + other.right,
            self.seconds + other.seconds,
            self.errors_s + other.errors_s,
        )

    @property
    def recall(self) -> float:
        """The share of the true ones that were found."""
        return self.hit / max(1, self.true)

    @property
    def precision(self) -> float:
        """The share of those found that are true."""
        return self.right / max(1, self.told)

    @property
    def error_s(self) -> float:
        """By how much the middle one's length is wrong, whichever way."""
        return median(map(abs, self.errors_s)) if self.errors_s else 0.0


def tell(part: Part, rounds: int) -> Iterator[Hesitant]:
    """Let each speaker of a part speak so often, each time another text and by another chance."""
    texts, speakers, kinds, seed = _MATERIAL[part]
    for number in range(rounds * len(speakers)):
        at, turn = number % len(speakers), number // len(speakers)
        yield hesitate(texts[(number + turn) % len(texts)], speakers[at], kinds, seed + number)


def record(speech: Hesitant, around: Surroundings, file: Path, seed: int) -> None:
    """Write speech to a WAV file with what is around it."""
    samples = speech.samples
    if around.noise:
        samples = add_noise(samples, around.noise, around.snr_db, seed)
    write_wav(file, as_pcm(samples))


def alike(a: Span, b: Span) -> bool:
    """Tell whether two stretches share at least half of the shorter one."""
    shared = min(a[1], b[1]) - max(a[0], b[0])
    return shared > 0 and shared >= 0.5 * min(a[1] - a[0], b[1] - b[0])


def pair(true: Sequence[Span], told: Sequence[Span]) -> list[tuple[int, int]]:
    """Pair each true stretch with the one told that shares most with it, each of them once."""
    pairs: list[tuple[int, int]] = []
    for number, stretch in enumerate(true):
        free = [
            (min(stretch[1], other[1]) - max(stretch[0], other[0]), at)
            for at, other in enumerate(told)
            if alike(stretch, other) and at not in {second for _, second in pairs}
        ]
        if free:
            pairs.append((number, max(free)[1]))
    return pairs


def score_fillers(speech: Hesitant, found: Sequence[_Timed]) -> Found:
    """Count filled pauses that were found. A second one for the same true one is a false one."""
    told = [(each.start_s, each.end_s) for each in found]
    pairs = pair(speech.fillers, told)
    return Found(len(speech.fillers), len(pairs), len(told), len(pairs), speech.length_s)


def score_pauses(speech: Hesitant, voiced: Sequence[Span]) -> Found:
    """Count silences of `PAUSE_S` and more inside the speech, and compare their lengths.

    One that was found counts as right if there is a silence of any length.
    """
    silences = sorted((*speech.inside, *speech.between))
    true = [span for span in silences if span[1] - span[0] >= PAUSE_S]
    gaps = [(a[1], b[0]) for a, b in pairwise(voiced)]
    told = [span for span in gaps if span[1] - span[0] >= PAUSE_S]
    pairs = pair(true, told)
    errors = [(told[b][1] - told[b][0]) - (true[a][1] - true[a][0]) for a, b in pairs]
    right = sum(any(alike(span, silence) for silence in silences) for span in told)
    return Found(len(true), len(pairs), len(told), right, speech.length_s, tuple(errors))


Score = Callable[[Hesitant, Path], Sequence[Found]]


def measure(
    part: Part, rounds: int, around: Sequence[Surroundings], file: Path, score: Score
) -> dict[Surroundings, list[Found]]:
    """Return what `score` gives for each surrounding, added up over all that a part says."""
    sums: dict[Surroundings, list[Found]] = {}
    for number, speech in enumerate(tell(part, rounds)):
        for each in around:
            record(speech, each, file, number)
            scores = list(score(speech, file))
            before = sums.get(each, [Found()] * len(scores))
            sums[each] = [a + b for a, b in zip(before, scores, strict=True)]
    return sums
