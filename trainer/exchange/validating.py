"""Files of ours held to their types, and what is said of one that does not fit."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, TypeVar

from trainer.display import one_line
from trainer.exchange.problems import FileError

if TYPE_CHECKING:
    from pydantic import TypeAdapter
    from pydantic_core import ErrorDetails

_NEWER = "Install the version of the trainer that wrote it, or a newer one."
_LONGEST_SHOWN = 60
_MOST_TOLD = 10_000
_TOP: tuple[tuple[str, ...], ...] = ((), ("format",))
_OTHER_PARTS = ("none", "tuple[", "nullable", "function-", "constrained-")

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Form:
    """What a file should be: its name, the version of its schema, the remedy for a bad one."""

    name: str
    version: int
    again: str


def adapter_of(kind: type[_T], *modules: ModuleType) -> TypeAdapter[_T]:
    """Return what validates a file of that kind, whose types stand in these modules.

    It is strict, so that nothing is bent into shape.
    """
    from pydantic import ConfigDict, TypeAdapter  # 100 ms

    for module in modules:
        for part in vars(module).values():
            if isinstance(part, type) and part.__module__ == module.__name__:
                part.__pydantic_config__ = ConfigDict(  # type: ignore[attr-defined]
                    extra="forbid", strict=True, allow_inf_nan=False
                )
    return TypeAdapter(kind)


def validated(
    file: Path, data: bytes, adapter: TypeAdapter[_T], form: Form, within: str = ""
) -> _T:
    """Return what a file holds, or the part of it at the place `within`. Raises `FileError`."""
    from pydantic import ValidationError

    try:
        return adapter.validate_json(data.removeprefix(b"\xef\xbb\xbf"))
    except ValidationError as error:
        count = error.error_count()
        if count > _MOST_TOLD:  # to list them would take a hundred times their room
            raise FileError(file, f"It has {count} mistakes.", form.again, within) from None
        found = error.errors(include_url=False, include_input=True)
    first = found[0]
    if first["type"] == "json_invalid":
        reason = str(first.get("ctx", {}).get("error", "")).rstrip(".")
        problem = f"It is no JSON, or it is cut off: {one_line(reason, _LONGEST_SHOWN)}."
        raise FileError(file, problem, form.again, within)
    version = next((one for one in found if one["loc"] == ("schema_version",)), None)
    if version and version["type"] == "literal_error":
        shown = one_line(repr(version["input"]), _LONGEST_SHOWN)
        raise FileError(file, f"Its schema_version is {shown}, not {form.version}.", _NEWER)
    if first["loc"] in _TOP and not within:
        raise FileError(file, f"This is no {form.name}.", form.again)
    more = f" And {len(found) - 1} more." if len(found) > 1 else ""
    raise FileError(file, f"{_told(first)}{more}", form.again, _joined(within, _place(first)))


def _joined(within: str, place: str) -> str:
    return f"{within}.{place}" if within and place else within or place


def _told(error: ErrorDetails) -> str:
    message = one_line(error["msg"], 200).rstrip(".").replace("Input should", "It should", 1)
    if error["type"] == "missing":
        return "It is missing."
    return f"{message}."


def _place(error: ErrorDetails) -> str:
    place = ""
    for part in error["loc"]:
        if isinstance(part, int):
            place += f"[{part}]"
        elif not part.startswith(_OTHER_PARTS):
            place += f".{part}" if place else part
    return one_line(place, 200)
