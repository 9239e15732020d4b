"""Words as a recogniser could have misheard them, for measuring what is offered in their place.

`mishearings.tsv` was written before anything was tuned. Half of it, by a checksum of the heard
words, and half of the answers without terms are for tuning; the other halves are looked at only to
measure. Wrong words and right ones are unsure as often as measured with Vosk, see `correction`.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from trainer.bank.types import Term
from trainer.evaluation.conditions import Spoiler, without_case_and_punctuation
from trainer.transcript.correction import UNSURE_BELOW
from trainer.transcript.likely import Likely
from trainer.transcript.types import HeardWord, Source, Transcript

TUNING, UNSEEN = 0, 1
WRONG_UNSURE, RIGHT_UNSURE = 0.56, 0.04
ERRORS = 0.15
ROUGH_ERRORS = 0.41
"""Of the built-in recogniser on clean speech of people, all of whose words count as unsure."""

_CORPUS = Path(__file__).parents[2] / "corpus" / "development.jsonl"
_AROUND = 10  # words of an answer before and after what was misheard


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it was heard, beside what was said. Its words are those of `heard`."""

    heard: Transcript
    right: tuple[str, ...]
    origins: tuple[int, ...]

    def right_words(self, likely: Likely) -> str:
        """Return what was said where a suggestion stands, with a word around it."""
        first, last = self.origins[likely.start], self.origins[likely.end - 1]
        return " ".join(self.right[max(0, first - 1) : last + 2])

    def accepted(self, found: Sequence[Likely]) -> str:
        """Return the text with all suggestions in it, as a recogniser would write it."""
        words = self.heard.text.split()
        for likely in sorted(found, key=lambda one: -one.start):
            words[likely.start : likely.end] = _plain(likely.text).split()
        return " ".join(words)


def mishearings(half: int) -> list[tuple[str, str]]:
    """Return (term, what was heard) of one half."""
    lines = (Path(__file__).parent / "mishearings.tsv").read_text(encoding="utf-8").splitlines()
    pairs = [(term, heard) for term, _, heard in (line.partition("\t") for line in lines)]
    return [pair for pair in pairs if zlib.crc32(pair[1].encode()) % 2 == half]


def answers(
    terms: Sequence[Term],
    half: int,
    *,
    with_terms: bool = False,
    rough: bool = False,
    most: int = 999,
) -> Iterator[Answer]:
    """Yield answers of one half, with wrong words; those that hold none of the terms, or some."""
    is_held = _held(terms)
    for key, text in _texts():
        if zlib.crc32(key.encode()) % 2 == half and is_held(text) == with_terms and most:
            most -= 1
            yield _misheard(key, text, rough)


def in_sentences(
    pairs: Sequence[tuple[str, str]], around: Sequence[Answer], *, all_unsure: bool, times: int = 3
) -> Iterator[tuple[str, int, int, Transcript]]:
    """Yield each mishearing among words of answers: the term, from and to which word, the words."""
    random = Random(3)
    long = [answer for answer in around if len(answer.heard.words) > 4 * _AROUND]
    for term, heard in pairs * times:
        words = random.choice(long).heard
        at = random.randrange(_AROUND, len(words.words) - _AROUND)
        new = [(w, all_unsure or random.random() < WRONG_UNSURE) for w in heard.split()]
        old = [
            (words.quote(n, n + 1), (words.words[n].confidence or 0) < UNSURE_BELOW)
            for n in range(at - _AROUND, at + _AROUND)
        ]
        mixed = [*old[:_AROUND], *new, *old[_AROUND:]]
        source: Source = "builtin" if all_unsure else "vosk"
        yield term, _AROUND, _AROUND + len(new), transcript(mixed, source)


def transcript(words: Sequence[tuple[str, bool]], source: Source = "vosk") -> Transcript:
    """Return heard words, each with whether it is unsure."""
    return Transcript.heard(
        [
            HeardWord(word, at * 0.4, at * 0.4 + 0.35, 0.4 if unsure else 0.95)
            for at, (word, unsure) in enumerate(words)
        ],
        source,
    )


def holds(text: str, term: str) -> bool:
    """Whether a text has a term in it, whatever its case and hyphens."""
    return f" {_plain(term)} " in f" {_plain(text)} "


def _held(terms: Sequence[Term]) -> Callable[[str], bool]:
    wanted = [f" {_plain(term.text)} " for term in terms]

    def is_held(text: str) -> bool:
        plain = f" {_plain(text)} "
        return any(term in plain for term in wanted)

    return is_held


def _misheard(key: str, text: str, rough: bool) -> Answer:
    spoiled = _spoiler().spoil(text, ROUGH_ERRORS if rough else ERRORS, key)
    random = Random(key)
    words = [
        (word, random.random() < (RIGHT_UNSURE if spoiled.right[at] == word else WRONG_UNSURE))
        for word, at in zip(spoiled.text.split(), spoiled.origins, strict=True)
    ]
    heard = transcript(words, "builtin" if rough else "vosk")
    return Answer(heard, spoiled.right, spoiled.origins)


@cache
def _texts() -> tuple[tuple[str, str], ...]:
    lines = map(json.loads, _CORPUS.read_text(encoding="utf-8").splitlines())
    return tuple((line["id"], line["text"]) for line in lines)


@cache
def _spoiler() -> Spoiler:
    return Spoiler(text for _, text in _texts())


def _plain(text: str) -> str:
    return without_case_and_punctuation(re.sub(r"[-/]", " ", text))
