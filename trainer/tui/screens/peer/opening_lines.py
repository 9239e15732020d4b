"""What the ways into a session say, and what may be written there."""

from __future__ import annotations

from textual.content import Content

from trainer.config import LONGEST_NAME
from trainer.display import one_line, visible
from trainer.lines.attempts import when
from trainer.meeting.types import KeptSession


def kept_lines(kept: KeptSession) -> tuple[str, str]:
    """Return a session that was left in two lines."""
    if kept.problem:
        return "A session that cannot be gone on with", kept.problem
    names = ", ".join(one_line(name, 18) for name in kept.names)
    title = one_line(kept.title, 40) or names or "A session"
    rounds = "1 round" if kept.rounds == 1 else f"{kept.rounds} rounds"
    way = "on one keyboard" if kept.on_one_keyboard else "others join again with the same code"
    parts = [when(kept.created_at), rounds, way]
    if kept.title:
        parts.insert(1, names)
    if kept.in_use:
        parts[-1] = "open in another window"
    elif kept.ended:
        parts[-1] = "over, not kept by all yet"
    return f"Go on: {title}", " · ".join(parts)


def option(title: str, about: str) -> Content:
    """Return a line to choose, and what it is about below it."""
    return Content.assemble((visible(title), "bold"), f"\n  {visible(about)}")


def names_in(line: str) -> list[str]:
    """Return the names that somebody wrote with commas between."""
    return [name for name in (one_line(part) for part in line.split(",")) if name]


def name_problem(line: str) -> str:
    """Return what is wrong with a name, or nothing."""
    if not one_line(line):
        return "Write a name first."
    long = f"A name has {LONGEST_NAME} letters at most."
    return long if len(one_line(line)) > LONGEST_NAME else ""


def names_problem(line: str) -> str:
    """Return what is wrong with names, or nothing."""
    names = names_in(line)
    problems = [name_problem(name) for name in names]
    return next(filter(None, problems), "") if names else "Write a name first."


def code_problem(line: str) -> str:
    """Return nothing. Raises `UsageError` for what can be no code."""
    from trainer.peer.code import Code

    Code.read(line)
    return ""
