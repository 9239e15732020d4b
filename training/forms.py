"""The forms in which an answer can reach the rater: typed, plain, with wrong words.

Plain is without case and punctuation, as a recogniser writes it. Of wrong words, 60 of 100 stand
for a similar word, 25 leave one out, and 15 add one. Needs no PyTorch.

`trainer.evaluation.conditions` makes such texts too, by another measure of likeness. Both stay, so
that the rater is not measured on the very errors that it was trained on; and here each word keeps
its place in the right text, where the evidence is marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from random import Random

from training.corpus import Answer

REPLACED, LEFT_OUT = 0.60, 0.85  # up to which share of errors; the others add a word
_WORD = re.compile(r"\S+")
_PART = re.compile(r"[\w']+")
_VOCABULARY_WORD = re.compile(r"[a-z']+")
_COMPARED, _SIMILAR, _LIKENESS, _LENGTHS = 150, 5, 0.4, 2


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it is heard, and where in the original text (characters) it comes from."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Form:
    """`errors` is the share of wrong words, for plain text only."""

    plain: bool = False
    errors: float = 0.0


TYPED, PLAIN = Form(), Form(plain=True)


class Hearing:
    """Makes the forms of answers. `random` is drawn from with each wrong word."""

    def __init__(self, answers: Iterable[Answer], random: Random) -> None:
        texts = (answer.text.lower() for answer in answers)
        words = {word for text in texts for word in _VOCABULARY_WORD.findall(text)}
        self._vocabulary = sorted(words)
        self._similar: dict[str, list[str]] = {}
        self._random = random

    def words(self, text: str, form: Form) -> list[Word]:
        """Return the words of `text` in one of its forms."""
        found = [Word(m.group(), m.start(), m.end()) for m in _WORD.finditer(text)]
        if not form.plain:
            return found
        parts = [
            Word(part, word.start, word.end)
            for word in found
            for part in _PART.findall(word.text.lower())
        ]
        return self._spoil(parts, form.errors) if form.errors else parts

    def _spoil(self, words: list[Word], share: float) -> list[Word]:
        heard: list[Word] = []
        for word in words:
            drawn = self._random.random()
            if drawn < share * REPLACED:
                instead = self._random.choice(self._like(word.text))
                heard.append(Word(instead, word.start, word.end))
            elif drawn >= share * LEFT_OUT:
                heard.append(word)
                if drawn < share:
                    added = self._random.choice(self._vocabulary)
                    heard.append(Word(added, word.end, word.end))
        return heard

    def _like(self, word: str) -> list[str]:
        """Return words that begin alike and are about as long."""
        found = self._similar.get(word)
        if found is None:
            near = [
                other
                for other in self._vocabulary
                if other != word
                and other[:1] == word[:1]
                and abs(len(other) - len(word)) <= _LENGTHS
            ]
            near = Random(len(word)).sample(near, min(len(near), _COMPARED))
            found = get_close_matches(word, near, _SIMILAR, _LIKENESS) or near[:_SIMILAR]
            found = found or self._vocabulary[:_SIMILAR]
            self._similar[word] = found
        return found
