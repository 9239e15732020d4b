"""Filled pauses from a source and a filter: glottal pulses through the resonances of a mouth.

A second maker of "um" beside espeak-ng, so that a detector is not fitted to one program. The
pulses come as people's do: each a little early or late (jitter), stronger or weaker (shimmer), with
breath between them, and the resonances drift.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from tests.speech.voices import RATE_HZ

Floats = npt.NDArray[np.float32]
Formants = tuple[float, float, float, float]

# Resonances in Hz of a man's mouth, about as Peterson and Barney (1952) found them for vowels;
# of the nasals the murmur is the first.
SOUNDS: Mapping[str, Formants] = {
    "uh": (640, 1190, 2390, 3400),
    "schwa": (500, 1500, 2500, 3500),
    "er": (490, 1350, 1690, 3300),
    "ah": (730, 1090, 2440, 3400),
    "eh": (530, 1840, 2480, 3500),
    "m": (250, 1050, 2150, 3300),
    "n": (270, 1450, 2300, 3300),
}
NASALS = frozenset("mn")
STEP_S = 0.005
JITTER = 0.01
SHIMMER = 0.06
CROSSING_S = 0.06


def hum(
    sounds: tuple[str, ...], length_s: float, pitch_hz: float, scale: float, seed: int
) -> Floats:
    """Return voiced sounds one into the other, for `length_s`, at a pitch that wanders little.

    `scale` raises the resonances: 1 for a man, about 1.17 for a woman. The loudest is about 1.
    """
    chance = np.random.default_rng(seed)
    steps = max(2, round(length_s / STEP_S))
    source = _pulses(steps, pitch_hz, chance)
    formants = _formants(sounds, steps, scale, chance)
    shape = _resonate(source, formants, any(sound in NASALS for sound in sounds))
    return (shape / np.max(np.abs(shape))).astype(np.float32)


def _pulses(steps: int, pitch_hz: float, chance: np.random.Generator) -> Floats:
    samples = steps * round(STEP_S * RATE_HZ)
    fall = chance.uniform(-3.5, 0.5) * np.linspace(0, samples / RATE_HZ, samples)
    wander = chance.normal(0, 0.25) * np.sin(
        2 * np.pi * (chance.uniform(1, 5) * np.arange(samples) / RATE_HZ + chance.random())
    )
    pitch = pitch_hz * 2 ** ((fall + wander) / 12)
    source = np.zeros(samples)
    at = chance.uniform(0, RATE_HZ / pitch_hz)
    while at < samples:
        pulse = RATE_HZ / pitch[int(at)]
        open_for = max(3, int(0.6 * pulse))
        shape = np.hanning(open_for + 2)[1:-1] * (1 + SHIMMER * chance.standard_normal())
        end = min(samples, int(at) + open_for)
        source[int(at) : end] += shape[: end - int(at)]
        at += pulse * (1 + JITTER * chance.standard_normal())
    source = np.diff(source, prepend=0.0)
    breath = chance.uniform(0.01, 0.06) * chance.standard_normal(samples)
    return (source + breath * np.std(source)).astype(np.float32)


def _formants(
    sounds: tuple[str, ...], steps: int, scale: float, chance: np.random.Generator
) -> npt.NDArray[np.float64]:
    """Return the resonances for every step: each sound's share of the time is chosen by chance."""
    shares = np.cumsum(chance.uniform(0.7, 1.3, len(sounds)))
    ends = (shares / shares[-1] * steps).astype(int)
    track = np.zeros((steps, 4))
    begin = 0
    for sound, end in zip(sounds, ends, strict=True):
        own = np.array(SOUNDS[sound]) * scale * (1 + 0.05 * chance.standard_normal(4))
        track[begin:end] = own
        begin = end
    crossing = max(1, round(CROSSING_S / STEP_S))
    padded = np.pad(track, ((crossing, crossing), (0, 0)), mode="edge")
    kernel = np.hanning(2 * crossing + 1)
    kernel /= kernel.sum()
    smooth = np.stack([np.convolve(padded[:, i], kernel, "valid") for i in range(4)], axis=1)
    drift = 1 + 0.03 * chance.standard_normal(4) * np.linspace(-0.5, 0.5, steps)[:, None]
    return smooth * drift


def _resonate(source: Floats, formants: npt.NDArray[np.float64], nasal: bool) -> Floats:
    """Shape the source step by step in its spectrum, with overlapping windows."""
    step = round(STEP_S * RATE_HZ)
    size = 1024
    window = np.hanning(4 * step + 1)[:-1]
    at_hz = np.fft.rfftfreq(size, 1 / RATE_HZ)
    padded = np.pad(source, (2 * step, 2 * step + size))
    shaped = np.zeros(len(padded))
    for number, resonances in enumerate(formants):
        gain = np.ones(len(at_hz))
        for place, resonance in enumerate(resonances):
            width = 60 + 0.05 * resonance + (60 if nasal else 0) * (place > 0)
            gain /= np.abs(1 - (at_hz / resonance) ** 2 + 1j * at_hz * width / resonance**2)
        begin = number * step
        piece = np.fft.rfft(padded[begin : begin + 4 * step] * window, size)
        shaped[begin : begin + size] += np.fft.irfft(piece * np.minimum(gain, 30), size)
    return shaped[2 * step : 2 * step + len(source)].astype(np.float32)
