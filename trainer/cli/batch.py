"""`trainer score --batch`: JSON lines in, JSON lines out, each answered as soon as it is read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO, NoReturn

from trainer.cli.answers import MOST_BYTES, bad_byte, is_named_as_sound, opened
from trainer.cli.output import say_json_line
from trainer.cli.shortfalls import Shortfall
from trainer.display import one_line
from trainer.errors import ExitCode, TrainerError, UsageError
from trainer.evaluation.lines import kind
from trainer.lines.ratings import rating_json
from trainer.log import record_crash

if TYPE_CHECKING:
    from trainer.catalogue import Catalogue

_SHAPE = 'Each line looks like {"id": "1", "rubric": "star", "question": "...", "text": "..."}.'
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_LONGEST_SHOWN = 40


def score_lines(name: str, catalogue: Catalogue) -> ExitCode:
    """Rate every line of the file `name`, or of stdin for `-`, in order."""
    if is_named_as_sound(name):
        raise UsageError(
            f"{name} is a sound file, and a batch is JSON lines.",
            "Rate sound one file at a time: trainer score FILE --question ID",
        )
    all_good = True
    shortfall = Shortfall(catalogue)
    with opened(name) as stream:
        for number, raw in _lines(stream):
            answer, good = _answer(number, raw, catalogue, shortfall)
            all_good = all_good and good
            say_json_line(answer)
    return ExitCode.OK if all_good else ExitCode.FAILED


def _lines(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Yield each line that is not blank with its number from 1; None for one that is too long.

    `readline` returns as soon as the line is there: it does not wait for a full buffer.
    """
    number = 0
    while raw := stream.readline(MOST_BYTES + 1):
        number += 1
        if len(raw) > MOST_BYTES:
            while raw and not raw.endswith(b"\n"):
                raw = stream.readline(MOST_BYTES)
            yield number, None
            continue
        if number == 1:
            raw = raw.removeprefix(_BYTE_ORDER_MARK)
        if raw.strip():
            yield number, raw


def _answer(
    number: int, raw: bytes | None, catalogue: Catalogue, shortfall: Shortfall
) -> tuple[dict[str, object], bool]:
    """Return the answer to one line and whether the line was good."""
    identifier: str | int | None = None
    try:
        fields = _fields(raw)
        identifier = _identifier(fields)
        return {"id": identifier, **_rated(fields, catalogue, shortfall)}, True
    except TrainerError as error:
        message, hint = error.message, error.hint
    except Exception as error:  # noqa: BLE001 - one line must not end the others
        message, hint = "This line could not be rated.", record_crash(error)
    problem = {"message": one_line(message), "hint": one_line(hint)}
    return {"line": number, "id": identifier, "error": problem}, False


def _identifier(fields: dict[str, Any]) -> str | int | None:
    value = fields.get("id")
    if value is None or (isinstance(value, str | int) and not isinstance(value, bool)):
        return value
    found = "a number with decimals" if isinstance(value, float) else kind(value)
    raise UsageError(f'The field "id" is {found}, not text or a whole number.', _SHAPE)


def _rated(fields: dict[str, Any], catalogue: Catalogue, shortfall: Shortfall) -> dict[str, object]:
    rubric = catalogue.rubric(_text(fields, "rubric"))
    question = "" if fields.get("question") is None else _text(fields, "question")
    text = _text(fields, "text")
    assert rubric is not None
    shortfall.tell(rubric)
    transcript, rating, score = catalogue.rate(text, rubric, question)
    return rating_json(transcript, rating, score.value)


def _text(fields: dict[str, Any], name: str) -> str:
    if name not in fields:
        raise UsageError(f'The field "{name}" is missing.', _SHAPE)
    value = fields[name]
    if not isinstance(value, str):
        raise UsageError(f'The field "{name}" is {kind(value)}, not text.', _SHAPE)
    return value


def _fields(raw: bytes | None) -> dict[str, Any]:
    """Return the object on a line. Raises `UsageError` where there is none."""
    if raw is None:
        raise UsageError("The line is longer than 1 MB.", "An answer is a few hundred words.")
    try:
        value = json.loads(
            raw.decode("utf-8"), object_pairs_hook=_without_repeats, parse_constant=_no_constant
        )
    except UnicodeDecodeError as error:
        raise UsageError(
            f"The line is not UTF-8: {bad_byte(error)}.", "Save it as UTF-8."
        ) from error
    except json.JSONDecodeError as error:
        raise UsageError(f"The line is not JSON: {error.msg}, column {error.colno}.", _SHAPE) from (
            error
        )
    except RecursionError as error:
        raise UsageError("The line is nested too deeply.", _SHAPE) from error
    except ValueError as error:  # a number with thousands of digits
        raise UsageError("The line holds a number that is too long.", _SHAPE) from error
    if not isinstance(value, dict):
        raise UsageError(f"The line is {kind(value)}, not an object.", _SHAPE)
    return value


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise UsageError(
            f'The field "{one_line(twice, _LONGEST_SHOWN)}" is there twice.', "Leave one of them."
        )
    return fields


def _no_constant(name: str) -> NoReturn:
    raise UsageError(f"The line holds {name}, which is not JSON.", _SHAPE)
