"""A question of a session as the candidate's screens practise it."""

from __future__ import annotations

import uuid

from trainer.bank.types import Library, Question
from trainer.peer.types import Asked
from trainer.session.plan import OF_A_SESSION, Item, Run

USUAL_ANSWER_S = (60, 120)
"""For a question whose times nobody has said, such as an improvised one."""

_INTENT = "Somebody asked this in a session with others."
_PITFALL = "Its notes stayed with who asked it."


def run_of(library: Library, asked: Asked, session_id: str | None = None) -> Run:
    """Return a practice of this one question, in the words in which it is asked."""
    title = asked.bank_title or OF_A_SESSION
    item = Item(asked.bank_id, title, _question(library, asked), asked.prompt)
    return Run(session_id or uuid.uuid4().hex, (item,))


def _question(library: Library, asked: Asked) -> Question:
    rubric = asked.rubric_id if asked.rubric_id in library.rubrics else None
    lower_s, upper_s = asked.answer_s
    return Question(
        id=asked.question_id,
        prompt=asked.prompt,
        wordings=(asked.prompt,),
        rubric=rubric,
        prepare_s=asked.prepare_s,
        answer_s=(lower_s, upper_s) if 1 <= lower_s <= upper_s else USUAL_ANSWER_S,
        intent=asked.intent or _INTENT,
        pitfalls=asked.pitfalls or (_PITFALL,),
        tags=("session",),
        probes=dict(asked.probes),
    )
