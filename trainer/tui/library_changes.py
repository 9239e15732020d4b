"""What is done to an answer of the history, and what is said of it afterwards.

Everything here is stored at once, so that it is called in a thread. It raises `TrainerError` where
it cannot be stored.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from trainer.tui import library_lines

if TYPE_CHECKING:
    from trainer.services import Services
    from trainer.store.types import Attempt

_NOTHING_TO_UNDO = "There is no deletion to take back."


@dataclass(frozen=True, slots=True)
class Change:
    """Something was stored: what to say of it, and the attempt to which the cursor is to go."""

    said: str
    at: str | None = None


def star(services: Services, attempt: Attempt) -> Change:
    """Star an attempt, or take its star away."""
    starred = not attempt.starred
    services.annotations.star(attempt.id, starred=starred)
    return Change("Starred." if starred else "Not starred any more.", attempt.id)


def tag(services: Services, attempt_id: str, names: Sequence[str]) -> Change:
    """Give an attempt these tags and no others."""
    kept = services.annotations.set_tags(attempt_id, names)
    return Change(f"Tags: {', '.join(kept)}." if kept else "It has no tags now.", attempt_id)


def delete(services: Services, attempt_id: str) -> Change:
    """Delete an attempt with its follow-ups; the cursor stays in its row."""
    return Change(library_lines.deleted(services.delete(attempt_id)))


def undo(services: Services) -> Change:
    """Bring back what was deleted last."""
    found = services.undo_delete()
    return Change("It is back." if found else _NOTHING_TO_UNDO, found)
