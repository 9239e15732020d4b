"""The story of an answer as JSON and as lines of text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from trainer.coach.storyline import Storyline
from trainer.lines.text import wrapped

_LABEL = "Story:    "


def story_json(storyline: Storyline | None) -> dict[str, object] | None:
    """Return a story: its parts and all that rests on them, and the same as `lines`.

    Words are half-open indices, shares lie in 0..1, and what was brought up unasked is quoted.
    """
    if storyline is None:
        return None
    return {
        **asdict(storyline.story),
        "volunteered": storyline.volunteered,
        "repeated": storyline.repeated,
        "lines": list(storyline.lines),
    }


def story_lines(storyline: Storyline | None) -> Iterator[str]:
    """Yield a story as lines for people."""
    for number, line in enumerate(storyline.lines if storyline else ()):
        yield from wrapped(line, _LABEL if number == 0 else " " * len(_LABEL))
