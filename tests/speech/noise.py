"""Noise of known strength under speech: white, pink, and a babble of other voices."""

from __future__ import annotations

from functools import cache
from typing import Literal

import numpy as np
import numpy.typing as npt

from tests.speech.answers import ANSWERS
from tests.speech.voices import RATE_HZ, say

Floats = npt.NDArray[np.float32]
Kind = Literal["white", "pink", "babble"]
KINDS: tuple[Kind, ...] = ("white", "pink", "babble")

# Nobody else speaks with these voices.
TALKERS = (
    "en-us+m7",
    "en+f4",
    "en-gb-x-gbcwmd+m4",
    "en-us+Andrea",
    "en-029+m5",
    "en-gb-x-gbclan+f5",
)
LOWEST_HZ = 40.0


def add_noise(speech: Floats, kind: Kind, snr_db: float, seed: int) -> Floats:
    """Lay noise under speech, `snr_db` below the level that the speech has where it is no silence.

    Both are samples in the range of 16-bit numbers at `RATE_HZ`.
    """
    chance = np.random.default_rng(seed)
    noise = (
        _babble(len(speech), chance) if kind == "babble" else _coloured(len(speech), kind, chance)
    )
    spoken = speech[np.abs(speech) > 1]
    level = np.sqrt(np.mean(spoken**2)) * 10 ** (-snr_db / 20)
    return (speech + noise * (level / np.sqrt(np.mean(noise**2)))).astype(np.float32)


def _coloured(samples: int, kind: Kind, chance: np.random.Generator) -> Floats:
    if kind == "white":
        return chance.standard_normal(samples, np.float32)
    length = 1 << samples.bit_length()  # some lengths take a hundred times as long
    spectrum = np.fft.rfft(chance.standard_normal(length))
    spectrum /= np.sqrt(np.maximum(np.fft.rfftfreq(length, 1 / RATE_HZ), LOWEST_HZ))
    return np.fft.irfft(spectrum, length)[:samples].astype(np.float32)


def _babble(samples: int, chance: np.random.Generator) -> Floats:
    together = np.zeros(samples, np.float32)
    for talker in TALKERS:
        voice = _talking(talker)
        begin = int(chance.integers(len(voice)))
        together += np.resize(np.roll(voice, -begin), samples)
    return together


@cache
def _talking(voice: str) -> Floats:
    """Return a voice that reads two answers without a pause, at a level of 1."""
    at = TALKERS.index(voice)
    answers = list(ANSWERS.values())
    texts = [answers[at % len(answers)].text, answers[(at + 2) % len(answers)].text]
    sound = np.frombuffer(say(" ".join(texts), voice), dtype="<i2").astype(np.float32)
    return sound / np.sqrt(np.mean(sound**2))
