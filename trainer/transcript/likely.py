"""What was perhaps said where a recogniser was unsure: terms that sound like what it wrote.

A recogniser has no names of drugs, cities and exams in its vocabulary, or too few, and writes
common words in their place: "met form in" for metformin. What is found here is only offered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from trainer.bank.types import Term
from trainer.transcript.correction import UNSURE_BELOW
from trainer.transcript.pronunciation import letter_sounds, sounds_of
from trainer.transcript.sounds_alike import Finder, likeness, weight_of
from trainer.transcript.types import Transcript, Word

MOST = 6
"""Suggestions for one answer: a longer list is not read."""

MOST_WORDS = 5

# How alike a term must sound, by the weight of its sounds: short words are alike by chance.
# BASE + SLOPE / weight, more for one word alone, more the more of the words were heard surely, and
# more in a rough draft, where every word is looked at.
# Chosen with `benchmarks.corrections`, on those of its mishearings and texts that are for tuning.
BASE = 0.55
SLOPE = 0.7
ALONE = 0.08
SURE = 0.04
ROUGH = 0.07
_RELATED = 5  # letters at the beginning: "residence" was not misheard for "residency"

_SPACES = re.compile(r"[\s\-/]+")
_EDGES = re.compile(r"^\W+|\W+$")
_MOST_LETTERS = 5  # of a word in capitals that is said letter by letter


@dataclass(frozen=True, slots=True)
class Likely:
    """That words `start` to `end` (half-open) could be `term`, and `text` to put in their place.

    `likeness` goes from 0 to 1: the same sounds.
    """

    start: int
    end: int
    term: Term
    text: str
    likeness: float


def find_likely(
    transcript: Transcript, terms: Sequence[Term], limit: int = MOST
) -> tuple[Likely, ...]:
    """Return which terms were perhaps said, at most `limit`, the most alike first.

    Each replaces one to five heard words, of which one at least is unsure: of the built-in
    recogniser's every one. They never overlap, and none stands where a term is written already.
    Earlier terms win where two sound the same. Nothing is found in words without confidences.
    """
    words = [_heard(transcript, word) for word in transcript.words]
    doubtful = [
        word.confidence is not None
        and (word.confidence < UNSURE_BELOW or transcript.source == "builtin")
        for word in transcript.words
    ]
    if not terms or not any(doubtful):
        return ()
    vocabulary = _vocabulary(tuple(terms))
    open_words = [
        word.confidence is not None and not taken
        for word, taken in zip(transcript.words, vocabulary.written_in(words), strict=True)
    ]
    stretches = list(_stretches(doubtful, open_words))
    found = vocabulary.find(words, doubtful, stretches, transcript.source == "builtin")
    chosen: list[Likely] = []
    for _, likely in sorted(found, key=lambda pair: -pair[0]):
        if all(likely.end <= other.start or other.end <= likely.start for other in chosen):
            chosen.append(likely)
    best = sorted(chosen, key=lambda likely: (-likely.likeness, likely.start))[:limit]
    return tuple(
        replace(one, text=one.text + _punctuation(transcript, one.end - 1)) for one in best
    )


def needed(weight: float, words: int, sure_share: float) -> float:
    """Return how alike a term of this weight must sound to be offered for so many words."""
    return BASE + SLOPE / weight + ALONE * (words == 1) + SURE * sure_share


@dataclass(frozen=True, slots=True)
class _Form:
    """One way to say a term."""

    term: Term
    sounds: str
    weight: float


class _Vocabulary:
    """Terms made ready to be looked for."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self._forms = [
            _Form(term, sounds, weight_of(sounds))
            for term in terms
            for sounds in dict.fromkeys(map(_form_sounds, term.said or (term.text,)))
            if sounds
        ]
        self._finder = Finder([(form.sounds, needed(form.weight, 2, 0)) for form in self._forms])
        self._written: dict[str, list[tuple[str, ...]]] = {}
        for term in terms:
            plain = tuple(_plain(term.text).split())
            if plain:
                self._written.setdefault(plain[0], []).append(plain)

    def written_in(self, words: Sequence[str]) -> list[bool]:
        """Tell of each word whether it belongs to a term that stands there."""
        taken = [False] * len(words)
        plain = [_plain(word) for word in words]
        for at, word in enumerate(plain):
            for term in self._written.get(word.split(" ")[0], ()):
                end = at
                joined: list[str] = []
                while len(joined) < len(term) and end < len(plain):
                    joined += plain[end].split()
                    end += 1
                if tuple(joined) == term:
                    taken[at:end] = [True] * (end - at)
        return taken

    def find(
        self,
        words: Sequence[str],
        doubtful: Sequence[bool],
        stretches: Sequence[tuple[int, int]],
        rough: bool,
    ) -> Iterator[tuple[float, Likely]]:
        """Yield what could stand in one of the stretches, and by how much it fits.

        What fits is how far a likeness is above the one needed.
        """
        places = [(at, first) for first, last in stretches for at in range(first, last)]
        sounds = {at: "".join(map(sounds_of, words[at].split())) for at, _ in places}
        ends = self._finder.find([sounds[at] for at, _ in places], MOST_WORDS)
        for number, place in sorted(ends):  # it may begin in an earlier stretch: then it is none
            form, (ending, first) = self._forms[number], places[place]
            for start in range(ending, max(first, ending - MOST_WORDS + 1) - 1, -1):
                end, count = ending + 1, ending + 1 - start
                unsure = sum(doubtful[start:end])
                if not unsure or not sounds[start]:
                    continue
                alike = likeness(form.sounds, "".join(sounds[at] for at in range(start, end)))
                surplus = alike - needed(form.weight, count, 1 - unsure / count) - ROUGH * rough
                if surplus >= 0 and not _related(words[start:end], form.term.text):
                    yield surplus, Likely(start, end, form.term, form.term.text, alike)


@lru_cache(maxsize=4)
def _vocabulary(terms: tuple[Term, ...]) -> _Vocabulary:
    return _Vocabulary(terms)


def _form_sounds(text: str) -> str:
    """Return the sounds of a term: capitals and single letters are said as letters."""
    return "".join(
        letter_sounds(part)
        if len(part) == 1 or (part.isupper() and len(part) <= _MOST_LETTERS)
        else sounds_of(part)
        for part in _SPACES.split(text)
    )


def _stretches(doubtful: Sequence[bool], usable: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Yield where to look (half-open): doubtful words and the usable ones next to them."""
    near = [False] * len(doubtful)
    for at, is_doubtful in enumerate(doubtful):
        if is_doubtful:
            first, last = max(0, at - MOST_WORDS + 1), min(len(near), at + MOST_WORDS)
            near[first:last] = [True] * (last - first)
    begin = 0
    for at, looked in enumerate([*map(all, zip(near, usable, strict=True)), False]):
        if not looked:
            if begin < at:
                yield begin, at
            begin = at + 1


def _heard(transcript: Transcript, word: Word) -> str:
    return word.said or transcript.text[word.start : word.end]


def _plain(text: str) -> str:
    return " ".join(_EDGES.sub("", part).casefold() for part in _SPACES.split(text))


def _related(words: Sequence[str], term: str) -> bool:
    """Whether the words are one that begins as the term does: another form of it, not misheard."""
    plain, wanted = _plain(words[0]), _plain(term)
    return len(words) == 1 and plain[:_RELATED] == wanted[:_RELATED]


def _punctuation(transcript: Transcript, index: int) -> str:
    word = transcript.words[index]
    shown = transcript.text[word.start : word.end]
    return shown[len(shown.rstrip(".,;:!?")) :]
