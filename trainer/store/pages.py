"""Rows of a damaged database, read from its pages alone.

SQLite reaches a row through the schema and the upper pages of its table: where one of these is
lost, so is the whole table to it, though every row may be whole. Here each page that holds rows is
read by itself, as https://www.sqlite.org/fileformat2.html describes it. Which table a row belongs
to stands nowhere on its page: the caller tells it by its columns.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from mmap import ACCESS_READ, mmap
from pathlib import Path

Row = tuple[object, ...]

_HEADER = 100
_USUAL_SIZE = 4096
_LONGEST = 64_000_000  # bytes of a row; the longest answers have a third of it
_ROWS = 0x0D
"""The first byte of a page that holds rows of a table."""

_INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
_REAL, _ZERO, _ONE, _BYTES = 7, 8, 9, 12
_UNREADABLE = (IndexError, ValueError, struct.error)


def rows(path: Path) -> Iterator[tuple[int, Row]]:
    """Yield number and columns of every row that can be read, in the order of the pages.

    The column that is the number itself is None, and columns that were added later are missing in
    older rows, as SQLite stores them. Bytes that are no text are read as U+FFFD. Raises `OSError`.
    """
    if path.stat().st_size <= _HEADER:
        return
    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as data:
        size = _page_size(data)
        for start in range(0, len(data), size):
            header = start + _HEADER * (start == 0)
            if header + 8 > len(data) or data[header] != _ROWS:
                continue
            for place in range(int.from_bytes(data[header + 3 : header + 5], "big")):
                pointer = header + 8 + 2 * place
                if pointer + 2 > start + size:
                    break
                cell = start + int.from_bytes(data[pointer : pointer + 2], "big")
                try:
                    yield _row(data, cell, size)
                except _UNREADABLE:
                    continue


def _page_size(data: mmap) -> int:
    found = int.from_bytes(data[16:18], "big")
    size = 65536 if found == 1 else found
    return size if 512 <= size <= 65536 and size & (size - 1) == 0 else _USUAL_SIZE


def _row(data: mmap, cell: int, size: int) -> tuple[int, Row]:
    length, at = _varint(data, cell)
    number, at = _varint(data, at)
    content = _content(data, at, length, size)
    end, at = _varint(content, 0)
    values: list[object] = []
    body = end
    while at < end:
        kind, at = _varint(content, at)
        value, body = _value(content, kind, body)
        values.append(value)
    return number, tuple(values)


def _content(data: mmap, at: int, length: int, size: int) -> bytes:
    """Return the content of a cell; what has no room on its page goes on in a chain of others."""
    most, least = size - 35, (size - 12) * 32 // 255 - 23
    if length > min(len(data), _LONGEST):
        raise ValueError("longer than a row can be")
    if length <= most:
        return data[at : at + length]
    here = least + (length - least) % (size - 4)
    here = here if here <= most else least
    parts = [data[at : at + here]]
    following = int.from_bytes(data[at + here : at + here + 4], "big")
    for _ in range(-(-(length - here) // (size - 4))):
        start = (following - 1) * size
        if not 0 < start < len(data):
            raise ValueError("a part is missing")
        parts.append(data[start + 4 : start + size])
        following = int.from_bytes(data[start : start + 4], "big")
    content = b"".join(parts)
    return content[:length]


def _value(content: bytes, kind: int, at: int) -> tuple[object, int]:
    if kind in (0, _ZERO, _ONE):
        return {0: None, _ZERO: 0, _ONE: 1}[kind], at
    if kind in _INTEGERS:
        length = _INTEGERS[kind]
        value: object = int.from_bytes(_part(content, at, length), "big", signed=True)
    elif kind == _REAL:
        length = 8
        value = struct.unpack(">d", _part(content, at, length))[0]
    elif kind >= _BYTES:
        length = (kind - _BYTES) // 2
        raw = _part(content, at, length)
        value = raw.decode("utf-8", "replace") if kind % 2 else raw
    else:
        raise ValueError("no such kind")
    return value, at + length


def _part(content: bytes, at: int, length: int) -> bytes:
    part = content[at : at + length]
    if len(part) < length:
        raise ValueError("cut off")
    return part


def _varint(data: mmap | bytes, at: int) -> tuple[int, int]:
    """Return a number of one to nine bytes, and where the next one begins."""
    value = 0
    for place in range(at, at + 8):
        byte = data[place]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, place + 1
    return value << 8 | data[at + 8], at + 9
