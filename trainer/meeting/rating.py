"""What somebody who rates sees of the round, and whether they may reveal it. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from trainer.exchange.reading import stored_transcript
from trainer.peer.encoding import count_bytes
from trainer.peer.types import MOST_NOTE, Moment, Phase, RoundView, SessionView

if TYPE_CHECKING:
    from trainer.transcript.types import Transcript

Reveal = Literal["now", "early", "without words"]
"""How a round can be revealed: all have rated, some have not, or even the words are missing."""

MOST_LETTERS = 500
"""Of a note, whatever its bytes are: `Said` in `trainer.peer.types`."""


def note_fits(note: str) -> bool:
    """Whether the host takes a note of this length beside marks."""
    return len(note) <= MOST_LETTERS and count_bytes((note,)) <= MOST_NOTE


def words_of(shown: RoundView) -> Transcript | None:
    """Return the newest words of the answer; None where they are not there."""
    document = shown.answer.document if shown.answer else None
    if document is None or not document.transcripts:
        return None
    return stored_transcript(document.id, document.transcripts[-1]).transcript


def own_moments(view: SessionView) -> tuple[Moment, ...]:
    """Return what the participant marked in the round that is shown, by the second."""
    moments = view.round.moments if view.round else ()
    own = (one for one in moments if one.participant_id == view.you)
    return tuple(sorted(own, key=lambda one: one.at_s))


def reveal_for(view: SessionView) -> Reveal | None:
    """Return how the participant may reveal the round now; None where they may not.

    All may once nobody is waited for. Before that the interviewer may, and the host in the place
    of one who is gone.
    """
    current = view.round
    if current is None or current.phase not in (Phase.ANSWERED, Phase.RATING):
        return None
    if current.phase is Phase.RATING and current.done and not current.waiting:
        return "now"
    if not _leads(view, current):
        return None
    return "early" if current.phase is Phase.RATING else "without words"


def _leads(view: SessionView, current: RoundView) -> bool:
    if view.you == current.interviewer_id:
        return True
    stands_in = view.you == view.host_id and view.you != current.candidate_id
    here = {one.id for one in view.participants if one.here}
    return stands_in and current.interviewer_id not in here
