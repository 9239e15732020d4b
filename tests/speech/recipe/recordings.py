"""Training material: spoken texts, made to sound as through many microphones, and labelled.

Every utterance gets a speaker, silence around it, a level and often noise by chance; a part
keeps exact digital silence, which synthesised sound files have.
"""

from __future__ import annotations

import multiprocessing
import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from tests.speech.recipe.features import (
    FRAME_MIDDLE_S,
    FRAME_SHIFT_S,
    RATE_HZ,
    Floats,
    compute_features,
    resample,
)
from tests.speech.recipe.synthesis import SILENCE, Phone, Reading, Synthesiser, Voice
from tests.speech.voices import VOICES

SHARE_OF_TEST_VOICES = 0.65
OTHER_ACCENTS = ("en-gb-x-gbclan", "en-gb-x-gbcwmd", "en-029")
OTHER_SPEAKERS = (
    *("m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "f1", "f2", "f3", "f4", "f5"),
    *("Alicia", "Andy", "Annie", "Denis", "Michael", "adam", "ed", "grandma", "klatt", "klatt2"),
    *("linda", "max", "rob", "sandro", "steph", "victor"),
)
RATES_WPM = (125, 215)
PITCHES = (20, 80)
PITCH_RANGES = (30, 70)
WORD_GAPS = (0, 0, 0, 1, 3)

SILENCE_BEFORE_S = (0.05, 0.7)
SILENCE_AFTER_S = (0.1, 0.9)
LONG_SILENCE_S = (1.0, 4.0)
SHARE_OF_LONG_SILENCE = 0.15
GAIN_DB = (-24.0, 2.0)
SHARE_OF_NOISE = 0.65
NOISE_SLOPES = (0.0, 1.3)  # power of the frequency by which noise falls: 0 white, 0.5 pink, 1 brown
NOISE_LOG10 = (-0.5, 2.9)  # of the noise's amplitude, in steps of a 16-bit number
LOUDEST_NOISE = 0.25  # as a share of the sound's amplitude: 12 dB below it
SHARE_OF_HUM = 0.2
HUM_HZ = (45.0, 125.0)
HUM_AMPLITUDE = (2.0, 200.0)

# The library keeps state between texts. A fresh process for every block of this many makes the
# sound the same whatever the number of processors.
BLOCK = 100


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be recorded: a text, a voice, and the seed of its surroundings."""

    text: str
    voice: Voice
    seed: int


@dataclass(frozen=True, slots=True)
class Recording:
    """Features of an utterance, the phone in the middle of each frame, and the words' readings."""

    features: Floats
    phones: tuple[str, ...]
    readings: tuple[Reading, ...]


def cast(texts: Sequence[str], seed: int) -> list[Order]:
    """Choose a voice for every text by chance."""
    chance = random.Random(seed)
    return [
        Order(
            text,
            Voice(
                _choose_name(chance),
                rate_wpm=chance.randint(*RATES_WPM),
                pitch=chance.randint(*PITCHES),
                pitch_range=chance.randint(*PITCH_RANGES),
                word_gap=chance.choice(WORD_GAPS),
            ),
            number,
        )
        for number, text in enumerate(texts)
    ]


def record_all(orders: Sequence[Order], processes: int) -> list[Recording]:
    """Speak everything, in several processes."""
    with multiprocessing.Pool(processes, maxtasksperchild=1) as pool:
        return pool.map(record, orders, chunksize=BLOCK)


def record(order: Order) -> Recording:
    """Speak one text and surround it with silence and noise."""
    spoken = _synthesiser().speak(order.text, order.voice)
    chance = np.random.default_rng(order.seed)
    before = round(chance.uniform(*SILENCE_BEFORE_S) * RATE_HZ)
    after_s = chance.uniform(*SILENCE_AFTER_S)
    if chance.random() < SHARE_OF_LONG_SILENCE:
        after_s += chance.uniform(*LONG_SILENCE_S)
    sound = np.pad(resample(spoken.samples, spoken.rate_hz), (before, round(after_s * RATE_HZ)))
    sound *= 10 ** (chance.uniform(*GAIN_DB) / 20)
    if chance.random() < SHARE_OF_NOISE:
        sound += _noise(sound, chance)
    if chance.random() < SHARE_OF_HUM:
        sound += _hum(len(sound), chance)
    features = compute_features(np.clip(np.round(sound), -32768, 32767))
    labels = _label_frames(len(features), spoken.phones, before / RATE_HZ)
    return Recording(features, labels, spoken.readings)


@cache
def _synthesiser() -> Synthesiser:
    return Synthesiser()


def _choose_name(chance: random.Random) -> str:
    if chance.random() < SHARE_OF_TEST_VOICES:
        return chance.choice(VOICES)
    accents = [*(voice for voice in VOICES if "+" not in voice), *OTHER_ACCENTS]
    return f"{chance.choice(accents)}+{chance.choice(OTHER_SPEAKERS)}"


def _noise(sound: Floats, chance: np.random.Generator) -> Floats:
    spectrum = np.fft.rfft(chance.standard_normal(len(sound)))
    frequencies = np.maximum(np.fft.rfftfreq(len(sound), 1 / RATE_HZ), HUM_HZ[0])
    noise = np.fft.irfft(spectrum * frequencies ** -chance.uniform(*NOISE_SLOPES), len(sound))
    loudness = float(np.sqrt(np.mean(sound**2)))
    amplitude = min(10 ** chance.uniform(*NOISE_LOG10), LOUDEST_NOISE * loudness)
    scaled: Floats = (noise * (amplitude / noise.std())).astype(np.float32)
    return scaled


def _hum(samples: int, chance: np.random.Generator) -> Floats:
    turns = np.arange(samples) * (chance.uniform(*HUM_HZ) / RATE_HZ) + chance.random()
    hum: Floats = (np.sin(2 * np.pi * turns) * chance.uniform(*HUM_AMPLITUDE)).astype(np.float32)
    return hum


def _label_frames(number: int, phones: Sequence[Phone], offset_s: float) -> tuple[str, ...]:
    """Name the phone that sounds in the middle of every frame."""
    middles_s = np.arange(number) * FRAME_SHIFT_S + FRAME_MIDDLE_S - offset_s
    labels: npt.NDArray[np.object_] = np.full(number, SILENCE, dtype=object)
    for phone in phones:
        labels[(middles_s >= phone.start_s) & (middles_s < phone.end_s)] = phone.symbol
    return tuple(labels)
