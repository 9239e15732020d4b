"""Whether an answer is the checklist itself, read back: what is asked for, and nothing told.

Whoever has read the report can say its words: that there was a concrete change of method, and how
often, and with whom. A rater of words would find each of them. In the 841 plain answers of
`corpus/development.jsonl` at most .21 of the words stood in runs of three of the rubric's own
words, and where it was more than .15, at most .55 of the content words were the rubric's; in
checklists that were read back, .34 and more, and .63 and more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from trainer.analysis.grammar import FILLERS, FUNCTION_WORDS
from trainer.analysis.guards import echoes, share_covered
from trainer.analysis.tokens import read_text
from trainer.bank.types import Rubric

_STEPS = ((20, 0.5, 0.0), (20, 0.25, 0.58), (40, 0.15, 0.75))
"""Words of the answer; of them in runs of the rubric's, and of the content words its own."""

_STEM = 5  # letters by which "owning" is "owned"
_MOST_RUBRICS = 64


@dataclass(frozen=True, slots=True)
class Wording:
    """What a rubric says in its own texts: runs of three words, and stems of content words."""

    runs: frozenset[tuple[str, ...]]
    stems: frozenset[str]


def reads_checklist(tokens: Sequence[str], rubric: Rubric) -> bool:
    """Tell whether an answer mostly says what the rubric's own texts say, also turned to "I"."""
    wording = _wording(rubric)
    covered = share_covered(tokens, wording.runs)
    if covered < _STEPS[-1][1]:
        return False
    content = list(_content(tokens))
    if covered < _STEPS[0][1] and any(token.isdigit() for token in content):
        return False  # a figure of one's own: the checklist asks for one and gives none
    known = sum(token[:_STEM] in wording.stems for token in content) / max(len(content), 1)
    return any(
        len(tokens) >= words and covered >= runs and known >= stems for words, runs, stems in _STEPS
    )


@lru_cache(maxsize=_MOST_RUBRICS)
def _wording(rubric: Rubric) -> Wording:
    texts = list(_texts(rubric))
    stems = (token[:_STEM] for text in texts for token in _content(read_text(text)))
    return Wording(frozenset(run for text in texts for run in echoes(text)), frozenset(stems))


def _texts(rubric: Rubric) -> Iterator[str]:
    yield rubric.about
    for criterion in rubric.criteria:
        marks, feedback = criterion.marks, criterion.feedback
        yield from (criterion.title, criterion.asks, marks.met, marks.partly, marks.missed)
        # an opener is offered to be said: whoever goes on with it answers
        yield from (feedback.met, feedback.partly, feedback.missed)
    for flag in rubric.flags:
        yield from (flag.title, flag.says, flag.remedy)


def _content(tokens: Sequence[str]) -> Iterator[str]:
    return (token for token in tokens if token not in FUNCTION_WORDS and token not in FILLERS)
