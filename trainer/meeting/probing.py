"""The tree of follow-ups that helps a listener to ask: what was not heard, and what to ask then."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from trainer.peer.types import Asked


@dataclass(frozen=True, slots=True)
class Branch:
    """One follow-up: `when` it fits, in a few words, and what to ask then."""

    when: str
    ask: str
    was_asked: bool = False


@dataclass(frozen=True, slots=True)
class ProbeTree:
    """The follow-ups of a question, in the order of its form, and those that fit any question."""

    own: tuple[Branch, ...]
    general: tuple[Branch, ...]

    @property
    def branches(self) -> tuple[Branch, ...]:
        """All of them, as they are counted."""
        return (*self.own, *self.general)


_STORIES = frozenset({"action", "change", "decision", "first_step", "example"})
"""Criteria of answers in which the speaker should act."""

_EVENTS = frozenset({"situation", "example", "presentation", "experience"})
"""Criteria of answers that tell of something that happened."""

_ANYTHING: frozenset[str] = frozenset()

_GENERAL: tuple[tuple[frozenset[str], Branch], ...] = (
    (_STORIES, Branch('Only "we"', "What was your own part in this?")),
    (_EVENTS, Branch("No real event", "Can you give me one example of this?")),
    (_STORIES, Branch("Others get the blame", "And what was in your own hands?")),
    (_ANYTHING, Branch("You did not understand", "Could you say that in other words, please?")),
    (_ANYTHING, Branch("Very short", "Could you tell me a little more about that?")),
    (_ANYTHING, Branch("You lost the thread", "What is the main point that I should remember?")),
)


def probe_tree(asked: Asked, was_asked: Iterable[str] = ()) -> ProbeTree:
    """Return the follow-ups of a question; `was_asked` are the words that were said already.

    A criterion without a follow-up of this question is asked for by its own words. Where somebody
    made the question up and nothing is rated, those remain that fit any question.
    """
    said = frozenset(was_asked)
    titles = {line.id: line.title for line in asked.form}
    asks = {line.id: asked.probes.get(line.id, line.asks) for line in asked.form}
    beside = [text for name, text in asked.probes.items() if name not in titles]
    own = (
        *(Branch(f"Not heard: {titles[name]}", text, text in said) for name, text in asks.items()),
        *(Branch("To know more", text, text in said) for text in beside),
    )
    general = tuple(
        Branch(branch.when, branch.ask, branch.ask in said)
        for fits, branch in _GENERAL
        if not fits or not titles or fits & titles.keys()
    )
    return ProbeTree(own, general)
