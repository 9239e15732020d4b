"""Who holds a session at the host: takes events in order, writes each down, then lets it be seen.

It is not for several threads at a time: whoever has a wire calls it in the thread of the wire.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self, TypeVar

from trainer.exchange.document import AttemptEntry
from trainer.exchange.writing import plain
from trainer.peer import events
from trainer.peer.applying import apply, open_session
from trainer.peer.encoding import event_data, read_event, view_data
from trainer.peer.journal import Entry, Journal
from trainer.peer.people import is_here
from trainer.peer.refusing import demand
from trainer.peer.seeing import view_for
from trainer.peer.types import Session, SessionView

_Kind = TypeVar("_Kind", bound=events.Event)
_MOST_DOCUMENTS = 4
"""As plain data: of the round that is shown, and of others that somebody has still to keep."""

_OF_THE_HOST = (events.Opened, events.Resumed, events.Joined, events.Left)


def now() -> str:
    """Return this moment as events have it: ISO 8601, UTC."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


class HeldSession:
    """A session with its journal. What raises a `TrainerError` has changed nothing."""

    def __init__(
        self,
        journal: Journal,
        session: Session,
        numbers: dict[str, int],
        clock: Callable[[], str] = now,
    ) -> None:
        self._journal = journal
        self._session = session
        self._numbers = numbers
        self._clock = clock
        self._documents: dict[str, tuple[AttemptEntry, Any]] = {}

    @classmethod
    def begin(
        cls,
        path: Path,
        session_id: str,
        host_id: str,
        title: str = "",
        clock: Callable[[], str] = now,
    ) -> Self:
        """Begin a session in a new journal. Raises `TrainerError`."""
        opened = _checked(events.Opened(host_id, clock(), session_id, title))
        return cls(Journal.create(path, Entry(opened)), open_session(opened), {}, clock)

    @classmethod
    def resume(cls, path: Path, clock: Callable[[], str] = now) -> Self:
        """Go on with the session of a journal; nobody is here yet. Raises `TrainerError`."""
        journal, session, numbers = Journal.reopen(path)
        held = cls(journal, session, numbers, clock)
        try:
            held.do(events.Resumed(session.host_id, ""))
        except BaseException:
            held.close()
            raise
        return held

    @property
    def session(self) -> Session:
        """All that the host knows. Nobody but the host's program may have it."""
        return self._session

    @property
    def session_id(self) -> str:
        """The public name of the session."""
        return self._session.id

    def do(self, event: events.Event, number: int = 0) -> None:
        """Take an event of this program, at this moment; what it says of the time is replaced.

        Raises `TrainerError`.
        """
        # Read back before it is written, or a text that is too long would spoil the journal.
        event = _checked(replace(event, at=self._clock()))
        changed = apply(self._session, event)
        self._journal.append(Entry(event, number))
        self._session = changed
        if number:
            self._numbers[event.by] = max(number, self.last_number(event.by))

    def see(self, participant_id: str, whole: int | None = None) -> SessionView:
        """Return what somebody may see. Raises `TrainerError`."""
        return view_for(self._session, participant_id, whole)

    def close(self) -> None:
        """Let go of the journal; the session can be resumed from it."""
        self._journal.close()

    # What the wire asks for: `trainer.peer.hosting.Held`.

    def digest(self, participant: str) -> str | None:
        """Return the digest that a participant came with first; None for nobody of this session."""
        return self._session.tokens.get(participant) or None

    def arrive(self, arrival: Any) -> None:
        """Take somebody in, or back: an `Arrival` of the wire. Raises `TrainerError`."""
        data = {
            "event": "joined",
            "by": arrival.participant,
            "at": self._clock(),
            "name": arrival.name,
            "role": arrival.role,
            "token_digest": arrival.digest,
        }
        demand(bool(arrival.digest), "Somebody who comes over the wire has a token.")
        self.do(read_event(data))

    def leave(self, participant: str) -> None:
        """Note that the program of somebody is gone."""
        if is_here(self._session, participant):
            self.do(events.Left(participant, ""))

    def last_number(self, participant: str) -> int:
        """Return the number of the last event that is kept of a participant, 0 for none."""
        return self._numbers.get(participant, 0)

    def take(self, participant: str, number: int, event: Any) -> None:
        """Take an event of a guest, as JSON; who did it and when is filled in here.

        Raises `TrainerError`.
        """
        said = event if isinstance(event, dict) else {}
        read = read_event({**said, "by": participant, "at": self._clock()})
        demand(not isinstance(read, _OF_THE_HOST), "Only the host's program can say this.")
        self.do(read, number)

    def view(self, participant: str) -> Any:
        """Return what a participant may see, as JSON that is not changed later."""
        return view_data(self.see(participant), self._document_data)

    def _document_data(self, document: AttemptEntry) -> Any:
        """Return a long answer as plain data: the same object each time, for 20 who look."""
        kept = self._documents.get(document.id)
        if kept is None or kept[0] is not document:
            kept = (document, plain(document))
            newest = list(self._documents.items())[1 - _MOST_DOCUMENTS :]
            self._documents = {**dict(newest), document.id: kept}
        return kept[1]


def _checked(event: _Kind) -> _Kind:
    read = read_event(event_data(event))
    assert isinstance(read, type(event))
    return read
