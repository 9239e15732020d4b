"""Answers as the network sees them: numbers of pieces, marks to learn, evidence by piece.

Needs no PyTorch. Pieces are cut by the program's own code, so that training and rating agree.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from trainer.encoder.wordpieces import Vocabulary
from training.corpus import Answer, Head
from training.forms import Word
from training.sizes import LONGEST

UNKNOWN = -1.0
"""In the place of a mark or of evidence that nobody gave: not learned from."""

Floats = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int64]
Truths = npt.NDArray[np.bool_]

_UNIT = re.compile(r"\w+|[^\w\s]")
_BEGIN = 1  # pieces before the answer's own


@dataclass(frozen=True, slots=True)
class Example:
    """One answer in one form.

    `pieces` has the begin and the end; `marks` two truths by head, at least partly and met;
    `evidence` one by the answer's own piece and head; `spans` where those come from in the
    original text (characters).
    """

    pieces: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]
    marks: Floats
    evidence: Floats


@dataclass(frozen=True, slots=True)
class Batch:
    """Examples side by side, filled up to the longest."""

    pieces: Numbers
    real: Truths
    said: Truths
    marks: Floats
    evidence: Floats


def make_example(
    answer: Answer, words: Sequence[Word], heads: Sequence[Head], vocabulary: Vocabulary
) -> Example:
    """Return `answer`, heard as `words`, as an example; what is too long is cut off."""
    units = [unit for word in words for unit in _units(word, answer.text)]
    cut = vocabulary.pieces([unit.text for unit in units])
    ids, owners = cut.ids[: LONGEST - 2], cut.owners[: LONGEST - 2]
    spans = tuple((units[owner].start, units[owner].end) for owner in owners)
    marks = np.full((len(heads), 2), UNKNOWN, np.float32)
    evidence = np.full((len(ids), len(heads)), UNKNOWN, np.float32)
    starts, ends = (np.array([span[side] for span in spans]) for side in (0, 1))
    for row, head in enumerate(heads):
        mark = head.mark(answer)
        if answer.family != head.family:
            continue
        if mark is not None:
            marks[row] = mark >= 1, mark >= 2
        quotes = head.quotes(answer)
        if head.is_flag and not mark:  # a flag that raters differ about teaches no evidence
            quotes = []
        if mark == 0 or quotes:
            evidence[:, row] = 0
        for quote in quotes if mark != 0 else ():
            start = answer.text.find(quote)
            if start >= 0:
                evidence[(starts < start + len(quote)) & (ends > start), row] = 1
    return Example((vocabulary.begin, *ids, vocabulary.end), spans, marks, evidence)


def join(examples: Sequence[Example]) -> Batch:
    """Return the examples as one batch."""
    count, longest = len(examples), max(len(example.pieces) for example in examples)
    heads = examples[0].marks.shape[0]
    batch = Batch(
        pieces=np.zeros((count, longest), np.int64),
        real=np.zeros((count, longest), bool),
        said=np.zeros((count, longest), bool),
        marks=np.stack([example.marks for example in examples]),
        evidence=np.full((count, longest, heads), UNKNOWN, np.float32),
    )
    for row, example in enumerate(examples):
        own = slice(_BEGIN, _BEGIN + len(example.spans))
        batch.pieces[row, : len(example.pieces)] = example.pieces
        batch.real[row, : len(example.pieces)] = True
        batch.said[row, own] = True
        batch.evidence[row, own] = example.evidence
    return batch


def _units(word: Word, text: str) -> list[Word]:
    """Split a word at its punctuation; a typed part knows its own place, a heard one the word's."""
    typed = text[word.start : word.end] == word.text
    return [
        Word(m.group(), word.start + m.start(), word.start + m.end())
        if typed
        else Word(m.group(), word.start, word.end)
        for m in _UNIT.finditer(word.text)
    ]
