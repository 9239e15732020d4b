"""Begins, joins and resumes meetings in this home, and keeps their rounds in its history."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

from trainer.config import LONGEST_NAME
from trainer.display import one_line
from trainer.errors import UsageError

if TYPE_CHECKING:
    from trainer.answering import Answering
    from trainer.meeting.kept_rounds import Told
    from trainer.meeting.types import KeptSession, Meeting, Place
    from trainer.peer.types import Asked, Role
    from trainer.session.plan import Run

_LONGEST_TITLE = 200


class Meetings:
    """What screens and commands begin sessions with. All of it may take a while."""

    def __init__(self, answering: Answering) -> None:
        self._answering = answering
        self._keeping = threading.Lock()
        self._told: Told = {}

    def host(self, name: str, role: Role, title: str = "") -> Meeting:
        """Open a session to programs of this machine, and join it. Raises `TrainerError`."""
        from trainer.meeting.journals import new_path
        from trainer.meeting.wired import WiredMeeting
        from trainer.peer.planning import new_id

        called = _name(name)
        home = self._answering.home
        path = new_path(home.ensure(home.peer), "hosted", new_id())
        return WiredMeeting.host(path, called, role, one_line(title, _LONGEST_TITLE))

    def join(self, code: str, name: str, role: Role) -> Meeting:
        """Join a session by the code that its host said.

        Raises `UsageError` for what is no code, else `TrainerError`.
        """
        from trainer.meeting.wired import WiredMeeting
        from trainer.peer.code import Code

        home = self._answering.home
        return WiredMeeting.join(home.ensure(home.peer), Code.read(code), _name(name), role)

    def together(self, names: Sequence[str]) -> Meeting:
        """Begin a session on this keyboard: the first answers, the second asks, others watch.

        The first is the owner of this home. Raises `TrainerError`.
        """
        from trainer.meeting.journals import new_path
        from trainer.meeting.keyboard import KeyboardMeeting
        from trainer.peer.planning import new_id

        called = [_name(name) for name in names]
        home = self._answering.home
        path = new_path(home.ensure(home.peer), "together", new_id())
        return KeyboardMeeting.begin(path, called)

    def kept(self) -> tuple[KeptSession, ...]:
        """Return the sessions of this home that can be gone on with, the newest first."""
        from trainer.meeting.journals import kept_sessions

        return kept_sessions(self._answering.home.peer)

    def resume(self, session_id: str) -> Meeting:
        """Go on with a session that this home holds, by its id or the beginning of it.

        Raises `UsageError` where there is no such session, else `TrainerError`.
        """
        from trainer.meeting.journals import find
        from trainer.meeting.keyboard import KeyboardMeeting
        from trainer.meeting.wired import WiredMeeting

        path = find(self._answering.home.peer, session_id)
        if path.name.startswith("together-"):
            return KeyboardMeeting.resume(path)
        return WiredMeeting.resume(path)

    def find(self, beginning: str) -> str:
        """Return the id of the session that begins so. Raises `UsageError` for none and several."""
        from trainer.meeting.journals import find, session_of

        return session_of(find(self._answering.home.peer, beginning))

    def forget(self, session_id: str) -> None:
        """Delete a session that nobody goes on with; what is in histories stays there.

        Raises `UsageError` where there is no such session, else `TrainerError`.
        """
        from trainer.meeting.journals import discard, find

        discard(find(self._answering.home.peer, session_id))

    def run_of(self, asked: Asked, session_id: str | None = None) -> Run:
        """Return what the candidate's screens practise, in the words of the session.

        `session_id` is that of the meeting, by which a draft is found again. Banks of this home
        need not have the question. The checklist is hidden from the candidate until the answer is
        over: take the run again then, before the words are stored.
        """
        from trainer.meeting.asking import run_of

        return run_of(self._answering.library(), asked, session_id)

    def hand_in(self, place: Place, attempt_id: str) -> None:
        """Send the words of a stored answer, and then the machine's rating of them.

        The answer must be over in the session (`AnswerEnded`). It waits until the host has both,
        also while the host is away. Raises `TrainerError`; it can be done again then, and what
        the host has is not sent twice.
        """
        from trainer.meeting.handing_in import hand_in

        hand_in(self._answering, place, attempt_id)

    def keep_rounds(self, meeting: Meeting) -> tuple[str, ...]:
        """Store each revealed round that the places of this program have to keep and have not.

        Returns the ids of the attempts that have grown. To be called after each change: it is
        quick where there is nothing to keep, and what is there already is not added twice. The
        host is told without waiting for it: the next round is due when the view has changed.
        Raises `TrainerError`, and then the round is still to be kept.
        """
        from trainer.meeting.kept_rounds import keep_rounds

        with self._keeping:
            return keep_rounds(self._answering, meeting, self._told)


def _name(name: str) -> str:
    """Return a name on one line. Raises `UsageError` for one that is empty."""
    called = one_line(name, LONGEST_NAME)
    if not called:
        raise UsageError("A name is missing.", "Say what others call you.")
    return called
