"""From the words of an answer to the pieces that the network knows.

These are the word pieces of BERT, lower-cased and without accents. They are cut as they were for
the training: every run of letters and digits is a word, every other character one of its own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

from trainer.encoder.problems import Damage

BEGIN, END, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"
LONGEST_WORD = 100
"""Characters of a word that are looked at: longer ones carry nothing that was trained on."""
MOST_PIECES = 8192
"""Pieces of an answer that are read, about 6000 words or 40 minutes of speech."""

# curly ones as phones write them; the network was trained on straight ones
_APOSTROPHES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'"})
_WORD = re.compile(r"\w+|[^\w\s]")
_INSIDE = "##"  # begins every piece that does not begin a word
_ACCENT = "Mn"


@dataclass(frozen=True, slots=True)
class Pieces:
    """The pieces of an answer: their numbers, and the index of the word that each is from.

    Words without a piece, such as an accent alone, are skipped; `owners` never falls.
    """

    ids: tuple[int, ...]
    owners: tuple[int, ...]


class Vocabulary:
    """The pieces that the network knows. Immutable."""

    def __init__(self, numbers: dict[str, int]) -> None:
        if missing := [name for name in (BEGIN, END, UNKNOWN) if name not in numbers]:
            raise Damage(f"without {', '.join(missing)}")
        self._numbers = numbers
        self._longest = max(map(len, numbers))
        self.begin, self.end, self.unknown = (numbers[name] for name in (BEGIN, END, UNKNOWN))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read one piece a line, numbered from 0. Raises `Damage` when a needed one is missing."""
        lines = text.removesuffix("\n").split("\n")
        return cls({piece: number for number, piece in enumerate(lines)})

    def __len__(self) -> int:
        return max(self._numbers.values()) + 1

    def pieces(self, words: Sequence[str]) -> Pieces:
        """Cut words into pieces, `MOST_PIECES` at most."""
        ids: list[int] = []
        owners: list[int] = []
        for owner, word in enumerate(words):
            for number in self._of(word):
                if len(ids) == MOST_PIECES:
                    return Pieces(tuple(ids), tuple(owners))
                ids.append(number)
                owners.append(owner)
        return Pieces(tuple(ids), tuple(owners))

    def _of(self, word: str) -> Iterator[int]:
        # composed first: an accent of its own, as macOS writes some, would cut the word in two
        plain = unicodedata.normalize("NFC", word).translate(_APOSTROPHES)
        for match in _WORD.finditer(plain):
            yield from self._cut(_plain(match.group()[:LONGEST_WORD]))

    def _cut(self, plain: str) -> list[int]:
        """Take the longest known piece again and again; a rest without one makes all unknown."""
        numbers: list[int] = []
        start = 0
        while start < len(plain):
            mark = _INSIDE if start else ""
            for end in range(min(len(plain), start + self._longest), start, -1):
                number = self._numbers.get(mark + plain[start:end])
                if number is not None:
                    break
            else:
                return [self.unknown]
            numbers.append(number)
            start = end
        return numbers


def _plain(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word.lower())
    return "".join(c for c in decomposed if unicodedata.category(c) != _ACCENT)
