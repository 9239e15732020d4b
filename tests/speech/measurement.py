"""Measure the test model: `python -m tests.speech.measurement` prints word error rates by voice.

`--tuning` hears the sentences on which decoding was tuned, instead of the held-out ones.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from tests.speech.answers import ANSWERS
from tests.speech.listening import MODEL, listen
from tests.speech.recipe.text import read_sentences
from tests.speech.voices import VOICES, speak
from trainer.calibration.word_errors import pooled_error_rate

HERE = Path(__file__).parent
HELD_OUT = HERE / "held-out.txt"
TUNING = HERE / "tuning.txt"
PAUSES_S = (0.4, 0.8, 1.5, 3.0)
LEVELS_DB = (0.0, -6.0, -12.0, -20.0)
RATES_WPM = (135, 150, 165, 180, 200)
SIGNAL_TO_NOISE_DB = 20.0


def speak_sentences(sentences: Sequence[str], voice: str) -> list[bytes]:
    """Return the sentences one by one, at changing speeds and pitches."""
    chance = random.Random(voice)
    return [
        speak(
            [sentence],
            voice,
            rate_wpm=chance.choice(RATES_WPM),
            pitch=chance.randint(30, 70),
        ).pcm
        for sentence in sentences
    ]


def speak_answers(voice: str, level_db: float = 0.0) -> list[bytes]:
    """Return the whole answers with pauses of changing length between their sentences."""
    sounds = []
    for answer in ANSWERS.values():
        pauses_s = [PAUSES_S[gap % len(PAUSES_S)] for gap in range(len(answer.sentences) - 1)]
        sounds.append(speak(answer.sentences, voice, pause_s=pauses_s, level_db=level_db).pcm)
    return sounds


def add_noise(sound: bytes, signal_to_noise_db: float = SIGNAL_TO_NOISE_DB) -> bytes:
    """Return the sound with white noise in it, also where it was silent."""
    samples = np.frombuffer(sound, dtype="<i2").astype(np.float64)
    amplitude = np.sqrt(np.mean(samples[samples != 0] ** 2)) * 10 ** (-signal_to_noise_db / 20)
    noisy = samples + np.random.default_rng(0).standard_normal(len(samples)) * amplitude
    samples_16_bit = np.clip(np.round(noisy), -32768, 32767).astype("<i2")
    return bytes(samples_16_bit)


def rate(texts: Sequence[str], sounds: Sequence[bytes], model: Path = MODEL) -> float:
    """Return the word error rate over the sounds that say the texts."""
    heard = listen(sounds, model)
    return pooled_error_rate((text, one.text) for text, one in zip(texts, heard, strict=True))


def main() -> None:
    """Print a table: a row per voice, in per cent of the words."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, default=MODEL)
    parser.add_argument("--tuning", action="store_true")
    options = parser.parse_args()
    sentences = read_sentences(TUNING if options.tuning else HELD_OUT)
    answers = [answer.text for answer in ANSWERS.values()]
    columns = ["voice", "sentences", "with noise"]
    if not options.tuning:
        columns += ["answers", "softer answers"]
    print("| " + " | ".join(columns) + " |")
    print("| " + " | ".join("---" for _ in columns) + " |")
    for number, voice in enumerate(VOICES):
        plain = speak_sentences(sentences, voice)
        rates = [
            rate(sentences, plain, options.model),
            rate(sentences, [add_noise(sound) for sound in plain], options.model),
        ]
        if not options.tuning:
            level_db = LEVELS_DB[number % len(LEVELS_DB)]
            rates.append(rate(answers, speak_answers(voice), options.model))
            rates.append(rate(answers, speak_answers(voice, level_db), options.model))
        print(f"| {voice} | " + " | ".join(f"{100 * share:.1f} %" for share in rates) + " |")


if __name__ == "__main__":
    main()
