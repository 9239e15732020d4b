"""A first look at the banks: names and counts in a few milliseconds, before they are validated.

Home paints these at once, while the real loading (YAML, pydantic: 250 ms) runs behind it. Only
lines are read: a file in an unusual form is passed over here, and a bad one may be counted until
the real loading says what is wrong with it.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

MOST_BYTES = 1_000_000  # what the real loading refuses need not be looked at

_FIELD = r"^{name}:[ \t]+(?P<quote>[\"']?)(?P<value>[^\n]*?)(?P=quote)[ \t]*$"
_ID = re.compile(_FIELD.format(name="id"), re.MULTILINE)
_TITLE = re.compile(_FIELD.format(name="title"), re.MULTILINE)
_QUESTIONS = re.compile(r"^questions:[ \t]*\n(?P<items>(?:[ \t-].*\n?|\n)*)", re.MULTILINE)
_FIRST_ITEM = re.compile(r"^[ \t]*- ", re.MULTILINE)


class Glance(NamedTuple):
    """What a bank's file seems to hold."""

    id: str
    title: str
    questions: int
    yours: bool


def look(shipped: Path, yours: Path) -> tuple[Glance, ...]:
    """Return a glance at each bank by title; the user's stand in for shipped ones of their id."""
    found: dict[str, Glance] = {}
    for folder, is_yours in ((shipped, False), (yours, True)):
        for path in sorted((*folder.glob("*.yaml"), *folder.glob("*.yml"))):
            glance = _look_at(path, is_yours)
            if glance:
                found[glance.id] = glance
    return tuple(sorted(found.values(), key=lambda glance: glance.title.casefold()))


def _look_at(path: Path, is_yours: bool) -> Glance | None:
    try:
        if not path.is_file() or path.stat().st_size > MOST_BYTES:
            return None
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError):
        return None
    identifier, title, questions = (p.search(text) for p in (_ID, _TITLE, _QUESTIONS))
    if not (identifier and title and questions):
        return None
    items = questions["items"]
    first = _FIRST_ITEM.search(items)
    count = len(re.findall(f"^{first.group()}", items, re.MULTILINE)) if first else 0
    return Glance(identifier["value"], title["value"], count, is_yours)
