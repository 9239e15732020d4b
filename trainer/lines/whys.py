"""Why a mark came out as it did, mark by mark, as lines of text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from trainer.lines.ratings import MARK_WORDS
from trainer.lines.text import wrapped

if TYPE_CHECKING:
    from trainer.analysis.explaining import FoundCue
    from trainer.analysis.types import Chances
    from trainer.coach.why import Explained, Explanation
    from trainer.transcript.types import Transcript

_COLUMN = 8
_INDENT = " " * _COLUMN


def why_json(explained: Explained, transcript: Transcript) -> dict[str, object]:
    """Return every explanation with its figures and in words."""
    return {
        "why": [_line_json(line, transcript) for line in explained.lines],
        "why_note": explained.note,
        "why_scorer": explained.scorer,
    }


def why_lines(explained: Explained) -> Iterator[str]:
    """Yield the explanations as lines for people."""
    yield ""
    yield "Why"
    if explained.note:
        yield from wrapped(explained.note)
    quiet = [line for line in explained.lines if len(explained.lines) > 1 and _is_quiet(line)]
    for line in explained.lines:
        if line in quiet:
            continue
        yield ""
        yield from wrapped(*_head(line))
        for sentence in line.sentences:
            yield from wrapped(sentence, _INDENT)
    if quiet:
        names = ", ".join(line.title for line in quiet)
        yield ""
        yield from wrapped(f"Not raised, and no words found: {names}.", "flags".ljust(_COLUMN))


def _is_quiet(line: Explanation) -> bool:
    """Tell whether a flag is not raised and there is nothing to say about it."""
    why = line.why
    return line.raised is False is why.raised and not why.cues and why.trained is None


def _head(line: Explanation) -> tuple[str, str]:
    if line.mark is not None:
        return line.title, MARK_WORDS[line.mark].ljust(_COLUMN)
    state = "raised" if line.raised else "not raised"
    return f"{line.title}: {state}", "flag".ljust(_COLUMN)


def _line_json(line: Explanation, transcript: Transcript) -> dict[str, object]:
    why = line.why
    example = why.example
    return {
        "kind": why.kind,
        "id": why.name,
        "title": line.title,
        "mark": None if line.mark is None else int(line.mark),
        "raised": line.raised,
        "now": int(why.raised or 0) if why.mark is None else int(why.mark),
        "cues": [_cue_json(cue, transcript) for cue in why.cues],
        "against": [_cue_json(cue, transcript) for cue in why.against],
        "reached": {"partly": round(why.reached[0], 3), "met": round(why.reached[1], 3)},
        "holds": list(why.holds),
        "most": None if why.mark is None else int(why.most),
        "trained": _chances_json(why.trained),
        "chances": _chances_json(why.chances),
        "needed": _chances_json(why.needed),
        "example": {
            "mark": example.mark,
            "quote": example.quote,
            "likeness": round(example.likeness, 3),
        }
        if example
        else None,
        "quotes": list(line.quotes),
        "says": list(line.sentences),
    }


def _cue_json(cue: FoundCue, transcript: Transcript) -> dict[str, object]:
    return {
        "cue": cue.cue,
        "quote": transcript.quote(cue.start, cue.end),
        "words": [cue.start, cue.end],
        "weight": round(cue.weight, 3),
        "general": cue.general,
        "guards": list(cue.guards),
    }


def _chances_json(chances: Chances | None) -> dict[str, float] | None:
    if chances is None:
        return None
    return {"partly": round(chances.partly, 3), "met": round(chances.met, 3)}
