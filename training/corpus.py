"""Marked answers and the heads that they have marks for. Needs no PyTorch."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

CORPUS = Path(__file__).parents[1] / "corpus" / "development.jsonl"
KINDS = (
    *("case", "closing", "deflection", "fit"),
    *("motivation", "ownership", "situational", "star"),
)
_SHARING = {"teamwork": "star", "resilience": "star"}  # these extend star, and share its heads


@dataclass(frozen=True, slots=True)
class Answer:
    """A marked answer. `marks` has 0, 1, 2 or None, `flags` true, false or None; see corpus/."""

    id: str
    author: str
    rubric: str
    question: str
    text: str
    adversarial: bool
    marks: dict[str, int | None]
    flags: dict[str, bool | None]
    quotes: dict[str, list[str]]
    flag_quotes: dict[str, list[str]]

    @property
    def family(self) -> str:
        """The family of rubrics that share heads."""
        return _SHARING.get(self.rubric, self.rubric)


@dataclass(frozen=True, slots=True)
class Head:
    """A criterion or a flag of a family of rubrics."""

    family: str
    id: str
    is_flag: bool

    @property
    def name(self) -> str:
        """How rubrics and the manifest name it."""
        return f"{self.family}/{self.id}"

    def mark(self, answer: Answer) -> int | None:
        """Return the answer's mark, 0 to 2 (a flag is 0 or 2); None where it has none."""
        if answer.family != self.family:
            return None
        if not self.is_flag:
            return answer.marks.get(self.id)
        raised = answer.flags.get(self.id)
        return None if raised is None else 2 * raised

    def quotes(self, answer: Answer) -> list[str]:
        """Return the words that raters quoted for it."""
        held = answer.flag_quotes if self.is_flag else answer.quotes
        return held.get(self.id, [])


def read_answers(*files: Path) -> tuple[Answer, ...]:
    """Read files of the corpus."""
    return tuple(
        _answer(json.loads(line))
        for file in files
        for line in file.read_text(encoding="utf-8").splitlines()
    )


def find_heads(answers: Iterable[Answer]) -> tuple[Head, ...]:
    """Return a head for every criterion, then one for every flag, that occurs; each by name."""
    found: set[Head] = set()
    for answer in answers:
        found.update(Head(answer.family, name, False) for name in answer.marks)
        found.update(Head(answer.family, name, True) for name in answer.flags)
    return tuple(sorted(found, key=lambda head: (head.is_flag, head.family, head.id)))


def by_others(
    answers: Sequence[Answer], authors: Iterable[str]
) -> tuple[tuple[Answer, ...], tuple[Answer, ...]]:
    """Return the answers of all but `authors`, and those of `authors`."""
    names = set(authors)
    return (
        tuple(answer for answer in answers if answer.author not in names),
        tuple(answer for answer in answers if answer.author in names),
    )


def _answer(row: dict[str, object]) -> Answer:
    fields = {name: row[name] for name in ("id", "author", "rubric", "question", "text")}
    return Answer(
        **fields,  # type: ignore[arg-type]
        adversarial=row["kind"] != "plain",
        **{name: row.get(name, {}) for name in ("marks", "flags", "quotes", "flag_quotes")},  # type: ignore[arg-type]
    )
