"""What screens and commands hold of a session: a meeting, and in it one place for each person."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from trainer.peer.code import Code
    from trainer.peer.events import Event
    from trainer.peer.held import Told
    from trainer.peer.joining import Standing
    from trainer.peer.types import Phase, SessionView


class Place(Protocol):
    """One participant's end of a session. It never blocks; safe to call from any thread."""

    @property
    def you(self) -> str:
        """The id of the participant whose place this is."""

    @property
    def view(self) -> SessionView:
        """The newest view of this participant. Raises `TrainerError` before the first."""

    def stamp(self) -> tuple[str, str]:
        """Return the first two fields of any event: who, and when (ISO 8601, UTC).

        So an event is sent by `place.send(events.QuestionAsked(*place.stamp()))`. The host fills
        both in again.
        """

    def send(self, event: Event) -> Future[None]:
        """Send an event; the future is done once it is kept, or holds a `TrainerError`."""


class Meeting(Protocol):
    """This program's part in one session. Safe to call from any thread."""

    @property
    def places(self) -> tuple[Place, ...]:
        """The places of this program: one over the wire, on one keyboard those of all."""

    @property
    def place(self) -> Place:
        """The first place: that of the owner of this home."""

    @property
    def is_host(self) -> bool:
        """Whether the session is held by this program."""

    @property
    def on_one_keyboard(self) -> bool:
        """Whether all share this program, and nobody can join from another."""

    @property
    def code(self) -> Code | None:
        """What others join by; None for a guest, and on one keyboard."""

    @property
    def standing(self) -> Standing:
        """How this program stands with the host; on one keyboard "in" until it is closed."""

    @property
    def session_id(self) -> str:
        """The public name of the session."""

    @property
    def at_door(self) -> Told | None:
        """What happened last at the door of a session that this program holds for others."""

    def listen(self, on_change: Callable[[], object] | None) -> None:
        """Call something whenever there is something new to show; None: nothing any more.

        It is called in another thread, and should do no more than post a message.
        """

    def close(self) -> None:
        """Leave the session; may take some seconds, and is not for who is called by `listen`.

        What is kept of a session that has not ended can be gone on with.
        """


@dataclass(frozen=True, slots=True)
class KeptSession:
    """A session that this home holds and that can be gone on with.

    `names` are those of its participants, the host first. `phase` is that of the last round, None
    before the first. `on_one_keyboard` tells how it was held. One that has `ended` is there as long
    as somebody has not kept all that was revealed. `in_use`: a program has it open now. `problem`
    says why it cannot be gone on with; of a damaged journal nothing else is known.
    """

    session_id: str
    created_at: str
    title: str
    names: tuple[str, ...]
    rounds: int
    phase: Phase | None
    on_one_keyboard: bool
    ended: bool = False
    in_use: bool = False
    problem: str = ""
