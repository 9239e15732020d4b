"""What the doctor finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from trainer.display import one_line

State = Literal["ok", "missing", "broken"]
Group = Literal["practice", "voice"]

# The groups in the order in which they are shown, with their headings.
GROUPS: dict[Group, str] = {
    "practice": "Practice by keyboard",
    "voice": "Practice by voice",
}


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at.

    `detail` says what was found. `remedy` says what mends it, with the exact command where there
    is one; it is empty when all is well.
    """

    id: str
    title: str
    state: State
    detail: str
    remedy: str = ""
    group: Group = "practice"


def voice_check(
    id: str,  # noqa: A002
    title: str,
    state: State,
    detail: str,
    remedy: str = "",
) -> Check:
    """Return a check of what speaking needs; `detail` may come from a library or a device."""
    return Check(id, title, state, one_line(detail), remedy, "voice")
