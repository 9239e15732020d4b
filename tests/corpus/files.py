"""The files of marked answers as plain rows, and what is shared between authors."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).parents[2] / "corpus"
SHARED = "SHARED.tsv"
HASHES = "SHA256SUMS"
RUN = 8
"""Words in a row that two authors who did not see each other should not have in common."""

FAMILY = {"teamwork": "star", "resilience": "star"}
_WORD = re.compile(r"[a-z0-9']+")

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, order=True)
class Shared:
    """Two answers, by their ids, and the longest run of words that both have."""

    one: str
    other: str
    words: int


def splits() -> tuple[Path, ...]:
    """Return the files of answers by name."""
    return tuple(sorted(CORPUS.glob("*.jsonl")))


@cache
def rows(file: Path) -> tuple[Row, ...]:
    """Return the answers of a file in its order."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return tuple(json.loads(line) for line in lines)


def every_row() -> tuple[Row, ...]:
    """Return the answers of all files."""
    return tuple(row for file in splits() for row in rows(file))


def flag_head(rubric: str, flag: str) -> str:
    """Return the flag with its family: `blame` of a story is not that of an exam."""
    return f"{FAMILY.get(rubric, rubric)}/{flag}"


def shared_runs(answers: Iterable[Row]) -> Iterator[Shared]:
    """Yield each pair of answers by two authors that share `RUN` words in a row, by their ids."""
    places: dict[tuple[str, ...], list[int]] = {}
    said = [(row, _words(row["text"])) for row in answers]
    for number, (_, words) in enumerate(said):
        for run in dict.fromkeys(_runs(words, RUN)):
            places.setdefault(run, []).append(number)
    pairs = {pair for found in places.values() for pair in combinations(found, 2)}
    shared = []
    for first, second in pairs:
        (one, words), (other, others) = said[first], said[second]
        if one["author"] != other["author"]:
            ids = sorted((one["id"], other["id"]))
            shared.append(Shared(ids[0], ids[1], _longest(words, others)))
    yield from sorted(shared)


def known_runs() -> tuple[Shared, ...]:
    """Return the pairs that are listed beside the answers."""
    lines = (CORPUS / SHARED).read_text(encoding="utf-8").splitlines()[1:]
    parts = [line.split("\t") for line in lines]
    return tuple(Shared(one, other, int(words)) for one, other, words in parts)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower().replace("\u2019", "'"))


def _runs(words: list[str], length: int) -> Iterator[tuple[str, ...]]:
    return (tuple(words[at : at + length]) for at in range(len(words) - length + 1))


def _longest(words: list[str], others: list[str]) -> int:
    length = RUN
    while not {*_runs(words, length + 1)}.isdisjoint(_runs(others, length + 1)):
        length += 1
    return length
