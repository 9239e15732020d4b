"""From plain data to the types, with every misfit told in plain English."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from functools import cache
from types import UnionType
from typing import TYPE_CHECKING, Any, TypeVar, Union, get_args, get_origin, get_type_hints

from trainer.bank.document import MOST_COMPLAINTS, Document, Place, closest, quote, suggest
from trainer.bank.types import PAIR_OF_NAMES, SMALL_NAME
from trainer.display import one_line

if TYPE_CHECKING:
    from pydantic import TypeAdapter
    from pydantic_core import ErrorDetails

_T = TypeVar("_T")

_NEEDED = {
    "string_type": "text",
    "int_type": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "dict_type": "a group of `name: value` lines",
    "dataclass_type": "a group of `name: value` lines",
}
_LIMITS = {
    "greater_than": ("gt", "write a number above"),
    "greater_than_equal": ("ge", "write at least"),
    "less_than": ("lt", "write a number below"),
    "less_than_equal": ("le", "write at most"),
}


def validate(document: Document, kind: type[_T]) -> _T | None:
    """Return the document's data as `kind`, or None after a complaint about each misfit."""
    from pydantic import ValidationError

    try:
        # Strict validation takes lists for tuples from JSON only; the detour costs 2 ms in all.
        validator = adapter(kind)  # type: ignore[arg-type]  # every class can be hashed
        value: _T | None = validator.validate_json(json.dumps(document.data))
        return value
    except ValidationError as error:
        _explain(error.errors(include_url=False), document, kind)
        return None


@cache
def adapter(kind: Any) -> TypeAdapter[Any]:
    """Return the validator of `kind` or None, built once. Unknown fields are mistakes, too."""
    from pydantic import TypeAdapter  # 35 ms, and 25 ms more for the first adapter

    # Pydantic hands the settings down to plain dataclasses, but only from a type that is none.
    return TypeAdapter(kind | None, config={"strict": True, "extra": "forbid"})


def _explain(errors: list[ErrorDetails], document: Document, kind: type) -> None:
    misspelt: set[Place] = set()
    # Unknown fields first: a field that was only misspelt is not missing.
    errors.sort(key=lambda error: error["type"] != "unexpected_keyword_argument")
    for error in errors[: MOST_COMPLAINTS + 1]:
        place = error["loc"]
        if error["type"] == "unexpected_keyword_argument":
            *above, name = place
            names = _field_names(kind, tuple(above))
            misspelt.add((*above, closest(str(name), names)))
            document.complain(place, "is no known field", suggest(str(name), names))
        elif error["type"] == "missing":
            if place not in misspelt:
                document.complain(place, "is missing", "add it")
        else:
            _explain_value(error, document)


def _explain_value(error: ErrorDetails, document: Document) -> None:
    kind, place, value = error["type"], error["loc"], error["input"]
    context: dict[str, Any] = error.get("ctx", {})
    if place[-1:] == ("[key]",):
        place = place[:-1]
    if kind in _NEEDED:
        _explain_type(document, place, value, _NEEDED[kind])
    elif kind in _LIMITS:
        key, remedy = _LIMITS[kind]
        document.complain(place, f"is {_described(value)}", f"{remedy} {context[key]:g}")
    elif kind == "string_pattern_mismatch" and context["pattern"] == SMALL_NAME.pattern:
        remedy = "use small letters, digits, - and _, with a letter or digit first"
        document.complain(place, f"{quote(value)} cannot be an id", remedy)
    elif kind == "string_pattern_mismatch" and context["pattern"] == PAIR_OF_NAMES.pattern:
        remedy = "write a family and an id in small letters, such as star/situation"
        document.complain(place, f"{quote(value)} cannot be a head", remedy)
    elif kind in ("string_pattern_mismatch", "string_too_short"):
        document.complain(place, "is empty", "write something")
    elif kind == "string_too_long":
        most = context["max_length"]
        document.complain(place, f"has {len(value):,} characters", f"use at most {most:,}")
    elif kind == "too_short":
        # Pydantic counts only the sound entries; the others were told one by one.
        if len(value) < context["min_length"]:
            problem = f"has {len(value)} entries"
            document.complain(place, problem, f"write at least {context['min_length']}")
    elif kind == "too_long":
        problem = f"has {len(value)} entries"
        document.complain(place, problem, f"write at most {context['max_length']}")
    elif kind == "literal_error":
        document.complain(place, f"is {_described(value)}", f"write {context['expected']}")
    else:
        document.complain(place, f"does not fit ({error['msg'].lower()})", "change it")


def _explain_type(document: Document, place: Place, value: object, needed: str) -> None:
    if value is None:
        document.complain(place, "is empty", f"write {needed}")
    elif needed == "text" and isinstance(value, int | float):
        document.complain(place, f"is read as {_described(value)}", "put quotes around it")
    else:
        document.complain(place, f"is {_described(value)}", f"write {needed}")


def _described(value: object) -> str:
    if isinstance(value, dict):
        return "a group of fields"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return f"the number {one_line(str(value), 20)}"
    return f"the text {quote(str(value))}"


def _field_names(kind: Any, place: Place) -> list[str]:
    """Return the fields that the dataclass at `place` inside `kind` has."""
    for step in place:
        kind = _present(kind)
        if is_dataclass(kind):
            kind = get_type_hints(kind)[str(step)]
        else:
            inner = get_args(kind)
            kind = inner[1] if get_origin(kind) is dict else inner[0]
    return [field.name for field in fields(_present(kind))]


def _present(kind: Any) -> Any:
    if get_origin(kind) in (Union, UnionType):
        return next(inner for inner in get_args(kind) if inner is not type(None))
    return kind
