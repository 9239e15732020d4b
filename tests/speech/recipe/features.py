"""Acoustic features as Kaldi computes them: mel-frequency cepstral coefficients.

Follows Kaldi's `feature-mfcc.cc`, `mel-computations.cc` and `feature-window.cc`. The recogniser
computes the same from `conf/mfcc.conf`, which is written from the settings here.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

RATE_HZ = 16000
FRAME_SAMPLES = 400  # 25 ms
SHIFT_SAMPLES = 160  # 10 ms
FRAME_SHIFT_S = SHIFT_SAMPLES / RATE_HZ
FRAME_MIDDLE_S = FRAME_SAMPLES / RATE_HZ / 2
SPECTRUM_SAMPLES = 512
MEL_BINS = 40
COEFFICIENTS = 40
LOW_HZ = 20
HIGH_HZ = 7000  # resamplers differ in what they leave above this
PRE_EMPHASIS = 0.97
LIFTER = 22
LEAST_ENERGY = float(np.finfo(np.float32).eps)

CONFIGURATION = {
    "sample-frequency": RATE_HZ,
    "use-energy": "false",
    "num-mel-bins": MEL_BINS,
    "num-ceps": COEFFICIENTS,
    "low-freq": LOW_HZ,
    "high-freq": HIGH_HZ,
    "dither": 0,
}

Floats = npt.NDArray[np.float32]


def resample(samples: Floats, rate_hz: int) -> Floats:
    """Return the samples at `RATE_HZ`, by cutting the spectrum of the whole."""
    block = rate_hz // np.gcd(rate_hz, RATE_HZ)
    padded = np.pad(samples, (0, -len(samples) % block))
    length = len(padded) * RATE_HZ // rate_hz
    spectrum = np.fft.rfft(padded)[: length // 2 + 1]
    return (np.fft.irfft(spectrum, length) * (length / len(padded))).astype(np.float32)


def compute_features(samples: Floats) -> Floats:
    """Return a row of coefficients for every 10 ms; samples lie in the range of 16-bit numbers.

    Only whole frames count ("snip edges"), so the first row is centred at `FRAME_MIDDLE_S`.
    """
    number = 1 + (len(samples) - FRAME_SAMPLES) // SHIFT_SAMPLES
    starts = np.arange(number)[:, None] * SHIFT_SAMPLES
    frames = samples.astype(np.float64)[starts + np.arange(FRAME_SAMPLES)]
    frames -= frames.mean(axis=1, keepdims=True)
    before = np.concatenate([frames[:, :1], frames[:, :-1]], axis=1)
    windowed = (frames - PRE_EMPHASIS * before) * _povey_window()
    power = np.abs(np.fft.rfft(windowed, SPECTRUM_SAMPLES)[:, :-1]) ** 2
    energies = np.log(np.maximum(power @ _mel_filters().T, LEAST_ENERGY))
    return (energies @ _liftered_cosines().T).astype(np.float32)


@cache
def _povey_window() -> npt.NDArray[np.float64]:
    hann = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(FRAME_SAMPLES) / (FRAME_SAMPLES - 1))
    window: npt.NDArray[np.float64] = hann**0.85
    return window


def _mel(frequency_hz: npt.ArrayLike) -> npt.NDArray[np.float64]:
    return 1127.0 * np.log(1.0 + np.asarray(frequency_hz, dtype=np.float64) / 700.0)


@cache
def _mel_filters() -> npt.NDArray[np.float64]:
    """Return triangles that overlap by half, one a row, over the bins of the spectrum."""
    edges = np.linspace(_mel(LOW_HZ), _mel(HIGH_HZ), MEL_BINS + 2)
    bins = _mel(np.arange(SPECTRUM_SAMPLES // 2) * RATE_HZ / SPECTRUM_SAMPLES)
    left, centre, right = edges[:-2, None], edges[1:-1, None], edges[2:, None]
    rising = (bins - left) / (centre - left)
    falling = (right - bins) / (right - centre)
    return np.maximum(np.minimum(rising, falling), 0.0)


@cache
def _liftered_cosines() -> npt.NDArray[np.float64]:
    """Return the orthonormal cosine transform, with the higher coefficients lifted."""
    orders = np.arange(COEFFICIENTS)[:, None]
    cosines = np.sqrt(2 / MEL_BINS) * np.cos(
        np.pi / MEL_BINS * (np.arange(MEL_BINS) + 0.5) * orders
    )
    cosines[0] = np.sqrt(1 / MEL_BINS)
    lift = 1 + 0.5 * LIFTER * np.sin(np.pi * orders / LIFTER)
    liftered: npt.NDArray[np.float64] = cosines * lift
    return liftered
