"""The places of an answer where cues were found, and what became of them, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trainer.analysis.explaining import FoundCue
from trainer.analysis.guards import Guard
from trainer.display import one_line
from trainer.transcript.types import Transcript

_REASONS = {
    Guard.PLANNED: "it is planned, not done",
    Guard.SOMEBODY_ELSE: "it is about somebody else",
    Guard.TOLD_AS_WE: 'it is told as "we"',
    Guard.NOBODY: "it is not said who did it",
    Guard.DENIED: "it is said not to be so",
    Guard.LISTED: "it stands in a list, not in a sentence",
    Guard.REPEATED: "it only repeats the question or words before it",
    Guard.OVERRULED: "other words beside it give it another meaning",
    Guard.ALONE: "it counts only beside other words for this point",
    Guard.ELSEWHERE: "the answer sounds like one to another kind of question",
    Guard.OUT_OF_PLACE: "it comes too early or too late in the answer",
}
_MILD = frozenset({Guard.TOLD_AS_WE, Guard.NOBODY})
_MOST_PLACES = {"Found": 4, "Counted less": 3, "Counted little": 3, "Did not count": 3}
_GAP_WORDS = 4  # between cues that are told as one place
_LONGEST_WORDS = 25


@dataclass(frozen=True, slots=True)
class Place:
    """Words `start` to `end` (half-open) with cues that stand together and fared alike."""

    start: int
    end: int
    weight: float
    names: tuple[str, ...]
    guards: tuple[Guard, ...]
    general: bool


def tell_places(cues: Sequence[FoundCue], transcript: Transcript) -> Iterator[str]:
    """Yield a sentence for every place where cues were found: what counted most comes first.

    Of many places that fared alike only the first are told, and how many more there are.
    """
    for verb, most in _MOST_PLACES.items():
        places = _joined([cue for cue in cues if _verb(cue) == verb], transcript)
        for place in places[:most]:
            yield f"{verb}: {_told(place, transcript)}."
        more = len(places) - most
        if more > 0:
            yield f"{verb} in {more} more {'place' if more == 1 else 'places'}."


def readable(cue: str) -> str:
    """Return a cue's id as words: "own_cause" is "own cause"."""
    return cue.replace("_", " ").replace("-", " ")


def _verb(cue: FoundCue) -> str:
    if cue.weight == 0.0:
        return "Did not count"
    if not cue.guards:
        return "Found"
    return "Counted less" if _MILD.issuperset(cue.guards) else "Counted little"


def _joined(cues: Sequence[FoundCue], transcript: Transcript) -> list[Place]:
    """Return cues as places, the strongest first: neighbours that fared alike are one."""
    places: list[Place] = []
    for cue in sorted(cues, key=lambda cue: (cue.start, cue.end)):
        here = Place(cue.start, cue.end, cue.weight, (readable(cue.cue),), cue.guards, cue.general)
        if places and _goes_on(places[-1], here, transcript):
            places[-1] = _both(places[-1], here)
        else:
            places.append(here)
    # what counts only beside other words is mostly chance, so it is told last
    return sorted(places, key=lambda p: (-p.weight, Guard.ALONE in p.guards, p.start))


def _goes_on(last: Place, here: Place, transcript: Transcript) -> bool:
    if (last.guards, last.general) != (here.guards, here.general):
        return False
    if here.start > last.end + _GAP_WORDS or here.end - last.start > _LONGEST_WORDS:
        return False
    between = transcript.words[last.end - 1 : here.start]
    return not any(
        transcript.text[word.start : word.end].endswith(tuple(".!?")) for word in between
    )


def _both(last: Place, here: Place) -> Place:
    return Place(
        last.start,
        max(last.end, here.end),
        last.weight + here.weight,
        last.names + here.names,
        last.guards,
        last.general,
    )


def _told(place: Place, transcript: Transcript) -> str:
    end = min(place.end, place.start + _LONGEST_WORDS)
    quote = one_line(transcript.quote(place.start, end))
    names = ", ".join(dict.fromkeys(place.names))
    partly = "; for partly only" if place.general else ""
    reasons = " and ".join(_REASONS[guard] for guard in place.guards)
    return f'"{quote}" ({names}{partly})' + (f", because {reasons}" if reasons else "")
