"""A session of people who share one keyboard: held by this program, with nothing of a wire."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Self

from trainer.errors import UsageError
from trainer.meeting.journals import forget, is_done, session_of
from trainer.peer import events
from trainer.peer.code import Code
from trainer.peer.held import Told
from trainer.peer.holding import HeldSession, now
from trainer.peer.joining import Standing
from trainer.peer.planning import new_id
from trainer.peer.seeing import view_for
from trainer.peer.troubles import left
from trainer.peer.types import MOST_OBSERVERS, Role, SessionView

FEWEST = 2
MOST = MOST_OBSERVERS + 2
_ROLES: tuple[Role, ...] = ("candidate", "interviewer")

_log = logging.getLogger(__name__)


class KeyboardMeeting:
    """All places of a session in one program. Each event is on the disk before it is seen."""

    is_host = True
    on_one_keyboard = True
    code: Code | None = None
    at_door: Told | None = None

    def __init__(self, path: Path, held: HeldSession) -> None:
        """Take over a session in which all are here; `path` is its journal."""
        self._path = path
        self._held = held
        self._on_change: Callable[[], object] | None = None
        self._standing = Standing("in", time.time())
        # One thread, so that events are taken in the order in which they were sent.
        self._worker = ThreadPoolExecutor(1, "one keyboard")
        self._closing = threading.Lock()
        self._places = tuple(KeyboardPlace(self, one.id) for one in held.session.participants)

    @classmethod
    def begin(cls, path: Path, names: Sequence[str]) -> Self:
        """Begin a session in a new journal; the first answers, the second asks, others watch.

        Raises `TrainerError`.
        """
        if not FEWEST <= len(names) <= MOST:
            raise UsageError(
                f"{len(names)} cannot practise together on one keyboard.",
                f"Name at least {FEWEST} people, and {MOST} at most.",
            )
        ids = [new_id() for _ in names]
        held = HeldSession.begin(path, session_of(path), ids[0])
        try:
            for at, (one, name) in enumerate(zip(ids, names, strict=True)):
                role: Role = _ROLES[at] if at < len(_ROLES) else "observer"
                held.do(events.Joined(one, "", name, role))
        except BaseException:
            held.close()
            forget(path)
            raise
        return cls(path, held)

    @classmethod
    def resume(cls, path: Path) -> Self:
        """Go on with the session of a journal. Raises `TrainerError`."""
        held = HeldSession.resume(path)
        try:
            for one in held.session.participants:
                held.do(events.Joined(one.id, "", one.name))
        except BaseException:
            held.close()
            raise
        return cls(path, held)

    @property
    def places(self) -> tuple[KeyboardPlace, ...]:
        """The places of all, in the order in which they joined."""
        return self._places

    @property
    def place(self) -> KeyboardPlace:
        """The first place: that of the owner of this home."""
        return self._places[0]

    @property
    def standing(self) -> Standing:
        """In, until it is closed."""
        return self._standing

    @property
    def session_id(self) -> str:
        """The public name of the session."""
        return self._held.session_id

    def listen(self, on_change: Callable[[], object] | None) -> None:
        """Call something in another thread whenever the session has changed."""
        self._on_change = on_change

    def see(self, participant_id: str) -> SessionView:
        """Return what somebody may see."""
        return view_for(self._held.session, participant_id)

    def send(self, event: events.Event) -> Future[None]:
        """Let an event happen soon; see `Place.send`."""
        try:
            return self._worker.submit(self._do, event)
        except RuntimeError:
            refused: Future[None] = Future()
            refused.set_exception(left())
            return refused

    def close(self) -> None:
        """Do what was sent, and let go of the journal; one that is done with goes."""
        with self._closing:
            if self._standing.kind == "over":
                return
            self._worker.shutdown()
            self._held.close()
            if is_done(self._held.session):
                forget(self._path)
            self._standing = Standing("over", time.time(), left())
        self._tell()

    def _do(self, event: events.Event) -> None:
        self._held.do(event)
        self._tell()

    def _tell(self) -> None:
        on_change = self._on_change
        if on_change is None:
            return
        try:
            on_change()
        except Exception as error:  # noqa: BLE001 - who listens must not end the session
            _log.error("who listens to a meeting: %s", type(error).__qualname__)


class KeyboardPlace:
    """The end of one of those who share the keyboard."""

    def __init__(self, meeting: KeyboardMeeting, you: str) -> None:
        self._meeting = meeting
        self._you = you

    @property
    def you(self) -> str:
        """The id of the participant whose place this is."""
        return self._you

    @property
    def view(self) -> SessionView:
        """What this participant may see now."""
        return self._meeting.see(self._you)

    def stamp(self) -> tuple[str, str]:
        """Return who and when, the first two fields of an event."""
        return self._you, now()

    def send(self, event: events.Event) -> Future[None]:
        """Send an event of this participant; see `Place.send`."""
        return self._meeting.send(replace(event, by=self._you))
