"""The labelled answers that come with the encoder, and which of them is closest to one."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from trainer.encoder.arrays import Arrays, Bytes, Floats
from trainer.encoder.problems import Damage
from trainer.encoder.types import Example

_MARKS = (1, 2)


@dataclass(frozen=True, slots=True)
class _Shelf:
    """The examples of one head, with their vectors. Only directions count, so 8 bits stay."""

    examples: list[Example]
    vectors: Bytes


class Examples:
    """All examples by head. Immutable."""

    def __init__(self, shelves: dict[str, _Shelf]) -> None:
        self._shelves = shelves

    @classmethod
    def load(cls, examples: Sequence[Example], arrays: Arrays, width: int) -> Self:
        """Take the examples' vectors out of `arrays`. Raises `Damage` when they do not fit."""
        if not examples:
            return cls({})
        vectors, _ = arrays.packed("example", len(examples), width)
        rows: dict[str, list[int]] = {}
        for row, example in enumerate(examples):
            rows.setdefault(example.head, []).append(row)
        return cls({h: _Shelf([examples[r] for r in of], vectors[of]) for h, of in rows.items()})

    def closest(self, head: str, vector: Floats) -> Example | None:
        """Return the head's example with the greatest cosine, the first of equals.

        None where the head has no examples, or the vector no direction.
        """
        shelf = self._shelves.get(head)
        length = float(np.linalg.norm(vector))
        if shelf is None or not length:
            return None
        vectors = shelf.vectors.astype(np.float32)
        lengths = np.maximum(np.linalg.norm(vectors, axis=1), 1)  # of whole numbers: 0, or more
        cosines = vectors @ vector / (lengths * np.float32(length))
        best = int(cosines.argmax())
        found = shelf.examples[best]
        likeness = min(max(float(cosines[best]), 0.0), 1.0)
        return Example(found.head, found.mark, found.quote, likeness)


def parse_examples(text: str, heads: Collection[str]) -> list[Example]:
    """Read a JSON list of examples. Raises `Damage` when one is not of the form or the heads."""
    try:
        entries = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Damage("not JSON") from error
    if not isinstance(entries, list):
        raise Damage("not a list")
    examples = []
    for number, entry in enumerate(entries, 1):
        match entry:
            case {"head": str(head), "mark": int(mark), "quote": str(quote)}:
                if head in heads and mark in _MARKS and mark is not True and quote:
                    examples.append(Example(head, mark, quote, 1.0))
                    continue
        raise Damage(f"example {number}")
    return examples
