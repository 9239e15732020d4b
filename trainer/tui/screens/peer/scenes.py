"""Which scene a program shows: worked out from what its participant may see, and nothing else.

Over the wire the participant of a program is always the same. On one keyboard it is the one whose
turn it is, and a handover comes before everything that the person before must not see.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from trainer.peer.types import MACHINE, Phase, RoundView, SessionView

SceneKind = Literal["lobby", "console", "answer", "rating", "reveal", "handover", "together"]

_LISTENED = (Phase.ANSWERED, Phase.RATING)
_SPOKEN = (Phase.ASKING, Phase.ANSWERING, Phase.PAUSED)


@dataclass(frozen=True, slots=True)
class Scene:
    """What is shown: to whom, and of which round (0: of none). A scene stays while it is equal.

    "console" is for who asks and who watches, up to the end of the answer; "answer" for who
    answers, until the words are handed in. "rating" begins when the answer is over: its words come
    late. "together" is the answer by voice on one keyboard, which the interviewer holds.
    """

    kind: SceneKind
    participant_id: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class Local:
    """What only this program knows.

    `left` is the number of the round whose reveal it went on from. `answered` is the number of the
    round whose answer it is done with, although the session has no words of it. `holds_words`:
    an answer is on the screen. `holder` has the keyboard, where all share it; `spoken`: answers
    are given by voice there.
    """

    left: int = 0
    answered: int = 0
    holds_words: bool = False
    holder: str = ""
    spoken: bool = False


def scene_of(view: SessionView, local: Local) -> Scene:
    """Return the scene of a program that speaks for one participant."""
    current = view.round
    if current is None or _is_done(current, local):
        return Scene("lobby", view.you)
    return Scene(_kind(view, current, local), view.you, current.number)


def scene_together(views: Sequence[SessionView], local: Local) -> Scene:
    """Return the scene of one keyboard, by the views of all; the first is the home's owner."""
    view = views[0]
    current = view.round
    if current is None or _is_done(current, local):
        return Scene("lobby", view.you)
    if current.phase is Phase.REVEALED:
        return Scene("reveal", view.you, current.number)
    turn = _turn(current, local)
    if turn != local.holder:
        return Scene("handover", turn, current.number)
    if local.spoken and current.phase in _SPOKEN:
        return Scene("together", turn, current.number)
    own = next(one for one in views if one.you == turn)
    return Scene(_kind(own, current, local), turn, current.number)


def _is_done(current: RoundView, local: Local) -> bool:
    seen = current.phase is Phase.REVEALED and current.number <= local.left
    return seen or current.phase is Phase.SKIPPED


def _kind(view: SessionView, current: RoundView, local: Local) -> SceneKind:
    answers = view.you == current.candidate_id
    if answers and _is_answering(current, local):
        return "answer"
    if current.phase is Phase.REVEALED:
        return "reveal"
    return "rating" if current.phase in _LISTENED else "console"


def _is_answering(current: RoundView, local: Local) -> bool:
    """Whether the candidate is at the answer: also when others go on without its words."""
    if current.answer is not None:
        return False
    if local.answered == current.number and current.phase in (*_LISTENED, Phase.REVEALED):
        return False
    return current.phase is not Phase.REVEALED or local.holds_words


def _turn(current: RoundView, local: Local) -> str:
    """Return who needs the keyboard now."""
    if current.phase is Phase.PLANNED:
        return current.interviewer_id
    if current.phase in _SPOKEN:
        return current.interviewer_id if local.spoken else current.candidate_id
    if _is_answering(current, local):
        return current.candidate_id
    people = [one for one in current.waiting if one != MACHINE]
    seats = [one for one in (current.candidate_id, current.interviewer_id) if one in people]
    stays = local.holder if current.done else ""  # to reveal nobody needs another's keyboard
    return (*seats, *people, stays or current.interviewer_id)[0]
