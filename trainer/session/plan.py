"""The plan of a practice: which questions, in which order and wording."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from trainer.bank.types import Bank, Question

# A follow-up wants a short answer (20 to 30 s) and no preparation.
FOLLOW_UP_ANSWER_S = (20, 30)

IMPROVISED = "improvised"
"""Stands for the bank of a question that somebody made up in a session with others."""

OF_A_SESSION = "A question of a session"
"""What stands where the title of such a bank would."""


@dataclass(frozen=True, slots=True)
class Item:
    """A question to ask, in the wording to ask it in.

    A follow-up names the attempt it belongs to (`probe_of`) and the criterion it asks for.
    """

    bank_id: str
    bank_title: str
    question: Question
    wording: str
    probe_of: str | None = None
    criterion_id: str | None = None

    @property
    def prepare_s(self) -> int:
        """Preparation time in seconds."""
        return 0 if self.probe_of else self.question.prepare_s

    @property
    def answer_s(self) -> tuple[int, int]:
        """Lower and upper answer time in seconds."""
        return FOLLOW_UP_ANSWER_S if self.probe_of else self.question.answer_s

    def reworded(self) -> Item:
        """Return the same question in its next wording, round and round."""
        wordings = self.question.all_wordings
        at = wordings.index(self.wording) if self.wording in wordings else -1
        return replace(self, wording=wordings[(at + 1) % len(wordings)])

    def follow_up(self, attempt_id: str, criterion_id: str, probe: str) -> Item:
        """Return the item that asks `probe` about the attempt."""
        return replace(self, wording=probe, probe_of=attempt_id, criterion_id=criterion_id)


@dataclass(frozen=True, slots=True)
class Run:
    """A practice under way: its items in order and which of them is asked now."""

    session_id: str
    items: tuple[Item, ...]
    index: int = 0

    @property
    def item(self) -> Item:
        """The item that is asked now."""
        return self.items[self.index]

    @property
    def is_last(self) -> bool:
        """Whether no item follows."""
        return self.index + 1 >= len(self.items)

    def next(self) -> Run:
        """Return the run at its next item. Raises `IndexError` after the last."""
        if self.is_last:
            raise IndexError("the practice has no further question")
        return replace(self, index=self.index + 1)

    def with_item(self, item: Item) -> Run:
        """Return the run with `item` in the place of the one that is asked now."""
        items = (*self.items[: self.index], item, *self.items[self.index + 1 :])
        return replace(self, items=items)


def draw(
    pool: Sequence[tuple[Bank, Question]],
    count: int,
    random: Random,
    times_asked: dict[str, int] | None = None,
) -> tuple[Item, ...]:
    """Draw up to `count` questions from `pool`, each at most once.

    Questions asked less often come first (`times_asked` by question id); among equals the order
    is random. The first meeting with a question uses its prompt, later ones any wording.
    """
    asked = times_asked or {}
    order = sorted(pool, key=lambda entry: (asked.get(entry[1].id, 0), random.random()))
    return tuple(
        Item(bank.id, bank.title, question, _wording(question, asked.get(question.id, 0), random))
        for bank, question in order[:count]
    )


def _wording(question: Question, asked: int, random: Random) -> str:
    return question.prompt if asked == 0 else random.choice(question.all_wordings)
