"""The JSON of a history taken apart into its answers before any of it is parsed.

So a bad answer refuses the file before the next one costs memory: what a parser says of a million
mistakes is larger than the file by a hundred times.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[\[\]{}]', re.DOTALL)
_NAME = b'"attempts"'
_OPEN = b"[{"
_BETWEEN = re.compile(rb"\s*,\s*")
_BLANK = re.compile(rb"\s*")


class BrokenError(Exception):
    """The array of answers is no array of objects, or has no end; `index` is of the bad one."""

    def __init__(self, index: int) -> None:
        super().__init__()
        self.index = index


@dataclass(frozen=True, slots=True)
class Split:
    """Where the array of answers stands in a file: from its `[` to behind its `]`.

    Both are 0 where the file has none at its top, or only behind more than an answer can have.
    """

    begin: int
    end: int
    answers: tuple[tuple[int, int], ...]


def split(data: bytes, most_bytes: int, least_bytes: int = 0) -> Split:
    """Find the answers of a history, each of so many bytes. Raises `BrokenError`.

    The places of millions of tiny ones would take much more room than the file.
    """
    tokens = _TOKEN.finditer(data)
    depth, name = 0, b""
    for token in tokens:
        found = token.group()
        if token.start() > most_bytes:
            break  # what stands before the answers is not so long
        if found[:1] == b'"':
            if depth == 1:
                name = found
        elif found in _OPEN:
            if depth == 1 and found == b"[" and name == _NAME:
                answers: list[tuple[int, int]] = []
                limits = least_bytes, most_bytes
                end = _collect(data, token.end(), tokens, answers, limits)
                return Split(token.start(), end, tuple(answers))
            depth += 1
        else:
            depth -= 1
    return Split(0, 0, ())


def _collect(
    data: bytes,
    at: int,
    tokens: Iterator[re.Match[bytes]],
    answers: list[tuple[int, int]],
    limits: tuple[int, int],
) -> int:
    """Collect the objects of an array from `at` on; return where it ends."""
    depth, start, begin = 0, at, at
    least_bytes, most_bytes = limits
    for token in tokens:
        found = token.group()
        if depth == 0:
            gap = _BETWEEN if answers and found != b"]" else _BLANK
            if found not in (b"{", b"]") or not gap.fullmatch(data, begin, token.start()):
                raise BrokenError(len(answers))
            if found == b"]":
                return token.end()
            start, depth = token.start(), 1
        elif found[:1] != b'"':
            depth += 1 if found in _OPEN else -1
            if depth == 0:
                begin = token.end()
                if begin - start < least_bytes:
                    raise BrokenError(len(answers))
                answers.append((start, begin))
        if depth and token.end() - start > most_bytes:
            raise BrokenError(len(answers))
    raise BrokenError(len(answers))
