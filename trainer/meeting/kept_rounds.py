"""Keeps revealed rounds in the history of this home, and confirms it to the host."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import replace

from trainer.answering import Answering
from trainer.errors import StoreError
from trainer.meeting.keeping import record_of, role_in
from trainer.meeting.types import Meeting, Place
from trainer.peer import events
from trainer.peer.rounds import check_entries
from trainer.peer.types import RoundView, SessionView
from trainer.store.types import AttemptRecord

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
            try:
                grown = _keep(answering, meeting, view, found)
            except _MisfitError:
                _confirm(place, found, told)  # it would not fit the next time
                raise
            if grown:
                yield grown
            done = _confirm(place, found, told)
            if not meeting.on_one_keyboard:
                break
            done.result()


def _confirm(place: Place, found: RoundView, told: Told) -> Future[None]:
    done = place.send(events.RoundKept(*place.stamp(), found.number))
    told[place.view.session_id, place.you] = (found.number, done)
    return done


def _is_told(told: Told, view: SessionView, found: RoundView) -> bool:
    """Whether the host is about to hear that this very round is kept."""
    number, done = told.get((view.session_id, view.you), (0, None))
    return number == found.number and done is not None and not done.done()


def _keep(
    answering: Answering, meeting: Meeting, view: SessionView, found: RoundView
) -> str | None:
    """Return the id of the attempt where it has grown. Raises `_MisfitError`."""
    answer = found.answer
    if answer is None or answer.document is None or not answer.document.transcripts:
        raise _MisfitError(found)
    entries = tuple(one.entry for one in found.ratings if one.entry)
    if check_entries(replace(answer.document, ratings=entries)):
        raise _MisfitError(found)
    stored = answering.store.attempt(answer.attempt_id)
    role = role_in(found, meeting.place.you)
    given_here = meeting.on_one_keyboard or role == "candidate"
    if given_here and stored is None:
        return None  # its speaker has deleted it since
    if not given_here and stored and stored.shared is None:
        role = "candidate"  # another program of the same home gave it
    record = record_of(view, found, role, answering.library().rubrics)
    if given_here and stored:
        record = _said_by_others(record, stored, found)
    merged = answering.store.merge((record,))
    if merged.differing:
        raise _MisfitError(found)
    return answer.attempt_id if merged.added or merged.completed else None


def _said_by_others(
    record: AttemptRecord, stored: AttemptRecord, found: RoundView
) -> AttemptRecord:
    """Return what a session adds to an answer that was given here.

    What its speaker said and what the machine gave is known here, and nobody else can add to it.
    """
    words = {version.id for version in stored.transcripts}
    if any(version.id not in words for version in record.transcripts):
        raise _MisfitError(found)
    given = {rating.id for rating in stored.ratings}
    return replace(
        record,
        ratings=tuple(
            one for one in record.ratings if one.rating.rater != "machine" or one.id in given
        ),
    )


class _MisfitError(StoreError):
    """What a session says of an answer contradicts itself, or what is in the history."""

    def __init__(self, found: RoundView) -> None:
        super().__init__(
            f"Round {found.number} cannot be kept: its answer stands otherwise in the history of "
            "this home, or it contradicts itself.",
            "Nothing of it was changed.",
        )
