"""What host and guest say to each other: one JSON object a line, of this version, and nothing else.

Everything is refused that is not exactly a message: unknown kinds and fields, wrong types, numbers
that are none, lines that are too long. What it was is never put into an error, as it may hold words
of an answer. Events and views go through as they are; who hands them in knows what they mean.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any, ClassVar

VERSION = 1
MOST_BYTES = 256 * 1024
"""Of one line."""

_PIECE = 100_000
"""Characters of a message that is too long for a line; as a string of JSON they are at most twice
as many bytes."""

_MOST_TEXT = 2_000
_MOST_NUMBER = 2**53

Json = Any


class GarbledError(Exception):
    """What came is no message of this version; `kind` says in which way, never what it was."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


class VersionError(GarbledError):
    """A message of another version of the program."""


@dataclass(frozen=True, slots=True)
class Hello:
    """The host's first line: which session is here, and for how long its door is closed."""

    kind: ClassVar = "hello"
    session: str
    closed_s: int


@dataclass(frozen=True, slots=True)
class Knock:
    """A guest wants in; with the code, or as a participant who comes back."""

    kind: ClassVar = "knock"
    participant: str
    share: str


@dataclass(frozen=True, slots=True)
class Share:
    """The host's number of this connection; both prove the key over it and the guest's."""

    kind: ClassVar = "share"
    share: str


@dataclass(frozen=True, slots=True)
class Proof:
    """The guest's proof, and the host's answer to a right one."""

    kind: ClassVar = "proof"
    proof: str


@dataclass(frozen=True, slots=True)
class Join:
    """Who comes, said to a host that has proved itself; `digest` is what it keeps of the token."""

    kind: ClassVar = "join"
    name: str
    role: str
    digest: str


@dataclass(frozen=True, slots=True)
class Welcome:
    """The guest is in; `last` is the number of the last event that was taken from them."""

    kind: ClassVar = "welcome"
    participant: str
    last: int


@dataclass(frozen=True, slots=True)
class Sent:
    """An event of a guest. Numbers grow, so that what is sent again is not taken twice."""

    kind: ClassVar = "event"
    number: int
    event: Json


@dataclass(frozen=True, slots=True)
class Taken:
    """The event is kept."""

    kind: ClassVar = "taken"
    number: int


@dataclass(frozen=True, slots=True)
class Refused:
    """The event changes nothing, and why."""

    kind: ClassVar = "refused"
    number: int
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What makes the guest's new view of the one before (`trainer.peer.patching`)."""

    kind: ClassVar = "view"
    patch: Json


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a message that is too long for one line."""

    kind: ClassVar = "piece"
    text: str
    last: bool


@dataclass(frozen=True, slots=True)
class Alive:
    """Nothing to say, but here."""

    kind: ClassVar = "alive"


@dataclass(frozen=True, slots=True)
class Bye:
    """The last line of a connection; `reason` is one of `REASONS`, `wait_s` for a closed door."""

    kind: ClassVar = "bye"
    reason: str
    message: str = ""
    hint: str = ""
    wait_s: int = 0


REASONS = ("wrong", "closed", "unknown", "refused", "elsewhere", "ended", "left", "busy")
"""Wrong proof; door closed; no such participant; not let in; the same participant came from another
program; the session is over; the guest goes; too many knock."""

Message = (
    Hello
    | Knock
    | Share
    | Proof
    | Join
    | Welcome
    | Sent
    | Taken
    | Refused
    | Shown
    | Piece
    | Alive
    | Bye
)
_KINDS: dict[str, type[Message]] = {
    one.kind: one
    for one in (
        Hello,
        Knock,
        Share,
        Proof,
        Join,
        Welcome,
        Sent,
        Taken,
        Refused,
        Shown,
        Piece,
        Alive,
        Bye,
    )
}


def to_text(message: Message) -> str:
    """Return a message as JSON in ASCII, without a line feed."""
    # A field at a time: `asdict` would copy what events and views hold.
    said = {each.name: getattr(message, each.name) for each in fields(message)}
    return json.dumps(
        {"v": VERSION, "kind": message.kind, **said}, separators=(",", ":"), allow_nan=False
    )


def to_lines(message: Message) -> Iterator[bytes]:
    """Return the lines that a message makes: one, or pieces of what is too long for it."""
    text = to_text(message)
    if len(text) < MOST_BYTES:
        yield text.encode() + b"\n"
        return
    for at in range(0, len(text), _PIECE):
        piece = Piece(text[at : at + _PIECE], at + _PIECE >= len(text))
        yield to_text(piece).encode() + b"\n"


def from_text(text: str | bytes) -> Message:
    """Return the message that a line is. Raises `GarbledError`, and `VersionError`."""
    try:
        said = json.loads(
            text, object_pairs_hook=_once, parse_constant=_refuse, parse_float=_finite
        )
    except (ValueError, RecursionError) as error:
        raise GarbledError("no JSON") from error
    if not isinstance(said, dict) or type(said.get("v")) is not int:
        raise GarbledError("no message")
    if said.pop("v") != VERSION:
        raise VersionError("another version")
    kind = said.pop("kind", None)
    made = _KINDS.get(kind) if isinstance(kind, str) else None
    if made is None:
        raise GarbledError("an unknown kind")
    if set(said) != {each.name for each in fields(made)}:
        raise GarbledError("other fields")
    if not all(_fits(made, each.name, str(each.type), said[each.name]) for each in fields(made)):
        raise GarbledError("a wrong value")
    return made(**said)


def _fits(made: type[Message], name: str, kind: str, value: Json) -> bool:
    match kind:
        case "str":
            longest = 2 * _PIECE if made is Piece else _MOST_TEXT
            return isinstance(value, str) and len(value) <= longest
        case "int":
            return type(value) is int and 0 <= value <= _MOST_NUMBER
        case "bool":
            return isinstance(value, bool)
    return True  # an event or a view: who handed in the codec reads it


def _once(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError("no number")
    return number


def _refuse(constant: str) -> Json:
    raise ValueError(constant)
