"""Frames of a recording: how voiced each is, its pitch, its level and its spectral envelope.

The pitch is the best peak of the autocorrelation, divided by the window's own (Boersma 1993). Both
it and the envelope come from one power spectrum, from which what is always there was taken away:
a fan, mains hum, the hiss of a microphone.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from trainer.audio.format import RATE_HZ, SAMPLE_BYTES
from trainer.audio.reading import pieces

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Samples = NDArray[np.int16]

HOP_S = 0.01
_HOP = round(RATE_HZ * HOP_S)
# Three periods of a deep voice.
_WINDOW = round(RATE_HZ * 0.04)
_FFT = 1024
# The autocorrelation is taken of what lies under 4 kHz: half of the bins, half of the rate.
_LOW_FFT = _FFT // 2
_LOW_RATE_HZ = RATE_HZ // 2
PITCH_HZ = (60.0, 420.0)
# A sound that repeats still faster is a whistle or a tone, and no voice.
_FASTEST_HZ = 1000.0
_LOWEST_HZ = 60.0
# Bands of the envelope: wide enough that a moving harmonic of a high voice changes little.
_BANDS = 18
_BAND_HZ = (120.0, 4600.0)
COEFFICIENTS = 10
# Noise is the power that a bin has in its quietest frames, and this much more, for it is uneven.
_QUIET_SHARE = 0.15
_NOISE_FACTOR = 8.0
_NOISE_STEP = 4
# The envelope is filled up to here, so that what noise does under it is not seen.
_FLOOR_DB = 30.0
# Noise is measured anew for each block, which is read in pieces, so that little is in memory.
_BLOCK_S = 30.0
_PIECE_FRAMES = 500


@dataclass(frozen=True, slots=True)
class Frames:
    """One value a frame of `HOP_S`; frame n is centred on second (n + 0.5) * `HOP_S` about.

    `semitones` is the pitch over 55 Hz (meaningless where `strength` is low), `strength` how well
    the sound repeats (0 to 1), `level_db` the level with the noise in it (full scale is 0),
    `clear_db` without it, `cepstra` the shape of the envelope, without its level.
    """

    semitones: Floats
    strength: Floats
    level_db: Floats
    clear_db: Floats
    cepstra: Floats


def read_frames(file: Path) -> Frames | None:
    """Measure a recording of ours piece by piece; None where it is too short for one frame.

    Raises `OSError` where it cannot be read.
    """
    import numpy as np

    measured = []
    for block in _blocks(file):
        noise = _noise(block)
        for first in range(0, _count(block), _PIECE_FRAMES):
            piece = block[first * _HOP : (first + _PIECE_FRAMES - 1) * _HOP + _WINDOW]
            measured.append(_measure(_power(piece), noise))
    if not measured:
        return None
    return Frames(*(np.concatenate(parts) for parts in zip(*measured, strict=True)))


def _blocks(file: Path) -> Iterator[Samples]:
    """Give the samples in blocks that overlap, so that each frame is whole in one of them.

    Each is `_BLOCK_S` long, and the last up to twice as long: from less, noise cannot be told.
    """
    import numpy as np

    size = round(_BLOCK_S * RATE_HZ)
    held = np.zeros(0, np.int16)
    for piece in pieces(file, size * SAMPLE_BYTES):
        whole = piece[: len(piece) // SAMPLE_BYTES * SAMPLE_BYTES]
        held = np.concatenate((held, np.frombuffer(whole, dtype="<i2")))
        while len(held) >= 2 * size:
            yield held[:size]
            held = held[_count(held[:size]) * _HOP :]
    if _count(held):
        yield held


def _count(samples: Samples) -> int:
    """Return how many frames there are in these samples."""
    return max(0, (len(samples) - _WINDOW) // _HOP + 1)


def _noise(block: Samples) -> Floats:
    """Return the power that each bin has whatever is said, from a part of the block's frames."""
    import numpy as np

    step = _NOISE_STEP * _HOP
    quiet = np.quantile(_power(block, step), _QUIET_SHARE, axis=0)
    return (_NOISE_FACTOR * quiet).astype(np.float32)


def _power(samples: Samples, step: int = _HOP) -> Floats:
    """Return the power spectra of the frames that begin every `step`; full scale is a sum of 1."""
    import numpy as np

    windows = np.lib.stride_tricks.sliding_window_view(samples, _WINDOW)[::step]
    window = _window()
    scale = np.sqrt(2.0 / (_FFT * float(np.sum(window**2)))) / 32768
    spectrum = np.fft.rfft(windows * (window * np.float32(scale)), _FFT)
    power: Floats = (spectrum.real**2 + spectrum.imag**2).astype(np.float32)
    # A constant offset, and the rumble of a table.
    power[:, : int(_LOWEST_HZ * _FFT / RATE_HZ) + 1] = 0.0
    return power


def _window() -> Floats:
    import numpy as np

    return np.hanning(_WINDOW + 2)[1:-1].astype(np.float32)


def _measure(power: Floats, noise: Floats) -> tuple[Floats, Floats, Floats, Floats, Floats]:
    """Return the fields of `Frames` for some frames."""
    import numpy as np

    clear = np.maximum(power - noise, 0.0)
    level_db, clear_db = (_db(each.sum(axis=1)) for each in (power, clear))
    semitones, strength = _pitch(clear)
    return semitones, strength, level_db, clear_db, _cepstra(clear, noise)


def _pitch(power: Floats) -> tuple[Floats, Floats]:
    import numpy as np

    own = np.fft.irfft(np.abs(np.fft.rfft(_window()[::2], _LOW_FFT)) ** 2)
    correlation = np.fft.irfft(power[:, : _LOW_FFT // 2 + 1], _LOW_FFT)
    longest = int(_LOW_RATE_HZ / PITCH_HZ[0])
    shortest = int(_LOW_RATE_HZ / _FASTEST_HZ)
    whole = np.maximum(correlation[:, :1], 1e-12)
    likeness = correlation[:, : longest + 2] / whole / (own[: longest + 2] / own[0])
    # Of peaks that are about as high the one with the shortest period is the pitch.
    lags = np.arange(longest + 2)
    preferred = likeness - 0.025 * np.log2(np.maximum(lags, 1) / shortest)
    peak = np.zeros(likeness.shape, bool)
    inner = likeness[:, 1:-1]
    peak[:, 1:-1] = (inner > likeness[:, :-2]) & (inner >= likeness[:, 2:])
    peak[:, :shortest] = False
    best = np.argmax(np.where(peak, preferred, -1.0), axis=1)
    rows = np.arange(len(power))
    height = np.where(peak[rows, best], likeness[rows, best], 0.0)
    # The true top lies between the samples: a parabola through three of them.
    safe = np.clip(best, 1, longest)
    left, mid, right = (likeness[rows, safe + step] for step in (-1, 0, 1))
    bend = np.maximum(2 * mid - left - right, 1e-6)
    lag = np.maximum(safe + np.clip(0.5 * (right - left) / bend, -0.5, 0.5), 1.0)
    pitch_hz = _LOW_RATE_HZ / lag
    height = np.where((pitch_hz > PITCH_HZ[1]) | (correlation[:, 0] <= 1e-12), 0.0, height)
    semitones = 12 * np.log2(pitch_hz / 55.0)
    return semitones.astype(np.float32), np.clip(height, 0, 1).astype(np.float32)


def _cepstra(power: Floats, noise: Floats) -> Floats:
    import numpy as np

    at_hz = np.fft.rfftfreq(_FFT, 1 / RATE_HZ)
    lowest, highest = (_to_mel(hz) for hz in _BAND_HZ)
    edges = 700 * (10 ** (np.linspace(lowest, highest, _BANDS + 2) / 2595) - 1)
    rising = (at_hz[None] - edges[:-2, None]) / (edges[1:-1] - edges[:-2])[:, None]
    falling = (edges[2:, None] - at_hz[None]) / (edges[2:] - edges[1:-1])[:, None]
    bands = np.clip(np.minimum(rising, falling), 0, None).astype(np.float32)
    bands /= bands.sum(axis=1, keepdims=True)
    energy = power @ bands.T
    floor = np.maximum(noise @ bands.T, energy.max(axis=1, keepdims=True) * 10 ** (-_FLOOR_DB / 10))
    shape = np.log(energy + floor + 1e-12)
    turn = np.cos(
        np.pi / _BANDS * np.outer(np.arange(1, COEFFICIENTS + 1), np.arange(_BANDS) + 0.5)
    )
    cepstra: Floats = (shape @ turn.T.astype(np.float32) / np.float32(_BANDS)).astype(np.float32)
    return cepstra


def _db(power: Floats) -> Floats:
    import numpy as np

    level_db: Floats = (10 * np.log10(np.maximum(power, 1e-10))).astype(np.float32)
    return level_db


def _to_mel(hz: float) -> float:
    return 2595 * math.log10(1 + hz / 700)
