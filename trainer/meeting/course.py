"""How an answer is told to a session: what to send, so that its clock stands as the speaker's."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from trainer.peer import events
from trainer.peer.types import MACHINE, Phase, RoundView, SessionView

if TYPE_CHECKING:
    from trainer.store.types import Draft

_RUNS = (Phase.ANSWERING, Phase.PAUSED)
_STEPS: dict[
    tuple[Phase, Phase],
    type[events.AnswerBegun | events.AnswerPaused | events.AnswerResumed | events.AnswerRestarted],
] = {
    (Phase.ASKING, Phase.ANSWERING): events.AnswerBegun,
    (Phase.PAUSED, Phase.ANSWERING): events.AnswerResumed,
    (Phase.ANSWERING, Phase.PAUSED): events.AnswerPaused,
    (Phase.ANSWERING, Phase.ASKING): events.AnswerRestarted,
    (Phase.PAUSED, Phase.ASKING): events.AnswerRestarted,
}


def steps_between(
    known: Phase, wanted: Phase, stamp: tuple[str, str], answer_s: float = 0.0
) -> tuple[events.Event, ...]:
    """Return what to send to a session that stands at `known` until it stands at `wanted`.

    `stamp` is who and when, `answer_s` how long an answer that is over took. Nothing where it
    stands there, or where no answer can come to it any more. A pause of what has not begun is no
    step.
    """
    if wanted is Phase.ANSWERED and known in (Phase.ASKING, *_RUNS):
        # A session cannot end what it never heard begin.
        begun = (events.AnswerBegun(*stamp),) if known is Phase.ASKING else ()
        return (*begun, events.AnswerEnded(*stamp, answer_s))
    step = _STEPS.get((known, wanted))
    return (step(*stamp),) if step else ()


def is_over(phase: Phase) -> bool:
    """Whether nothing can be added to the answer of a round."""
    return phase is not Phase.PLANNED and phase is not Phase.ASKING and phase not in _RUNS


def owed_attempt(view: SessionView) -> str | None:
    """Return the answer of `view.you` whose words the session has, and the machine's marks not.

    A program that was killed between the two still has to hand them in.
    """
    current = view.round
    if current is None or current.answer is None or current.candidate_id != view.you:
        return None
    return current.answer.attempt_id if MACHINE in current.waiting else None


def practice_of(session_id: str, current: RoundView) -> str:
    """Return under which id the answer of a round is kept as a practice.

    Each round has its own: on one keyboard two people may answer the same question.
    """
    return f"{session_id}-{current.number}"


def left_of(drafts: Iterable[Draft], practice_id: str) -> tuple[Draft | None, tuple[Draft, ...]]:
    """Return what is left of an answer to take up, and its earlier takes, oldest first."""
    own = sorted(
        (one for one in drafts if one.session_id == practice_id and one.corrects is None),
        key=lambda one: (one.take, one.updated_at),
    )
    takes = tuple(one for one in own if one.set_aside)
    present = [one for one in own if not one.set_aside]
    return (present[-1] if present else None), takes
