"""Word errors: how far what was heard is from what was said, and which words went wrong."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_WRONG = 4  # the cost of a word that is replaced, left out or added
_MISSED, _ADDED, _PAIRED = 0, 1, 2  # how a place in the table was reached


@dataclass(frozen=True, slots=True)
class Pair:
    """A word that was said and one that was heard in its place, as indices.

    `heard` is None where the word was left out, `said` where a word was added.
    """

    said: int | None
    heard: int | None


def count_differences(said: Sequence[object], heard: Sequence[object]) -> int:
    """Return the fewest items to replace, insert or delete to turn one into the other.

    This is Levenshtein's distance, row by row (Wagner and Fischer 1974).
    """
    row = list(range(len(heard) + 1))
    for number, wanted in enumerate(said, 1):
        diagonal, row[0] = row[0], number
        for column, got in enumerate(heard, 1):
            replaced = diagonal + (wanted != got)
            diagonal, row[column] = row[column], min(row[column] + 1, row[column - 1] + 1, replaced)
    return row[-1]


def word_error_rate(said: str, heard: str) -> float:
    """Return the word errors as a share of the words said, so 0.05 is 5 %. It can exceed 1."""
    return pooled_error_rate([(said, heard)])


def pooled_error_rate(pairs: Iterable[tuple[str, str]]) -> float:
    """Return the word error rate over all pairs of (said, heard), long ones counting more.

    Words are what stands between white space. Raises `ValueError` where nothing was said.
    """
    errors = words = 0
    for said, heard in pairs:
        reference = said.split()
        errors += count_differences(reference, heard.split())
        words += len(reference)
    if not words:
        raise ValueError("no words were said, so there is no rate")
    return errors / words


def align(said: Sequence[object], heard: Sequence[object], *, joined: bool = False) -> list[Pair]:
    """Return the cheapest way from one to the other as pairs, in order.

    Every index occurs once. As many pairs are wrong as `count_differences` says; with `joined`
    it may be some more, for words that were left out or added then rather stand together, as they
    do where a reader skips a line or begins again (Gotoh 1982).
    """
    later = _WRONG - 1 if joined else _WRONG
    width = len(heard) + 1
    never = _WRONG * (len(said) + len(heard) + 1)
    # For each of the three ways in which a pair of indices can be reached last: the cost so far,
    # a row of it at a time, and in `ways` the way before.
    paired = [0] + [never] * len(heard)
    missed = [never] * width
    added = [never] + [_WRONG + later * at for at in range(len(heard))]
    ways = [
        (
            bytearray(width),
            bytearray([_PAIRED, _PAIRED] + [_ADDED] * width)[:width],
            bytearray(width),
        )
    ]
    for word in said:
        new_missed = [0] * width
        new_added = [never] * width
        new_paired = [never] * width
        way_missed, way_added, way_paired = (bytearray(width) for _ in range(3))
        for column in range(width):
            best, way = missed[column] + later, _MISSED
            other = min(paired[column], added[column]) + _WRONG
            if other < best:
                best, way = other, _PAIRED if paired[column] <= added[column] else _ADDED
            new_missed[column], way_missed[column] = best, way
            if not column:
                continue
            before = column - 1
            best, way = new_added[before] + later, _ADDED
            other = min(new_paired[before], new_missed[before]) + _WRONG
            if other < best:
                best = other
                way = _PAIRED if new_paired[before] <= new_missed[before] else _MISSED
            new_added[column], way_added[column] = best, way
            best, way = paired[before], _PAIRED
            if missed[before] < best:
                best, way = missed[before], _MISSED
            if added[before] < best:
                best, way = added[before], _ADDED
            wrong = 0 if heard[before] == word else _WRONG
            new_paired[column], way_paired[column] = best + wrong, way
        missed, added, paired = new_missed, new_added, new_paired
        ways.append((way_missed, way_added, way_paired))
    ends = (missed[-1], added[-1], paired[-1])
    return _follow(ways, len(said), len(heard), ends.index(min(ends)))


def _follow(
    ways: Sequence[tuple[bytearray, bytearray, bytearray]], row: int, column: int, way: int
) -> list[Pair]:
    """Go back from the end of the table to its beginning."""
    pairs: list[Pair] = []
    while row or column:
        before = ways[row][way][column]
        row -= way != _ADDED
        column -= way != _MISSED
        pairs.append(Pair(None if way == _ADDED else row, None if way == _MISSED else column))
        way = before
    return pairs[::-1]
