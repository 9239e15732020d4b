"""What host and guest have in common, and what the host asks of whoever holds the session."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Literal, Protocol

from trainer.peer.patching import Json

ADDRESS = "127.0.0.1"
"""The only one that is ever listened on and connected to."""

MOST_GUESTS = 24
"""A candidate, an interviewer, 20 observers, and room for one who comes back."""

ToldKind = Literal["came", "back", "left", "wrong code", "door closed", "garbled", "failed"]


@dataclass(frozen=True, slots=True)
class Pace:
    """The times of the wire, in seconds. Host and guest must have about the same.

    Each says something every `alive_s`; who is silent for `silent_s` is gone, which is told within
    five seconds. `knock_s` is how long coming in may take, and `unread_s` how long a guest may not
    read what is sent. A guest waits `first_retry_s`, then twice as long up to `last_retry_s`, and
    `ending_s` for a program of the same person that is about to end.
    """

    alive_s: float = 1.0
    silent_s: float = 3.5
    knock_s: float = 5.0
    unread_s: float = 10.0
    first_retry_s: float = 0.1
    last_retry_s: float = 2.0
    ending_s: float = 3.0


PACE = Pace()


@dataclass(frozen=True, slots=True)
class Arrival:
    """Who comes in. `digest` is what may be kept of their token; `back` says that they were here.

    Of one who is back, name and role are what they say today.
    """

    participant: str
    name: str
    role: str
    digest: str
    back: bool


class Held(Protocol):
    """Who holds the session. Called in the host's thread only, and each call is soon done.

    What raises a `TrainerError` is refused with its words, and has changed nothing.
    """

    @property
    def session_id(self) -> str:
        """The public name of the session: letters, digits, dashes, at most 40."""

    def digest(self, participant: str) -> str | None:
        """Return the digest that a participant came with first; None for nobody of this session."""

    def arrive(self, arrival: Arrival) -> None:
        """Take somebody in, or back."""

    def leave(self, participant: str) -> None:
        """Note that the program of somebody is gone; of somebody who is not here nothing."""

    def last_number(self, participant: str) -> int:
        """Return the number of the last event that is kept of a participant, 0 for none."""

    def take(self, participant: str, number: int, event: Json) -> None:
        """Check and keep an event, which is any JSON, with its number."""

    def view(self, participant: str) -> Json:
        """Return what a participant may see, as JSON that is not changed later."""


@dataclass(frozen=True, slots=True)
class Told:
    """Something that happened at the door; `participant` may be empty. No word of an answer."""

    kind: ToldKind
    participant: str = ""
    at: float = field(default_factory=time.time)
