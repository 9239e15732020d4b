"""Begins, joins and resumes meetings in this home, and keeps their rounds in its history."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from trainer.errors import TrainerError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from trainer.answering import Answering
    from trainer.meeting.types import KeptSession, Meeting, Place
    from trainer.peer.types import Asked, Role
    from trainer.session.plan import Run


class Meetings:
    """What screens and commands begin sessions with. All of it may take a while."""

    def __init__(self, answering: Answering) -> None:
        self._answering = answering

    def host(self, name: str, role: Role, title: str = "") -> Meeting:
        """Open a session to programs of this machine, and join it. Raises `TrainerError`."""
        raise _not_yet()

    def join(self, code: str, name: str, role: Role) -> Meeting:
        """Join a session by the code that its host said.

        Raises `UsageError` for what is no code, else `TrainerError`.
        """
        raise _not_yet()

    def together(self, names: Sequence[str]) -> Meeting:
        """Begin a session on this keyboard: the first answers, the second asks, others watch.

        The first is the owner of this home. Raises `TrainerError`.
        """
        from trainer.meeting.keyboard import KeyboardMeeting

        return KeyboardMeeting.begin(self._new_journal("together"), names)

    def kept(self) -> tuple[KeptSession, ...]:
        """Return the sessions of this home that can be gone on with, the newest first."""
        return ()

    def resume(self, session_id: str) -> Meeting:
        """Go on with a session that this home holds. Raises `TrainerError`."""
        from trainer.meeting.keyboard import KeyboardMeeting

        path = self._answering.home.peer / f"together-{session_id}.jsonl"
        if not path.is_file():
            raise UsageError("There is no such session.", "See: trainer peer sessions")
        return KeyboardMeeting.resume(path)

    def run_of(self, asked: Asked, session_id: str | None = None) -> Run:
        """Return what the candidate's screens practise, in the words of the session.

        `session_id` is that of the meeting, by which a draft is found again. Banks of this home
        need not have the question. The checklist is hidden from the candidate until the answer is
        over: take the run again then, before the words are stored.
        """
        from trainer.meeting.asking import run_of

        return run_of(self._answering.library(), asked, session_id)

    def hand_in(self, place: Place, attempt_id: str) -> None:
        """Send the words of a stored answer, and then the machine's rating of them."""
        raise _not_yet()

    def keep_rounds(self, meeting: Meeting) -> tuple[str, ...]:
        """Store each revealed round that has not been kept yet; return the ids of its attempts."""
        return ()

    def _new_journal(self, kind: str) -> Path:
        from trainer.peer.planning import new_id

        home = self._answering.home
        return home.ensure(home.peer) / f"{kind}-{new_id()}.jsonl"


def _not_yet() -> TrainerError:
    return TrainerError("This is not there yet.", "Practise together on one keyboard.")
