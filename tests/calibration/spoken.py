"""Readings that were never spoken: words with the times at which somebody would have said them."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from trainer.calibration.readings import Reading
from trainer.transcript.types import HeardWord, Sound

WORD_S = 0.3

READING = Reading(
    "story",
    "A story",
    (
        "last year i was a student on a busy ward",
        "it was my job to check the lab results of six patients",
        "one evening i was tired and i missed a high number",
        "the nurse saw it an hour later and she called me",
        "i went to the patient right away and i told my supervisor the truth",
        "we gave him the right medicine and i said sorry to him and to his wife",
    ),
)
OTHER = (
    "many people like to walk along the river when the weather gets warm in spring "
    "children play football in the park while their parents sit on benches drinking coffee "
    "at noon a small boat brings fresh fish which is sold near the old bridge before dinner"
)


def say(text: str, from_s: float = 0.5) -> list[HeardWord]:
    """Return the words of a text, one after the other without a pause."""
    return [
        HeardWord(word, from_s + at * WORD_S, from_s + (at + 1) * WORD_S, 1.0)
        for at, word in enumerate(text.split())
    ]


def misheard(words: Sequence[HeardWord], share: float, seed: int = 1) -> list[HeardWord]:
    """Return the words with about this share of them wrong; wrong ones are of no text."""
    random = Random(seed)
    return [
        HeardWord("wrong", word.start_s, word.end_s, 0.5) if random.random() < share else word
        for word in words
    ]


def sound_of(words: Sequence[HeardWord]) -> Sound:
    """Return a sound whose voice is where these words were said, whoever heard them."""
    voiced: list[tuple[float, float]] = []
    for word in words:
        if voiced and word.start_s - voiced[-1][1] < 1e-6:
            voiced[-1] = (voiced[-1][0], word.end_s)
        else:
            voiced.append((word.start_s, word.end_s))
    return Sound(tuple(voiced))
