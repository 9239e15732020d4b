"""How much alike two stretches of speech sound: what it costs to turn one into the other.

Costs are small between sounds that recognisers and accents swap (voiced and unvoiced, the nasals,
th and s or t, vowel and vowel) and for sounds that get lost (schwa, h, r, final t and d). A cost
of 1 is that of two sounds with nothing in common. The sounds are those of `pronunciation`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from trainer.transcript.pronunciation import VOWELS

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

CONSONANTS = "pbtdkgfvszhmnlrwyTDSZCJN"
SOUNDS = CONSONANTS + VOWELS

# Of swaps between consonants, weighed by ear and by what phoneticians tell of confusions: first of
# one place with and without voice, then of neighbours in place or manner.
_SWAPS = {
    0.25: "pb td kg fv sz TD SZ CJ mn nN",
    0.35: "mN CS JZ sS zZ Ts Dz Tf Tt Dd vw fT bv vD lr yJ Js zJ ZS DZ",
    0.5: "pk tk pt bd dg bg tC dJ ts dz pf kC gJ sC zC rw lw ln dn tT dT nd Sz lw JS Zd SJ",
    0.7: "kh fh pf bm kt hT fs vz gN nr sT dl tS fS nl md ht gd yl",
}
# Height and backness of vowels in 0..1, their two ends for diphthongs.
_VOWEL_PLACES = {
    "i": (1.0, 0.0), "I": (0.8, 0.15), "e": (0.5, 0.15), "a": (0.2, 0.25), "o": (0.0, 0.7),
    "u": (0.3, 0.6), "c": (0.25, 0.9), "q": (0.75, 0.85), "U": (1.0, 1.0), "@": (0.45, 0.5),
    "A": (0.65, 0.1), "Y": (0.4, 0.4), "O": (0.55, 0.9), "W": (0.4, 0.75), "X": (0.5, 0.6),
}  # fmt: skip
_VOWEL_SWAP = 0.55  # of vowels as far from each other as can be; the ear keeps consonants better
_NEAR_VOWELS = {
    "yi": 0.25,
    "yI": 0.3,
    "wU": 0.25,
    "wO": 0.45,
    "rA": 0.9,
    "r@": 0.35,
    "l@": 0.5,
    "lU": 0.5,
    "lO": 0.5,
}
_APART = 1.1
_LOST = {
    "@": 0.25, "I": 0.35, "u": 0.4, "e": 0.4, "q": 0.4, "i": 0.45, "o": 0.45, "a": 0.45,
    "U": 0.5, "c": 0.5, "A": 0.6, "O": 0.55, "Y": 0.65, "W": 0.65, "X": 0.7,
    "h": 0.3, "r": 0.4, "y": 0.35, "w": 0.45, "t": 0.5, "d": 0.5, "n": 0.6, "l": 0.6, "N": 0.6,
    "D": 0.5, "g": 0.65,
}  # fmt: skip
_LOST_OTHERS = 0.75
_TWICE = 0.1  # a sound again, as at "met twice"
_UNIT = 0.05  # of all costs above; sums of them stay far below what 16 bits hold
_LONGEST = 60  # sounds of a form; what is longer is not looked for
_NEVER = 4000
_ADDED = (1, 2, 4)  # sounds that are added in one place: up to the sum
_PIECE = 400  # sounds that are gone through at once: more of them leave the processor's cache
_LONGEST_PIECE = 1500


@cache
def weight(sound: str) -> float:
    """Return what it costs to lose or add a sound."""
    return _LOST.get(sound, _LOST_OTHERS)


def weight_of(sounds: str) -> float:
    """Return what it costs to lose all of them."""
    return sum(map(weight, sounds))


@cache
def swaps() -> dict[tuple[str, str], float]:
    """Return what it costs to take one sound for another."""
    costs = {
        (a, b): _APART if (a in VOWELS) != (b in VOWELS) else 1.0 for a in SOUNDS for b in SOUNDS
    }
    for cost, pairs in _SWAPS.items():
        for pair in pairs.split():
            a, b = pair[0], pair[1]
            costs[a, b] = costs[b, a] = min(cost, costs[a, b])
    for pair, cost in _NEAR_VOWELS.items():
        costs[pair[0], pair[1]] = costs[pair[1], pair[0]] = cost
    for a, (height_a, back_a) in _VOWEL_PLACES.items():
        for b, (height_b, back_b) in _VOWEL_PLACES.items():
            far = ((height_a - height_b) ** 2 + (back_a - back_b) ** 2) ** 0.5
            costs[a, b] = _UNIT * round(min(_VOWEL_SWAP, 0.1 + 0.45 * far) / _UNIT)
    for sound in SOUNDS:
        costs[sound, sound] = 0.0
    return costs


def distance(one: str, other: str) -> float:
    """Return the least cost of turning the sounds of `one` into those of `other`."""
    costs = swaps()
    adding = _adding(other)
    row = [0.0]
    for cost in adding:
        row.append(row[-1] + cost)
    before = ""
    for sound in one:
        losing = _TWICE if sound == before else weight(sound)
        before = sound
        diagonal, row[0] = row[0], row[0] + losing
        for at, wanted in enumerate(other):
            best = min(diagonal + costs[sound, wanted], row[at + 1] + losing, row[at] + adding[at])
            diagonal, row[at + 1] = row[at + 1], best
    return row[-1]


def likeness(one: str, other: str) -> float:
    """Return how much alike two stretches sound, from 0 to 1 (the same)."""
    whole = (weight_of(one) + weight_of(other)) / 2
    return max(0.0, 1.0 - distance(one, other) / whole) if whole else 0.0


def _adding(sounds: str) -> list[float]:
    return [
        _TWICE if at and sound == sounds[at - 1] else weight(sound)
        for at, sound in enumerate(sounds)
    ]


@dataclass(frozen=True, slots=True)
class _Group:
    """Forms of one length: their numbers, sounds and what it costs to lose each (one column
    a form), and what a form may cost in all."""

    numbers: tuple[int, ...]
    sounds: npt.NDArray[np.intp]
    losses: npt.NDArray[np.int16]
    most: npt.NDArray[np.int16]


class Finder:
    """Finds where one of many forms could have been said; made once for them.

    Each form has its sounds and how alike (0..1) something must be to count as one. All forms of
    one length go through the whole text at once, a sound at a time; costs are whole numbers of
    `_UNIT`, which numpy goes through several times as fast.
    """

    def __init__(self, forms: Sequence[tuple[str, float]]) -> None:
        import numpy as np  # 60 ms

        index = {sound: number for number, sound in enumerate(SOUNDS)}
        by_length: dict[int, list[int]] = {}
        for number, (sounds, _) in enumerate(forms):
            by_length.setdefault(len(sounds), []).append(number)
        self._groups = [
            _Group(
                tuple(numbers),
                np.array([[index[s] for s in forms[n][0]] for n in numbers]).T.copy(),
                np.array([[_units(c) for c in _adding(forms[n][0])] for n in numbers], np.int16).T,
                np.array([_units(_most(*forms[n])) + 1 for n in numbers], dtype=np.int16),
            )
            for length, numbers in sorted(by_length.items())
            if 0 < length <= _LONGEST
        ]
        table = swaps()
        self._index = index
        self._swaps = np.array(
            [[_units(table[a, b]) for b in SOUNDS] for a in SOUNDS], dtype=np.int16
        )

    def find(self, words: Sequence[str], most_words: int) -> set[tuple[int, int]]:
        """Return (number of a form, index of a word) where words that end there may sound like it.

        `words` are the sounds of each, of which up to `most_words` together are looked at. Some may
        be less alike than asked for; one that is alike enough is missing only where more than
        seven sounds were added in one place.
        """
        found: set[tuple[int, int]] = set()
        begin = 0
        while begin < len(words):
            end, sounds = begin, 0
            while end < len(words) and (end - begin < most_words or sounds < _PIECE):
                sounds += len(words[end])
                end += 1
            found.update((form, begin + at) for form, at in self._piece(words[begin:end]))
            if end == len(words):
                break
            begin = end - most_words + 1
        return found

    def _piece(self, words: Sequence[str]) -> Iterator[tuple[int, int]]:
        import numpy as np

        text = "".join(words)[:_LONGEST_PIECE]
        if not text:
            return
        ids = [self._index[s] for s in text]
        passed = np.zeros(len(text) + 1, dtype=np.int16)
        np.cumsum([_units(cost) for cost in _adding(text)], out=passed[1:])
        ends = np.minimum(np.cumsum([len(word) for word in words]), len(text))
        starts = np.full(len(text) + 1, _NEVER, dtype=np.int16)
        starts[0] = 0
        starts[ends] = 0
        _add(starts, passed)
        swaps_at = self._swaps[:, ids]
        for group in self._groups:
            above = np.repeat(starts[None, :], len(group.numbers), axis=0)
            row = np.empty_like(above)
            for sounds, losses in zip(group.sounds, group.losses, strict=True):
                np.add(above, losses[:, None], out=row)
                above[:, :-1] += swaps_at[sounds]
                np.minimum(row[:, 1:], above[:, :-1], out=row[:, 1:])
                _add(row, passed)
                above, row = row, above
            near = above[:, ends] <= group.most[:, None]
            for form, word in zip(*np.nonzero(near), strict=True):
                yield group.numbers[form], int(word)


def _add(costs: npt.NDArray[np.int16], passed: npt.NDArray[np.int16]) -> None:
    """Let each place be reached from those before it by adding sounds, in place."""
    import numpy as np

    costs -= passed
    for step in _ADDED:
        np.minimum(costs[..., step:], costs[..., :-step], out=costs[..., step:])
    costs += passed


def _most(sounds: str, least: float) -> float:
    """Return the most that it can cost to turn something this much alike into these sounds.

    Likeness is reckoned by the mean of both weights, and what was heard may have that much more.
    """
    lost = 1 - least
    return weight_of(sounds) * lost / (1 - lost / 2)


def _units(cost: float) -> int:
    return round(cost / _UNIT)
