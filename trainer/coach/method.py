"""How a rating was made, in words: by a trained reader and keywords, or by keywords alone."""

from __future__ import annotations

from dataclasses import dataclass

from trainer.analysis.types import Rater
from trainer.bank.types import Rubric


@dataclass(frozen=True, slots=True)
class Method:
    """`name` is short and begins with a capital; `note` says what to think of the marks.

    `is_named` where it begins with what a person is called.
    """

    name: str
    note: str
    is_named: bool = False

    @property
    def inside(self) -> str:
        """The name as it stands inside a line."""
        return self.name if self.is_named else self.name[:1].lower() + self.name[1:]


KEYWORDS = Method(
    "Keyword check",
    "This is a keyword check. It looks for words that often carry each point. "
    "It can miss a good answer in other words. Read the quotes and judge for yourself.",
)
TRAINED = Method(
    "Trained reader",
    "A trained reader gives these marks: a small program that learned from some 900 made-up "
    "answers and their marks. Keywords help it. It does not understand an answer as a person "
    "does, and it can be wrong. Read the quotes and judge for yourself.",
)
"""929 answers stand in `corpus/development.jsonl`, from which the encoder learned."""
OWN = Method(
    "Your own marks",
    "You gave these marks yourself, by the same checklist. The machine's stay as they are.",
)
LISTENER = Method(
    "A listener's marks",
    "A listener gave these marks, by the same checklist. The machine's stay as they are.",
)

_AND = "+"


def parts_of(scorer_version: str) -> tuple[str, ...]:
    """Return the parts of the scorer that a version names: keywords first, then the reader."""
    return tuple(scorer_version.split(_AND))


def method_of(
    scorer_version: str, rubric: Rubric, rater: Rater = "machine", name: str = ""
) -> Method:
    """Return how a rating by this version of the scorer, or by a person, was made.

    A version names the parts of the scorer with a plus between them: "cues-2+encoder-1". By a
    rubric that names no trained head, keywords rate alone in every version. `name` is that of the
    person who rated, where it is known and not the user's.
    """
    if rater != "machine":
        return _of_person(rater, name)
    return TRAINED if len(parts_of(scorer_version)) > 1 and rubric.heads else KEYWORDS


def _of_person(rater: Rater, name: str) -> Method:
    known = OWN if rater == "self" else LISTENER
    if not name:
        return known
    own, said = ("own marks", ", who answered,") if rater == "self" else ("marks", "")
    note = f"{name}{said} gave these marks, by the same checklist. The machine's stay as they are."
    return Method(f"{name}'s {own}", note, is_named=True)
