"""What the doctor finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

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
