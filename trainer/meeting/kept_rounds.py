"""Keeps revealed rounds in the history of this home, and confirms it to the host."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future

from trainer.answering import Answering
from trainer.errors import StoreError
from trainer.meeting.keeping import record_of, role_in
from trainer.meeting.types import Meeting
from trainer.peer import events
from trainer.peer.types import RoundView, SessionView
from trainer.store.types import SharedRole

Told = dict[tuple[str, str], tuple[int, Future[None]]]
"""By session and participant: the number of the last round that was confirmed, and its future."""


def keep_rounds(answering: Answering, meeting: Meeting, told: Told) -> tuple[str, ...]:
    """Store what the places of this program have to keep; return the ids of what has grown."""
    return tuple(dict.fromkeys(_kept(answering, meeting, told)))


def _kept(answering: Answering, meeting: Meeting, told: Told) -> Iterator[str]:
    for place in meeting.places:
        while True:
            view = place.view
            found = view.unkept
            if found is None or _is_told(told, view, found):
                break
            grown, contradicts = _keep(answering, meeting, view, found)
            if grown:
                yield grown
            done = place.send(events.RoundKept(*place.stamp(), found.number))
            told[view.session_id, place.you] = (found.number, done)
            if contradicts:
                raise StoreError(
                    f"Round {found.number} cannot be kept: its answer stands otherwise in the "
                    "history of this home.",
                    "Nothing of it was changed.",
                )
            if not meeting.on_one_keyboard:
                break
            done.result()


def _is_told(told: Told, view: SessionView, found: RoundView) -> bool:
    """Whether the host is about to hear that this very round is kept."""
    number, done = told.get((view.session_id, view.you), (0, None))
    return number == found.number and done is not None and not done.done()


def _keep(
    answering: Answering, meeting: Meeting, view: SessionView, found: RoundView
) -> tuple[str | None, bool]:
    """Return the id of the attempt where it has grown, and whether it contradicts what is there."""
    assert found.answer
    attempt_id = found.answer.attempt_id
    role = _role(answering, meeting, found, attempt_id)
    record = record_of(view, found, role, answering.library().rubrics)
    merged = answering.store.merge((record,))
    return attempt_id if merged.added or merged.completed else None, bool(merged.differing)


def _role(answering: Answering, meeting: Meeting, found: RoundView, attempt_id: str) -> SharedRole:
    """Return what the owner of this home was in the round.

    Of one keyboard the first who sat down owns the home. Of two programs with the same home, it is
    the candidate: their answer is there already.
    """
    role = role_in(found, meeting.place.you)
    if meeting.on_one_keyboard or role == "candidate":
        return role
    return "candidate" if answering.store.attempt(attempt_id) else role
