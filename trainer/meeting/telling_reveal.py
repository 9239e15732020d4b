"""What a revealed round tells, in plain sentences."""

from __future__ import annotations

from collections.abc import Mapping

from trainer.analysis.types import FillerCount
from trainer.coach.remarks import REMARKS
from trainer.display import one_line
from trainer.meeting.revealing import FillerTally, Part, RevealedRound
from trainer.peer.types import MACHINE, PersonId, SessionView

PART_WORDS: Mapping[Part, str] = {
    "candidate": "answered",
    "interviewer": "asked",
    "observer": "watched",
    "machine": "",
}
_LONGEST_NAME = 40


def names_in(view: SessionView, *, says_you: bool = True) -> dict[PersonId, str]:
    """Return what to call everybody and the machine; whose view it is, is "You" unless not wanted.

    On one keyboard several look at the same screen: nobody is "You" there.
    """
    names = {one.id: one_line(one.name, _LONGEST_NAME) for one in view.participants}
    return names | ({view.you: "You"} if says_you else {}) | {MACHINE: "Machine"}


def tell_marks_given(revealed: RevealedRound) -> str:
    """Return in a sentence how far the marks agree."""
    if not revealed.lines:
        return "This question had no form: there are notes only."
    count = len(revealed.columns)
    if count == 0:
        return "Nobody gave marks in this round."
    if count == 1:
        return "Only one gave marks: there is nothing to compare."
    points = "1 point" if len(revealed.lines) == 1 else f"{len(revealed.lines)} points"
    if not revealed.differing:
        return f"All {count} gave the same marks for {points}."
    return f"The marks differ in {revealed.differing} of {points}. Talk about these first."


def tell_machine(revealed: RevealedRound) -> str:
    """Return that the machine gave no marks, and why where that is known; empty where it did."""
    if not revealed.lines or any(one.id == MACHINE for one in revealed.columns):
        return ""
    told = "The program gave no marks."
    if revealed.remark:  # what follows its first sentence is advice to who answered
        told += f" {REMARKS[revealed.remark].split('. ')[0].rstrip('.')}."
    return told


def tell_fillers(tally: FillerTally, names: Mapping[PersonId, str]) -> str:
    """Return who counted how many filled pauses; empty where nobody did."""
    marked = [f"{names.get(who, 'Somebody')} marked {count}" for who, count in tally.marked]
    told = [_heard(tally.heard), *marked] if tally.heard else marked
    return f'Filled pauses such as "um": {", ".join(told)}.' if told else ""


def tell_where_sound_is(revealed: RevealedRound, name: str) -> str:
    """Return why nothing can be heard here; `name` is who answered."""
    if revealed.words is None:
        return f"The words are not here yet. The sound is with {name}."
    if not revealed.is_heard:
        return "These words were typed. No sound belongs to them."
    return f"The sound is not here. It stays with {name}: listen there together."


def _heard(found: FillerCount) -> str:
    if found.low == found.high:
        return f"the machine heard {found.low or 'none'}"
    return f"the machine heard {found.low} to {found.high}"
