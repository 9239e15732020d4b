"""The limit for two near-verbatim takes, on answers of the corpus and changed copies of them."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from trainer.review.same_words import NEAR_VERBATIM, same_share
from trainer.transcript.types import Transcript

CORPUS = Path(__file__).parents[2] / "corpus" / "development.jsonl"


@pytest.fixture(scope="module")
def answers() -> list[dict[str, str]]:
    lines = CORPUS.read_text(encoding="utf-8").splitlines()
    read = [json.loads(line) for line in lines]
    return [a for a in read if a["kind"] == "plain" and len(a["text"].split()) >= 40]


def _changed(text: str, share: float, random: Random, words: list[str]) -> str:
    said = []
    for word in text.split():
        if random.random() < share:
            kind = random.random()
            said += [random.choice(words)] if kind < 0.6 else []
            said += [word, random.choice(words)] if kind >= 0.8 else []
        else:
            said.append(word)
    return " ".join(said)


def test_different_answers_by_one_speaker_are_far_below_the_limit(
    answers: list[dict[str, str]],
) -> None:
    pairs = [
        (one["text"], other["text"])
        for one, other in pairwise(sorted(answers, key=lambda a: a["speaker"])[:160])
        if one["speaker"] == other["speaker"]
    ]
    assert len(pairs) > 100
    shares = [same_share(*map(Transcript.typed, pair)) for pair in pairs]
    assert max(shares) < NEAR_VERBATIM / 3


@pytest.mark.parametrize(
    ("changed", "least", "most"),
    [(0.05, 1.0, 1.0), (0.15, 1.0, 1.0), (0.3, 0.8, 1.0), (0.5, 0.0, 0.1)],
)
def test_copies_are_found_up_to_three_words_changed_in_ten(
    answers: list[dict[str, str]], changed: float, least: float, most: float
) -> None:
    random = Random(3)
    words = [word for answer in answers for word in answer["text"].split()]
    copies = [
        same_share(
            Transcript.typed(answer["text"]),
            Transcript.typed(_changed(answer["text"], changed, random, words)),
        )
        for answer in answers[::8]
    ]
    assert least <= sum(share >= NEAR_VERBATIM for share in copies) / len(copies) <= most


def test_fillers_case_and_punctuation_do_not_count() -> None:
    one = Transcript.typed("Um, so I called the nurse, you know, at night.")
    other = Transcript.typed("i called the nurse at night")
    assert same_share(one, other) == 1.0
    assert same_share(Transcript.typed(""), Transcript.typed("")) == 0.0


def test_neither_of_two_answers_goes_first() -> None:
    one, other = Transcript.typed("x y y w y x"), Transcript.typed("w y y y x w")
    assert same_share(one, other) == same_share(other, one)
