"""Likely corrections of heard words, as JSON and as lines. They are never applied."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from trainer.display import clock_time, one_line
from trainer.lines.text import wrapped

if TYPE_CHECKING:
    from trainer.transcript.likely import Likely
    from trainer.transcript.types import Transcript


def find_corrections(transcript: Transcript) -> tuple[Likely, ...]:
    """Return what could have been said, by the shipped terms and the user's own."""
    from trainer.catalogue import open_catalogue
    from trainer.paths import find_home
    from trainer.suggestions import Suggestions

    if not transcript.words:
        return ()
    return Suggestions(find_home(), open_catalogue().library).find(transcript)


def corrections_json(transcript: Transcript, found: Sequence[Likely]) -> list[dict[str, object]]:
    """Return them, the most alike first."""
    return [
        {
            "term": likely.text,
            "kind": likely.term.kind,
            "likeness": round(likely.likeness, 3),
            "heard": transcript.quote(likely.start, likely.end),
            "words": [likely.start, likely.end],
            "start_s": transcript.words[likely.start].start_s,
            "end_s": transcript.words[likely.end - 1].end_s,
        }
        for likely in found
    ]


def correction_lines(transcript: Transcript, found: Sequence[Likely]) -> Iterator[str]:
    """Yield them as lines for people, in the order of the text."""
    for likely in sorted(found, key=lambda one: one.start):
        heard = one_line(transcript.quote(likely.start, likely.end), 40)
        at_s = transcript.words[likely.start].start_s or 0.0
        yield from wrapped(f"Perhaps {one_line(likely.text)} for “{heard}” at {clock_time(at_s)}.")
