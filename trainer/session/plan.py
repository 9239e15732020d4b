"""The plan of a practice: which questions, in which order and wording."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from trainer.bank.types import Question


@dataclass(frozen=True, slots=True)
class Item:
    """A question to ask, in the wording to ask it in."""

    bank_id: str
    question: Question
    wording: str


def draw(
    pool: Sequence[tuple[str, Question]],
    count: int,
    random: Random,
    times_asked: dict[str, int] | None = None,
) -> tuple[Item, ...]:
    """Draw up to `count` questions from `pool` (bank id, question), each at most once.

    Questions asked less often come first (`times_asked` by question id); among equals the order
    is random. The first meeting with a question uses its prompt, later ones any wording.
    """
    asked = times_asked or {}
    order = sorted(pool, key=lambda entry: (asked.get(entry[1].id, 0), random.random()))
    return tuple(
        Item(bank_id, question, _wording(question, asked.get(question.id, 0), random))
        for bank_id, question in order[:count]
    )


def other_wording(question: Question, wording: str) -> str:
    """Return the wording that follows `wording` in the question's list, round and round."""
    wordings = question.all_wordings
    at = wordings.index(wording) if wording in wordings else -1
    return wordings[(at + 1) % len(wordings)]


def _wording(question: Question, asked: int, random: Random) -> str:
    return question.prompt if asked == 0 else random.choice(question.all_wordings)
