"""Fit the weights of `trainer/transcript/filled_pauses.py`: `python -m training.filled_pauses`.

It speaks the tuning part of `tests/speech/fillers.py` in quiet and in noise, looks at every steady
stretch, and prints the bias and the weights. Three minutes of one processor; needs espeak-ng.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import numpy.typing as npt

from tests.speech.fillers import Hesitant
from tests.speech.hearing_measurement import ALL, QUIET, Surroundings, pair, record, tell
from trainer.transcript.steady import NAMES, find_stretches
from trainer.transcript.voicing import read_frames

Floats = npt.NDArray[np.float64]

ROUNDS = 3
# What a babble at 10 dB leaves of a voice teaches nothing.
AROUND = tuple(each for each in ALL if each is QUIET or each.snr_db >= 20 or each.noise == "white")
# About as many of those that are there should be missed as of those found are none. Some are lost
# before they are weighed, so those that are left count more.
WEIGHT_OF_TRUE = 1.25
RIDGE = 1.0
STEPS = 30


def main() -> None:
    """Fit, and print what stands in the module."""
    features, true = gather()
    bias, weights = fit(features, true)
    print(f"{len(true)} steady stretches, {int(true.sum())} of them filled pauses")
    print(f"BIAS = {bias:.3f}")
    for name, weight in zip(NAMES, weights, strict=True):
        print(f'    "{name}": {weight:.3f},')


def gather() -> tuple[Floats, Floats]:
    """Return the features of every steady stretch, and 1 for each that is a filled pause."""
    features: list[list[float]] = []
    true: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "speech.wav"
        for number, speech in enumerate(tell("tuning", ROUNDS)):
            for around in AROUND:
                for values, is_true in _labelled(speech, around, file, number):
                    features.append(values)
                    true.append(is_true)
    return np.array(features), np.array(true)


def fit(features: Floats, true: Floats) -> tuple[float, Floats]:
    """Return the bias and the weights of a logistic regression (Newton's method)."""
    mean, spread = features.mean(axis=0), features.std(axis=0) + 1e-9
    scaled = np.column_stack([(features - mean) / spread, np.ones(len(features))])
    counts = np.where(true == 1, WEIGHT_OF_TRUE, 1.0)
    ridge = np.diag([RIDGE] * features.shape[1] + [0.0])
    found = np.zeros(scaled.shape[1])
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-scaled @ found))
        slope = scaled.T @ (counts * (chance - true)) + ridge @ found
        bend = (scaled * (counts * chance * (1 - chance))[:, None]).T @ scaled + ridge
        found -= np.linalg.solve(bend, slope)
    weights = found[:-1] / spread
    return float(found[-1] - weights @ mean), weights


def _labelled(
    speech: Hesitant, around: Surroundings, file: Path, seed: int
) -> list[tuple[list[float], float]]:
    """Leave out the second stretch in a filled pause: it is neither one nor none."""
    record(speech, around, file, seed)
    frames = read_frames(file)
    stretches = find_stretches(frames) if frames else []
    spans = [(each.start_s, each.end_s) for each in stretches]
    first = {told for _, told in pair(speech.fillers, spans)}
    labelled = []
    for at, stretch in enumerate(stretches):
        if at in first or not pair(speech.fillers, [spans[at]]):
            values = [stretch.features[name] for name in NAMES]
            labelled.append((values, float(at in first)))
    return labelled


if __name__ == "__main__":
    main()
