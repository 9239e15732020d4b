"""What is said to train the model: the sentences, and mixtures of their words.

The mixtures let the acoustic model hear words in orders that the sentences do not have.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Collection, Sequence
from itertools import pairwise
from pathlib import Path

BEGIN, END = "<s>", "</s>"

SHARE_OF_SENTENCES = 0.35
SHARE_OF_WALKS = 0.30
LONGEST_WALK = 14
RANDOM_WORDS = (3, 8)


def read_sentences(file: Path) -> list[str]:
    """Return the sentences of a file, one a line: lower case, no punctuation, single spaces."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return [" ".join(line.split()) for line in lines if line.strip()]


def list_words(sentences: Sequence[str]) -> list[str]:
    """Return the vocabulary in alphabetical order."""
    return sorted({word for sentence in sentences for word in sentence.split()})


def compose_utterances(
    sentences: Sequence[str], number: int, avoided: Collection[str], seed: int
) -> list[str]:
    """Return texts to speak: each sentence, then a mixture of sentences, walks and random words.

    A walk goes from word to word as the sentences do. None of the `avoided` texts is among them.
    """
    chance = random.Random(seed)
    vocabulary = list_words(sentences)
    followers = _followers(sentences)
    utterances = [text for text in sentences if text not in avoided][:number]
    while len(utterances) < number:
        draw = chance.random()
        if draw < SHARE_OF_SENTENCES:
            text = chance.choice(sentences)
        elif draw < SHARE_OF_SENTENCES + SHARE_OF_WALKS:
            text = _walk(followers, chance)
        else:
            text = " ".join(chance.choices(vocabulary, k=chance.randint(*RANDOM_WORDS)))
        if text not in avoided:
            utterances.append(text)
    return utterances


def _followers(sentences: Sequence[str]) -> dict[str, list[str]]:
    followers = defaultdict(list)
    for sentence in sentences:
        words = [BEGIN, *sentence.split(), END]
        for word, follower in pairwise(words):
            followers[word].append(follower)
    return dict(followers)


def _walk(followers: dict[str, list[str]], chance: random.Random) -> str:
    words: list[str] = []
    word = chance.choice(followers[BEGIN])
    while word != END and len(words) < LONGEST_WALK:
        words.append(word)
        word = chance.choice(followers[word])
    return " ".join(words)
