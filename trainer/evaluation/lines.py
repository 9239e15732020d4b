"""JSON lines as objects: strict, with a complaint for every line that holds none."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from typing import Any, BinaryIO, NoReturn

from trainer.display import one_line

MOST_BYTES = 1_000_000
"""The longest line, with its end."""

_LONGEST_SHOWN = 40
_FOREIGN = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class LineError(Exception):
    """A line is not what it should be: what is wrong, and how to mend it."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.remedy = remedy


def read_lines(stream: BinaryIO) -> Iterator[tuple[int, dict[str, Any] | LineError]]:
    """Yield the object on each line that is not blank, or what is wrong, with its number from 1.

    A byte order mark of UTF-8 is left out. A file in UTF-16 is one mistake, not one a line.
    """
    number = 0
    while raw := stream.readline(MOST_BYTES + 1):
        number += 1
        if number == 1:
            if raw.startswith(_FOREIGN):
                yield 1, LineError("the file is UTF-16 text", "save it as UTF-8")
                return
            raw = raw.removeprefix(codecs.BOM_UTF8)
        if len(raw) > MOST_BYTES:
            while raw and not raw.endswith(b"\n"):
                raw = stream.readline(MOST_BYTES)
            yield number, LineError("the line is longer than 1 MB", "put one answer on a line")
        elif raw.strip():
            try:
                yield number, read_object(raw)
            except LineError as error:
                yield number, error


def read_object(raw: bytes) -> dict[str, Any]:
    """Return the object on a line. Raises `LineError`."""
    remedy = "put one JSON object on each line"
    try:
        value = json.loads(
            raw.decode("utf-8"), object_pairs_hook=_without_repeats, parse_constant=_no_constant
        )
    except UnicodeDecodeError as error:
        byte = f"byte 0x{error.object[error.start]:02x} at position {error.start + 1}"
        raise LineError(f"not UTF-8 text: {byte}", "save the file as UTF-8") from error
    except json.JSONDecodeError as error:
        raise LineError(f"not JSON: {error.msg}, column {error.colno}", remedy) from error
    except RecursionError as error:
        raise LineError("nested too deeply", remedy) from error
    except ValueError as error:  # a number with thousands of digits
        raise LineError("a number is too long", "marks are 0, 1, 2 or null") from error
    if not isinstance(value, dict):
        raise LineError(f"{kind(value)}, not an object", remedy)
    return value


def kind(value: object) -> str:
    """Return what a value of JSON is, in words."""
    if value is None:
        return "null"
    kinds = {str: "text", bool: "true or false", list: "a list", dict: "an object"}
    return kinds.get(type(value), "a number")


def shown(value: object) -> str:
    """Return a value of JSON as it stands in the file, short and safe to show."""
    return one_line(json.dumps(value, ensure_ascii=False), _LONGEST_SHOWN)


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise LineError(f"{shown(twice)} is there twice", "leave one of them")
    return fields


def _no_constant(name: str) -> NoReturn:
    raise LineError(f"{name} is not JSON", "write a number or null")
