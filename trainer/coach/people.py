"""Who answered, who rated and who listened: told with the same words on every page of an answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from trainer.display import one_line
from trainer.store.types import AttemptRecord, SharedRound, StoredRating

LONGEST_NAME = 40
A_LISTENER = "a listener"


def speaker_of(record: AttemptRecord) -> str:
    """Return the name of who gave the answer; "" where that is the user."""
    shared = record.shared
    return _shown(shared.candidate) if shared and shared.role != "candidate" else ""


def name_of(record: AttemptRecord, stored: StoredRating) -> str:
    """Return what a rater is called; "" for the machine, the user, and who gave no name."""
    if stored.rating.rater == "peer":
        return _shown(stored.rater_name)
    return speaker_of(record) if stored.rating.rater == "self" else ""


def tell_by(rater: Literal["self", "peer"], name: str) -> str:
    """Return by whom something is: by you, by a name, or by a listener who gave none."""
    return "by you" if rater == "self" else f"by {_shown(name) or A_LISTENER}"


def listeners_of(record: AttemptRecord) -> tuple[str, ...]:
    """Return the names of all others who have rated an answer, each once, the first one first."""
    names = (_shown(one.rater_name) for one in record.ratings if one.rating.rater == "peer")
    return tuple(dict.fromkeys(name or A_LISTENER for name in names))


def comments_of(record: AttemptRecord) -> tuple[tuple[str, str], ...]:
    """Return what people wrote beside their marks, each one's newest, with what to call them."""
    found: dict[str, str] = {}
    for one in record.ratings:
        is_own = one.rating.rater == "self"
        who = name_of(record, one) or ("You" if is_own else A_LISTENER.capitalize())
        if one.comment.strip() and one.rating.rater != "machine":
            found.pop(who, None)
            found[who] = one.comment
    return tuple(found.items())


def describe_round(shared: SharedRound) -> str:
    """Return in sentences with whom a round was, and what the user did in it."""
    answered = "You" if shared.role == "candidate" else _shown(shared.candidate)
    asked = "you" if shared.role == "interviewer" else _shown(shared.interviewer)
    told = f"Round {shared.number} of a session. {answered} answered, {asked} asked"
    watched = [_shown(name) for name in shared.observers]
    if watched:
        told += f", {listed(watched)} watched"
    if shared.role == "candidate":
        return f"{told}."
    return f"{told}. “You” below is {answered}, who answered."


def listed(names: Sequence[str]) -> str:
    """Return names as people say them: Ann, Ben and Cat."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _shown(name: str) -> str:
    return one_line(name, LONGEST_NAME)
