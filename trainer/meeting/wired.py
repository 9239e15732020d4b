"""A session over the wire: this program's place in it, and where it hosts, the session itself."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

from trainer.errors import TrainerError
from trainer.meeting.journals import SHUT, forget, is_done, is_shut, session_of
from trainer.peer import events, passes
from trainer.peer.code import Code
from trainer.peer.encoding import event_data, read_view
from trainer.peer.held import PACE, Pace, Told
from trainer.peer.holding import HeldSession, now
from trainer.peer.hosting import Host
from trainer.peer.joining import Codec, Guest, Standing
from trainer.peer.planning import new_id
from trainer.peer.types import Role, SessionView

LAST_KEPT_S = 3.0
"""How long a host whose session has ended waits for others to keep what was revealed."""

_CODEC: Codec[events.Event, SessionView] = Codec(event_data, read_view)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Hosted:
    """A session that this program holds for all."""

    path: Path
    held: HeldSession
    host: Host

    def close(self) -> None:
        """Let go of the session; of one that is done with nothing stays here."""
        done = is_done(self.held.session)
        self.host.stop(ended=done or self.held.session.ended)
        self.held.close()
        if done:
            forget(self.path)


class WiredMeeting:
    """One participant's program. The program of the host takes part in the same way."""

    on_one_keyboard = False

    def __init__(self, folder: Path, pace: Pace = PACE) -> None:
        """Prepare a meeting whose pass is kept in `folder`; `host` and `join` make one."""
        self._on_change: Callable[[], object] | None = None
        self._guest = Guest(_CODEC, folder, on_change=self._tell, pace=pace)
        self._place = WiredPlace(self._guest)
        self._hosted: _Hosted | None = None
        self._at_door: Told | None = None
        self._closing = threading.Lock()
        self._closed = False

    @classmethod
    def join(cls, folder: Path, code: Code, name: str, role: Role, pace: Pace = PACE) -> Self:
        """Join a session of this machine. Raises `TrainerError`."""
        meeting = cls(folder, pace)
        meeting._guest.connect(code, name, role)
        return meeting

    @classmethod
    def host(cls, path: Path, name: str, role: Role, title: str = "", pace: Pace = PACE) -> Self:
        """Open a session with a new journal, and join it first. Raises `TrainerError`."""
        you, session_id = new_id(), session_of(path)
        held = HeldSession.begin(path, session_id, you, title)
        try:
            digest = passes.issue(path.parent, session_id, you, name)
            held.do(events.Joined(you, "", name, role, digest))
            return cls._open(path, held, name, pace)
        except BaseException:
            held.close()
            forget(path)
            raise

    @classmethod
    def resume(cls, path: Path, pace: Pace = PACE) -> Self:
        """Open the session of a journal again. Raises `TrainerError`."""
        held = HeldSession.resume(path)
        try:
            you = held.session.participant(held.session.host_id)
            if you is None or is_shut(path, held.session):
                raise TrainerError(
                    f"This session cannot be opened again: {SHUT}",
                    "What you have kept is in your history. Delete the session: "
                    f"trainer peer forget {held.session.id[:8]}",
                )
            return cls._open(path, held, you.name, pace)
        except BaseException:
            held.close()
            raise

    @classmethod
    def _open(cls, path: Path, held: HeldSession, name: str, pace: Pace) -> Self:
        meeting = cls(path.parent, pace)
        host = Host(held, path.parent, pace=pace, on_told=meeting._hear_door)
        code = host.start()
        try:
            meeting._guest.connect(code, name, "observer", held.session.host_id)
        except BaseException:
            host.stop(ended=False)
            raise
        meeting._hosted = _Hosted(path, held, host)
        return meeting

    @property
    def places(self) -> tuple[WiredPlace, ...]:
        """The one place of this program."""
        return (self._place,)

    @property
    def place(self) -> WiredPlace:
        """The one place of this program."""
        return self._place

    @property
    def is_host(self) -> bool:
        """Whether the session is held by this program."""
        return self._hosted is not None

    @property
    def code(self) -> Code | None:
        """What others join by; None for a guest."""
        return self._hosted.host.code if self._hosted else None

    @property
    def at_door(self) -> Told | None:
        """What happened last at the door of the session, where this program holds it."""
        return self._at_door

    @property
    def standing(self) -> Standing:
        """How this program stands with the host."""
        return self._guest.standing

    @property
    def session_id(self) -> str:
        """The public name of the session."""
        return self._place.view.session_id

    def listen(self, on_change: Callable[[], object] | None) -> None:
        """Call something in another thread whenever the view or the standing is another one."""
        self._on_change = on_change

    def close(self) -> None:
        """Leave; the host's program closes the door.

        Where the session has ended the host first gives the others some seconds to keep what was
        revealed, and then nothing of the session stays but what is in the histories.
        """
        hosted = self._hosted
        with self._closing:
            if self._closed:
                return
            self._closed = True
            if hosted and hosted.held.session.ended:
                self._wait_for_others(hosted.held)
            self._guest.close()
            if hosted:
                hosted.close()

    def _wait_for_others(self, held: HeldSession) -> None:
        end = time.monotonic() + LAST_KEPT_S
        while time.monotonic() < end and not is_done(held.session, of_those_here=True):
            time.sleep(0.05)

    def _hear_door(self, told: Told) -> None:
        self._at_door = told
        self._tell()

    def _tell(self) -> None:
        on_change = self._on_change
        if on_change is None:
            return
        try:
            on_change()
        except Exception as error:  # noqa: BLE001 - who listens must not end the session
            _log.error("who listens to a meeting: %s", type(error).__qualname__)


class WiredPlace:
    """A participant's end of the wire."""

    def __init__(self, guest: Guest[events.Event, SessionView]) -> None:
        self._guest = guest

    @property
    def you(self) -> str:
        """The id of this participant."""
        return self._guest.participant

    @property
    def view(self) -> SessionView:
        """The newest view. Raises `TrainerError` before the first."""
        view = self._guest.view()
        if view is None:
            raise TrainerError("You are not in the session yet.", "Wait until you are.")
        return view

    def stamp(self) -> tuple[str, str]:
        """Return who and when, the first two fields of an event."""
        return self.you, now()

    def send(self, event: events.Event) -> Future[None]:
        """Send an event; see `Place.send`."""
        return self._guest.send(replace(event, by=self.you))
