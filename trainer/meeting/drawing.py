"""Rounds to come, made of the questions of this home's banks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from trainer.bank.types import Library
from trainer.errors import UsageError
from trainer.peer.planning import asked_of, interview_day, new_id, take_turns
from trainer.peer.types import Asked, Planned
from trainer.session.plan import Item


def asked_items(library: Library, items: Sequence[Item]) -> tuple[Asked, ...]:
    """Return drawn questions as they are asked in a session, each in the wording drawn."""
    return tuple(replace(_asked(library, item.question.id), prompt=item.wording) for item in items)


def one_round(library: Library, question_id: str, candidate: str, interviewer: str) -> Planned:
    """Return a round with a question that somebody chose. Raises `UsageError` for none of ours."""
    asked = _asked(library, question_id)
    return Planned(new_id(), candidate, interviewer, asked, asked.bank_title)


def open_round() -> Planned:
    """Return a round whose question is chosen, and whose seats are looked at, when it begins."""
    return Planned(new_id())


def turns(library: Library, items: Sequence[Item], first: str, second: str) -> tuple[Planned, ...]:
    """Return rounds in which two people answer in turn, `first` first."""
    return take_turns(asked_items(library, items), (first, second))


def day(
    library: Library, items: Sequence[Item], candidate: str, interviewers: Sequence[str], each: int
) -> tuple[Planned, ...]:
    """Return a day of interviews with one candidate; each of the others asks `each` questions."""
    return interview_day(candidate, interviewers, asked_items(library, items), each)


def _asked(library: Library, question_id: str) -> Asked:
    found = library.find(question_id)
    if found is None:
        raise UsageError("This question is not in your banks any more.", "Choose another one.")
    bank, question = found
    return asked_of(bank, question, library.rubrics.get(question.rubric or ""))
