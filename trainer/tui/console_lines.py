"""What the interviewer's console says, line by line."""

from __future__ import annotations

from textual.content import Content

from trainer.coach.moments import MOMENT_SIGNS, MOMENT_WORDS
from trainer.display import clock_time, one_line, visible
from trainer.meeting.probing import Branch
from trainer.meeting.sheet import count
from trainer.peer.types import Asked, Moment, MomentKind

MARK_KEYS: dict[MomentKind, str] = {
    "good": "g",
    "filler": "f",
    "unclear": "u",
    "blame": "b",
    "long": "l",
}
NUMBERED = 9
"""Follow-ups that have a key of their own."""


def branch_line(number: int | None, branch: Branch) -> Content:
    """Return a follow-up: its key, None for who does not ask, when it fits, and its words."""
    key = "·" if number is None else f"{number}" if number <= NUMBERED else " "
    asked = ("✓ asked ", "bold $success") if branch.was_asked else ""
    return Content.assemble(
        (f"{key} ", "bold $primary"),
        asked,
        (one_line(branch.when), "$quiet"),
        (f"\n{one_line(branch.ask)}", "" if branch.was_asked else "bold"),
    )


def tally_line(kind: MomentKind, shown: tuple[Moment, ...]) -> Content:
    """Return how often something was marked, after its key and sign."""
    number = count(shown, kind)
    return Content.assemble(
        (f"{MARK_KEYS[kind].upper()} ", "bold $primary"),
        f"{MOMENT_SIGNS[kind]} {MOMENT_WORDS[kind].ljust(14)}",
        (f"{number:>3}", "bold" if number else "$quiet"),
    )


def made_line(moment: Moment, waiting: bool) -> Content:
    """Return a mark or note; `waiting` tells that the host has not kept it yet."""
    return Content.assemble(
        (f"{clock_time(moment.at_s):>5} ", "$quiet"),
        (f"{MOMENT_SIGNS[moment.kind]} ", "bold"),
        f"{one_line(moment.text) if moment.text else MOMENT_WORDS[moment.kind]}",
        (" waits" if waiting else "", "$quiet"),
    )


def about_question(asked: Asked) -> Content:
    """Return why a question is asked, what goes wrong often, and what all rate."""
    pieces: list[str | tuple[str, str]] = []
    if asked.intent:
        pieces += [("Why it is asked\n", "bold $primary"), f"{visible(asked.intent)}\n\n"]
    if asked.pitfalls:
        pieces += [("What goes wrong often\n", "bold $primary")]
        pieces += [f"· {one_line(pitfall)}\n" for pitfall in asked.pitfalls]
    if not pieces:
        pieces += [("A question of your own.", "$quiet")]
    if asked.form:
        pieces += [("\nWhat all rate afterwards\n", "bold $primary")]
        pieces += [f"· {one_line(line.title)}\n" for line in asked.form]
    return Content.assemble(*pieces)
