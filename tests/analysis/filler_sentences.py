"""Sentences in which fillers stand in brackets, and how far the program finds just these."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from trainer.analysis.spoken_fillers import find_fillers
from trainer.analysis.tokens import read
from trainer.analysis.types import UM
from trainer.transcript.types import Transcript

FOLDER = Path(__file__).parent / "fillers"
PHRASES = (
    "like",
    "you know",
    "i mean",
    "sort of",
    "kind of",
    "basically",
    "actually",
    "so",
    "well",
)
_PHRASE = re.compile(rf"\b(?:{'|'.join(PHRASES)})\b")


@dataclass(frozen=True, slots=True)
class Verdict:
    """One place where a filler could stand, in a sentence: what is true, and what was found.

    `found` is None where nothing was found, else whether that was sure.
    """

    sentence: str
    what: str
    true: bool
    found: bool | None


def verdicts(name: str) -> list[Verdict]:
    """Return every place of the sentences in `name`.txt."""
    lines = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [one for line in lines if not line.startswith("#") for one in _verdicts(line)]


def _verdicts(line: str) -> list[Verdict]:
    sentence = line.replace("[", "").replace("]", "")
    true = _places(line)
    reading = read(Transcript.typed(sentence))
    found = {
        (f.what, sum(1 for g in reading.tokens[: f.start])): f.sure
        for f in find_fillers(Transcript.typed(sentence), reading)
        if f.what != UM
    }
    counts: dict[str, int] = {}
    given: dict[tuple[str, int], bool] = {}
    for (what, _), sure in sorted(found.items(), key=lambda item: item[0][1]):
        given[what, _nth(reading.tokens, what, _)] = sure
    verdict = []
    for match in _PHRASE.finditer(sentence.lower()):
        number = counts.get(match[0], 0)
        counts[match[0]] = number + 1
        verdict.append(
            Verdict(line, match[0], (match[0], number) in true, given.get((match[0], number)))
        )
    return verdict


def _places(line: str) -> set[tuple[str, int]]:
    """Return which occurrence of which phrase stands in brackets."""
    counts: dict[str, int] = {}
    true = set()
    for match in re.finditer(rf"(\[)?\b({'|'.join(PHRASES)})\b(\])?", line.lower()):
        number = counts.get(match[2], 0)
        counts[match[2]] = number + 1
        if match[1]:
            true.add((match[2], number))
    return true


def _nth(tokens: tuple[str, ...], what: str, at: int) -> int:
    words = tuple(what.split())
    return sum(tokens[k : k + len(words)] == words for k in range(at))


@dataclass(frozen=True, slots=True)
class Measure:
    """Precision and recall of what is sure, and of all that is possible."""

    positives: int
    negatives: int
    precision: float
    recall: float
    possible_precision: float
    possible_recall: float


def measure(places: list[Verdict]) -> Measure:
    """Return the figures over all places."""
    positives = sum(v.true for v in places)
    sure = [v for v in places if v.found]
    possible = [v for v in places if v.found is not None]
    return Measure(
        positives,
        len(places) - positives,
        sum(v.true for v in sure) / len(sure),
        sum(v.true for v in sure) / positives,
        sum(v.true for v in possible) / len(possible),
        sum(v.true for v in possible) / positives,
    )
