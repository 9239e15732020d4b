"""The acoustic model: a small network that says for a frame how likely each phone is.

A multilayer perceptron over a splice of frames, trained with cross entropy and Adam (Kingma and
Ba 2015). The recogniser evaluates it at every third frame, so it is trained on every third.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from tests.speech.recipe.features import Floats

# Frames that are seen together, counted from the one that is judged: dense in the middle.
SPLICE = (-12, -9, -6, -4, -2, -1, 0, 1, 2, 4, 6, 9, 12)
FRAME_SUBSAMPLING = 3
BATCH = 512
PEAK_LEARNING_RATE = 2e-3
LAST_LEARNING_RATE = 0.005  # as a share of the peak
WARM_UP_STEPS = 300
FIRST_MOMENT, SECOND_MOMENT = 0.9, 0.999
LEAST_PRIOR = 1e-4

Labels = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Affine:
    """A layer's linear part: `weights` (outputs x inputs) and `biases`."""

    weights: Floats
    biases: Floats


@dataclass(frozen=True, slots=True)
class AcousticModel:
    """Affine layers with a rectifier between them, over frames spliced by `SPLICE`.

    `priors` holds the share of each phone; the recogniser divides the likelihoods by it.
    """

    layers: tuple[Affine, ...]
    priors: Floats


@dataclass(frozen=True, slots=True)
class _Material:
    """All frames, normalised, with margins for the splice; `utterances` index the true ones."""

    frames: Floats
    labels: Labels
    utterances: tuple[Labels, ...]
    mean: Floats
    deviation: Floats


def train(
    features: Sequence[Floats],
    labels: Sequence[Labels],
    phones: int,
    hidden: Sequence[int],
    epochs: int,
    seed: int,
    report: Callable[[str], None],
) -> AcousticModel:
    """Train a network with the given `hidden` layer sizes on labelled utterances."""
    chance = np.random.default_rng(seed)
    material = _prepare(features, labels)
    sizes = [material.frames.shape[1] * len(SPLICE), *hidden, phones]
    network = _Network(sizes, chance)
    splice = np.array(SPLICE)
    frames_seen = sum(len(utterance) for utterance in material.utterances) // FRAME_SUBSAMPLING
    schedule_steps = epochs * (frames_seen // BATCH)
    step = 0
    for epoch in range(epochs):
        chosen = _every_third_frame(material.utterances, chance)
        right = 0
        batches = len(chosen) // BATCH
        for batch in chosen[: batches * BATCH].reshape(batches, BATCH):
            step += 1
            inputs = material.frames[batch[:, None] + splice].reshape(BATCH, -1)
            right += network.learn(inputs, material.labels[batch], _rate(step, schedule_steps))
        report(f"epoch {epoch + 1} of {epochs}: {right / (batches * BATCH):.1%} of frames right")
    counts = np.bincount(np.concatenate(labels), minlength=phones)
    priors = np.maximum(counts / counts.sum(), LEAST_PRIOR)
    layers = _without_normalisation(network.layers(), material.mean, material.deviation)
    return AcousticModel(layers, (priors / priors.sum()).astype(np.float32))


class _Network:
    def __init__(self, sizes: Sequence[int], chance: np.random.Generator) -> None:
        self._weights = [
            chance.standard_normal((inputs, outputs)).astype(np.float32) * math.sqrt(2 / inputs)
            for inputs, outputs in pairwise(sizes)
        ]
        self._weights[-1] *= 0.1
        self._biases = [np.zeros(size, np.float32) for size in sizes[1:]]
        self._parameters = [*self._weights, *self._biases]
        self._first_moments = [np.zeros_like(parameter) for parameter in self._parameters]
        self._second_moments = [np.zeros_like(parameter) for parameter in self._parameters]
        self._steps = 0

    def learn(self, inputs: Floats, labels: Labels, rate: float) -> int:
        """Take one step on a batch; return how many of its frames were judged right before."""
        activations = [inputs]
        for weights, biases in zip(self._weights[:-1], self._biases[:-1], strict=True):
            activations.append(np.maximum(activations[-1] @ weights + biases, 0))
        scores = activations[-1] @ self._weights[-1] + self._biases[-1]
        right = int((scores.argmax(axis=1) == labels).sum())
        self._descend(*self._gradients(activations, scores, labels), rate)
        return right

    def layers(self) -> list[Affine]:
        """Return the layers as they are now."""
        pairs = zip(self._weights, self._biases, strict=True)
        return [Affine(weights.T.copy(), biases.copy()) for weights, biases in pairs]

    def _gradients(
        self, activations: Sequence[Floats], scores: Floats, labels: Labels
    ) -> tuple[list[Floats], list[Floats]]:
        error = np.exp(scores - scores.max(axis=1, keepdims=True))
        error /= error.sum(axis=1, keepdims=True)
        error[np.arange(len(labels)), labels] -= 1
        error /= len(labels)
        for_weights: list[Floats] = []
        for_biases: list[Floats] = []
        for weights, activation in zip(self._weights[::-1], activations[::-1], strict=True):
            for_weights.insert(0, activation.T @ error)
            for_biases.insert(0, error.sum(axis=0))
            if activation is not activations[0]:
                error = (error @ weights.T) * (activation > 0)
        return for_weights, for_biases

    def _descend(
        self, for_weights: Sequence[Floats], for_biases: Sequence[Floats], rate: float
    ) -> None:
        self._steps += 1
        first_scale = 1 - FIRST_MOMENT**self._steps
        second_scale = 1 - SECOND_MOMENT**self._steps
        for parameter, gradient, first, second in zip(
            self._parameters,
            [*for_weights, *for_biases],
            self._first_moments,
            self._second_moments,
            strict=True,
        ):
            first += (1 - FIRST_MOMENT) * (gradient - first)
            second += (1 - SECOND_MOMENT) * (gradient * gradient - second)
            parameter -= rate * (first / first_scale) / (np.sqrt(second / second_scale) + 1e-8)


def _prepare(features: Sequence[Floats], labels: Sequence[Labels]) -> _Material:
    everything = np.concatenate(features)
    mean, deviation = everything.mean(axis=0), everything.std(axis=0)
    margin = max(abs(offset) for offset in SPLICE)
    frames, padded_labels, utterances = [], [], []
    begin = margin
    for utterance, targets in zip(features, labels, strict=True):
        normal = (utterance - mean) / deviation
        frames.append(np.pad(normal, ((margin, margin), (0, 0)), "edge").astype(np.float32))
        padded_labels.append(np.pad(targets, (margin, margin)))
        utterances.append(np.arange(begin, begin + len(utterance)))
        begin += len(utterance) + 2 * margin
    return _Material(
        np.concatenate(frames), np.concatenate(padded_labels), tuple(utterances), mean, deviation
    )


def _every_third_frame(utterances: Sequence[Labels], chance: np.random.Generator) -> Labels:
    chosen = np.concatenate(
        [
            utterance[chance.integers(FRAME_SUBSAMPLING) :: FRAME_SUBSAMPLING]
            for utterance in utterances
        ]
    )
    chance.shuffle(chosen)
    return chosen


def _rate(step: int, steps: int) -> float:
    """Return the learning rate: a short rise, then a cosine's fall."""
    fall = 0.5 * (1 + math.cos(math.pi * min(1.0, step / steps)))
    return PEAK_LEARNING_RATE * min(1.0, step / WARM_UP_STEPS) * (fall + LAST_LEARNING_RATE)


def _without_normalisation(
    layers: Sequence[Affine], mean: Floats, deviation: Floats
) -> tuple[Affine, ...]:
    """Fold the normalisation of the input into the first layer: the recogniser has none."""
    first = layers[0]
    weights: Floats = first.weights / np.tile(deviation, len(SPLICE))
    biases: Floats = first.biases - weights @ np.tile(mean, len(SPLICE))
    return (Affine(weights, biases), *layers[1:])
