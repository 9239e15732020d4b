"""Whether an answer is one to another question."""

from __future__ import annotations

from collections.abc import Collection

from trainer.analysis.answer import Answer
from trainer.bank.types import Mark

ELSEWHERE_CLAUSES = 3  # of another kind of answer; 135 answers to the question had at most two
_ELSEWHERE_SHARE = 0.25  # of an answer's clauses, before the answer as a whole is elsewhere
_FEWEST_JUDGED = 12  # words; in fewer the subject may go without saying
_LONG_ANSWER = 40  # words, from which on one word of the subject may be chance
_TOPIC_WORDS = 2
_LEAST_EARNED = 2  # criteria above missed; one may be chance
_KIND_NEEDED = 0.02
"""The chance that an answer is of the question's kind, below which it answers another question.

Of 379 development answers to the question, read by heads trained without their authors, one lay
below (it told of an exam where a story was asked for), and 6 of 42 adversarial ones.
"""

_KIND_CERTAIN = 0.9
"""The chance from which on a good answer may lack the words of the question's subject."""


def is_elsewhere(answer: Answer, marks: Collection[Mark]) -> bool:
    """Tell whether the answer is one to another question."""
    good = 2 * sum(mark is Mark.MET for mark in marks) >= len(marks)  # half of them or more
    if good and (_chance_of_kind(answer) or 0.0) >= _KIND_CERTAIN:
        return False
    return (
        _is_off_topic(answer, marks, good)
        or (not good and _is_another_kind(answer))
        or _is_read_as_another_kind(answer)
    )


def _is_read_as_another_kind(answer: Answer) -> bool:
    """Tell whether the encoder takes it for an answer to questions of another rubric."""
    chance = _chance_of_kind(answer)
    return chance is not None and answer.count >= _LONG_ANSWER and chance < _KIND_NEEDED


def _chance_of_kind(answer: Answer) -> float | None:
    """Return how likely the encoder finds it that the answer is one by this rubric (0..1)."""
    families = {head.partition("/")[0] for head in answer.rubric.heads}
    if answer.opinion is None or len(families) != 1:
        return None
    return answer.opinion.kinds.get(families.pop())


def _is_off_topic(answer: Answer, marks: Collection[Mark], good: bool) -> bool:
    """Tell whether the subject of the question is not heard in an answer.

    A short answer may leave the subject unsaid if it earned anything; a long one that is `good`
    needs one word of it.
    """
    finder, ready, count = answer.finder, answer.ready, answer.count
    if not ready.topic or count < _FEWEST_JUDGED:
        return False
    if count < _LONG_ANSWER:
        earned = sum(mark > Mark.MISSED for mark in marks)
        return earned < _LEAST_EARNED and not finder.on_topic(ready.topic)
    return len(finder.on_topic(ready.topic)) < (1 if good else _TOPIC_WORDS)


def _is_another_kind(answer: Answer) -> bool:
    """Tell whether all criteria that know another kind of answer find this to be one."""
    patterns = [found for found in answer.ready.elsewhere.values() if found]
    least = max(ELSEWHERE_CLAUSES, _ELSEWHERE_SHARE * len(answer.standings))
    return bool(patterns) and all(answer.finder.count(found) >= least for found in patterns)
