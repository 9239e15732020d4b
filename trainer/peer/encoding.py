"""Events and views as JSON, strictly: a field too many, a wrong type or length refuses the whole.

What says what its default says is left out, as in a history's file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, get_args

from trainer.display import one_line
from trainer.errors import TrainerError
from trainer.exchange.document import AttemptEntry
from trainer.exchange.writing import plain
from trainer.peer import events
from trainer.peer.types import SessionView

if TYPE_CHECKING:
    from pydantic import TypeAdapter

_KINDS: dict[str, type[events.Event]] = {
    re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower(): kind for kind in get_args(events.Event)
}
_NAMES = {kind: name for name, kind in _KINDS.items()}


class EncodingError(TrainerError, ValueError):
    """Something is no event, or no view, that this version of the program knows.

    It is a `ValueError` too, as the wire asks of what reads for it.
    """

    def __init__(self, problem: str) -> None:
        super().__init__(problem, "Use the same version of the trainer on both sides.")


def event_data(event: events.Event) -> dict[str, Any]:
    """Return an event as plain data; `event` says which one it is."""
    return {"event": _NAMES[type(event)], **plain(event)}


def read_event(data: object) -> events.Event:
    """Return the event of decoded JSON. Raises `EncodingError`."""
    kind = data.get("event") if isinstance(data, dict) else None
    if not isinstance(data, dict) or not isinstance(kind, str) or kind not in _KINDS:
        raise EncodingError("This is no event of a session.")
    fields = {name: value for name, value in data.items() if name != "event"}
    event: events.Event = _read(_KINDS[kind], fields)
    return event


def view_data(
    view: SessionView, document_data: Callable[[AttemptEntry], Any] = plain
) -> dict[str, Any]:
    """Return a view as plain data, with that of the long answers in it from `document_data`.

    Who makes many views hands in one that keeps what it made.
    """
    rounds = list(view.rounds)
    documents: dict[int, AttemptEntry] = {}
    for at, one in enumerate(rounds):
        if one.answer and one.answer.document:
            documents[at] = one.answer.document
            rounds[at] = replace(one, answer=replace(one.answer, document=None))
    data: dict[str, Any] = plain(replace(view, rounds=tuple(rounds)))
    for at, document in documents.items():
        data["rounds"][at]["answer"]["document"] = document_data(document)
    return data


def read_view(data: object) -> SessionView:
    """Return the view of decoded JSON. Raises `EncodingError`."""
    view: SessionView = _read(SessionView, data)
    return view


def as_line(data: object) -> bytes:
    """Return plain data as one line of JSON, without its line feed. Raises `ValueError`."""
    return json.dumps(
        data, ensure_ascii=False, allow_nan=False, separators=(",", ":"), sort_keys=True
    ).encode()


def count_bytes(value: object) -> int:
    """Return how many bytes of JSON a value of the session, or a tuple of them, takes."""
    return len(as_line(plain(value)))


def _read(kind: type, data: object) -> Any:
    from pydantic import ValidationError  # 100 ms

    try:
        return _adapter(kind).validate_json(as_line(data))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = one_line(".".join(str(part) for part in first["loc"]), 100)
        problem = one_line(first["msg"], 200).rstrip(".")
        raise EncodingError(f"{kind.__name__}: {place or 'all of it'}: {problem}.") from error
    except (ValueError, RecursionError) as error:
        raise EncodingError(f"{kind.__name__}: this cannot be read as JSON.") from error


@cache
def _adapter(kind: type) -> TypeAdapter[Any]:
    from pydantic import ConfigDict, TypeAdapter

    # What stands inside inherits it.
    kind.__pydantic_config__ = ConfigDict(  # type: ignore[attr-defined]
        extra="forbid", strict=True, allow_inf_nan=False
    )
    return TypeAdapter(kind)
