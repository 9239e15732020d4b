"""Answers that are longer than the network reads at once, in windows that overlap."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

MOST_OVERLAP = 128
"""Pieces that neighbours share, so that no piece is read without half as many on either side."""


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces `start` to `end` are read together; what is read of `first` to `last` is kept.

    All are half-open indices into the answer's pieces.
    """

    start: int
    end: int
    first: int
    last: int


def split(count: int, room: int) -> list[Window]:
    """Return windows of at most `room` (2 or more) pieces that keep each of `count` pieces once.

    A piece in the overlap of two is kept from the one in which it stands further from an edge, of
    equals from the first.
    All windows are full but the last.
    """
    if count <= room:
        return [Window(0, count, 0, count)] if count else []
    overlap = min(MOST_OVERLAP, room // 2)
    starts = range(0, count - overlap, room - overlap)
    bounds = [0, *(start + (overlap + 1) // 2 for start in starts[1:]), count]
    return [
        Window(start, min(start + room, count), first, last)
        for start, (first, last) in zip(starts, pairwise(bounds), strict=True)
    ]
